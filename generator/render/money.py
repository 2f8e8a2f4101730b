"""What meetings and funds show of each other: the resolution behind an expense, the expense behind a resolution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from generator.data import Register, Row
from generator.records.forms import Money
from generator.records.fund import Spent
from generator.render.cells import Link


class Linker(Protocol):
    """What finds records and the links to them."""

    register: Register

    def link(self, key: str, root: str = "../") -> Link: ...


class ApprovedView(NamedTuple):
    """The resolution that approved an expense, as a link with its words; the day of its meeting.

    late: the money was paid before the meeting.
    """

    link: Link
    day: str
    late: bool


class SpentView(NamedTuple):
    """Money that followed a resolution, as a link with its purpose and amount; the day of the payment."""

    link: Link
    day: str


def approved(views: Linker, row: Row) -> dict[str, Any]:
    """Return the resolutions that a fund names, by the place where it names them."""
    return {"approved": {spent.keys[:2]: _approved(views, spent) for spent in _spent(row)}}


def _spent(fund: Row) -> Iterator[Spent]:
    return (one for one in fund.traces if isinstance(one, Spent))


def _approved(views: Linker, spent: Spent) -> ApprovedView:
    meeting = views.register.rows[f"meeting/{spent.meeting}"]
    words = next((one.words for one in meeting.traces if one.id == spent.resolution), None)
    link = views.link(meeting.key)
    if words is None:  # the meeting was withdrawn since
        return ApprovedView(link, "", False)
    known = min(len(spent.day), len(meeting.dated))
    return ApprovedView(link._replace(text=words, href=f"{link.href}#r-{spent.resolution}", illustrative=False),
                        meeting.dated, spent.day[:known] < meeting.dated[:known])


def followed(views: Linker, row: Row) -> dict[str, Any]:
    """Return the money that followed each resolution of a meeting, oldest first."""
    found: dict[str, list[SpentView]] = defaultdict(list)
    funds = (views.register.rows[key] for key in views.register.backlinks.get(row.key, ()) if key.startswith("fund/"))
    some = [(spent, fund) for fund in funds for spent in _spent(fund) if spent.meeting == row.id]
    for spent, fund in sorted(some, key=lambda pair: (pair[0].day, pair[1].id, pair[0].anchor)):
        link = views.link(fund.key)
        words = spent.what if spent.fen is None else f"{spent.what} {Money(spent.fen)}"
        found[spent.resolution].append(SpentView(
            link._replace(text=words, href=f"{link.href}#{spent.anchor}", illustrative=False), spent.day))
    return {"followed": dict(found)}
