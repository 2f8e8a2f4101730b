"""References resolve, back-links are complete, areas form a tree, addresses are unique."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data import Reference, Row
from generator.link import link
from tests.sites import check_site, places, problems

Make = Callable[..., Path]
CASE = "title: 漏水\nsource: press\ncategory: 漏水\n"


def row(kind: str, id: str, *targets: str, area: str | None = None, illustrative: bool = False,
        formerly: tuple[str, ...] = ()) -> Row:
    """Return a row that refers to `targets`, and to its area."""
    references = [Reference(("field", i), target) for i, target in enumerate(targets)]
    references += [Reference(("area",), f"area/{area}")] if area else []
    return Row(kind, id, f"{kind}/{id}.yml", id, "", "", area, None, 0, illustrative, False, "", formerly,
               tuple(references), ())


def test_missing_reference_names_the_nearest(make_site: Make) -> None:
    """A reference to nothing is refused at its line, with the nearest id and the file that could be made."""
    config = make_site({"cases/bad.yml": CASE + "area: estat\n", "cases/far.yml": CASE + "responsible: zzzz\n"})
    near, far = problems(config)
    assert places([near, far]) == [("missing-reference", "cases/bad.yml", 4, 1),
                                   ("missing-reference", "cases/far.yml", 4, 1)]
    assert "是不是 `estate`？" in near.message() and "content/areas/estat.yml" in near.message()
    assert "是不是" not in far.message() and "组织 `zzzz`" in far.message()


@pytest.mark.parametrize(("text", "line"), [
    ("source: pres\ntitle: 漏水\ncategory: 漏水\n", 1),
    ("title: 漏水\nsource:\n  - press\n  - pres\ncategory: 漏水\n", 4),
    ("title: 漏水\nsource:\n  - document: press\n  - place: 第1版\n    document: pres\ncategory: 漏水\n", 5),
])
def test_missing_source_stands_on_its_line(make_site: Make, text: str, line: int) -> None:
    """A missing document is placed where it is named, in a list of sources too."""
    assert places(problems(make_site({"cases/bad.yml": text})))[0][2] == line


def test_reference_to_a_broken_record_is_no_second_problem(make_site: Make) -> None:
    """Who refers to a record that has Problems of its own is not told that it does not exist."""
    config = make_site({"areas/b3.yml": "title: 3栋\nsource: press\nlevel: 楼栋\nlevl: 楼栋\n"})
    assert places(problems(config)) == [("unknown-key", "areas/b3.yml", 4, 1)]


@pytest.mark.parametrize("value", ["b3", "lamp/b3", "case/leak", "scheme/none"])
def test_reference_of_several_kinds_says_which(make_site: Make, value: str) -> None:
    """Where several kinds may be meant, the reference names one of them, and only one of them."""
    text = f"title: 奖\nsource: press\naward: 奖\nrecipient: {value}\n"
    assert places(problems(make_site({"honours/bad.yml": text}))) == [("reference-kind", "honours/bad.yml", 4, 1)]


def test_reference_to_another_kind_is_refused(make_site: Make) -> None:
    """A field for one kind takes no record of another, however well that one exists; its own kind may be said."""
    config = make_site({"cases/a.yml": CASE + "area: area/b3\n", "cases/b.yml": CASE + "area: case/leak\n"})
    assert places(problems(config)) == [("reference-kind", "cases/b.yml", 4, 1)]


@pytest.mark.parametrize("value", ["../press", "/etc/passwd", "Press", "a--b", "press ", "a/b/c", "%2e%2e", "文件"])
def test_reference_is_an_id(make_site: Make, value: str) -> None:
    """A reference is an id and nothing else: no path, no upper case, no other script."""
    found = problems(make_site({"cases/bad.yml": CASE + f'area: "{value}"\n'}))
    assert [p.code for p in found] == ["bad-reference"]


def test_areas_in_a_circle_are_refused(make_site: Make) -> None:
    """Areas that contain each other are named with the way round, and do not hang the build."""
    head = "title: 某处\nsource: press\nlevel: 网格\n"
    config = make_site({"areas/a.yml": head + "area: b\n", "areas/b.yml": head + "area: c\n",
                        "areas/c.yml": head + "area: a\n", "areas/hung.yml": head + "area: a\n"})
    found = problems(config)
    assert places(found) == [("area-cycle", f"areas/{id}.yml", 4, 1) for id in "abc"]
    assert found[0].values["path"] == "a → b → c → a"


def test_area_chain_is_nearest_first(make_site: Make) -> None:
    """The register knows every area above an area, the nearest first."""
    config = make_site({"areas/unit.yml": "title: 1单元\nsource: press\nlevel: 单元\narea: b3\n"})
    assert check_site(config).register.above["unit"] == ("b3", "estate")


@pytest.mark.parametrize(("formerly", "line"), [("[leak]", 4), ("[old]", None), ("[old, old]", 4)])
def test_former_address_must_be_free(make_site: Make, formerly: str, line: int | None) -> None:
    """A former id may not be one that a record has now, nor be claimed twice."""
    found = places(problems(make_site({"cases/bad.yml": CASE + f"formerly: {formerly}\n"})))
    assert [(code, at) for code, _, at, _ in found] == ([("address-taken", line)] if line else [])


def test_two_records_can_not_claim_one_former_address() -> None:
    """Of two records with one former id the second is refused, and told who has it."""
    _, [problem] = link([row("case", "a", formerly=("old",)), row("case", "b", formerly=("old",))])
    assert (problem.code, problem.place.path, problem.values["other"]) == ("address-taken", "case/b.yml", "case/a.yml")


def test_real_record_can_not_cite_an_illustrative_source(make_site: Make) -> None:
    """What is made up proves nothing: a real record that cites it is refused, an illustrative one is not."""
    made_up = {"documents/made.yml": "title: 样张\nsource: {text: 虚构}\ntype: 通知\nillustrative: true\n"}
    real = CASE.replace("press", "[press, made]")
    config = make_site({**made_up, "cases/real.yml": real, "cases/shown.yml": real + "illustrative: true\n"})
    assert places(problems(config)) == [("illustrative-source", "cases/real.yml", 2, 17)]


def test_back_links_are_the_references_turned_round(make_site: Make) -> None:
    """Who refers to a record is known there, once, in order, and never the record itself."""
    register = check_site(make_site({"cases/a.yml": CASE + "area: b3\n", "cases/z.yml": CASE + "area: b3\n"})).register
    assert register.backlinks["area/b3"] == ("case/a", "case/leak", "case/z")
    assert register.backlinks["area/estate"] == ("area/b3", "organisation/team")


IDS = st.sampled_from([f"case/{c}" for c in "abcdef"])


@given(st.lists(st.tuples(IDS, st.lists(IDS, max_size=4)), max_size=8, unique_by=lambda pair: pair[0]), st.randoms())
def test_link_is_closed_and_ignores_the_order(pairs: list[tuple[str, list[str]]], chance: object) -> None:
    """Without Problems every reference leads to a row and back; with them exactly the dangling ones are named."""
    rows = [row("case", key[5:], *targets) for key, targets in pairs]
    register, found = link(rows)
    there = {r.key for r in rows}
    dangling = sorted((r.path, ref.target) for r in rows for ref in r.references if ref.target not in there)
    assert sorted((p.place.path, f"case/{p.values['id']}") for p in found) == dangling
    for r in rows:
        for reference in r.references:
            if reference.target != r.key:
                assert r.key in register.backlinks[reference.target]
    assert all(back in there for keys in register.backlinks.values() for back in keys)
    chance.shuffle(rows)
    again, _ = link(rows)
    assert (dict(again.rows), dict(again.backlinks)) == (dict(register.rows), dict(register.backlinks))


def test_a_year_has_one_working_calendar(make_site: Make) -> None:
    """Two records of the same year are refused; one that was withdrawn makes room for another."""
    year = "title: 放假\nsource: press\nyear: 2027\noff: [2027-01-{day}]\n"
    first = {"holidays/a.yml": year.format(day="01"), "holidays/b.yml": year.format(day="04")}
    assert places(problems(make_site(first))) == [("said-twice", "holidays/b.yml", 3, 1)]
    gone = year.format(day="01") + "withdrawn: {date: 2026-06-01, reason: 抄错}\n"
    assert problems(make_site({**first, "holidays/a.yml": gone})) == []
