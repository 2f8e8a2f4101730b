"""A place's page: who, what, when, money and stars first, from the nearest place that has them."""

import re
from pathlib import Path

import pytest

from tests.sites import BASE, CONFIG, RATED, build_site, codes, problems, write_site

MADE_UP = {"documents/illustration.yml": "title: 说明\nsource: {text: 编者}\ntype: 说明\nillustrative: true\n"}
TOWN = {
    **BASE,
    "areas/community.yml": "title: 清水社区\nsource: press\nlevel: 社区\n",
    "areas/grid.yml": "title: 第一网格\nsource: press\nlevel: 网格\narea: community\nunit: team\n",
    "areas/estate.yml": "title: 清水小区\nsource: press\nlevel: 小区\narea: community\ngrid: grid\n"
                        "mode: 小区自管\ncoverage:\n  party: {covered: true, by: branch}\n",
    "areas/b4.yml": "title: 4栋\nsource: press\nlevel: 楼栋\narea: estate\n",
    "organisations/branch.yml": "title: 清水党支部\nsource: press\ntype: 党组织\narea: estate\ncontact: 党群驿站\n",
    "people/p-1.yml": "title: 王楼长\nsource: press\nrole: 楼栋长\nground: office\narea: b3\ncontact: 社区大厅\n"
                      "backing:\n  - {role: 单位干部, name: 一名, who: organisation/branch}\n"
                      "  - {role: 网格员, name: 一名}\n",
    "people/p-2.yml": "title: 李原楼长\nsource: press\nrole: 楼栋长\nground: office\narea: b3\n"
                      "term: {until: 2026-01}\n",
    "people/p-3.yml": "title: 张网格员\nsource: press\nrole: 网格员\nground: office\narea: grid\n",
    "cases/open.yml": "title: 路灯不亮\nsource: press\narea: b3\ncategory: 照明\nreported: 2026-06-01\n"
                      "due: 2026-06-08\n",
    "projects/roof.yml": "title: 屋面翻新\nsource: press\narea: estate\nmilestones:\n"
                         "  - {name: 进场, planned: 2026-05-01, actual: 2026-05-02}\n"
                         "  - {name: 验收, planned: 2026-09-30}\n",
}


def answers(out: Path, page: str) -> str:
    """Return the words of the first screens of a place's page."""
    html = (out / "current/areas" / page).read_text(encoding="utf-8")
    first = html.partition('<div class="gs-answers">')[2].partition('<dl class="gs-facts">')[0]
    whole = re.sub(r'<span class="gs-nowrap">([^<]*)</span>', r"\1", first)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", whole))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("place")
    build_site(write_site(root, {**TOWN, **RATED, **{
        f"cases/lamp-{i:02}.yml": f"title: 灯{i:02}\nsource: press\narea: b4\ncategory: 照明\nreported: 2026-03-01\n"
                                  "resolved: 2026-03-02\n" for i in range(50)}}), root / "site")
    return root / "site"


def test_building_says_who_is_responsible_and_who_stands_behind(out: Path) -> None:
    """The building's own chief comes with office contact and backers; an organisation's own contact stands there."""
    words = answers(out, "b3.html")
    assert "王楼长" in words and "社区大厅" in words
    assert "背后 2 人" in words and "清水党支部" in words and "党群驿站" in words
    assert words.index("王楼长") < words.index("路灯不亮") < words.index("三星")


def test_who_has_left_is_not_responsible(out: Path) -> None:
    """Somebody whose term is over stands on the list of people, and no longer among those responsible."""
    assert "李原楼长" not in answers(out, "b3.html")
    assert "已卸任（至 2026-01）" in (out / "current/people/p-2.html").read_text(encoding="utf-8")


def test_building_without_chief_asks_its_grid_and_says_so(out: Path) -> None:
    """What a building has none of comes from the nearest that has, by name."""
    words = answers(out, "b4.html")
    assert "网格责任单位 ： 清水志愿队" in words
    assert "这里没有登记负责人" in words and "第一网格" in words and "张网格员" in words


def test_works_and_cases_come_with_progress_next_step_and_lateness(out: Path) -> None:
    """A project of the estate stands on the building's page with what comes next; a late case says how late it is."""
    words = answers(out, "b3.html")
    assert "屋面翻新" in words and "50%" in words and "验收（2026-09-30）" in words and "清水小区" in words
    assert "逾期 22 天" in words
    assert "路灯不亮" in answers(out, "estate.html")


def test_finished_works_are_told_where_they_were_done(tmp_path: Path) -> None:
    """A building's finished works stand on its own first screens with the day; a neighbour's page has none of them."""
    bench = ("title: 添置长凳\nsource: press\narea: b3\nmilestones:\n"
             "  - {name: 表决, actual: 2026-02-01}\n  - {name: 添置, actual: 2026-03-05}\n")
    build_site(write_site(tmp_path, {**TOWN, "projects/bench.yml": bench}), tmp_path / "site")
    assert re.search("做完的工程 添置长凳 .*2026-03-05", answers(tmp_path / "site", "b3.html"))
    assert "长凳" not in answers(tmp_path / "site", "b4.html")
    assert "屋面翻新" in answers(tmp_path / "site", "b3.html")


