"""Red and black lists: nothing is listed without its due process, and everything listed leaves on its day."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.results import Entry
from tests.sites import BASE, LISTED, build_site, codes, faults, places, problems, scored, write_site

Make = Callable[..., Path]
ENTRY = LISTED["listings/l-0001.yml"]
SCHEME = LISTED["schemes/houses.yml"]
MENDED = ("rectification:\n  what: 床垫已全部清走\n  date: 2026-06-05\n  evidence: [清走后照片]\n"
          "  verified: 2026-06-08\n  verified_by: 网格员\n  leaves: {leaves}\n")
REQUIRED = ("scheme", "colour", "subject", "entered", "facts", "basis", "evidence", "proposed_by", "decided_by",
            "notified", "reply_channel", "expires")


def entries(files: dict[str, str], day: date = date(2026, 6, 30)) -> list[Entry]:
    """Return the entries that stand on a day, of files without a Problem."""
    found = scored({**LISTED, **files}, day)
    assert [p.line() for p in found.problems] == []
    return [entry for outcome in found.results.outcomes for entry in outcome.entries]


def without(name: str, text: str = ENTRY) -> str:
    """Return an entry's text without one of its lines."""
    return "".join(line + "\n" for line in text.splitlines() if not line.startswith(f"{name}:"))


@pytest.mark.parametrize("colour", ["黑榜", "红榜"])
@pytest.mark.parametrize("name", REQUIRED)
def test_nothing_is_listed_without_its_due_process(name: str, colour: str) -> None:
    """Each of ground, facts, evidence, proposer, decider, notice, reply channel and end is required, red or black."""
    text = ENTRY.replace("黑榜", colour)
    assert faults("listing", text) == []
    assert faults("listing", without(name, text)) == ["missing-key"]


@pytest.mark.parametrize(("old", "new", "code"), [
    ("evidence: [检查照片存档]", "evidence: []", "too-few"), ("facts: 楼道口堆放旧床垫三张", "facts:", "empty-value"),
    ("decided_by: 街道复核组", "decided_by: 社区评定小组", "same-decider"),
    ("notified: 2026-05-20", "notified: 2026-06-02", "dates-reversed"),
    ("expires: 2026-12-01", "expires: 2026-05-31", "dates-reversed"),
    ("entered: 2026-06-01", "entered: 2026-06", "day-needed"), ("expires: 2026-12-01", "expires: 2026", "day-needed"),
    ("expires: 2026-12-01", "expires: {words: 年底}", "day-needed"),
    ("subject: area/b3", "subject: person/zhang", "reference-kind"),
    ("subject: area/b3", "subject: volunteer/zhang", "reference-kind")])
def test_entry_that_is_not_sound_is_refused(old: str, new: str, code: str) -> None:
    """Empty evidence, one who proposes and decides, notice after the fact, no clear end, a person as subject."""
    assert old in ENTRY
    assert faults("listing", ENTRY.replace(old, new)) == [code]


@pytest.mark.parametrize("lacking", ["verified", "verified_by", "leaves"])
def test_verification_is_whole(lacking: str) -> None:
    """Who verified, when, and when the entry leaves belong together."""
    text = "".join(line + "\n" for line in MENDED.format(leaves="2026-06-20").splitlines()
                   if not line.strip().startswith(f"{lacking}:"))
    assert faults("listing", ENTRY + text) == ["one-with-another"]


@pytest.mark.parametrize("name", ["what", "date", "evidence"])
def test_rectification_is_shown_with_its_proof(name: str) -> None:
    """What was put right, when, and the proof of it: none may be missing."""
    text = re.sub(rf"^  {name}:.*\n", "", MENDED.format(leaves="2026-06-20"), flags=re.MULTILINE)
    assert faults("listing", ENTRY + text) == ["missing-key"]


# ── terms ──


