"""Values of records to HTML, by their type: one function per written form, and tables for lists of parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from pydantic import BaseModel

from generator.data import Row, target_of
from generator.records.base import Record, Shape, shapes
from generator.records.forms import Money, When
from generator.records.naming import Consent
from generator.records.statements import Claim, Differing, Party, Quantity, Source
from generator.render.text import prose

INFERRED = {"year": "年份", "month": "月份", "day": "日期"}
BOUNDS = {"exact": "", "about": "约数", "at_least": "至少", "more_than": "超过", "at_most": "至多", "below": "不足"}
ROUGHLY = re.compile("余|多|超|约|近|以上|以下|以内|左右|上下|至少|至多|不到|不足|低于")
"""Words by which a source says itself that a number is not exact."""
GROUNDS = {"office": "公职履职", "consent": "本人同意", "press": "见报"}
SKIPPED = {"id", "title", "source", "illustrative", "formerly", "withdrawn", "claims", "differing",
           "images", "description", "note", "minor", "privacy_exceptions"}


class Link(NamedTuple):
    """Where a reference leads: text, address relative to the page, and whether the target is illustrative.

    expires: the last day, as ISO text, on which the target may be named; a reader's browser takes the link off then.
    named: (name, last day) where `text` masks a name that stands by consent: a page may show it, and its reader's
    browser masks it after that day; what leaves the page (tables, pictures, papers, the search) has the text.
    """

    text: str
    href: str
    illustrative: bool = False
    expires: str = ""
    named: tuple[str, ...] = ()


class Own(str):
    """Words of a record: they stay as written, whatever the language of the interface."""


def own(text: Any) -> Markup:
    """Return the attribute that tells a record's own words from the interface's; nothing for the latter."""
    return OWN if isinstance(text, Own) else Markup("")


def written(text: str, root: str) -> Markup:
    """Return a record's text as HTML, marked as its own words."""
    return Markup("<div{}>{}</div>").format(OWN, prose(text, root))


OWN = Markup(' lang="zh"')
TO_HOME = Link("首页", "../index.html")
"""The first crumb of every page that stands one folder deep, as all of ours do."""


class Block(NamedTuple):
    """A labelled piece of a record: one value, or a longer text or table with a heading of its own."""

    name: str
    label: str
    html: Markup
    is_own: bool = False

    @property
    def row(self) -> Markup:
        """Label and value as a row of a list of facts."""
        mark = OWN if self.is_own else ""
        return Markup(f"<div><dt>{escape(self.label)}</dt><dd{mark}>{self.html}</dd></div>\n")


def link(to: Link) -> Markup:
    """Return a link to a record; an illustrative one says so, one that leads nowhere is its text."""
    mark = "（示例）" if to.illustrative and "示例" not in to.text else ""
    if not to.href:
        return escape(to.text)
    shown, ends = (to.named[0], _masks(to.text + mark, to.named[1])) if to.named else (to.text, expires(to.expires))
    return Markup(f'<a href="{escape(to.href)}"{own(to.text)}{ends}>{escape(shown)}{mark}</a>')


def named(row: Row) -> Markup:
    """Return a record's title; a name that stands by consent is masked by its reader's browser after the last day."""
    if not row.named:
        return escape(row.title)
    return Markup("<span{}>{}</span>").format(_masks(row.title, row.named[1]), row.named[0])


def consent(value: Consent) -> Markup:
    """Return until when a consent holds; after that day the reader's browser says that it ended."""
    day = value.last_day().isoformat()
    return Markup("<span{}>到 {}，可以随时收回</span>").format(_masks("已到期", day), day)


def _masks(text: str, day: str) -> Markup:
    return Markup('{} data-expires-as="{}"').format(expires(day), text)


def expires(day: str) -> Markup:
    """Return the attribute with which an element leaves the page after a day; nothing for what never expires."""
    return Markup(' data-expires="{}"').format(day) if day else Markup("")


def number(value: int | Decimal) -> str:
    """Return a number in plain digits, without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def unbroken(text: str) -> Markup:
    """Return a text whose dates stay on one line: a browser would break them at their hyphens."""
    return Markup(ISO.sub(r'<span class="gs-nowrap">\g<0></span>', str(escape(text))))


def percent(share: Fraction) -> int:
    """Return a share as whole per cent, rounded down, so that only what is whole reads 100."""
    return share.numerator * 100 // share.denominator


DAY = re.compile(r"\d月")
"""What a source prints as a date without its year: 5月25日, 去年11月; not 前后花3个月."""


def when(value: When) -> Markup:
    """Return a date with the source's words first; what was inferred is said, its ground stands with the sources."""
    if not value.words and not value.inferred:
        return _date(value.value or "")
    if not value.value and DAY.search(value.words or ""):
        return Markup('{} <span class="gs-aside">（年份未载）</span>').format(value.words)
    if not value.value:
        return Markup('日期未载 <span class="gs-aside">（原文：“{}”）</span>').format(value.words)
    shown = Markup('<time datetime="{}">{}</time>').format(
        value.value.replace(" ", "T"), value.words or value.value)
    asides = [value.value] if value.words else []
    asides += [f"{INFERRED[value.inferred]}为推断"] if value.inferred else []
    return shown + Markup(' <span class="gs-aside">（{}）</span>').format("，".join(asides)) if asides else shown


