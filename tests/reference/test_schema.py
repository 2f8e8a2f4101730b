"""The schemas warn editors of what the models refuse, and of nothing that the models accept."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from generator import load, validate
from generator.data import Raw
from generator.records import folders, kinds
from generator.records.fields import Field, fields, walk
from generator.reference.schema import SITE, schemas, written
from tests.sites import BASE, CONFIG, ROOT, faults


class Core(yaml.SafeLoader):
    """Types scalars as YAML 1.2's core schema does, and so as VS Code's extension."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]), ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789"))):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), first)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 0) if node.value[:2] in ("0x", "0o")
                     else int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


@cache
def validator(name: str) -> Draft7Validator:
    """Return what judges records of a kind."""
    return Draft7Validator(schemas()[name])


def warned(name: str, text: str) -> list[tuple[str | int, ...]]:
    """Return where an editor would be warned in a text, as the keys that lead there."""
    data = yaml.load(text, Loader=Core)
    found = [error for top in validator(name).iter_errors(data) for error in (top, *top.context)]
    return sorted((tuple(error.absolute_path) for error in found), key=str)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schema_is_sound_in_both_drafts(name: str) -> None:
    """Every schema is one by the draft it names, and by the newest, in which every word means the same."""
    schema = schemas()[name]
    Draft7Validator.check_schema(schema)
    Draft202012Validator.check_schema(schema)
    assert json.loads(written(schema)) == schema
    assert re.search("[\u4e00-\u9fff]", schema["description"])


@pytest.mark.parametrize(("folder", "kind"), folders().items())
def test_every_record_of_the_demo_is_valid(folder: str, kind: str) -> None:
    """No record that `check` passes is warned of, typed as editors type it."""
    for path in sorted((ROOT / "content" / folder).rglob("*.yml")):
        assert warned(kind, path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("kind", kinds())
def test_example_is_valid(kind: str) -> None:
    """What `gongshi new` prints is valid, also with every scalar in quotes."""
    assert warned(kind, kinds()[kind].example) == []
    assert list(validator(kind).iter_errors(load.parse(kinds()[kind].example))) == []


@pytest.mark.parametrize("text", [(ROOT / "site_config.yml").read_text(encoding="utf-8"), CONFIG])
def test_configuration_is_valid(text: str) -> None:
    """The demo's configuration and that of the tests are valid."""
    assert warned(SITE, text) == []


CASE = BASE["cases/leak.yml"]


@pytest.mark.parametrize(("old", "new", "at"), [
    ("area:", "aera:", ()), ("title: 楼道漏水\n", "", ()), ("title: 楼道漏水", "title:", ("title",)),
    ("level: 社区自办", "level: 社区办", ("ladder", 0, "level")),
    ("resolved: 2026-05-08", "resolved: 2026-5-8", ("resolved",)),
    ("resolved: 2026-05-08", "resolved: 2026-13-01", ("resolved",)),
    ("resolved: 2026-05-08", "resolved: 五月八日", ("resolved",)),
    ("resolved: 2026-05-08", "resolved: 20", ("resolved",)),
    ("resolved: 2026-05-08", "resolved: {words: 五月, inferred: 年}", ("resolved", "inferred")),
    ("area: b3", "area: 三栋", ("area",)), ("area: b3", "area: case/b3", ("area",)),
    ("category: 漏水", "satisfaction: 6\ncategory: 漏水", ("satisfaction",)),
    ("category: 漏水", "illustrative: 是\ncategory: 漏水", ("illustrative",)),
    ("category: 漏水", "steps: 派人\ncategory: 漏水", ("steps",)),
    ("category: 漏水", "evidence: [{a: b}]\ncategory: 漏水", ("evidence", 0))])
def test_typical_faults_are_warned_of_where_they_stand(old: str, new: str, at: tuple[str | int, ...]) -> None:
    """Unknown and missing keys, wrong choices, dates, references and shapes are seen while typing."""
    assert old in CASE and warned("case", CASE) == []
    text = CASE.replace(old, new)
    assert at in warned("case", text)
    assert faults("case", text), "the models refuse it, too"


def written_in(one: Field, text: Any) -> Any:
    """Return a value at a field: the text itself, in a list or below its mapping, as the field asks."""
    return [text] if one.many and not one.alone else text


SCALARS = st.one_of(
    st.sampled_from(["", "2026", "2026-05", "2026-05-06", "2026-05-06 10:30", "2026-Q1", "2026-05-a", "0", "1", "-3",
                     "2.50", "240.00", "0x1F", "1e3", "010", "12:30", "no", "true", "null", "~", "a", "a-1", "area/a",
                     "person/p-0001", "index", "某某", "第一行\n第二行", "exact", "社区自办", " ", "2020-02-30"]),
    st.text(max_size=12))
FIELDS = [(kind, one) for kind in kinds() for one in fields(kinds()[kind])]


@given(st.sampled_from(FIELDS), SCALARS)
def test_nothing_is_warned_of_that_the_model_accepts(field: tuple[str, Field], text: str) -> None:
    """A scalar that a model takes in a field is valid there, however a parser types it."""
    kind, one = field
    data = {**load.parse(kinds()[kind].example), one.name: written_in(one, load.CORE.get(text, text))}
    found = validate.validate(Raw(kind, "a-0001", "x.yml", data), kinds())
    if isinstance(found, list) and any(problem.place.keys[:1] == (one.name,) for problem in found):
        return
    for value in (data[one.name], written_in(one, typed(text))):
        assert [list(e.absolute_path) for e in validator(kind).iter_errors({**data, one.name: value})] == []


def typed(text: str) -> Any:
    """Return a plain scalar as YAML's core schema types it; what is no plain scalar stays text."""
    tag = Core("").resolve(yaml.ScalarNode, text, (True, False))
    return Core("").construct_object(yaml.ScalarNode(tag, text))


def test_every_field_is_named_in_chinese() -> None:
    """VS Code shows a label and how to write it for every field, at whatever depth."""
    for name, schema in schemas().items():
        for one in [schema, *schema["definitions"].values()]:
            for key, field in one["properties"].items():
                assert re.search("[\u4e00-\u9fff]", field["title"] + field["description"]), (name, key)


def test_walk_reaches_what_schemas_hold() -> None:
    """Every field of a kind stands in its schema, required where the model requires it."""
    made = schemas()
    for kind, model in kinds().items():
        schema = made[kind]
        for path, one in walk(fields(model)):
            holder = schema if len(path) == 1 else next(
                schema["definitions"][key] for key in (above(model, path).model, f"{above(model, path).model}-or-empty")
                if key in schema["definitions"])
            assert one.name in holder["properties"]
            assert (one.name in holder.get("required", [])) == one.required


def above(model: Any, path: tuple[str, ...]) -> Field:
    """Return the field that holds the one at `path`."""
    return next(one for names, one in walk(fields(model)) if names == path[:-1])