@pytest.mark.parametrize(("expires", "found"), [("2026-12-01", []), ("2026-12-02", ["listed-too-long"])])
def test_nobody_is_listed_longer_than_the_scheme_allows(expires: str, found: list[str]) -> None:
    """Six months from 1 June end on 1 December, and not a day later."""
    text = ENTRY.replace("2026-12-01", expires)
    assert codes(scored({**LISTED, "listings/l-0001.yml": text}).problems) == found


@pytest.mark.parametrize(("leaves", "found"), [
    ("2026-06-08", []), ("2026-06-22", []), ("2026-06-23", ["listed-too-long"]), ("2026-06-07", ["dates-reversed"])])
def test_verified_entry_leaves_in_time(leaves: str, found: list[str]) -> None:
    """Verified on the 8th it may stay 14 days, to the 22nd; and it can't leave before it was verified."""
    text = ENTRY + MENDED.format(leaves=leaves)
    assert codes(scored({**LISTED, "listings/l-0001.yml": text}, date(2026, 6, 5)).problems) == found


def test_entry_of_what_the_scheme_does_not_rate_is_refused(make_site: Make) -> None:
    """A list of buildings lists no estate."""
    found = problems(make_site({**LISTED, "listings/l-0001.yml": ENTRY.replace("area/b3", "area/estate")}))
    assert places(found) == [("not-rated", "listings/l-0001.yml", 5, 1)]


def test_id_of_an_entry_tells_nobody_s_name(make_site: Make) -> None:
    """The address outlives the entry, so it may not name the building."""
    config = make_site({"schemes/houses.yml": SCHEME, "listings/b3-mattress.yml": ENTRY})
    assert places(problems(config)) == [("id-not-serial", "listings/b3-mattress.yml", 1, 1)]


@pytest.mark.parametrize(("day", "stands"), [
    (date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 12, 1), True), (date(2026, 12, 2), False)])
def test_entry_stands_from_its_first_to_its_last_day(day: date, stands: bool) -> None:
    """From the day of entry to the day of expiry, both included."""
    assert [e.key for e in entries({}, day)] == (["listing/l-0001"] if stands else [])


@pytest.mark.parametrize(("day", "stands"), [(date(2026, 6, 19), True), (date(2026, 6, 20), False)])
def test_verified_entry_is_gone_on_the_day_it_leaves(day: date, stands: bool) -> None:
    """`leaves: 2026-06-20` means that on the 20th it is no longer there."""
    files = {"listings/l-0001.yml": ENTRY + MENDED.format(leaves="2026-06-20")}
    assert len(entries(files, day)) == stands


def test_red_stands_before_black_and_the_newest_first() -> None:
    """Two red entries and two black ones: red first, the newest first in either."""
    def entry(colour: str, day: str, of: str) -> str:
        return ENTRY.replace("黑榜", colour).replace("entered: 2026-06-01", f"entered: {day}").replace("area/b3", of)

    files = {f"areas/{id}.yml": BASE["areas/b3.yml"] for id in ("b1", "b2", "b4")} | {
        "listings/l-0001.yml": entry("黑榜", "2026-06-01", "area/b1"),
        "listings/l-0002.yml": entry("红榜", "2026-06-02", "area/b2"),
        "listings/l-0003.yml": entry("黑榜", "2026-06-05", "area/b3"),
        "listings/l-0004.yml": entry("红榜", "2026-06-04", "area/b4")}
    assert [e.key[-1] for e in entries(files)] == ["4", "2", "3", "1"]


# ── appeals ──

APPEAL = ("title: 对上榜的申诉\nsource: press\nagainst: listing/l-0001\nfiled: 2026-06-05\nfiled_by: 楼长\n"
          "grounds: 床垫不是本栋的。\ndue: 2026-06-26\n")
DECIDED = "decided: 2026-06-20\ndecided_by: {by}\noutcome: {outcome}\nreasons: 复查属实。\n"


