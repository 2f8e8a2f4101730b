"""Outcomes on pages: what does not fit beside a subject has a page of its own, and nothing is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.render import boards, results
from generator.render.badge import qr_svg
from generator.render.outcomes import FEW, TOGETHER
from generator.render.results import SHOWN
from tests.sites import APPEALED, LISTED, RATED, build_site

Make = Callable[..., Path]


def activity(day: str, who: str = "zhang") -> str:
    """Return an activity of one hour."""
    return f"title: 巡查 {day}\nsource: press\ndate: {day}\nattendance: [{{volunteer: {who}, hours: 1}}]\n"


def built(make_site: Make, tmp_path: Path, days: list[str]) -> Path:
    """Return the release of a site in which one volunteer served an hour on each of the days."""
    files = {f"activities/a{n}.yml": activity(day) for n, day in enumerate(days)}
    rated = {path: text for path, text in RATED.items() if path != "activities/clean.yml"}
    return build_site(make_site({**rated, **files}), tmp_path / "out")


def test_many_contributions_have_a_page_of_their_own(make_site: Make, tmp_path: Path) -> None:
    """With more contributions than fit, the subject's page has the newest few and leads to the page with all."""
    days = [f"2026-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, SHOWN // 3 + 2)]
    release = built(make_site, tmp_path, days)
    page = (release / "volunteers/zhang.html").read_text()
    whole = (release / "boards/points.2026.of-zhang.html").read_text()
    assert len(days) > SHOWN and "../boards/points.2026.of-zhang.html" in page
    assert sum(f"巡查 {day}" in whole for day in days) == len(days)
    assert f"{len(days)} 分" in whole
    result = page[page.index('id="result"'):page.index("gs-facts", page.index('id="result"'))]
    assert sum(f"巡查 {day}" in result for day in days) == FEW


def test_contributions_have_as_many_pages_as_they_need(make_site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                       ) -> None:
    """However many there are, no page of them grows beyond its size, and each stands on one of them."""
    for module in (boards, results):
        monkeypatch.setattr(module, "PER_WHOLE", 30)
    days = [f"2026-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(1, SHOWN // 3 + 3)]
    release = built(make_site, tmp_path, days)
    pages = [(release / f"boards/points.2026.of-zhang{n}.html").read_text() for n in ("", ".2", ".3")]
    assert not (release / "boards/points.2026.of-zhang.4.html").exists()
    assert [sum(f"巡查 {day}" in page for day in days) for page in pages] == [30, 30, len(days) - 60]
    assert 'href="points.2026.of-zhang.2.html"' in pages[0]


def test_data_of_a_large_board_comes_in_parts(make_site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part names the next, a subject's contributions are never parted, and all subjects are there once."""
    monkeypatch.setattr(boards, "PER_FILE", 3)
    files = {f"volunteers/v{n}.yml": RATED["volunteers/zhang.yml"] for n in range(3)}
    served = {f"activities/a{n}.yml": activity("2026-01-02", f"v{n % 3}") for n in range(9)}
    release = build_site(make_site({**RATED, **files, **served}), tmp_path / "out")
    found, name = [], "points.2026.json"
    while name:
        data = json.loads((release / "boards" / name).read_bytes())
        found.append({row["subject"]: len(row["contributions"]) for row in data["rows"]})
        name = data.get("next", "")
    assert found == [*({f"volunteer/v{n}": 3} for n in range(3)), {"volunteer/zhang": 1}, {"volunteer/li": 1}]
    assert data["part"] == data["parts"] == 5
    assert "全部数据（JSON，共 5 份）" in (release / "boards/points.2026.html").read_text()


def test_few_contributions_stay_beside_the_subject(make_site: Make, tmp_path: Path) -> None:
    """What fits is on the subject's page, and no further page is made."""
    release = built(make_site, tmp_path, [f"2026-01-{day:02d}" for day in range(1, 29)])
    assert not list((release / "boards").glob("*.of-*"))


def test_many_periods_do_not_weigh_a_page_down(make_site: Make, tmp_path: Path) -> None:
    """Periods of a few contributions each are shown until they are too many together; older ones have their pages."""
    days = [f"{year}-03-{day:02d}" for year in range(2018, 2027) for day in range(1, 32)]
    release = built(make_site, tmp_path, days)
    pages = sorted(p.name for p in (release / "boards").glob("*.of-*"))
    assert TOGETHER // 31 == 7
    assert pages == ["points.2018.of-zhang.html", "points.2019.of-zhang.html"]


def test_certificate_leads_back_to_the_page(make_site: Make, tmp_path: Path) -> None:
    """With an address the certificate's symbol holds that of the subject's page; the badge stands beside it."""
    config = make_site(RATED)
    config.write_text(config.read_text() + "address: https://town.example/gongshi/\n")
    release = build_site(config, tmp_path / "out")
    page = (release / "badges/stars.b3.html").read_text()
    badge = (release / "badges/stars.b3.svg").read_text()
    symbol = qr_svg("https://town.example/gongshi/areas/b3.html")
    assert str(symbol) in page and "https://town.example/gongshi/badges/stars.b3.svg" in page
    assert "三星" in page and "三星" in badge and "2026-04-01" in badge


class Tags(HTMLParser):
    """Notes every tag of a piece of HTML with the names of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        self.found.append((tag, [name for name, _ in attrs]))


def test_code_to_embed_is_a_link_and_a_picture_whatever_the_title(make_site: Make, tmp_path: Path) -> None:
    """What other sites paste holds no markup out of a title."""
    title = "3栋\" onload=\"alert(1)<script>"
    config = make_site({**RATED, "areas/b3.yml": f"title: '{title}'\nsource: press\nlevel: 楼栋\narea: estate\n"})
    config.write_text(config.read_text() + "address: https://town.example/\n")
    page = (build_site(config, tmp_path / "out") / "badges/stars.b3.html").read_text()
    code = unescape(page.partition("data-gs-select>")[2].partition("</textarea>")[0])
    assert Tags(code).found == [("a", ["href"]), ("img", ["src", "alt"])]
    assert 'href="https://town.example/areas/b3.html"' in code
    assert title in unescape(code)


FAILING = RATED["assessments/b3-2026.yml"].replace("points: 50", "points: 17").replace("points: 30", "points: 23") + (
    "basis: 办法\nevidence: [照片]\nnotified: 2026-04-02\nreply_channel: 社区大厅\ndecided_by: 街道\n"
    "expires: 2027-04-01\n")


@pytest.mark.parametrize("failing", [True, False])
def test_appealed_rating_hides_all_or_nothing(make_site: Make, tmp_path: Path, failing: bool) -> None:
    """A failing rating under appeal shows neither stars, points nor total; another one is shown, the appeal named."""
    assessed = {"assessments/b3-2026.yml": FAILING} if failing else {}
    release = build_site(make_site({**RATED, **APPEALED, **assessed}), tmp_path / "out")
    page = article(release / "assessments/b3-2026.html")
    assert "正在复核" in page and "appeals/a-0001.html" in page
    assert ("不公布" in page) is ("申诉复核中" in page) is failing
    assert ("合计" in page) is ("三星" in page) is (not failing)
    everywhere = page + article(release / "areas/b3.html") + article(release / "assessments/index.html")
    told = {number for number in ("17", "23", "40 分", "50", "30", "80 分") if f">{number}" in everywhere}
    assert told == (set() if failing else {"50", "30", "80 分"})


def test_assessment_past_the_term_of_its_scheme_says_so(make_site: Make, tmp_path: Path) -> None:
    """The page of an assessment and its subject's agree on the day after which it no longer counts."""
    config = make_site(RATED)
    for day, lapsed in ((date(2027, 4, 1), False), (date(2027, 4, 2), True)):
        release = build_site(config, tmp_path / str(day), day)
        page = article(release / "assessments/b3-2026.html")
        assert ("有效期到 2027-04-01 为止" in page) is ("已过期" in page) is lapsed
        assert ("待评定" in article(release / "areas/b3.html")) is lapsed


def test_list_counts_what_left_it(make_site: Make, tmp_path: Path) -> None:
    """The list says how many entries have left it, and none of what they were."""
    config = make_site(LISTED)
    for day, left in ((date(2026, 12, 1), False), (date(2026, 12, 2), True)):
        page = article(build_site(config, tmp_path / str(day), day) / "boards/houses.html")
        assert ("另有 1 条" in page) is ("床垫" not in page) is left


def test_home_page_does_not_spread_entries_and_appeals(make_site: Make, tmp_path: Path) -> None:
    """Neither what stands on a red and black list nor who objects is news."""
    release = build_site(make_site({**RATED, **APPEALED, **LISTED}), tmp_path / "out")
    recent = article(release / "index.html").partition("最近的记录")[2].partition("全部栏目")[0]
    assert "楼道漏水" in recent and "通道堆物" not in recent and "对评定的申诉" not in recent


def article(path: Path) -> str:
    """Return a page's article."""
    return path.read_text(encoding="utf-8").partition('id="main">')[2].partition("<footer class=\"md-")[0]


def test_failing_and_lapsed_ratings_have_no_badge(make_site: Make, tmp_path: Path) -> None:
    """A badge is for stars that hold: once the rating has lapsed there is none."""
    config = make_site(RATED)
    assert (build_site(config, tmp_path / "a", date(2027, 4, 1)) / "badges/stars.b3.svg").exists()
    release = build_site(config, tmp_path / "b", date(2027, 4, 2))
    assert not (release / "badges").exists() or not list((release / "badges").glob("stars.*"))
    assert "badges/" not in (release / "areas/b3.html").read_text()


def test_stars_of_two_versions_say_which(make_site: Make, tmp_path: Path) -> None:
    """A rating stays under the version of its time: beside newer ones it says so, on the page and in the data."""
    stars = RATED["schemes/stars.yml"]
    newer = stars.replace("floor: 60", "floor: 70").replace("title: 房屋星级办法", "title: 新办法")
    config = make_site({**RATED, "schemes/stars.yml": stars + 'version: "1"\n',
                        "schemes/stars-2.yml": newer + 'version: "2"\nreplaces: stars\neffective: 2026-05-01\n',
                        "areas/b1.yml": "title: 1栋\nsource: press\nlevel: 楼栋\narea: estate\n",
                        "assessments/b1.yml": RATED["assessments/b3-2026.yml"].replace("area/b3", "area/b1").replace(
                            "2026-04-01", "2026-06-01").replace("scheme: stars", "scheme: stars-2")})
    release = build_site(config, tmp_path / "out")
    page = (release / "stars/stars.html").read_text()
    rows = {r["subject"]: r["scheme"] for r in json.loads((release / "stars/stars.json").read_bytes())["rows"]}
    assert rows == {"area/b3": "stars", "area/b1": "stars-2"}
    assert page.count("按版本 1") == 1 and "按版本 2" not in page


def test_who_is_exempt_has_no_badge(make_site: Make, tmp_path: Path) -> None:
    """An exemption takes a rating that still runs off the board: no star, no badge, no certificate."""
    exempt = "exempt: [{subject: area/b3, reason: 已列入征收}]\n"
    config = make_site({**RATED, "schemes/stars.yml": RATED["schemes/stars.yml"] + exempt})
    release = build_site(config, tmp_path / "out")
    assert "已列入征收" in (release / "areas/b3.html").read_text()
    assert not list(release.glob("badges/*"))
