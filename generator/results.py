"""Level 1. Outcomes of schemes: what `score` hands to `render`, and their JSON, which also freezes them.

Values are exact (`Fraction`, rounded only where a scheme says so); a standing's total is the sum of its tallies'
points, and a tally's value the sum of what its credits add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from operator import add
from typing import Any, Literal, NamedTuple

from generator.editions import Edition
from generator.records.assessment import Assessment
from generator.records.listing import Listing

NOTHING, WHOLE = Fraction(0), Fraction(1)

Reason = Literal["unassessed", "lapsed", "appealed", "exempt", "small-sample", "no-base", "no-records", "no-previous"]
REASONS: dict[Reason, str] = {
    "unassessed": "未评定", "lapsed": "待评定", "appealed": "申诉复核中", "exempt": "免评", "small-sample": "样本不足",
    "no-base": "缺折算基数", "no-records": "本期无记录", "no-previous": "无上期可比"}
"""Why a subject has no rank or no star: each is an outcome of its own, never a zero."""


Amount = int | Decimal | Fraction


class Fact(NamedTuple):
    """Something counted: when, on whose word, how much, and for whom as written. Sorts the oldest first.

    subject: key of the record that is named, before a hop (`volunteer.team`) or the way up to a rated place.
    """

    day: str
    evidence: str
    amount: Amount
    subject: str


class Credit(NamedTuple):
    """One contribution: how much was found, what it adds to its tally's value, when, and the record that proves it."""

    amount: Fraction
    adds: Fraction
    day: str
    evidence: str


class Tally(NamedTuple):
    """One measure's or criterion's part in a standing: its value, the points that it gives, and what they come from.

    take: how the value comes from the amounts; facts: newest first; parts: which part of each amount adds to the value.
    """

    label: str
    take: str
    unit: str
    value: Fraction
    points: Fraction
    facts: tuple[Fact, ...]
    parts: tuple[Fraction, ...]

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Every contribution, newest first; made where they are shown, as most of a large site's are once."""
        amounts = (fraction(fact.amount) for fact in self.facts)
        return tuple(Credit(amount, product(amount, part), fact.day, fact.evidence)
                     for fact, amount, part in zip(self.facts, amounts, self.parts, strict=True))

    @property
    def times(self) -> int:
        """How many contributions there are."""
        return len(self.facts)


class Step(NamedTuple):
    """One way of reaching a goal by one measure or criterion alone: how much more (or less), or the value needed."""

    label: str
    amount: Fraction
    unit: str
    take: str
    value: Fraction | None = None
    falls: bool = False


class Way(NamedTuple):
    """What the next place or star would take: the goal in words, the points missing, and what alone would do."""

    goal: str
    gap: Decimal
    steps: tuple[Step, ...]


class Rating(NamedTuple):
    """One assessment of a subject, with what its own scheme made of it; of an expired one no more than its day."""

    key: str
    record: Assessment
    stars: int | None
    word: str
    version: str
    state: Literal["valid", "lapsed", "superseded", "appealed", "expired"]


