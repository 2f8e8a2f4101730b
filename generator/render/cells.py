"""Values of records to HTML, by their type: one function per written form, and tables for lists of parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, get_origin

from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # what escape calls for a text
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


MANY = (list, dict)
IN_A_LINE = (Party, Quantity, When, Source, Differing)
"""Parts that are told in one line each."""


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


html = partial(str.__new__, Markup)
"""Gives HTML that is text as Markup, in a third of Markup's own time, which first asks whether the text is HTML."""


def escaped(value: Any) -> str:
    """Return a value as HTML to be joined with other HTML: what `escape` gives, in a sixth of the time for a text.

    `escape` makes Markup of everything, and Markup of Markup again; a page needs a hundred values.
    """
    sort = type(value)
    if sort is Markup:
        return value
    if sort is str or sort is Own:
        return escape_text(value)
    return str(value) if sort is int else escape(value)


def own(text: Any) -> Markup:
    """Return the attribute that tells a record's own words from the interface's; nothing for the latter."""
    return OWN if isinstance(text, Own) else NOTHING


def written(text: str, root: str) -> Markup:
    """Return a record's text as HTML, marked as its own words."""
    return html(f"<div{OWN}>{prose(text, root)}</div>")


OWN, NOTHING = Markup(' lang="zh"'), Markup("")
TO_HOME = Link("首页", "../index.html")
"""The first crumb of every page that stands one folder deep, as all of ours do."""


class Block:
    """A labelled piece of a record: one value, or a longer text or table with a heading of its own.

    It is painted where it is first asked for: a kind's own template tells much of a record in another way.
    """

    __slots__ = ("_column", "_html", "_painter", "_value", "label", "name")

    def __init__(self, painter: Painter, value: Any, column: Column):
        self.name, self.label = column.shape.name, column.shape.label
        self._painter, self._value, self._column = painter, value, column
        self._html: Markup | None = None

    @property
    def html(self) -> Markup:
        """The piece without its label."""
        if self._html is None:
            paint, value = self._column.paint, self._value
            self._html = html(paint(value) if paint else self._painter.piece(value, self._column.shape))
        return self._html

    @property
    def row(self) -> Markup:
        """Label and value as a row of a list of facts."""
        return html(f"{self._column.start}{self.html}</dd></div>\n")


class Blocks(NamedTuple):
    """A record's description, and its other pieces in the order of its model: facts of one line each, and sections."""

    description: Markup | None
    facts: list[Block]
    sections: list[Block]


def link(to: Link) -> Markup:
    """Return a link to a record; an illustrative one says so, one that leads nowhere is its text."""
    text, href, illustrative, last, named = to
    mark = "（示例）" if illustrative and "示例" not in text else ""
    if not href:
        return html(escaped(text))
    shown, ends = (named[0], _masks(text + mark, named[1])) if named else (text, expires(last) if last else "")
    return html(f'<a href="{escaped(href)}"{own(text)}{ends}>{escaped(shown)}{mark}</a>')


def named(row: Row) -> Markup:
    """Return a record's title; a name that stands by consent is masked by its reader's browser after the last day."""
    if not row.named:
        return html(escaped(row.title))
    return html(f"<span{_masks(row.title, row.named[1])}>{escaped(row.named[0])}</span>")


def consent(value: Consent) -> Markup:
    """Return until when a consent holds; after that day the reader's browser says that it ended."""
    day = value.last_day().isoformat()
    return html(f"<span{_masks('已到期', day)}>到 {day}，可以随时收回</span>")


def _masks(text: str, day: str) -> str:
    return f'{expires(day)} data-expires-as="{escaped(text)}"'


def expires(day: str) -> Markup:
    """Return the attribute with which an element leaves the page after a day; nothing for what never expires."""
    return html(f' data-expires="{escaped(day)}"') if day else NOTHING


