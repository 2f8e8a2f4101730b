"""The first pass: what each record says for the schemes that count it. Runs in workers, batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.data import Row, target_of
from generator.records.appeal import Appeal
from generator.records.assessment import Assessment
from generator.records.base import Record, shape_of
from generator.records.bulletin import Bulletin
from generator.records.forms import When, has_come
from generator.records.listing import Listing
from generator.records.redemption import Redemption
from generator.records.scheme import Measure, Scheme
from generator.records.statements import Quantity
from generator.results import Amount, Fact
from generator.score.courses import Course, course_of


class Counted(NamedTuple):
    """What a measure counts, whatever the scheme then makes of it: schemes that count the same share their facts."""

    over: str
    subject: str
    how: str
    of: str | None
    since: str | None
    days: int | None
    where: tuple[tuple[str, str], ...]
    date: str | None
    illustrative: bool


def counted(measure: Measure, illustrative: bool) -> Counted:
    """Return what a measure counts in real or in illustrative records."""
    how = measure.take if measure.take in ("count", "ratio", "within_days") else "amount"
    return Counted(measure.over, measure.subject.partition(".")[0], how, measure.of, measure.since, measure.days,
                   tuple(sorted(measure.where.items())), measure.date, illustrative)


class Candidate(NamedTuple):
    """A subject that a scheme could rate; base: the number that it is taken per, None where it states none."""

    scheme: str
    subject: str
    illustrative: bool
    base: Fraction | None


class Found(NamedTuple):
    """A record that scoring reads whole: its key, and whether it is illustrative."""

    key: str
    illustrative: bool
    record: Any


@dataclass
class Facts:
    """What some records say for the schemes.

    gone: keys of the records that hold nothing but a tombstone; left: (scheme, illustrative) of the list entries among
    them that once stood; annulled: the withdrawn assessments. bulletins, courses: what bulletins tell.
    """

    facts: dict[Counted, list[Fact]] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    assessments: list[Found] = field(default_factory=list)
    listings: list[Found] = field(default_factory=list)
    appeals: list[Found] = field(default_factory=list)
    redemptions: list[Found] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    left: list[tuple[str, bool]] = field(default_factory=list)
    annulled: list[Found] = field(default_factory=list)
    bulletins: list[Found] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    _days: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def add(self, others: Facts) -> None:
        """Take in what other records say; a day is one text, however many facts are of it."""
        once = self._days.setdefault
        for what, some in others.facts.items():
            self.facts.setdefault(what, []).extend(Fact(once(one.day, one.day), *one[1:]) for one in some)
        for name in LISTS:
            getattr(self, name).extend(getattr(others, name))


LISTS = [f.name for f in fields(Facts) if f.name not in ("facts", "_days")]


def as_if(facts: Facts, trial: str, scheme: str, rule: Scheme) -> Facts:
    """Return the facts as if a scheme had the rule that was counted under the id `trial`.

    Assessments that lack points for a criterion of that rule are left out: under it their subjects are not rated.
    """
    needed = {criterion.id for criterion in rule.criteria}
    return replace(
        facts,
        candidates=[c._replace(scheme=scheme) if c.scheme == trial else c for c in facts.candidates
                    if c.scheme != scheme],
        assessments=[a for a in facts.assessments
                     if a.record.scheme != scheme or needed <= {s.criterion for s in a.record.scores}])


KEPT: dict[type[Record], str] = {
    Assessment: "assessments", Listing: "listings", Appeal: "appeals", Redemption: "redemptions",
    Bulletin: "bulletins"}


def facts_of(records: Iterable[tuple[Row, Record]], schemes: Mapping[str, Scheme], as_of: date, since: str = ""
             ) -> Facts:
    """Return what these records say for the schemes by `as_of`; what is withdrawn or has expired says nothing.

    since: the day from which bulletins tell what happened, empty where there are none.
    """
    found = Facts()
    rating: dict[str, list[tuple[str, Scheme]]] = defaultdict(list)
    counting: dict[tuple[str, bool], dict[Counted, Measure]] = defaultdict(dict)
    for id, scheme in schemes.items():
        if scheme.form != "mechanism":
            rating[scheme.subject or ""].append((id, scheme))
            for measure in scheme.measures:
                for illustrative in (False, True):
                    counting[measure.over.partition(".")[0], illustrative][counted(measure, illustrative)] = measure
    for row, record in records:
        if row.withdrawn:
            found.gone.append(row.key)
            if isinstance(record, Assessment):  # what came before an expired one must not come back
                kept = found.annulled if record.withdrawn else found.assessments
                kept.append(Found(row.key, row.illustrative, record))
            if isinstance(record, Listing) and has_come(record.entered, as_of):
                found.left.append((record.scheme, row.illustrative))
            continue
        if name := KEPT.get(type(record), ""):
            getattr(found, name).append(Found(row.key, row.illustrative, record))
        if since and (course := course_of(row, record, since, as_of)):
            found.courses.append(course)
        key = row.key
        for id, scheme in rating[row.kind]:
            if _is_meant(record, scheme.only, as_of):
                found.candidates.append(Candidate(id, key, row.illustrative, _base(record, scheme)))
        for what, measure in counting[row.kind, row.illustrative].items():
            found.facts.setdefault(what, []).extend(_measured(key, record, measure, as_of))
    return found


def _is_meant(part: Any, only: Mapping[str, str], as_of: date) -> bool:
    return all(_as_written(_value(part, name, as_of)) == value for name, value in only.items())


def _as_written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _base(record: Record, scheme: Scheme) -> Fraction | None:
    """Return the number that a value is taken per; what is only about right is no base."""
    stated = getattr(record, scheme.per.of) if scheme.per else None
    if isinstance(stated, Quantity):
        stated = stated.number if stated.bound == "exact" else None
    return Fraction(stated) if stated is not None else None


def _measured(key: str, record: Record, measure: Measure, as_of: date) -> Iterator[Fact]:
    rows = measure.over.partition(".")[2]
    name = measure.subject.partition(".")[0]
    today = as_of.isoformat()
    for part in getattr(record, rows) if rows else (record,):
        if measure.where and not _is_meant(part, measure.where, as_of):
            continue
        subject = key if name == "self" else getattr(part, name)
        if subject is None:
            continue
        day = _day(part, record, measure.date, as_of)
        if day > today:
            continue
        amount = _amount(part, measure, as_of)
        if amount is not None:
            credited = subject if name == "self" else _key(part.__class__, name, subject)
            yield Fact(day, key, _shared(amount), credited)


@lru_cache(maxsize=8192)
def _key(model: type[BaseModel], name: str, value: str) -> str:
    """Return the key of the record that a field names."""
    shape = shape_of(model, name)
    return target_of(value, shape) if shape else value


@lru_cache(maxsize=8192, typed=True)
def _shared(amount: Amount) -> Amount:
    """Return one object for equal amounts: what a batch repeats is then pickled once."""
    return amount


def _amount(part: Any, measure: Measure, as_of: date) -> Amount | None:
    """Return what one record contributes, None where it says nothing: that is never a zero."""
    if measure.take == "count":
        return 1
    value = _value(part, measure.of or "", as_of)
    if measure.take == "within_days":
        return _in_time(_value(part, measure.since or "", as_of), value, measure.days or 0, as_of)
    if measure.take == "ratio":
        if isinstance(value, When) or (value is None and _has(part, measure.of)):
            return int(has_come(value, as_of))
        return None if value is None else int(value)
    amount: Amount | None = value
    return amount


def _in_time(since: When | None, of: When | None, days: int, as_of: date) -> int | None:
    """Return 1 if the one followed the other within so many days, 0 if it did not or can't any more.

    None where a day is not known, and while there is still time: never finishing is no way to be in time.
    """
    begun = since.exact if since else None
    if begun is None:
        return None
    if of is None or not has_come(of, as_of):
        return 0 if begun + timedelta(days=days) < as_of else None
    return int((of.exact - begun).days <= days) if of.exact else None


def _has(part: Any, name: str | None) -> bool:
    """Whether a part has a field of that name."""
    model: type[BaseModel] = type(part)
    return name is not None and shape_of(model, name) is not None


def _value(part: Any, name: str, as_of: date) -> Any:
    return part.value(name, as_of) if isinstance(part, Record) else getattr(part, name)


def _day(part: Any, record: Record, name: str | None, as_of: date) -> str:
    if not name:
        return record.dated()
    owner = part if _has(part, name) else record
    when = _value(owner, name, as_of)
    return when.day if isinstance(when, When) else ""
