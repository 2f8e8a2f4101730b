"""A scheme's rule in sentences that a resident reads, from the same fields that scoring uses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from generator.records import kinds
from generator.records.base import shape_of
from generator.records.scheme import Measure, Scheme
from generator.render.cells import number
from generator.render.results import measured

PERIODS = {"week": "每周", "half-month": "每半月", "month": "每月", "quarter": "每季度", "half-year": "每半年",
           "year": "每年", "all": "累计"}


def terms(scheme: Scheme) -> tuple[str, ...]:
    """Return the rule as sentences: who, over what time, what counts, and what is done about ties and few records."""
    if scheme.form == "mechanism":
        return ()
    return tuple([_whom(scheme), *_measures(scheme), *_order(scheme), *_process(scheme)])


def _whom(scheme: Scheme) -> str:
    label = kinds()[scheme.subject or ""].label
    only = "、".join(scheme.only.values())
    period = f"近 {scheme.months} 个月滚动" if scheme.period == "rolling" else PERIODS[scheme.period]
    when = f"，{period}一榜" if scheme.form == "leaderboard" and scheme.period != "all" else ""
    inside = f"，按{scheme.scope}各自排名" if scheme.scope else ""
    return f"评{label}{f'（只评{only}）' if only else ''}{when}{inside}。"


def _measures(scheme: Scheme) -> Iterator[str]:
    yield from (measure_in_words(m) for m in scheme.measures)
    if scheme.compares:
        yield "本期的分减去上一期的分，就是进步的分。"
    if scheme.per:
        yield f"各项按每 {scheme.per.amount} {scheme.per.unit or ''}折算；没有准确数字的不排名。"
    if scheme.full:
        yield f"满分 {scheme.full}。"


def measure_in_words(measure: Measure) -> str:
    """Return what a measure counts and how it becomes points."""
    return f"{measure.label}：{_taken(measure)}，{_priced(measure)}。"


def _taken(measure: Measure) -> str:
    of = f"“{_label(measure, measure.of)}”" if measure.of else ""
    where = "、".join(measure.where.values())
    of_what = _over(measure) + (f"（只计{where}）" if where else "")
    return {
        "count": f"{of_what}的条数", "sum": f"{of_what}里{of}相加", "mean": f"{of_what}里{of}的平均数",
        "median": f"{of_what}里{of}的中位数", "latest": f"{of_what}里最近一次的{of}",
        "ratio": f"{of_what}里做到{of}的比例",
        "within_days": f"{of_what}里从“{_label(measure, measure.since)}”到{of}不超过 {measure.days} 天的比例",
    }[measure.take]


def _over(measure: Measure) -> str:
    kind, _, rows = measure.over.partition(".")
    shape = shape_of(kinds()[kind], rows) if rows else None
    return kinds()[kind].label + (f"的“{shape.label}”" if shape else "")


def _label(measure: Measure, name: str | None) -> str:
    kind, _, rows = measure.over.partition(".")
    model = kinds()[kind]
    shape = shape_of(model, rows) if rows else None
    part = shape.part if shape and shape.part else model
    found = shape_of(part, name or "")
    return found.label if found else model.derived.get(name or "", name or "")


def _priced(measure: Measure) -> str:
    weight, bounds = number(measure.weight), ""
    if measure.cap is not None:
        bounds += f"，封顶 {number(measure.cap)} 分"
    if measure.floor is not None:
        bounds += f"，至少 {number(measure.floor)} 分"
    if measure.worst is not None and measure.best is not None:
        worst, best = (measured(Fraction(v), measure.unit or "") for v in (measure.worst, measure.best))
        return f"{best} 得满分 {weight} 分，{worst} 得 0 分，中间按比例{bounds}"
    if measure.is_share:
        return f"全部做到得 {weight} 分，按比例{bounds}"
    return f"每{measure.unit or '条'} {weight} 分{bounds}"


def _order(scheme: Scheme) -> Iterator[str]:
    if scheme.form != "leaderboard":
        return
    yield f"分数四舍五入到 {scheme.decimals} 位小数再排名，{'高' if scheme.direction == 'high' else '低'}的在前。"
    yield "分数相同名次并列，" + ("后面的名次顺延。" if scheme.ties == "standard" else "后面的名次不跳号。")
    if scheme.minimum > 1:
        yield f"计入的记录少于 {scheme.minimum} 条的不排名，写“样本不足”。"
    if scheme.period not in ("all", "rolling"):
        yield "只知道大概时间、落不进某一期的记录，不计入那一期。"
        yield "规则换版时，每一期按这一期第一天施行的版本算。"


def _process(scheme: Scheme) -> Iterator[str]:
    if scheme.form == "stars":
        yield "没有评定的写“未评定”，过期的写“待评定”，都不是零分。"
        if scheme.valid_months:
            yield f"评定 {scheme.valid_months} 个月内有效，过期不算。"
    if scheme.form == "list":
        yield f"上榜最长 {scheme.longest_months} 个月，到期当天自动移出；移出后不再写是谁、为什么。"
        yield f"整改核实后最多再留 {scheme.stays_days} 天。"
    if scheme.form in ("stars", "list") and scheme.appeal_days:
        yield f"不服的，告知后 {scheme.appeal_days} 天内可以申诉，由没有参加评定的人决定。"
