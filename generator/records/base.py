"""Level 1. What every record has, and the shapes of its fields.

A kind is one module in this package with one subclass of `Record`; nothing else registers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic.fields import FieldInfo

from generator.records.exception import PrivacyException
from generator.records.forms import Ending, Flag, Id, Line, Part, RefTo, Text, When, as_list, field
from generator.records.naming import Consented
from generator.records.photo import Photo, check_pairs
from generator.records.statements import Claim, Differing, Quantity, Source, Withdrawn

Status = Literal["未开始", "办理中", "已办结", "已确认", "已撤回"]
GOING: tuple[Status, ...] = ("未开始", "办理中")
DONE: tuple[Status, ...] = ("已办结", "已确认")
Verb = Literal["began", "moved", "amended", "reopened", "closed", "confirmed"]


class Event(NamedTuple):
    """Something that happened to a record, as bulletins tell it.

    day: ISO text as far as known, never empty; part: where in the record it stands, as `steps/2`; words: what it was.
    opens: from then on the record counts as being handled, until it is closed.
    """

    day: str
    verb: Verb
    part: str = ""
    words: str = ""
    opens: bool = False


class Promise(NamedTuple):
    """A day by which something is to be done; what closes the record keeps it, too. All days are full ISO dates.

    replaced: the day on which another promise took its place; met: the day on which it was kept; empty for never.
    """

    due: str
    replaced: str = ""
    met: str = ""
    part: str = ""
    words: str = ""


class End(NamedTuple):
    """Something that ends: the last day on which it stands, as ISO text, and what it is; empty for a whole record."""

    day: str
    what: str = ""


class Record(Part):
    """What every record has. A kind adds its own fields, labels, and what can be derived from it alone.

    intro: what it is for, in one or two plain Chinese sentences for editors.
    unlisted: columns that other pages need and the kind's own list leaves out.
    by_hand: whether editors write it; else a command does, and its files are never edited.
    """

    kind: ClassVar[str]
    folder: ClassVar[str]
    label: ClassVar[str]
    intro: ClassVar[str] = ""
    example: ClassVar[str]
    date_field: ClassVar[str | None] = None
    columns: ClassVar[tuple[str, ...]] = ()
    unlisted: ClassVar[tuple[str, ...]] = ()
    derived: ClassVar[dict[str, str]] = {}
    opaque: ClassVar[bool] = False
    by_hand: ClassVar[bool] = True

    id: Line | None = field("编号")
    title: Line = field("标题", ...)
    source: Annotated[list[Source], BeforeValidator(as_list), Field(min_length=1)] = field("来源", ...)
    area: Annotated[str, RefTo("area")] | None = field("所在地")
    description: Text | None = field("说明")
    claims: list[Claim] = field("来源所称数字", [])
    differing: list[Differing] = field("不同说法", [])
    images: Annotated[list[Photo], AfterValidator(check_pairs)] = field("照片", [])
    note: Text | None = field("备注")
    illustrative: Flag = field("示例", False)
    formerly: list[Id] = field("曾用编号", [])
    withdrawn: Withdrawn | None = field("撤回")
    privacy_exceptions: list[PrivacyException] = field("公开例外", [])

    def tombstone(self, as_of: date) -> tuple[str, str] | None:
        """Return since when and why the page holds nothing but that, None for a record that stands."""
        return (str(self.withdrawn.date), self.withdrawn.reason) if self.withdrawn else None

    def consented(self, as_of: date) -> Consented | None:
        """Return the whole name in the title that stands by consent alone, None where no consent is needed."""
        return None

    def last_day(self) -> date | None:
        """Return the last day on which the page may say what it says, None for a record that never expires."""
        return None

    def last_days(self) -> Iterator[End]:
        """Yield every last day there is: of the record itself, and of parts that end before it."""
        if last := self.last_day():
            yield End(last.isoformat())
        yield from endings(self)

    def dated(self) -> str:
        """Return the day that lists sort by, as ISO text; empty when the record has none."""
        when = getattr(self, self.date_field) if self.date_field else None
        return when.day if when else ""

    def updated(self, as_of: date) -> str:
        """Return the latest day on which something happened to this record, as ISO text, never after `as_of`."""
        today = as_of.isoformat()
        days = [when.value[:10] for when in whens(self) if when.value]
        return max((day for day in days if day <= today), default="")

    def status(self, as_of: date) -> Status | None:
        """Return the status word, or None for a kind that has no status."""
        return "已撤回" if self.withdrawn else None

    def overdue_days(self, as_of: date) -> int:
        """Return by how many days this is late on `as_of`, 0 if it is not."""
        return 0

    def upshot(self, as_of: date) -> str:
        """Return in a few characters what a shared link tells after the title; empty where the kind's name serves.

        Never what changes with the day alone: a card in a chat stays as it was sent.
        """
        return ""

    def traces(self) -> tuple[Any, ...]:
        """Return what checks and pages of other records need of this one: small plain values, never the body."""
        return ()

    def events(self) -> Iterator[Event]:
        """Yield what happened to this record, for bulletins; nothing for kinds that bulletins don't tell of."""
        return iter(())

    def promises(self, as_of: date) -> Iterator[Promise]:
        """Yield every day by which something was promised, repeated ones up to `as_of`; nothing for most kinds."""
        return iter(())

    def value(self, name: str, as_of: date) -> Any:
        """Return a field, or what a derived method gives on `as_of`."""
        value = getattr(self, name)
        return value(as_of) if name in self.derived else value

    @classmethod
    def label_of(cls, name: str) -> str:
        """Return the label of a field or of a derived value."""
        return cls.derived.get(name) or cls.model_fields[name].title or name


