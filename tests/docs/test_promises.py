"""What the pages on privacy and security promise is what the program does: files, families, fields, policy."""

from __future__ import annotations

import re

import pytest

from generator import policy
from generator.config import STOCK_MANUALS
from generator.gate.output import WHAT, WITHHELD
from generator.gate.sources import REACHED_BY, SETTINGS
from generator.load import parse
from generator.records import kinds
from generator.records.exception import PrivacyException
from generator.records.fields import fields, walk
from generator.records.naming import Consent
from tests import campaign
from tests.sites import ROOT

PAGES = ("privacy.md", "security.md")
FAMILIES = {code for code in WHAT if code != WITHHELD}
EXEMPT = {f"personal-{what}" for what in PrivacyException.model_json_schema()["properties"]["what"]["enum"]}


def told(page: str) -> str:
    """Return the text of a manual's page."""
    return (STOCK_MANUALS / page).read_text(encoding="utf-8")


def files_of(text: str) -> set[str]:
    """Return the files of the repository that a page names."""
    return set(re.findall(r"`((?:tests|generator)/[\w./-]+|[\w-]+\.(?:lock|md))`", text))


def rows_of(text: str) -> dict[str, tuple[str, str]]:
    """Return, for each family, what its row says: whether an office's may stand, whether an exception is possible."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "`personal-" in line]
    return {code: (row[2], row[3]) for row in rows for code in re.findall(r"`(personal-[a-z-]+)`", "".join(row))}


@pytest.mark.parametrize("page", PAGES)
def test_named_files_are_there_in_both_languages(page: str) -> None:
    """Each proof is a file of this repository, and whoever reads English is given the same ones."""
    here, there = files_of(told(page)), files_of(told(f"en/{page}"))
    assert here == there and len(here) > 5
    assert [path for path in here if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(("page", "yes"), [("privacy.md", "能"), ("en/privacy.md", "yes")])
def test_table_of_families_is_the_gates(page: str, yes: str) -> None:
    """Every family is told, with the fields and exceptions that the gate knows."""
    rows = rows_of(told(page))
    assert set(rows) == FAMILIES
    assert {code for code, (office, _) in rows.items() if office == yes} == REACHED_BY
    assert {code for code, (_, exempt) in rows.items() if exempt == yes} == EXEMPT


@pytest.mark.parametrize("page", ["privacy.md", "en/privacy.md"])
def test_fields_of_offices_are_named(page: str) -> None:
    """Every field in which an office may tell how it is reached stands there."""
    text = told(page)
    names = {".".join(names) for kind in kinds().values() for names, one in walk(fields(kind)) if one.contact}
    assert [name for name in {*names, *map(".".join, SETTINGS)} if f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", ["security.md", "en/security.md"])
def test_policy_and_campaigns_are_the_programs(page: str) -> None:
    """Directives that are quoted are in force; campaigns that are named exist."""
    text = told(page)
    quoted = re.findall(r"`([a-z-]+ '[a-z-]+')`", text)
    assert quoted and [one for one in quoted if one not in policy.served(policy.in_page())] == []
    lists = re.findall(r"`make campaign`(?: \(|（)([a-z、, ]+)", text)
    named = {name for some in lists for name in re.split("、|, ", some)}
    assert len(named) > 4 and named <= set(campaign.campaigns())


def test_editors_are_told_every_finding() -> None:
    """The manual lists every code of the gate with what to do."""
    text = told("editor/findings.md")
    assert [code for code in FAMILIES if f"`{code}`" not in text] == []


def test_shown_consent_and_exception_are_sound() -> None:
    """What is shown to be copied can be copied."""
    blocks = [parse(text) for text in re.findall(r"^```yaml\n(.*?)^```", told("privacy.md"), re.MULTILINE | re.DOTALL)]
    assert all(isinstance(block, dict) for block in blocks)
    assert Consent.model_validate(blocks[0]["consent"]).last_day().year == 2027
    assert PrivacyException.model_validate(blocks[1]["privacy_exceptions"][0]).what == "phone"
