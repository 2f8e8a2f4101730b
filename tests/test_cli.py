"""The command: what it prints, in which language, and with which exit code."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator import cli
from generator.cli import common
from generator.records import kinds
from tests.sites import AS_OF, BASE, RATED, build_site, gongshi, torn, tree

Make = Callable[..., Path]
Run = Callable[..., Result]

HEAD = "title: 某事\nsource: press\n"
CASE = HEAD + "category: 漏水\n"
TWENTY: list[tuple[str, str | bytes, str, int]] = [
    ("areas/x-level.yml", HEAD + "level: 小曲\n", "not-one-of", 3),
    ("areas/x-tag.yml", HEAD + "level: !!str 小区\n", "yaml-tag", 3),
    ("assessments/x-points.yml", RATED["assessments/b3-2026.yml"].replace("30", "41"), "points-over-max", 9),
    ("cases/x-alias.yml", CASE + "note: *more\n", "yaml-anchor", 4),
    ("cases/x-blank.yml", "", "empty-file", 1),
    ("cases/x-bytes.yml", CASE.encode() + "note: 楼道\n".encode("gbk"), "not-utf8", 4),
    ("cases/x-date.yml", CASE + "steps:\n  - date: 2026-05-06\n    action: 看\n  - date: 2026-02-30\n    action: 修\n",
     "no-such-day", 7),
    ("cases/x-deep.yml", CASE + "note:\n  " + "[" * 30_000, "yaml-depth", 5),
    ("cases/x-key.yml", "# 说明\n\n" + CASE + "reportd: 2026-05-06\n", "unknown-key", 6),
    ("cases/x-list.yml", "- " + CASE.replace("\n", "\n- "), "not-a-mapping", 1),
    ("cases/x-missing.yml", "# 说明\n" + HEAD, "missing-key", 2),
    ("cases/x-number.yml", CASE + f"\nsatisfaction: {'9' * 5000}\n", "not-a-number", 5),
    ("cases/x-phone.yml", CASE + "description: |\n  请找\n  电话 138 0013 8000\n", "personal-phone", 6),
    ("cases/x-reference.yml", CASE + "area: estat\n", "missing-reference", 4),
    ("cases/x-syntax.yml", CASE + "place: 3栋: 2单元\n", "yaml-syntax", 4),
    ("cases/x-twice.yml", CASE + "evidence:\n  - 照片\ncategory: 噪声\n", "duplicate-key", 6),
    ("cases/x-type.yml", CASE + "evidence: 一张照片\n", "wrong-type", 4),
    ("cases/x/leak.yml", CASE, "duplicate-id", 1),
    ("people/x.pdf", b"%PDF", "unexpected-file", 1),
    ("volunteers/x-name.yml", "source: press\ntitle: 张三\n", "unmasked-name", 2),
]


def lines(result: Result) -> list[tuple[str, int, str]]:
    """Return (path, line, code) of every Problem that was printed."""
    found = [re.fullmatch(r"(.+?):(\d+):(\d+): .+ \[([a-z0-9-]+)\]", line) for line in result.stdout.splitlines()]
    assert all(found), result.stdout
    return [(m[1].removeprefix("content/"), int(m[2]), m[4]) for m in found if m]


def test_twenty_faults_are_twenty_lines_in_one_run(make_site: Make, run: Run) -> None:
    """`check` on twenty different faults prints exactly twenty Problems, each with its file and line, and exits 1."""
    config = make_site({**RATED, **{path: text for path, text, _, _ in TWENTY}})
    result = run("check", "--config", str(config))
    expected = [(path, line, code) for path, _, code, line in TWENTY]
    assert sorted(lines(result)) == sorted(expected)
    assert len({code for _, _, code in expected}) == 20
    assert result.exit_code == 1
    assert "20" in result.stderr


def test_every_problem_is_said_in_the_language_of_the_locale(make_site: Make, run: Run) -> None:
    """LANG=en… gives English, anything else Chinese; places and codes are the same."""
    config = make_site({path: text for path, text, _, _ in TWENTY})
    chinese, english = run("check", "--config", str(config)), run("check", "--config", str(config), lang="en_US.UTF-8")
    plain = run("check", "--config", str(config), lang="C")
    assert lines(chinese) == lines(english)
    assert "是文件夹" not in english.stdout and "is not a number" in english.stdout
    assert "不是数" in chinese.stdout and plain.stdout == chinese.stdout
    assert "problem" in english.stderr and "共" in chinese.stderr


def test_paths_are_named_from_the_configuration(make_site: Make, run: Run) -> None:
    """A Problem's path begins with the content folder as configured, so that it opens from the site's folder."""
    config = make_site({"cases/a.yml": ""})
    assert run("check", "--config", str(config)).stdout.startswith("content/cases/a.yml:1:1: ")


def test_clean_content_exits_0(make_site: Make, run: Run) -> None:
    """Without a Problem `check` says how many records there are and exits 0."""
    result = run("check", "--config", str(make_site()))
    assert (result.exit_code, str(len(BASE)) in result.stdout) == (0, True)
    assert run("check", "--config", str(make_site()), lang="en_GB.UTF-8").stdout == "5 records, no problem.\n"


@pytest.mark.parametrize("args", [("chek",), ("check", "--colour"), ("check", "--workers", "0"), ("new", "lamp"),
                                  ("check", "--as-of", "2026-02-30"), ("build", "--as-of", "morgen")])
def test_wrong_use_exits_2(make_site: Make, run: Run, args: tuple[str, ...]) -> None:
    """An unknown command or option, or a value that can't be one, is wrong use."""
    more = ("--config", str(make_site())) if "--as-of" in args else ()
    assert run(*args, *more).exit_code == 2


