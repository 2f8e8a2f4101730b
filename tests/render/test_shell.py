"""Shells: cut at their slots, spliced with values, equal to what MkDocs renders itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import site_at
from generator.problem import ContentError
from generator.render import shell
from generator.render.shell import ALL, NOINDEX, SLOTS, cut, make_shells, sections, version_of
from tests.sites import AS_OF, BASE, CONFIG, write_site

TOKENS = {slot: f"token-{slot}" for slot in SLOTS}
PAGE = (b"<title>token-title</title><meta content=token-description><meta token-robots><link token-address>"
        b"<main>token-body</main>token-version")
BODY = "<p>丙</p>"


def test_cut_and_splice_replace_every_slot() -> None:
    """A page cut at its tokens and spliced equals the page with its tokens replaced."""
    spliced = b"".join(cut(PAGE, TOKENS, "cases").filled("甲", "乙", "cases/a.html", BODY, NOINDEX))
    expected = PAGE.decode()
    for slot, value in zip(SLOTS, ("甲", "乙", "cases/a.html", NOINDEX, version_of(BODY.encode()), BODY), strict=True):
        expected = expected.replace(TOKENS[slot], value)
    assert spliced.decode() == expected


@pytest.mark.parametrize("page", [
    PAGE.replace(b"token-body", b""), PAGE.replace(b"token-body", b"token-body token-body"),
    PAGE.replace(b"token-title", b""), PAGE.replace(b"token-robots", b"")],
    ids=["no body", "two bodies", "no title", "no word for search engines"])
def test_cut_refuses_a_theme_that_lost_or_repeats_a_slot(page: bytes) -> None:
    """A theme whose page lost a slot, or holds the article twice, stops the build."""
    with pytest.raises(RuntimeError, match="cases"):
        cut(page, TOKENS, "cases")


def test_splice_escapes_title_and_description() -> None:
    """Markup in a title or description arrives as text."""
    page = b"".join(cut(PAGE, TOKENS, "cases").filled("<script>", '"><img>', "a.html", ""))
    assert b"<script>" not in page
    assert b"<img>" not in page


def test_spliced_page_equals_the_page_that_mkdocs_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell with values spliced in is, byte for byte, what MkDocs builds from a page with these values."""
    site = site_at(write_site(tmp_path / "town", BASE, CONFIG + "address: https://example.org/\n"))
    body = "<h1>路灯</h1><p>修好了</p>"
    title, description, address = "已办结·路灯 <坏了>", "说明 & 引号\"", "cases/lamp.html"
    values = (title, description, address, ALL, version_of(body.encode()), body)
    shells = make_shells(site, [], tmp_path / "a", AS_OF)
    spliced = b"".join(shells.of["cases"].filled(title, description, address, body))
    direct = dict(zip(SLOTS, values, strict=True))
    monkeypatch.setattr(shell, "cut", lambda page, tokens, name: page)
    stub = f"---\nsection: cases\n{''.join(f'gs_{k}: {v!r}' + chr(10) for k, v in direct.items())}---\n"
    monkeypatch.setattr(shell, "stub_text", lambda name, tokens: stub)
    assert make_shells(site, [], tmp_path / "b", AS_OF).of["cases"] == spliced


def test_every_section_has_a_shell(tmp_path: Path) -> None:
    """Home, boards, stars and every kind's folder get a shell; no stub, script or map is left for the release."""
    shells = make_shells(site_at(write_site(tmp_path / "town", BASE)), [], tmp_path / "work", AS_OF)
    assert set(shells.of) == set(sections())
    assert [f for f in shells.files if "gs-stub" in f or f.endswith(".map") or "javascripts" in f] == []
    assert sum(f.startswith("assets/stylesheets/") for f in shells.files) == 1


def test_refused_settings_are_problems(tmp_path: Path) -> None:
    """A setting that MkDocs refuses is a Problem of site_config.yml."""
    config = CONFIG + "mkdocs: {markdown_extensions: [{toc: {no_such: 1}}]}\n"
    with pytest.raises(ContentError) as caught:
        make_shells(site_at(write_site(tmp_path / "town", BASE, config)), [], tmp_path / "work", AS_OF)
    assert [(p.code, p.place.path) for p in caught.value.problems] == [("mkdocs-refused", "site_config.yml")]


def test_own_theme_files_win(tmp_path: Path) -> None:
    """A town's theme replaces single files of the stock theme and leaves the rest."""
    config = write_site(tmp_path / "town", BASE, CONFIG + "theme: own\n")
    footer = tmp_path / "town/own/material/partials/footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>本镇页脚</footer>", encoding="utf-8")
    shell = make_shells(site_at(config), [], tmp_path / "work", AS_OF).of["cases"]
    page = b"".join(shell.filled("a", "b", "c", "d")).decode()
    assert "本镇页脚" in page
    assert "gs-header" in page
    assert replace(site_at(config), root=tmp_path).themes[0] == tmp_path / "own"
