"""Whose rank, stars or list entry moves between two versions, and why: the record behind each changed measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from generator import render, score
from generator.desk.diff.fields import Names
from generator.desk.diff.told import Change, Entry
from generator.records.scheme import Measure, Scheme
from generator.render.outcomes import board_url
from generator.render.results import measured, unit_of
from generator.results import Amount, Credit, Outcome, Standing, Tally, fraction

ABSENT, SHOWN = "不在榜", 3
"""What a subject's result is called that has none; so many records or subjects are named for one reason."""
SAYS_HOW = {"rule", "subject", "only", "scope", "period", "months", "measures", "compares", "per", "full", "direction",
            "ties", "decimals", "minimum", "list_all", "exempt", "criteria", "bands", "valid_months", "ends"}
"""The fields of a scheme that a result follows from."""

Standings = Mapping[str, Standing]


def standings(before: render.Views, after: render.Views, names: Names) -> Iterator[tuple[str, Entry]]:
    """Yield the outcomes in which somebody moves, and those that are frozen and would now come out otherwise."""
    old, new = ({outcome.key: outcome for outcome in views.outcomes} for views in (before, after))
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        found = tuple(_moves(was, now, before, after, names))
        if found:
            yield "standings", _entry(now or was, after if now else before, found, _remark(was, now))
        if now and now.frozen and (differs := tuple(_differing(was, now, names))):
            yield "frozen", _entry(now, after, differs, "定榜的结果不会变；要改用 gongshi correct")


def _entry(outcome: Outcome | None, views: render.Views, found: tuple[Change, ...], remark: str) -> Entry:
    assert outcome is not None
    return Entry(board_url(outcome), views.board_link(outcome).text, "榜单", outcome.illustrative, found, remark)


def _remark(was: Outcome | None, now: Outcome | None) -> str:
    if was is None or now is None:
        return "新的榜" if now else "这个榜没有了"
    if now.frozen and not was.frozen:
        return "定榜，以后不再变"
    if now.frozen and was.frozen and now.frozen.corrections != was.frozen.corrections:
        return "定榜的结果经更正改变"
    return ""


def _differing(was: Outcome | None, now: Outcome, names: Names) -> Iterator[Change]:
    """Yield the subjects that the records now tell otherwise than the frozen outcome, unless they did before."""
    known = set(was.frozen.differs) if was and was.frozen else set()
    assert now.frozen is not None
    yield from (Change(names(d.subject), d.frozen, d.now) for d in now.frozen.differs if d not in known)


def _moves(was: Outcome | None, now: Outcome | None, before: render.Views, after: render.Views, names: Names
           ) -> Iterator[Change]:
    """Yield every subject whose result differs, best first, and every entry that came to or left a list."""
    old, new = ({s.subject: s for s in outcome.standings} if outcome else {} for outcome in (was, now))
    changed = was is not None and now is not None and _rule(was, before) != _rule(now, after)
    for subject in dict.fromkeys([*new, *old]):
        one, other = old.get(subject), new.get(subject)
        told = (score.told(one) if one else ABSENT), (score.told(other) if other else ABSENT)
        if told[0] != told[1]:
            why = ("办法改了",) if changed else tuple(_because(one, other, old, new, _scheme(now or was, after), names))
            yield Change(names(subject), *told, why)
    yield from _entries(was, now, names)


def _entries(was: Outcome | None, now: Outcome | None, names: Names) -> Iterator[Change]:
    old, new = ({e.key: e.record for e in outcome.entries} if outcome else {} for outcome in (was, now))
    for key in dict.fromkeys([*new, *old]):
        before, after = (some[key].colour if key in some else ABSENT for some in (old, new))
        if before != after:
            one = new.get(key) or old[key]
            yield Change(names(one.subject), before, after, (one.title,) if key in new else ())


def _scheme(outcome: Outcome | None, views: render.Views) -> Scheme | None:
    return views.schemes.get(outcome.scheme) if outcome else None


def _rule(outcome: Outcome, views: render.Views) -> object:
    scheme = _scheme(outcome, views)
    return scheme.model_dump(include=SAYS_HOW) if scheme else None


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _because(was: Standing | None, now: Standing | None, old: Standings, new: Standings, scheme: Scheme | None,
             names: Names) -> Iterator[str]:
    """Yield why a result changed: assessments and measures of its own, else who overtook or fell behind."""
    found = [*_assessed(was, now, names), *_measures(was, now, scheme, names)]
    yield from found
    if was and now and not found:
        yield from _passed(was, now, old, new, names)


def _assessed(was: Standing | None, now: Standing | None, names: Names) -> Iterator[str]:
    ratings = [{r.key: r for r in standing.ratings} if standing else {} for standing in (was, now)]
    for key in ratings[1].keys() - ratings[0].keys():
        yield f"新的评定“{names(key)}”（{ratings[1][key].record.date}）"
    for key in ratings[0].keys() - ratings[1].keys():
        yield f"评定“{names(key)}”没有了"


def _measures(was: Standing | None, now: Standing | None, scheme: Scheme | None, names: Names) -> Iterator[str]:
    known = {m.label: m for m in scheme.measures} if scheme else {}
    old, new = ({t.label: t for t in standing.tallies} if standing else {} for standing in (was, now))
    for label in dict.fromkeys([*new, *old]):
        before, after = old.get(label), new.get(label)
        if (before and before.value) == (after and after.value) and (before is None) == (after is None):
            continue
        some = [_value(tally, known.get(label)) for tally in (before, after)]
        records = _listed(list(_contributions(before, after, known.get(label), names)))
        yield f"{label} {some[0]} → {some[1]}" + (f"：{records}" if records else "")


def _value(tally: Tally | None, measure: Measure | None) -> str:
    return measured(tally.value, unit_of(measure, tally.unit)) if tally else "无"


def _contributions(before: Tally | None, after: Tally | None, measure: Measure | None, names: Names) -> Iterator[str]:
    """Yield every record that came to count, counts otherwise, or counts no more; the newest first."""
    old, new = (_by_record(tally.credits if tally else ()) for tally in (before, after))
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        words = [_amount(amount, after or before, measure) for amount in (was, now) if amount is not None]
        said = "计入" if was is None else "不再计入" if now is None else ""
        yield f"{names(key)} {said or ' → '.join(words)}" + (f"（{words[0]}）" if said and words[0] else "")


def _by_record(credits: Iterable[Credit]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for one in credits:
        found[one.evidence] = found.get(one.evidence, Fraction(0)) + one.amount
    return found


def _amount(amount: Amount, tally: Tally | None, measure: Measure | None) -> str:
    if tally is None or tally.take == "count":
        return ""
    if tally.take in ("ratio", "within_days"):
        return "做到" if amount else "没做到"
    return measured(fraction(amount), unit_of(measure, tally.unit))


def _passed(was: Standing, now: Standing, old: Standings, new: Standings, names: Names) -> Iterator[str]:
    """Yield who moved past a subject whose own value stayed, in either direction."""
    if not was.rank or not now.rank:
        return
    ahead, before = ({s.subject for s in some.values() if s.rank and mine.rank and s.rank < mine.rank}
                     for some, mine in ((new, now), (old, was)))
    for gone, word in ((ahead - before, "升到前面"), (before - ahead, "不再在前面")):
        if gone:
            yield f"自己的分没变，{_listed([names(key) for key in sorted(gone)])}{word}"


def _listed(some: list[str]) -> str:
    """Return a few of many in one line."""
    return "、".join(some[:SHOWN]) + (f" 等 {len(some)} 条" if len(some) > SHOWN else "")