@pytest.mark.parametrize("who", ["社区评定小组", "街道复核组"])
def test_nobody_decides_an_appeal_against_their_own_entry(who: str) -> None:
    """Neither who proposed the entry nor who decided on it may decide the appeal."""
    files = {**LISTED, "appeals/a-0001.yml": APPEAL + DECIDED.format(by=who, outcome="维持")}
    assert codes(scored(files).problems) == ["same-decider"]


def test_entry_that_was_set_aside_must_be_withdrawn() -> None:
    """An appeal that succeeded takes the entry off: the build is refused until it is withdrawn."""
    files = {**LISTED, "appeals/a-0001.yml": APPEAL + DECIDED.format(by="区复核组", outcome="撤销")}
    [problem] = scored(files).problems
    assert (problem.code, problem.values["path"]) == ("appeal-not-carried-out", "listings/l-0001.yml")
    files["listings/l-0001.yml"] = ENTRY + "withdrawn: {date: 2026-06-20, reason: 经申诉撤销}\n"
    assert entries(files) == []


def test_pending_appeal_stands_beside_its_entry() -> None:
    """Readers see that an entry is appealed against."""
    [entry] = entries({"appeals/a-0001.yml": APPEAL})
    assert entry.appeals == ("appeal/a-0001",)


# ── the built site ──

LAST_DAY, DAY_AFTER = date(2026, 12, 1), date(2026, 12, 2)
TOLD = ("楼道口堆放旧床垫三张", "通道堆物列入黑榜", "床垫是邻栋的", "检查照片存档", "办法第二条", "社区评定小组",
        "街道复核组", "床垫已全部清走")
"""Sentences that stand in the entry and nowhere else."""


RED = ("title: 四栋列入红榜\nsource: press\nscheme: houses\ncolour: 红榜\nsubject: area/b4\nentered: 2026-11-01\n"
       "facts: 楼道干净\nbasis: 办法第一条\nevidence: [住户来信]\nproposed_by: 楼委会\ndecided_by: 街道办\n"
       "notified: 2026-10-20\nreply_channel: 社区大厅\nexpires: 2027-05-01\n")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site on the last day of an entry, and on the day after."""
    root = tmp_path_factory.mktemp("lists")
    text = ENTRY + "reply: 床垫是邻栋的。\n" + MENDED.split("  verified:")[0]
    config = write_site(root, {**BASE, **LISTED, "listings/l-0001.yml": text,
                               "listings/l-0002.yml": RED,
                               "areas/b4.yml": "title: 4栋\nsource: press\nlevel: 楼栋\narea: estate\n"})
    first, second = (build_site(config, root / f"site-{day}", day) for day in (LAST_DAY, DAY_AFTER))
    return first, second


def page(release: Path, path: str) -> str:
    """Return a file of a release."""
    return (release / path).read_text(encoding="utf-8-sig")


def holding(release: Path, text: str) -> list[str]:
    """Return the files of a release that hold a text."""
    return sorted(p.relative_to(release).as_posix() for p in release.rglob("*")
                  if p.is_file() and text.encode() in p.read_bytes())


def test_on_its_last_day_the_entry_stands_everywhere(releases: tuple[Path, Path]) -> None:
    """On its own page, on the list, on the subject's page and in the data."""
    assert set(holding(releases[0], TOLD[0])) == {"areas/b3.html", "boards/houses.html", "listings/l-0001.html"}
    data = json.loads(page(releases[0], "boards/houses.json"))
    assert [(e["listing"], e["subject"], e["expires"]) for e in data["entries"]] == [
        ("listing/l-0002", "area/b4", "2027-05-01"), ("listing/l-0001", "area/b3", "2026-12-01")]
    rows = list(csv.reader(page(releases[0], "boards/houses.csv").splitlines()))
    assert [row[3] for row in rows[1:]] == ["area/b4", "area/b3"]


