"""Funds: the books of a self-governing unit. What the unit posted must agree with what it wrote down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Annotated, ClassVar, NamedTuple

from pydantic import model_validator

from generator.periods import in_words, span
from generator.records.base import Record
from generator.records.forms import Money, RefTo, fault, field, has_come
from generator.records.ledger import Budget, Dues, Entry, Opening, Reported, Rule, Statement, total

UNTOLD = "金额未载"
"""What a fund says whose source tells no sum at all."""


class Spent(NamedTuple):
    """What other records need of money that a resolution approved.

    keys: where the resolution is named; fen: None where nothing is counted; anchor: where it stands on the page.
    """

    meeting: str
    resolution: str
    what: str
    day: str
    fen: int | None
    anchor: str
    keys: tuple[str | int, ...]


class Booked(NamedTuple):
    """One movement of the books, fen with their direction, for the course of the balance; the opening is the first."""

    day: str
    fen: int


class Posting(NamedTuple):
    """An entry as the page lists it: its place in the record and on the page, the balance after it, its flags."""

    number: int
    anchor: str
    entry: Entry
    after: Money
    flags: tuple[str, ...]


class Remark(NamedTuple):
    """Something that the reader should know, and where on the page it stands."""

    words: str
    anchor: str


class Course(NamedTuple):
    """One period: planned, what came in and went out, what was left at its end (or is now), and how it stands.

    anchor: where on the page its entries stand.
    """

    words: str
    anchor: str
    planned_income: Money | None
    planned_spending: Money | None
    income: Money
    spending: Money
    closing: Money
    state: str
    statement: Statement | None
    over: Money | None


class Fold(NamedTuple):
    """The entries of one period, newest first."""

    words: str
    anchor: str
    postings: list[Posting]


class Executed(NamedTuple):
    """One item of a budget against what was spent or came in. over: by how much spending exceeds it."""

    flow: str
    item: str
    planned: Money | None
    actual: Money
    over: Money | None


class Fund(Record):
    """The money of a building, an estate or an association: the rule, the books, who approved what, who still owes."""

    folder: ClassVar[str] = "funds"
    label: ClassVar[str] = "经费账"
    intro: ClassVar[str] = "一栋楼、一个小区或一个协会的钱：规矩是什么、收了多少、花在哪里、谁批的、还欠多少。"
    columns: ClassVar[tuple[str, ...]] = ("unit", "balance", "arrears", "stated")
    derived: ClassVar[dict[str, str]] = {"balance": "结余", "arrears": "欠交", "stated": "约定"}
    example: ClassVar[str] = """\
title: 3栋公共经费账（示例）
source: illustration
area: demo-estate-b3
rule:
  income: [{what: 公共经费, amount: {words: 每户每年60元, number: 60, unit: 元/户·年}}]
  resolution_from: "500.00"
opening: {date: 2026-01-01, amount: "320.00"}
entries:
  - {date: 2026-01-20, flow: 收入, item: 公共经费, amount: "2760.00", party: 46户, receipt: S-01}
  - {date: 2026-02-03, flow: 支出, item: 照明, amount: "186.50", party: 某五金店, receipt: Z-01}
statements:
  - {period: 2026-Q1, income: "2760.00", spending: "186.50", closing: "2893.50", posted: 2026-04-05}
dues:
  - {period: 2026, households: 48, paid: 46, each: "60.00"}
