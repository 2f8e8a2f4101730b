"""A stand-in for a forge's runner: runs the shell steps of workflows as they are, and plays the actions.

Expressions `${{ … }}` are worked out from a context given by the test. Actions (`uses`) are played with local folders:
a checkout clones, artifacts are folders, Pages is a folder. What a step asks of `python -m pip` is noted, not run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.sites import ROOT

TOKENS = re.compile(r"'[^']*'|&&|\|\||!=|==|!|[A-Za-z_][\w.-]*")
WORDS = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!="}
PYTHON = f"""#!/bin/sh
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$(dirname "$0")/gongshi" "$3/bin/gongshi" ;;
"-m pip") echo "$@" >>"$PIP_ASKED" ;;
*) exec {sys.executable} "$@" ;;
esac
"""
GONGSHI = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m generator "$@"\n'


def look_up(context: dict[str, Any], name: str) -> Any:
    """Return what a dotted name stands for; nothing is the empty text."""
    found: Any = context
    for part in name.split("."):
        found = found.get(part, "") if isinstance(found, dict) else ""
    return found


def work_out(expression: str, context: dict[str, Any]) -> Any:
    """Return the value of an expression of a workflow."""
    def word(match: re.Match[str]) -> str:
        token = match[0]
        if token[0] == "'":
            return repr(token[1:-1])
        if token in WORDS:
            return WORDS[token]
        return token if token == "hashFiles" else f"look_up(context, {token!r})"

    names = {"look_up": look_up, "context": context, "hashFiles": "hash of {}".format}
    return eval(TOKENS.sub(word, expression), names)


def fill(text: Any, context: dict[str, Any]) -> str:
    """Return a value of a workflow with its expressions worked out, as a runner puts it in."""
    if isinstance(text, bool):
        return str(text).lower()
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(work_out(match[1].strip(), context)), str(text))


@dataclass
class Runner:
    """Runs jobs of one forge. folder: where everything lies; forge: the folder of bare repositories."""

    folder: Path
    repository: str = "org/town"
    environment: dict[str, str] = field(default_factory=dict)
    log: str = ""

    @property
    def bare(self) -> Path:
        """The repository on the forge."""
        return self.folder / "forge" / f"{self.repository}.git"

    def tools(self) -> Path:
        """Return a folder of programs that stand before those of the machine."""
        tools = self.folder / "tools"
        if not tools.exists():
            tools.mkdir(parents=True)
            for name, text in {"python": PYTHON, "python3": PYTHON, "gongshi": GONGSHI}.items():
                (tools / name).write_text(text)
                (tools / name).chmod(0o755)
        return tools

    def shell(self, script: str, cwd: Path, options: tuple[str, ...] = ("-e",), **more: str) -> None:
        """Run a step's script; fails with what it said."""
        environment = {"PATH": f"{self.tools()}:{os.environ['PATH']}", "HOME": str(self.folder), "LANG": "C.UTF-8",
                       "PIP_ASKED": str(self.folder / "pip"), **self.environment, **more}
        said = subprocess.run(["bash", *options, "-c", script], cwd=cwd, env=environment, text=True, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.log += said.stdout
        if said.returncode:
            raise StepFailed(script, said.stdout)

    def workflow(self, path: Path, event: dict[str, Any], secrets: dict[str, str] | None = None,
                 variables: dict[str, str] | None = None) -> dict[str, str]:
        """Run a workflow of GitHub's kind for an event, and return how each of its jobs ended.

        event: the context `github`. Ends: success, failure, skipped.
        """
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        ends: dict[str, str] = {}
        needed: dict[str, Any] = {}
        for name, job in workflow["jobs"].items():
            context = {"github": {"token": "job-token", "repository": self.repository, **event}, "needs": needed,
                       "secrets": secrets or {}, "vars": variables or {}, "runner": {"os": "Linux"}}
            needs = job.get("needs")
            wanted = (not needs or ends[needs] == "success") and work_out(job.get("if", "'x'"), context)
            ends[name] = self._job(name, job, context) if wanted else "skipped"
            needed[name] = {"outputs": {key: fill(text, context) for key, text in job.get("outputs", {}).items()}}
        return ends

    def _job(self, name: str, job: dict[str, Any], context: dict[str, Any]) -> str:
        work = self.folder / "work" / name
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        context["steps"] = {}
        github = context["github"]
        self.environment = {
            "GITHUB_SERVER_URL": f"file://{self.folder}/forge", "GITHUB_REPOSITORY": self.repository,
            "GITHUB_REF": github["ref"], "GITHUB_SHA": github.get("sha", ""),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"), "GITHUB_API_URL": github.get("api_url", "")}
        try:
            for step in job["steps"]:
                if work_out(step.get("if", "'x'"), context):
                    context["steps"][step.get("id", "")] = {"outputs": self._step(step, work, context)}
        except StepFailed:
            return "failure"
        return "success"

    def _step(self, step: dict[str, Any], work: Path, context: dict[str, Any]) -> dict[str, str]:
        if "uses" in step:
            values = {key: fill(text, context) for key, text in step.get("with", {}).items()}
            return self._action(step["uses"].partition("@")[0], values, work, context["github"])
        output = self.folder / "output"
        output.write_text("")
        self.shell(step["run"], work, GITHUB_OUTPUT=str(output),
                   **{key: fill(text, context) for key, text in step.get("env", {}).items()})
        return outputs_of(output.read_text(encoding="utf-8"))

    def _action(self, action: str, values: dict[str, str], work: Path, github: dict[str, Any]) -> dict[str, str]:
        artifacts = self.folder / "artifacts"
        if action == "actions/checkout":
            depth = [] if values.get("fetch-depth") == "0" else ["--depth=1"]
            ref = values.get("ref") or github["ref"]
            for command in (["init", "-q"], ["fetch", "-q", *depth, f"file://{self.bare}", f"+{ref}:refs/ci/head",
                                             *([] if depth else ["+refs/heads/*:refs/remotes/origin/*"])],
                            ["checkout", "-q", "--detach", "refs/ci/head"]):
                git(work, *command)
        elif action == "actions/download-artifact":
            shutil.copytree(artifacts / values["name"], work / values["path"], dirs_exist_ok=True)
        elif action in ("actions/upload-artifact", "actions/upload-pages-artifact"):
            target = artifacts / values.get("name", "github-pages")
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(work / values["path"], target)
        elif action == "actions/deploy-pages":
            shutil.rmtree(self.folder / "pages", ignore_errors=True)
            shutil.copytree(artifacts / "github-pages", self.folder / "pages")
        elif action == "actions/cache/save":
            assert "refs/pull" not in github["ref"], "a request wrote the cache"
        else:
            assert action in ("actions/setup-python", "actions/cache/restore"), action
        return {"page_url": "https://example.org/", "cache-primary-key": values.get("key", "")}


class StepFailed(Exception):
    """A step ended with another code than 0."""


def outputs_of(text: str) -> dict[str, str]:
    """Return what a step wrote into GITHUB_OUTPUT, over several lines each."""
    return {name: value for name, _, value in re.findall(r"^(\w+)<<(\S+)\n(.*?)\n\2$", text, re.M | re.S)}


def git(folder: Path, *args: str) -> str:
    """Run git in a folder, with somebody to commit as, and return what it said."""
    said = subprocess.run(["git", "-c", "user.name=编辑", "-c", "user.email=editor@example.org", "-c",
                           "init.defaultBranch=main", *args], cwd=folder, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()
