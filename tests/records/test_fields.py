"""How each field is written: what every door for editors derives from."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.records import kinds
from generator.records.fields import Field, fields, walk
from generator.records.forms import Part


def at(kind: str, *names: str) -> Field:
    """Return a field by the names that lead to it."""
    return next(one for path, one in walk(fields(kinds()[kind])) if path == names)


@pytest.mark.parametrize("kind", kinds())
def test_every_field_of_every_kind_has_a_form(kind: str) -> None:
    """Nothing in a model is out of reach for editors, and every hint and label is Chinese."""
    for path, one in walk(fields(kinds()[kind])):
        assert one.hint and any("\u4e00" <= letter <= "\u9fff" for letter in one.hint + one.label), path
        assert (one.form == "choice") == bool(one.choices)
        assert (one.form == "ref") == bool(one.kinds)
        assert not one.bare or one.bare in [part.name for part in one.parts]


def test_forms_are_those_of_the_models() -> None:
    """One field of every form, looked up by hand in the models."""
    assert at("case", "title").form == "line" and at("case", "title").required and at("case", "title").length == 200
    assert at("case", "description").form == "text" and not at("case", "description").required
    assert at("case", "ladder").many and at("case", "ladder").form == "part"
    assert list(at("case", "ladder", "level").choices) == ["社区自办", "责任单位承办", "网格长联办", "领导小组交办"]
    assert at("case", "reported").form == "day" and at("case", "reported").bare == "value"
    assert (at("case", "satisfaction").form, at("case", "satisfaction").least, at("case", "satisfaction").most) == (
        "whole", 1, 5)
    assert at("case", "area").kinds == ("area",) and at("case", "formerly").form == "id"
    assert at("case", "source").at_least == 1 and at("case", "source").bare == "document"
    assert at("fund", "entries", "amount").form == "money" and at("fund", "entries", "amount").above is None
    assert at("feedback", "ground").choices == {"consent": "本人同意", "press": "报纸登过"}
    assert at("scheme", "only").form == "words"
    assert at("case", "claims").bare == "", "a claim needs its label"
    assert at("case", "images", "alt").length == 120, "of a line's 200 and its own 120 the narrower holds"
    assert (at("holiday", "year").least, at("holiday", "year").most) == (2000, 2100)


def parts(some: tuple[Field, ...]) -> list[Field]:
    """Return the fields that are mappings."""
    return [one for _, one in walk(some) if one.parts]


def test_a_bare_text_is_read_where_the_model_says_so() -> None:
    """`bare` and the models agree: each part takes a text alone exactly where it names the field it stands for."""
    models = {model for kind in kinds().values() for model in below(kind)}
    assert len(models) > 40
    for model in models:
        try:
            TypeAdapter(model).validate_python("2026-05-06")
        except ValidationError:
            assert not model.bare, model
        else:
            assert model.bare, model


def below(model: type[Part]) -> set[type[Part]]:
    """Return every part model inside a model, at whatever depth."""
    from generator.records.base import shapes

    mine = {shape.part for shape in shapes(model) if shape.part}
    return mine.union(*(below(part) for part in mine))
