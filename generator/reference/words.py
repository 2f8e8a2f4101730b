"""How a field is written, said in Chinese."""

from __future__ import annotations

from typing import Any

from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import Field, fields
from generator.records.forms import Money

NOTES = {
    "id": "不用写：文件名就是编号",
    "area": "事情在哪里：写地方的编号，就是 areas/ 里的文件名，不带 .yml",
    "illustrative": "是编写的样例、不是真事，就写 `true`",
    "formerly": "改过文件名，把旧的编号写在这里，旧网址照样打得开",
    "description": "给读者看的说明，可以分段",
    "note": "补充的话，读者也看得见，可以分段",
}
"""What is to be known of the fields that every kind has."""


def described(one: Field) -> str:
    """Return in Chinese how a field is written, and whether it must be."""
    if one.name in NOTES and one in fields(Record):
        return NOTES[one.name]
    words = "必填。" if one.required else ""
    words += "可以写几个，每个前面加短横。" if one.many else ""
    if len(one.kinds) == 1:
        model = kinds()[one.kinds[0]]
        return f"{words}写{model.label}的编号，就是 {model.folder}/ 里的文件名，不带 .yml"
    if one.form == "ref" and len(one.kinds) > 8:
        return f"{words}写成 类/编号，如 area/b3"
    if one.parts and one.form != "day":
        bare = next((part for part in one.parts if part.name == one.bare), None)
        short = f"直接写{bare.label}{'的编号' if bare.kinds else ''}，或逐项写：" if bare else "逐项写："
        return words + short + "、".join(part.label for part in one.parts)
    return words + one.hint


def default_of(one: Field) -> Any:
    """Return what stands when a field is not written, as it would be written; None where that is nothing."""
    if isinstance(one.default, Money):
        return one.default.yuan
    return one.default if isinstance(one.default, str | bool | int) else None
