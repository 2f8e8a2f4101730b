"""Level 2. What funds spent against what meetings resolved; called once all records are linked.

In: the register, whose rows carry their records' traces. Out: Problems. Nothing here reads a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.data import Register, Row
from generator.problem import Place, Problem
from generator.records.forms import Money
from generator.records.fund import Spent
from generator.records.meeting import Decided
from generator.wording import nearest


class Claimed(NamedTuple):
    """Money that a fund says a resolution approved."""

    fund: Row
    spent: Spent

    @property
    def place(self) -> Place:
        """Where the fund names the resolution."""
        return Place(self.fund.path, keys=self.spent.keys)


def check_approvals(register: Register) -> list[Problem]:
    """Return a Problem for every resolution that is not there, is made up, or approved less than was spent.

    A withdrawn meeting tells nothing any more, so nothing is checked against it.
    """
    claims: dict[str, list[Claimed]] = defaultdict(list)
    for row in register.of_kind("fund"):
        for spent in (one for one in row.traces if isinstance(one, Spent)):
            claims[f"meeting/{spent.meeting}"].append(Claimed(row, spent))
    problems: list[Problem] = []
    for key, some in sorted(claims.items()):
        meeting = register.rows.get(key)
        if meeting and not meeting.withdrawn:
            problems += _check_meeting(meeting, some)
    return problems


def _check_meeting(meeting: Row, claims: list[Claimed]) -> Iterator[Problem]:
    decided: dict[str, Decided] = {one.id: one for one in meeting.traces}
    for claim in claims:
        if claim.fund.illustrative != meeting.illustrative:
            yield Problem("illustrative-credit" if claim.fund.illustrative else "illustrative-source", claim.place)
        elif claim.spent.resolution not in decided:
            yield _unknown(meeting, claim, [*decided])
    for id, resolution in decided.items():
        yield from _overspent(meeting, resolution, [c for c in claims if c.spent.resolution == id])


def _unknown(meeting: Row, claim: Claimed, known: list[str]) -> Problem:
    return Problem("unknown-resolution", claim.place, {
        "value": claim.spent.resolution, "meeting": meeting.id, "near": nearest(claim.spent.resolution, known),
        "known": "、".join(known) or "—"})


def _overspent(meeting: Row, resolution: Decided, claims: list[Claimed]) -> Iterator[Problem]:
    """Yield a Problem at the payment with which more was spent than the resolution approved."""
    if resolution.fen is None:
        return
    so_far = 0
    for claim in sorted(claims, key=lambda c: (c.spent.day, c.fund.path, c.spent.anchor)):
        so_far += claim.spent.fen or 0
        if so_far > resolution.fen:
            yield Problem("over-approved", claim.place, {
                "value": resolution.id, "meeting": meeting.id, "approved": Money(resolution.fen).yuan,
                "spent": Money(so_far).yuan, "by": Money(so_far - resolution.fen).yuan})
            return
