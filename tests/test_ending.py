"""What has ended or was withdrawn is nowhere in the next release, in whatever kind of file it stood."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from generator import render
from tests.ending import AFTER, CONFIG, ENDING, ENTRY, LAST, MISTAKEN, NAME, PHONES, RATING, WITHDRAWN
from tests.sites import build_site, check_site, write_site

Files = dict[str, str]


def texts(release: Path) -> Files:
    """Return what every file of a release says, its own name included, by its path; packed ones unpacked."""
    return {path.relative_to(release).as_posix(): path.name + "\n" + unpacked(path.read_bytes())
            for path in sorted(release.rglob("*")) if path.is_file()}


def unpacked(data: bytes) -> str:
    return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8", "replace")


def saying(files: Files, words: Iterable[str]) -> set[str]:
    """Return the files that say one of these words."""
    return {path for path, text in files.items() if any(word in text for word in words)}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """The site on its last day, and on the day after, on which one record was withdrawn as well."""
    root = tmp_path_factory.mktemp("ending")
    config = write_site(root / "town", ENDING, CONFIG)
    before = texts(build_site(config, root / "out", LAST))
    (root / "town/content/cases/mistaken.yml").write_text(WITHDRAWN, encoding="utf-8")
    return before, texts(build_site(config, root / "out", AFTER))


@pytest.mark.parametrize(("words", "places"), [
    (ENTRY, {"listings/l-0001.html", "listings/index.html", "boards/houses.html", "areas/b3.html",
             "appeals/a-0001.html", "schemes/houses.html", "documents/press.html"}),
    (RATING, {"assessments/b3-2026.html", "areas/b3.html", "badges/stars.b3.html", "schemes/stars.html"}),
    (PHONES, {"cases/sought.html"}), (NAME, {"volunteers/wang.html"}),
    (MISTAKEN, {"cases/mistaken.html", "cases/index.html", "areas/b3.html", "documents/press.html"})],
    ids=["entry", "rating", "exception", "name", "withdrawn"])
def test_nothing_of_it_is_left(releases: tuple[Files, Files], words: tuple[str, ...], places: set[str]) -> None:
    """Its words stand in pages, data and search on the last day, in no file of any kind on the day after."""
    before, after = releases
    assert places <= saying(before, words)
    assert words in (PHONES, NAME) or any(path.endswith(".pf_fragment") for path in saying(before, words))
    assert saying(after, words) == set()


def test_an_excepted_value_stands_on_its_own_page_alone(releases: tuple[Files, Files]) -> None:
    """No list, index, description or file of data ever holds what an exception lets one page show."""
    before, _ = releases
    assert saying(before, PHONES) == {"cases/sought.html"}
    assert before["cases/sought.html"].count(f'data-expires="{LAST}" data-expires-as="〔现在不公开〕"') == 2


def test_data_tell_until_when(releases: tuple[Files, Files]) -> None:
    """Files can't forget: a row that may be told for a time only says so, and pages lead to it no longer than that."""
    before, after = releases
    entries = json.loads(before["boards/houses.json"].partition("\n")[2])["entries"]
    rows = json.loads(before["stars/stars.json"].partition("\n")[2])["rows"]
    assert [one["expires"] for one in (*entries, *rows)] == [str(LAST)] * 2
    assert str(LAST) in before["boards/houses.csv"] and str(LAST) in before["stars/stars.csv"]
    assert f'<span data-expires="{LAST}"' in before["boards/houses.html"].partition("gs-downloads")[2]
    assert "l-0001" not in after["boards/houses.json"] + after["boards/houses.csv"]


def test_a_notice_that_is_over_stays_and_is_not_open(releases: tuple[Files, Files]) -> None:
    """Its text stays readable with what came of it; only the pages of what is open leave it out."""
    before, after = releases
    opened = {"index.html", "announcements/open.now.html"}
    assert opened <= saying(before, ["停车费调整"]) and not opened & saying(after, ["停车费调整</a></h"])
    assert "每月100元" in after["announcements/parking.html"] and "公示期已满" in after["announcements/parking.html"]


@pytest.mark.parametrize(("files", "day", "due"), [
    ({}, LAST, str(AFTER)), ({}, AFTER, ""),
    ({"listings/l-0001.yml": ENDING["listings/l-0001.yml"].replace("2026-12-01", "2026-11-25")}, date(2026, 11, 22),
     "2026-11-26"),
    ({"announcements/parking.yml": ENDING["announcements/parking.yml"].replace(str(LAST), "2026-11-24")},
     date(2026, 11, 22), "2026-11-25"),
    ({"cases/sought.yml": ENDING["cases/sought.yml"].replace(f"until: {LAST}", "until: 2026-11-23", 1)},
     date(2026, 11, 22), "2026-11-24")], ids=["last day", "after", "entry", "notice", "exception"])
def test_due_is_the_day_after_the_next_end(make_site: Callable[..., Path], files: Files, day: date, due: str) -> None:
    """Whatever ends next, the site must have been made anew on the day after; never for what has ended already."""
    assert render.due(check_site(make_site({**ENDING, **files}), day).register, day) == due


def test_made_up_ends_oblige_nobody(make_site: Callable[..., Path]) -> None:
    """A demo of entries that nobody has to take down is never late."""
    made = {path: text + "illustrative: true\n" for path, text in ENDING.items()}
    assert render.due(check_site(make_site(made), LAST).register, LAST) == ""


def test_commands_say_what_ends_and_what_has_ended(make_site: Callable[..., Path], run: Callable[..., Result],
                                                   tmp_path: Path) -> None:
    """`check` notes what ends within a week and what is left in a file; `build` names what ended since the last one."""
    config = str(make_site(ENDING, CONFIG + "timezone: Asia/Urumqi\n"))
    def said(command: str, day: str) -> str:
        out = ("--out", str(tmp_path / "out")) if command == "build" else ()
        return run(command, "--config", config, "--as-of", day, *out).stderr
    assert "[" not in said("check", "2026-11-23")
    week = said("check", "2026-11-24")
    assert [week.count(code) for code in ("record-ends", "notice-ends", "part-ends")] == [3, 1, 3]
    assert said("check", str(AFTER)).count("[exception-ended]") == 2
    assert "到期" not in said("build", str(LAST))
    told = said("build", "2026-12-05")
    assert told.count("2026-12-01 到期") == 7 and "listing/l-0001" in told
    assert "到期" not in said("build", "2026-12-05")
    head = (tmp_path / "out/current/index.html").read_text(encoding="utf-8")
    assert '<meta name="gs-day" content="2026-12-05" data-zone="Asia/Urumqi">' in head
