"""Fixtures that every test may use; what they make stands in `tests/sites.py`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from generator.cli import main
from tests.sites import BASE, CONFIG, RATED, build_site, write_site

settings.register_profile("gongshi", max_examples=30, deadline=None, derandomize=True)
settings.load_profile("gongshi")


def pytest_xdist_auto_num_workers() -> int:
    """Run in one process more than there are cores: a third of the suite's time is waiting for browsers and servers."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Write a site of the given files over the small clean one, and return its configuration file."""

    def make(files: Mapping[str, str | bytes | None] | None = None, config: str = CONFIG, base: bool = True) -> Path:
        return write_site(tmp_path / "town", {**(BASE if base else {}), **(files or {})}, config)

    return make


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command in this process, with one worker, in the given locale."""

    def invoke(*args: str, lang: str = "zh_CN.UTF-8") -> Result:
        workers = ("--workers", "1") if args[0] in ("check", "build", "inspect") else ()
        runner = CliRunner(env={"LANG": lang, "LC_ALL": None, "LC_MESSAGES": None})
        return runner.invoke(main, [args[0], *workers, *args[1:]])

    return invoke


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a small clean site, with a board and a star rating; only to be looked at."""
    root = tmp_path_factory.mktemp("published")
    build_site(write_site(root, {**BASE, **RATED}), root / "site")
    return root / "site"
