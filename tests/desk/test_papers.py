"""`gongshi schema` writes what editors work with, for the forge of the site, and loses nothing that stands there."""

from __future__ import annotations

import json
from collections.abc import Callable
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from generator import cli
from generator.desk import papers
from generator.problem import DeskError
from generator.records import kinds
from tests.sites import CONFIG, ROOT, build_site, tree

Make = Callable[..., Path]
REPOSITORY = "repository: {{forge: {}, url: 'https://git.example.org/q/g'}}\n"


def test_files_of_this_repository_are_up_to_date() -> None:
    """Schemas, settings, templates and field pages are those of the models: `gongshi schema` makes them anew."""
    site = cli.site_at(ROOT / "site_config.yml")
    stale = [path for path, text in papers.papers(site).items()
             if not (ROOT / path).is_file() or (ROOT / path).read_text(encoding="utf-8") != text]
    assert stale == []


@pytest.mark.parametrize(("forge", "there", "absent"), [
    ("github", ".github/ISSUE_TEMPLATE/1-resident.yml", ".gitlab"), ("gitlab", ".gitlab/issue_templates/网页有错.md",
                                                                     ".github"),
    ("gitea", ".gitea/PULL_REQUEST_TEMPLATE.md", ".github"), ("forgejo", ".gitea/ISSUE_TEMPLATE/2-editor.yml",
                                                              ".gitlab")])
def test_templates_are_those_of_the_forge(make_site: Make, forge: str, there: str, absent: str) -> None:
    """A town gets the templates of its own forge and of no other."""
    config = make_site({}, CONFIG + REPOSITORY.format(forge))
    written = papers.write_papers(cli.site_at(config), config.parent)
    assert there in written and (config.parent / there).is_file() and not (config.parent / absent).exists()
    assert "https://git.example.org/q/g/" in (config.parent / "docs/fields/case.md").read_text(encoding="utf-8")


def test_second_run_changes_nothing(make_site: Make) -> None:
    """What is up to date is not written again."""
    config = make_site()
    first = papers.write_papers(cli.site_at(config), config.parent)
    before = tree(config.parent)
    assert len(first) > len(kinds()) and papers.write_papers(cli.site_at(config), config.parent) == []
    assert tree(config.parent) == before


def test_own_settings_are_kept(make_site: Make) -> None:
    """What an editor set in VS Code stays; ours stand beside it."""
    config = make_site()
    path = config.parent / ".vscode/settings.json"
    path.parent.mkdir()
    path.write_text('{"editor.fontSize": 18, "yaml.format.enable": true}', encoding="utf-8")
    papers.write_papers(cli.site_at(config), config.parent)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["editor.fontSize"] == 18 and found["yaml.format.enable"] is False


@pytest.mark.parametrize("text", ['{"editor.fontSize": 18, // gross\n}', "[]", ""])
def test_settings_that_can_not_be_read_are_left_alone(make_site: Make, text: str) -> None:
    """Settings with comments would lose them: the command refuses before it writes anything."""
    config = make_site()
    path = config.parent / ".vscode/settings.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    before = tree(config.parent)
    with pytest.raises(DeskError) as raised:
        papers.write_papers(cli.site_at(config), config.parent)
    assert raised.value.code == "bad-settings" and "settings.json" in raised.value.line("zh")
    assert tree(config.parent) == before


def test_settings_name_a_schema_for_every_file() -> None:
    """Every record of the demo and the configuration fall under exactly one schema, that of their kind."""
    globs = json.loads((ROOT / papers.SETTINGS).read_text(encoding="utf-8"))["yaml.schemas"]
    folders = {model.folder: kind for kind, model in kinds().items()}
    for path in [*(ROOT / "content").rglob("*.yml"), ROOT / "site_config.yml"]:
        name = path.relative_to(ROOT).as_posix()
        meant = [schema for schema, some in globs.items()
                 if any(fnmatch(name, one.replace("**/", "*")) for one in some)]
        kind = folders[name.split("/")[1]] if "/" in name else "site_config"
        assert meant == [f"./schemas/{kind}.json"], name


FORMS = sorted((papers.SOURCES).rglob("[12]-*.yml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: "/".join(path.parts[-4:]))
def test_issue_forms_are_whole(path: Path) -> None:
    """Every form asks something, in Chinese, gives each answer an id of its own, and warns of personal data."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = [item for item in form["body"] if item["type"] != "markdown"]
    assert {"name", "description", "title", "body"} == form.keys()
    assert len({item["id"] for item in asked}) == len(asked) > 3
    assert all(item["attributes"]["label"] for item in asked)
    assert {item["type"] for item in form["body"]} <= {"markdown", "input", "textarea", "dropdown"}
    assert "身份证号" in form["body"][0]["attributes"]["value"]
    assert any(item.get("validations", {}).get("required") for item in asked)
    standard = json.loads((resources.files("check_jsonschema") / "builtin_schemas/vendor/github-issue-forms.json"
                           ).read_text(encoding="utf-8"))
    assert list(Draft7Validator(standard).iter_errors(form)) == []


def test_forges_ask_the_same() -> None:
    """GitHub and Gitea get the same files; GitLab's texts ask for what the forms ask for."""
    github, gitea = ({path.name: path.read_text(encoding="utf-8") for path in (papers.SOURCES / name).rglob("*.*")
                      if path.is_file()} for name in ("github", "gitea"))
    assert github == gitea
    for form, text in (("1-resident.yml", "网页有错.md"), ("2-editor.yml", "有一件事要公开.md")):
        asked = [item["attributes"]["label"] for item in yaml.safe_load(github[form])["body"][1:]]
        said = (papers.SOURCES / "gitlab/.gitlab/issue_templates" / text).read_text(encoding="utf-8")
        assert [label for label in asked if f"**{label}**" not in said] == []
    merge = (papers.SOURCES / "gitlab/.gitlab/merge_request_templates/Default.md").read_text(encoding="utf-8")
    assert merge == github["PULL_REQUEST_TEMPLATE.md"]


def test_command_says_what_it_wrote(make_site: Make, run: Callable[..., object]) -> None:
    """The command names the files it wrote, and says so when there was nothing to do."""
    config = make_site()
    first = run("schema", "--config", str(config), "--out", str(config.parent / "there"))
    again = run("schema", "--config", str(config), "--out", str(config.parent / "there"), lang="en_US.UTF-8")
    assert "已写出：schemas/case.json" in first.output and "up to date" in again.output  # type: ignore[attr-defined]
    assert not (config.parent / "schemas").exists()


def test_site_of_a_town_leads_into_its_own_forge(make_site: Make) -> None:
    """The pages on fields that a site carries lead into the editor of the forge that its settings name."""
    config = make_site({}, CONFIG + "manuals: true\n" + REPOSITORY.format("gitea"))
    build_site(config, config.parent / "site")
    page = (config.parent / "site/current/manual/fields/case.html").read_text(encoding="utf-8")
    assert 'href="https://git.example.org/q/g/_new/main/content/cases?filename=' in page
