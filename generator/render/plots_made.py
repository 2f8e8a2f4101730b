"""Level 2. Every plot of a site, real and illustrative apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator.data import Register, Row
from generator.render.lists import MARKS, mark_of
from generator.render.plots import Plot
from generator.render.plots_cases import case_plots
from generator.render.plots_results import Shelf, fund_plot, outcome_plots, plan_plot
from generator.results import Outcome


class Around(Shelf, Protocol):
    """What the plots are made from."""

    register: Register

    @property
    def outcomes(self) -> tuple[Outcome, ...]: ...
    inside: dict[tuple[str, str], list[Row]]


def plots_of(views: Around) -> dict[str, dict[str, Plot]]:
    """Return every plot by its mark and its slug, in the order of the page."""
    return {mark: {plot.slug: plot for plot in _all(views, mark)} for mark in MARKS}


def _all(views: Around, mark: str) -> Iterator[Plot]:
    def rows(kind: str) -> list[Row]:
        return [r for r in views.register.of_kind(kind) if mark_of(r) == mark and not r.withdrawn]
    yield from case_plots(rows("case"), _communities(views, mark), mark, views.as_of)
    yield from plan_plot(rows("project"), mark, views.as_of)
    yield from outcome_plots(views, views.outcomes, mark)
    for fund in rows("fund"):
        yield from fund_plot(fund, views.as_of)


def _communities(views: Around, mark: str) -> dict[str, list[Row]]:
    """Return the cases of every community that has any, by its title."""
    found = {}
    for place in views.register.of_kind("area"):
        if place.cells[0] == "社区" and not place.withdrawn:
            cases = [r for r in views.inside.get((place.id, mark), ()) if r.kind == "case"]
            if cases:
                found[place.title] = cases
    return found
