"""Meetings: what was proposed, discussed, voted and resolved, and what became of each resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BeforeValidator, Field, model_validator

from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import (
    Amount,
    Flag,
    Id,
    Line,
    Name,
    Number,
    Part,
    Planned,
    RefTo,
    Text,
    When,
    check_order,
    fault,
    field,
    has_come,
)
from generator.records.statements import Party, Quantity

RESIDENTS = ("议事会", "板凳会", "业主大会", "业委会会议", "推选")
"""Meetings of residents among themselves: only these are measured by the four steps 民提, 民议, 民决, 民评."""


def _share(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9]\d?/[1-9]\d?", value, re.ASCII) or Fraction(value) > 1:
        raise fault("bad-share", value=str(value)[:40])
    return value


Share = Annotated[str, BeforeValidator(_share)]
"""A part of the whole, as `2/3`: never more than all."""
Count = Annotated[Number, Field(ge=0)]
"""Votes, or the square metres behind them."""
About = Annotated[str, RefTo(
    "project", "case", "need", "inspection", "agreement", "donation", "service", "activity", "fund", "scheme",
    "document", "indicator", "organisation", "person", "area")]


class Attended(Part):
    """How many came, of whom."""

    who: Name | None = field("哪些人")
    count: Quantity = field("人数", ...)


class Said(Part):
    """What somebody proposed or said, as far as it is told."""

    by: Party | None = field("谁")
    words: Line = field("意见", ...)
    date: When | None = field("日期")


class Threshold(Part):
    """How many a vote needs, as the rule says it and as a share of those who may vote or of those who did."""

    words: Line = field("规定", ...)
    share: Share | None = field("比例")
    bound: Literal["at_least", "more_than"] = field("界", "at_least")
    of: Literal["参加表决的", "全体"] = field("以谁为基数", "参加表决的")

    def is_reached(self, number: Decimal, base: Decimal) -> bool | None:
        """Whether `number` of `base` is enough; None where the rule gives no share."""
        if self.share is None:
            return None
        needed = Fraction(self.share) * Fraction(base)
        return Fraction(number) > needed if self.bound == "more_than" else Fraction(number) >= needed


class Ballot(Part):
    """The counts of a vote, as far as they are told: by heads, or by floor area."""

    unit: Line = field("单位", "户")
    electorate: Count | None = field("有权表决")
    cast: Count | None = field("参加表决")
    agree: Count | None = field("同意")
    against: Count | None = field("反对")
    abstain: Count | None = field("弃权")
    invalid: Count | None = field("废票")

    @model_validator(mode="after")
    def _adds_up(self) -> Ballot:
        told = [n for n in (self.agree, self.against, self.abstain, self.invalid) if n is not None]
        whole = None not in (self.agree, self.against, self.abstain)
        if self.cast is not None and (sum(told) > self.cast or (whole and sum(told) != self.cast)):
            raise fault("votes-differ", ("cast",), sum=f"{sum(told):f}", cast=f"{self.cast:f}")
        taking_part = self.taking_part() or sum(told, Decimal(0))
        if self.electorate is not None and taking_part > self.electorate:
            raise fault("more-than-all", ("electorate",), part=f"{taking_part:f}", whole=f"{self.electorate:f}")
        return self

    def taking_part(self) -> Decimal | None:
        """Return how many took part: as told, else the sum where all three counts are."""
        if self.cast is not None:
            return self.cast
        if self.agree is None or self.against is None or self.abstain is None:
            return None
        return self.agree + self.against + self.abstain + (self.invalid or 0)

    def reaches(self, quorum: Threshold | None) -> bool | None:
        """Whether enough took part; None where the rule or a count is not told."""
        taking_part = self.taking_part()
        if quorum is None or self.electorate is None or taking_part is None:
            return None
        return quorum.is_reached(taking_part, self.electorate)

    def carries(self, majority: Threshold | None) -> bool | None:
        """Whether enough agreed; None where the rule or a count is not told."""
        if majority is None or self.agree is None:
            return None
        base = self.electorate if majority.of == "全体" else self.taking_part()
        return None if base is None else majority.is_reached(self.agree, base)

    def counts(self) -> list[tuple[str, Decimal]]:
        """Return the counts that are told, each with its label."""
        some = (("有权表决", self.electorate), ("参加表决", self.taking_part()), ("同意", self.agree),
                ("反对", self.against), ("弃权", self.abstain), ("废票", self.invalid))
        return [(label, number) for label, number in some if number is not None]


class AreaBallot(Ballot):
    """The same vote by floor area, where the law asks for both."""

    unit: Line = field("单位", "平方米")


class Vote(Ballot):
    """How it was decided. 全票通过 without a count is no count."""

    date: When | None = field("表决日期")
    how: Line | None = field("方式")
    by_area: AreaBallot | None = field("按面积")
    quorum: Threshold | None = field("多少人参加才有效")
    majority: Threshold | None = field("多少票才通过")
    unanimous: Flag = field("全票", False)
    words: Line | None = field("原文")
    result: Literal["通过", "未通过"] | None = field("结果")

    @model_validator(mode="after")
    def _result_follows(self) -> Vote:
        fewer = self.agree is not None and self.cast is not None and self.agree < self.cast
        if self.unanimous and (self.against or self.abstain or fewer or self.result == "未通过"):
            raise fault("not-unanimous", ("unanimous",))
        if self.result == "通过" and self.missed():
            raise fault("vote-not-carried", ("result",), rule=self.missed())
        if self.result == "未通过" and self.is_checked() and not self.missed():
            raise fault("vote-carried", ("result",))
        return self

    def ballots(self) -> list[Ballot]:
        """Return the counts by heads, and by floor area where that was counted too."""
        return [self, self.by_area] if self.by_area else [self]

    def missed(self) -> str:
        """Return the words of the rule that the counts do not meet; empty where they meet it, or can't be checked."""
        for rule, met in ((self.quorum, Ballot.reaches), (self.majority, Ballot.carries)):
            if rule and False in [met(ballot, rule) for ballot in self.ballots()]:
                return rule.words
        return ""

    def is_checked(self) -> bool:
        """Whether both rules can be checked against all counts."""
        return all(ballot.reaches(self.quorum) is not None and ballot.carries(self.majority) is not None
                   for ballot in self.ballots())

    def checked(self) -> str:
        """Return what the counts say by the rules, empty where nothing can be checked."""
        if self.missed():
            return f"没有达到“{self.missed()}”"
        told = [b.reaches(self.quorum) for b in self.ballots()] + [b.carries(self.majority) for b in self.ballots()]
        return "按票数核对，符合规定" if True in told else ""


