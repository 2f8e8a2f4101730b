"""Points accounts: earned under the version of each day, spent, and never below zero on any day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.results import Account
from tests.sites import RATED, Scored, codes, scored

POINTS = RATED["schemes/points.yml"] + "perks: [{name: 油, points: 2}]\n"
SECOND = RATED["schemes/points.yml"].replace("of: hours", "of: hours, weight: 2") + (
    "replaces: points\neffective: 2026-01-01\n")


def spent(day: str, points: str, scheme: str = "points", volunteer: str = "a") -> str:
    """Return a redemption."""
    return (f"title: 兑换\nsource: press\nscheme: {scheme}\nvolunteer: {volunteer}\ndate: {day}\npoints: {points}\n"
            "item: 食用油\n")


def served(day: str, **hours: float) -> str:
    """Return an activity at which these volunteers served so many hours."""
    rows = "".join(f"  - {{volunteer: {id}, hours: {n}}}\n" for id, n in hours.items())
    return f"title: 清扫\nsource: press\ndate: {day}\nattendance:\n{rows}"


FILES = {"schemes/points.yml": POINTS, "volunteers/a.yml": "title: 甲某\nsource: press\nteam: team\n",
         "volunteers/b.yml": "title: 乙某\nsource: press\nteam: team\n",
         "volunteers/c.yml": "title: 丙某\nsource: press\n"}


def clean(files: dict[str, str], day: date = date(2026, 6, 30)) -> Scored:
    """Return what scoring makes of files without a Problem."""
    found = scored({**FILES, **files}, day)
    assert [p.line() for p in found.problems] == []
    return found


def account(files: dict[str, str], who: str = "volunteer/a") -> Account:
    """Return one account."""
    [found] = clean(files).results.accounts[who]
    return found


def test_what_is_earned_less_what_is_spent() -> None:
    """5 + 3 hours are 8 points over two years; 2 and 1.5 are spent, 4.5 are left. Spending is told in its order."""
    found = account({"activities/a.yml": served("2025-03-01", a=5), "activities/b.yml": served("2026-03-01", a=3),
                     "redemptions/r-0002.yml": spent("2026-04-01", "2"),
                     "redemptions/r-0001.yml": spent("2026-05-01", "1.5")})
    assert (found.scheme, found.earned, found.balance) == ("points", 8, Decimal("4.5"))
    assert [(s.key, s.day, s.points, s.item) for s in found.spent] == [
        ("redemption/r-0002", "2026-04-01", 2, "食用油"), ("redemption/r-0001", "2026-05-01", Decimal("1.5"), "食用油")]


def test_every_service_is_worth_what_its_day_s_version_says() -> None:
    """3 hours in 2025 at 1 point, 3 in 2026 at 2 points: 9, on one account, spent under either version."""
    files = {"schemes/points.yml": POINTS + "effective: 2025-01-01\n", "schemes/points-2.yml": SECOND,
             "activities/a.yml": served("2025-12-31", a=3), "activities/b.yml": served("2026-01-01", a=3),
             "redemptions/r-0001.yml": spent("2025-12-31", "1"),
             "redemptions/r-0002.yml": spent("2026-01-02", "4", "points-2")}
    found = account(files)
    assert (found.scheme, found.earned, found.balance) == ("points", 9, 4)


def test_service_before_the_first_version_counts_under_it() -> None:
    """What was served before the scheme began is worth what its first version says."""
    files = {"schemes/points.yml": POINTS + "effective: 2026-01-01\n", "activities/a.yml": served("2025-06-01", a=3)}
    assert account(files).earned == 3


def test_team_holds_what_its_members_hold() -> None:
    """A and B are the team: 5 + 3 earned, 2 spent, 6 left; C is nobody's."""
    files = {"activities/a.yml": served("2026-03-01", a=5, b=3, c=9),
             "redemptions/r-0001.yml": spent("2026-04-01", "2")}
    team = account(files, "organisation/team")
    assert (team.earned, team.balance, team.members) == (8, 6, 2)
    assert account(files, "volunteer/c").balance == 9


def test_scheme_without_anything_to_spend_on_keeps_no_accounts() -> None:
    """Points that buy nothing are a board and no account, until somebody spends."""
    files = {"schemes/points.yml": RATED["schemes/points.yml"], "activities/a.yml": served("2026-03-01", a=5)}
    assert clean(files).results.accounts == {}
    files["redemptions/r-0001.yml"] = spent("2026-04-01", "5")
    assert account(files).balance == 0


@pytest.mark.parametrize(("day", "points", "had"), [
    ("2026-03-01", "5", None), ("2026-02-28", "1", "0"), ("2026-03-01", "5.5", "5"), ("2026-04-30", "6", "5"),
    ("2026-05-01", "8", None)])
def test_nobody_spends_what_was_not_earned_by_that_day(day: str, points: str, had: str | None) -> None:
    """5 points on 1 March, 3 more on 1 May: what comes later does not pay for what was bought before."""
    found = scored({**FILES, "activities/a.yml": served("2026-03-01", a=5),
                    "activities/b.yml": served("2026-05-01", a=3), "redemptions/r-0001.yml": spent(day, points)})
    assert codes(found.problems) == (["balance-below-zero"] if had else [])
    assert [p.values["had"] for p in found.problems] == ([had] if had else [])