@pytest.mark.parametrize("text", TOLD)
def test_after_its_last_day_nothing_of_the_entry_is_left(releases: tuple[Path, Path], text: str) -> None:
    """Not one file of the release holds a sentence of it, on the day after: pages, lists, data, other records."""
    assert holding(releases[0], text) != []
    assert holding(releases[1], text) == []


def test_after_its_last_day_the_entry_names_no_subject(releases: tuple[Path, Path]) -> None:
    """Neither title nor id of the building on the entry's page, on the list, in JSON or CSV; no link to it there."""
    after = releases[1]
    for path in ("listings/l-0001.html", "boards/houses.html", "boards/houses.json", "boards/houses.csv",
                 "listings/index.html", "boards/index.html"):
        text = page(after, path)
        assert "3栋" not in text and "areas/b3" not in text and "area/b3" not in text, path
    assert "黑榜" not in page(after, "listings/l-0001.html").partition("<main")[2].partition("</main")[0].replace(
        "红黑榜", "")
    subject = page(after, "areas/b3.html")
    assert "l-0001" not in subject and "黑榜" not in subject.replace("红黑榜", "")
    assert "l-0001" not in page(after, "boards/houses.html") + page(after, "index.html")
    assert "另有 1 条" in page(after, "boards/houses.html")


def test_page_of_a_gone_entry_says_why_it_is_empty(releases: tuple[Path, Path]) -> None:
    """The address still answers: since when, and that it left by the rule."""
    text = page(releases[1], "listings/l-0001.html")
    assert "2026-12-02" in text and "按办法移出" in text


@pytest.mark.parametrize("path", ["listings/l-0001.html", "boards/houses.html", "areas/b3.html"])
def test_what_was_put_right_is_read_before_the_offence(releases: tuple[Path, Path], path: str) -> None:
    """Wherever the entry stands, the rectification comes first."""
    text = page(releases[0], path)
    assert 0 < text.index("床垫已全部清走") < text.index("楼道口堆放旧床垫三张")


def test_answer_is_marked_as_unverified(releases: tuple[Path, Path]) -> None:
    """The subject's own words stand beside the facts, marked as not verified."""
    text = page(releases[0], "listings/l-0001.html")
    assert "床垫是邻栋的" in text and "未经核实" in text


def test_page_of_a_list_stays_when_its_last_entry_leaves(make_site: Make, tmp_path: Path) -> None:
    """The day after the last entry's last day the list is there, empty, and says how many have left."""
    config = make_site({**LISTED, "pages/about.md": "[榜](/boards/houses.html)\n"})
    page = build_site(config, tmp_path / "out", date(2026, 12, 2)) / "boards/houses.html"
    assert "通道堆物" not in page.read_text() and "另有 1 条" in page.read_text()


def test_entries_of_other_lists_and_of_tomorrow_have_not_left() -> None:
    """What another list let go, or what has not begun, is no entry that left this one."""
    gone = ENTRY.replace("scheme: houses", "scheme: other").replace("expires: 2026-12-01", "expires: 2026-06-10")
    other = {"schemes/other.yml": SCHEME, "listings/l-0002.yml": gone}
    ahead = {"listings/l-0003.yml": ENTRY.replace("entered: 2026-06-01", "entered: 2026-07-01")}
    found = scored({"schemes/houses.yml": SCHEME, **other, **ahead}).results.outcomes
    assert {o.family: (len(o.entries), o.left) for o in found} == {"houses": (0, 0), "other": (0, 1)}


@pytest.mark.parametrize("name", ["示例社区评定小组", "社区评定小组。", "社区评定小组（网格员）", "社区 评定小组"])
def test_the_same_party_by_another_spelling_is_the_same(name: str) -> None:
    """Brackets, spaces and full stops do not make somebody else of who proposed."""
    text = ENTRY.replace("decided_by: 街道复核组", f"decided_by: {name}")
    assert faults("listing", text) == ([] if name.startswith("示例") else ["same-decider"])
