"""`gongshi close` and `gongshi correct`: what they write holds against later edits, and says what was corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import cli, saving
from generator.desk.freeze import close, correct
from generator.problem import ContentError, DeskError
from tests.sites import (
    BASE,
    RATED,
    build_site,
    check_site,
    codes,
    frozen,
    places,
    problems,
    quiet,
    scored,
    write_site,
)

Make = Callable[..., Path]
LATER = date(2027, 1, 3)
MORE = "title: 补录\nsource: press\narea: estate\ndate: 2026-06-01\nattendance:\n  - {volunteer: li, hours: 9}\n"
FROZEN = "outcomes/points-2026.yml"


@pytest.fixture
def site(make_site: Make) -> Path:
    """A site whose points board of 2026 is frozen: zhang 2.5, li 2."""
    config = make_site(RATED)
    close(cli.site_at(config), "points", "2026", LATER, 1, quiet)
    return config


def board(config: Path, day: date = LATER) -> dict[str, str]:
    """Return subject -> value on the points board of 2026."""
    [outcome] = [o for o in check_site(config, day).results.outcomes if o.family == "points"]
    return {s.subject: str(s.value) for s in outcome.standings}


def test_later_edits_leave_a_frozen_period_alone(site: Path, tmp_path: Path) -> None:
    """A record added afterwards changes nothing but the notice that names who would stand otherwise."""
    before = json.loads((build_site(site, tmp_path / "a", LATER) / "boards/points.2026.json").read_bytes())
    write_site(site.parent, {"activities/late.yml": MORE})
    release = build_site(site, tmp_path / "b", LATER)
    assert json.loads((release / "boards/points.2026.json").read_bytes()) == before
    [outcome] = [o for o in check_site(site, LATER).results.outcomes if o.family == "points"]
    assert outcome.frozen and [(d.subject, d.frozen, d.now) for d in outcome.frozen.differs] == [
        ("volunteer/li", "第2名 2分", "第1名 11分"), ("volunteer/zhang", "第1名 2.5分", "第2名 2.5分")]
    page = (release / "boards/points.2026.html").read_text()
    assert "已定榜" in page and "第2名 2分" in page and "第1名 11分" in page


def test_period_that_the_records_no_longer_give_still_stands(site: Path, tmp_path: Path) -> None:
    """Even when every record behind it is gone, the frozen board is there, its keys as text."""
    write_site(site.parent, {"activities/clean.yml": None, "volunteers/li.yml": None})
    assert board(site) == {"volunteer/zhang": "2.5", "volunteer/li": "2"}
    assert "volunteer/li" in (build_site(site, tmp_path / "a", LATER) / "boards/points.2026.html").read_text()


@pytest.mark.parametrize(("path", "old", "new"), [
    (FROZEN, "period: '2026'", "period: '2025'"), (FROZEN, "closed: '2027-01-03'", "closed: '2027-01-02'"),
    (FROZEN, "seal: ", "seal: 0"), ("outcomes/points-2026.json", '"value":2.5', '"value":3.5'),
    ("outcomes/points-2026.json", "]\n", "] \n")])
def test_edit_by_hand_fails_the_build(site: Path, path: str, old: str, new: str) -> None:
    """Whoever changes a frozen record or its rows is told so, at the seal or at the rows."""
    file = site.parent / "content" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    [found] = problems(site, LATER)
    assert found.code == "outcome-edited" and path in str(found.place)


def test_any_byte_of_the_rows_is_guarded(site: Path) -> None:
    """Flipping any single byte of the rows is noticed."""
    file = site.parent / "content/outcomes/points-2026.json"
    data = file.read_bytes()
    for position in range(0, len(data), 37):
        file.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1:])
        assert codes(problems(site, LATER)) == ["outcome-edited"]


def test_lost_rows_are_a_problem(site: Path) -> None:
    """Without its rows a frozen outcome can't be shown: the record's place is named."""
    (site.parent / "content/outcomes/points-2026.json").unlink()
    [(code, path, _, _)] = places(problems(site, LATER))
    assert (code, path) == ("outcome-rows-missing", FROZEN)


def test_rows_without_a_record_are_refused(site: Path) -> None:
    """A `.json` that belongs to no frozen outcome is an unexpected file."""
    write_site(site.parent, {"outcomes/other.json": "[]"})
    assert codes(problems(site, LATER)) == ["unexpected-file"]


def test_correction_says_before_and_after(site: Path, tmp_path: Path) -> None:
    """A correction puts the new result in place and keeps the old one, with reason and decider."""
    write_site(site.parent, {"activities/late.yml": MORE})
    path = correct(cli.site_at(site), "points-2026", "漏记一次活动。", "志愿服务站", LATER, 1, quiet)
    assert board(site) == {"volunteer/li": "11", "volunteer/zhang": "2.5"}
    release = build_site(site, tmp_path / "a", LATER)
    page = (release / "corrections" / f"{path.stem}.html").read_text()
    assert all(words in page for words in ("漏记一次活动", "志愿服务站", "第2名 2分", "第1名 11分"))
    assert f"../corrections/{path.stem}.html" in (release / "boards/points.2026.html").read_text()
    write_site(site.parent, {"activities/late.yml": None})
    assert board(site) == {"volunteer/li": "11", "volunteer/zhang": "2.5"}


def test_second_correction_stands_on_the_first(site: Path) -> None:
    """Corrections follow each other; the newest holds."""
    for name, hours in (("b", 9), ("c", 1)):
        write_site(site.parent, {f"activities/{name}.yml": MORE.replace("9", str(hours))})
        correct(cli.site_at(site), "points-2026", "补录。", "志愿服务站", LATER, 1, quiet)
    assert sorted(p.name for p in (site.parent / "content/corrections").iterdir()) == [
        "points-2026-1.json", "points-2026-1.yml", "points-2026-2.json", "points-2026-2.yml"]
    assert board(site)["volunteer/li"] == "12"


@pytest.mark.parametrize(("scheme", "period", "day", "code"), [
    ("nobody", "2026", LATER, "no-scheme"), ("points", "2020", LATER, "no-period"),
    ("stars", "2026", LATER, "no-period"), ("points", "2026", date(2026, 12, 31), "not-over")])
def test_what_can_not_be_closed(make_site: Make, scheme: str, period: str, day: date, code: str) -> None:
    """An unknown scheme or period, and one that is not over, are refused and nothing is written."""
    config = make_site(RATED)
    with pytest.raises(DeskError) as found:
        close(cli.site_at(config), scheme, period, day, 1, quiet)
    assert found.value.code == code
    assert not (config.parent / "content/outcomes").exists()


def test_disk_that_fails_leaves_nothing_half_frozen(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows without their record would be refused by every later check: both are written, or neither."""
    config, flush = make_site(RATED), saving._flush

    def fails(path: Path, data: bytes) -> None:
        flush(path, data[:10])
        if path.name.startswith(".points-2026.yml"):
            raise OSError(28, "No space left on device")
    monkeypatch.setattr(saving, "_flush", fails)
    with pytest.raises(DeskError, match="No space"):
        close(cli.site_at(config), "points", "2026", LATER, 1, quiet)
    assert not list((config.parent / "content/outcomes").iterdir())
    monkeypatch.setattr(saving, "_flush", flush)
    assert close(cli.site_at(config), "points", "2026", LATER, 1, quiet)


