"""The worksheet, entries that expire and the printed certificate, each from a file that a browser opens from disk."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import material
import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Page, expect

from generator.render.assets import write_assets
from generator.render.paint import environment
from tests.render.test_badge import certificate
from tests.sites import ROOT

pytestmark = pytest.mark.browser

THEME = ROOT / "theme"
STYLES = next((Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css"))
LATE = "这一条已到期，不再公布。"
BANDS = [{"floor": 0, "stars": 0, "word": "不合格"}, {"floor": 60, "stars": 3, "word": "三星·合格"},
         {"floor": 75, "stars": 4, "word": "四星·良好"}, {"floor": 90, "stars": 5, "word": "五星·优秀"}]
CRITERIA = [{"id": "fire", "label": "消防", "max": 60}, {"id": "tidy", "label": "卫生", "max": 40}]
RATED = [(60, 40, 5, "五星·优秀"), (50, 40, 5, "五星·优秀"), (50, 39, 4, "四星·良好"), (40, 35, 4, "四星·良好"),
         (40, 34, 3, "三星·合格"), (60, 0, 3, "三星·合格"), (59, 0, 0, "不合格"), (0, 0, 0, "不合格")]
SUBJECTS: list[dict[str, Any]] = [
    {"key": f"area/b{n}", "title": f"{n}栋 </script><b>&", "points": {"fire": fire, "tidy": tidy}, "value": fire + tidy,
     "stars": stars, "word": word, "expires": ""} for n, (fire, tidy, stars, word) in enumerate(RATED)]
UNRATED = {"key": "area/new", "title": "新楼", "points": {}, "value": None, "stars": None, "word": "未评定",
           "expires": ""}


def sheet_of(*subjects: dict[str, Any]) -> dict[str, Any]:
    return {"criteria": CRITERIA, "bands": BANDS, "subjects": list(subjects)}


def worksheet(sheet: dict[str, Any]) -> str:
    """Return the worksheet as a page holds it."""
    text = Markup(json.dumps(sheet, ensure_ascii=False).replace("<", "\\u003c"))
    return environment((THEME,)).get_template("partials/worksheet.html").render(sheet=sheet, sheet_json=text)


def written(folder: Path, body: str) -> str:
    """Write a page that loads Material's style, ours and our script, and return its address on disk."""
    names = write_assets([THEME], folder / "assets", {})
    html = (f'<!doctype html><html lang="zh" class="no-js"><head><meta charset="utf-8"><title>甲</title>'
            f'<link rel="stylesheet" href="{STYLES.as_uri()}">'
            f'<link rel="stylesheet" href="{names["gongshi.css"]}">'
            f'<link rel="stylesheet" href="{names["certificate.css"]}">'
            f'<script src="{names["gongshi.js"]}"></script><script src="{names["worksheet.js"]}"></script></head>'
            f'<body><article class="md-content__inner md-typeset">{body}</article></body></html>')
    (folder / "page.html").write_text(html, encoding="utf-8")
    return (folder / "page.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page, on 21 May 2026 in Shanghai, in which no script may fail."""
    failures: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 800}, timezone_id="Asia/Shanghai") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.clock.set_fixed_time("2026-05-21T00:30:00+08:00")
        yield page
        assert failures == []


def test_rate_agrees_with_every_published_result(page: Page, tmp_path: Path) -> None:
    """For every subject the browser comes to the value, stars and word that were published."""
    page.goto(written(tmp_path, worksheet(sheet_of(*SUBJECTS))))
    found = page.evaluate("s => s.subjects.map(one => window.gongshi.rate(s, one.points))", sheet_of(*SUBJECTS))
    assert [(r["value"], r["stars"], r["word"]) for r in found] == [
        (s["value"], s["stars"], s["word"]) for s in SUBJECTS]
    assert [(r["toNext"], r["nextWord"]) for r in found] == [
        (None, None), (None, None), (1, "五星·优秀"), (15, "五星·优秀"), (1, "四星·良好"), (15, "四星·良好"),
        (1, "三星·合格"), (60, "三星·合格")]


@pytest.mark.parametrize(("points", "value"), [
    ({}, 0), ({"fire": "", "tidy": None}, 0), ({"fire": 61, "tidy": 1e9}, 100), ({"fire": -5, "tidy": "12"}, 12),
    ({"fire": "30.9", "tidy": "many"}, 30), ({"fire": 60, "tidy": 40, "more": 9}, 100)])
