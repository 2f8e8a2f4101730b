"""Text of records to safe HTML: plain paragraphs at once, light Markdown through Python-Markdown and a cleaner."""

from __future__ import annotations

import re
from functools import cache

import markdown
import nh3
from markupsafe import Markup, escape

_SPECIAL = re.compile(r"[*_`\[\]<>#\\|!&~]|^\s*(?:[-+=>]|\d+[.)])|https?:", re.MULTILINE)
_BREAKS = re.compile(r"\n[ \t]*\n\s*")
_LINK = re.compile(r'(?<=<a href=")(/[^"]*)')
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
        "blockquote", "code", "del", "hr"}
SCHEMES = {"http", "https", "mailto", "tel"}


def prose(text: str, root: str) -> Markup:
    """Return a record's text as HTML. root: what leads from the page to the site's root, as `../`.

    Links within the site are written `/kind/id.html`, as seen from the root, and made relative here.
    """
    if not _SPECIAL.search(text):
        return Markup("").join(Markup("<p>{}</p>").format(part) for part in _BREAKS.split(text.strip()))
    html = nh3.clean(_markdown().reset().convert(text), tags=TAGS, attributes={"a": {"href"}},
                     url_schemes=SCHEMES, link_rel=None)
    return Markup(_LINK.sub(lambda found: root + found[1][1:], html))


def line(text: str) -> Markup:
    """Return one line of text, escaped."""
    return escape(text)


@cache
def _markdown() -> markdown.Markdown:
    """Return the one converter of this process; building it costs fifty times a conversion."""
    return markdown.Markdown(extensions=["tables", "nl2br"], output_format="html")
