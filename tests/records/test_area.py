"""Places by themselves: what covers them, and the plan drawn of them."""

from datetime import date

import pytest

from generator.records.area import Area, Plan
from tests.sites import faults, record

AS_OF = date(2026, 6, 30)
ESTATE = "title: 小区\nsource: press\nlevel: 小区\n"
PLAN = ESTATE + "plan:\n  width: 300\n  height: 200\n  shapes:\n"


def area(text: str) -> Area:
    one = record("area", text)
    assert isinstance(one, Area)
    return one


def plan(*shapes: str) -> Plan:
    drawn = area(PLAN + "".join(f"    - {s}\n" for s in shapes)).plan
    assert drawn
    return drawn


def test_untold_coverage_is_not_a_gap() -> None:
    """What no source tells is None, what is told not to be there is said: the two are never one."""
    one = area(ESTATE + "coverage:\n  party: {covered: true}\n  property: {covered: false}\n")
    assert (one.party(AS_OF), one.committee(AS_OF), one.property(AS_OF)) == ("已覆盖", None, "未覆盖")
    assert area(ESTATE).party(AS_OF) is None


@pytest.mark.parametrize(("shape", "fits"), [
    ("{label: 1栋, x: 0, y: 0, w: 300, h: 200}", True), ("{label: 1栋, x: 1, y: 0, w: 300, h: 200}", False),
    ("{label: 1栋, x: 0, y: 1, w: 300, h: 200}", False)])
def test_shapes_lie_inside_the_plan(shape: str, fits: bool) -> None:
    """A shape may reach the plan's edge, and no further."""
    assert faults("area", PLAN + f"    - {shape}\n") == ([] if fits else ["outside-plan"])


def test_plan_separates_buildings_from_their_ground() -> None:
    """Roads and greens are drawn below the buildings; a part of the estate has a page, a road has none."""
    drawn = plan("{label: 大路, kind: 道路, x: 0, y: 0, w: 20, h: 200}", "{label: 1栋, x: 40, y: 0, w: 80, h: 60}",
                 "{label: 南区, kind: 片区, area: south, x: 30, y: 0, w: 200, h: 180}")
    assert [s.label for s in drawn.ground()] == ["大路", "南区"]
    assert [s.label for s in drawn.places()] == ["1栋", "南区"]
    assert [s.is_upright() for s in drawn.shapes] == [True, False, False]


def test_plan_says_that_it_is_schematic() -> None:
    """A plan without a note of its own still says that positions are not true."""
    assert "不代表实际" in plan("{label: 1栋, x: 0, y: 0, w: 80, h: 60}").note
