"""The field reference tells of every field, its links lead somewhere, and what it shows can be typed as it stands."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from markdown.extensions.toc import slugify

from generator.config import Repository
from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import fields, walk
from generator.reference import forge, pages
from tests.sites import record

PAGES = pages.pages()
CJK = re.compile("[\u4e00-\u9fff]")


def anchors(text: str) -> set[str]:
    """Return the anchors that MkDocs gives to a page's headings."""
    return {slugify(heading, "-") for heading in re.findall(r"^#{1,3} (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("kind", kinds())
def test_page_tells_of_every_field(kind: str) -> None:
    """Every field of a kind and of its own parts has a row with its label, its key, and how it is written."""
    text, model = PAGES[f"{kind}.md"], kinds()[kind]
    shared = [names for names, one in walk(fields(model)) if one.model in pages.SHARED_PARTS]
    for names, one in walk(fields(model)):
        if not any(names[:len(above)] == above and names != above for above in shared):
            assert re.search(rf"^\| {re.escape(one.label)} `{one.name}` \| \S.* \|$", text, re.MULTILINE), names
    assert model.intro and model.intro in text and f"```yaml\n{model.example}```" in text


def test_links_lead_to_pages_and_headings() -> None:
    """Every link between the pages finds its page, and the heading on it."""
    for name, text in PAGES.items():
        for page, anchor in re.findall(r"\]\(([\w.]*)(?:#([\w-]+))?\)", text):
            assert not page or page in PAGES, (name, page)
            assert not anchor or anchor in anchors(PAGES[page or name]), (name, page, anchor)
        headings = re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE)
        assert len({slugify(heading, "-") for heading in headings if "（" in heading}) == len(
            [heading for heading in headings if "（" in heading])


def test_index_leads_to_every_page() -> None:
    """The contents list every kind with what it is for, and the shared forms."""
    assert set(re.findall(r"\]\((\w+\.md)\)", PAGES["index.md"])) == {*PAGES} - {"index.md"}


WHOLE = {
    "When": "case", "Source": "case", "Quantity": "area", "Party": "agreement", "Claim": "case", "Differing": "case",
    "Photo": "case", "Withdrawn": "case"}


@pytest.mark.parametrize("name", pages.SHARED_PARTS)
def test_examples_of_shared_parts_are_accepted(name: str) -> None:
    """What is shown for dates, sources, figures and photos is read as it stands, in a record that has such fields."""
    shown = yaml.load(pages.SHARED_PARTS[name].example, Loader=yaml.BaseLoader)
    whole = {**yaml.load(kinds()[WHOLE[name]].example, Loader=yaml.BaseLoader), **shown}
    whole["illustrative"] = True
    found = record(WHOLE[name], yaml.safe_dump(whole, allow_unicode=True))
    assert all(getattr(found, key) for key in shown)
    assert name in {one.model for key in shown for one in fields(type(found)) if one.name == key} or name == "Claim"


def test_every_intro_is_plain_and_short() -> None:
    """Each kind says in at most two Chinese sentences what it is for."""
    for model in kinds().values():
        assert CJK.search(model.intro) and len(model.intro) < 80 and model.intro.endswith("。")
    assert Record.intro == ""


@pytest.mark.parametrize(("name", "address"), [
    ("github", "https://git.example.org/q/g/new/main?filename=content%2Fcases%2Fa.yml&value=title%3A%20%E6%A5%BC%0A"),
    ("gitea", "https://git.example.org/q/g/_new/main/content/cases?filename=a.yml&value=title%3A%20%E6%A5%BC%0A"),
    ("forgejo", "https://git.example.org/q/g/_new/main/content/cases?filename=a.yml&value=title%3A%20%E6%A5%BC%0A"),
    ("gitlab", "https://git.example.org/q/g/-/new/main?file_name=content%2Fcases%2Fa.yml")])
def test_forge_opens_its_editor_on_a_new_record(name: str, address: str) -> None:
    """Each forge's own editor opens on a new file, with a text where it takes one."""
    repository = Repository(forge=name, url="https://git.example.org/q/g")
    assert forge.new_file(repository, "content/cases/a.yml", "title: 楼\n") == address


def test_pages_lead_into_the_forge_that_is_configured() -> None:
    """With a repository every kind written by hand has a link that carries its example; without one, none has."""
    found = pages.pages(Repository(forge="gitea", url="https://git.example.org/q/g", branch="zhu"), "neirong")
    for kind, model in kinds().items():
        links = re.findall(r"\((https://\S+?)\)", found[f"{kind}.md"].split("```yaml")[0])
        assert len(links) == model.by_hand
        for link in links:
            assert f"/_new/zhu/neirong/{model.folder}?" in link
            assert parse_qs(urlsplit(link).query)["value"] == [model.example]
    assert not any("](http" in text for text in PAGES.values())
