"""`gongshi code` writes codes that the next check finds in order, and never the same thing twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import cli
from generator.desk.codes import issue
from generator.problem import ContentError, DeskError
from tests.sites import AS_OF, BASE, CODE, ISSUED, problems, quiet, tree

Maker = Callable[..., Path]


def issued(config: Path, *targets: str, hangs: str | None = None, another: bool = False) -> list[Path]:
    """Issue codes for a site and return the files written."""
    return issue(cli.site_at(config), targets, "门牌", hangs, another, AS_OF, 1, quiet)


def test_new_codes_are_in_order(make_site: Maker) -> None:
    """Records and ledger stand as the next check wants them, dated by the site's day, older lines untouched."""
    config = make_site(ISSUED)
    written = issued(config, "area/estate", "organisation/team", "boards/index.html", hangs="东门岗亭")
    assert problems(config) == []
    ledger = written[-1].read_text(encoding="utf-8").splitlines()
    assert [line.split()[1:] for line in ledger] == [
        ["2026-06-01", "area/b3"], ["2026-06-30", "area/estate"], ["2026-06-30", "organisation/team"],
        ["2026-06-30", "boards/index.html"]]
    assert ledger[0].startswith(CODE) and [p.stem for p in written[:-1]] == [line.split()[0] for line in ledger[1:]]
    assert "hangs: 东门岗亭" in written[0].read_text(encoding="utf-8")


def test_same_registry_gives_same_codes(make_site: Maker, tmp_path: Path) -> None:
    """Two copies of a site give byte for byte the same files."""
    config = make_site(ISSUED)
    shutil.copytree(config.parent, tmp_path / "copy")
    for one in (config, tmp_path / "copy" / config.name):
        issued(one, "area/estate", "case/leak")
    assert tree(config.parent) == tree(tmp_path / "copy")


def test_one_code_for_one_target(make_site: Maker) -> None:
    """A target that has a code in use gets no other, unless asked for."""
    config = make_site(ISSUED)
    with pytest.raises(DeskError) as raised:
        issued(config, "area/b3")
    assert raised.value.code == "has-code" and raised.value.values["codes"] == CODE
    issued(config, "area/b3", another=True)
    assert problems(config) == []


def test_retired_code_is_replaced(make_site: Maker) -> None:
    """A target whose code is retired gets a new one."""
    retired = ISSUED[f"codes/{CODE}.yml"] + "retired: {date: 2026-06-20, reason: 换新}\n"
    config = make_site({**ISSUED, f"codes/{CODE}.yml": retired})
    assert [path.suffix for path in issued(config, "area/b3")] == [".yml", ".txt"]


def test_unknown_target_writes_nothing(make_site: Maker) -> None:
    """One wrong target among several: the nearest one is named, and no file appears."""
    config = make_site()
    with pytest.raises(DeskError) as raised:
        issued(config, "area/estate", "area/b33")
    assert (raised.value.code, raised.value.values["near"]) == ("no-target", "area/b3")
    assert not (config.parent / "content/codes").exists()


def test_private_words_are_refused(make_site: Maker) -> None:
    """A mobile number in the place where it hangs is a Problem, and nothing is written."""
    config = make_site()
    with pytest.raises(ContentError):
        issued(config, "area/estate", hangs="找张三 13812345678")
    assert not (config.parent / "content/codes").exists()


def test_code_of_an_example_is_one(make_site: Maker) -> None:
    """What leads to an illustrative record is illustrative itself."""
    config = make_site({"areas/b9.yml": BASE["areas/b3.yml"] + "illustrative: true\n"})
    assert "illustrative: true" in issued(config, "area/b9")[0].read_text(encoding="utf-8")


def test_command_names_the_files(make_site: Maker) -> None:
    """The command says what it wrote; refused, it says why and exits with 1."""
    config = make_site()
    arguments = ["code", "area/b3", "--for", "告示栏", "--config", str(config), "--workers", "1"]
    done = CliRunner().invoke(cli.main, arguments)
    assert done.exit_code == 0 and "issued.txt" in done.output and done.output.count(".yml") == 1
    again = CliRunner().invoke(cli.main, arguments)
    assert again.exit_code == 1 and "[has-code]" in again.output


def test_no_code_for_a_page_that_will_not_be_there(make_site: Maker) -> None:
    """A code is never deleted, so a slip in a page's address must not get one; a list's page may."""
    config = make_site(ISSUED)
    before = tree(config.parent)
    for target in ("boards/nope.html", "../index.html", f"code/{CODE}"):
        with pytest.raises(DeskError) as raised:
            issued(config, target)
        assert raised.value.code == "no-target" and raised.value.values["near"] != target
    assert tree(config.parent) == before
    issued(config, "index.html", "needs/index.html", "find/index.html")
