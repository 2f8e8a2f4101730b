"""Level 0. What is wrong with the content, as values: a Problem says where, what, and what to type.

The error tree:

    GongshiError            anything we raise on purpose; the command line prints it and exits 1
    ├── ContentError        the content or the configuration has Problems (all of one run, sorted)
    ├── DeskError           what an editor asked for can't be done; nothing was written
    └── PublishError        the release could not be put in place; the site that stood still stands

Anything else that is raised is a fault of the program and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from generator.wording import Language, legible, say


class GongshiError(Exception):
    """The root of the errors that we raise on purpose."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a Problem stands. `line` and `column` count from 1; 0 means not looked up yet.

    `keys` is the path of mapping keys and list positions inside the file, from which a position can be
    looked up; only a failing build pays for that (see `load.locate`).
    """

    path: str
    line: int = 0
    column: int = 0
    keys: tuple[str | int, ...] = field(default=(), compare=False)

    @property
    def shown(self) -> str:
        """The path as it can be shown."""
        return legible(self.path)

    def __str__(self) -> str:
        return f"{self.shown}:{self.line}:{self.column}" if self.line else self.shown


@dataclass(frozen=True)
class Problem:
    """One fault of the content. `code` names its wording; `values` fill the gaps in it."""

    code: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)

    def message(self, language: Language = "zh") -> str:
        """Return what is wrong and what to type, in one line."""
        return say(self.code, self.values, language)

    def line(self, language: Language = "zh") -> str:
        """Return `path:line:column: message [code]`, which editors and forges turn into a link."""
        return f"{self.place}: {self.message(language)} [{self.code}]"

    def at(self, line: int, column: int) -> Problem:
        """Return the same Problem with its position known."""
        return replace(self, place=replace(self.place, line=line, column=column))


class ContentError(GongshiError):
    """The content has Problems: `problems` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems, key=lambda p: (p.place, p.code, str(p.values)))
        super().__init__("\n".join(p.line() for p in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        """Keep the problems on the way out of a worker process."""
        return ContentError, (self.problems,)


class PublishError(GongshiError):
    """The release could not be written or put in place."""


class DeskError(GongshiError):
    """An editor's command that can't be carried out. `code` names its wording; `values` fill the gaps in it."""

    def __init__(self, code: str, **values: str):
        self.code, self.values = code, values
        super().__init__(say(code, values, "zh"))

    def line(self, language: Language = "zh") -> str:
        """Return what is wrong and what to do, in one line."""
        return f"{say(self.code, self.values, language)} [{self.code}]"
