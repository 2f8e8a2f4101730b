"""Times the stages of a build from outside: nothing in the product knows of it."""

from __future__ import annotations

import functools
import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest import mock

from generator import build, cli

STAGES = {
    "generator.load.scan": "load: find the files",
    "generator.load.read": "load: read and parse YAML",
    "generator.gate.judge": "validate: personal numbers",
    "generator.validate.validate": "validate: models",
    "generator.batch.row_of": "validate: rows of the register",
    "generator.batch.read": "validate: put the records aside",
    "generator.link.link": "link",
    "generator.score.check_rules": "score: check the rules",
    "generator.score.facts_of": "score: facts",
    "generator.score.check_findings": "score: check the findings",
    "generator.score.score": "score: outcomes",
    "generator.shelling.make_shells": "render: shells (MkDocs)",
    "generator.shelling.world": "render: shells (MkDocs)",
    "generator.remembered.Memory.recall": "load: what was read before",
    "generator.remembered.remember": "load: what was read before",
    "generator.remembered.Memory.save": "load: what was read before",
    "generator.reuse.take_all": "publish: take files over",
    "generator.render.view.Views.__init__": "render: views",
    "generator.render.view.Views.context": "render: views",
    "generator.render.Prints.tables": "render: digests of tables",
    "generator.render.Prints.page": "render: digests of pages",
    "generator.reuse.recall": "render: what was before",
    "generator.reuse.remember": "render: what was before",
    "generator.render.all_pages": "render: views of lists and boards",
    "generator.painting.paint_records": "render: fetch the records",
    "generator.render.paint_records": "render: records",
    "generator.render.paint_pages": "render: lists and boards",
    "generator.render.paint.write": "render: write the pages",
    "generator.render.links.Links.broken": "render: check the links",
    "generator.gate.Skimmer.is_clean": "publish: look through what was built",
    "generator.gate.inspect": "publish: look through what was built",
    "generator.publish.commit": "publish",
}
REST = "the rest"


def profile(config: Path, out: Path) -> dict[str, float]:
    """Build a site serially in this process; return the seconds of each stage without those that it calls."""
    site = cli.site_at(config)
    clock = Clock()
    with ExitStack() as stack, clock.running(REST):
        for name, stage in STAGES.items():
            stack.enter_context(mock.patch(name, clock.timed(stage, resolve_name(name))))
        build.build(site, out, cli.today(site, None), 1, lambda *_: None, "")
    return {stage: clock.seconds[stage] for stage in (*STAGES.values(), REST)}


class Clock:
    """Adds up the seconds of stages; while one stage calls another, only the inner one's clock runs."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys([*STAGES.values(), REST], 0.0)
        self._within: list[str] = []
        self._since = 0.0

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        """Count the time inside for `stage`."""
        self._turn()
        self._within.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._within.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._within:
            self.seconds[self._within[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, or generator function, with its time counted for `stage`."""
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.running(stage):
                return function(*args, **kwargs)

        @functools.wraps(function)
        def generate(*args: Any, **kwargs: Any) -> Iterator[Any]:
            items, end = function(*args, **kwargs), object()
            while True:
                with self.running(stage):
                    item = next(items, end)
                if item is end:
                    return
                yield item

        return generate if inspect.isgeneratorfunction(function) else call
