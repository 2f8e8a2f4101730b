"""The build asks no network and starts no other program but git and the search indexer; what does is noticed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator import search
from tests.campaign import offline


@pytest.mark.parametrize("strace", [
    pytest.param(True, marks=pytest.mark.skipif(not offline.works("strace", "-qq"), reason="no strace here")), False])
def test_a_program_that_does_both_is_noticed(tmp_path: Path, strace: bool) -> None:
    """The control: a socket and another program are seen, by strace and by Python's own layer alike."""
    (tmp_path / "town").mkdir()
    seen = offline.watched([sys.executable, "-c", offline.CONTROL], tmp_path / "town", strace)
    assert seen.code == 0 and seen.network and seen.strangers == ["true"]


def test_build_needs_no_network_and_no_other_program(tmp_path: Path) -> None:
    """A whole site is built with every interface down, its search too, by Python, git and the indexer alone."""
    town = offline.small_town(tmp_path / "town")
    seen = offline.watched(offline.gongshi("build"), town)
    assert (seen.code, seen.network, seen.strangers) == (0, [], []), seen.said
    assert {Path(program).name for program in seen.programs} >= {"git"}
    assert not search.installed() or list((town / "site/current/search").glob("*/*.pf_meta"))
