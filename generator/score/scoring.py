"""The order of scoring: families of schemes, each under the version of its time, become outcomes and accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache, partial

from generator.data import Register
from generator.editions import Kept
from generator.periods import period_of, span
from generator.problem import Problem
from generator.records.scheme import Scheme
from generator.results import Account, Fact, Frozen, Outcome, Results, Standing, fraction, product
from generator.score.accounts import accounts, overdrawn
from generator.score.boards import Grouped, exempted, improvement, leaderboard, with_movement, with_ways
from generator.score.bulletins import editions
from generator.score.facts import Facts, counted
from generator.score.families import Family, families
from generator.score.freeze import Closed, Key, differences, inputs_digest
from generator.score.lists import appealed, entries
from generator.score.periods import BEFORE, ROLLING, has_ended, last_of, previous, window_of, words_of
from generator.score.stars import ratings
from generator.score.subjects import Resolver

Boards = dict[Key, tuple[str, tuple[Standing, ...]]]
"""Outcome's key -> the version that it is computed under, and its standings."""


def score(schemes: Mapping[str, Scheme], facts: Facts, register: Register, as_of: date,
          closed: Iterable[Closed] = (), kept: Mapping[str, Kept] | None = None) -> tuple[Results, list[Problem]]:
    """Return every outcome (by family, newest period first, real subjects before illustrative ones) and the accounts.

    Real and illustrative never stand in one outcome: what an illustrative record says counts for illustrative
    subjects only. An illustrative scheme makes its outcomes illustrative. closed: the periods that are frozen;
    kept: the bulletins that are.
    """
    in_force = {id: scheme for id, scheme in schemes.items()
                if not scheme.withdrawn and scheme.has_begun(as_of) and scheme.form != "mechanism"}
    settled = {one.key: one for one in closed if one.day <= as_of.isoformat()}
    scorer = _Scorer(in_force, families(in_force, schemes), facts, register, as_of, settled)
    found = [outcome for family in scorer.families for outcome in scorer.of(family)]
    shown = {outcome.key for outcome in found}
    found += [_kept(one, schemes[one.scheme], as_of) for one in scorer.closed.values()
              if one.key not in shown and one.scheme in schemes]
    books, problems = scorer.accounts()
    told = editions(facts.bulletins, facts.courses, schemes, register, found, as_of, kept or {})
    return Results(tuple(found), books, told), problems


def _kept(closed: Closed, scheme: Scheme, as_of: date) -> Outcome:
    """Return a frozen outcome as it was, though its scheme no longer gives any."""
    family, period, scope, examples = closed.key
    return Outcome(closed.scheme, family, scheme.title, "leaderboard", period, words_of(period, scheme, as_of), scope,
                   examples, examples or scheme.illustrative, closed.standings,
                   frozen=Frozen(closed.record, closed.day, closed.corrections))