class Standing(NamedTuple):
    """One subject's outcome: rank (shared on ties), value, stars and word; or the reason why there is none.

    ratings: its assessments, newest first, where the scheme rates by them; detail: what is added to the reason.
    before: its rank in the period before.
    """

    subject: str
    rank: int | None = None
    value: Decimal | None = None
    tallies: tuple[Tally, ...] = ()
    stars: int | None = None
    word: str | None = None
    reason: Reason | None = None
    detail: str = ""
    before: int | None = None
    ways: tuple[Way, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def times(self) -> int:
        """How many contributions there are in all."""
        return sum(t.times for t in self.tallies)

    @property
    def outcome(self) -> str:
        """The outcome in one word: a band's, or the reason why there is none."""
        return self.word or (REASONS[self.reason] if self.reason else "")

    @property
    def assessed(self) -> Rating | None:
        """The assessment that counts now; for who is exempt, none does."""
        return None if self.value is None else next((r for r in self.ratings if r.state == "valid"), None)


class Entry(NamedTuple):
    """One entry of a red and black list that stands, and the appeals against it."""

    key: str
    record: Listing
    appeals: tuple[str, ...]


class Spending(NamedTuple):
    """Points spent once."""

    key: str
    day: str
    points: Decimal
    item: str


@dataclass(frozen=True)
class Account:
    """What a volunteer or a team earned under one points scheme from its beginning, and what was spent."""

    scheme: str
    earned: Decimal
    spent: tuple[Spending, ...]
    members: int = 0

    @property
    def spent_total(self) -> Decimal:
        """What was spent in all."""
        return sum((s.points for s in self.spent), Decimal(0))

    @property
    def balance(self) -> Decimal:
        """What is left to spend."""
        return self.earned - self.spent_total


class Differs(NamedTuple):
    """A subject whose result the records now tell otherwise than the frozen outcome."""

    subject: str
    frozen: str
    now: str


@dataclass(frozen=True)
class Frozen:
    """A closed period: the record that froze it, its corrections, and where the records now differ.

    touched: what it was computed from is no longer as it was then, whether or not that changes the result.
    """

    key: str
    closed: str
    corrections: tuple[str, ...] = ()
    differs: tuple[Differs, ...] = ()
    touched: bool = False


@dataclass(frozen=True)
class Outcome:
    """A scheme's standings for one period and scope, real and illustrative subjects never together.

    scheme: id of the version under which it was computed; family: id of the first version, which addresses hold.
    period: as `2026-Q4`, empty for all time; words: the period in words; scope: key of the area, empty for all.
    examples: the subjects are illustrative; illustrative: they, or the scheme itself. running: the period goes on.
    left: how many entries have left a list.
    """

    scheme: str
    family: str
    title: str
    form: str
    period: str
    words: str
    scope: str
    examples: bool
    illustrative: bool
    standings: tuple[Standing, ...] = ()
    entries: tuple[Entry, ...] = ()
    frozen: Frozen | None = None
    running: bool = False
    left: int = 0

    @cached_property
    def ranked(self) -> int:
        """How many subjects have a rank."""
        return sum(1 for standing in self.standings if standing.rank is not None)

    @cached_property
    def moves(self) -> bool:
        """Whether anybody's rank in the period before is known."""
        return any(s.before for s in self.standings)

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """What tells this outcome from every other: family, period, scope, real or illustrative."""
        return self.family, self.period, self.scope, self.examples


@dataclass(frozen=True)
class Results:
    """All that scoring found. accounts: subject key -> its accounts, one per points scheme; editions: of bulletins."""

    outcomes: tuple[Outcome, ...] = ()
    accounts: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    editions: tuple[Edition, ...] = ()


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────


def exact(value: Fraction | Decimal | int | None) -> int | float | str | None:
    """Return a number as JSON holds it exactly: a plain number, or `61/64` where decimals would not end."""
    return None if value is None else _exact(*value.as_integer_ratio())


@lru_cache(maxsize=8192)
def _exact(above: int, below: int) -> int | float | str:
    if below == 1:
        return above
    number = above / below
    return number if Decimal(str(number)).as_integer_ratio() == (above, below) else f"{above}/{below}"


def number_of(value: int | float | str | None) -> Fraction | None:
    """Return what `exact` wrote as an exact number."""
    return None if value is None else Fraction(str(value))


def rows_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the standings as rows of plain values, every contribution included; keys only, no names."""
    return [_row(standing) for standing in outcome.standings]


def _row(s: Standing) -> dict[str, Any]:
    return {
        "rank": s.rank, "subject": s.subject, "value": exact(s.value), "outcome": s.outcome, "stars": s.stars,
        "reason": s.reason, "detail": s.detail, "before": s.before,
        "measures": [{"measure": t.label, "take": t.take, "unit": t.unit, "count": t.times, "value": exact(t.value),
                      "points": exact(t.points)} for t in s.tallies],
        "contributions": [{"record": c.evidence, "measure": t.label, "amount": exact(c.amount), "adds": exact(c.adds),
                           "date": c.day} for t in s.tallies for c in t.credits]}


def standings_of(rows: list[dict[str, Any]]) -> tuple[Standing, ...]:
    """Return the standings that `rows_of` wrote; ways and assessments are not kept in rows."""
    return tuple(_standing(row) for row in rows)


def _standing(row: dict[str, Any]) -> Standing:
    reason = row["reason"]
    value = number_of(row["value"])
    return Standing(
        row["subject"], row["rank"], None if value is None else decimal(value), tuple(_tallies(row)), row["stars"],
        None if reason else row["outcome"] or None, reason, row["detail"], row["before"])


def _tallies(row: dict[str, Any]) -> Iterator[Tally]:
    for measure in row["measures"]:
        mine = [c for c in row["contributions"] if c["measure"] == measure["measure"]]
        amounts = [number_of(c["amount"]) or NOTHING for c in mine]
        facts = [Fact(c["date"], c["record"], amount, row["subject"]) for c, amount in zip(mine, amounts, strict=True)]
        parts = [(number_of(c["adds"]) or NOTHING) / amount if amount else NOTHING
                 for c, amount in zip(mine, amounts, strict=True)]
        yield Tally(measure["measure"], measure["take"], measure["unit"], number_of(measure["value"]) or NOTHING,
                    number_of(measure["points"]) or NOTHING, tuple(facts), tuple(parts))


def decimal(value: Fraction) -> Decimal:
    """Return a fraction whose decimals end as a Decimal."""
    return Decimal(value.numerator) / Decimal(value.denominator)


@lru_cache(maxsize=8192)
def fraction(value: int | Decimal | Fraction) -> Fraction:
    """Return a number as a fraction; equal ones are one object, as most of a site's amounts are."""
    return WHOLE if value == 1 else Fraction(value)


def total(values: Iterable[Fraction | Decimal | int]) -> Fraction:
    """Return the exact sum, numerators added up for each denominator: much faster than one after the other."""
    over: dict[int, int] = {}
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        over[denominator] = over.get(denominator, 0) + numerator
    return reduce(add, (fraction(n) if d == 1 else Fraction(n, d) for d, n in over.items())) if over else NOTHING


def product(value: Fraction, by: Fraction) -> Fraction:
    """Return the product, without arithmetic where a factor is the one that `fraction` gives for 1, as it mostly is."""
    if by is WHOLE:
        return value
    return by if value is WHOLE else value * by
