"""A scheme's rule in sentences that a resident reads, from the same fields that scoring uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from generator.records import kinds
from generator.records.base import shape_of
from generator.records.scheme import Measure, Scheme
from generator.render.cells import Link, number
from generator.render.results import measured, unit_of

PERIODS = {"week": "每周排一次", "half-month": "每半个月排一次", "month": "每月排一次", "quarter": "每季度排一次",
           "half-year": "每半年排一次", "year": "每年排一次", "all": "从头累计"}


def terms(scheme: Scheme, find: Callable[[str], Link]) -> tuple[str, ...]:
    """Return the rule as sentences: who, over what time, what counts, and what is done about ties and few records.

    find: what gives the link to a record, for the records that the rule names.
    """
    if scheme.form == "mechanism":
        return ()
    return tuple([_whom(scheme, find), *_measures(scheme, find), *_order(scheme), *_process(scheme)])


def noun(scheme: Scheme) -> str:
    """Return what the scheme's subjects are called: the level or type that it is about, else their kind."""
    return scheme.only.get("level") or scheme.only.get("type") or kinds()[scheme.subject or ""].label


def _whom(scheme: Scheme, find: Callable[[str], Link]) -> str:
    model = kinds()[scheme.subject or ""]
    only = []
    for name, value in scheme.only.items():
        shape = shape_of(model, name)
        if name == "illustrative":
            only.append("示例" if value == "true" else "真实记录")
        elif name not in ("level", "type"):
            only.append(find(f"{shape.refs[0]}/{value}").text if shape and shape.refs else
                        _condition(shape.label if shape else name, value))
    limits = f"（只限{'、'.join(only)}）" if only else ""
    inside = f"，按{scheme.scope}各自排名" if scheme.scope else ""
    if scheme.form == "list":
        return f"列的是{noun(scheme)}{limits}。"
    if scheme.form == "stars":
        return f"评的是{noun(scheme)}{limits}，各项得分相加，满分 {number(scheme.top() or 0)} 分。"
    period = f"按最近 {scheme.months} 个月算" if scheme.period == "rolling" else PERIODS[scheme.period]
    return f"排的是{noun(scheme)}{limits}，{period}{inside}。"


def _condition(label: str, value: str) -> str:
    """Return what a field must be, in words: its value, or the field itself where it is a yes or no."""
    return {"true": label, "false": f"不是{label}"}.get(value, value)


def _measures(scheme: Scheme, find: Callable[[str], Link]) -> Iterator[str]:
    yield from (measure_in_words(m) for m in scheme.measures)
    if scheme.compares:
        base = find(f"scheme/{scheme.compares}").text
        yield f"用《{base}》这一期的得分减去上一期的得分，就是这里的分；减出来是负数，就是退步。"
    if scheme.per:
        yield f"各项按每 {scheme.per.amount} {scheme.per.unit or ''}折算；没有准确数字的不排名。"
    if scheme.full and scheme.form == "leaderboard":
        yield f"满分 {scheme.full} 分。"


def measure_in_words(measure: Measure) -> str:
    """Return what a measure counts and how it becomes points."""
    return f"{measure.label}：{_taken(measure)}；{_priced(measure)}。"


def _taken(measure: Measure) -> str:
    of = f"“{_label(measure, measure.of)}”" if measure.of else ""
    where = "、".join(_condition(_label(measure, name), value) for name, value in measure.where.items())
    over = _over(measure) + (f"（只计{where}）" if where else "")
    return {
        "count": f"数{over}有几条", "sum": f"把{over}里的{of}加起来", "mean": f"{over}的{of}取平均数",
        "median": f"{over}的{of}从少到多排，取正中间那个", "latest": f"看{over}最近一次的{of}",
        "ratio": f"{over}里{of}的占多少",
        "within_days": f"{over}里，从“{_label(measure, measure.since)}”到{of}不超过 {measure.days} 天的占多少",
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
        bounds += f"，最多 {number(measure.cap)} 分"
    if measure.floor is not None:
        bounds += f"，至少 {number(measure.floor)} 分"
    if measure.worst is not None and measure.best is not None:
        unit = unit_of(measure, measure.unit or "")
        worst, best = (measured(Fraction(v), unit) for v in (measure.worst, measure.best))
        return f"{best}得满分 {weight} 分，{worst}得 0 分，中间按比例{bounds}"
    if measure.is_share:
        return f"全部做到得 {weight} 分，做到一半得一半{bounds}"
    return f"每{measure.unit or '条'}得 {weight} 分{bounds}"


def _order(scheme: Scheme) -> Iterator[str]:
    if scheme.form != "leaderboard":
        return
    rounded = f"到 {scheme.decimals} 位小数" if scheme.decimals else "成整数"
    yield f"分数四舍五入{rounded}再排名，{'高' if scheme.direction == 'high' else '低'}的在前。"
    yield "分数相同的并列，" + ("后面的名次顺延。" if scheme.ties == "standard" else "后面的名次不跳号。")
    if scheme.minimum > 1:
        yield f"计入的记录少于 {scheme.minimum} 条的不排名，写“样本不足”。"
    if scheme.period not in ("all", "rolling"):
        yield "只知道大概时间、定不下是哪一期的记录，不计入。"
        yield "办法改了，每一期按这一期第一天施行的版本算。"


def _process(scheme: Scheme) -> Iterator[str]:
    if scheme.form == "stars":
        yield "没有评过的写“未评定”，过了有效期的写“待评定”，都不是零分。"
        if scheme.valid_months:
            yield f"评定之后 {scheme.valid_months} 个月内有效。"
    if scheme.form == "list":
        yield f"上榜最长 {scheme.longest_months} 个月，到期自动移出；移出以后不再写是谁、为什么。"
        yield "整改核实以后" + (f"最多再留 {scheme.stays_days} 天。" if scheme.stays_days else "当天移出。")
    if scheme.form in ("stars", "list") and scheme.appeal_days:
        yield f"不服的，告知以后 {scheme.appeal_days} 天内可以申诉，由没有参加评定的人决定。"
