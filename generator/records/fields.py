"""Level 1. How each field is written: read off the models, for every door through which editors write.

Sheets, forms, JSON Schemas and the field reference all derive from `fields`; none of them looks at a model itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.records.base import unwrap
from generator.records.forms import Money, Part, RefTo, When, as_list

Form = Literal["line", "text", "choice", "flag", "whole", "number", "money", "day", "period", "ref", "id", "part",
               "words", "name", "resident"]
"""line: one line of text; text: paragraphs; day: a date as far as known; words: any keys, each with a line;
name: a line that says who, a whole name only with its ground; resident: one that never
holds a whole name."""


class Field(NamedTuple):
    """How one field is written.

    many: a list of such; required: without it the record is refused; default: what stands when it is not written.
    choices: the values allowed, each with its Chinese word; kinds: what a reference may point to, written as the id
    alone where it is one kind, else as `kind/id`. least, above, most: the range of a number; length: characters.
    at_least: how many a list needs. parts: the fields of a mapping, for a day those of its long form.
    bare: the part that a text alone stands for, empty where only a mapping will do. model: the name of the mapping's
    model, equal for equal parts of one kind. alone: whether one of a list may be written without the list.
    contact: whether it tells how an office is reached, so that a telephone may stand there.
    """

    name: str
    label: str
    form: Form
    many: bool
    required: bool
    default: Any
    choices: dict[str, str]
    kinds: tuple[str, ...]
    least: Any
    above: Any
    most: Any
    length: int | None
    at_least: int
    parts: tuple[Field, ...]
    bare: str
    model: str = ""
    alone: bool = False
    contact: bool = False

    @property
    def hint(self) -> str:
        """Say in Chinese how it is written, in a few words."""
        if self.choices:
            return "从中选一个：" + "、".join(dict.fromkeys(self.choices.values()))
        if self.kinds:
            return "写编号" if len(self.kinds) == 1 else "写成 " + " 或 ".join(f"{kind}/编号" for kind in self.kinds)
        return HINTS[self.form]


HINTS: dict[Form, str] = {
    "line": "一行文字", "text": "可以分段", "flag": "是或否", "whole": "整数", "number": "数字，不写单位",
    "money": "元，如 240.00", "day": "写成 2026-05-06；只知道月就写 2026-05，只知道年就写 2026",
    "period": "写成 2026-Q1、2026-05、2026-05-a、2026-W20 或 2026", "id": "小写字母、数字和短横，如 case-0001",
    "part": "一组内容", "words": "几个“名称: 文字”", "choice": "从中选一个", "ref": "写编号",
    "name": "职务、单位，或“李某”；写全名要注明（公职）或（见报）",
    "resident": "写称呼，不写姓名：李某、陈奶奶、某居民",
}

WORDS = {
    "before": "改造前", "during": "改造中", "after": "改造后",
    "consent": "本人同意", "press": "报纸登过", "office": "因公职公开",
    "at_least": "至少", "more_than": "超过", "exact": "确数", "about": "约数", "at_most": "至多", "below": "不足",
    "year": "年", "month": "月", "day": "日", "week": "周", "half-month": "半月", "quarter": "季度",
    "half-year": "半年", "rolling": "滚动", "all": "不分期",
    "count": "计数", "sum": "求和", "mean": "平均", "median": "中位数", "ratio": "比例", "within_days": "几天内的比例",
    "latest": "最近一次", "high": "越高越好", "low": "越低越好",
    "standard": "占名次（1、1、3）", "dense": "不占名次（1、1、2）",
    "phone": "电话", "plate": "车牌", "address": "住址", "email": "电子邮箱", "wechat": "微信号", "qq": "QQ号",
    "gps": "精确位置",
    "leaderboard": "榜单", "stars": "星级", "list": "红黑榜", "mechanism": "机制",
}
"""The Chinese words of values that are written in English."""


@cache
def fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return how every field of `model` is written, in the order of the model."""
    return tuple(_field(name, info) for name, info in model.model_fields.items())


def walk(some: tuple[Field, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield every field with the names that lead to it, a mapping before what is inside it."""
    for one in some:
        yield (*above, one.name), one
        yield from walk(one.parts, (*above, one.name))


def _field(name: str, info: FieldInfo) -> Field:
    inner, marks = unwrap(info.annotation, list(info.metadata))
    part = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    kinds = next((mark.kinds for mark in marks if isinstance(mark, RefTo)), ())
    limits = _limits(marks)
    return Field(
        name, info.title or name, _form(inner, marks, kinds), list in marks, info.is_required(),
        None if info.is_required() else info.get_default(call_default_factory=True),
        {str(v): WORDS.get(str(v), str(v)) for v in get_args(inner)} if get_origin(inner) is Literal else {},
        kinds, limits.get("ge"), limits.get("gt"), limits.get("le"), limits.get("max_length"),
        limits.get("min_length", 0), fields(part) if part else (),
        part.bare if part and issubclass(part, Part) else "", part.__name__ if part else "",
        any(getattr(mark, "func", None) is as_list for mark in marks), "contact" in marks)


def _form(inner: Any, marks: list[Any], kinds: tuple[str, ...]) -> Form:
    """Return in which form a value of this type is written; the marks of `forms` tell texts apart."""
    if kinds:
        return "ref"
    if get_origin(inner) is Literal:
        return "choice"
    if get_origin(inner) is dict:
        return "words"
    if inner is str:
        return next((form for form in ("text", "period", "id", "name", "resident") if form in marks), "line")
    return next(form for type_, form in FORMS if issubclass(inner, type_))


FORMS: tuple[tuple[type, Form], ...] = (
    (bool, "flag"), (Money, "money"), (int, "whole"), (Decimal, "number"), (When, "day"), (date, "day"),
    (BaseModel, "part"))


def _limits(marks: list[Any]) -> dict[str, Any]:
    """Return the bounds that stand among the marks of a type, by pydantic's names; of several, the narrowest holds."""
    found: dict[str, Any] = {}
    for mark in marks:
        for bound in mark.metadata if isinstance(mark, FieldInfo) else (mark,):
            for name, narrower in BOUNDS.items():
                if (value := getattr(bound, name, None)) is not None:
                    found[name] = narrower(found.get(name, value), value)
    return found


BOUNDS: dict[str, Callable[[Any, Any], Any]] = {
    "ge": max, "gt": max, "le": min, "max_length": min, "min_length": max}
