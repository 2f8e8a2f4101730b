"""What pages need to know of an outcome or a rating by itself: its addresses, and how much of it fits where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.records.scheme import Scheme
from generator.render.results import SHOWN
from generator.results import Outcome, Rating, Standing

TOGETHER, FEW = 240, 5
"""A subject's page lists so many contributions in all; of an outcome beyond that the newest few of each measure."""


def beyond_the_page(standings: Iterable[tuple[Outcome, Standing]]) -> Iterator[Outcome]:
    """Yield the outcomes whose contributions don't fit on the subject's page: too many at once, or together."""
    shown = 0
    for outcome, standing in standings:
        if standing.times > SHOWN or shown + standing.times > TOGETHER:
            yield outcome
        else:
            shown += standing.times


def board_url(outcome: Outcome) -> str:
    """Return the address of an outcome's first page below the root."""
    folder = "stars" if outcome.form == "stars" else "boards"
    scope = "in-" + outcome.scope.partition("/")[2] if outcome.scope else ""
    marks = [outcome.family, outcome.period, scope, "example" if outcome.examples else ""]
    return f"{folder}/{'.'.join(mark for mark in marks if mark)}.html"


def whole_url(outcome: Outcome, subject: str) -> str:
    """Return the address of the page with every contribution to a subject's standing."""
    return f"{board_url(outcome).removesuffix('.html')}.of-{subject.partition('/')[2]}.html"


def badge_url(family: str, subject: str) -> str:
    """Return the address of a subject's badge and certificate, without its ending."""
    return f"badges/{family}.{subject.partition('/')[2]}"


def is_shown(rating: Rating, scheme: Scheme) -> bool:
    """Whether a rating has stars and is not a failing one: only such a one is a badge."""
    return bool(rating.stars) and not any(b.failing and b.word == rating.word for b in scheme.bands)


def latest(standing: Standing) -> Rating | None:
    """Return the assessment that counts, or the newest where none does."""
    return standing.assessed or next(iter(standing.ratings), None)


def valid_until(rating: Rating, scheme: Scheme) -> date | None:
    """Return the last day on which a rating counts, None for one without end."""
    return rating.record.valid_until(scheme.valid_months)


def whole_months(since: date, until: date) -> int:
    """Return how many whole months have passed."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
