"""What a field's value is as the text of a cell, and back: `decode(encode(value)) == value`, for any value.

A value that has no plain text, or whose text would be read as something else, is written as a backslash and YAML:
`\\"  two spaces before"`, `\\[]`, `\\null`. Nobody types that, nobody needs to; nothing is lost by it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from generator.letters import CODES, unfit
from generator.plain import Refused
from generator.records.fields import Field
from generator.sheets import flow
from generator.wording import nearest

ESCAPED = re.compile(r"\\(?:[\"{\[]|(?:null|true|false)\Z)")
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
"""What a spreadsheet shows, and writes to CSV, where a formula has no result."""
BULLETS = ("· ", "• ", "- ")
"""What one line begins with that is a list of one, where one may stand alone too; the first is written: GBK has it."""
TRUE, FALSE = ("是", "true"), ("否", "false")
NUMBERS = ("whole", "number", "money")


class Amiss(Exception):
    """A cell that can't be read; becomes a Fault."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.code, self.values = code, values


def encode(field: Field, value: Any) -> str:
    """Return the text of a cell that holds `value`: dicts, lists, text, None, True or False."""
    text = _natural(field, value)
    if text and survives(text):
        try:
            if decode(field, text) == value:
                return text
        except Amiss:
            pass
    return escaped(value)


def escaped(value: Any) -> str:
    """Return the text of a cell that means `value` whatever the field."""
    return "\\" + flow.dump(flow.Quoted(value) if isinstance(value, str) else value)


def survives(text: str) -> bool:
    """Whether a spreadsheet keeps this text as it is: see `clean`."""
    return clean(text) == text and not re.search(r"x005F_|_x[0-9A-Fa-f]{4}_", text)


def clean(text: str) -> str:
    """Return the text of a cell as people mean it: no spaces around it, one kind of line break, no NBSP."""
    text = re.sub(r"\r\n?", "\n", text).replace("\u00a0", " ")
    end = "\n" if text.rstrip(" \t\u3000").endswith("\n") else ""
    return (text.strip() + end) if text.strip() else ""


def decode(field: Field, text: str) -> Any:
    """Return the value that a cell's text means for a field; `text` is not blank. Raises: Amiss."""
    text = clean(text)
    if found := unfit(text):
        raise Amiss(found.code, **found.values)
    if ERROR.fullmatch(text):
        raise Amiss("cell-error", value=text)
    if ESCAPED.match(text):
        return _yaml(text[1:])
    if field.form != "text" or field.many:
        text = text.strip()
    return _items(field, text) if field.many else _one(field, text)


def _natural(field: Field, value: Any) -> str | None:
    """Return the plain text of a value, None where it has none; whether it is read back is for `encode` to see."""
    if field.many and field.alone and not isinstance(value, list):
        return _item(field, value)
    if not field.many:
        return _item(field, value)
    if not isinstance(value, list) or not value:
        return None
    lines = [_line(field, item) for item in value]
    return BULLETS[0] + lines[0] if field.alone and len(lines) == 1 else "\n".join(lines)


def _line(field: Field, value: Any) -> str:
    """Return one item of a list on a line of its own."""
    text = _item(field, value)
    if text and text.strip() == text and "\n" not in text and survives(text):
        try:
            if _entry(field, text) == value:
                return text
        except Amiss:
            pass
    return escaped(value)


def _item(field: Field, value: Any) -> str | None:
    if value is True or value is False:
        return ("是" if value else "否") if field.form == "flag" else None
    if field.form == "words" and isinstance(value, dict):
        return "\n".join(flow.dump({key: one})[1:-1] for key, one in value.items())
    if isinstance(value, dict):
        return flow.dump(flow.spoken(value, field)) if value and field.parts else None
    return field.choices.get(value, value) if isinstance(value, str) else None


def _items(field: Field, text: str) -> Any:
    """Return the items of a list, one a line; the one item itself where it may stand alone."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if field.alone and len(lines) == 1 and not lines[0].startswith(BULLETS):
        return _entry(field, lines[0])
    return [_entry(field, line[2:].strip() if field.parts and line.startswith(BULLETS) else line) for line in lines]


def _entry(field: Field, line: str) -> Any:
    return _yaml(line[1:]) if ESCAPED.match(line) else _one(field, line)


def _one(field: Field, text: str) -> Any:
    if field.parts and text.startswith("{"):
        return flow.meant(_yaml(text), field)
    if field.form == "part" and not field.bare:
        raise Amiss("cell-not-mapping", example=_example(field))
    if field.form == "words":
        return _yaml(text)
    return READERS.get(field.form, lambda field, text: text)(field, text)


def _yaml(text: str) -> Any:
    try:
        return flow.load(text)
    except Refused as fault:
        if fault.code in CODES:
            raise Amiss(fault.code, **fault.values) from fault
        raise Amiss("cell-yaml", text=text[:40]) from fault


def _example(field: Field) -> str:
    some = [one for one in field.parts if one.required] or list(field.parts[:2])
    return "{" + ", ".join(f"{one.label}: …" for one in some) + "}"


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────


def _flag(field: Field, text: str) -> bool:
    word = half(text).lower()
    if word not in TRUE + FALSE:
        raise Amiss("cell-flag", value=text[:40])
    return word in TRUE


def _choice(field: Field, text: str) -> str:
    for choice, word in field.choices.items():
        if text in (choice, word):
            return choice
    known = list(field.choices.values())
    for choice, word in field.choices.items():
        if half(text) in (half(choice), half(word)):
            return choice
    raise Amiss("not-one-of", value=text[:40], near=nearest(text, known), allowed="、".join(known))


def _number(field: Field, text: str) -> str:
    number = half(text)
    if field.form == "money":
        number = re.sub(r"\A¥|元\Z", "", number)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", number, re.ASCII):
        number = number.replace(",", "")
    return number if re.fullmatch(r"-?\d+(\.\d+)?", number, re.ASCII) else text


_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?\Z", re.ASCII)
_CLOSE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_TIME = re.compile(r"(?:(?<!\s)\s++|T)(\d{1,2}):(\d{2})(?::\d{2})?\Z", re.ASCII)


def _day(field: Field, text: str) -> str:
    """Return a date in any of the ways people write it as `2026-05-06`; what is none stays for the model to refuse."""
    plain = unicodedata.normalize("NFKC", text).strip()
    timed = _TIME.search(plain)
    day, time = (plain[:timed.start()], f" {int(timed[1]):02d}:{timed[2]}") if timed else (plain, "")
    found = _DAY.match(re.sub(r"(?<!\s)\s*+([-./年月日])\s*+", r"\1", day)) or _CLOSE.match(day)
    if not found:
        return text
    return "-".join([found[1], *(f"{int(part):02d}" for part in found.groups()[1:] if part)]) + time


def _period(field: Field, text: str) -> str:
    plain = half(text)
    return _day(field, plain) if "年" in plain else plain


def _word(field: Field, text: str) -> str:
    """Return an id or a reference: half-width, and without the title that a drop-down adds behind it."""
    found = re.match(r"([a-z0-9/-]+)\s+\S", plain := unicodedata.normalize("NFKC", text).strip())
    return found[1] if found else plain


def half(text: str) -> str:
    """Return text in half-width letters, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


READERS: dict[str, Any] = {"flag": _flag, "choice": _choice, "whole": _number, "number": _number, "money": _number,
                           "day": _day, "period": _period, "id": _word, "ref": _word}
