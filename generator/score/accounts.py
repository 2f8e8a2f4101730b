"""Points accounts: what was earned under every version of a scheme, less what was redeemed; per volunteer and team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from generator.problem import Place, Problem
from generator.records.scheme import Scheme, root_of
from generator.results import Account, Spending, total
from generator.score.facts import Facts, Found
from generator.score.tally import rounded

Earned = Mapping[str, Iterable[tuple[str, Fraction]]]
"""Volunteer's key -> (day, points) of everything that the volunteer earned."""


def accounts(family: str, earned: Earned, redeemed: Iterable[Found], teams: Mapping[str, str]
             ) -> tuple[dict[str, Account], list[tuple[str, Decimal]]]:
    """Return the account of every volunteer and team, and (redemption, points at hand) where one spent too much.

    teams: volunteer's key -> team's key. A redemption on the day of a service comes after it.
    """
    spent: dict[str, list[Spending]] = defaultdict(list)
    for key, _, one in redeemed:
        spent[f"volunteer/{one.volunteer}"].append(Spending(key, one.date.day, one.points, one.item))
    found: dict[str, Account] = {}
    short: list[tuple[str, Decimal]] = []
    for who in sorted({*earned, *spent}):
        points = list(earned.get(who, ()))
        out = tuple(sorted(spent.get(who, ()), key=lambda s: (s.day, s.key)))
        found[who] = Account(family, rounded(total(one for _, one in points), 2), out)
        if out:
            short += _overdrawn(points, out)
    return found | _of_teams(family, found, teams), short


def _overdrawn(earned: list[tuple[str, Fraction]], spent: Iterable[Spending]) -> Iterator[tuple[str, Decimal]]:
    gone = Decimal(0)
    for one in spent:
        at_hand = rounded(total(points for day, points in earned if day <= one.day), 2) - gone
        if one.points > at_hand:
            yield one.key, at_hand
        gone += one.points


def _of_teams(family: str, found: Mapping[str, Account], teams: Mapping[str, str]) -> dict[str, Account]:
    members: dict[str, list[Account]] = defaultdict(list)
    for who, account in found.items():
        if who in teams:
            members[teams[who]].append(account)
    return {team: Account(family, sum((a.earned for a in some), Decimal(0)),
                          tuple(sorted((s for a in some for s in a.spent), key=lambda s: (s.day, s.key))), len(some))
            for team, some in members.items()}


def check_redemptions(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a Problem for every redemption under what is no scheme of volunteers' plain points."""
    rated = {(c.scheme, c.subject) for c in facts.candidates}
    known = [found for found in facts.redemptions if found.record.scheme in schemes]
    first = min(known, key=lambda found: (found.record.date.day, found.key), default=None)
    # One purse only: boards may count the same hours twice, nobody may spend them twice.
    purse = root_of(first.record.scheme, schemes) if first else ""
    for key, _, one in known:
        scheme, who = schemes[one.scheme], f"volunteer/{one.volunteer}"
        plain = scheme.subject == "volunteer" and scheme.measures and all(m.is_plain for m in scheme.measures)
        if not plain or root_of(one.scheme, schemes) != purse:
            yield Problem("not-spendable", Place(paths[key], keys=("scheme",)), {"value": one.scheme})
        elif who in paths and who not in facts.gone and (one.scheme, who) not in rated:
            yield Problem("not-rated", Place(paths[key], keys=("volunteer",)), {"scheme": one.scheme, "value": who})


def overdrawn(short: Iterable[tuple[str, Decimal]], facts: Facts, paths: Mapping[str, str]) -> list[Problem]:
    """Return the Problems of redemptions that spent more than was there."""
    points = {key: one.points for key, _, one in facts.redemptions}
    return [Problem("balance-below-zero", Place(paths[key], keys=("points",)), {
        "points": str(points[key]), "had": str(had)}) for key, had in short]
