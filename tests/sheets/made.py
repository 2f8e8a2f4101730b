"""Records that nobody would write: made by Hypothesis from how fields are written, hostile texts included."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from generator.letters import unfit
from generator.records import kinds
from generator.records.fields import Field, fields

ODD = [
    "=1+1", "-5.00", "+86", "@a", "'=x", "＝和", " 两边有空 ", "\u3000全角", "a\xa0b", "{文件: a}", "[a]",
    '"引"', "\\null", "\\{a: 1}", "\\\\server", "null", "true", "是", "否", "~", "- 一项", "• 一项", "新1",
    "一\n二", "一\n", "\n一", "a\r\nb", "a\rb", "\t制表", "#N/A", "_x0041_", "x005F_", "2026-05-06",
    "2026/5/6", "１２", "1,234.50", "240元", "a: b", "a #b", "0012", "1e5", "110101199001011234", "😀",
    "，；：“”", "gongshi case", "{", "}", "|", "%", "`", "'", '"', "\\",
]
texts = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=12).filter(
    lambda text: not unfit(text))


def value(field: Field, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return values of one field: as they are written, or odd texts."""
    if field.many:
        items = st.lists(item(field, depth), max_size=3)
        return items | item(field, depth) if field.alone else items
    return item(field, depth)


def item(field: Field, depth: int) -> st.SearchStrategy[Any]:
    """Return values of one item of a field."""
    plain: dict[str, st.SearchStrategy[Any]] = {
        "flag": st.booleans(), "choice": st.sampled_from(list(field.choices) or [""]),
        "day": st.sampled_from(["2026-05-06", "2026-05", "2026", "2026-05-06 10:36"]) | texts,
        "words": st.dictionaries(texts.filter(lambda key: key and len(key) < 100), texts | st.lists(texts, max_size=2),
                                 max_size=3),
        "money": st.sampled_from(["240.00", "-5.00", "0"]) | texts,
    }
    if not field.parts:
        return plain.get(field.form, texts)
    inside = mapping(field.parts, depth + 1)
    return inside | texts if field.bare else inside


def mapping(some: tuple[Field, ...], depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings with some of the fields."""
    chosen = st.lists(st.sampled_from(some), max_size=6 if depth == 0 else 3, unique_by=lambda one: one.name)
    return chosen.flatmap(lambda mine: st.fixed_dictionaries({one.name: value(one, depth) for one in mine}))


def records(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return what a record's YAML could say, well-shaped though not valid."""
    return mapping(tuple(one for one in fields(kinds()[kind]) if one.name != "id"))


KINDS = [kind for kind, model in kinds().items() if model.by_hand]