def test_rate_bounds_what_it_is_given(page: Page, tmp_path: Path, points: dict[str, Any], value: int) -> None:
    """Missing is 0, too much the most, a fraction the whole number below."""
    page.goto(written(tmp_path, worksheet(sheet_of())))
    assert page.evaluate("a => window.gongshi.rate(a[0], a[1]).value", [sheet_of(), points]) == value


def test_changed_points_change_the_star(page: Page, tmp_path: Path) -> None:
    """The result follows every change, tells the distance to the published one, and can be put back."""
    page.goto(written(tmp_path, worksheet(sheet_of(*SUBJECTS))))
    result = page.locator(".gs-sheet__result")
    expect(result).to_have_text("合计 100 分：五星·优秀 ★★★★★；与公布的结果相同。已是最高一档。")
    page.get_by_label("算哪一个").select_option("2")
    expect(result).to_have_text("合计 89 分：四星·良好 ★★★★☆；与公布的结果相同。再得 1 分为五星·优秀。")
    page.get_by_label("消防").fill("51")
    expect(result).to_have_text("合计 90 分：五星·优秀 ★★★★★；比公布的结果（四星·良好）高一档。已是最高一档。")
    page.get_by_label("消防").fill("20")
    expect(result).to_have_text("合计 59 分：不合格 ☆☆☆☆☆；比公布的结果（四星·良好）低两档。再得 1 分为三星·合格。")
    page.get_by_label("消防").fill("40")
    expect(result).to_contain_text("合计 79 分：四星·良好 ★★★★☆；与公布的结果（89 分）同一档。")
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("消防")).to_have_value("50")
    expect(result).to_contain_text("合计 89 分")


def test_what_cannot_be_counted_is_said(page: Page, tmp_path: Path) -> None:
    """Points out of range or left out are counted as said, and the field is marked."""
    page.goto(written(tmp_path, worksheet(sheet_of(SUBJECTS[2]))))
    result, fire = page.locator(".gs-sheet__result"), page.get_by_label("消防")
    for given, said in (("99", "“消防”最多 60 分，按 60 分算。"), ("-1", "“消防”最少 0 分，按 0 分算。"),
                        ("1.5", "“消防”只计整数，按 1 分算。"), ("", "“消防”没有填，按 0 分算。")):
        fire.fill(given)
        expect(result).to_contain_text(said)
        assert fire.get_attribute("aria-invalid") == ("true" if given else "false")
    fire.fill("60")
    expect(result).not_to_contain_text("按")


@pytest.mark.parametrize("subjects", [[], [UNRATED]], ids=["no subject", "never assessed"])
def test_missing_points_are_no_zero(page: Page, tmp_path: Path, subjects: list[dict[str, Any]]) -> None:
    """Where nothing is published nothing is rated until points are filled in."""
    page.goto(written(tmp_path, worksheet(sheet_of(*subjects))))
    result = page.locator(".gs-sheet__result")
    expect(result).to_have_text("填上各项得分，就能看到会评几星。")
    page.get_by_label("消防").fill("60")
    expect(result).to_contain_text("合计 60 分：三星·合格")
    expect(result).to_contain_text("“卫生”没有填，按 0 分算。")
    assert ("公布的结果是“未评定”" in result.inner_text()) == bool(subjects)


def test_worksheet_suits_fingers_and_old_eyes(page: Page, tmp_path: Path) -> None:
    """Everything to touch is 44 pixels high or more and fits on a phone; one subject needs no choice."""
    page.goto(written(tmp_path, worksheet(sheet_of(*SUBJECTS))))
    for touched in page.locator(".gs-sheet :is(input, select, button)").all():
        box = touched.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44 and box["x"] + box["width"] <= 360
    page.goto(written(tmp_path, worksheet(sheet_of(SUBJECTS[0]))))
    expect(page.locator(".gs-sheet select")).to_have_count(0)


def test_worksheet_offers_no_expired_rating(page: Page, tmp_path: Path) -> None:
    """What is no longer published cannot be chosen; the first that still is stands in its place."""
    page.goto(written(tmp_path, worksheet(sheet_of({**SUBJECTS[7], "expires": "2026-05-20"}, *SUBJECTS[:2]))))
    expect(page.locator(".gs-sheet option")).to_have_text([s["title"] for s in SUBJECTS[:2]])
    expect(page.locator(".gs-sheet__line")).to_contain_text("合计 100 分")


