"""Level 2. The fourth stage, in three passes: facts → findings → standings.

Facts are read off records one by one (in workers); findings gather them per scheme, period and subject, each with
the record that proves it; standings rank them or give them their band. The rules stand in `content/schemes/`;
the code holds a closed vocabulary and evaluates no expression. Missing is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from generator.data import Fact, Outcome
from generator.records.scheme import Scheme
from generator.score.boards import leaderboard
from generator.score.facts import Facts, facts_of, gather, kinds_for
from generator.score.rules import check_rules
from generator.score.stars import check_assessments, ratings

__all__ = ["Facts", "check_assessments", "check_rules", "facts_of", "gather", "kinds_for", "score"]


def score(schemes: Mapping[str, Scheme], facts: Facts, as_of: date) -> tuple[Outcome, ...]:
    """Return every outcome: by scheme, newest period first, real subjects before illustrative ones.

    Real and illustrative never stand in one outcome: what credits an illustrative subject, or rests on an
    illustrative record, is illustrative. An illustrative scheme makes its outcomes illustrative.
    """
    found: list[Outcome] = []
    in_force = {id: scheme for id, scheme in schemes.items() if not scheme.withdrawn and scheme.has_begun(as_of)}
    for id, scheme in sorted(in_force.items()):
        for illustrative in (False, True):
            found += _outcomes(id, scheme, facts, illustrative, as_of)
    return tuple(found)


def _outcomes(id: str, scheme: Scheme, facts: Facts, illustrative: bool, as_of: date) -> list[Outcome]:
    shown = illustrative or scheme.illustrative
    made_up = {key: flag for of, key, flag in facts.candidates if of == id}
    if scheme.form == "stars":
        mine = [a for a in facts.assessments if a[2].scheme == id and a[2].subject in made_up
                and (a[1] or made_up[a[2].subject]) == illustrative and scheme.counts(a[2].date.day)]
        candidates = [key for key, flag in made_up.items() if flag == illustrative]
        standings = ratings(scheme, mine, candidates, as_of) if mine else ()
        return [Outcome(id, scheme.title, scheme.form, "", illustrative, shown, standings)] if standings else []
    mine_by: dict[str, list[Fact]] = {}
    for fact in facts.facts:
        if (fact.scheme == id and fact.subject in made_up and fact.day <= as_of.isoformat() and scheme.counts(fact.day)
                and (fact.illustrative or made_up[fact.subject]) == illustrative):
            mine_by.setdefault(period_of(fact.day, scheme.period), []).append(fact)
    return [Outcome(id, scheme.title, scheme.form, period, illustrative, shown, leaderboard(scheme, mine))
            for period, mine in sorted(mine_by.items(), reverse=True)]


def period_of(day: str, period: str) -> str:
    """Return the period that a day falls into: `2026-11`, `2026-Q4`, `2026-H2`, `2026`, or empty for all time.

    A day known to the year only falls into no shorter period and is left to the year.
    """
    year, month = day[:4], int(day[5:7] or 0)
    if period == "all":
        return ""
    if period == "year" or not month:
        return year
    return {"month": f"{year}-{month:02d}", "quarter": f"{year}-Q{(month + 2) // 3}",
            "half-year": f"{year}-H{(month + 5) // 6}"}[period]
