"""How a field of a record becomes a field of the forms: which widget, with which words, held to which pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.records.fields import Field, Form

Widget = dict[str, Any]

DAY = r"\d{4}(-\d{2}(-\d{2}( ([01]\d|2[0-3]):[0-5]\d)?)?)?"
SAID = r"""("([^"\\]|\\.)*"|'([^']|'')*'|[^\s,:\{\}\[\]"'#]([^,:\{\}\[\]]|:(?! ))*)"""
LONG = rf"\{{[a-z]+: {SAID}(, [a-z]+: {SAID})*\}}"
"""A date's long form on one line; a comma or a colon of a Chinese keyboard does not part it."""
PATTERNS: Mapping[Form, tuple[str, str]] = {
    "day": (rf"^({DAY}|{LONG})$", "日期要写成 2026-05-06；只知道月就写 2026-05，只知道年就写 2026"),
    "whole": (r"^\d{1,13}$", "这里要写整数，不带单位和逗号"),
    "number": (r"^-?\d{1,15}(\.\d{1,6})?$", "这里要写数字，不带单位和逗号"),
    "money": (r"^-?\d{1,12}(\.\d{1,2})?$", "金额写元，如 240.00，不带单位和逗号"),
    "period": (r"^\d{4}(-(H[12]|Q[1-4]|W\d{2}|\d{2}(-[ab])?))?$",
               "期间要写成 2026、2026-H1、2026-Q4、2026-11、2026-11-a 或 2026-W47"),
    "id": (r"^[a-z0-9]+(-[a-z0-9]+)*$", "编号只用小写字母、数字和中间的短横，如 case-0001"),
}
NOTHING = "不填"
SELDOM = ("claims", "differing", "images", "note", "illustrative", "formerly", "withdrawn", "privacy_exceptions")
"""What every kind has and few records use: it stands at a form's end."""
HIDDEN = ("id",)
"""The id is the file's name, and no field of a form."""
PHOTOS = "photos"
SAYING: tuple[Form, ...] = ("line", "name", "resident", "day", "choice", "period")
"""Forms of which a folded entry shows the first few."""


def form(some: tuple[Field, ...], labels: Mapping[str, str]) -> list[Widget]:
    """Return the fields of a whole record: first what every kind has, then its own, last what is seldom used."""
    return widgets(tuple(sorted(some, key=lambda one: one.name in SELDOM)), labels)


def widgets(some: tuple[Field, ...], labels: Mapping[str, str]) -> list[Widget]:
    """Return the form's fields, in their order. labels: what each kind is called."""
    return [widget(one, labels) for one in some if one.name not in HIDDEN]


def widget(one: Field, labels: Mapping[str, str]) -> Widget:
    """Return one field of a form, or a list of such."""
    common = {"name": one.name, "label": one.label, "required": one.required, "hint": hint(one)}
    if not one.many:
        return {**common, **_single(one, labels)}
    counted = {"min": one.at_least} if one.at_least else {}
    return {**common, "widget": "list", "label_singular": one.label, **counted,
            **_entries(one, labels)}


def _entries(one: Field, labels: Mapping[str, str]) -> Widget:
    """Return what an entry of a list is: its parts, its kinds, or a single value."""
    if one.form == "part":
        return {"fields": widgets(one.parts, labels), "collapsed": "auto", **_summary(one)}
    if len(one.kinds) > 1:
        return {"types": _targets(one.kinds, labels), "typeKey": "kind"}
    return {"field": {"name": "item", "label": one.label, **_single(one, labels)}}


def _single(one: Field, labels: Mapping[str, str]) -> Widget:
    """Return the widget of one value."""
    if one.form == "part":
        return {"widget": "object", "fields": widgets(one.parts, labels), "collapsed": "auto", **_summary(one)}
    if one.kinds:
        return _reference(one.kinds, labels)
    if one.choices:
        return _choice(one)
    if is_photo(one):
        return {"widget": "image", "choose_url": False, "accept": "image/jpeg,image/png,image/webp"}
    if one.form == "flag":
        return {"widget": "boolean", "default": bool(one.default)}
    if one.form == "words":
        return {"widget": "keyvalue", "key_label": "名称", "value_label": "文字"}
    return _text(one)


def _text(one: Field) -> Widget:
    """Return a box for text: dates and numbers too, since they must stay what was typed."""
    if one.form == "text":
        return {"widget": "text"}
    pattern = {"pattern": list(PATTERNS[one.form])} if one.form in PATTERNS else {}
    length = {"maxlength": one.length} if one.length else {}
    return {"widget": "string", "use_emoji_autocomplete": False, **pattern, **length}


def _choice(one: Field) -> Widget:
    """Return a list to choose from; what need not be chosen can be left or taken back."""
    options = [{"label": word, "value": value} for value, word in one.choices.items()]
    if one.required or one.default is not None:
        return {"widget": "select", "options": options,
                **({"default": str(one.default)} if one.default is not None else {})}
    return {"widget": "select", "options": [{"label": NOTHING, "value": ""}, *options], "default": ""}


def _reference(kinds: tuple[str, ...], labels: Mapping[str, str]) -> Widget:
    """Return a search for a record by its title; where several kinds are meant, the kind is chosen first."""
    if len(kinds) > 1:
        return {"widget": "object", "types": _targets(kinds, labels), "typeKey": "kind"}
    return {"widget": "relation", "collection": kinds[0], "value_field": "{{_id}}",
            "display_fields": ["{{title}} · {{_id}}"], "search_fields": ["title", "_id"], "dropdown_threshold": 0}


def _targets(kinds: tuple[str, ...], labels: Mapping[str, str]) -> list[Widget]:
    return [{"name": kind, "label": labels[kind], "widget": "object",
             "fields": [{"name": "id", "label": labels[kind], **_reference((kind,), labels)}]} for kind in kinds]


def _summary(one: Field) -> Widget:
    """Return what a folded entry shows: what it must say; where that is nothing, the first that it does say."""
    shown = [part.name for part in one.parts if part.required and part.form in SAYING and not is_photo(part)][:3]
    picture = next((part.name for part in one.parts if is_photo(part)), None)
    summary = " · ".join(f"{{{{{name}}}}}" for name in shown)
    return {**({"thumbnail": picture} if picture else {}), **({"summary": summary} if shown else {})}


def hint(one: Field) -> str:
    """Return how a field is written, empty where that goes without saying."""
    if is_photo(one):
        return "JPEG、PNG 或 WebP；不要拍到人脸、门牌号和车牌"
    return "" if one.form in ("line", "part", "flag", "choice", "ref") or one.choices or one.kinds else one.hint


def is_photo(one: Field) -> bool:
    """Whether a field names a photo: a line called `file` that says 照片文件."""
    return one.form == "line" and (one.name, one.label) == ("file", "照片文件")


def shape(one: Field) -> Widget:
    """Return what the form has to know to read and write a field: see `theme/admin/record.js`."""
    told = {"many": one.many, "bare": one.bare, "kinds": list(one.kinds), "photo": is_photo(one),
            "parts": [shape(part) for part in one.parts] if one.form == "part" else [],
            "default": one.default if one.form in ("flag", "choice") and not one.many else None,
            "single": one.name == "source" and one.many}
    return {"name": one.name, "form": one.form, **{name: value for name, value in told.items()
                                                   if value or (value is False and name == "default")}}
