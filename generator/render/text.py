"""Text of records to safe HTML: plain paragraphs at once, light Markdown through cmark and a cleaner.

A line break is a line break: editors write addresses and lists of names that way.
"""

from __future__ import annotations

import ctypes
import os
import re

import nh3
from cmarkgfm import _cmark as cmark  # type: ignore[import-untyped]
from markupsafe import Markup, escape

_FREE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(("free", ctypes.CDLL(None))) if os.name == "posix" else None
_SPECIAL = re.compile(r"[*_`\[\]<>#\\!&]|^[^\S\n]*+(?:[-+=>]|\d+[.)])", re.MULTILINE)
_BREAKS = re.compile(r"\n[ \t]*\n\s*")
_LINK = re.compile(r'(?<=<a href=")(/[^"]*)')
# cmark leaves out raw HTML and script addresses by itself (its option UNSAFE is never set).
# What is nothing but text, these tags and these addresses needs no cleaner: 3 µs to see, 20 µs to clean.
_CLEAN = re.compile(r'(?:[^<]++|</?(?:p|strong|em|ul|ol|li)>|<br />|</a>|<a href="(?:/(?!/)|https?://)[^"<>]*+">)*+')
# The pages' policy allows no style in a tag; all that Markdown makes of them is how the cells of a column stand.
_ALIGNED = re.compile(r'<(t[hd]) style="text-align: ?(left|center|right);?">')
_UNSEEN = re.compile(r"^[\0- ]+|[\t\n\r]+|[\0- ]+$")
"""What browsers leave out of an address before they read it."""
_STYLED = re.compile(r'(<t[hd]\b[^<>]*) style="[^"]*"')
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "hr"}
PROSE_TAGS = TAGS | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
                     "img", "figure", "figcaption", "div", "span", "pre", "del", "sub", "sup", "details", "summary",
                     "abbr", "small", "mark", "b", "i"}
PROSE_ATTRIBUTES = {"*": {"class", "id", "title", "lang"}, "a": {"href"},
                    "img": {"src", "alt", "width", "height", "loading"}, "th": {"style", "scope"}, "td": {"style"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def prose(text: str, root: str) -> Markup:
    """Return a record's text as HTML. root: what leads from the page to the site's root, as `../`.

    Links within the site are written `/kind/id.html`, as seen from the root, and made relative here.
    """
    if not _SPECIAL.search(text):
        parts = (str(escape(part)).replace("\n", "<br>\n") for part in _BREAKS.split(text.strip()))
        return Markup("".join(f"<p>{part}</p>" for part in parts))
    html = _from_markdown(text.encode())
    if not _CLEAN.fullmatch(html):
        html = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    return Markup(_LINK.sub(lambda found: _within(found[1], root), html))


def _from_markdown(text: bytes) -> str:
    """Return what cmark makes of a text.

    What it made is freed here: `cmarkgfm.markdown_to_html` does not (its issue 53), which took 2.6 KB of memory a text
    for ever, and with it 13 µs where this takes 4.
    """
    made = cmark.lib.cmark_markdown_to_html(text, len(text), cmark.lib.CMARK_OPT_HARDBREAKS)
    html: str = cmark.ffi.string(made).decode()
    if _FREE:
        _FREE(int(cmark.ffi.cast("uintptr_t", made)))
    return html


def _within(address: str, root: str) -> str:
    """Return an address as seen from the site's root, `/kind/id.html`, as seen from a page.

    Seen from a page beside the root, `/javascript:…` and `//host` must not become a script and another host.
    """
    path = address.lstrip("/")
    return f"./{path}" if not root and ":" in path.partition("/")[0] else root + path


def clean(html: str, root: str) -> str:
    """Return a prose page's article without scripts and without pictures of other hosts.

    Addresses as seen from the site's root, `/kind/id.html`, become relative to the page.
    """
    def address(tag: str, name: str, value: str) -> str | None:
        if name not in ("href", "src"):
            return value
        seen = _UNSEEN.sub("", value).replace("\\", "/")  # as browsers take it
        if tag == "a" and ":" in seen.partition("/")[0]:
            return value
        if seen.startswith("//") or ":" in seen.partition("/")[0]:
            return None
        return _within(seen, root) if seen.startswith("/") else seen

    safe = nh3.clean(html, tags=PROSE_TAGS, attributes=PROSE_ATTRIBUTES, attribute_filter=address, link_rel=None,
                     url_schemes=SCHEMES, filter_style_properties={"text-align"})
    return _STYLED.sub(r"\1", _ALIGNED.sub(r'<\1 class="gs-\2">', safe))
