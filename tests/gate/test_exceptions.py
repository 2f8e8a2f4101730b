"""What an exception covers is that field of that record until its last day; anything else is refused as ever.

Every number here is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import gate, load
from generator.data import ENDED
from tests.gate.test_personal import ID
from tests.sites import build_site, codes, faults, places, problems

PHONE = "139 0733 0000"
CASE = "title: 寻人\nsource: press\ncategory: 寻人\n"
LEAVE = ("privacy_exceptions:\n  - {what: phone, at: note, reason: 找人, ground: 会议纪要, decided_by: 街道办, "
         "since: 2026-06-01, until: 2026-12-01}\n")
IN, BEFORE, OVER = date(2026, 12, 1), date(2026, 5, 31), date(2026, 12, 2)


def judged(more: str, leave: str = LEAVE, as_of: date = IN) -> gate.Judged:
    """Return what the gate says of a case with these lines and an exception."""
    text = CASE + leave + more
    return gate.judge(text, "cases/a.yml", load.parse(text), as_of)


def masked(more: str, leave: str = LEAVE, as_of: date = IN) -> tuple[str, list[str]]:
    """Return the note that the rest of the program sees, and the values that the page may show."""
    data, shown = gate.masked(load.parse(CASE + leave + more), as_of)
    assert data["privacy_exceptions"] == load.parse(LEAVE)["privacy_exceptions"] or leave != LEAVE
    return data.get("note", ""), [one.value for one in shown]


@pytest.mark.parametrize(("more", "found"), [
    (f"note: 打 {PHONE}\n", []), ("note: >-\n  打 139 0733\n  0000\n", []), (f'note: "打 {PHONE}\\n谢谢"\n', []),
    (f"note: 打 {PHONE} 或 138 0000 0000\n", []),
    (f"description: 打 {PHONE}\n", ["exception-unused", "personal-phone"]),
    (f"note: 打 {PHONE}\ndescription: 打 {PHONE}\n", ["personal-phone"] * 2),
    (f"note: 打 {PHONE}\ndescription: 打 138 0000 0000\n", ["personal-phone"]),
    (f"note: {ID} 打 {PHONE}\n", ["personal-id"]), ("note: 打电话\n", ["exception-unused"])])
def test_only_the_field_that_is_named_is_covered(more: str, found: list[str]) -> None:
    """A number elsewhere, though it be the same, and a number of another kind are refused; so is an idle exception."""
    assert codes(judged(more).problems) == found


@pytest.mark.parametrize("at", ["steps.note", "steps"])
def test_a_field_is_named_by_its_keys(at: str) -> None:
    """Positions in lists don't count, and a mapping's name does not stand for all that is in it."""
    steps = f"steps:\n  - {{date: 2026-05-06, note: 打 {PHONE}}}\n  - {{date: 2026-05-07, note: 又打 {PHONE}}}\n"
    found = codes(judged(steps, LEAVE.replace("at: note", f"at: {at}")).problems)
    assert found == ([] if at == "steps.note" else ["exception-unused", "personal-phone", "personal-phone"])


def test_the_same_field_of_another_record_is_not_covered(make_site: Callable[..., Path]) -> None:
    files = {"cases/a.yml": CASE + LEAVE + f"note: 打 {PHONE}\n", "cases/b.yml": CASE + f"note: 打 {PHONE}\n"}
    assert places(problems(make_site(files))) == [("personal-phone", "cases/b.yml", 4, 9)]


@pytest.mark.parametrize(("as_of", "note", "shown", "allowed"), [
    (IN, "打 〔电话1，见原记录〕", [PHONE], 1), (OVER, f"打 {ENDED}", [], 0), (BEFORE, f"打 {ENDED}", [], 0)])
def test_the_rest_of_the_program_never_sees_the_value(as_of: date, note: str, shown: list[str], allowed: int) -> None:
    """A mark stands for it at all times; after the last day, and before the first, nothing stands behind the mark."""
    more = f"note: 打 {PHONE}\n"
    assert masked(more, as_of=as_of) == (note, shown)
    assert len(judged(more, as_of=as_of).allowed) == allowed and judged(more, as_of=as_of).problems == []


def test_each_value_has_a_mark_of_its_own() -> None:
    note, shown = masked(f"note: 打 {PHONE} 或 138-0000-0000 都行\n")
    assert note.count("〔电话1，见原记录〕") == note.count("〔电话2，见原记录〕") == 1
    assert sorted(shown) == ["138-0000-0000", PHONE]


def test_a_number_broken_over_lines_is_masked_whole() -> None:
    note, [shown] = masked('note: "打 139 0733\\n0000"\n')
    assert note.endswith("〔电话1，见原记录〕") and shown.endswith("139 0733\n0000")


def test_a_faulty_exception_covers_nothing(make_site: Callable[..., Path]) -> None:
    """Its own fault is told beside the number that it would have covered."""
    wrong = CASE + LEAVE.replace("until: 2026-12-01", "until: 2027-06-02") + f"note: 打 {PHONE}\n"
    assert codes(problems(make_site({"cases/a.yml": wrong}))) == ["out-of-range", "personal-phone"]


@pytest.mark.parametrize(("old", "new", "found"), [
    ("until: 2026-12-01", "until: 2027-06-01", []), ("until: 2026-12-01", "until: 2027-06-02", ["out-of-range"]),
    ("until: 2026-12-01", "until: 2026-12", ["day-needed"]), ("until: 2026-12-01", "until: 2026-05-31", [
        "dates-reversed"]),
    ("what: phone", "what: id", ["not-one-of"]), ("what: phone", "what: bank-card", ["not-one-of"]),
    ("what: phone", "what: passport", ["not-one-of"]), (", reason: 找人", "", ["missing-key"]),
    (", ground: 会议纪要", "", ["missing-key"]), (", decided_by: 街道办", "", ["missing-key"]),
    (", until: 2026-12-01", "", ["missing-key"])])
def test_an_exception_has_its_whole_process_and_a_term(old: str, new: str, found: list[str]) -> None:
    """Reason, ground, who decided, and twelve months at most; never for an identity card, a bank card, a passport."""
    assert faults("case", CASE + LEAVE.replace(old, new)) == found


def test_a_value_is_put_back_into_text_alone(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """The record's own page shows it with its last day; a tombstone neither shows nor lists anything."""
    both = LEAVE + LEAVE.replace("at: note", "at: title").partition("\n")[2]
    text = CASE.replace("寻人", f"打 {PHONE}", 1) + both + f"note: 打 {PHONE}\n"
    page = build_site(make_site({"cases/a.yml": text}), tmp_path / "out") / "cases/a.html"
    html = page.read_text(encoding="utf-8")
    span = f'<span data-expires="2026-12-01" data-expires-as="{ENDED}">{PHONE}</span>'
    assert html.count(PHONE) == html.count(span) == 3
    gone = text + "withdrawn: {date: 2026-06-30, reason: 找到了}\n"
    page = build_site(make_site({"cases/a.yml": gone}), tmp_path / "out") / "cases/a.html"
    assert PHONE not in page.read_text(encoding="utf-8")
    assert "没有。本站现在没有任何例外" in (tmp_path / "out/current/exceptions/index.html").read_text(encoding="utf-8")
