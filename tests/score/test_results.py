"""Outcomes as data: exact numbers that come back as they were, and arithmetic that anybody can do again."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import cli
from generator.records.scheme import Scheme
from generator.results import Outcome, exact, number_of, rows_of, standings_of
from generator.score.boards import leaderboard
from generator.score.facts import Fact
from tests.sites import ROOT, Measured, build_site, grouped, opened, record

# ── numbers ──


@pytest.mark.parametrize(("value", "written"), [
    (Fraction(7, 64), 0.109375), (Fraction(1, 3), "1/3"), (Fraction(6, 2), 3), (Decimal("82.80"), 82.8), (5, 5),
    (Fraction(-41, 3), "-41/3"), (Fraction(0), 0), (None, None), (Decimal("0.1"), 0.1),
    (Fraction(61, 2**60), f"61/{2**60}")])
def test_numbers_are_written_exactly(value: Fraction | Decimal | int | None, written: object) -> None:
    """A plain number where decimals end, a quotient where they don't: nothing is rounded on the way."""
    assert exact(value) == written and type(exact(value)) is type(written)


@given(st.one_of(st.fractions(), st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-10**9,
                                             max_value=10**9), st.integers()))
def test_numbers_come_back_from_json(value: Fraction | Decimal | int) -> None:
    """Written as JSON and read again, every number is the one it was."""
    assert number_of(json.loads(json.dumps(exact(value)))) == Fraction(value)


# ── standings ──

TAKES = ("count", "sum", "mean", "median", "ratio", "latest")
MEASURES = "".join(
    f"  - {{label: {take}, over: activity.attendance, subject: volunteer, take: {take}"
    + ("" if take == "count" else ", of: hours") + "}\n" for take in TAKES)
SCHEME: Scheme = record("scheme", (
    f"title: 榜\nsource: press\nform: leaderboard\nsubject: volunteer\nrule: 无\nlist_all: true\nmeasures:\n{MEASURES}"
    "bands: [{floor: 0, word: 起步, stars: 1}, {floor: 10, word: 热心, stars: 2}]\n"))
FACTS = st.lists(st.tuples(st.integers(0, 5), st.builds(
    Fact, st.sampled_from(["2026-01-01", "2026-02", ""]), st.sampled_from([f"activity/{i}" for i in range(9)]),
    st.sampled_from([Decimal(1), Decimal("2.5"), 0, Fraction(1, 3)]),
    st.sampled_from(["volunteer/a", "volunteer/b"]))), max_size=25,
    unique_by=lambda given: (given[0], given[1].subject, given[1].evidence))


@given(FACTS, st.sampled_from([None, Fraction(150), Fraction(7)]))
def test_standings_come_back_from_their_rows(facts: list[Measured], base: Fraction | None) -> None:
    """Rank, value, word, reason, every tally and every contribution, each with what it adds, per 100 households too."""
    scheme = SCHEME.model_copy(update={"per": None}) if base is None else Scheme.model_validate(
        {**SCHEME.model_dump(exclude_defaults=True), "per": {"of": "x", "amount": "100"}})
    subjects = {f"volunteer/{c}": base for c in "abcd"}
    standings = leaderboard(scheme, grouped(scheme, facts), subjects, {"volunteer/d": "免评"})
    outcome = Outcome("b", "b", "榜", "leaderboard", "", "", "", False, False, standings)
    rows = json.loads(json.dumps(rows_of(outcome)))
    assert [*map(opened, standings_of(rows))] == [*map(opened, standings)]
    assert rows_of(replace(outcome, standings=standings_of(rows))) == rows_of(outcome)


# ── anybody can add ──


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built on the day that its configuration names."""
    site = cli.site_at(ROOT / "site_config.yml")
    assert site.settings.publication.as_of is not None
    return build_site(ROOT / "site_config.yml", tmp_path_factory.mktemp("own"), site.settings.publication.as_of)


def published(release: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name, data) of every published board and star rating, frozen ones too."""
    for path in sorted([*release.glob("boards/*.json"), *release.glob("stars/*.json")]):
        yield path.name, json.loads(path.read_bytes())


