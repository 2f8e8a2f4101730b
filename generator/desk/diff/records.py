"""What single records tell between two versions: who is newly named, what comes, goes and changes, and how it stands.

What is taken back is not repeated: a withdrawn record's fields and a name that is no longer shown stay untold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pydantic import BaseModel

from generator import gate
from generator.desk.diff.fields import Names, changes
from generator.desk.diff.pairs import Pair
from generator.desk.diff.told import Change, Entry
from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import WORDS, fields
from generator.records.masks import ground_of, whole_names
from generator.records.person import Person
from generator.records.volunteer import Volunteer

Told = Iterator[tuple[str, Entry]]
"""(section's code, entry) pairs."""

NAMED = ("person", "volunteer")
"""Kinds whose title is somebody's name."""
NOT_REPEATED = "（不再这样公开，不在这里重复）"
def records(some: Sequence[Pair], as_of: date, names: Names) -> Told:
    """Yield what each pair tells, grouped by the section it belongs to."""
    gone = [one for one in some if one.after is None]
    for one in some:
        yield from _named(one, as_of)
        yield from _privacy(one, names)
        yield from _excepted(one)
    for one in gone:
        yield "removed", _entry(one, as_of, (), _removal(one, some, as_of))
    for one in (one for one in some if one.after):
        yield from _stands(one, as_of, names)
        yield from _status(one, as_of)


def _entry(one: Pair, as_of: date, found: Iterable[Change] = (), remark: str = "") -> Entry:
    """Return an entry about a record; one that says no more is called by its id alone."""
    record = one.record
    silent = record.tombstone(as_of) or (one.after is None and one.kind in NAMED)
    title = one.id if silent else record.title
    return Entry(one.key, title, kinds()[one.kind].label, record.illustrative, tuple(found), remark)


def _stands(one: Pair, as_of: date, names: Names) -> Told:
    before, after = one.before, one.after
    assert after is not None
    was, now = before.tombstone(as_of) if before else None, after.tombstone(as_of)
    if one.formerly:
        yield "renamed", _entry(one, as_of, [Change("编号", one.formerly.partition("/")[2], one.id)],
                                "旧网址和印出去的码仍然有效")
    if now:
        if not was:
            yield "withdrawn", _entry(one, as_of, (), f"{now[0]} 起：{now[1]}")
        return
    found = changes(None if was else before, after, names)
    if before and one.kind in NAMED:  # told among the names, the old one not at all
        found = tuple(change for change in found if change.label != "标题")
    if before:
        found = _unnamed(found, _whole_names(before).keys() - _whole_names(after).keys())
    section = "rules" if one.kind == "scheme" else "changed" if before or one.unread else "added"
    if found or before is None:
        yield section, _entry(one, as_of, found, _remark(one, was is not None))


def _unnamed(found: Iterable[Change], gone: Iterable[str]) -> tuple[Change, ...]:
    """Return changes that don't repeat the names of those who are no longer named."""
    some = tuple(found)
    for name in gone:
        some = tuple(change._replace(before=change.before.replace(name, NOT_REPEATED)) for change in some)
    return some


def _remark(one: Pair, was_gone: bool) -> str:
    """Return what a reviewer should know of a record beyond its fields."""
    if one.unread:
        return "改动前的文件有问题，没法比较：这里是改动后的全部"
    if was_gone:
        return "撤回过的记录重新公布"
    if one.before and one.before.illustrative != one.record.illustrative:
        return "从真实记录改成了示例" if one.record.illustrative else "从示例改成了真实记录：请核对来源"
    if one.before is None and one.kind == "scheme":
        return "新的办法"
    return ""


def _removal(one: Pair, some: Iterable[Pair], as_of: date) -> str:
    """Return what follows from a removed file, and what to do instead."""
    assert one.before is not None
    same = next((other for other in some if other.before is None and other.after == one.before), None)
    if same:
        return f"编号改成了 {same.id}：旧网址会失效。要让它继续有效，在新记录里写 formerly: [{one.id}]"
    if one.before.tombstone(as_of):
        return "撤回说明页也没有了：网址会失效"
    return "网址会失效。应当保留文件，改为写 withdrawn（撤回日期和理由）"


def _status(one: Pair, as_of: date) -> Told:
    before, after = one.before, one.after
    if not before or not after or before.tombstone(as_of) or after.tombstone(as_of):
        return
    was, now = (_state(record, as_of) for record in (before, after))
    if was != now:
        yield "status", _entry(one, as_of, [Change("状态", was, now)])


def _state(record: Record, as_of: date) -> str:
    late = record.overdue_days(as_of)
    return "，".join(part for part in (record.status(as_of) or "", f"逾期 {late} 天" if late else "") if part)


# ── who is named ─────────────────────────────────────────────────────────────────────────────────────────────


def _named(one: Pair, as_of: date) -> Told:
    """Yield who is newly named by a record of their own, or by another's; nobody of a record that says no more."""
    after = one.after
    if after is None or after.tombstone(as_of):
        return
    if isinstance(after, Person | Volunteer):
        before = one.before if one.before and not one.before.tombstone(as_of) else None
        assert before is None or isinstance(before, Person | Volunteer)
        found = list(_shown(before, after))
        if before is None or found:
            yield "named", _entry(one, as_of, found, _as(after) if before is None else "")
        return
    old = _whole_names(one.before) if one.before else {}
    fresh = {name: ground for name, ground in _whole_names(after).items() if name not in old or old[name] != ground}
    if fresh:
        told = "、".join(f"“{name}”（依据：{WORDS[ground]}）" for name, ground in sorted(fresh.items()))
        yield "named", _entry(one, as_of, (), f"写到了全名{told}：请核对依据")


def _as(one: Person | Volunteer) -> str:
    """Return as what and on which ground somebody is named, and until when by consent."""
    ground = f"公开姓名的依据：{_ground(one)}" if one.ground else "姓名已隐去一部分"
    return f"{one.role}，{ground}" if isinstance(one, Person) else ground


def _ground(one: Person | Volunteer) -> str:
    until = f"，到 {one.consent.last_day()}" if one.consent else ""
    return f"{WORDS[one.ground]}{until}" if one.ground else ""


def _shown(before: Person | Volunteer | None, after: Person | Volunteer) -> Iterator[Change]:
    """Yield how the display of a name changed, and its ground; a name that is no longer shown is not repeated."""
    if before is None:
        return
    if before.title != after.title:
        yield Change("公开的姓名", NOT_REPEATED, after.title)
    if (was := _ground(before)) != (now := _ground(after)):
        yield Change("公开姓名的依据", was, now)


def _whole_names(part: BaseModel) -> dict[str, str]:
    """Return the whole names in the fields of a record that say who, each with the ground written behind it."""
    found: dict[str, str] = {}
    for field, (_, value) in zip(fields(type(part)), part, strict=True):
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, BaseModel):
                found |= _whole_names(item)
            elif field.form == "name" and isinstance(item, str):
                found |= dict.fromkeys(whole_names(item), ground_of(item) or "")
    return found