def test_closing_twice_is_refused(site: Path) -> None:
    """What is frozen is not frozen anew, and a correction needs something that differs."""
    with pytest.raises(DeskError) as found:
        close(cli.site_at(site), "points", "2026", LATER, 1, quiet)
    assert found.value.code == "already-closed"
    for outcome, code in (("points-2026", "nothing-differs"), ("points-2020", "no-outcome")):
        with pytest.raises(DeskError) as found:
            correct(cli.site_at(site), outcome, "x", "y", LATER, 1, quiet)
        assert found.value.code == code


def test_real_and_illustrative_are_frozen_apart(make_site: Make) -> None:
    """One record for real subjects, one for illustrative ones."""
    made_up = {"volunteers/demo.yml": "title: 王某\nsource: press\nillustrative: true\n",
               "activities/demo.yml": MORE.replace("li", "demo") + "illustrative: true\n"}
    config = make_site({**RATED, **made_up})
    written = close(cli.site_at(config), "points", "2026", LATER, 1, quiet)
    assert [p.stem for p in written] == ["points-2026", "points-2026-example"]
    assert problems(config, LATER) == []


def test_command_prints_what_was_written(make_site: Make) -> None:
    """The command names both files; refused, it says why in one line and exits with 1."""
    config = make_site(RATED)
    arguments = ["--config", str(config), "--as-of", "2027-01-03", "--workers", "1"]
    done = CliRunner().invoke(cli.main, ["close", "points", "2026", *arguments])
    assert done.exit_code == 0 and "points-2026.yml" in done.output and "points-2026.json" in done.output
    again = CliRunner().invoke(cli.main, ["close", "points", "2026", *arguments])
    assert again.exit_code == 1 and "[already-closed]" in again.output


