"""What the forms are told: every kind that editors write, in Chinese, held to the models' own patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from generator import admin, cli
from generator.admin.config import DRAFT, config
from generator.admin.widgets import PATTERNS, widget
from generator.config import Settings
from generator.problem import DeskError
from generator.records import kinds
from generator.records.fields import Field, Form, fields, walk
from generator.records.forms import Id, Money, Number, Period, When, Whole
from tests.sites import BASE, CONFIG, ROOT, build_site, write_site

CJK = re.compile("[\u4e00-\u9fff]")
FORGES = {
    "github": "https://github.com/town/site", "gitlab": "https://git.example.org/group/town/site",
    "gitea": "https://git.example.org/town/site", "forgejo": "https://codeberg.org/town/site", "": "",
}
TYPES: dict[Form, Any] = {"day": When, "whole": Whole, "number": Number, "money": Money, "period": Period, "id": Id}
WRITTEN: dict[Form, tuple[str, ...]] = {
    "day": ("2026", "2026-05", "2026-05-06", "2026-05-06 10:36", "2026.5.6", "26-05-06", "2026年5月6日", "2026-5"),
    "whole": ("0", "12", "1000000000000", "1.5", "十", "1,000", "-1"),
    "number": ("0", "-1.25", "12", "1e3", "1,000", "３"),
    "money": ("240.00", "240", "-3.5", "240元", "1,000.00", "1.234"),
    "period": ("2026", "2026-H1", "2026-Q4", "2026-11", "2026-11-a", "2026-W47", "2026-Q5", "2026年", "2026-1"),
    "id": ("case-0001", "a", "Case", "a--b", "-a", "办件", "a_b"),
}


def settings(forge: str = "gitea", **more: Any) -> Settings:
    """Return the settings of a site with forms, whose repository stands on a forge."""
    repository = {"repository": {"forge": forge, "url": FORGES[forge]}} if forge else {}
    return Settings.model_validate({"identity": {"name": "清水公示"}, "admin": True, **repository, **more})


def told(forge: str = "gitea", **more: Any) -> dict[str, Any]:
    """Return what Sveltia is told."""
    return config(settings(forge, **more))["config"]


def inside(some: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every field of a form, at whatever depth."""
    for one in some:
        yield one
        yield from inside(one.get("fields", []) + one.get("types", []) + ([one["field"]] if "field" in one else []))


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_a_collection_of_all_its_fields(kind: str) -> None:
    """Kinds that editors write have all fields but the id, labelled in Chinese; sealed kinds are out of reach."""
    model = kinds()[kind]
    [one] = [one for one in told()["collections"] if one["name"] == kind]
    assert one["folder"] == f"content/{model.folder}" and one["label"] == model.label
    assert one["create"] == model.by_hand == (not one.get("hide", False)) and one["delete"] is False
    if model.by_hand:
        shown = [field["name"] for field in one["fields"] if field["widget"] != "hidden"]
        assert sorted(shown) == sorted(field.name for field in fields(model) if field.name != "id")
        assert all(CJK.search(field["label"]) for field in inside(one["fields"]) if field.get("widget") != "hidden")


@pytest.mark.parametrize("form", PATTERNS)
def test_patterns_agree_with_the_models(form: Form) -> None:
    """What a form refuses the model refuses, and what it lets pass the model takes."""
    pattern, message = PATTERNS[form]
    for text in WRITTEN[form]:
        try:
            TypeAdapter(TYPES[form]).validate_python(text)
            taken = True
        except ValidationError:
            taken = False
        assert bool(re.search(pattern, text, re.ASCII)) == taken, text
    assert CJK.search(message)


@pytest.mark.parametrize(("text", "taken"), [
    ("{words: 去年底}", True), ("{value: 2026-05-06 10:36, words: 5月6日, inferred: year, ground: 简报}", True),
    ("{value: 2026-05, words: \"5月, 上旬\"}", True), ("{value: 2026-05, words: '5月''上''旬: 初'}", True),
    ("{value: 2026-05-06, words: 5月6日，inferred: year}", False), ("{value: 2026-05-06 words: 5月6日}", False),
    ("{value:2026-05-06}", False), ("{2026-05-06}", False), ("{}", False), ("{words: 去年底}}", False),
    ("{words: [去年底]}", False), ("{words: }", False), ("｛words: 去年底｝", False)])
def test_long_form_of_a_date_is_held_to_its_shape(text: str, taken: bool) -> None:
    """A date's long form passes as files write it; braces around anything else are refused in the form."""
    assert bool(re.search(PATTERNS["day"][0], text)) == taken


def every_field() -> Iterator[Field]:
    """Yield the fields of all kinds, at whatever depth."""
    for model in kinds().values():
        yield from (one for _, one in walk(fields(model)))


def test_choices_say_chinese_and_write_what_models_take() -> None:
    """A choice shows the Chinese word, writes the value, and can be taken back where it is not required."""
    labels = {name: model.label for name, model in kinds().items()}
    found = [one for one in every_field() if one.choices and not one.many]
    assert len(found) > 20
    for one in found:
        made = widget(one, labels)
        values = [option["value"] for option in made["options"]]
        assert [value for value in values if value] == list(one.choices)
        assert ("" in values) == (not one.required and one.default is None)