illustrative: true
"""

    unit: Annotated[str, RefTo("organisation")] | None = field("谁管账")
    scheme: Annotated[str, RefTo("scheme")] | None = field("依据的办法")
    rule: Rule | None = field("收费和开支的约定")
    opening: Opening | None = field("期初")
    budgets: list[Budget] = field("预算", [])
    entries: list[Entry] = field("收支流水", [])
    statements: list[Statement] = field("公布的收支", [])
    dues: list[Dues] = field("交费情况", [])
    reported: list[Reported] = field("来源提到的收支", [])
    related: list[Annotated[str, RefTo("project", "scheme", "meeting", "organisation")]] = field("相关记录", [])

    # ── rules ──

    @model_validator(mode="after")
    def _has_a_beginning(self) -> Fund:
        if self.opening is None:
            if self.entries or self.statements:
                raise fault("opening-missing", ("entries",) if self.entries else ("statements",))
            return self
        first = self.opening.date.exact
        if first is None:
            raise fault("day-needed", ("opening", "date"), key="date")
        for at, entry in enumerate(self.entries):
            if entry.date.exact is None:
                raise fault("day-needed", ("entries", at, "date"), key="date")
            if entry.date.exact < first:
                raise fault("before-opening", ("entries", at, "date"), day=entry.date.day, first=first.isoformat())
        for name in ("statements", "budgets"):
            for at, part in enumerate(getattr(self, name)):
                if span(part.period)[1] < first:
                    raise fault("before-opening", (name, at, "period"), day=part.period, first=first.isoformat())
        return self

    @model_validator(mode="after")
    def _said_once(self) -> Fund:
        for name in ("budgets", "statements", "dues"):
            _once(((name, at, "period"), part.period) for at, part in enumerate(getattr(self, name)))
        _once((("entries", at, "receipt"), e.receipt.number) for at, e in enumerate(self.entries) if e.receipt)
        return self

    @model_validator(mode="after")
    def _reconciles(self) -> Fund:
        for at, statement in enumerate(self.statements):
            income, spending = self.within(statement.period)
            found = {"income": income, "spending": spending, "closing": self.at_end_of(span(statement.period)[1])}
            for name, computed in found.items():
                stated: Money = getattr(statement, name)
                if stated != computed:
                    raise fault("statement-differs", ("statements", at, name), period=statement.period,
                                what=Statement.model_fields[name].title, stated=stated.yuan, computed=computed.yuan,
                                by=Money(abs(stated - computed)).yuan)
        return self

    # ── what the books say ──

    def counted(self, as_of: date) -> list[tuple[int, Entry]]:
        """Return the entries up to a day with their place in the record, oldest first."""
        come = [(at, e) for at, e in enumerate(self.entries) if has_come(e.date, as_of)]
        return sorted(come, key=lambda pair: (pair[1].date.day, pair[0]))

    def begun(self) -> Money:
        """Return what was there when the books began."""
        return self.opening.amount if self.opening else Money(0)

    def at_end_of(self, day: date) -> Money:
        """Return what is left at the end of a day: opening and everything since."""
        return total([self.begun(), *(e.signed for _, e in self.counted(day))])

    def period_words(self, period: str) -> str:
        """Return a period in words."""
        return in_words(period)

    def within(self, period: str, until: date = date.max, item: str | None = None) -> tuple[Money, Money]:
        """Return what came in and what went out in a period, up to a day. item: only under this item."""
        first, last = (day.isoformat() for day in span(period))
        some = [e for e in self.entries if first <= e.date.day <= min(last, until.isoformat())
                and item in (None, e.item)]
        return (total(e.amount for e in some if e.flow == "收入"), total(e.amount for e in some if e.flow == "支出"))

    def balance(self, as_of: date) -> str | None:
        """Return what is left today, in words that stay on one line; None without books, which a rule alone is not."""
        known = self.opening and has_come(self.opening.date, as_of)
        return str(self.at_end_of(as_of)).replace(" ", "\u00a0") if known else None

    def upshot(self, as_of: date) -> str:
        """Return what is left, where there are books."""
        left = self.balance(as_of)
        return f"结余{left}" if left else ""

    def until(self, as_of: date) -> str | None:
        """Return the day of the newest entry."""
        return next((e.date.day for _, e in reversed(self.counted(as_of))), None)

    def arrears(self, as_of: date) -> str | None:
        """Return what is owed for the newest period that has begun, as counts."""
        begun = [d for d in self.dues if span(d.period)[0] <= as_of]
        return max(begun, key=lambda d: span(d.period)).told() if begun else None

    def stated(self, as_of: date) -> str | None:
        """Return the fees of the rule in its own words; where the source gives no sum at all, that it does not."""
        fees = (*self.rule.income, *self.rule.spending) if self.rule else ()
        unknown = bool(self.reported) and self.opening is None
        return "；".join(fee.amount.words for fee in fees) or (UNTOLD if unknown else None)

    # ── what the page shows ──

    def postings(self, as_of: date) -> list[Posting]:
        """Return the entries, newest first, each with the balance after it and what is to be explained."""
        some = self.counted(as_of)
        balances = list(accumulate((e.signed for _, e in some), lambda a, b: Money(a + b), initial=self.begun()))[1:]
        anchors = self.anchors()
        return [Posting(at, anchors[at], e, after, tuple(self.flags(e, after)))
                for (at, e), after in zip(reversed(some), reversed(balances), strict=True)]

    def anchors(self) -> list[str]:
        """Return where on the page each entry stands: its day, which stays when others are added on other days."""
        seen: Counter[str] = Counter()
        found = []
        for entry in self.entries:
            seen[entry.date.day] += 1
            found.append(f"e-{entry.date.day}-{seen[entry.date.day]}")
        return found

    def flags(self, entry: Entry, after: Money) -> list[str]:
        """Return what is to be explained about an entry."""
        if entry.flow == "收入":
            return []
        limit = self.rule.resolution_from if self.rule else None
        missing = limit is not None and entry.amount >= limit and entry.approval is None
        some = [("按约定须有决议，没有写决议", missing), ("没有写票据", entry.receipt is None),
                (f"付了以后账上是 {after}", after < 0)]
        return [words for words, yes in some if yes]

    def courses(self, as_of: date) -> list[Course]:
        """Return every period that has begun and is budgeted or posted, newest first, and the days since the last."""
        if self.opening is None:
            return []
        begun = self.periods(as_of)
        return [*self._since(begun, as_of), *(self.course(p, as_of) for p in begun)]

    def periods(self, as_of: date) -> list[str]:
        """Return every period that has begun and is budgeted or posted, newest first."""
        some = {b.period for b in self.budgets} | {s.period for s in self.statements}
        return sorted((p for p in some if span(p)[0] <= as_of), key=span, reverse=True)

    def folds(self, as_of: date) -> list[Fold]:
        """Return every entry once, under the shortest of the periods that it falls into; what falls into none first."""
        shortest = sorted(self.periods(as_of), key=lambda p: (span(p)[1] - span(p)[0], p))
        found: dict[str, list[Posting]] = {period: [] for period in ("", *self.periods(as_of))}
        for posting in self.postings(as_of):
            day = date.fromisoformat(posting.entry.date.day)
            found[next((p for p in shortest if span(p)[0] <= day <= span(p)[1]), "")].append(posting)
        rest = "没有列入各期的" if shortest else "全部"
        return [Fold(in_words(p) if p else rest, f"in-{p}" if p else "in-none", some)
                for p, some in found.items() if some]

    def course(self, period: str, as_of: date) -> Course:
        """Return one period: planned, actual, left."""
        budget = next((b for b in self.budgets if b.period == period), None)
        posted = next((s for s in self.statements if s.period == period
                       and (s.posted is None or has_come(s.posted, as_of))), None)
        income, spending = self.within(period, as_of)
        planned = [total(i.amount for i in items) if items else None
                   for items in ((budget.income, budget.spending) if budget else ((), ()))]
        over = Money(spending - planned[1]) if planned[1] is not None and spending > planned[1] else None
        last = span(period)[1]
        state = "已公布" if posted else "还没到期" if last >= as_of else "没有公布"
        anchor = f"in-{period}" if f"in-{period}" in {f.anchor for f in self.folds(as_of)} else "entries"
        return Course(in_words(period), anchor, planned[0], planned[1], income, spending,
                      self.at_end_of(min(last, as_of)), state, posted, over)

    def _since(self, periods: list[str], as_of: date) -> list[Course]:
        """Return what happened since the last of the periods, if anything did."""
        last = max((span(p)[1] for p in periods), default=None)
        some = [e for _, e in self.counted(as_of) if last is None or e.date.day > last.isoformat()]
        if not some:
            return []
        words = f"{last + timedelta(days=1)} 以后" if last else "建账以来"
        income, spending = (total(e.amount for e in some if e.flow == flow) for flow in ("收入", "支出"))
        return [Course(words, "in-none", None, None, income, spending, self.at_end_of(as_of), "还没到期", None, None)]

    def executions(self, as_of: date) -> list[tuple[str, int, list[Executed]]]:
        """Return every budget that has begun, newest first: its period, its place in the record, its items."""
        begun = sorted(((at, b) for at, b in enumerate(self.budgets) if span(b.period)[0] <= as_of),
                       key=lambda pair: span(pair[1].period), reverse=True)
        return [(in_words(b.period), at, self.executed(b, as_of)) for at, b in begun]

    def executed(self, budget: Budget, as_of: date) -> list[Executed]:
        """Return a budget's items beside what happened, then what was spent on none of them."""
        lines = []
        first, last = (day.isoformat() for day in span(budget.period))
        for flow, items in (("收入", budget.income), ("支出", budget.spending)):
            if not items:
                continue
            planned: dict[str, Money | None] = {i.item: i.amount for i in items}
            others = {e.item: None for _, e in self.counted(as_of)
                      if e.flow == flow and first <= e.date.day <= last and e.item not in planned}
            for item, amount in {**planned, **dict(sorted(others.items()))}.items():
                actual = self.within(budget.period, as_of, item)[flow == "支出"]
                above = Money(actual - (amount or 0))
                lines.append(Executed(flow, item, amount, actual, above if flow == "支出" and above > 0 else None))
        return lines

    def remarks(self, as_of: date) -> list[Remark]:
        """Return what readers should know first: overspent items, what lacks its paper, what was not posted."""
        found = [Remark(f"{words}“{line.item}”" + (f"超出预算 {line.over}" if line.planned is not None else
                                                   f"支出 {line.actual}，不在预算里"), "#budget")
                 for words, _, lines in self.executions(as_of) for line in lines if line.over]
        found += [Remark(f"{p.entry.date.day} “{p.entry.what or p.entry.item}” {p.entry.amount}：{words}",
                         "#" + p.anchor) for p in self.postings(as_of) for words in p.flags]
        return found + [Remark(f"{c.words}的收支没有公布", "#periods") for c in self.courses(as_of)
                        if c.state == "没有公布"]

    def booked(self) -> Iterator[Booked]:
        """Yield the opening and every movement since, oldest first; nothing without books."""
        if self.opening:
            yield Booked(self.opening.date.day, int(self.opening.amount))
            yield from (Booked(e.date.day, int(e.signed)) for _, e in self.counted(date.max))

    def traces(self) -> tuple[Spent | Booked, ...]:
        """Return the money that resolutions approved, which meetings show, and the movements of the books."""
        anchors = self.anchors()
        entries = (Spent(e.approval.meeting, e.approval.resolution, e.what or e.item, e.date.day, e.signed * -1,
                         anchors[at], ("entries", at, "approval", "resolution"))
                   for at, e in enumerate(self.entries) if e.approval)
        budgets = (Spent(b.approval.meeting, b.approval.resolution, in_words(b.period) + "预算", "", None, "budget",
                         ("budgets", at, "approval", "resolution")) for at, b in enumerate(self.budgets) if b.approval)
        told = (Spent(r.approval.meeting, r.approval.resolution, r.what, r.date.day if r.date else "", None, "reported",
                      ("reported", at, "approval", "resolution")) for at, r in enumerate(self.reported) if r.approval)
        return (*entries, *budgets, *told, *self.booked())


def _once(places: Iterable[tuple[tuple[str | int, ...], str]]) -> None:
    """Refuse what is said a second time. places: (keys, value) pairs."""
    seen: set[str] = set()
    for keys, value in places:
        if value in seen:
            raise fault("said-twice", keys, value=value)
        seen.add(value)
