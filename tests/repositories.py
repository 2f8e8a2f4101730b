"""Small git repositories that hold a tiny site, and what `gongshi diff` tells of their versions."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import cli
from generator.desk.diff import Difference, Entry, difference
from tests.sites import AS_OF, BASE, CONFIG, quiet, write_site

Files = Mapping[str, str | bytes | None]
WHO = {"GIT_AUTHOR_NAME": "编辑", "GIT_AUTHOR_EMAIL": "editor@example.org", "GIT_COMMITTER_NAME": "编辑",
       "GIT_COMMITTER_EMAIL": "editor@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> str:
    """Return what git says in a folder; nothing of this machine's own settings counts."""
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True,
                          env={**os.environ, **WHO}).stdout.strip()


class Town(NamedTuple):
    """A repository with a site in it: `root` is the site's folder, in the repository or its top."""

    root: Path

    @property
    def config(self) -> Path:
        """The site's configuration file."""
        return self.root / "site_config.yml"

    def write(self, files: Files, config: str = "") -> None:
        """Change files below content/ and, where given, the configuration."""
        write_site(self.root, files, config or self.config.read_text(encoding="utf-8"))

    def commit(self, files: Files, config: str = "") -> str:
        """Change files and commit everything; return the commit."""
        self.write(files, config)
        git(self.root, "add", "--all", ":/")
        git(self.root, "commit", "--quiet", "--allow-empty", "-m", "更新")
        return git(self.root, "rev-parse", "HEAD")

    def diff(self, asked: str = "HEAD") -> Difference:
        """Return what becomes public between two versions."""
        return difference(self.config, asked, cli.site_at, lambda site: AS_OF, 1, quiet)

    def changed(self, files: Files, config: str = "") -> Difference:
        """Return what becomes public by changes that are not committed; fails where either version has Problems."""
        self.write(files, config)
        found = self.diff()
        assert not found.problems and not found.before, [p.line() for p in (*found.problems, *found.before)]
        return found


def town(root: Path, files: Files | None = None, inside: str = "") -> Town:
    """Return a repository with one commit of the small clean site. inside: the site's folder below its top."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    made = Town(root / inside)
    made.commit({**BASE, **(files or {})}, CONFIG)
    return made


def entries(found: Difference, code: str) -> list[Entry]:
    """Return the entries of one section, none where it is not there."""
    return [entry for section in found.sections if section.code == code for entry in section.entries]


def told(found: Difference, code: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Return key -> label -> (before, after) of one section."""
    return {entry.key: {change.label: (change.before, change.after) for change in entry.changes}
            for entry in entries(found, code)}


def codes(found: Difference) -> list[str]:
    """Return which sections there are, in their order."""
    return [section.code for section in found.sections]
