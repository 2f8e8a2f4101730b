"""`gongshi close` and `gongshi correct` for bulletins: frozen figures stand, and say what would differ now."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from generator import cli
from generator.desk.freeze import close, correct
from generator.problem import DeskError
from tests.sites import RATED, build_site, check_site, codes, problems, quiet, write_site

Make = Callable[..., Path]
WEEK = ("# 街道每周一例会\ntitle: 第19周调度\nsource: press\narea: estate\nseries: 一周一调度\nperiod: 2026-W19\n"
        "published: 2026-05-11\ncomment: |\n  漏水两天办好。\n\n  请都这样办。\n")
DAY = date(2026, 5, 12)
LATER = date(2026, 6, 30)
SECOND = "title: 又一处漏水\nsource: press\narea: b3\ncategory: 漏水\nreported: 2026-05-07\n"


@pytest.fixture
def site(make_site: Make) -> Path:
    """A site whose bulletin on week 19 (4 to 10 May) is frozen: one case, reported and closed."""
    config = make_site({"bulletins/week.yml": WEEK})
    close(cli.site_at(config), "一周一调度", "2026-W19", DAY, 1, quiet)
    return config


def page(config: Path, tmp_path: Path, name: str = "a") -> tuple[str, dict[str, object]]:
    """Return the bulletin's page and its data."""
    release = build_site(config, tmp_path / name, LATER)
    return ((release / "bulletins/week.html").read_text(),
            json.loads((release / "bulletins/week.json").read_bytes()))


def test_freezing_leaves_the_editors_text_alone(site: Path) -> None:
    """Three lines are added at the end; comment, order and the remark on top stay byte for byte."""
    text = (site.parent / "content/bulletins/week.yml").read_text()
    assert text.startswith(WEEK) and [line.partition(":")[0] for line in text[len(WEEK):].splitlines()] == [
        "closed", "rows", "seal"]
    rows = json.loads((site.parent / "content/bulletins/week.json").read_bytes())
    assert {(row["what"], row["key"]) for row in rows} == {
        ("began", "case/leak"), ("closed", "case/leak")}
    assert "漏水" not in json.dumps(rows, ensure_ascii=False)


def test_later_edits_leave_a_frozen_bulletin_alone(site: Path, tmp_path: Path) -> None:
    """A case booked late changes neither page nor data, but the page says what today's records would tell."""
    before, data = page(site, tmp_path)
    assert data["counts"] == {"began": 1, "closed": 1} and "有 1 处不同" not in before
    write_site(site.parent, {"cases/late.yml": SECOND})
    after, again = page(site, tmp_path, "b")
    assert again == data
    assert "按今天的记录重算，有 2 处不同" in after and "定稿时没有；今天重算2026-05-07 新增" in after


def test_record_that_is_gone_still_counts(site: Path, tmp_path: Path) -> None:
    """The frozen rows hold keys: of a case that was deleted the key is left, of one withdrawn no word."""
    write_site(site.parent, {"cases/leak.yml": None})
    assert "case/leak" in page(site, tmp_path)[0]
    withdrawn = "title: 楼道漏水\nsource: press\narea: b3\ncategory: 漏水\nreported: 2026-05-06\n" \
                "withdrawn: {date: 2026-06-01, reason: 应本人要求}\n"
    write_site(site.parent, {"cases/leak.yml": withdrawn})
    text, data = page(site, tmp_path, "b")
    assert "楼道漏水" not in text + json.dumps(data, ensure_ascii=False) and "已撤回的办件" in text
    assert data["counts"] == {"began": 1, "closed": 1}


@pytest.mark.parametrize(("path", "old", "new", "code"), [
    ("week.yml", "period: 2026-W19", "period: 2026-W20", "outcome-edited"),
    ("week.yml", "closed: 2026-05-12", "closed: 2026-05-11", "outcome-edited"),
    ("week.json", '"case/leak"', '"case/leek"', "outcome-edited"),
    ("week.yml", "comment: |\n  漏水两天办好。", "comment: |\n  漏水两天就办好了。", "")])
def test_figures_are_sealed_and_the_comment_is_not(site: Path, path: str, old: str, new: str, code: str) -> None:
    """Whoever changes period, day or rows by hand is told so; a slip in the comment may be mended."""
    file = site.parent / "content/bulletins" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    assert codes(problems(site, LATER)) == ([code] if code else [])


def test_lost_rows_are_a_problem(site: Path) -> None:
    """Without its rows a frozen bulletin can't be shown."""
    (site.parent / "content/bulletins/week.json").unlink()
    assert codes(problems(site, LATER)) == ["outcome-rows-missing"]


@pytest.mark.parametrize(("series", "period", "day", "code"), [
    ("一周一调度", "2026-W18", LATER, "no-period"), ("一月一点评", "2026-05", LATER, "no-period"),
    ("一周一调度", "2026-W19", LATER, "already-closed"), ("一周一调度", "2026-W19", date(2026, 5, 10), "not-over")])
def test_what_cant_be_frozen_says_why(site: Path, series: str, period: str, day: date, code: str) -> None:
    """A period without a bulletin, one that goes on, one frozen already: nothing is written."""
    if code == "not-over":
        write_site(site.parent, {"bulletins/week.yml": WEEK, "bulletins/week.json": None})
    with pytest.raises(DeskError) as refused:
        close(cli.site_at(site), series, period, day, 1, quiet)
    assert refused.value.code == code


def test_before_its_day_nothing_is_frozen(site: Path) -> None:
    """`--as-of` shows the past as it was: the day before, the bulletin was still computed."""
    def frozen(day: date) -> list[bool]:
        return [bool(e.frozen) for e in check_site(site, day).results.editions if e.bulletin]
    assert (frozen(date(2026, 5, 11)), frozen(DAY)) == ([False], [True])