def test_missing_configuration_is_a_problem(run: Run, tmp_path: Path) -> None:
    """A --config that does not exist is one Problem that names the file."""
    result = run("check", "--config", str(tmp_path / "none.yml"))
    assert result.exit_code == 1
    assert [code for _, _, code in lines(result)] == ["no-config"]


def test_build_names_the_release(make_site: Make, run: Run, tmp_path: Path) -> None:
    """`build --out DIR` publishes to DIR/releases/<id> and DIR/current, and says where."""
    out = tmp_path / "out"
    result = run("build", "--config", str(make_site()), "--out", str(out))
    assert result.exit_code == 0
    assert str((out / "current").resolve()) in result.stdout.replace("\n", "")
    assert torn(out) == []


def test_as_of_of_the_command_wins(make_site: Make, run: Run, tmp_path: Path) -> None:
    """`--as-of` stands above the configured day, and the release carries it."""
    out = tmp_path / "out"
    assert run("build", "--config", str(make_site()), "--out", str(out), "--as-of", "2025-01-31").exit_code == 0
    assert (out / "current").resolve().name.startswith("2025-01-31-")


def test_broken_content_publishes_nothing(make_site: Make, run: Run, tmp_path: Path) -> None:
    """A build of broken content exits 1 and leaves no release behind."""
    out = tmp_path / "out"
    result = run("build", "--config", str(make_site({"cases/bad.yml": "- a\n"})), "--out", str(out))
    assert (result.exit_code, [code for _, _, code in lines(result)]) == (1, ["not-a-mapping"])
    assert not (out / "current").exists() and tree(out).keys() <= {"releases/.lock"}


def test_broken_content_leaves_the_old_site(make_site: Make, run: Run, tmp_path: Path) -> None:
    """Build, break, build: `current` leads where it led, and not a byte of it has changed."""
    out = tmp_path / "out"
    config = make_site()
    build_site(config, out)
    stood, led = tree(out), (out / "current").resolve()
    make_site({path: text for path, text, _, _ in TWENTY})
    assert run("build", "--config", str(config), "--out", str(out)).exit_code == 1
    assert (tree(out), (out / "current").resolve()) == (stood, led)


@pytest.mark.parametrize("config", ["identity: {name: 清水}\nmkdocs: {docs_dir: x}\n",
                                    "identity: {name: 清水}\nmkdocs: {markdown_extensions: [{toc: {no_such: 1}}]}\n"])
def test_problems_of_a_worker_process_reach_the_terminal(make_site: Make, config: str) -> None:
    """What MkDocs refuses inside a worker process is printed as a Problem, not as a crash of the pool."""
    path = make_site({}, config)
    process = gongshi("build", "--workers", "2", "--as-of", AS_OF.isoformat(), cwd=path.parent, LANG="en_US.UTF-8")
    said, complaint = process.communicate()
    assert process.returncode == 1, complaint.decode()
    assert b"site_config.yml" in said and b"Traceback" not in complaint


@pytest.mark.parametrize("kind", kinds())
def test_new_prints_the_example(run: Run, kind: str) -> None:
    """`new KIND` prints the kind's example and nothing else, ready to be piped into a file."""
    result = run("new", kind)
    assert (result.exit_code, result.stdout) == (0, kinds()[kind].example)
    assert kinds()[kind].folder in result.stderr


def test_commands_stand_where_they_are_looked_for() -> None:
    """Every command of every module is found by its name, and nothing is imported that was not asked for."""
    for module in pkgutil.iter_modules(cli.__path__):
        importlib.import_module(f"generator.cli.{module.name}")
    rooms = {name: command.callback.__module__.rpartition(".")[2] for name, command in cli.main.commands.items()}
    assert rooms == common.ROOMS
    seldom = "PIL", "pygal", "mkdocs", "ssl", "generator.desk", "generator.cli.writing"
    code = f"import sys, generator.cli.publishing; print([one for one in {seldom} if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