def test_a_number_opens_just_its_records(tmp_path: Path) -> None:
    """All works of a place are one list; its link on the finished ones tells no number, as others stand there, too."""
    works = {f"projects/w{n}.yml": f"title: 添置{n}\nsource: press\narea: b3\nmilestones:\n"
                                   "  - {name: 添置, actual: 2026-03-05}\n" for n in range(3)}
    build_site(write_site(tmp_path, {**TOWN, **works}), tmp_path / "site")
    assert "这里的全部" in answers(tmp_path / "site", "b3.html")
    assert "全部 3 项" not in answers(tmp_path / "site", "b3.html")


def test_claimed_progress_stands_beside_the_computed(tmp_path: Path) -> None:
    """What the source calls nine tenths is never replaced by the share that milestones give."""
    claimed = TOWN["projects/roof.yml"] + "reported_progress: {words: 九成以上, number: 0.9, bound: at_least}\n"
    build_site(write_site(tmp_path, {**TOWN, "projects/roof.yml": claimed}), tmp_path / "site")
    words = answers(tmp_path / "site", "b3.html")
    assert "50%" in words and "来源称： 九成以上" in words


def test_notice_that_is_over_says_so(tmp_path: Path) -> None:
    """A notice whose days are over, and whose outcome nobody published, does not read as if it were still open."""
    notice = ("title: 停车费\nsource: press\nbasis: 规则\ntext: 每月100元。\nchannel: 大厅\nissuer: 业委会\n"
              "area: b3\nsince: 2026-05-06\nuntil: 2026-05-20\n")
    build_site(write_site(tmp_path, {**TOWN, "announcements/fee.yml": notice}), tmp_path / "site")
    assert "公示期已满，结果还没有公布，截止： 2026-05-20" in answers(tmp_path / "site", "b3.html")


def test_neighbour_is_not_asked(out: Path) -> None:
    """A building without cases of its own shows what its estate itself has, never another building's."""
    words = answers(out, "b4.html")
    assert "屋面翻新" in words and "路灯不亮" not in words


def test_money_and_votes_of_a_building_stand_on_its_first_screens(tmp_path: Path) -> None:
    """What a fund has left is told in yuan, before the stars; a meeting comes after them; the neighbour has neither."""
    files = {**TOWN, **RATED,
             "funds/f.yml": "title: 3栋经费\nsource: press\narea: b3\n"
                            "rule: {income: [{what: 经费, amount: 每户60元}]}\n"
                            "opening: {date: 2026-01-01, amount: '1320.50'}\n",
             "meetings/m.yml": "title: 3栋议事会\nsource: press\narea: b3\ndate: 2026-03-01\ntype: 议事会\n"
                               "items: [{title: 换灯}]\n"}
    build_site(write_site(tmp_path, files), tmp_path / "site")
    words = answers(tmp_path / "site", "b3.html")
    assert "结余 1,320.50 元" in words
    assert words.index("3栋经费") < words.index("三星") < words.index("3栋议事会")
    assert "3栋经费" not in answers(tmp_path / "site", "b4.html")


def test_grid_holds_what_its_estates_hold(out: Path) -> None:
    """A grid's page lists its estates, and counts and lists what happened in them."""
    html = (out / "current/areas/grid.html").read_text(encoding="utf-8")
    assert "路灯不亮" in answers(out, "grid.html") and "网格里有（1）" in html
    assert 'href="grid.of-case.html"' in html


def test_every_count_of_a_place_opens_its_records(out: Path) -> None:
    """A count leads to the records that it counts: so many, of that kind or state, on the page itself or a list."""
    folder = out / "current/areas"
    for page in sorted(folder.glob("*.html")):
        html = page.read_text(encoding="utf-8")
        for href, count in re.findall(r'gs-count-line[^"]*" href="([^"]+)">[^<]*<b>(\d+)</b>', html):
            if href.startswith("#"):
                listed = html.partition(f'<h3 id="{href[1:]}">')[2].partition("</table>")[0]
            else:
                listed = (folder / href).read_text(encoding="utf-8")
                assert f"共 {count} 条" in listed
                continue
            assert listed.count('<td class="gs-name">') == int(count), (page.name, href)


