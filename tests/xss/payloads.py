"""Payloads: those that the package `brs-kb` ships (MIT; collected from OWASP, SecLists, PortSwigger, …), and mutants.

A mutant is a packaged payload wrapped, cut or written otherwise by one of `MUTATORS`, each of which says how.
`SCHEMES` and `OWN` are ours: addresses, and what our own Markdown, templates and scripts might fall for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from itertools import product
from urllib.parse import quote

from brs_kb.payloads import FULL_PAYLOAD_DATABASE

LONGEST = 2_000
RUN = "alert(1)"
_NAMES = re.compile(r"(?<=<)/?[a-z]+|\bon[a-z]+(?=\s*=)", re.IGNORECASE)


@cache
def packaged() -> tuple[str, ...]:
    """Return every different payload that the package ships, sorted; few are longer than LONGEST and left out."""
    return tuple(sorted({one.payload for one in FULL_PAYLOAD_DATABASE.values() if len(one.payload) <= LONGEST}))


def _alternating(found: re.Match[str]) -> str:
    return "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(found[0]))


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _after(before: str, behind: str = "") -> Callable[[str], str]:
    return lambda payload: f"{before}{payload}{behind}"


def _first_space(other: str) -> Callable[[str], str]:
    return lambda payload: re.sub(r"(<[a-z]+) ", rf"\g<1>{other}", payload, flags=re.IGNORECASE)


MUTATORS: dict[str, Callable[[str], str]] = {
    # how it is written
    "case": lambda p: _NAMES.sub(_alternating, p),
    "entities": escape,
    "entities, decimal": lambda p: "".join(f"&#{ord(c)};" for c in p),
    "entities, hexadecimal without semicolon": lambda p: "".join(f"&#x{ord(c):06x}" for c in p),
    "entities of the marks alone": lambda p: p.replace("<", "&#60").replace(">", "&#62"),
    "entities twice": lambda p: escape(escape(p)),
    "percent": quote,
    "percent twice": lambda p: quote(quote(p)),
    "escapes of JavaScript": lambda p: p.replace("<", "\\u003c").replace(">", "\\x3e"),
    "full width": _full_width,
    "full-width marks": lambda p: p.replace("<", "＜").replace(">", "＞").replace('"', "＂"),
    "NUL in tags": lambda p: re.sub(r"<([a-z])", "<\\1\0", p, flags=re.IGNORECASE),
    "tab in tags": _first_space("\t"),
    "line break in tags": _first_space("\n"),
    "form feed in tags": _first_space("\f"),
    "slash in tags": _first_space("/"),
    "no closing mark": lambda p: p.rstrip(">"),
    "tag within a tag": lambda p: p.replace("<", "<<x>", 1),
    "right to left": _after("\u202e"),
    "zero width in tags": lambda p: p.replace("<", "<\u200b").replace("on", "o\u200dn"),
    "byte order mark": _after("\ufeff"),
    "line separator": lambda p: p.replace(" ", "\u2028"),
    # out of where it stands
    "out of double quotes": _after('">'),
    "out of single quotes": _after("'>"),
    "out of back quotes": _after("`>"),
    "out of no quotes": _after("x>"),
    "out of a title": _after("</title>"),
    "out of a text area": _after("</textarea>"),
    "out of a style": _after("</style>"),
    "out of a script": _after("</script>"),
    "out of a comment": _after("-->"),
    "out of a comment, otherwise": _after("--!>"),
    "out of a noscript": _after("</noscript>"),
    "out of a template": _after("</template>"),
    "out of CDATA": _after("]]>"),
    "out of SVG": _after("</title></svg>"),
    "out of an option": _after("</option></select>"),
    "out of a table": _after("</td></tr></table>"),
    "out of text of JavaScript": _after('"});', "//"),
    "out of JSON in a page": _after('"]}</script>'),
    "in a template literal": _after("${", "}"),
    "in a template": _after("{{", "}}"),
    "in a template's block": _after("{% raw %}", "{% endraw %}"),
    "in a comment": _after("<!--", "-->"),
    "in CDATA": _after("<![CDATA[", "]]>"),
    "in SVG": _after("<svg>", "</svg>"),
    "in a foreign object": _after("<svg><foreignObject>", "</foreignObject></svg>"),
    "in MathML": _after("<math><mtext><table><mglyph><style>", ""),
    "in a noscript": _after('<noscript><p title="</noscript>', '">'),
    "in a select": _after("<select><option>", "</option></select>"),
    # in Markdown
    "address of a link": lambda p: f"[看]({p})",
    "address of a link, in brackets": lambda p: f"[看](<{p}>)",
    "title of a link": lambda p: f'[看](https://example.org/ "{p}")',
    "text of a link": lambda p: f"[{p}](https://example.org/)",
    "address of a picture": lambda p: f"![图]({p})",
    "words of a picture": lambda p: f"![{p}](/x.png)",
    "autolink": lambda p: f"<https://example.org/{p}>",
    "reference": lambda p: f'[看][1]\n\n[1]: {p} "题"',
    "title of a reference": lambda p: f"[看][1]\n\n[1]: https://example.org/ '{p}'",
    "block of HTML": lambda p: f"<div>\n{p}\n</div>",
    "code": lambda p: f"`{p}`",
    "fenced code": lambda p: f"```{p}\n{p}\n```",
    "indented code": lambda p: f"    {p}",
    "quotation": lambda p: f"> {p}",
    "heading": lambda p: f"# {p}",
    "cell of a table": lambda p: f"| 甲 | 乙 |\n|---|---|\n| {p} | {p} |",
    "attribute list": lambda p: f"文字{{: onclick={p} title='{p}' }}",
    "footnote": lambda p: f"文[^1]\n\n[^1]: {p}",
    "emphasis": lambda p: f"**{p}**",
}

EVENTS = ("onmouseover", "onfocus autofocus tabindex=1 onfocus", "onclick", "onpointerenter", "style", "onload")
ATTRIBUTES = tuple(f"{quote}{space}{event}={quote}{RUN}{quote if quote else ' '}"
                   for quote, space, event in product(('"', "'", "`", ""), (" ", "/", "\t"), EVENTS))
"""Out of an attribute into another one, for each quote."""

_WORDS = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:alert(1)",
          "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "//evil.example/x.js", "blob:x", "file:///etc/passwd",
          "javascript://example.org/%0aalert(1)", "view-source:javascript:alert(1)", "jar:javascript:alert(1)!")
_TWISTS: tuple[Callable[[str], str], ...] = (
    str, str.upper, lambda s: s.title(), lambda s: s[:4] + "\t" + s[4:], lambda s: s[:4] + "\n" + s[4:],
    lambda s: s[:4] + "&#9;" + s[4:], lambda s: s[:4] + "&Tab;" + s[4:], lambda s: s[:4] + "&NewLine;" + s[4:],
    lambda s: "\x01" + s, lambda s: " \t" + s, lambda s: s.replace(":", "&colon;"), lambda s: s.replace(":", "&#58;"),
    lambda s: s.replace(":", "%3A"), lambda s: "&#" + str(ord(s[0])) + ";" + s[1:], lambda s: "/" + s,
    lambda s: "//" + s,
    lambda s: "./" + s, lambda s: "\\\\" + s, lambda s: "/\\" + s, lambda s: "/\t/" + s, lambda s: "https:" + s,
    lambda s: "?q=" + s, lambda s: "#" + s, lambda s: s.replace("/", "\\"), lambda s: s + "#/index.html",
    _full_width, lambda s: "\u202e" + s, lambda s: "\ufeff" + s, lambda s: "/index.html/../" + s, lambda s: "\\" + s)
_PLACES = ("{0}", "[看]({0})", '<a href="{0}">看</a>', "[看](<{0}>)", "![图]({0})", "<{0}>", "[看][a]\n\n[a]: {0}",
           "<a href={0}>看</a>", '<img src="{0}" alt="图">',
           '<form action="{0}"><button>看</button></form>',
           '<iframe src="{0}"></iframe>', '<svg><a xlink:href="{0}"><text y="20">看</text></a></svg>',
           '<base href="{0}">', '<meta http-equiv="refresh" content="0;url={0}">', '<link rel="stylesheet" href="{0}">',
           '<object data="{0}"></object>', '<style>@import "{0}";</style>', '<p style="background:url({0})">字</p>')

OWN = (
    '<img src="/\\evil.example/x.png">', '<img src="\\\\evil.example/x.png">', '<img srcset="//evil.example/x.png 2x">',
    '<a href="https://example.org/" ping="//evil.example/">看</a>', '<a id="gongshi" href="x">看</a>',
    '<form id="gongshiPlaces"><input name="places"></form>', '<div id="main">甲</div>',
    '<p data-gs-english="//evil.example/x.js">',
    '<p data-expires="2020-01-01" data-expires-page="<img src=x onerror=alert(1)>">',
    '<button data-gs-aloud="//evil.example/x.js">',
    "{{ 7*7 }}{{ config }}", "{% include 'partials/seal.html' %}", "{{ self.__init__.__globals__ }}",
    "{# #}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "gs-stub", "]]></script><svg/onload=alert(1)>", '{"a":"</script><script>alert(1)</script>"}',
    "\u2028alert(1)//",
    "</article></main><script>alert(1)</script>", "--><script>alert(1)</script><!--", "<!--<script>",
    "<![CDATA[<script>",
    "<plaintext>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<svg><style><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "=cmd|'/c calc'!A1", "@SUM(1+1)*cmd|' /C calc'!A0", "%00<script>alert(1)</script>", "..%2f..%2fetc/passwd",
    "[点](/javascript:alert(1))", '<a href="/javascript:alert(1)">点</a>', '<a href="//evil.example">点</a>',
)


def schemes() -> Iterator[str]:
    """Yield addresses that must not work, each written in every twisted way, and in every place of an address."""
    for word, twist, place in product(_WORDS, _TWISTS, _PLACES[:3]):
        yield place.format(twist(word))
    for word, place in product(_WORDS, _PLACES):
        yield place.format(word)


def mutants(bases: tuple[str, ...]) -> Iterator[str]:
    """Yield what every mutator makes of every one of some payloads."""
    for mutate in MUTATORS.values():
        yield from map(mutate, bases)


@cache
def everything(bases: int = 100) -> tuple[str, ...]:
    """Return all different payloads: packaged, ours, and the mutants of so many of the packaged ones, evenly chosen."""
    some = packaged()
    chosen = some[::max(1, len(some) // bases)][:bases]
    found = dict.fromkeys((*some, *OWN, *ATTRIBUTES, *schemes(), *mutants(chosen)))
    return tuple(one for one in found if one.strip())


def spread(share: float) -> tuple[str, ...]:
    """Return a share of all payloads, evenly chosen, so that every mutator and every source is among them."""
    some = everything()
    return some[::max(1, round(1 / share))]
