"""What the repository promises outside its code: the README's commands, the workflow that publishes."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.sites import ROOT

WORKFLOW = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_names_commands_that_exist(name: str) -> None:
    """Every `make` target and every `gongshi` command that a README shows exists."""
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) | set(re.findall(r"`make ([a-z]+)`", text))
    assert {"serve", "test"} <= targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []
    cli = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator/cli").glob("*.py"))
    commands = set(re.findall(r"gongshi ([a-z]+)", text))
    assert {"check", "build", "serve", "new"} <= commands
    assert [c for c in commands if f'"{c}"' not in cli and f"def {c}(" not in cli] == []


def test_workflow_checks_requests_and_publishes_merges() -> None:
    """A request is checked and built; only what is merged to main is published, by the one job that may."""
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    steps = [step.get("run", "") for step in jobs["build"]["steps"]]
    assert [s for s in steps if "gongshi" in s] == [".venv/bin/gongshi check", ".venv/bin/gongshi build --out public"]
    assert "pull_request" in jobs["publish"]["if"] and "refs/heads/main" in jobs["publish"]["if"]
    assert jobs["publish"]["needs"] == "build"


def test_workflow_has_least_permissions() -> None:
    """The build may read, the publishing job may publish, nothing else is allowed to anybody."""
    workflow = yaml.safe_load(WORKFLOW)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "secrets." not in WORKFLOW


def test_workflow_pins_actions_and_fetches_the_whole_history() -> None:
    """Actions are pinned to commits, the checkout is whole and keeps no credentials."""
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert len(used) == 4
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)] == []
    checkout = next(s for s in yaml.safe_load(WORKFLOW)["jobs"]["build"]["steps"] if "checkout" in s.get("uses", ""))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
