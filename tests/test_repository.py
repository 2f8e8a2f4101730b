"""What the repository promises outside its code: the commands that its READMEs show."""

from __future__ import annotations

import re

import pytest

from generator.cli import main
from tests.sites import ROOT


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_names_commands_that_exist(name: str) -> None:
    """Every `make` target and every `gongshi` command that a README shows exists."""
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) | set(re.findall(r"`make ([a-z]+)`", text))
    assert {"serve", "test"} <= targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []
    commands = set(re.findall(r"gongshi ([a-z]+)", text))
    assert {"check", "build", "serve", "new"} <= commands
    assert commands <= main.commands.keys()