# ── privacy ──────────────────────────────────────────────────────────────────────────────────────────────────


def _privacy(one: Pair, names: Names) -> Told:
    """Yield the telephone numbers that newly stand in fields for an office: nobody's own may be among them.

    Anywhere else they are refused, as are numbers of identity cards and bank cards: such a version is not published.
    """
    if one.after is None or one.after.withdrawn:
        return
    old = _phones(one.before) if one.before else set()
    fresh = sorted(_phones(one.after) - old)
    if fresh:
        yield "privacy", Entry(one.key, one.record.title, kinds()[one.kind].label, one.record.illustrative, (),
                               f"新公开手机号 {'、'.join(fresh)}：请确认是办公电话，不是私人电话")


def _excepted(one: Pair) -> Told:
    """Yield every exception from the privacy gate that is new or changed: from the merge on it holds."""
    if one.after is None or one.after.withdrawn:
        return
    old = one.before.privacy_exceptions if one.before else []
    for leave in (leave for leave in one.after.privacy_exceptions if leave not in old):
        yield "privacy", Entry(one.key, one.record.title, kinds()[one.kind].label, one.record.illustrative, (), (
            f"公开例外：{WORDS[leave.what]}，写在 {leave.at}，{leave.since.day} 起到 {leave.until.day} 为止；"
            f"理由：{leave.reason}；依据：{leave.ground}；决定：{leave.decided_by}"))


def _phones(part: BaseModel) -> set[str]:
    """Return the mobile numbers in the fields for an office's contact, shortened as findings show them."""
    found: set[str] = set()
    offices = {one.name for one in fields(type(part)) if one.contact}
    for name, value in part:
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, BaseModel):
                found |= _phones(item)
            elif name in offices and isinstance(item, str):
                found |= {gate.shown(one.value) for one in gate.find(item) if one.code == "personal-phone"}
    return found