def test_references_are_searched_by_title() -> None:
    """A reference to one kind is a search in that kind's records; of several, one chooses the kind first."""
    labels = {name: model.label for name, model in kinds().items()}
    some = [one for one in every_field() if one.kinds]
    assert {len(one.kinds) > 1 for one in some} == {True, False}
    for one in some:
        made = widget(one, labels)
        found = [field for field in inside([made]) if field.get("widget") == "relation"]
        assert [field["collection"] for field in found] == list(one.kinds)
        assert all("title" in field["search_fields"] and field["value_field"] == "{{_id}}" for field in found)


@pytest.mark.parametrize("forge", FORGES)
def test_changes_never_go_live_unreviewed(forge: str) -> None:
    """Where forms can open requests they do; elsewhere they write to a branch that is not published; or to a folder."""
    made = told(forge)
    reviewed = made.get("publish_mode") == "editorial_workflow"
    assert reviewed == (forge in ("github", "gitlab"))
    assert all(one["publish"] is False for one in made["collections"] if one["create"])
    if forge in ("gitea", "forgejo"):
        assert made["backend"]["branch"] == DRAFT != settings(forge).repository.branch
    assert config(settings(forge))["local"] == (forge == "")


def test_sign_in_is_by_token_or_by_an_application() -> None:
    """Without an application's id editors paste a token; with one, GitLab and Gitea sign them in without a server."""
    assert told("gitlab")["backend"]["auth_methods"] == ["token"]
    for forge in ("gitlab", "gitea"):
        made = told(forge, admin={"app_id": "abc"})["backend"]
        assert made["app_id"] == "abc" and "oauth" in made["auth_methods"]
        assert made["base_url"] == "https://git.example.org"
    assert told("gitlab", admin={"app_id": "abc"})["backend"]["auth_type"] == "pkce"
    assert "base_url" not in told("github")["backend"]


def test_config_keeps_to_the_schema_of_the_program() -> None:
    """Sveltia's own schema of its configuration, where the package is there, finds no fault."""
    schema = ROOT / "theme/admin/node_modules/@sveltia/cms/schema/sveltia-cms.json"
    if not schema.is_file():
        pytest.skip("the npm packages of theme/admin are not installed (make admin)")
    whole = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    some = [one for one in told()["collections"] if one["name"] in ("case", "code", "scheme", "outcome")]
    made = [{**told(forge), "collections": some if forge == "gitea" else some[-1:]} for forge in FORGES]
    assert [fault.message[:200] for one in made for fault in whole.iter_errors(one)] == []
    assert list(whole.iter_errors({**made[-1], "backend": {"name": "gitea"}})), "it finds what is wrong"


def test_forms_are_off_until_asked_for(make_site: Callable[..., Path]) -> None:
    """A site without `admin`, or with `admin: false`, has none."""
    for text in (CONFIG, CONFIG + "admin: false\n"):
        assert list(admin.files(cli.site_at(make_site(config=text)))) == []


PROGRAM = {"dist/admin.js": "start();", "dist/assets/a.woff2": "font", "dist/.ready": "",
           "index.html": "<meta content=\"{{ policy }}\"><title>{{ name }}</title>"}


@pytest.fixture
def with_program(tmp_path: Path) -> Callable[[str], Path]:
    """Write a site with forms whose theme brings a program of four files, and return its configuration."""

    def make(more: str = "") -> Path:
        for name, text in PROGRAM.items():
            path = tmp_path / "town/skin/admin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return write_site(tmp_path / "town", BASE, f"{CONFIG}admin: true\ntheme: skin\n{more}")

    return make


def test_release_holds_the_forms_hidden(with_program: Callable[[str], Path], tmp_path: Path) -> None:
    """A release holds program, configuration and page, which no sitemap lists and no page links."""
    more = f"address: https://town.example.org/\nrepository: {{forge: gitea, url: {FORGES['gitea']}}}\n"
    release = build_site(with_program(more), tmp_path / "out")
    below = release / "admin"
    found = {path.relative_to(below).as_posix() for path in below.rglob("*") if path.is_file()}
    assert found == {"admin.js", "assets/a.woff2", "config.json", "icon.svg", "index.html"}
    page = (release / "admin/index.html").read_text(encoding="utf-8")
    assert "https://git.example.org" in page and "清水公示" in page and "{{" not in page
    assert not any("admin" in path.read_text(encoding="utf-8") for path in release.glob("sitemap*.xml"))
    pages = [path for path in release.rglob("*.html") if path.parent.name != "admin"]
    assert pages and not any("admin/" in path.read_text(encoding="utf-8") for path in pages)
    assert "location ^~ /admin/" in (tmp_path / "out/nginx.conf").read_text(encoding="utf-8")


def test_missing_program_is_said_before_anything_is_built(with_program: Callable[[str], Path], tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that are asked for and not made stop the build with the remedy, and nothing is published."""
    path = with_program("")
    (tmp_path / "town/skin/admin/dist/admin.js").unlink()
    monkeypatch.setattr("generator.config.STOCK_THEME", tmp_path / "nothing")
    with pytest.raises(DeskError) as raised:
        build_site(path, tmp_path / "out")
    assert raised.value.code == "admin-not-made" and "make admin" in raised.value.line()
    assert not (tmp_path / "out").exists()
