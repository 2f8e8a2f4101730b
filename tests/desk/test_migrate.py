"""`gongshi migrate` brings an old site to today's format by steps, a line at a time; nothing is written unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import config, load
from generator.cli import main
from generator.desk import migrate as module
from generator.desk.migrate import MIGRATIONS, Migration
from tests.sites import AS_OF, RATED, frozen, problems, scored, tree

Make = Callable[..., Path]
OLD_CONFIG = """\
# 本站的设置
schema_version: 1 # 不要手改
identity:
  title: 清水公示 # 站名
publication: {as_of: 2026-06-30}
"""
OLD_CASE = "# 一件小事\ntitle: 漏水\nsource: press\nsort: 漏水 # 类别\nreported: 2026-05-06\n"


def _named(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """In format 2 a site's title is its name, and a case's sort its category."""
    if kind == "case" and "sort" in values:
        return {"category" if key == "sort" else key: value for key, value in values.items()}
    if kind == "site" and "title" in values["identity"]:
        return {**values, "identity": {"name": values["identity"]["title"]}}
    return values


def _noted(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """In format 3 a case says that it was migrated."""
    return {**values, "note": "旧"} if kind == "case" else values


STEPS = (Migration(("名称改了键", "names have other keys"), _named), Migration(("加备注", "notes"), _noted))


@pytest.fixture
def old(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of format 1 for a program of format 3."""
    monkeypatch.setattr(config, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(module.migrate, "__defaults__", (STEPS,))
    return make_site({"cases/leak.yml": OLD_CASE}, OLD_CONFIG)


def command(path: Path, *more: str) -> Result:
    """Run the command."""
    return CliRunner(env={"LANG": "zh_CN.UTF-8"}).invoke(main, ["migrate", "--config", str(path), *more])


def test_format_rises_with_the_migrations() -> None:
    """The format of this program is the one to which its migrations lead."""
    assert len(MIGRATIONS) + 1 == config.SCHEMA_VERSION


def test_migration_is_shown_first(old: Path) -> None:
    """Without --write each step is told, with every line that would change, and no file is touched."""
    before = tree(old.parent)
    assert [p.code for p in problems(old)] == ["older-format"]
    ran = command(old)
    assert ran.exit_code == 0 and tree(old.parent) == before
    assert "第 2 版：名称改了键\n第 3 版：加备注\n" in ran.output
    assert "  -sort: 漏水 # 类别\n" in ran.output and "  +category: 漏水" in ran.output and "--write" in ran.output


def test_written_migration_keeps_all_else(old: Path) -> None:
    """With --write the site is one of today: sound, comments kept, other files untouched; a second run has no work."""
    before = tree(old.parent)
    assert command(old, "--write").exit_code == 0
    assert {path for path, digest in tree(old.parent).items() if before.get(path) != digest} == {
        "site_config.yml", "content/cases/leak.yml"}
    said = old.read_text(encoding="utf-8")
    assert said.startswith("# 本站的设置\nschema_version: 3 # 不要手改\nidentity:\n") and "\n  name: 清水公示" in said
    case = (old.parent / "content/cases/leak.yml").read_text(encoding="utf-8")
    assert case.startswith("# 一件小事\ntitle: 漏水\n") and load.parse(case)["note"] == "旧"
    assert problems(old) == []
    assert "已经是第 3 版写法" in command(old).output


def test_cut_short_migration_is_finished_by_the_next_run(old: Path) -> None:
    """Where the records are new and the configuration is not yet, the same command brings the rest."""
    (old.parent / "content/cases/leak.yml").write_text(OLD_CASE.replace("sort", "category"), encoding="utf-8")
    assert command(old, "--write").exit_code == 0 and problems(old) == []


def test_frozen_records_are_left_alone(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command has sealed keeps its values, whatever a step says of its kind."""
    path = make_site({**RATED, **frozen(scored(RATED).board("points", "2026"))})
    monkeypatch.setattr(config, "SCHEMA_VERSION", 2)
    step = Migration(("", ""), lambda kind, values: values if kind == "site" else {**values, "note": "旧"})
    changed = module.migrate(path, (step,)).files
    assert path in changed and not [p for p in changed if "outcomes" in p.parts]


@pytest.mark.parametrize(("name", "text", "code", "line"), [
    ("site_config.yml", OLD_CONFIG.replace("1 #", "9 #"), "newer-format", 2),
    ("site_config.yml", OLD_CONFIG + "a: b: c\n", "yaml-syntax", 6),
    ("content/cases/leak.yml", OLD_CASE + "sort: x\n", "duplicate-key", 6)])
def test_unreadable_site_is_told_and_left(old: Path, name: str, text: str, code: str, line: int) -> None:
    """A newer site, or a file that can't be read, is one Problem at its place, and nothing is written."""
    (old.parent / name).write_text(text, encoding="utf-8")
    before = tree(old.parent)
    ran = command(old, "--write")
    assert ran.exit_code == 1 and f"{name}:{line}:" in ran.output and f"[{code}]" in ran.output
    assert tree(old.parent) == before


def test_site_that_states_no_format_is_of_the_first(make_site: Make) -> None:
    """A configuration without `schema_version` is of format 1, and stands."""
    path = make_site()
    assert problems(path, AS_OF) == [] and "已经是第 1 版写法" in command(path).output
