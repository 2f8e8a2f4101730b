"""What crosses records: numbers that change, bulletins that tell otherwise, notice boards that are to be re-printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator import render
from generator.config import Site
from generator.data import Row, Target
from generator.desk.diff.fields import Names
from generator.desk.diff.told import Change, Entry
from generator.editions import WORDS, Edition, Item, counts
from generator.records import kinds
from generator.render.areas import figures
from generator.render.cells import number
from generator.render.codes import has_board
from generator.render.editions import edition_url
from generator.results import Account

MEASURED = ("fund", "indicator")
"""Kinds whose lists show figures that follow from their records."""
BEGINNING = 8
"""By so many characters of its title a record is known on a line that may be cut."""
MOST = 5
"""So many records are named for one number of a bulletin."""

Told = Iterator[tuple[str, Entry]]


def numbers(before: render.Views, after: render.Views, names: Names) -> Told:
    """Yield the counts of the home page and of each kind, figures of funds and indicators, and points at hand."""
    old, new = ({one.label: len(one.rows) for one in figures(views)} for views in (before, after))
    if found := tuple(_counted(old, new)):
        yield "numbers", Entry("index.html", "首页", "数字", False, found)
    for made_up in (False, True):
        old, new = (_totals(views, made_up) for views in (before, after))
        if found := tuple(_counted(old, new)):
            yield "numbers", Entry("", "各类记录的条数", "数字", made_up, found)
    for kind in MEASURED:
        for row in after.register.of_kind(kind):
            if found := tuple(_cells(_before(row, before), row)):
                yield "numbers", Entry(row.key, row.title, kinds()[kind].label, row.illustrative, found)
    yield from _accounts(before, after, names)


def _counted(old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[Change]:
    for label in dict.fromkeys([*new, *old]):
        if old.get(label, 0) != new.get(label, 0):
            yield Change(label, str(old.get(label, 0)), str(new.get(label, 0)))


def _totals(views: render.Views, made_up: bool) -> Counter[str]:
    return Counter(kinds()[row.kind].label for row in views.register.rows.values()
                   if row.illustrative == made_up and not row.withdrawn)


def _before(row: Row, views: render.Views) -> Row | None:
    """Return a record's row in the version before, under whatever id it had there."""
    keys = (f"{row.kind}/{id}" for id in (row.id, *row.formerly))
    return next((views.register.rows[key] for key in keys if key in views.register.rows), None)


def _cells(old: Row | None, new: Row) -> Iterator[Change]:
    model = kinds()[new.kind]
    if old is None or old.withdrawn or new.withdrawn:
        return
    for name, was, now in zip(model.columns, old.cells, new.cells, strict=True):
        if was != now and not isinstance(now, Target) and not isinstance(was, Target):
            yield Change(model.label_of(name), "" if was is None else str(was), "" if now is None else str(now))


def _accounts(before: render.Views, after: render.Views, names: Names) -> Told:
    earlier = {names.today(key): some for key, some in before.accounts.items()}
    for key in sorted({*earlier, *after.accounts}):
        old, new = ({one.scheme: one for one in books.get(key, ())} for books in (earlier, after.accounts))
        found = tuple(change for scheme in dict.fromkeys([*new, *old])
                      for change in _account(old.get(scheme), new.get(scheme), names(f"scheme/{scheme}")))
        if found:
            row = after.register.rows.get(key) or before.register.rows.get(key)
            yield "numbers", Entry(key, names(key), "积分", bool(row and row.illustrative), found)


def _account(old: Account | None, new: Account | None, scheme: str) -> Iterator[Change]:
    for label, name in (("积分", "earned"), ("已兑换", "spent_total"), ("可用", "balance")):
        was, now = (number(getattr(account, name)) if account else "0" for account in (old, new))
        if was != now:
            yield Change(f"{scheme}·{label}", was, now)


# ── bulletins ────────────────────────────────────────────────────────────────────────────────────────────────


def bulletins(before: render.Views, after: render.Views, names: Names) -> Told:
    """Yield the editions that tell otherwise, and the frozen ones that the records now contradict."""
    old, new = ({(*e.group, e.period): e for e in some}
                for some in ((_renamed(edition, names) for edition in before.editions), after.editions))
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        edition = now or was
        assert edition is not None
        if found := tuple(_retold(was, now, names)):
            yield "bulletins", _edition(edition, found, names, "" if was and now else "新的一期" if now else "没有了")
        if now and now.frozen and (found := tuple(_contradicted(was, now, names))):
            yield "frozen", _edition(now, found, names, "这一期已经定下，不会变；要改用 gongshi correct")


def _renamed(edition: Edition, names: Names) -> Edition:
    """Return an edition with its place and its records under their keys of today."""
    return replace(edition, area=names.today(f"area/{edition.area}").partition("/")[2], items=tuple(
        item._replace(key=names.today(item.key), by=names.today(item.by)) for item in edition.items))


def _edition(edition: Edition, found: tuple[Change, ...], names: Names, remark: str) -> Entry:
    title = f"{edition.series} {edition.words} {names(f'area/{edition.area}')}"
    return Entry(edition_url(edition), title, kinds()["bulletin"].label, edition.examples, found, remark)


