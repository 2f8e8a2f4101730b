"""The manuals on a site: their order, their pictures, and that no resident meets them unasked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from generator import gate, link
from generator.config import STOCK_MANUALS
from generator.render.manuals import PICTURES, around, links_of, take_manuals, title_of
from tests.sites import CONFIG, RATED, ROOT, build_site, codes, problems, write_site

TEXTS = {
    "index.md": "# 手册\n\n[编辑](editor/index.md)\n[English](en/index.md)\n",
    "editor/index.md": "# 编辑\n\n- [乙](b.md)\n- [甲](a.md)\n",
    "editor/a.md": "# 甲\n\n见[乙](b.md)。\n",
    "editor/b.md": "# 乙\n\n```\n[不是链接](a.md)\n```\n",
    "editor/left.md": "# 没有列出\n",
    "en/index.md": "# Developers\n",
}
NOBODYS = re.compile(r"13900000000|张\*三")
"""What shows what is refused: nobody's number, nobody's name."""
OURS = {path.relative_to(STOCK_MANUALS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(STOCK_MANUALS.rglob("*.md"))}


def test_contents_pages_set_the_order() -> None:
    """Pages follow each other as the contents list them, and know what stands above; an unlisted page has no place."""
    found = around(TEXTS)
    assert list(found) == [f"manual/{p}" for p in ("index.md", "editor/index.md", "editor/b.md", "editor/a.md",
                                                   "en/index.md")]
    a = found["manual/editor/a.md"]
    assert [one["title"] for one in a["above"]] == ["手册", "编辑"]
    assert (a["previous"]["title"], a["next"]) == (
        "乙", {"title": "Developers", "url": "manual/en/index.html", "lang": "en"})
    assert found["manual/index.md"]["above"] == [] and found["manual/index.md"]["previous"] is None


def test_links_in_examples_are_no_links() -> None:
    """What stands in a block of code leads nowhere."""
    assert links_of("editor/b.md", TEXTS["editor/b.md"]) == []
    assert links_of("editor/a.md", TEXTS["editor/a.md"]) == ["editor/b.md"]


def test_pictures_carry_digest_and_size(tmp_path: Path) -> None:
    """A picture is served under a name that changes with it, with the room that it takes; words are kept."""
    manuals = tmp_path / "docs"
    (manuals / "editor").mkdir(parents=True)
    Image.new("RGB", (30, 20)).save(manuals / "editor/screen.png")
    (manuals / "index.md").write_text("# 手册\n\n![一“屏”](editor/screen.png)\n", encoding="utf-8")
    take_manuals(manuals, tmp_path / "out")
    [name] = [path.name for path in (tmp_path / "out/manual/editor").iterdir()]
    assert re.fullmatch(r"screen\.[0-9a-f]{8}\.png", name)
    text = (tmp_path / "out/manual/index.md").read_text(encoding="utf-8")
    assert (f'<a href="editor/{name}"><img src="editor/{name}" alt="一“屏”" width="30" height="20" loading="lazy"></a>'
            in text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a small site that carries the manuals."""
    root = tmp_path_factory.mktemp("manuals")
    config = write_site(root, {**RATED, "documents/press.yml": "title: 样张\nsource: {text: 简报}\ntype: 通知\n",
                               "areas/estate.yml": "title: 清水小区\nsource: press\nlevel: 小区\n",
                               "areas/b3.yml": "title: 3栋\nsource: press\nlevel: 楼栋\narea: estate\n",
                               "organisations/team.yml": "title: 志愿队\nsource: press\ntype: 志愿队伍\n"},
                        CONFIG + "manuals: true\naddress: https://example.org/\n")
    return build_site(config, root / "site")


def test_site_carries_every_manual_page(site: Path) -> None:
    """Each page and picture of docs/ is built; links within them lead somewhere, or the build would have failed."""
    there = {path.relative_to(site / "manual").as_posix() for path in (site / "manual").rglob("*.html")}
    assert there == {path.removesuffix(".md") + ".html" for path in OURS}
    for path, text in OURS.items():
        page = (site / "manual" / (path.removesuffix(".md") + ".html")).read_text(encoding="utf-8")
        assert title_of(text).replace("`", "") in re.sub("<[^>]+>", "", page)
        assert page.count("<img ") == page.count("<img src=") == len(re.findall(r' width="\d+" height="\d+"', page))


def test_no_resident_meets_the_manuals_unasked(site: Path) -> None:
    """Only the foot leads there; no search engine and no search of ours is given a page of them."""
    home = (site / "index.html").read_text(encoding="utf-8")
    before, _, foot = home.partition('<footer class="gs-footer">')
    assert 'href="manual/index.html"' in foot and "manual/" not in before
    for path in (site / "manual").rglob("*.html"):
        assert '<meta name="robots" content="noindex">' in path.read_text(encoding="utf-8")
    assert not [path for path in site.glob("sitemap*") if b"manual/" in path.read_bytes()]


def test_site_without_manuals_has_none(published: Path) -> None:
    """A site that does not ask for the manuals holds no page, no picture and no link of them."""
    assert not (published / "current/manual").exists()
    assert "manual/" not in (published / "current/index.html").read_text(encoding="utf-8")


def test_address_of_the_manuals_is_taken(tmp_path: Path) -> None:
    """A prose page of a town can't stand where the manuals do; a link to them from its prose is looked up."""
    said = {"documents/press.yml": "title: 样张\nsource: {text: 简报}\ntype: 通知\n"}
    assert codes(problems(write_site(tmp_path / "a", {**said, "pages/manual/a.md": "# 甲\n"}))) == ["address-taken"]
    about = {"pages/about.md": "# 甲\n\n[手册](/manual/index.html)\n"}
    assert problems(write_site(tmp_path / "b", {**said, **about})) == []


def test_manuals_are_listed_linked_and_clean() -> None:
    """Every page of ours is in the contents, every link leads to one, and no number of a person stands there."""
    assert {f"manual/{path}" for path in OURS} == set(around(OURS))
    assert [(path, one) for path, text in OURS.items() for one in links_of(path, text) if one not in OURS] == []
    told = {path: NOBODYS.sub("", text) for path, text in OURS.items()}
    assert [problem.line() for path, text in told.items() for problem in gate.judge(text, path).problems] == []
    assert [one for path, text in OURS.items() for one in link.links_in(text, f"pages/{path}")
            if one.target.startswith("/")] == []


def test_every_picture_is_shown() -> None:
    """No picture lies in docs/ that no page of the manuals and no README shows."""
    said = "\n".join([*OURS.values(), *((ROOT / name).read_text(encoding="utf-8")
                                        for name in ("README.md", "README.zh-CN.md"))])
    pictures = [path.name for path in STOCK_MANUALS.rglob("*") if path.suffix in PICTURES]
    assert pictures and [name for name in pictures if f"{name})" not in said] == []
