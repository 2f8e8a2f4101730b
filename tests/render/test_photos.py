"""Photos on a record's page: pairs first, every copy named, nothing that moves once it has come."""

from __future__ import annotations

from generator.data import Copy
from generator.records.photo import Photo
from generator.render.photos import photos_of

COPIES = tuple(Copy(f"d-{width}.{type}", type, width, width * 3 // 4) for type in ("avif", "webp", "jpg")
               for width in (360, 720))


def photo(shows: str | None, pair: str | None = None) -> Photo:
    """Return a photo of this moment."""
    return Photo.model_validate({"file": "a.jpg", "alt": "楼道顶上在滴水", "shows": shows, "pair": pair})


def test_before_stands_beside_its_after() -> None:
    """Pairs come first, before on the left; what has no other half stands with the rest, in the record's order."""
    some = [photo("during"), photo("after", "2"), photo("after"), photo("before", "2"), photo("before", "3")]
    album = photos_of("case", some, {"a.jpg": COPIES}, "../")
    assert album
    assert [(one.word, other.word) for one, other in album.pairs] == [("整改前", "整改后")]
    assert [one.word for one in album.others] == ["过程中", "整改后", "整改前"]
    assert [one.first for one in (*album.pairs[0], *album.others)] == [True, True, False, False, False]


def test_project_is_rebuilt() -> None:
    """Of a project the words are 改造前 and 改造后."""
    album = photos_of("project", [photo("before"), photo("after")], {"a.jpg": COPIES}, "../")
    assert album and [one.word for one in album.pairs[0]] == ["改造前", "改造后"]


def test_every_browser_finds_its_copy() -> None:
    """Modern types come first, JPEG is for all; its largest copy gives address and size."""
    album = photos_of("case", [photo(None)], {"a.jpg": COPIES}, "../")
    assert album
    [one] = album.others
    assert [type for type, _ in one.sources] == ["image/avif", "image/webp"]
    assert one.srcset == "../photos/d-360.jpg 360w, ../photos/d-720.jpg 720w"
    assert (one.href, one.width, one.height, one.word) == ("../photos/d-720.jpg", 720, 540, "")


def test_record_without_photos_shows_nothing() -> None:
    """No heading over nothing."""
    assert photos_of("case", [], {}, "../") is None
