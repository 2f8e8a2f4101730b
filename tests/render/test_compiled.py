"""Compiled templates are kept beside the program, and whatever isn't as it was written is compiled anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.config import STOCK_THEME
from generator.render.compiled import Compiled

NAME = "records/record.html"


@pytest.fixture(autouse=True)
def python_keeps_what_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Counting(Environment):
    """Counts how often a template is compiled."""

    compiled = 0

    def _compile(self, source: str, filename: str) -> object:  # type: ignore[override]
        self.compiled += 1
        return super()._compile(source, filename)


def compiled(kept: Path, theme: Path = STOCK_THEME, name: str = NAME) -> int:
    """Return how often one template is compiled in a new environment."""
    environment = Counting(loader=FileSystemLoader(theme), bytecode_cache=Compiled(kept))
    environment.filters |= dict.fromkeys(("number", "percent", "when", "quantity", "link", "named", "expires", "own",
                                          "targets", "course", "unbroken", "word"), str)
    environment.tests["come"] = bool
    environment.get_template(name)
    return environment.compiled


def test_template_is_compiled_once_for_all_processes(tmp_path: Path) -> None:
    assert (compiled(tmp_path), compiled(tmp_path)) == (1, 0)


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:20], lambda data: b"",
                                    lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]])
def test_damaged_one_is_compiled_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    compiled(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert (compiled(tmp_path), compiled(tmp_path)) == (1, 0)


def test_what_an_earlier_program_kept_is_removed(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef-old").write_bytes(b"x")
    compiled(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith("old")] == []


def test_templates_of_a_town_are_not_kept(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "own.html").write_text("{{ 1 }}")
    assert (compiled(tmp_path / "kept", theme, "own.html"), compiled(tmp_path / "kept", theme, "own.html")) == (1, 1)
    assert not (tmp_path / "kept").exists()


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled(tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
