"""Level 2. pygal's plots without what a page of ours never keeps; imported where the first one is drawn."""

from __future__ import annotations

from functools import cache
from typing import Any

import pygal  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]


@cache
def style(size: int) -> Style:
    """Return what all words of a plot have: one size, in px."""
    return Style(label_font_size=size, major_label_font_size=size, value_font_size=size)


class _Bare:
    """A plot of pygal's that makes no style sheet and no script, as none is kept, and finds its numbers at once.

    pygal asks for its state three times at every name; the shapes are the same, in two thirds of the time.
    """

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute of the state, once there is one, or of the plot."""
        own = object.__getattribute__
        state = own(self, "__dict__").get("state")
        if state is not None and name != "state" and name in state.__dict__:
            return state.__dict__[name]
        return own(self, name)

    def _draw(self) -> None:
        super()._draw()  # type: ignore[misc]
        self.svg.pre_render = lambda: None


class Columns(_Bare, pygal.Bar):
    """A column for each number."""


class Stacked(_Bare, pygal.StackedBar):
    """A column of several parts for each label."""


class Line(_Bare, pygal.Line):
    """Dots that a line joins."""


class Days(_Bare, pygal.XY):
    """What lies on an axis of days."""