def test_without_scripts_the_worksheet_stays_hidden(browser: Browser, tmp_path: Path) -> None:
    """Nothing that cannot work is shown."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(written(tmp_path, worksheet(sheet_of(*SUBJECTS)) + certificate()))
        expect(page.locator(".gs-sheet")).to_be_hidden()
        expect(page.locator("[data-gs-print]")).to_be_hidden()
        expect(page.locator(".gs-cert__hint")).to_be_visible()


@pytest.mark.parametrize(("last", "gone"), [
    ("2026-05-20", True), ("2025-12-31", True), ("2026-05-21", False), ("2026-05-22", False), ("2027-01-01", False),
    ("2026-05", False), ("", False)])
def test_entry_goes_after_its_last_day(page: Page, tmp_path: Path, last: str, gone: bool) -> None:
    """An entry is replaced from the day after its last, by the reader's own calendar, and only by a whole date."""
    page.goto(written(tmp_path, f'<section id="entry" data-expires="{last}">某店</section><p>其他</p>'))
    expect(page.locator("#entry")).to_have_count(0 if gone else 1)
    assert ("某店" in page.content()) != gone
    expect(page.locator("p.gs-withdrawn")).to_have_text([LATE] if gone else [])
    assert page.title() == "甲"


def test_expired_page_loses_its_title_and_tells_why(page: Page, tmp_path: Path) -> None:
    """The page of one entry no longer names it, in title nor heading; what it is called instead is text."""
    page.goto(written(tmp_path, '<div data-expires="2026-05-20" data-expires-page="已到期的 <b>"><h1>某店</h1></div>'))
    assert page.title() == "已到期的 <b>"
    expect(page.locator("h1")).to_have_text("已到期的 <b>")
    expect(page.locator("p.gs-withdrawn")).to_have_text(LATE)


def test_expired_link_leaves_its_sentence_whole(page: Page, tmp_path: Path) -> None:
    """A link to what has expired leaves words in its place, within the sentence."""
    page.goto(written(tmp_path, '<p>针对<a href="#" data-expires="2026-05-20">某店</a>。</p>'))
    expect(page.locator("p")).to_have_text("针对已到期的条目。")


def test_expired_row_and_item_stay_in_their_list(page: Page, tmp_path: Path) -> None:
    """A row leaves a row behind and an item an item, and nothing of what they said."""
    page.goto(written(tmp_path, '<table><tr id="a" data-expires="2026-05-20"><td>某店</td><td>一</td></tr></table><ul>'
                                '<li id="b" data-expires="2026-05-20">某店</li></ul>'))
    expect(page.locator("tr > td[colspan='2'] > p.gs-withdrawn")).to_have_text(LATE)
    expect(page.locator("ul > li > p.gs-withdrawn")).to_have_text(LATE)
    assert "某店" not in page.content()
    expect(page.locator("#a, #b")).to_have_count(0)


@pytest.mark.parametrize(("rows", "name"), [(2, "3栋"), (5, "清水路与建设路口东南角一百二十八号自建房"), (10, "3栋")])
def test_certificate_fills_one_sheet(page: Page, tmp_path: Path, rows: int, name: str) -> None:
    """Printed on A4 it is one page without the badge and the buttons, its QR code 45 mm wide or more."""
    article = certificate(
        criteria=[(f"第{n}项", 9, 10, "楼道和出口不堆物，电瓶车不进楼，" * 3) for n in range(rows)], illustrative=True)
    page.goto(written(tmp_path, f'<header class="gs-header">头</header>{article.replace("3栋", name)}'
                                '<footer class="gs-footer">尾</footer>'))
    paper = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper, re.DOTALL)
    assert [(round(float(width)), round(float(height))) for width, height in sheets] == [(595, 842)]
    page.emulate_media(media="print")
    for hidden in (".gs-header", ".gs-footer", ".gs-crumbs", ".gs-cert__tools", ".gs-embed"):
        expect(page.locator(hidden)).to_be_hidden()
    code = page.locator(".gs-qr").evaluate("e => e.getBoundingClientRect().width * (1 - 8 / e.viewBox.baseVal.width)")
    assert code >= 45 / 25.4 * 96