def test_two_on_one_day_share_what_is_there() -> None:
    """5 points: 3 and 3 on one day are one too many, and the second is named."""
    found = scored({**FILES, "activities/a.yml": served("2026-03-01", a=5),
                    "redemptions/r-0001.yml": spent("2026-03-02", "3"),
                    "redemptions/r-0002.yml": spent("2026-03-02", "3")})
    assert [(p.code, p.place.path, p.values["had"]) for p in found.problems] == [
        ("balance-below-zero", "redemptions/r-0002.yml", "2")]


def test_withdrawn_redemption_gives_the_points_back() -> None:
    """What was withdrawn was not spent."""
    files = {"activities/a.yml": served("2026-03-01", a=5),
             "redemptions/r-0001.yml": spent("2026-04-01", "3") + "withdrawn: {date: 2026-04-02, reason: 误登}\n"}
    assert (account(files).balance, account(files).spent) == (5, ())


@pytest.mark.parametrize("scheme", [
    "form: leaderboard\nsubject: organisation\nmeasures:\n"
    "  - {label: 项, over: activity.attendance, subject: volunteer.team, take: count}\n",
    "form: list\nsubject: area\n"])
def test_only_volunteers_points_can_be_spent(scheme: str) -> None:
    """A redemption under a board of teams, or under a list, is refused."""
    files = {"schemes/other.yml": f"title: 别的\nsource: press\nrule: 无\n{scheme}",
             "activities/a.yml": served("2026-03-01", a=5), "redemptions/r-0001.yml": spent("2026-04-01", "3", "other")}
    assert "not-spendable" in codes(scored({**FILES, **files}).problems)


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))


HAPPENED = st.lists(st.tuples(DAYS, st.integers(1, 8)), max_size=5)


@given(HAPPENED, HAPPENED)
def test_balance_is_never_below_zero_on_any_day(services: list[tuple[date, int]], bought: list[tuple[date, int]]
                                                ) -> None:
    """Day by day, by hand: a site without a Problem never shows a balance below zero, and one that would is refused."""
    files = {**{f"activities/s{i}.yml": served(day.isoformat(), a=hours) for i, (day, hours) in enumerate(services)},
             **{f"redemptions/r-000{i}.yml": spent(day.isoformat(), str(points))
                for i, (day, points) in enumerate(bought)}}
    found = scored({**FILES, **files})
    days = sorted({day for day, _ in [*services, *bought]})
    balances = [sum(h for d, h in services if d <= day) - sum(p for d, p in bought if d <= day) for day in days]
    assert (found.problems == []) == all(balance >= 0 for balance in balances)
    if bought or services:
        [books] = found.results.accounts["volunteer/a"]
        assert books.balance == balances[-1]


def test_withdrawn_volunteer_does_not_stop_the_site() -> None:
    """Somebody who asks to be taken off the site goes with what was spent; nothing is overdrawn by that."""
    files = {"activities/a.yml": served("2026-03-01", a=5), "redemptions/r-0001.yml": spent("2026-04-01", "3"),
             "volunteers/a.yml": FILES["volunteers/a.yml"] + "withdrawn: {date: 2026-05-01, reason: 本人要求}\n"}
    found = clean(files)
    assert "volunteer/a" not in found.results.accounts


def test_illustrative_member_adds_nothing_to_a_real_team() -> None:
    """A made-up volunteer of a real team has an account, and the team's holds the real member alone."""
    files = {"activities/a.yml": served("2026-03-01", a=5), "redemptions/r-0001.yml": spent("2026-04-01", "3"),
             "volunteers/d.yml": "title: 丁某\nsource: press\nteam: team\nillustrative: true\n",
             "activities/d.yml": served("2026-03-02", d=100) + "illustrative: true\n"}
    team = account(files, "organisation/team")
    assert (team.earned, team.members, account(files, "volunteer/d").earned) == (5, 1, 100)


def test_the_same_hours_are_spent_once() -> None:
    """Two boards may count the same hours; only the one that was spent under first is a purse."""
    files = {"schemes/tiers.yml": POINTS.replace("period: year", "period: all"),
             "activities/a.yml": served("2026-03-01", a=5), "redemptions/r-0001.yml": spent("2026-04-01", "3"),
             "redemptions/r-0002.yml": spent("2026-05-01", "3", "tiers")}
    assert codes(scored({**FILES, **files}).problems) == ["not-spendable"]


def test_hours_of_an_unknown_day_can_be_spent() -> None:
    """A service dated by its year counts from the end of it, one without a date from the beginning."""
    files = {"activities/a.yml": served("2025", a=5), "redemptions/r-0001.yml": spent("2026-01-01", "5")}
    assert account(files).balance == 0
    undated = {**files, "activities/a.yml": served("x", a=5).replace("date: x\n", "")}
    assert account(undated).balance == 0
    assert codes(scored({**FILES, **files, "redemptions/r-0001.yml": spent("2025-12-30", "5")}).problems) == [
        "balance-below-zero"]