def test_correction_says_before_and_after(site: Path, tmp_path: Path) -> None:
    """A correction puts today's figures in place, with reason, decider, both numbers; a second needs a change."""
    write_site(site.parent, {"cases/late.yml": SECOND})
    path = correct(cli.site_at(site), "week", "漏记一件。", "街道办事处", LATER, 1, quiet)
    assert path.name == "week-1.yml" and problems(site, LATER) == []
    text, data = page(site, tmp_path)
    assert data["counts"] == {"began": 2, "closed": 1, "open": 1}
    assert "../corrections/week-1.html" in text and "处不同" not in text
    said = (tmp_path / "a/current/corrections/week-1.html").read_text()
    assert all(words in said for words in ("漏记一件", "街道办事处", "新增", "../bulletins/week.html"))
    assert '<td data-label="更正前">1</td><td data-label="更正后">2</td>' in said
    with pytest.raises(DeskError) as refused:
        correct(cli.site_at(site), "week", "没有什么。", "街道办事处", LATER, 1, quiet)
    assert refused.value.code == "nothing-differs"


def test_tampered_correction_is_noticed(site: Path) -> None:
    """A correction's rows and figures are sealed like those of a board."""
    write_site(site.parent, {"cases/late.yml": SECOND})
    path = correct(cli.site_at(site), "week", "漏记一件。", "街道办事处", LATER, 1, quiet)
    path.write_text(path.read_text().replace("before: 1", "before: 0"))
    assert codes(problems(site, LATER)) == ["outcome-edited"]


def test_corrected_rank_names_the_subject(make_site: Make) -> None:
    """Where a rank is told otherwise, the correction says whose, and both movements."""
    work = ("title: 清扫\nsource: press\narea: estate\ndate: {day}\n"
            "attendance: [{{volunteer: zhang, hours: {zhang}}}, {{volunteer: li, hours: {li}}}]\n")
    config = make_site({
        **RATED, "volunteers/li.yml": RATED["volunteers/li.yml"] + "area: b3\n",
        "activities/a.yml": work.format(day="2024-05-01", zhang=1, li=2),
        "activities/b.yml": work.format(day="2025-05-01", zhang=3, li=2),
        "bulletins/m.yml": WEEK.replace("一周一调度", "一月一点评").replace("2026-W19", "2025-12")})
    close(cli.site_at(config), "一月一点评", "2025-12", DAY, 1, quiet)
    write_site(config.parent, {"activities/b.yml": work.format(day="2025-05-01", zhang=1, li=2)})
    text = correct(cli.site_at(config), "m", "工时录错。", "志愿服务站", LATER, 1, quiet).read_text()
    assert "volunteer/zhang" in text and "名次由第 2 名到第 1 名" in text and "after: 没有变动" in text


def test_command_says_what_it_wrote(site: Path, run: Callable[..., Result]) -> None:
    """The command line takes the name of a series where it takes a scheme."""
    write_site(site.parent, {"bulletins/week.yml": WEEK, "bulletins/week.json": None})
    found = run("close", "一周一调度", "2026-W19", "--config", str(site), "--as-of", "2026-05-12", "--workers", "1")
    assert found.exit_code == 0 and "week.json" in found.output


@pytest.mark.parametrize("text", [
    "{title: 点评, source: press, area: estate, series: 一周一调度, period: 2026-W19, published: 2026-05-11}\n",
    WEEK + "...\n", WEEK + "closed: null\n"])
def test_nothing_is_frozen_where_lines_cannot_be_added(make_site: Make, text: str) -> None:
    """Braces, a document's end or an empty `closed` are one message, and no other bulletin is frozen by then."""
    config = make_site({"areas/a.yml": "title: 甲苑\nsource: press\nlevel: 小区\n", "bulletins/week.yml": text,
                        "bulletins/a.yml": WEEK.replace("area: estate", "area: a")})
    with pytest.raises(DeskError) as raised:
        close(cli.site_at(config), "一周一调度", "2026-W19", DAY, 1, quiet)
    assert raised.value.code == "no-room" and problems(config) == []
    assert not list((config.parent / "content/bulletins").glob("*.json"))


def test_renamed_record_stands_in_frozen_bulletins_under_its_new_name(site: Path, tmp_path: Path) -> None:
    """A case and a place that keep their former ids change nothing: no difference is told, no seal is broken."""
    case, place = (site.parent / "content" / name for name in ("cases/leak.yml", "areas/estate.yml"))
    text = (site.parent / "content/bulletins/week.yml").read_text()
    write_site(site.parent, {
        "cases/leak.yml": None, "cases/pipe.yml": case.read_text() + "formerly: [leak]\n"})
    html, _ = page(site, tmp_path)
    assert "处不同" not in html and "楼道漏水" in html and "case/leak" not in html
    moved = {name: (site.parent / "content" / name).read_text().replace("area: estate", "area: court")
             for name in ("areas/b3.yml", "organisations/team.yml")}
    write_site(site.parent, {
        **moved, "areas/estate.yml": None,
        "areas/court.yml": "title: 清水小区\nsource: press\nlevel: 小区\nformerly: [estate]\n",
        "bulletins/week.yml": text.replace("area: estate", "area: court")})
    assert not place.exists() and problems(site) == []
    write_site(site.parent, {"areas/other.yml": "title: 别处\nsource: press\nlevel: 小区\n",
                             "bulletins/week.yml": text.replace("area: estate", "area: other")})
    assert codes(problems(site)) == ["outcome-edited"]
