"""Photos of a site: published from the cache or anew with the same bytes, and only where a record shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pictures import encoded, exif, picture, scene
from tests.sites import BASE, build_site, places, problems, torn, tree

Make = Callable[..., Path]
CASE = BASE["cases/leak.yml"] + (
    "images:\n  - {file: 2026/漏水.jpg, alt: 楼道顶上在滴水, shows: before, date: 2026-05-06}\n"
    "  - {file: 2026/ok.PNG, alt: 顶上已经干了, shows: after, date: 2026-05-08, caption: 第二天, by: 网格员}\n")
PHOTOS = {"photos/2026/漏水.jpg": encoded(scene(500, 400), "JPEG", exif=exif()),
          "photos/2026/ok.PNG": picture(400, 300)}
WITH = {"cases/leak.yml": CASE, **PHOTOS}


def published(out: Path) -> dict[str, str]:
    """Return the photos of the standing release with their digests."""
    return {path: digest for path, digest in tree((out / "current").resolve()).items() if path.startswith("photos/")}


def test_copies_are_published_without_their_files_names(make_site: Make, tmp_path: Path) -> None:
    """The release holds copies under digests alone: a file's name may be a resident's, and stays behind."""
    build_site(make_site(WITH), tmp_path / "out")
    found = published(tmp_path / "out")
    assert found and torn(tmp_path / "out") == []
    assert all(path.removeprefix("photos/").partition("-")[0].isalnum() and "漏" not in path for path in found)
    html = (tmp_path / "out/current/cases/leak.html").read_text(encoding="utf-8")
    assert "漏水.jpg" not in html and 'alt="楼道顶上在滴水"' in html


def test_cache_changes_nothing(make_site: Make, tmp_path: Path) -> None:
    """Without a cache, with one, with one whose bytes were flipped or cut: the release is the same, byte for byte."""
    config = make_site(WITH)
    cache = config.parent / ".cache" / "photos"
    build_site(config, tmp_path / "cold")
    whole = tree((tmp_path / "cold/current").resolve())
    assert len(list(cache.iterdir())) == 2
    for name, spoil in (("warm", None), ("flipped", 200), ("cut", -1)):
        for entry in cache.iterdir() if spoil else ():
            data = entry.read_bytes()
            entry.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:] if spoil == 200 else data[:spoil])
        build_site(config, tmp_path / name, workers=2 if name == "warm" else 1)
        assert tree((tmp_path / name / "current").resolve()) == whole


def test_cache_that_cannot_be_written_stops_nothing(make_site: Make, tmp_path: Path) -> None:
    """Where the cache's place is taken by a file the photos are made all the same."""
    config = make_site(WITH)
    (config.parent / ".cache").write_text("in the way")
    build_site(config, tmp_path / "out")
    assert published(tmp_path / "out")


def test_same_photo_twice_is_one(make_site: Make, tmp_path: Path) -> None:
    """Two files with the same bytes, and two records with the same file, share their copies."""
    same = {"photos/b.jpg": PHOTOS["photos/2026/漏水.jpg"], "cases/more.yml": CASE.replace("2026/ok.PNG", "b.jpg")}
    build_site(make_site({**WITH, **same}), tmp_path / "out")
    assert torn(tmp_path / "out") == []
    assert len({path.partition("-")[0] for path in published(tmp_path / "out")}) == 2


@pytest.mark.parametrize("kept", [True, False])
def test_tombstone_publishes_no_photo(make_site: Make, tmp_path: Path, kept: bool) -> None:
    """Of a withdrawn record no photo is in the release, whether its file still lies there or is gone."""
    gone = {"cases/leak.yml": CASE + "withdrawn: {date: 2026-06-01, reason: 照片里有人}\n"}
    build_site(make_site({**gone, **(PHOTOS if kept else {})}), tmp_path / "out")
    assert published(tmp_path / "out") == {}
    assert "photos/" not in (tmp_path / "out/current/cases/leak.html").read_text(encoding="utf-8")


def test_photo_does_not_make_a_record_newer(make_site: Make, tmp_path: Path) -> None:
    """The day on which a photo was taken is no news about the matter."""
    build_site(make_site({**WITH, "cases/leak.yml": CASE.replace("date: 2026-05-08, cap", "date: 2026-06-20, cap")}),
               tmp_path / "out")
    assert "更新于 <time>2026-05-08" in (tmp_path / "out/current/cases/leak.html").read_text(encoding="utf-8")


def test_problems_stand_where_the_editor_looks(make_site: Make) -> None:
    """A photo that is missing is told at the record's line; one that is broken, at the photo, once for all records."""
    lines = CASE.count("\n", 0, CASE.index("2026/ok")) + 1
    config = make_site({**WITH, "photos/2026/漏水.jpg": b"text", "photos/2026/ok.png": picture()})
    (config.parent / "content/photos/2026/ok.PNG").unlink()
    found = problems(config)
    assert places(found) == [("photo-missing", "cases/leak.yml", lines, 6),
                             ("photo-unused", "photos/2026/ok.png", 1, 1),
                             ("photo-type", "photos/2026/漏水.jpg", 1, 1)]
    assert "2026/ok.png" in found[0].message("zh")


def test_record_that_cannot_be_read_makes_no_photo_unused(make_site: Make) -> None:
    """One slip in a record does not also cry about the photos that it names."""
    config = make_site({**WITH, "cases/leak.yml": CASE.replace("category", "catgory")})
    assert {problem.code for problem in problems(config)} == {"unknown-key", "missing-key"}


def test_link_is_no_photo(make_site: Make) -> None:
    """A symbolic link is told once, as a link, not as a missing photo too."""
    config = make_site(WITH)
    photo = config.parent / "content/photos/2026/ok.PNG"
    photo.rename(config.parent / "elsewhere.png")
    photo.symlink_to(config.parent / "elsewhere.png")
    assert [problem.code for problem in problems(config)] == ["symlink"]
