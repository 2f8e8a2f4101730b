"""Photos as editors write them."""

from __future__ import annotations

import pytest

from tests.sites import faults

CASE = "title: 漏水\nsource: press\ncategory: 漏水\nimages:\n"
BEFORE = "  - {file: a.jpg, alt: 楼道顶上在滴水, shows: before, date: 2026-05-06%s}\n"
AFTER = "  - {file: b.jpg, alt: 顶上已经干了, shows: after, date: 2026-05-08%s}\n"


@pytest.mark.parametrize("path", ["a.jpg", "2026/05/a.jpg", "漏水 现场.JPG", "a.b.webp"])
def test_path_below_the_folder_is_taken(path: str) -> None:
    """Any name that an editor's telephone gives is fine."""
    assert faults("case", CASE + f"  - {{file: {path}, alt: 楼道顶上在滴水}}\n") == []


@pytest.mark.parametrize("path", ["/a.jpg", "../a.jpg", "x/../../a.jpg", "a/./b.jpg", ".a.jpg", "x/.a.jpg",
                                  "'x\\a.jpg'", "'https://example.org/a.jpg'", "//a.jpg", "'c:a.jpg'"])
def test_path_that_leads_elsewhere_is_refused(path: str) -> None:
    """Nothing outside content/photos, no other host, nothing hidden."""
    assert faults("case", CASE + f"  - {{file: {path}, alt: 楼道顶上在滴水}}\n") == ["photo-path"]


@pytest.mark.parametrize(("alt", "code"), [
    ("a", "photo-alt"), ("a.jpg", "photo-alt"), ("IMG_2031", "photo-alt"), ("b.PNG", "photo-alt"),
    ("照片", "photo-alt"), ("现场照片。", "photo-alt"), ("长" * 121, "too-long"),
    ("''", "blank-text"), ("", "empty-value")])
def test_words_for_those_who_cannot_see_it(alt: str, code: str) -> None:
    """The file's name, a number, 照片 or nothing say nothing; what nobody listens to till its end is refused, too."""
    assert faults("case", CASE + f"  - {{file: a.jpg, alt: {alt}}}\n") == [code]


def test_words_are_required() -> None:
    """A photo without words for it is refused."""
    assert faults("case", CASE + "  - {file: a.jpg}\n") == ["missing-key"]


def test_pairs() -> None:
    """One before and one after are a pair; several need to say which belong together; the after is taken later."""
    assert faults("case", CASE + BEFORE % "" + AFTER % "") == []
    assert faults("case", CASE + BEFORE % "" + BEFORE % "") == []
    assert faults("case", CASE + AFTER % "") == []
    assert faults("case", CASE + BEFORE % "" + AFTER % "" + AFTER % "") == ["pair-unclear"]
    assert faults("case", CASE + BEFORE % ", pair: 1" + AFTER % ", pair: 1" + BEFORE % "" + AFTER % "") == []
    assert faults("case", CASE + BEFORE % "" + (AFTER % "").replace("05-08", "05-05")) == ["dates-reversed"]
