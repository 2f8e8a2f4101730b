"""Finished indexes are kept from build to build, and whatever becomes of the cache the site is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, cache, cli
from generator.cache import Part, keep
from generator.data import Entry, Index
from generator.digest import canonical, sha256
from generator.search import pagefind
from tests.search.test_index import pages
from tests.sites import AS_OF, BASE, build_site, quiet, tree

Make = Callable[..., Path]
EDITED = {"cases/leak.yml": BASE["cases/leak.yml"].replace("楼道漏水", "楼道渗水")}


def never(*_: object) -> None:
    """Stand for Pagefind where it must not be asked."""
    raise AssertionError("Pagefind was asked")


def cached(config: Path) -> list[Path]:
    """Return what the cache of a site's indexes holds."""
    return sorted((config.parent / ".cache" / "search").iterdir())


def test_cache_changes_nothing(make_site: Make, tmp_path: Path) -> None:
    """Without a cache, with one, with one whose bytes were flipped or cut: the release is the same, byte for byte."""
    config = make_site()
    build_site(config, tmp_path / "cold")
    whole = tree((tmp_path / "cold/current").resolve())
    [entry] = cached(config)
    data = entry.read_bytes()
    spoilt = {"warm": data, "flipped": data[:200] + bytes([data[200] ^ 1]) + data[201:], "cut": data[:-1], "empty": b""}
    for name, found in spoilt.items():
        entry.write_bytes(found)
        build_site(config, tmp_path / name, workers=2 if name == "warm" else 1)
        assert tree((tmp_path / name / "current").resolve()) == whole
        assert cached(config) == [entry] and entry.read_bytes() == data


def test_unchanged_content_asks_no_pagefind(make_site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build of the same content takes its index from the cache."""
    config = make_site()
    build_site(config, tmp_path / "cold")
    monkeypatch.setattr(pagefind, "_made", never)
    build_site(config, tmp_path / "warm")


@pytest.mark.parametrize("path", ["../../../evil/a", "/evil", "a/../../../evil", "..", "a/./b", "a//b", "a\\..\\b", ""])
def test_cache_of_a_stranger_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """An entry whose digest is right, and whose files would stand outside their index, is made anew."""
    monkeypatch.setattr(pagefind, "_made", lambda *_: [Part(["en/a.pf_meta"], b"ours")])
    index, store, release = Index("all"), tmp_path / "store", tmp_path / "release"
    keep(store / f"all-{'0' * pagefind.KEY}", [Part([path], b"theirs")])
    written, _ = pagefind.write_index(index, True, [], tuple, release, store, hasty=True)
    assert [one.path for one in written] == ["search/all/en/a.pf_meta"]
    assert [file.read_bytes() for file in release.rglob("*") if file.is_file()] == [b"ours"]
    assert {child.name for child in tmp_path.iterdir()} == {"store", "release"}


def test_edit_makes_its_index_anew(make_site: Make, tmp_path: Path) -> None:
    """What was edited is found as it is now, and of the old index nothing stays in the cache."""
    config = make_site()
    build_site(config, tmp_path / "old")
    before = cached(config)
    (config.parent / "content/cases/leak.yml").write_text(EDITED["cases/leak.yml"], encoding="utf-8")
    build_site(config, tmp_path / "new")
    assert "楼道渗水" in pages(tmp_path / "new/current")["cases/leak.html"]["meta"]["title"]
    assert len(cached(config)) == 1 and cached(config) != before


def test_preview_waits_for_no_index(make_site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit in the preview shows at once while search stays; the next build makes it anew."""
    config = make_site()
    build_site(config, tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr(pagefind, "_made", never)
        (config.parent / "content/cases/leak.yml").write_text(EDITED["cases/leak.yml"], encoding="utf-8")
        build.build(cli.site_at(config), tmp_path / "out", AS_OF, 1, quiet, "", hasty=True)
    current = tmp_path / "out/current"
    assert "楼道渗水" in (current / "cases/leak.html").read_text(encoding="utf-8")
    assert "楼道漏水" in pages(current)["cases/leak.html"]["meta"]["title"]
    build_site(config, tmp_path / "out")
    assert "楼道渗水" in pages(current)["cases/leak.html"]["meta"]["title"]


def test_cache_that_cannot_be_written_stops_nothing(make_site: Make, tmp_path: Path) -> None:
    """Where the cache's place is taken by a file there is a search all the same."""
    config = make_site()
    (config.parent / ".cache").write_text("in the way")
    build_site(config, tmp_path / "out")
    assert pages(tmp_path / "out/current")


def test_entry_of_another_version_or_name_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies under another name, or was kept by another version, is not believed."""
    parts = [Part(["a"], b"x")]
    keep(tmp_path / "one", parts)
    assert cache.kept(tmp_path / "one") == parts
    (tmp_path / "one").rename(tmp_path / "other")
    assert cache.kept(tmp_path / "other") is None
    monkeypatch.setattr(cache, "__version__", "0.0.9")
    keep(tmp_path / "one", parts)
    monkeypatch.undo()
    assert cache.kept(tmp_path / "one") is None


def test_form_rises_with_what_pagefind_is_told() -> None:
    """Whoever changes how an entry is told raises FORM, or indexes cached before would be taken for new ones."""
    entry = Entry("a/b.html", "青山小区3栋（示例）", "办件", "三号楼漏水，DN-450 已换。", (("kind", "case"),),
                  ("p-0001",), ("晨光社区", "青山小区"), "办理中", "2026-05-06", "2026-12-01", ("办件", "漏水"))
    assert (pagefind.FORM, sha256(canonical(pagefind.record_of(entry)))[:16]) == (1, "5bb7ef8fecf3b00e")