def number(value: int | Decimal) -> str:
    """Return a number in plain digits, without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def unbroken(text: str) -> Markup:
    """Return a text whose dates stay on one line: a browser would break them at their hyphens."""
    safe = escaped(text)
    return html(ISO.sub(r'<span class="gs-nowrap">\g<0></span>', safe) if "-" in safe else safe)


def inline(value: str | Link) -> Markup:
    """Return a cell of a list: words, or a link."""
    return unbroken(value) if isinstance(value, str) else link(value)


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
        return html(f'{escaped(value.words)} <span class="gs-aside">（年份未载）</span>')
    if not value.value:
        return html(f'日期未载 <span class="gs-aside">（原文：“{escaped(value.words)}”）</span>')
    asides = [value.value] if value.words else []
    asides += [f"{INFERRED[value.inferred]}为推断"] if value.inferred else []
    shown = f'<time datetime="{value.value.replace(" ", "T")}">{escaped(value.words or value.value)}</time>'
    return html(f'{shown} <span class="gs-aside">（{"，".join(asides)}）</span>')


@lru_cache(maxsize=8192)
def _date(text: str) -> Markup:
    return html(f'<time datetime="{text.replace(" ", "T")}">{text}</time>') if text else NOTHING


def bound_of(words: str, bound: str) -> str:
    """Return the bound in a word, empty where the source's own words say it: 450余个 needs no 超过 beside it."""
    return "" if ROUGHLY.search(words) else BOUNDS[bound]


def quantity(value: Quantity) -> Markup:
    """Return a stated number in its own words, with bound and date where they add something."""
    notes = [bound] if (bound := bound_of(value.words, value.bound)) else []
    notes += [f"截至 {value.as_of}"] if value.as_of else []
    aside = f' <span class="gs-aside">（{escaped("，".join(notes))}）</span>' if notes else ""
    return html(f"<b>{escaped(value.words)}</b>{aside}")


class Painter:
    """Turns the values of one record into HTML. links: reference key -> Link; root: the way to the site's root.

    What is joined further is HTML as plain text, and becomes Markup once, where it leaves for a template.
    """

    def __init__(self, links: Mapping[str, Link], root: str):
        self.links, self.root = links, root

    def blocks(self, record: Record) -> Blocks:
        """Return what is given of a record."""
        values, facts, sections = record.__dict__, list[Block](), list[Block]()
        for name, column, is_section in _shown(type(record)):
            value = values[name]
            if value is None or (not value and isinstance(value, MANY)):
                continue
            (sections if is_section else facts).append(Block(self, value, column))
        return Blocks(written(record.description, self.root) if record.description else None, facts, sections)

    def piece(self, value: Any, shape: Shape) -> str:
        """Return what a field holds as HTML: a text, a list, a table, or one value in a line."""
        if isinstance(value, list):
            return self.list(value, shape)
        if shape.is_text:
            return written(value, self.root)
        return escaped("；".join(map(str, value.values()))) if isinstance(value, dict) else self.value(value, shape)

    def value(self, value: Any, shape: Shape) -> str:
        """Return one value of a field as inline HTML."""
        if shape.refs:
            return link(self.links[target_of(value, shape)])
        if not isinstance(value, BaseModel):
            return escaped(_plain(value, shape))
        if isinstance(value, When):
            return when(value)
        if isinstance(value, Claim):
            return f"{escaped(value.label)}：{quantity(value)}"
        if isinstance(value, Quantity):
            return quantity(value)
        if isinstance(value, Party):
            return self.party(value)
        return consent(value) if isinstance(value, Consent) else self.inline(value)

    def party(self, party: Party) -> Markup:
        """Return who takes part, linked where published."""
        named = link(self.links[party.who]) if party.who else escaped(party.name or "")
        beside = f"（{escaped(party.name)}）" if party.who and party.name else ""
        return html(f"{escaped(party.role)}：{named}{beside}" if party.role else f"{named}{beside}")

    def inline(self, part: BaseModel) -> str:
        """Return a part's given fields in one line."""
        given = ((shape, getattr(part, shape.name)) for shape in shapes(type(part)))
        return "；".join(f"{escaped(shape.label)}：{self.several(value, shape)}"
                        for shape, value in given if _is_given(value))

    def list(self, items: Sequence[Any], shape: Shape) -> str:
        """Return a list: a table for parts of several fields, a bullet list for the rest."""
        if shape.part is None or issubclass(shape.part, IN_A_LINE):
            return f"<ul{OWN}>" + "".join(f"<li>{self.value(i, shape)}</li>" for i in items) + "</ul>"
        return self.table(items, shape.part)

    def table(self, items: Sequence[BaseModel], part: type[BaseModel]) -> str:
        """Return a table of parts without the columns that none of them fills; a numbered list where one is left."""
        told = ((column, [getattr(item, column.shape.name) for item in items]) for column in _columns(part))
        columns = [one for one in told if any(_is_shown(value, one[0].shape) for value in one[1])]
        if len(columns) == 1:
            [(column, values)] = columns
            return f"<ol{OWN}>" + "".join(f"<li>{self.value(value, column.shape)}</li>" for value in values) + "</ol>"
        head = "".join(column.head for column, _ in columns)
        body = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*(self._cells(*one) for one in columns), strict=True))
        return f'<table class="gs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _cells(self, column: Column, values: Sequence[Any]) -> Sequence[str]:
        """Return a column's cells; what texts and dates are painted by is known before any value is."""
        start, shape = column.start, column.shape
        if paint := column.paint:
            return ["<td></td>" if value is None else f"{start}{paint(value)}</td>" for value in values]
        return [f"{start}{self.several(value, shape)}</td>" if _is_given(value) else "<td></td>" for value in values]

    def several(self, value: Any, shape: Shape) -> str:
        """Return one value inline, or several one after the other."""
        if not isinstance(value, list | dict):
            return self.value(value, shape)
        return "、".join(self.value(v, shape) for v in (value.values() if isinstance(value, dict) else value))


