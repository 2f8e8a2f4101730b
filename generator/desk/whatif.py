"""`gongshi whatif`: who would move if a rule were changed. Nothing is written into the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import build, load, score, validate
from generator.config import Site
from generator.data import Raw
from generator.execute import Report
from generator.problem import ContentError, DeskError, Place, Problem
from generator.records import kinds
from generator.records.scheme import Scheme, root_of
from generator.results import Outcome, Standing

TRIAL = "(whatif)"
"""The id under which the changed rule is counted beside the one on file; no file can have it."""


@dataclass(frozen=True)
class Move:
    """One subject's result before and after; `up` is -1, 0 or 1 where both have a rank or stars."""

    subject: str
    title: str
    before: str
    after: str
    up: int


@dataclass(frozen=True)
class Preview:
    """What a changed rule would do to one outcome: who would move, of how many."""

    title: str
    period: str
    frozen: bool
    illustrative: bool
    subjects: int
    moves: tuple[Move, ...]


def whatif(site: Site, scheme: str, changed: Path, as_of: date, workers: int, report: Report) -> list[Preview]:
    """Return who would move in each outcome of a scheme under the rule in the file `changed`; frozen periods stay.

    Raises: ContentError with the Problems of the content or of the changed rule; DeskError for an unknown scheme.
    """
    rule = _read_rule(changed)
    _check_rule({TRIAL: rule}, changed)
    gathered = build.gather(site, as_of, workers, report, {TRIAL: rule})
    schemes = gathered.read.schemes
    if scheme not in schemes:
        raise DeskError("no-scheme", name=scheme, known="、".join(schemes))
    old_rule = schemes[scheme]
    # Tried as if it were in force already: a file of the version to come names another day and what it replaces.
    rule = rule.model_copy(update={name: getattr(old_rule, name) for name in ("replaces", "effective", "ends")})
    _check_rule({**schemes, scheme: rule}, changed)
    facts, register = gathered.read.facts, gathered.register
    trial = score.as_if(facts, TRIAL, scheme, rule)
    old, new = ({o.key: o for o in score.score(rules, found, register, as_of, gathered.closed)[0].outcomes
                 if o.family == root_of(scheme, schemes)}
                for rules, found in ((schemes, facts), ({**schemes, scheme: rule}, trial)))
    titles = {key: row.title for key, row in register.rows.items()}
    newest_first = sorted({*old, *new}, key=lambda key: key[1:], reverse=True)
    return [_preview(old.get(key), new.get(key), titles) for key in newest_first]


def _read_rule(path: Path) -> Scheme:
    name = str(path)
    try:
        raw = Raw("scheme", path.stem, name, load.parse(load.text_of(name)))
    except load.Refused as fault:
        raise ContentError([Problem(fault.code, Place(name, fault.line, fault.column), fault.values)]) from None
    found = validate.validate(raw, kinds())
    if not isinstance(found, Scheme):
        assert isinstance(found, list)
        raise ContentError(load.locate(Path(), found))
    return found


def _check_rule(schemes: Mapping[str, Scheme], path: Path) -> None:
    """Refuse a changed rule that does not fit, at its place in the changed file. Raises: ContentError."""
    if unsound := score.check_rules(schemes, {f"scheme/{id}": str(path) for id in schemes}):
        raise ContentError(load.locate(Path(), unsound))


def _preview(old: Outcome | None, new: Outcome | None, titles: dict[str, str]) -> Preview:
    about = new or old
    assert about is not None
    was, now = ({s.subject: s for s in o.standings} if o else {} for o in (old, new))
    subjects = list(dict.fromkeys([*now, *was]))
    moves = (_move(subject, titles.get(subject, subject), was.get(subject), now.get(subject)) for subject in subjects)
    return Preview(about.title, about.words, bool(old and old.frozen), about.illustrative, len(subjects),
                   tuple(sorted((m for m in moves if m.before != m.after), key=lambda m: -m.up)))


def _move(subject: str, title: str, was: Standing | None, now: Standing | None) -> Move:
    before, after = (score.told(s) if s else "不在榜" for s in (was, now))
    return Move(subject, title, before, after, _up(was, now))


def _up(was: Standing | None, now: Standing | None) -> int:
    if was is None or now is None:
        return 0
    if was.rank and now.rank and was.rank != now.rank:
        return 1 if now.rank < was.rank else -1
    if was.stars is not None and now.stars is not None and was.stars != now.stars:
        return 1 if now.stars > was.stars else -1
    return 0