class _Scorer:
    """What scoring looks up again and again: who may be rated, what counts for whom in which period."""

    def __init__(self, schemes: Mapping[str, Scheme], families: list[Family], facts: Facts, register: Register,
                 as_of: date, closed: Mapping[Key, Closed]):
        self.schemes, self.families, self.facts, self.register = schemes, families, facts, register
        self.as_of, self.closed = as_of, closed
        self.made_up: dict[str, dict[str, bool]] = defaultdict(dict)
        self.subjects: dict[tuple[str, bool], dict[str, Fraction | None]] = defaultdict(dict)
        for scheme, subject, illustrative, base in facts.candidates:
            if scheme in schemes:
                self.made_up[scheme][subject] = illustrative
                self.subjects[scheme, illustrative][subject] = base
        self.resolver = Resolver(register, schemes, {id: some.keys() for id, some in self.made_up.items()})
        self.computed: dict[tuple[str, bool], Boards] = {}
        self.scoped: dict[tuple[str, bool], dict[str, dict[str, Fraction | None]]] = {}

    def _credited(self, id: str, examples: bool) -> Iterator[tuple[int, str, Fact]]:
        """Yield (measure, subject, fact) for all that one version of a scheme counts for real or illustrative ones."""
        for index, measure in enumerate(self.schemes[id].measures):
            whom = cache(partial(self._whom, id, index, examples))
            for illustrative in (False, True) if examples else (False,):
                for fact in self.facts.facts.get(counted(measure, illustrative), ()):
                    if (subject := whom(fact.subject)) is not None:
                        yield index, subject, fact

    def _whom(self, id: str, measure: int, examples: bool, named: str) -> str | None:
        subject = self.resolver.subject(id, measure, named)
        return subject if subject is not None and self.made_up[id][subject] == examples else None

    def of(self, family: Family) -> Iterator[Outcome]:
        """Yield the outcomes of one family."""
        for examples in (False, True):
            form = family.on(self.as_of)[1].form
            if form == "list":
                yield from self._list(family, examples)
            else:
                boards = self._stars(family, examples) if form == "stars" else self._boards(family, examples)
                yield from self._told(family, boards, examples)

    def _told(self, family: Family, boards: Boards, examples: bool) -> Iterator[Outcome]:
        """Yield the outcomes of computed boards, frozen ones as they were frozen, with movement, newest first."""
        boards = {key: (closed.scheme, ()) for key, closed in self.closed.items()
                  if key[0] == family.id and key[3] == examples} | boards
        shown = self._as_frozen(boards)
        for key in sorted(shown, key=lambda k: (k[1], k[2]), reverse=True):
            id, standings = shown[key]
            scheme = self.schemes.get(id) or family.on(self.as_of)[1]
            if key[1] == BEFORE:
                continue
            frozen = None
            if key in self.closed:
                kept, now = self.closed[key], boards[key][1]
                frozen = Frozen(kept.record, kept.day, kept.corrections, differences(kept.standings, now),
                                inputs_digest(now, scheme) != kept.inputs)
            elif scheme.form == "leaderboard":
                standings = with_ways(scheme, standings, self.subjects[id, examples])
            if (before := self._comparable(key, scheme, shown)) and (frozen is None or before in self.closed):
                standings = with_movement(standings, shown[before][1])
            yield self._outcome(family, id, scheme, key, standings, frozen)

    def _comparable(self, key: Key, scheme: Scheme, shown: Boards) -> Key | None:
        """Return the key of the period before, None where there is none or another version held: ranks under two
        rules tell nothing of each other. What a frozen board compares with must be frozen, too."""
        before = (key[0], previous(key[1], scheme.period) or "", *key[2:])
        return before if before != key and before in shown and shown[before][0] == shown[key][0] else None

    def _as_frozen(self, boards: Boards) -> Boards:
        """Return the boards with every closed period as it was frozen."""
        return {key: (self.closed[key].scheme, self.closed[key].standings) if key in self.closed else board
                for key, board in boards.items()}

    def _outcome(self, family: Family, id: str, scheme: Scheme, key: Key, standings: tuple[Standing, ...],
                 frozen: Frozen | None) -> Outcome:
        period = "" if key[1] == ROLLING else key[1]
        return Outcome(id, family.id, scheme.title, scheme.form, period, words_of(period, scheme, self.as_of), key[2],
                       key[3], key[3] or scheme.illustrative, standings, frozen=frozen,
                       running=bool(period) and not has_ended(period, self.as_of))

    # ── leaderboards ─────────────────────────────────────────────────────────────────────────────────────────

    def _boards(self, family: Family, examples: bool) -> Boards:
        """Return the boards of a family; another that compares them asks again."""
        if (boards := self.computed.get((family.id, examples))) is not None:
            return boards
        boards = self.computed[family.id, examples] = {}
        for id, scheme in family.versions:
            if scheme.compares:
                boards |= self._improvements(family, id, scheme, examples)
                continue
            for (period, scope), found in self._by_period(family, id, examples).items():
                boards[family.id, period, scope, examples] = id, leaderboard(
                    scheme, found, self._within(id, examples)[scope], exempted(scheme, self._last_day(period)))
        return boards

    def _days(self, period: str) -> tuple[date, date]:
        """Return the first and the last day by which a period is judged; what has no bounds is judged by `as_of`."""
        return span(period) if period not in ("", ROLLING, BEFORE) else (self.as_of, self.as_of)

    def _last_day(self, period: str) -> date:
        """Return the day on which exemptions of a period are judged: its last, or `as_of` while it goes on."""
        return min(self._days(period)[1], self.as_of)

    def _version(self, family: Family, period: str) -> str:
        """Return the version under which a period is scored: the one in force on its first day."""
        return family.on(self._days(period)[0])[0]

    def _is_too_early(self, family: Family, period: str) -> bool:
        """Whether a period was over before there was a rule."""
        return self._days(period)[1].isoformat() < family.versions[0][1].begins()

    def _by_period(self, family: Family, id: str, examples: bool) -> dict[tuple[str, str], Grouped]:
        """Return what one version counts, by period and scope; only the periods that it was in force for."""
        scheme = self.schemes[id]
        found: dict[tuple[str, str], Grouped] = defaultdict(
            lambda: defaultdict(lambda: tuple([] for _ in scheme.measures)))
        period_of_day = cache(partial(self._period, family, id))
        for measure, subject, fact in self._credited(id, examples):
            period = period_of_day(fact.day)
            if period is None:
                continue
            scope = self.resolver.scope(subject, scheme.scope) if scheme.scope else ""
            if scope or not scheme.scope:
                found[period, scope][subject][measure].append(fact)
        return found

    def _period(self, family: Family, id: str, day: str) -> str | None:
        """Return the period in which one version counts a day, None if in none."""
        scheme = self.schemes[id]
        if not scheme.counts(day):
            return None
        period = (window_of(day, self.as_of, scheme.months or 0) if scheme.period == "rolling"
                  else period_of(day, scheme.period))
        if period is None or self._version(family, period) != id or self._is_too_early(family, period):
            return None
        return period

    def _within(self, id: str, examples: bool) -> dict[str, dict[str, Fraction | None]]:
        """Return who may stand on a scheme's board, by the place that the board is of; under "" where it has none."""
        if (id, examples) not in self.scoped:
            scope = self.schemes[id].scope
            found = self.scoped[id, examples] = defaultdict(dict)
            for subject, base in self.subjects[id, examples].items():
                found[self.resolver.scope(subject, scope) if scope else ""][subject] = base
        return self.scoped[id, examples]

    def _improvements(self, family: Family, id: str, scheme: Scheme, examples: bool) -> Boards:
        base = next((f for f in self.families if scheme.compares in dict(f.versions)), None)
        if base is None:
            return {}
        boards = self._as_frozen(self._boards(base, examples))
        found: Boards = {}
        for key, (version, now) in boards.items():
            before = self._comparable(key, scheme, boards)
            if before and self._version(family, key[1]) == id:
                this, last = (words_of(k[1], self.schemes.get(version, scheme), self.as_of) for k in (key, before))
                rated = self.subjects[id, examples]
                board = improvement(scheme, [s for s in now if s.subject in rated], boards[before][1],
                                    f"scheme/{base.id}", (this, last), exempted(scheme, self._last_day(key[1])))
                if any(s.rank for s in board):
                    found[family.id, key[1], key[2], examples] = id, board
        return found

    # ── stars and lists ──────────────────────────────────────────────────────────────────────────────────────

    def _stars(self, family: Family, examples: bool) -> Boards:
        id, _ = family.on(self.as_of)
        versions = dict(family.versions)
        subjects = list(dict.fromkeys(s for version in versions for s in self.subjects[version, examples]))
        rated = set(subjects)
        mine = [a for a in self.facts.assessments if a.record.scheme in versions and a.record.subject in rated
                and (a.illustrative or examples) == examples and versions[a.record.scheme].counts(a.record.date.day)]
        if not mine:
            return {}
        standings = ratings(family, mine, subjects, appealed(self.facts.appeals, self.as_of), self.as_of)
        return {(family.id, "", "", examples): (id, standings)}

    def _list(self, family: Family, examples: bool) -> Iterator[Outcome]:
        """Yield a list's outcome, empty where nothing stands: its page must not come and go with its entries."""
        id, scheme = family.on(self.as_of)
        versions = dict(family.versions)
        mine = [one for one in self.facts.listings if one.record.scheme in versions and one.illustrative == examples]
        left = sum(1 for of, made_up in self.facts.left if of in versions and made_up == examples)
        if mine or left or scheme.illustrative == examples:
            yield replace(self._outcome(family, id, scheme, (family.id, "", "", examples), (), None),
                          entries=entries(mine, self.facts.appeals, self.as_of), left=left)

    # ── accounts ─────────────────────────────────────────────────────────────────────────────────────────────

    def accounts(self) -> tuple[dict[str, tuple[Account, ...]], list[Problem]]:
        """Return every volunteer's and team's accounts, and the Problems of those that were overdrawn."""
        books: dict[str, list[Account]] = defaultdict(list)
        problems: list[Problem] = []
        rows = self.register.rows
        paths = {row.key: row.path for row in rows.values()}
        teams = {row.key: r.target for row in self.register.of_kind("volunteer") for r in row.references
                 if r.keys == ("team",) and rows[r.target].illustrative == row.illustrative}
        gone = set(self.facts.gone)
        for family in self.families:
            spends = [r for r in self.facts.redemptions if r.record.scheme in dict(family.versions)
                      and r.record.date.day <= self.as_of.isoformat() and f"volunteer/{r.record.volunteer}" not in gone]
            if not spends and not any(scheme.perks for _, scheme in family.versions):
                continue
            found, short = accounts(family.id, self._earned(family), spends, teams)
            problems += overdrawn(short, self.facts, paths)
            for key, account in found.items():
                books[key].append(account)
        return {key: tuple(some) for key, some in books.items()}, problems

    def _earned(self, family: Family) -> dict[str, list[tuple[str, Fraction]]]:
        """Return what each volunteer earned and when, each service under the version in force on its day.

        A day known in part is its last, an unknown one lies before all: nobody loses points for want of a date.
        """
        found: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
        on = cache(lambda day: family.on(date.fromisoformat(day))[0] if day else family.versions[0][0])
        for id, scheme in family.versions:
            worth = cache(lambda amount, measure, scheme=scheme: product(
                fraction(amount), fraction(scheme.measures[measure].weight)))
            for examples in (False, True):
                for measure, subject, fact in self._credited(id, examples):
                    day = last_of(fact.day)
                    if scheme.counts(fact.day) and on(day) == id:
                        found[subject].append((day, worth(fact.amount, measure)))
        return found