class Review(Part):
    """What those concerned said of the outcome (民评)."""

    date: When | None = field("日期")
    words: Line = field("评价", ...)
    satisfaction: Quantity | None = field("满意度")


class Postponed(Part):
    """A changed deadline: the first one stays, the change has its reason."""

    date: When = field("变更日期", ...)
    due: Planned = field("改为", ...)
    reason: Line = field("理由", ...)


class Resolution(Part):
    """What was resolved, who carries it out by when, and what became of it. Its id is unique in its meeting."""

    id: Id = field("编号", ...)
    text: Line = field("决议", ...)
    amount: Amount | None = field("批准金额")
    responsible: Party | None = field("谁落实")
    due: Planned | None = field("期限")
    postponed: list[Postponed] = field("改期", [])
    done: When | None = field("落实日期")
    outcome: Line | None = field("落实情况")
    led_to: list[About] = field("带来的事项", [])
    review: Review | None = field("评价")

    def deadline(self, as_of: Date) -> When | None:
        """Return the deadline in force: as resolved, or as last postponed."""
        later = [p for p in self.postponed if has_come(p.date, as_of)]
        return max(later, key=lambda p: p.date.day).due if later else self.due

    def days_late(self, as_of: Date) -> int:
        """Return the days between its deadline and the day on which it was done, or `as_of`; 0 if in time."""
        end = self.done.first if self.done and has_come(self.done, as_of) else as_of
        due = self.deadline(as_of)
        return max(0, (end - due.last).days) if due and due.last and end else 0

    def is_overdue(self, as_of: Date) -> bool:
        """Whether it is past its deadline and not done."""
        return self.days_late(as_of) > 0 and not has_come(self.done, as_of)

    def state(self, as_of: Date) -> str:
        """Return what became of it in one word."""
        if has_come(self.done, as_of):
            return "已办结"
        if self.is_overdue(as_of):
            return "逾期"
        due = self.deadline(as_of)
        if due and due.last:
            return "办理中"
        return "有下文" if self.outcome or self.review else "后来怎样，没有写"


