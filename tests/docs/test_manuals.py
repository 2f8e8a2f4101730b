"""Every command that a manual or a README shows is run, and says what is shown; every record shown is sound."""

from __future__ import annotations

import re
import shutil
import sys
import types
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import load, render, validate
from generator.cli import common, main
from generator.config import STOCK_MANUALS, STOCK_THEME
from generator.data import Raw
from generator.render.manuals import FOLDER, around
from tests.docs.doing import IDENTITY, NOT_RUN, do
from tests.docs.reading import Step, agrees, steps_of
from tests.sites import ROOT

TEXTS = {path.relative_to(STOCK_MANUALS).as_posix(): path.read_text(encoding="utf-8")
         for path in sorted(STOCK_MANUALS.rglob("*.md")) if "fields" not in path.parts}
ORDER = [path.removeprefix(f"{FOLDER}/") for path in around(TEXTS)]


def nothing(folder: Path) -> None:
    """An empty folder."""
    folder.mkdir()


def town(folder: Path) -> None:
    """A town's own repository, as `gongshi init` founds it."""
    said = CliRunner(env=IDENTITY).invoke(main, ["init", str(folder), "--name", "清水社区公示", "--git"])
    assert said.exit_code == 0, said.output


def bare(folder: Path) -> None:
    """A site without a record."""
    (folder / "content").mkdir(parents=True)
    (folder / "site_config.yml").write_text("identity: {name: 某某社区公示}\n", encoding="utf-8")


def demo(folder: Path) -> None:
    """The demonstration town, as it is checked out."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site_config.yml", folder)


BOOKS: dict[str, tuple[list[str], Callable[[Path], None], str]] = {
    **{book: ([path for path in ORDER if path.startswith(f"{book}/")], begin, "zh_CN.UTF-8")
       for book, begin in (("rules", bare), ("editor", town), ("admin", nothing))},
    "promises": (["privacy.md", "security.md", "scaling.md"], nothing, "zh_CN.UTF-8"),
    "en": ([path for path in ORDER if path.startswith("en/")], town, "en_US.UTF-8"),
    "README.md": (["../README.md"], demo, "en_US.UTF-8"),
    "README.zh-CN.md": (["../README.zh-CN.md"], demo, "zh_CN.UTF-8"),
}
"""What is read on end, in one folder: the pages of a book, how its folder begins, the language of messages."""


class Clock(datetime):
    """The day on which the manuals are read."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Return that day."""
        return datetime(2026, 11, 22, 12, tzinfo=tz)


def steps(book: str) -> list[Step]:
    """Return everything that a book asks for."""
    return [step for page in BOOKS[book][0]
            for step in steps_of(page, (STOCK_MANUALS / page).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("book", BOOKS)
def test_book_can_be_followed(book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read from its first page to its last, each command of a book ends and speaks as shown."""
    monkeypatch.setattr(common, "datetime", Clock)
    _, begin, language = BOOKS[book]
    begin(folder := tmp_path / "town")
    for step in steps(book):
        folder = do(step, folder, language)


def test_what_is_not_run_is_shown_somewhere() -> None:
    """Each exception has a reason and is still needed."""
    shown = [step.what for book in BOOKS for step in steps(book) if step.do == "run"]
    assert [begun for begun, why in NOT_RUN.items() if not why or not any(s.startswith(begun) for s in shown)] == []


def test_every_page_belongs_to_a_book() -> None:
    """No page with something to do is left out."""
    read = {page for pages, _, _ in BOOKS.values() for page in pages}
    assert [path for path, text in TEXTS.items() if path not in read and steps_of(path, text)] == []


@pytest.mark.parametrize("page", [*TEXTS, "../README.md", "../README.zh-CN.md"])
def test_what_is_named_exists(page: str) -> None:
    """Every command, option and target that a page names in passing exists, too."""
    text = (STOCK_MANUALS / page).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [one for one in re.findall(r"`make ([a-z]+)`", text) if f"\n{one}:" not in makefile] == []
    for name, rest in re.findall(r"(?:`|/|^\$ )gongshi ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        assert name in main.list_commands(None), f"{page}: no command `{name}`"
        known = {"--help", *(option for one in main.get_command(None, name).params for option in one.opts)}
        unknown = [one for one in re.findall(r"(?<!\S)(--[a-z-]+)", rest) if one not in known]
        assert unknown == [], f"{page}: {name}{rest}"


@pytest.mark.parametrize(("page", "why"), [
    ("```\n$ ls\n```\n", "must say what it is"), ("```console\nls\n```\n", "begins with a command"),
    ("```yaml\ntitle: 甲\n```\n", "first line")], ids=["no language", "no command", "no file"])
def test_unclear_block_is_noticed(page: str, why: str) -> None:
    """A block that the test could not follow fails, rather than being passed over."""
    with pytest.raises(ValueError, match=why):
        steps_of("a.md", page)


def test_wrong_page_is_noticed(tmp_path: Path) -> None:
    """A command that ends otherwise, says something else, or a record that is not sound fails."""
    bare(tmp_path / "town")
    for page in ("```console\n$ gongshi check\n3 条记录，没有问题。\n```\n",
                 "```console\n$ gongshi check --nothing\n```\n",
                 "<!-- exit: 1 -->\n```console\n$ true\n```\n", "```yaml\n# content/areas/a.yml\ntitle: 甲\n```\n",
                 "```diff\n# site_config.yml\n-no: such line\n```\n"):
        with pytest.raises(AssertionError):
            for step in steps_of("a.md", page):
                do(step, tmp_path / "town", "zh_CN.UTF-8")


def test_elision_stands_for_anything() -> None:
    """`…` in a line stands for some text, alone on a line for any lines; nothing else is let through."""
    said = "甲 12 条\n乙\n丙\n丁\n"
    assert agrees("甲 … 条\n…\n丁", said) and agrees("甲 12 条\n乙\n丙\n丁", said)
    assert not agrees("甲 12 条\n丁", said) and not agrees("甲 … 件\n…\n丁", said)


def test_kind_in_the_manual_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind that developers are shown how to add is one: its example is valid, its template fits the others."""
    text = (STOCK_MANUALS / "en/kind.md").read_text(encoding="utf-8")
    [source] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    module = types.ModuleType("generator.records.bench")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(source, "bench.py", "exec"), module.__dict__)
    bench = validate.validate(Raw("bench", "b-1", "benches/b-1.yml", load.parse(module.Bench.example)),
                              {"bench": module.Bench})
    assert isinstance(bench, module.Bench) and bench.value("years", date(2026, 11, 22)) == 5
    [template] = re.findall(r"^```jinja\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert render.environment((STOCK_THEME,)).from_string(template)