def whens(part: BaseModel, planned: bool = False) -> list[When]:
    """Return every date at which something happened, in a record or a part of one; the `planned` ones if asked for."""
    found: list[When] = []
    parts = [part]
    for one in parts:  # grows meanwhile
        values = one.__dict__
        for name, many, is_when, is_planned in _dated(type(one)):
            value = values[name]
            if value and (planned or not is_planned):
                some: list[Any] = found if is_when else parts
                some += value if many else (value,)
    return found


def endings(part: BaseModel) -> Iterator[End]:
    """Yield the last day of every part that has one of its own, at whatever depth."""
    for shape in _ending(type(part)):
        value = getattr(part, shape.name)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, Ending):
                if last := item.last_day():
                    yield End(last.isoformat(), item.label)
            elif isinstance(item, BaseModel):
                yield from endings(item)


@dataclass(frozen=True)
class Shape:
    """What stands in one field: its label, whether it is a list, its part model, the kinds it refers to.

    planned: a date that is only intended; is_text: paragraphs, not a line.
    """

    name: str
    label: str
    many: bool
    part: type[BaseModel] | None
    refs: tuple[str, ...]
    planned: bool
    is_text: bool
    type: Any


@cache
def shapes(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the shape of every field of `model`, in the order of the model."""
    return tuple(_shape(name, info) for name, info in model.model_fields.items())


@cache
def _dated(model: type[BaseModel]) -> tuple[tuple[str, bool, bool, bool], ...]:
    """Return (name, many, is a date, planned) of the fields in which a date can stand, at whatever depth.

    Not those of sources and of photos. Plain values, since they are looked through for every part of every record.
    """
    return tuple((s.name, s.many, s.part is When, s.planned) for s in shapes(model)
                 if s.name not in ("source", "differing", "images") and s.part and (s.part is When or _dated(s.part)))


@cache
def _ending(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the shapes in which a part with a last day can stand, at whatever depth."""
    return tuple(s for s in shapes(model) if s.part and (issubclass(s.part, Ending) or _ending(s.part)))


@cache
def referring(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the shapes in which a reference can stand, at whatever depth."""
    return tuple(s for s in shapes(model) if s.refs or (s.part and referring(s.part)))


@cache
def figured(model: type[BaseModel]) -> tuple[Shape, ...]:
    """Return the shapes in which a stated number can stand, at whatever depth."""
    return tuple(s for s in shapes(model) if s.part and (issubclass(s.part, Quantity) or figured(s.part)))


@cache
def shape_of(model: type[BaseModel], name: str) -> Shape | None:
    """Return the shape of one field, None for a name that is no field."""
    return next((s for s in shapes(model) if s.name == name), None)


def _shape(name: str, info: FieldInfo) -> Shape:
    inner, marks = unwrap(info.annotation, list(info.metadata))
    part = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    refs = next((m.kinds for m in marks if isinstance(m, RefTo)), ())
    return Shape(name, info.title or name, list in marks, part, refs, "planned" in marks, "text" in marks, inner)


def unwrap(annotation: Any, marks: list[Any]) -> tuple[Any, list[Any]]:
    """Take `Annotated`, `| None` and `list[...]` off a type, noting the marks found on the way."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return unwrap(inner, marks + more)
    if origin is list:
        return unwrap(get_args(annotation)[0], [*marks, list])
    if origin in (Union, UnionType):
        arms = [a for a in get_args(annotation) if a is not type(None)]
        return unwrap(arms[0], marks) if len(arms) == 1 else (annotation, marks)
    return annotation, marks
