"""What every kind of record must have; and that a new kind touches three places and nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

import generator.records
from generator.data import references
from generator.digest import sha256
from generator.records import folders, kinds
from generator.records.base import Record, shapes
from generator.records.code import new_code
from tests.sites import BASE, build_site, problems, record, sealed, torn, write_site

KINDS = sorted(kinds())
CJK = re.compile("[\u3400-\u9fff]")


def parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and every model inside it, each once."""
    seen: list[type[BaseModel]] = []
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.append(one)
            waiting += [s.part for s in shapes(one) if s.part]
    yield from seen


def dumped(one: Record) -> str:
    """Return a record written as YAML, as an editor would see it."""
    return yaml.safe_dump(one.model_dump(mode="json", exclude_none=True), allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("kind", KINDS)
def test_kind_introduces_itself(kind: str) -> None:
    """A kind has a docstring of its own, a Chinese label, and a folder that no other kind uses."""
    model = kinds()[kind]
    assert model.kind == kind
    assert model.__doc__ and model.__doc__ != Record.__doc__ and model.__doc__.strip().endswith(".")
    assert CJK.search(model.label)
    assert re.fullmatch("[a-z]+", model.folder) and folders()[model.folder] == kind
    assert len(folders()) == len(kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_chinese_label(kind: str) -> None:
    """Every field of the record and of its parts is labelled for readers, as is every derived value."""
    model = kinds()[kind]
    unlabelled = [f"{part.__name__}.{shape.name}" for part in parts(model) for shape in shapes(part)
                  if not CJK.search(shape.label)]
    assert unlabelled == []
    assert all(CJK.search(label) and callable(getattr(model, name)) for name, label in model.derived.items())


@pytest.mark.parametrize("kind", KINDS)
def test_parts_have_docstrings_and_are_frozen(kind: str) -> None:
    """Every mapping inside a record explains itself, refuses unknown keys and can't be changed."""
    for part in parts(kinds()[kind]):
        assert part.__doc__ and not part.__doc__.startswith("Usage docs")
        assert (part.model_config["extra"], part.model_config["frozen"]) == ("forbid", True)


@pytest.mark.parametrize("kind", KINDS)
def test_columns_and_date_exist(kind: str) -> None:
    """The columns of lists, and the date that they are sorted by, are fields or derived values."""
    model = kinds()[kind]
    known = {*model.model_fields, *model.derived}
    assert {*model.columns} <= known
    assert model.date_field is None or model.date_field in model.model_fields


@pytest.mark.parametrize("kind", KINDS)
def test_references_lead_to_kinds(kind: str) -> None:
    """A field that refers to records names kinds that exist."""
    assert {ref for part in parts(kinds()[kind]) for s in shapes(part) for ref in s.refs} <= {*kinds()}


@pytest.mark.parametrize("kind", KINDS)
def test_example_is_valid_and_illustrative(kind: str) -> None:
    """What `gongshi new` prints has no Problem, and can't be mistaken for a real record."""
    example = record(kind, kinds()[kind].example)
    assert example.illustrative


@pytest.mark.parametrize("kind", KINDS)
def test_example_round_trips(kind: str) -> None:
    """YAML → record → YAML → record gives an equal record."""
    example = record(kind, kinds()[kind].example)
    again = record(kind, dumped(example))
    assert again == example
    assert dumped(again) == dumped(example)


def real_files() -> list[tuple[str, Path]]:
    """Return (kind, path) of the records of the demo town."""
    content = Path(__file__).parent.parent / "content"
    return [(kind, path) for folder, kind in folders().items() for path in sorted((content / folder).rglob("*.yml"))]


def test_real_records_round_trip() -> None:
    """Every record of the demo town survives being written out and read again."""
    assert len(real_files()) > 100
    for kind, path in real_files():
        one = record(kind, path.read_text(encoding="utf-8"))
        assert record(kind, dumped(one)) == one, path


def example_files() -> dict[str, str | bytes]:
    """Return a site of every kind's example, with stand-ins for what the examples refer to."""
    files: dict[str, str | bytes] = {
        "documents/illustration.yml": kinds()["document"].example,
        **{f"{model.folder}/{example_id(kind)}.yml": model.example for kind, model in kinds().items()},
        "volunteers/v-1001.yml": _standing_in("volunteer") + "services: [{date: 2026-05-01, item: 巡楼, hours: 10}]\n",
        "schemes/house-list.yml": (
            "title: 红黑榜（示例）\nsource: illustration\nform: list\nsubject: area\nrule: 按办法列榜。\n"
            "illustrative: true\n"),
        "schemes/house-stars.yml": (
            "title: 房屋星级（示例）\nsource: illustration\nform: stars\nsubject: area\nrule: 按分评星。\n"
            "criteria: [{id: fire, label: 消防, max: 30}]\nbands: [{floor: 0, word: 合格, stars: 3}]\n"
            "illustrative: true\n"),
        "schemes/volunteer-points.yml": (
            "title: 志愿积分（示例）\nsource: illustration\nform: leaderboard\nsubject: volunteer\nrule: 一小时一分。\n"
            "period: year\nillustrative: true\nmeasures: [{label: 服务, over: volunteer.services, subject: self, "
            "take: sum, of: hours, date: date}]\n"),
        "assessments/demo-2026-53.yml": kinds()["assessment"].example,
        **_sealed("outcome", "volunteer-points-2025"), **_sealed("outcome", example_id("outcome"), '"2024"'),
        **_sealed("correction", example_id("correction")),
        "codes/issued.txt": f"{example_id('code')} 2026-11-22 area/demo-estate-b3\n"}
    for kind, text in [(model.kind, model.example) for model in kinds().values()]:
        for key in {r.target for r in references(record(kind, text))}:
            target, _, id = key.partition("/")
            path = f"{kinds()[target].folder}/{id}.yml"
            files[path] = files.get(path) or _standing_in(target)
    return files


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of every kind's example, built."""
    root = tmp_path_factory.mktemp("examples")
    build_site(write_site(root, example_files()), root / "site")
    return root / "site"


def example_id(kind: str) -> str:
    """Return an id under which a kind's example may stand."""
    if kind == "code":
        return new_code("the example", set())
    return "x-0001" if kinds()[kind].opaque else "the-example"


def _sealed(kind: str, id: str, period: str = "") -> dict[str, str | bytes]:
    """Return the example of a frozen kind as `gongshi close` would have written it, with no row beside it."""
    values = yaml.safe_load(kinds()[kind].example.replace('"2025"', period or '"2025"'))
    values = {name: str(value) if name in ("closed", "date", "inputs", "rows") else value
              for name, value in values.items()} | {"rows": sha256(b"[]\n")}
    return {f"{kinds()[kind].folder}/{id}.yml": sealed(kind, id, values), f"{kinds()[kind].folder}/{id}.json": b"[]\n"}


def _standing_in(kind: str) -> str:
    more = {"area": "level: 小区\n", "organisation": "type: 其他\n", "volunteer": "", "document": "type: 其他\n"}
    return f"title: 某{kinds()[kind].label}\nsource: illustration\nillustrative: true\n{more[kind]}"


@pytest.mark.parametrize("kind", KINDS)
def test_example_has_a_page(examples: Path, kind: str) -> None:
    """Every kind's example gets a page with its title, the word for its kind, and the mark of an example."""
    model = kinds()[kind]
    html = (examples / "current" / model.folder / f"{example_id(kind)}.html").read_text(encoding="utf-8")
    assert f'<h1 lang="zh">{record(kind, model.example).title}</h1>' in html
    assert model.label in html and "示例" in html


@pytest.mark.parametrize("kind", KINDS)
def test_example_stands_on_the_list_of_examples(examples: Path, kind: str) -> None:
    """Examples are listed apart from real records."""
    folder = examples / "current" / kinds()[kind].folder
    assert f"{example_id(kind)}.html" in (folder / "index.example.html").read_text(encoding="utf-8")
    assert f"{example_id(kind)}.html" not in (folder / "index.html").read_text(encoding="utf-8")


# ── a new kind ──

LAMP = '''"""Street lamps, invented for a test."""

from __future__ import annotations

from typing import ClassVar, Literal

from generator.records.base import Record
from generator.records.forms import Line, When, field


class Lamp(Record):
    """A street lamp and whether it shines."""

    folder: ClassVar[str] = "lamps"
    label: ClassVar[str] = "路灯"
    date_field: ClassVar[str] = "mended"
    columns: ClassVar[tuple[str, ...]] = ("state",)
    example: ClassVar[str] = "title: 一号灯\\nsource: illustration\\nstate: 亮\\nillustrative: true\\n"

    state: Literal["亮", "不亮"] = field("亮否", ...)
    mended: When | None = field("修好日期")
'''
LAMP_TEMPLATE = """{% extends "records/record.html" %}
{% block lead %}<p class="lamp">这盏灯{{ record.state }}</p>{% endblock %}
"""


@pytest.fixture
def lamp(tmp_path: Path) -> Iterator[None]:
    """The kind `lamp`, found in a folder of its own, and gone again afterwards."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more/lamp.py").write_text(LAMP, encoding="utf-8")
    generator.records.__path__.append(str(tmp_path / "more"))
    kinds.cache_clear(), folders.cache_clear()
    try:
        yield
    finally:
        generator.records.__path__.remove(str(tmp_path / "more"))
        sys.modules.pop("generator.records.lamp", None)
        vars(generator.records).pop("lamp", None)
        kinds.cache_clear(), folders.cache_clear()


@pytest.mark.usefixtures("lamp")
def test_new_kind_touches_three_places(tmp_path: Path) -> None:
    """A module, a template and a folder of content make a kind: page, lists, place, home and navigation follow."""
    root = tmp_path / "town"
    config = write_site(root, {
        **BASE, "lamps/a.yml": "title: 东门灯\nsource: press\narea: estate\nstate: 不亮\nmended: 2026-06-01\n"},
        "identity: {name: 清水}\ntheme: ours\nsections: [{kind: lamp}]\n")
    (root / "ours/records").mkdir(parents=True)
    (root / "ours/records/lamp.html").write_text(LAMP_TEMPLATE, encoding="utf-8")
    assert problems(config) == []
    build_site(config, root / "site")
    current = root / "site/current"
    page = (current / "lamps/a.html").read_text(encoding="utf-8")
    assert '<p class="lamp">这盏灯不亮</p>' in page and "亮否" in page and "路灯" in page
    assert 'lamps/a.html"' in (current / "lamps/index.html").read_text(encoding="utf-8")
    assert 'href="../lamps/a.html"' in (current / "areas/estate.html").read_text(encoding="utf-8")
    home = (current / "index.html").read_text(encoding="utf-8")
    assert 'href="lamps/a.html"' in home and 'href="lamps/index.html"' in home
    assert torn(root / "site") == []


@pytest.mark.usefixtures("lamp")
def test_new_kind_needs_no_template(tmp_path: Path) -> None:
    """Without a template of its own a kind is shown by the generic one."""
    files = {**BASE, "lamps/a.yml": "title: 东门灯\nsource: press\nstate: 不亮\n"}
    build_site(write_site(tmp_path, files), tmp_path / "site")
    assert "亮否" in (tmp_path / "site/current/lamps/a.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("lamp")
def test_new_kind_is_checked_like_the_others(tmp_path: Path) -> None:
    """A fault in a record of the new kind is named with its place, and its example holds what every example must."""
    config = write_site(tmp_path, {**BASE, "lamps/a.yml": "title: 东门灯\nsource: press\nstat: 亮\n"})
    assert [(p.code, p.place.line) for p in problems(config)] == [("missing-key", 1), ("unknown-key", 3)]
    assert record("lamp", dumped(record("lamp", kinds()["lamp"].example))).title == "一号灯"


def test_invented_kind_leaves_no_trace() -> None:
    """The kinds are the same after a test that invented one."""
    assert sorted(kinds()) == KINDS
