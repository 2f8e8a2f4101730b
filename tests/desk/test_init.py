"""`gongshi init` founds a town that checks and builds at once, in which nothing made up passes as real."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import load
from generator.cli import main, site_at, towns
from generator.desk.init import FORGES, WORKFLOWS
from generator.desk.wheel import LOCK
from generator.digest import sha256
from tests.sites import build_site, check_site, tree

Run = Callable[..., Result]
DAY = date(2026, 11, 22)
NAMED = ("--name", "清水公示", "--street", "清水街道", "--community", "桃园社区", "--estate", "桃园小区")


def founded(folder: Path, *more: str, day: date = DAY) -> Path:
    """Found a town without being asked and return its configuration file."""
    ran = CliRunner().invoke(main, ["init", str(folder), "--as-of", day.isoformat(), *more])
    assert ran.exit_code == 0, ran.output
    return folder / "site_config.yml"


def test_town_builds_at_once_without_a_word_of_ours(tmp_path: Path) -> None:
    """Every main page is there, says the town's names, and nothing of the demo or of the newspapers."""
    config = founded(tmp_path / "town", *NAMED)
    release = build_site(config, tmp_path / "out", DAY)
    pages = {p.relative_to(release).as_posix(): p.read_text(encoding="utf-8") for p in release.rglob("*.html")}
    for page in ("index", "find/index", "cases/index", "stars/index", "boards/index", "about", "privacy", "feedback"):
        assert "清水公示" in pages[f"{page}.html"]
    assert "桃园小区" in pages["areas/taoyuanxiaoqu.html"] and "清水街道" in pages["find/index.html"]
    assert [(word, path) for word in ("株洲", "荷塘", "demo-", "示例街道", "报纸版面", "项目仓库")
            for path, text in pages.items() if word in text and not path.startswith("manual/")] == []


@pytest.mark.parametrize("day", [date(2027, 1, 3), date(2028, 2, 29), date(2026, 12, 30)])
def test_town_can_be_founded_on_any_day(tmp_path: Path, run: Run, day: date) -> None:
    """Early in a year, late in one, on a leap day: the check finds nothing, and there is nothing to remind of."""
    config = founded(tmp_path / "town", day=day)
    said = run("check", "--config", str(config), "--as-of", day.isoformat())
    assert said.output == "21 条记录，没有问题。\n"


def test_what_is_made_up_lies_apart_and_says_so(tmp_path: Path) -> None:
    """A record is illustrative just where it lies in a folder `shili`; without these folders the town still builds."""
    config = founded(tmp_path / "town", *NAMED)
    rows = check_site(config, DAY).register.rows.values()
    assert [row.path for row in rows if row.illustrative != ("/shili/" in row.path)] == []
    assert {row.title for row in rows if not row.illustrative} == {"清水街道", "桃园社区", "桃园小区"}
    for folder in (tmp_path / "town/content").glob("*/shili"):
        shutil.rmtree(folder)
    assert len(check_site(config, DAY).register.rows) == 3
    assert "清水街道" in (build_site(config, tmp_path / "out", DAY) / "areas/index.html").read_text(encoding="utf-8")


def test_answers_are_kept_as_they_were_given(tmp_path: Path) -> None:
    """Quotes, colons, hashes and 🏮 are no trap, nor are two places of one name."""
    name = 'A "清水": #1 🏮 {{ 7*7 }}'
    config = founded(tmp_path / "town", "--name", name, "--operator", "no", "--contact", "- 12:30", "--street", "清水",
                     "--community", "清水", "--estate", "🏮")
    identity = site_at(config).settings.identity
    assert (identity.name, identity.operator, identity.contact) == (name, "no", "- 12:30")
    there = check_site(config, DAY).register.rows
    assert [there[f"area/{id}"].title for id in ("qingshui", "qingshui-2", "xiaoqu")] == ["清水", "清水", "🏮"]


@pytest.mark.parametrize("forge", FORGES)
def test_town_has_what_its_forge_reads(tmp_path: Path, forge: str) -> None:
    """The workflow that publishes a merge lies where the README says, no other forge's does; editors have schemas."""
    town = founded(tmp_path / "town", "--forge", forge).parent
    there = {p.relative_to(town).as_posix() for p in town.rglob("*") if p.is_file()}
    assert {path for path in WORKFLOWS.values() if path in there} == {WORKFLOWS[forge]} - {""}
    assert ("server/publish.sh" in there) == (forge in ("gitea", "forgejo", "none"))
    said = (town / "README.md").read_text(encoding="utf-8")
    assert [named for named in re.findall(r"`([\w./]+/[\w.]+\.(?:yml|sh|conf)|[\w./]+/)`", said)
            if not (town / named).exists()] == []
    assert {"schemas/case.json", ".vscode/settings.json", "docs/fields/case.md"} <= there