@pytest.mark.parametrize("decider", [" ", "甲\n乙", "张三13812345678"])
def test_correction_with_unfit_words_is_refused(site: Path, decider: str) -> None:
    """A blank, two lines, a mobile number: said as Problems, and nothing is written."""
    write_site(site.parent, {"activities/late.yml": MORE})
    with pytest.raises(ContentError):
        correct(cli.site_at(site), "points-2026", "漏记。", decider, LATER, 1, quiet)
    assert not list((site.parent / "content").glob("corrections/*"))


def test_copy_of_a_frozen_record_is_refused(site: Path) -> None:
    """A copy under another name would win over the original and its corrections: its seal does not fit that name."""
    for ending in ("yml", "json"):
        file = site.parent / f"content/outcomes/points-2026.{ending}"
        (file.parent / f"zz-copy.{ending}").write_bytes(file.read_bytes())
    assert codes(problems(site, LATER)) == ["closed-twice", "outcome-edited"]


def test_before_the_day_of_closing_nothing_is_frozen(site: Path) -> None:
    """A site of an earlier day shows the period as it ran then."""
    [outcome] = [o for o in check_site(site, date(2026, 12, 30)).results.outcomes if o.family == "points"]
    assert outcome.frozen is None and outcome.running


def test_inputs_tell_that_records_were_touched(site: Path) -> None:
    """A change that leaves every result as it was is told all the same."""
    text = RATED["activities/clean.yml"]
    for changed, touched in ((text + "note: 补记\n", False), (text.replace("2026-05-17", "2026-05-18"), True)):
        write_site(site.parent, {"activities/clean.yml": changed})
        [outcome] = [o for o in check_site(site, LATER).results.outcomes if o.family == "points"]
        assert outcome.frozen and (outcome.frozen.touched, outcome.frozen.differs) == (touched, ())


def test_renamed_subject_keeps_its_rank_on_a_frozen_board(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Who keeps a former id stands on the board under the name of today, and no difference is told."""
    old = {**BASE, **RATED, "activities/old.yml": RATED["activities/clean.yml"].replace("2026", "2025")}
    config = make_site({**old, **frozen(scored(old).board("points", "2025"))})
    write_site(config.parent, {
        "volunteers/zhang.yml": None, "volunteers/zhao.yml": old["volunteers/zhang.yml"] + "formerly: [zhang]\n",
        **{name: old[name].replace("volunteer: zhang", "volunteer: zhao")
           for name in ("activities/old.yml", "activities/clean.yml")}})
    html = (build_site(config, tmp_path / "out") / "boards/points.2025.html").read_text(encoding="utf-8")
    assert "volunteer/zhang" not in html and "张某" in html and "重算的结果没有不同" in html
