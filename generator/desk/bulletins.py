"""`gongshi close 一周一调度 2026-W47`: the computed rows of a period are frozen beside the editor's bulletin."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator import build, closed, load, validate
from generator.config import Site
from generator.data import Raw
from generator.digest import sha256
from generator.editions import WORDS, Edition, Item, counts, rows_text, said_of
from generator.execute import Report
from generator.problem import ContentError, DeskError
from generator.records import kinds
from generator.records.bulletin import Bulletin
from generator.results import Outcome
from generator.saving import save


def close_bulletins(site: Site, series: str, period: str, as_of: date, workers: int, report: Report) -> list[Path]:
    """Freeze every bulletin of a series' period that is over, for all places, and return the records sealed.

    The rows go into a `.json` beside the editor's record; three lines at its end bind both. Raises: ContentError;
    DeskError where there is no bulletin to freeze, the period goes on, or all of them are frozen already.
    """
    gathered = build.gather(site, as_of, workers, report)
    found = build.score_all(gathered, site, as_of).results.editions
    mine = [e for e in found if e.series == series and e.bulletin]
    fresh = to_freeze(mine, period, lambda edition: edition.bulletin)
    sealed = [_sealed(site.content / gathered.register.rows[e.bulletin].path, e, as_of) for e in fresh]
    for path, text, rows in sealed:  # all of them, or none where one can't be sealed
        save({path.with_suffix(".json"): rows, path: text.encode()})
    return [path for path, _, _ in sealed]


Computed = TypeVar("Computed", Outcome, Edition)


def to_freeze(found: Sequence[Computed], period: str, record_of: Callable[[Computed], str]) -> list[Computed]:
    """Return what is not frozen yet of a period that is over.

    record_of: the record that froze one. Raises: DeskError where there is none, it goes on, or all are frozen.
    """
    chosen = [one for one in found if one.period == period]
    if not chosen:
        raise DeskError("no-period", name=period, known="、".join(dict.fromkeys(o.period for o in found)) or "—")
    if chosen[0].running:
        raise DeskError("not-over", name=period)
    fresh = [one for one in chosen if one.frozen is None]
    if not fresh:
        raise DeskError("already-closed", name=record_of(chosen[0]))
    return fresh


def corrected_bulletin(gathered: build.Gathered, site: Site, id: str, as_of: date) -> tuple[dict[str, Any], bytes]:
    """Return what a correction of a frozen bulletin says (its number among them, too), and its rows.

    Raises: DeskError where the records of today tell nothing else.
    """
    key = f"bulletin/{id}"
    frozen = gathered.kept[key]
    others = {other: kept for other, kept in gathered.kept.items() if other != key}
    found = build.score_all(gathered._replace(kept=others), site, as_of).results.editions
    now = next((e for e in found if e.bulletin == key), None)
    if now is None or now.items == frozen.items:
        raise DeskError("nothing-differs", name=id)
    was, are = counts(frozen.items), counts(now.items)
    rows = rows_text(now.items)
    return {"number": len(frozen.corrections) + 1, "title": f"更正：{gathered.register.rows[key].title[:190]}",
            "source": {"text": "按更正当日的记录算出"}, "bulletin": id, "date": as_of.isoformat(),
            "figures": [{"what": WORDS[what], "before": was[what], "after": are[what]} for what in WORDS
                        if was[what] != are[what]],
            "changes": list(_moved(frozen.items, now.items, gathered.register.rows)),
            "inputs": sha256(rows), "rows": sha256(rows), "illustrative": now.examples}, rows


def _moved(before: Iterable[Item], after: Iterable[Item], there: Container[str]) -> Iterator[dict[str, str]]:
    """Yield whose change of rank is told otherwise; stars are not named, since a rating may end."""
    was, are = ({(i.key, i.part): said_of(i) for i in items if i.what == "ranked"} for items in (before, after))
    for subject in sorted(was.keys() | are.keys()):
        if was.get(subject) != are.get(subject) and subject[0] in there:
            yield {"subject": subject[0], "before": was.get(subject, "没有变动"), "after": are.get(subject, "没有变动")}


def _sealed(path: Path, edition: Edition, as_of: date) -> tuple[Path, str, bytes]:
    """Return the editor's record with the lines at its end that bind it to the edition's rows, and the rows."""
    rows = rows_text(edition.items)
    written = path.read_text(encoding="utf-8").rstrip("\n")
    bound = f"{written}\nclosed: {as_of.isoformat()}\nrows: {sha256(rows)}\nseal: "
    seal = closed.sealed(_record(edition.bulletin, f"{bound}none\n", path), edition.bulletin.partition("/")[2])
    return path, f"{bound}{seal}\n", rows


def _record(key: str, text: str, path: Path) -> Bulletin:
    """Return the record as the loader will read it. Raises: DeskError where lines can't be added to its file."""
    try:
        data = load.parse(text)
    except load.Refused:  # in braces, ended by `...`, or with an empty `closed:` of its own
        raise DeskError("no-room", name=str(path)) from None
    found = validate.validate(Raw("bulletin", key.partition("/")[2], str(path), data), kinds())
    if isinstance(found, list):
        raise ContentError(found)
    assert isinstance(found, Bulletin)
    return found