def test_first_screens_never_mix_real_and_made_up(tmp_path: Path) -> None:
    """A real building's first screens hold nothing made up; that stands further down, apart."""
    files = {**TOWN, **MADE_UP,
             "cases/made-up.yml": "title: 假想的事\nsource: illustration\narea: b3\ncategory: 照明\n"
                                  "reported: 2026-06-02\nillustrative: true\n"}
    build_site(write_site(tmp_path, files), tmp_path / "site")
    assert "假想的事" not in answers(tmp_path / "site", "b3.html")
    assert "假想的事" in (tmp_path / "site/current/areas/b3.html").read_text(encoding="utf-8")


def test_coverage_tells_untold_from_missing(out: Path) -> None:
    """The matrix says by whom, and 来源未载 where no source tells; estates stand under their mode."""
    html = (out / "current/areas/index.coverage.html").read_text(encoding="utf-8")
    row = html.partition("清水小区")[2].partition("</tr>")[0]
    assert "✓ 已覆盖" in row and "organisations/branch.html" in row
    assert row.count("来源未载") == 2 and "未覆盖" not in row
    assert 'id="mode-1"' in html.partition("清水小区")[0]


PLAN = """plan:
  width: 300
  height: 200
  shapes:
    - {label: 大路, kind: 道路, x: 0, y: 150, w: 300, h: 40}
    - {label: 3栋, area: b3, x: 10, y: 10, w: 100, h: 60}
    - {label: 4栋, area: b4, x: 150, y: 10, w: 100, h: 60}
    - {label: 5栋, x: 150, y: 80, w: 100, h: 60}
"""


def test_plan_links_every_building_and_says_its_state_in_words(tmp_path: Path) -> None:
    """Each building with a page is a link whose title says what its colour says; the list beside it says the same."""
    files = {**TOWN, "areas/estate.yml": TOWN["areas/estate.yml"] + PLAN}
    build_site(write_site(tmp_path, files), tmp_path / "site")
    html = (tmp_path / "site/current/areas/estate.html").read_text(encoding="utf-8")
    drawing, listed = html.partition("<svg class=\"gs-plan__map\"")[2].split("</svg>")[:2]
    assert re.findall(r'<a href="([^"]+)" data-state="(\w+)"><title>([^<]+)</title>', drawing) == [
        ("../areas/b3.html", "late", "3栋：1 件事正在办，其中 1 件逾期"),
        ("../areas/b4.html", "calm", "4栋：没有登记正在办的事")]
    assert ">大路</text>" in drawing and ">5栋</text>" in drawing
    assert "1 件事正在办，其中 1 件逾期" in listed and "本站没有它的页面" in listed


def test_plan_of_a_place_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A shape refers to a place like any other reference."""
    bad = TOWN["areas/estate.yml"] + PLAN.replace("area: b4", "area: b9")
    assert codes(problems(write_site(tmp_path, {**TOWN, "areas/estate.yml": bad}, CONFIG))) == ["missing-reference"]


def test_estates_of_a_place_stand_by_mode(out: Path) -> None:
    """A community's page gathers its estates by how they are managed."""
    html = (out / "current/areas/community.html").read_text(encoding="utf-8")
    assert "小区自管 1 个" in html


def test_home_figures_open_their_records(out: Path) -> None:
    """Each of the home page's three numbers leads to a list of exactly so many records."""
    html = (out / "current/index.html").read_text(encoding="utf-8")
    figures = re.findall(r'<a href="([^"]+)"><b>(\d+)</b><span>', html)
    assert len(figures) == 3
    for href, count in figures:
        assert f"共 {count} 条" in (out / "current" / href).read_text(encoding="utf-8")
    assert 'action="find/index.html"' in html


def test_every_list_of_what_goes_on_is_opened_by_a_count(out: Path) -> None:
    """No list is made that no page leads to, and none twice: where all is overdue, both counts open one list."""
    site = out / "current"
    lists = {path.name for path in site.glob("areas/*.of-*.html") if not re.search(r"\.\d+\.html$", path.name)}
    opened = {name for path in site.glob("areas/*.html")
              for name in re.findall(r'href="([^"/]+\.of-[a-z-]+\.html)"', path.read_text(encoding="utf-8"))}
    assert lists == opened
    assert {"b3.of-open.html", "estate.of-open.html", "estate.of-case-open.html", "estate.of-overdue.html"} <= lists
    assert not lists & {"b3.of-overdue.html", "b3.of-case-open.html"}


def test_figures_of_home_lead_to_the_whole_list_where_that_is_all(tmp_path: Path) -> None:
    """Where every real case is done, the count of done cases opens the list of cases; no second copy of it is made."""
    done = "title: 灯\nsource: press\narea: b3\ncategory: 照明\nreported: 2026-03-01\nresolved: 2026-03-02\n"
    build_site(write_site(tmp_path, {**BASE, "cases/lamp.yml": done}), tmp_path / "site")
    home = (tmp_path / "site/current/index.html").read_text(encoding="utf-8")
    assert '<a href="cases/index.html"><b>2</b>' in home
    assert not list((tmp_path / "site/current/cases").glob("index.done*"))