def added_up(take: str, contributions: list[dict[str, Any]]) -> Fraction:
    """Return what contributions come to, by nothing but what is published: no line of the generator."""
    amounts = [Fraction(str(c["amount"])) for c in contributions]
    if take in ("count", "sum", "points"):
        return sum(amounts, Fraction(0))
    if take in ("ratio", "within_days", "mean"):
        return sum(amounts, Fraction(0)) / len(amounts)
    if take == "median":
        return Fraction(statistics.median(amounts))
    assert take == "latest"
    newest = max(c["date"] for c in contributions)
    return next(Fraction(str(c["amount"])) for c in contributions if c["date"] == newest)


def test_boards_are_published(release: Path) -> None:
    """The tests below are about every shipped board, a frozen one, and hundreds of contributions."""
    found = dict(published(release))
    assert {data["scheme"] for data in found.values()} >= {
        "house-stars", "branch-stars", "volunteer-points", "volunteer-points-2", "volunteer-tiers", "team-points",
        "case-board", "case-progress", "project-board", "house-list"}
    assert sum(len(row["contributions"]) for data in found.values() for row in data["rows"]) > 500
    assert any(data["frozen"] for data in found.values())


def test_contributions_add_up_to_every_published_value(release: Path) -> None:
    """Every measure of every row of every board: its contributions give its value, and none is left over."""
    for name, data in published(release):
        for row in data["rows"]:
            where = (name, row["subject"])
            assert len({m["measure"] for m in row["measures"]}) == len(row["measures"]), where
            for measure in row["measures"]:
                mine = [c for c in row["contributions"] if c["measure"] == measure["measure"]]
                assert len(mine) == measure["count"], where
                assert (added_up(measure["take"], mine) if mine else 0) == Fraction(str(measure["value"])), where
            assert {c["measure"] for c in row["contributions"]} <= {m["measure"] for m in row["measures"]}, where


def test_points_add_up_to_every_published_total(release: Path) -> None:
    """The points add up to the total, rounded to the decimals that the rule states; who has a reason has no total."""
    for name, data in published(release):
        rule = (ROOT / f"content/schemes/demo/{data['scheme']}.yml").read_text(encoding="utf-8")
        unit = Fraction(1, 10 ** int(yaml.safe_load(rule).get("decimals", 2)))
        for row in data["rows"]:
            if row["value"] is None:
                assert row["reason"] and row["rank"] is None, (name, row["subject"])
                continue
            total = sum((Fraction(str(m["points"])) for m in row["measures"]), Fraction(0))
            value = Fraction(str(row["value"]))
            assert value % unit == 0 and abs(total - value) <= unit / 2, (name, row["subject"])


def test_ranks_follow_from_every_published_value(release: Path) -> None:
    """A rank is one more than the number of better values, on every board."""
    for name, data in published(release):
        values = [row["value"] for row in data["rows"] if row["rank"] is not None]
        for row in data["rows"]:
            if row["rank"] is not None:
                assert row["rank"] == 1 + sum(v > row["value"] for v in values), (name, row["subject"])


def test_every_contribution_leads_to_a_page(release: Path) -> None:
    """The record named with each contribution has its page on the same release."""
    folders = {"activity": "activities", "case": "cases", "project": "projects", "volunteer": "volunteers",
               "assessment": "assessments", "scheme": "schemes"}
    records = {c["record"] for _, data in published(release) for row in data["rows"] for c in row["contributions"]}
    pages = {r: f"{folders[r.partition('/')[0]]}/{r.partition('/')[2]}.html" for r in records}
    assert [r for r, page in pages.items() if not (release / page).is_file()] == []


def test_table_says_what_the_data_say(release: Path) -> None:
    """The CSV beside each JSON has the same subjects, ranks and values, in the same order."""
    for path in sorted([*release.glob("boards/*.csv"), *release.glob("stars/*.csv")]):
        data = json.loads(path.with_suffix(".json").read_bytes())
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        told = [(t["编号"], t["名次"], Decimal(t["分"].replace(",", "")) if t["分"] else None) for t in table]
        assert told[:len(data["rows"])] == [
            (r["subject"], str(r["rank"] or ""), None if r["value"] is None else Decimal(str(r["value"])))
            for r in data["rows"]], path.name
        assert [t[0] for t in told[len(data["rows"]):]] == [e["subject"] for e in data.get("entries", [])]


def test_real_and_illustrative_are_marked_in_the_data(release: Path) -> None:
    """Boards of the demo town say of themselves that they are examples."""
    assert {data["illustrative"] for name, data in published(release) if ".example." in name} == {True}