def test_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    """Two towns of one name, founded on one day, are equal file by file, the program's wheel included."""
    for name in ("a", "b"):
        founded(tmp_path / name, *NAMED)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_used_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds something is refused by name; one that is new, empty or an empty repository is not."""
    used = tmp_path / "used"
    used.mkdir()
    (used / "年报.doc").write_text("x", encoding="utf-8")
    ran = CliRunner().invoke(main, ["init", str(used)])
    assert ran.exit_code == 1 and "年报.doc" in ran.output and "[folder-used]" in ran.output
    assert [p.name for p in used.iterdir()] == ["年报.doc"]
    (used / "年报.doc").rename(used / ".git")
    founded(used)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["used"]


def test_town_that_would_not_build_is_not_founded(tmp_path: Path) -> None:
    """Where an answer makes a fault, it is told with its place, and no folder is left behind."""
    for option, value in (("--address", "example.org"), ("--community", "13800138000")):
        ran = CliRunner().invoke(main, ["init", str(tmp_path / "town"), option, value])
        assert ran.exit_code == 1 and "处问题" in ran.output
    assert [*tmp_path.iterdir()] == []


def test_editor_is_asked_what_was_not_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal every gap is asked for in Chinese; Enter leaves it to the configuration file."""
    monkeypatch.setattr(towns, "attended", lambda: True)
    answers = "清水公示\n\n清水街道\n\n\n\ngitea\nhttps://git.example.org/qs/gongshi\n"
    ran = CliRunner().invoke(main, ["init", str(tmp_path / "town"), "--operator", "清水居委会"], input=answers)
    assert ran.exit_code == 0, ran.output
    assert "网站叫什么" in ran.output and "主办单位" not in ran.output
    settings = site_at(tmp_path / "town/site_config.yml").settings
    assert (settings.identity.name, settings.identity.operator, settings.identity.contact, settings.address) == (
        "清水公示", "清水居委会", None, None)
    assert settings.repository and settings.repository.url == "https://git.example.org/qs/gongshi"
    assert "\n  # contact: " in (tmp_path / "town/site_config.yml").read_text(encoding="utf-8")


def test_first_commit_holds_everything(tmp_path: Path) -> None:
    """With --git the town is a repository on main, all of it committed; a git that refuses is quoted."""
    founded(tmp_path / "town", "--git")
    git = ["git", "-C", str(tmp_path / "town")]
    assert subprocess.run([*git, "status", "--porcelain"], capture_output=True, check=True).stdout == b""
    assert subprocess.run([*git, "branch", "--show-current"], capture_output=True, check=True).stdout == b"main\n"
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = CliRunner(env={"PATH": ""}).invoke(main, ["init", str(tmp_path / "other"), "--git", "--wheel",
                                                   str(next((tmp_path / "town/wheels").iterdir()))])
    assert ran.exit_code == 1 and "[git-refused]" in ran.output and (tmp_path / "other/README.md").is_file()


def test_program_is_pinned_and_can_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of packages names the vendored wheel and its hash first; another wheel takes its place as a whole."""
    town = founded(tmp_path / "town").parent
    wheel = next((town / "wheels").iterdir())
    text = (town / "requirements.txt").read_text(encoding="utf-8")
    assert f"\n./wheels/{wheel.name} --hash=sha256:{sha256(wheel.read_bytes())}\n" in text
    assert text.count("--hash") > 50 and "mkdocs==1.6.1" in text
    newer = tmp_path / "gongshi-9.9.9-py3-none-any.whl"
    shutil.copy(wheel, newer)
    monkeypatch.chdir(town)
    assert CliRunner().invoke(main, ["upgrade", str(newer)]).exit_code == 0
    assert [p.name for p in (town / "wheels").iterdir()] == [newer.name]
    assert f"./wheels/{newer.name} --hash" in (town / "requirements.txt").read_text(encoding="utf-8")


def test_upgrade_leaves_other_projects_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no site is, another program's list of packages is not written over, however sound the wheel."""
    wheel = tmp_path / "gongshi-9.9.9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as whole:
        whole.writestr(LOCK, "mkdocs==1.6.1\n")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    Path("requirements.txt").write_text("django\n", encoding="utf-8")
    ran = CliRunner().invoke(main, ["upgrade", str(wheel)])
    assert ran.exit_code == 1 and "[no-config]" in ran.output
    assert Path("requirements.txt").read_text(encoding="utf-8") == "django\n" and not Path("wheels").exists()


@pytest.mark.parametrize("name", ["gongshi-0.1.0-py3-none-any.whl", "mkdocs-1.6.1-py3-none-any.whl"])
def test_other_wheels_are_refused(tmp_path: Path, name: str) -> None:
    """What is no wheel of this program, by its name or inside, is refused, and nothing is founded."""
    (tmp_path / name).write_bytes(b"PK")
    ran = CliRunner().invoke(main, ["init", str(tmp_path / "town"), "--wheel", str(tmp_path / name)])
    assert ran.exit_code == 1 and "[not-a-wheel]" in ran.output and not (tmp_path / "town").exists()


def test_configuration_holds_every_hint(tmp_path: Path) -> None:
    """What stands commented out in the configuration is valid once the marks are taken away."""
    config = founded(tmp_path / "town", *NAMED)
    lines = config.read_text(encoding="utf-8").splitlines()
    for key in ("icp", "police", "theme", "as_of", "compress", "address", "operator", "contact"):
        assert any(line.lstrip().startswith(f"# {key}: ") for line in lines), key
    kinds = [load.parse(line.split("- ", 1)[1]) for line in lines if line.startswith("  # - {kind")]
    opened = "\n".join(line.replace("# - {", "- {") for line in lines)
    config.write_text(opened, encoding="utf-8")
    assert len(site_at(config).settings.sections) == 16 + len(kinds)
