"""Paths: nothing is read from outside content/, nothing written outside the site's own folder, no two names collide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problem import ContentError, Problem
from generator.render.text import prose
from tests.pictures import picture
from tests.sites import BASE, CONFIG, ISSUED, build_site, codes, places, problems, write_site

Make = Callable[..., Path]

CASE = "title: 楼道漏水\nsource: press\ncategory: 漏水\n"
WAYS_OUT = [
    "..", "../x", "../../etc/passwd", "/etc/passwd", "//etc/passwd", "a/../../x", "./x", "%2e%2e/x", "%2e%2e%2fx",
    "..%2fx",
    "..\\x", "\\x", "C:/x", "C:\\x", "\\\\host\\share", "a\\0b", "~/x", "file:///etc/passwd", "a/./b", "a//b", "...",
    "a/", "/",
    "．．/x", "a\\nb", "$HOME/x", "`id`", "a;id", "-rf", "con", "aux.yml", "nul", "a.", "a ", "A", "é", "e\u0301", "ı",
    "ß", "ﬁ",
    "a:b", "a|b", "a?b", "a*b", "x" * 300, "index", ".git", "",
]
REFUSED = {"bad-reference", "reference-kind", "empty-value", "missing-reference", "hidden-character",
           "lookalike-character",
           "too-long", "yaml-syntax", "one-line", "blank-text", "bad-id", "id-differs", "bad-link"}


def quoted(value: str) -> str:
    """Return a YAML text in double quotes; the escapes of WAYS_OUT stay escapes where YAML knows them."""
    kept = value if value in ("a\\0b", "a\\nb") else value.replace("\\", "\\\\")
    return f'"{kept}"'


def by_file(found: list[Problem]) -> dict[int, set[str]]:
    """Return the codes of the Problems of each file `cases/bad-<number>.yml`."""
    numbered: dict[int, set[str]] = {}
    for one in found:
        number = one.place.path.rpartition("-")[2].removesuffix(".yml")
        numbered.setdefault(int(number), set()).add(one.code)
    return numbered


@pytest.mark.parametrize("key", ["area", "source", "id", "formerly"])
def test_reference_can_not_lead_out(make_site: Make, key: str) -> None:
    """References and ids are letters, digits and hyphens: no path, no letter that folds into another."""
    lines = CASE.replace("source: press\n", "") if key == "source" else CASE
    form = "[{}]" if key == "formerly" else "{}"
    found = by_file(problems(make_site({f"cases/bad-{n}.yml": f"{lines}{key}: {form.format(quoted(value))}\n"
                                        for n, value in enumerate(WAYS_OUT)})))
    harmless = {"con", "nul"} if key == "formerly" else set()  # an old address, which nothing is written to
    assert {WAYS_OUT[n] for n in range(len(WAYS_OUT)) if n not in found} == harmless
    assert set().union(*found.values()) <= REFUSED


def test_photo_can_not_lead_out(make_site: Make) -> None:
    """A photo's path leads to a file below content/photos, or is refused; none that lies outside is ever asked for."""
    shown = "images:\n  - {{file: {}, alt: 亮了灯的楼梯间}}\n"
    config = make_site({f"cases/bad-{n}.yml": CASE + shown.format(quoted(value)) for n, value in enumerate(WAYS_OUT)})
    found = by_file(problems(config))
    for path in (config.parent / "content/cases").glob("bad-*.yml"):  # what is missing is told once all else is sound
        if int(path.stem.rpartition("-")[2]) in found:
            path.unlink()
    found |= by_file(problems(config))
    assert found.keys() == set(range(len(WAYS_OUT)))
    assert set().union(*found.values()) <= {*REFUSED, "photo-path", "photo-missing"}