def _retold(was: Edition | None, now: Edition | None, names: Names) -> Iterator[Change]:
    """Yield the figures of an edition that change, each with the records behind it."""
    old, new = (edition.items if edition else () for edition in (was, now))
    yield from _figures(set(new) - set(old), set(old) - set(new), counts(old), counts(new), names)


def _contradicted(was: Edition | None, now: Edition, names: Names) -> Iterator[Change]:
    """Yield what today's records would tell otherwise than a frozen edition, unless they did before."""
    frozen, known = now.frozen, was.frozen if was else None
    assert frozen is not None
    if known and (known.more, known.gone) == (frozen.more, frozen.gone):
        return
    then = set(now.items) - set(frozen.gone) | set(frozen.more)
    yield from _figures(set(frozen.more), set(frozen.gone), counts(now.items), counts(then), names)


def _figures(more: Iterable[Item], gone: Iterable[Item], old: Counter[str], new: Counter[str], names: Names
             ) -> Iterator[Change]:
    for what, label in WORDS.items():
        plus, minus = (_told(some, what, names) for some in (more, gone))
        if plus or minus:
            yield Change(label, str(old[what]), str(new[what]), (*(f"＋{text}" for text in plus),
                                                                 *(f"－{text}" for text in minus)))


def _told(items: Iterable[Item], what: str, names: Names) -> list[str]:
    """Return the records that items of one kind are about, the first few by name."""
    found = sorted({" ".join(part for part in (item.day, names(item.key)) if part)
                    for item in items if item.what == what})
    return found[:MOST] + ([f"等 {len(found)} 条"] if len(found) > MOST else [])


# ── notice boards ────────────────────────────────────────────────────────────────────────────────────────────


def notices(base: Site, head: Site, before: render.Views, after: render.Views, names: Names) -> Told:
    """Yield the notice boards whose printed sheet is no longer what the records say, with the lines that differ."""
    old = {names.today(row.key).partition("/")[2]: row for row in before.register.of_kind("area") if has_board(row)}
    new = {row.id: row for row in after.register.of_kind("area") if has_board(row)}
    gone = _withdrawn(before, after, names)
    for id in sorted(old.keys() | new.keys()):
        was = render.board(base, before, old[id]) if id in old else None
        now = render.board(head, after, new[id]) if id in new else None
        if (was and was["version"]) == (now and now["version"]):
            continue
        row = new.get(id) or old[id]
        yield "notices", Entry(f"notices/{id}.html", row.title, "告示", row.illustrative,
                               tuple(_lines(was, now, gone)), _hangs(was, now, after, row))


def _hangs(was: dict[str, Any] | None, now: dict[str, Any] | None, views: render.Views, row: Row) -> str:
    """Return what to do with the paper, and which version hangs where that is known."""
    if was is None:
        return "新的告示，可以印了"
    if now is None:
        return "告示没有了，请取下"
    hung = "、".join(sorted({one.printed for one in views.codes.get(row.key, ()) if one.printed}))
    return f"版本 {was['version']} → {now['version']}" + (f"，登记贴着的是 {hung}" if hung else "")


def _withdrawn(before: render.Views, after: render.Views, names: Names) -> tuple[str, ...]:
    """Return how the titles began of records that are withdrawn now and were not: a line of a sheet may be cut."""
    now = {key for key, row in after.register.rows.items() if row.withdrawn}
    return tuple(row.title[:BEGINNING] for key, row in before.register.rows.items()
                 if not row.withdrawn and names.today(key) in now)


def _lines(was: dict[str, Any] | None, now: dict[str, Any] | None, silent: tuple[str, ...]) -> Iterator[Change]:
    """Yield the lines of a sheet that come and go; of one about a withdrawn record only that it goes."""
    if was is None or now is None:
        return
    for label, of in SHEET.items():
        old, new = of(was), of(now)
        gone, come = ([line for line in some if line not in others] for some, others in ((old, new), (new, old)))
        if label == WHO and gone:  # whoever is named there no longer is not named here either
            gone = [] if come else ["有人不再列出"]
        if told := [line for line in gone if any(title in line for title in silent)]:
            gone = [line for line in gone if line not in told]
            yield Change(label, "撤回的记录不再列出", "")
        if len(gone) == len(come) == 1:
            yield Change(label, gone[0], come[0])
        else:
            yield from (Change(label, "", line) for line in come)
            yield from (Change(label, line, "") for line in gone)


def _people(shown: dict[str, Any]) -> Sequence[str]:
    return [" ".join(part for part in (one.role, one.name, one.contact) if part) for one in shown["people"]]


def _fund(shown: dict[str, Any]) -> Sequence[str]:
    fund = shown["fund"]
    return [f"{fund.name} {fund.label} {fund.said}"] if fund else []


WHO = "谁负责"
SHEET: dict[str, Callable[[dict[str, Any]], Sequence[str]]] = {
    "地方": lambda shown: [part for part in (shown["place"], shown["name"]) if part],
    WHO: _people,
    "近况": lambda shown: [f"{item.day} {item.text}" for item in shown["news"]],
    "列不下的": lambda shown: [f"另有 {shown['more']} 条"] if shown["more"] else [],
    "经费": _fund,
    "二维码": lambda shown: [part for part in (shown["typed"] or shown["remark"],) if part],
    "联系": lambda shown: [part for part in (shown["contact"], shown["operator"]) if part],
}
"""The parts of a sheet, each as its lines."""