def _plain(value: Any, shape: Shape) -> str:
    """Return a scalar as text."""
    if isinstance(value, str):
        return GROUNDS.get(value, value) if shape.name == "ground" else value
    if isinstance(value, bool):
        return "是" if value else "否"
    return number(value) if isinstance(value, int | Decimal) and not isinstance(value, Money) else str(value)


@cache
def _shown(model: type[BaseModel]) -> tuple[tuple[str, Column, bool], ...]:
    """Return the fields that a record's page tells one by one, each with its name and whether it is a section."""
    return tuple((shape.name, _fact(shape), shape.many or shape.is_text)
                 for shape in shapes(model) if shape.name not in SKIPPED)


def _fact(shape: Shape) -> Column:
    """Return a field as a row of a list of facts."""
    words = OWN if is_own(shape) or get_origin(shape.type) is dict else ""
    return Column(shape, "", f"<div><dt>{escaped(shape.label)}</dt><dd{words}>", _paint_of(shape))


class Column(NamedTuple):
    """A column of a table of parts: its field, its head, how its cells begin; narrow screens show the label there.

    paint: what gives a value as HTML, None where that depends on the value or on the record.
    """

    shape: Shape
    head: str
    start: str
    paint: Callable[[Any], str] | None


@cache
def _columns(part: type[BaseModel]) -> tuple[Column, ...]:
    return tuple(Column(shape, f'<th scope="col">{shape.label}</th>',
                        f'<td data-label="{shape.label}"{OWN if is_own(shape) else ""}>', _paint_of(shape))
                 for shape in shapes(part) if shape.name != "id")


def _paint_of(shape: Shape) -> Callable[[Any], str] | None:
    if shape.many or shape.refs or shape.is_text or shape.name == "ground":
        return None
    return escaped if shape.type is str else when if shape.part is When else None


def is_own(shape: Shape) -> bool:
    """Whether a field holds words of the record's own: no reference, no date, nothing out of a fixed set."""
    return not shape.refs and (shape.type is str or (shape.part is not None and shape.part not in (When, Consent)))


def _is_shown(value: Any, shape: Shape) -> bool:
    """Whether a value is worth a column: there, and no weight that all parts have by themselves."""
    return _is_given(value) and not (shape.name == "weight" and value == 1)


def _is_given(value: Any) -> bool:
    """Whether there is anything to show; zero is, false and an empty list are not."""
    return bool(value) or not (value is None or value is False or isinstance(value, MANY))