class Item(Part):
    """One item of the agenda through the four steps: proposed, discussed, decided, reviewed."""

    title: Line = field("议题", ...)
    proposed: list[Said] = field("民提", [])
    discussed: list[Said] = field("民议", [])
    vote: Vote | None = field("民决")
    resolutions: list[Resolution] = field("决议", [])
    result: Line | None = field("结果")

    @model_validator(mode="after")
    def _resolved_if_carried(self) -> Item:
        if self.vote and self.vote.result == "未通过" and self.resolutions:
            raise fault("resolved-without-vote", ("resolutions",))
        return self

    def steps(self) -> list[tuple[str, str, bool]]:
        """Return the four steps: name, what it is, whether the record tells it."""
        return [("民提", "谁提的", bool(self.proposed)), ("民议", "怎么商量的", bool(self.discussed)),
                ("民决", "怎么定的", self.vote is not None or bool(self.resolutions)),
                ("民评", "大家怎么评", any(r.review for r in self.resolutions))]


class Decided(NamedTuple):
    """What other records need of a resolution: its id, words, and the amount that it approves, in fen."""

    id: str
    words: str
    fen: int | None


class Meeting(Record):
    """A meeting: agenda, votes, resolutions, and what became of each; attendance as counts, never as names."""

    folder: ClassVar[str] = "meetings"
    label: ClassVar[str] = "会议"
    intro: ClassVar[str] = "一次会议：议程、表决、决定，以及每条决定后来办了没有。到会只写人数，不写名字。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("type", "results")
    derived: ClassVar[dict[str, str]] = {"results": "表决和决议"}
    example: ClassVar[str] = """\
title: 3栋楼栋议事会（示例）
source: illustration
area: demo-estate-b3
type: 议事会
date: 2026-03-15
attendance: [{who: 业主, count: {words: 30户, number: 30, unit: 户}}]
items:
  - title: 换单元门禁
    proposed: [{by: 2单元居民, words: 门禁坏了半年，谁都能进}]
    vote:
      {electorate: 48, agree: 27, against: 2, abstain: 1, result: 通过,
       majority: {words: 参加表决的过半数, share: 1/2, bound: more_than}}
    resolutions:
      - {id: menjin, text: 换一套门禁，不超过3000元, amount: "3000.00", responsible: 楼栋长, due: 2026-04-30}
illustrative: true
"""

    type: Literal["议事会", "板凳会", "业主大会", "业委会会议", "推选", "联席会议", "调度会", "现场会", "动员会",
                  "其他"] = field("会议类别", ...)
    date: When | None = field("日期")
    repeats: Line | None = field("多久开一次")
    place: Line | None = field("地点")
    convener: Party | None = field("召集人")
    attendance: list[Attended] = field("到会", [])
    parties: list[Party] = field("参会各方", [])
    items: list[Item] = field("议题", [])
    outcome: Text | None = field("结果")
    about: list[About] = field("相关记录", [])

    @model_validator(mode="after")
    def _resolutions_differ(self) -> Meeting:
        seen: set[str] = set()
        for at, item in enumerate(self.items):
            for index, resolution in enumerate(item.resolutions):
                if resolution.id in seen:
                    raise fault("resolution-twice", ("items", at, "resolutions", index, "id"), value=resolution.id)
                seen.add(resolution.id)
                for name in ("due", "done"):
                    check_order(("date", self.date), (name, getattr(resolution, name)),
                                ("items", at, "resolutions", index, name))
        return self

    def resolutions(self) -> list[Resolution]:
        """Return every resolution, in the order of the agenda."""
        return [resolution for item in self.items for resolution in item.resolutions]

    def is_of_residents(self) -> bool:
        """Whether the four steps measure it."""
        return self.type in RESIDENTS

    def results(self, as_of: Date) -> str | None:
        """Return how many items were carried, failed, and how many resolutions were made."""
        votes = [item.vote.result for item in self.items if item.vote]
        carried, failed, resolved = votes.count("通过"), votes.count("未通过"), len(self.resolutions())
        told = ((f"{carried}项通过", carried), (f"{failed}项未通过", failed), (f"决议{resolved}条", resolved))
        return "，".join(words for words, number in told if number) or None

    def status(self, as_of: Date) -> Status | None:
        """Return whether what was resolved has been done; None where that can't be told from the record."""
        if self.withdrawn:
            return "已撤回"
        states = {r.state(as_of) for r in self.resolutions()}
        if states & {"逾期", "办理中"}:
            return "办理中"
        return "已办结" if states == {"已办结"} else None

    def overdue_days(self, as_of: Date) -> int:
        """Return by how many days the most delayed resolution that is not done is late."""
        return 0 if self.withdrawn else max((r.days_late(as_of) for r in self.resolutions() if r.is_overdue(as_of)),
                                            default=0)

    def events(self) -> Iterator[Event]:
        """Yield the meeting, resolutions carried out, the last of all as its closing, and deadlines put off.

        It is being handled only where each resolution has a deadline or a day on which it was carried out.
        """
        all_of_it = self.resolutions()
        whole = bool(all_of_it) and all(one.done.day if one.done else one.due for one in all_of_it)
        done = sorted((one.done.day, index) for index, one in enumerate(all_of_it) if one.done and one.done.day)
        ended = done[-1] if whole and len(done) == len(all_of_it) else None
        if self.date and self.date.day:
            yield Event(self.date.day, "began", opens=whole)
        for at in done:
            yield Event(at[0], "closed" if at == ended else "moved", f"resolutions/{at[1]}",
                        f"已落实：{all_of_it[at[1]].text}")
        for index, one in enumerate(all_of_it):
            for number, later in enumerate(one.postponed):
                if later.date.day:
                    yield Event(later.date.day, "amended", f"resolutions/{index}/postponed/{number}",
                                f"{one.text}，改到 {later.due}：{later.reason}")

    def promises(self, as_of: Date) -> Iterator[Promise]:
        """Yield the deadline of each resolution until it was put off; none where the day of doing it is unknown."""
        for index, one in enumerate(self.resolutions()):
            done = one.done.first.isoformat() if one.done and one.done.first else ""
            later = sorted(one.postponed, key=lambda p: p.date.day)
            dues = [one.due, *(p.due for p in later)]
            since = [*(p.date.first.isoformat() if p.date.first else "" for p in later), ""]
            for due, replaced in zip(dues, since, strict=True) if done or not one.done else ():
                if due and due.last:
                    yield Promise(due.last.isoformat(), replaced, done, f"resolutions/{index}", one.text)

    def traces(self) -> tuple[Decided, ...]:
        """Return its resolutions, which funds refer to."""
        return tuple(Decided(r.id, r.text, r.amount) for r in self.resolutions())