@lru_cache(maxsize=8192)
def _date(text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(text.replace(" ", "T"), text) if text else Markup("")


def bound_of(words: str, bound: str) -> str:
    """Return the bound in a word, empty where the source's own words say it: 450余个 needs no 超过 beside it."""
    return "" if ROUGHLY.search(words) else BOUNDS[bound]


def quantity(value: Quantity) -> Markup:
    """Return a stated number in its own words, with bound and date where they add something."""
    notes = [bound] if (bound := bound_of(value.words, value.bound)) else []
    notes += [f"截至 {value.as_of}"] if value.as_of else []
    aside = Markup(' <span class="gs-aside">（{}）</span>').format("，".join(notes)) if notes else ""
    return Markup("<b>{}</b>{}").format(value.words, aside)


class Painter:
    """Turns the values of one record into HTML. links: reference key -> Link; root: the way to the site's root."""

    def __init__(self, links: Mapping[str, Link], root: str):
        self.links, self.root = links, root

    def value(self, value: Any, shape: Shape) -> Markup:
        """Return one value of a field as inline HTML."""
        if shape.refs:
            return link(self.links[target_of(value, shape)])
        if isinstance(value, When):
            return when(value)
        if not isinstance(value, BaseModel):
            return escape(self.plain(value, shape))
        if isinstance(value, Claim):
            return Markup("{}：{}").format(value.label, quantity(value))
        if isinstance(value, Quantity):
            return quantity(value)
        if isinstance(value, Party):
            return self.party(value)
        if isinstance(value, Consent):
            return consent(value)
        return self.inline(value)

    def plain(self, value: Any, shape: Shape) -> str:
        """Return a scalar as text."""
        if isinstance(value, str):
            return GROUNDS.get(value, value) if shape.name == "ground" else value
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Money):
            return str(value)
        if isinstance(value, int | Decimal):
            return number(value)
        return GROUNDS.get(value, value) if shape.name == "ground" else str(value)

    def party(self, party: Party) -> Markup:
        """Return who takes part, linked where published."""
        named = link(self.links[_key(party.who)]) if party.who else escape(party.name or "")
        if party.who and party.name:
            named = Markup("{}（{}）").format(named, party.name)
        return Markup("{}：{}").format(party.role, named) if party.role else named

    def inline(self, part: BaseModel) -> Markup:
        """Return a part's given fields in one line."""
        given = [(s.label, self.several(getattr(part, s.name), s)) for s in shapes(type(part))
                 if _is_given(getattr(part, s.name))]
        return Markup("；").join(Markup("{}：{}").format(name, html) for name, html in given)

    def blocks(self, record: Record) -> tuple[list[Block], list[Block]]:
        """Return a record's given fields as facts (one line each) and sections (texts and tables), in model order."""
        facts, sections = [], []
        for shape in shapes(type(record)):
            value = getattr(record, shape.name)
            if shape.name in SKIPPED or value is None or value == [] or value == {}:
                continue
            if isinstance(value, list):
                sections.append(Block(shape.name, shape.label, self.list(value, shape)))
            elif shape.is_text:
                sections.append(Block(shape.name, shape.label, written(value, self.root)))
            elif isinstance(value, dict):
                facts.append(Block(shape.name, shape.label, escape("；".join(map(str, value.values()))), True))
            else:
                facts.append(Block(shape.name, shape.label, self.value(value, shape), is_own(shape)))
        return facts, sections

    def list(self, items: Sequence[Any], shape: Shape) -> Markup:
        """Return a list: a table for parts of several fields, a bullet list for the rest."""
        if shape.part is None or issubclass(shape.part, Party | Quantity | When | Source | Differing):
            return Markup(f"<ul{OWN}>" + "".join(f"<li>{self.value(i, shape)}</li>" for i in items) + "</ul>")
        return self.table(items, shape.part)

    def table(self, items: Sequence[BaseModel], part: type[BaseModel]) -> Markup:
        """Return a table of parts without the columns that none of them fills; a numbered list where one is left."""
        columns = [s for s in shapes(part) if any(_is_column(getattr(i, s.name), s) for i in items)]
        if len(columns) == 1:
            return Markup(f"<ol{OWN}>" + "".join(f"<li>{self.value(getattr(i, columns[0].name), columns[0])}</li>"
                                           for i in items) + "</ol>")
        head = "".join(f'<th scope="col">{s.label}</th>' for s in columns)
        body = "".join(f"<tr>{''.join(self.cell(i, s) for s in columns)}</tr>" for i in items)
        return Markup(f'<table class="gs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')

    def cell(self, item: BaseModel, shape: Shape) -> str:
        """Return one cell of a table, with its column's label for narrow screens."""
        value = getattr(item, shape.name)
        if not _is_given(value):
            return '<td></td>'
        mark = OWN if is_own(shape) else ""
        return f'<td data-label="{shape.label}"{mark}>{self.several(value, shape)}</td>'

    def several(self, value: Any, shape: Shape) -> Markup:
        """Return one value inline, or several one after the other."""
        if not isinstance(value, list | dict):
            return self.value(value, shape)
        some = value.values() if isinstance(value, dict) else value
        return Markup("、").join(self.value(v, shape) for v in some)


def is_own(shape: Shape) -> bool:
    """Whether a field holds words of the record's own: no reference, no date, nothing out of a fixed set."""
    return not shape.refs and (shape.type is str or (shape.part is not None and shape.part not in (When, Consent)))


def _is_column(value: Any, shape: Shape) -> bool:
    """Whether a value is for readers: there, not a default, not a code that only the files use."""
    return _is_given(value) and shape.name != "id" and not (shape.name == "weight" and value == 1)


def _is_given(value: Any) -> bool:
    """Whether there is anything to show; zero is, false and an empty list are not."""
    return value is not None and value is not False and value != [] and value != {}


def _key(reference: str | None) -> str:
    return reference or ""
