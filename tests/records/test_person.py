"""Role holders: whether they still hold the role, and who stands behind them."""

from datetime import date

import pytest

from generator.records.person import Person
from tests.sites import record

TEXT = "title: 某楼栋长\nsource: press\nrole: 楼栋长\nground: office\n"


def person(more: str) -> Person:
    one = record("person", TEXT + more)
    assert isinstance(one, Person)
    return one


@pytest.mark.parametrize(("until", "left"), [
    ("2026-05", "2026-05"), ("2026-06-29", "2026-06-29"), ("2026-06-30", None), ("2026", None), ("2027-01", None)])
def test_role_is_held_to_the_end_of_the_last_day(until: str, left: str | None) -> None:
    """A term known to the month or year ends with its last day, not its first."""
    assert person(f"term: {{since: 2025-01, until: {until}}}\n").left(date(2026, 6, 30)) == left


def test_backers_keep_their_order_and_gaps() -> None:
    """One line for each backer, with empty places where role or name is missing."""
    behind = person("backing:\n  - {role: 网格员, name: 某网格员}\n  - {name: 社区干部一名}\n"
                    "  - {role: 单位干部, who: organisation/team}\n").behind(date(2026, 6, 30))
    assert behind == "网格员\t某网格员\n\t社区干部一名\n单位干部\t"
