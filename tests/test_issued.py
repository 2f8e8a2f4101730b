"""The ledger of codes: what was issued can't get lost unnoticed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import issued
from tests.sites import CODE, ISSUED, ROOT, build_site, places, problems

Maker = Callable[..., Path]
RECORD, LEDGER = f"codes/{CODE}.yml", "codes/issued.txt"


def test_issued_code_has_no_problem(make_site: Maker) -> None:
    """A record and its line in the ledger belong together."""
    assert problems(make_site(ISSUED)) == []


def test_deleted_code_is_missed_at_its_line(make_site: Maker) -> None:
    """A code whose record was deleted is named with what it led to, at its line, and the site can't be built."""
    config = make_site({**ISSUED, LEDGER: f"6jb7q 2026-05-01 area/b3\n{ISSUED[LEDGER]}"})
    found = problems(config)
    assert places(found) == [("code-deleted", LEDGER, 1, 1)]
    assert "6jb7q" in found[0].message() and "area/b3" in found[0].message()


def test_code_never_issued(make_site: Maker) -> None:
    """A record without its line is refused: written by hand, or its line was removed."""
    assert places(problems(make_site({RECORD: ISSUED[RECORD]}))) == [("code-not-issued", RECORD, 1, 1)]


def test_faulty_record_is_not_deleted(make_site: Maker) -> None:
    """A code whose record can't be read has that one Problem."""
    found = problems(make_site({**ISSUED, RECORD: ISSUED[RECORD] + "colour: 红\n"}))
    assert [code for code, *_ in places(found)] == ["unknown-key"]


def test_target_gone(make_site: Maker) -> None:
    """A code whose target was deleted fails the build at the line that names it."""
    found = problems(make_site({**ISSUED, RECORD: ISSUED[RECORD].replace("area/b3", "area/b33")}))
    assert places(found) == [("missing-reference", RECORD, 3, 1)]


def test_mistyped_line(make_site: Maker) -> None:
    """A line whose code is no code hides nothing else; an empty line is none."""
    ledger = f"2345q 2026-06-01 area/b3\n\n{ISSUED[LEDGER]}6jb7q 2026-06-02 area/b3\n"
    found = places(problems(make_site({**ISSUED, LEDGER: ledger})))
    assert found == [("ledger-line", LEDGER, 1, 1), ("code-deleted", LEDGER, 4, 1)]


def test_lines_are_added_below_those_there_are(tmp_path: Path) -> None:
    """What is there stays, even where an editor left out the end of the last line; the ledger may be the first."""
    first, second = issued.Issue("2345p", "2026-06-01", "area/b3"), issued.Issue("6jb7q", "2026-06-02", "area/b4")
    assert issued.with_lines(tmp_path, [first]) == (tmp_path / LEDGER, f"{first}\n")
    (tmp_path / "codes").mkdir()
    (tmp_path / LEDGER).write_text(str(first), encoding="utf-8")
    assert issued.with_lines(tmp_path, [second])[1] == f"{first}\n{second}\n"


def test_ledger_is_not_published(make_site: Maker) -> None:
    """The ledger is no page, and no file of the release."""
    config = make_site(ISSUED)
    release = build_site(config, config.parent / "site")
    assert not list(release.rglob("issued*"))


def test_every_code_of_the_town_leads_somewhere(tmp_path: Path) -> None:
    """Each code in the repository's own ledger has both its files in the release, and leads to a file there."""
    release = build_site(ROOT / "site_config.yml", tmp_path, date(2026, 11, 22))
    ledger, wrong = issued.read_ledger(ROOT / "content")
    assert wrong == [] and {line.target for line in ledger} >= {"area/chenguang-12", "area/demo-yinxing-b3"}
    for line in ledger:
        page = release / f"q/{line.code}.html"
        [href] = re.findall(r'class="go" href="([^"]+)"', page.read_text(encoding="utf-8"))
        assert (page.parent / href).resolve().is_file() and (release / f"q/{line.code}/index.html").is_file()


def test_ledger_saved_with_a_byte_order_mark_is_read(make_site: Maker) -> None:
    """Some editors put one in front; no code is lost by it."""
    config = make_site({**ISSUED, "codes/issued.txt": "\ufeff" + ISSUED["codes/issued.txt"]})
    assert problems(config) == []
