"""Red and black lists: the entries that stand, and what appeals against ratings and entries must keep to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from generator.problem import Place, Problem
from generator.records.appeal import Appeal
from generator.records.forms import add_months, same_party
from generator.records.listing import Listing
from generator.records.scheme import Scheme
from generator.results import Entry
from generator.score.facts import Facts, Found


def entries(listed: Iterable[Found], appeals: Iterable[Found], as_of: date) -> tuple[Entry, ...]:
    """Return the entries that stand on `as_of`, red before black, the newest first, each with its appeals."""
    against: dict[str, list[str]] = {}
    for key, _, appeal in appeals:
        against.setdefault(appeal.against, []).append(key)
    standing = [Entry(key, one, tuple(sorted(against.get(key, ())))) for key, _, one in listed
                if one.tombstone(as_of) is None]
    standing.sort(key=lambda e: e.key)
    standing.sort(key=lambda e: e.record.entered.day, reverse=True)
    return tuple(sorted(standing, key=lambda e: e.record.colour == "黑榜"))


def appealed(appeals: Iterable[Found], as_of: date) -> set[str]:
    """Return the keys of what an appeal that is not yet decided stands against."""
    return {one.record.against for one in appeals if one.record.is_pending(as_of)}


def check_lists(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the Problems of listings under their schemes. paths: record key -> its file."""
    rated = {(c.scheme, c.subject) for c in facts.candidates}
    for key, _, one in facts.listings:
        scheme = schemes.get(one.scheme)
        if scheme is None:
            continue
        if scheme.form != "list":
            yield Problem("wrong-form", Place(paths[key], keys=("scheme",)), {"value": one.scheme, "form": "list"})
        elif one.subject in paths and one.subject not in facts.gone and (one.scheme, one.subject) not in rated:
            yield Problem("not-rated", Place(paths[key], keys=("subject",)),
                          {"scheme": one.scheme, "value": one.subject})
        elif scheme.begins() > one.entered.day:
            yield Problem("version-not-in-force", Place(paths[key], keys=("scheme",)), {
                "value": one.scheme, "day": one.entered.day, "right": "—"})
        else:
            yield from _check_terms(one, scheme, paths[key])
    yield from _listed_twice(facts, paths)


def _listed_twice(facts: Facts, paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a Problem for every entry of a subject that stands on the same list already."""
    first: dict[tuple[str, str], str] = {}
    for key, _, one in sorted(facts.listings, key=lambda found: found.key):
        other = first.setdefault((one.scheme, one.subject), key)
        if other != key:
            yield Problem("listed-twice", Place(paths[key], keys=("subject",)), {"other": other})


def _check_terms(listing: Listing, scheme: Scheme, path: str) -> Iterator[Problem]:
    entered, expires = listing.entered.first, listing.expires.last
    if entered and expires and expires > add_months(entered, scheme.longest_months):
        yield Problem("listed-too-long", Place(path, keys=("expires",)), {
            "months": scheme.longest_months, "latest": add_months(entered, scheme.longest_months).isoformat()})
    mended = listing.rectification
    if mended and mended.verified and mended.leaves and mended.verified.first and mended.leaves.last:
        latest = mended.verified.first + timedelta(days=scheme.stays_days)
        if mended.leaves.last > latest:
            yield Problem("listed-too-long", Place(path, keys=("rectification", "leaves")), {
                "months": scheme.longest_months, "latest": latest.isoformat()})


def check_appeals(facts: Facts, paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the Problems of appeals: a decider who took part before, and decisions that were not carried out.

    An appeal against what does not exist is left to `link`; one against a tombstone has been carried out.
    """
    found = {key: one for key, _, one in [*facts.assessments, *facts.listings]}
    annulled = {key: one for key, _, one in facts.annulled}
    for key, _, appeal in facts.appeals:
        new = found.get(f"assessment/{appeal.new_assessment}")
        old = annulled.get(appeal.against, found.get(appeal.against))
        if new and old and new.subject != old.subject:
            yield Problem("other-subject", Place(paths[key], keys=("new_assessment",)), {"value": new.subject})
        if (target := found.get(appeal.against)) is not None:
            yield from _check_appeal(appeal, target, paths[key], paths[appeal.against])


def _check_appeal(appeal: Appeal, target: object, path: str, against: str) -> Iterator[Problem]:
    involved = {getattr(target, name, None) for name in ("assessor", "decided_by", "proposed_by")}
    if appeal.decided_by and any(name and same_party(appeal.decided_by, name) for name in involved):
        yield Problem("same-decider", Place(path, keys=("decided_by",)), {"value": appeal.decided_by})
    if appeal.outcome in ("撤销", "改判"):
        yield Problem("appeal-not-carried-out", Place(path, keys=("outcome",)), {
            "outcome": appeal.outcome, "path": against})
