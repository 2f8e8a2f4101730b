"""What search is given: what the pages themselves say, and nothing that has gone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from generator.data import facet_word
from generator.search import indexes
from generator.search.words import END
from tests.sites import BASE, LISTED, build_site, write_site

GONE = {
    "cases/gone.yml": (
        "title: 已撤回的事\nsource: press\nwithdrawn: {date: 2026-06-01, reason: 当事人要求}\ncategory: 漏水\n"
        "reported: 2026-05-06\nladder:\n  - {level: 社区自办, date: 2026-05-06, due: 2026-05-13}\n"),
    "cases/made.yml": (
        "title: 假想的漏水（示例）\nsource: {text: 编者}\nillustrative: true\ncategory: 漏水\nreported: 2025-05-06\n"
        "ladder:\n  - {level: 社区自办, date: 2025-05-06, due: 2025-05-13}\nresolved: 2025-05-08\n"),
}
SITE = {**BASE, **LISTED, **GONE}


def pages(current: Path) -> dict[str, dict[str, Any]]:
    """Return what the indexes hold, by address."""
    found = (json.loads(gzip.decompress(path.read_bytes())[12:]) for path in current.glob("search/*/fragment/*"))
    return {page["url"]: page for page in found}


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("search")
    build_site(write_site(root, SITE), root / "site")
    return root / "site/current"


def test_what_is_held(current: Path) -> None:
    """Records, prose and lists are held; a tombstone is not, and a made-up record is marked."""
    held = pages(current)
    assert {"cases/leak.html", "areas/b3.html", "cases/index.html", "cases/made.html"} <= set(held)
    assert "cases/gone.html" not in held
    assert [url for url, page in held.items() if facet_word("example", "yes") in page["meta"]["f"].split()] == [
        url for url in held if "made" in url or ".example" in url]


def test_what_ends_says_so(current: Path) -> None:
    """An entry of a list carries its last day, for the browser; a page that links it does not hold its name."""
    held = pages(current)
    entry = held["listings/l-0001.html"]
    assert entry["meta"]["expires"] == "2026-12-01"
    assert facet_word("expires", entry["meta"]["expires"]) in entry["meta"]["f"].split()
    assert [url for url, page in held.items() if "堆物" in page["content"] + page["meta"]["k"]] == [
        "listings/l-0001.html"]


def test_only_what_is_read_is_kept(current: Path) -> None:
    """Of Pagefind's own files the reader's browser gets one script and one module, below search/ alone."""
    top = {path.name for path in (current / "search/rest").iterdir() if path.suffix != ".pf_meta"}
    assert top == {"pagefind.js", "wasm.unknown.pagefind", "pagefind-entry.json", "fragment", "index"}


def test_number_and_sound_are_words(current: Path) -> None:
    """A place is found by its number, and by how it is spoken."""
    meta = pages(current)["areas/b3.html"]["meta"]
    assert "3栋" + END in meta["k"].split()
    assert "qsxq" + END in meta["a"].split()


def test_days_stand_last(current: Path) -> None:
    """Days alone are held, each once, after all words: between them they would be a result's whole excerpt."""
    content = pages(current)["cases/made.html"]["content"].replace(END, "").replace(" ", "")
    words, _, days = content.rpartition("。")
    assert days.split("，") == ["2025-05-06", "2025-05-08", "2025-05-13"]
    assert "漏水" in words and "2025" not in words


def test_one_index_for_a_kind_and_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many records of a kind and year have an index of their own; together the indexes hold every page once."""
    monkeypatch.setattr(indexes, "MANY", 1)
    build_site(write_site(tmp_path, SITE), tmp_path / "site")
    current = tmp_path / "site/current"
    folders = {path.name for path in (current / "search").iterdir()}
    assert {"rest", "cases-2026", "cases-2025", "areas-undated"} <= folders
    assert not (current / "search/cases-2026/pagefind.js").exists()
    fragments = list(current.glob("search/*/fragment/*"))
    assert len(fragments) == len(pages(current))


def test_without_pagefind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is built without Pagefind, too; its search page says so and has its lists."""
    monkeypatch.setattr("generator.search.installed", lambda: False)
    build_site(write_site(tmp_path, BASE), tmp_path / "site")
    page = (tmp_path / "site/current/search/index.html").read_text(encoding="utf-8")
    assert "没有装站内搜索" in page and "<form class=\"gs-search" not in page
    assert 'href="../cases/index.html"' in page
    assert not (tmp_path / "site/current/search/load.js").exists()