NAMES = ["-.yml", "a..yml", "a b.yml", "A.yml", "aux.", "a%2e.yml", "楼道.yml", "é.yml", "e\u0301.yml", "a\\b.yml",
         "x" * 81 + ".yml", "a\n.yml", "a\u202e.yml", "-a.yml", "a-.yml", "a--b.yml", "index.yml", "a.YML", "a.yml~",
         "a.yml.bak", "a_b.yml", "a.json", "Thumbs.db", "a:b.yml", "a*.yml", "ı.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_file_name_that_is_no_id(make_site: Make, name: str) -> None:
    """What is no id is refused at its file, and read by nobody: so no two ids differ by case or by accents alone."""
    found = problems(make_site({f"cases/{name}": "- [\n"}))
    assert codes(found) in (["bad-id"], ["unexpected-file"])
    assert all("\n" not in one.line() and "\u202e" not in one.line() for one in found)


def test_names_that_some_disks_hold_to_be_one(make_site: Make) -> None:
    """Names that fold into each other, by case, by accents, by ending, can't both be records."""
    both = [unicodedata.normalize(form, "é") for form in ("NFC", "NFD")]
    files = {f"cases/{name}.yml": CASE for name in (*both, "B", "b", "ﬁ", "fi")}
    found = problems(make_site({**files, "cases/b.yaml": CASE}))
    assert codes(found) == ["bad-id"] * 4 + ["duplicate-id"]


def test_links_of_every_kind_are_refused(make_site: Make, tmp_path: Path) -> None:
    """Files, folders, photos, prose, rows beside a frozen record: none may be a link, not even to inside."""
    (tmp_path / "secret.yml").write_text(CASE, encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(picture())
    config = make_site({"photos/a.png": picture(), "pages/a.md": "# 甲\n", **ISSUED})
    content = config.parent / "content"
    made = {"cases/x.yml": tmp_path / "secret.yml", "cases/y.yml": content / "cases/leak.yml", "people": tmp_path,
            "photos/x.png": tmp_path / "secret.png", "photos/y": tmp_path, "pages/x.md": "/etc/passwd",
            "pages/y": "/etc",
            "outcomes": tmp_path, "cases/z.yml": "/dev/zero", "cases/loop": content}
    for name, target in made.items():
        (content / name).symlink_to(target)
    found = problems(config)
    assert sorted(one[1] for one in places(found) if one[0] == "symlink") == sorted(made)


@pytest.mark.parametrize("line", [
    "content: ..", "content: /etc", "content: ../other", "theme: ..", "theme: /etc", "content: linked",
    "sections: [{page: ../secret.md}]", "sections: [{page: /etc/x.md}]", "sections: [{page: a/../b.md}]",
    "sections: [{page: 'a\\b.md'}]", "sections: [{page: .md}]", "sections: [{kind: ../cases}]",
    "sections: [{page: a%2e.md}]"])
def test_configuration_can_not_lead_out(tmp_path: Path, line: str) -> None:
    """Folders and pages that the configuration names lie beside it, links followed, or are refused."""
    (tmp_path / "other").mkdir()
    (tmp_path / "secret.md").write_text("# 密\n", encoding="utf-8")
    config = write_site(tmp_path / "town", BASE, CONFIG + line + "\n")
    (tmp_path / "town/linked").symlink_to(tmp_path / "other")
    (tmp_path / "town/content/secret.md").write_text("# 密\n", encoding="utf-8")
    (tmp_path / "town/content/pages").mkdir()
    found = codes(problems(config))
    assert found and set(found) <= {"outside-folder", "no-folder", "unknown-section", "unexpected-file"} - (
        {"unexpected-file"} if len(found) == 1 else set())


@pytest.mark.parametrize("page", ["../secret.md", "/etc/x.md"])
def test_statement_can_not_lead_out(make_site: Make, page: str) -> None:
    """So is the page of the accessibility statement."""
    config = CONFIG.replace("清水公示}", f"清水公示, accessibility: {page}}}")
    assert codes(problems(make_site({}, config))) == ["bad-link"]


LINKS = ["/../../etc/passwd", "/cases/../../x.html", "../x.html", "/%2e%2e/x.html", "\\\\evil", "/\\\\evil.example",
         "//evil.example",
         "javascript:alert(1)", "JaVaScRiPt:x", "java&#115;cript:x", "data:text/html,x", "vbscript:x",
         "file:///etc/passwd",
         "/cases/leak.html%00", "/cases/leak.html/..", "/Cases/leak.html"]
HARMLESS: set[str] = set()
"""Of these what is no link to Markdown, and stands on the page as it was typed."""


@pytest.mark.parametrize("target", LINKS)
def test_link_in_a_text_stays_inside(target: str) -> None:
    """What a text's link becomes is relative to the page, or an address of an allowed scheme, or no link at all.

    What is relative and leads to no page of the release is refused by the build (`broken-link`).
    """
    markup = str(prose(f"见[此处]({target})、<{target}>、[甲][1]\n\n[1]: {target}\n", "../"))
    for address in re.findall(r'(?:href|src)="([^"]*)"', markup):
        assert re.match(r"\.\./(?![/\\])|https?://[a-z]|mailto:|tel:",
                        address) or ":" not in address.partition("/")[0], address
        assert not re.match(r"[\\/]{2}", address)


def test_link_that_leads_nowhere_is_refused(make_site: Make) -> None:
    """Of such links in records and prose, every one that is no page is named by check or by the build."""
    files = {f"cases/bad-{n}.yml": f"{CASE}description: '见[此处]({target})'\n" for n, target in enumerate(LINKS)}
    config = make_site(files)
    said = {one.place.path for one in problems(config)}
    for path in said:
        (config.parent / path).unlink()
    with pytest.raises(ContentError) as caught:
        build_site(config, config.parent / "site")
    assert {one.code for one in caught.value.problems} == {"broken-link"}
    left = {f"content/{path}" for path in files} - said - {one.place.path for one in caught.value.problems}
    assert {LINKS[int(path.rpartition("-")[2].removesuffix(".yml"))] for path in left} <= HARMLESS
