"""What stands on a notice board: who, what, how much; cut to what fits, never made smaller."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, cli, render
from generator.records import kinds
from generator.records.code import new_code
from generator.render.notice import LEAST, MOST, TEXT, WIDE, News, cut, fitting
from tests.sites import AS_OF, BASE, CODE, CONFIG, ISSUED, LISTED, build_site, quiet, record

Maker = Callable[..., Path]
ADDRESS = CONFIG + "address: https://gongshi.example.org/\n"
HEAD = "title: {}\nsource: press\narea: {}\nrole: {}\nground: office\n"
OTHER = new_code("b9", set())
PEOPLE = {
    "people/p-0001.yml": HEAD.format("赵前进", "b3", "楼栋长") + "contact: 3栋一楼值班室\n",
    "people/p-0002.yml": HEAD.format("钱进", "estate", "党支部书记"),
    "people/p-0003.yml": HEAD.format("孙单元", "u1", "单元长"),
    "areas/u1.yml": "title: 1单元\nsource: press\nlevel: 单元\narea: b3\n",
}
texts = st.text(st.sampled_from("漏水修好了3栋A w，（—"), max_size=200)
news = st.lists(st.builds(News, st.just("2026-05-06"), texts, st.sampled_from(["", "（已办结）"])), max_size=30)


def board(make_site: Maker, files: dict[str, str] | None = None, config: str = CONFIG, id: str = "b3"
          ) -> dict[str, Any]:
    """Return what stands on a place's board."""
    site = cli.site_at(make_site(files, config))
    content = build.check(site, AS_OF, 1, quiet)
    views = render.Views(content.register, content.results, content.schemes, AS_OF)
    return render.board(site, views, content.register.rows[f"area/{id}"])


def words(page: Path) -> str:
    """Return what a reader sees in the article of a page."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    return unescape(re.sub(r"<[^>]+>", " ", article))


@given(news, st.integers(LEAST, 40))
def test_items_fit_into_their_room(some: list[News], room: int) -> None:
    """Eight items or more (or all there are) stand on a board, twelve at most; their lines never exceed the room."""
    items = fitting(some, room)
    assert sum(item.lines for item in items) <= room
    assert min(LEAST, len(some)) <= len(items) <= MOST


@given(texts, st.integers(1, 3), st.sampled_from(["", "（已办结）"]))
def test_cut_keeps_beginning_and_state(text: str, most: int, state: str) -> None:
    """What is cut ends with … and begins as it did; what fits stands as it is; the state behind it always stands."""
    shown, lines = cut(text, TEXT, WIDE, most, state)
    kept = shown.removesuffix(state)
    assert 1 <= lines <= most and shown.endswith(state)
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]) and lines == most)


def test_newest_items_come_first(make_site: Maker) -> None:
    """Items stand by date, newest first, with their kind, status and, where it is not the place itself, whose."""
    files = {"activities/clean.yml": "title: 楼道清扫\nsource: press\narea: estate\ndate: 2026-05-17\n"}
    found = board(make_site, files)["news"]
    assert [(i.day, i.text) for i in found] == [
        ("2026-05-17", "小区：活动　楼道清扫"), ("2026-05-06", "办件　楼道漏水（已办结）")]


def test_works_are_news_while_they_move(make_site: Maker) -> None:
    """A project that began long ago and moved last month stands before what happened in between."""
    shown = board(make_site, {
        "projects/lift.yml": "title: 加装电梯\nsource: press\narea: b3\nstarted: 2025-01-05\nmilestones:\n"
                             "  - {name: 进场, actual: 2026-06-02}\n  - {name: 验收, planned: 2027-01-01}\n",
        **{f"cases/c{i}.yml": f"title: 路灯{i}\nsource: press\narea: b3\ncategory: 照明\nreported: 2026-05-{i}\n"
           for i in range(10, 30)}})
    assert shown["news"][0][:2] == ("2026-06-02", "项目　加装电梯（办理中）")


def test_paper_and_page_name_people_in_one_order(make_site: Maker) -> None:
    """Whom residents ask first stands first on the wall and on the screen."""
    roles = ("网格员", "片区长", "邻长", "单元长", "楼栋长")
    files = {f"people/p-{n}.yml": HEAD.format(f"{role}某", "b3", role) for n, role in enumerate(roles)}
    paper = [one.name for one in board(make_site, files)["people"]]
    config = make_site(files)
    html = build_site(config, config.parent / "out").joinpath("areas/b3.html").read_text(encoding="utf-8")
    page = sorted(roles, key=lambda role: html.index(f"{role}某"))
    assert paper == [f"{role}某" for role in page][:len(paper)] == ["楼栋长某", "单元长某", "邻长某", "片区长某"]


def test_what_lies_ahead_is_no_news(make_site: Maker) -> None:
    """Nothing stands on a board before its day, and nothing without a date."""
    files = {"activities/a.yml": "title: 明天的事\nsource: press\narea: b3\ndate: 2026-07-01\n",
             "honours/b.yml": "title: 没有日期的事\nsource: press\narea: b3\naward: 奖\nrecipient: organisation/team\n"}
    assert [i.text for i in board(make_site, files)["news"]] == ["办件　楼道漏水（已办结）"]


def test_paper_never_names_what_expires(make_site: Maker) -> None:
    """A black entry and a withdrawn case are on no board: nobody could take them off the wall in time.

    Nor is what would tell the neighbours who volunteers, or who asked for help.
    """
    files = {**LISTED, "cases/gone.yml": BASE["cases/leak.yml"].replace("楼道漏水", "撤回的事")
             + "withdrawn: {date: 2026-06-10, reason: 误报}\n",
             "volunteers/li.yml": "title: 李阿姨\nsource: press\narea: b3\njoined: 2026-05-01\n",
             "needs/wish.yml": "title: 想配老花镜\nsource: press\narea: b3\nform: 微心愿\nasked: 2026-05-06\n"}
    files["listings/l-0001.yml"] += "area: b3\n"
    assert [i.text for i in board(make_site, files)["news"]] == ["办件　楼道漏水（已办结）"]


def test_real_board_holds_nothing_made_up(make_site: Maker) -> None:
    """Illustrative records stand on no real board; on an illustrative board nothing else does."""
    made = {"cases/demo.yml": BASE["cases/leak.yml"].replace("楼道漏水", "编的事") + "illustrative: true\n",
            "areas/b9.yml": BASE["areas/b3.yml"].replace("3栋", "9栋") + "illustrative: true\n",
            "cases/demo9.yml": BASE["cases/leak.yml"].replace("b3", "b9").replace("楼道漏水", "也是编的")
            + "illustrative: true\n"}
    assert "编的" not in str(board(make_site, made)["news"])
    shown = board(make_site, made, id="b9")
    assert shown["example"] and "楼道漏水" not in str(shown["news"])
    config = make_site(made)
    page = build_site(config, config.parent / "site") / "notices/b9.html"
    assert "示例：" in words(page).replace(" ", "")


def test_who_is_responsible(make_site: Maker) -> None:
    """The building's head comes first, then a unit's, then the estate's people, with role and office contact."""
    people = board(make_site, PEOPLE)["people"]
    assert [(p.name, p.role, p.contact) for p in people] == [
        ("赵前进", "楼栋长", "3栋一楼值班室"), ("孙单元", "单元长", ""), ("钱进", "党支部书记", "")]


def test_who_has_left_is_not_responsible(make_site: Maker) -> None:
    """Nobody is asked for at a door whose term has ended."""
    ended = {"people/p-0001.yml": PEOPLE["people/p-0001.yml"] + "term: {since: 2024-01, until: 2026-05}\n"}
    assert [p.name for p in board(make_site, {**PEOPLE, **ended})["people"]] == ["孙单元", "钱进"]


def test_grid_and_its_buildings(make_site: Maker) -> None:
    """A building's board names the grid's people; the grid's board begins with them and tells of its buildings."""
    files = {"areas/g1.yml": "title: 一号网格\nsource: press\nlevel: 网格\n",
             "areas/estate.yml": BASE["areas/estate.yml"] + "grid: g1\n",
             "people/p-0009.yml": HEAD.format("周网格", "g1", "网格员")}
    assert [p.name for p in board(make_site, files)["people"]] == ["周网格"]
    shown = board(make_site, {**PEOPLE, **files}, id="g1")
    assert [p.name for p in shown["people"]] == ["周网格", "赵前进", "孙单元", "钱进"]
    assert [i.text for i in shown["news"]] == ["办件　楼道漏水（已办结）"]


@pytest.mark.skipif("fund" not in kinds(), reason="no kind of record holds money yet")
def test_nearest_fund_tells_its_balance(make_site: Maker) -> None:
    """The balance of the building's own fund stands on its board, else that of the estate's; it is no news.

    A grid does not show the money of one of its buildings as its own.
    """
    assert board(make_site)["fund"] is None
    text = kinds()["fund"].example.replace("illustration", "press").replace("illustrative: true\n", "").replace(
        "（示例）", "")
    one = record("fund", text)
    for place in ("estate", "b3"):
        shown = board(make_site, {"funds/money.yml": text.replace(str(one.area), place)})
        assert shown["fund"] == (one.title, "结余", one.value("balance", AS_OF), 1)
        assert one.title not in str(shown["news"])
    grid = {"areas/g1.yml": "title: 一号网格\nsource: press\nlevel: 网格\n",
            "areas/estate.yml": BASE["areas/estate.yml"] + "grid: g1\n"}
    assert board(make_site, {**grid, "funds/money.yml": text.replace(str(one.area), "b3")}, id="g1")["fund"] is None


@pytest.mark.skipif("fund" not in kinds(), reason="no kind of record holds money yet")
def test_fund_without_books_tells_its_rule(make_site: Maker) -> None:
    """A source that states the fees and no books is quoted; a fund whose sums are unknown is not on the board."""
    rule = ("rule:\n  income: [{what: 自治经费, amount: {words: 每户每年缴纳240元}}]\n"
            "  spending: [{what: 保洁, amount: {words: 每月拿出500元}}]\n")
    text = "title: 清水小区3栋自治经费\nsource: press\narea: b3\n"
    fund = board(make_site, {"funds/money.yml": text + rule})["fund"]
    assert fund == ("清水小区3栋自治经费", "约定", "每户每年缴纳240元；每月拿出500元", 1)
    untold = "reported: [{flow: 收入, what: 集体收益}]\n"
    assert board(make_site, {"funds/money.yml": text + untold})["fund"] is None


def test_qr_needs_a_code_and_an_address(make_site: Maker) -> None:
    """Without either there is no QR code, and the board says which is missing; with both the address is typed, too."""
    assert board(make_site)["qr"] is None and "短码" in str(board(make_site)["remark"])
    without = board(make_site, ISSUED)
    assert without["qr"] is None and "网址" in str(without["remark"])
    whole = board(make_site, ISSUED, ADDRESS)
    assert whole["remark"] == "" and f"https://gongshi.example.org/q/{CODE}" in str(whole["qr"])
    assert whole["typed"] == f"gongshi.example.org/q/{CODE}"


def test_retired_and_certificate_codes_are_not_printed(make_site: Maker) -> None:
    """No board takes a code that is retired or meant for certificates."""
    record = ISSUED[f"codes/{CODE}.yml"]
    for changed in (record + "retired: {date: 2026-06-20, reason: 换新}\n", record.replace("门牌", "证书")):
        assert board(make_site, {**ISSUED, f"codes/{CODE}.yml": changed}, ADDRESS)["qr"] is None


def test_version_tells_old_paper(make_site: Maker) -> None:
    """The version changes with what is shown, and with nothing else."""
    first = board(make_site)["version"]
    assert board(make_site, {"cases/other.yml": BASE["cases/leak.yml"].replace("area: b3\n", "")})["version"] == first
    assert board(make_site, {"cases/leak.yml": BASE["cases/leak.yml"].replace("漏水", "堵塞")})["version"] != first


def test_old_paper_is_to_be_changed(make_site: Maker) -> None:
    """Where the registry says which version hangs, the board's page asks for new paper once the content has changed."""
    version = str(board(make_site, ISSUED)["version"])
    for printed, asked in ((version, False), ("0123abcd", True)):
        config = make_site({**ISSUED, f"codes/{CODE}.yml": ISSUED[f"codes/{CODE}.yml"] + f"printed: {printed}\n"})
        page = words(build_site(config, config.parent / "site") / "notices/b3.html")
        assert ("该换纸了" in page) == asked


def test_boards_and_lists_of_the_site(make_site: Maker) -> None:
    """Building, unit and grid have a board, an estate none; the list leads to each, and to the estate's plates."""
    config = make_site({**PEOPLE, **ISSUED, "areas/g1.yml": "title: 一号网格\nsource: press\nlevel: 网格\n"})
    folder = build_site(config, config.parent / "site") / "notices"
    assert sorted(p.stem for p in folder.iterdir()) == ["b3", "g1", "index", "plates.estate", "u1"]
    listed = (folder / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}.html"' in listed for name in ("b3", "g1", "u1", "plates.estate"))
    assert CODE in words(folder / "plates.estate.html") and CODE in words(folder / "b3.html")


def test_estates_within_an_estate_share_their_plates(make_site: Maker) -> None:
    """Where one estate is part of another, the plates of both lie on the outer one's sheets."""
    config = make_site({**ISSUED, "areas/whole.yml": "title: 大小区\nsource: press\nlevel: 小区\n",
                        "areas/estate.yml": BASE["areas/estate.yml"] + "area: whole\n"})
    folder = build_site(config, config.parent / "site") / "notices"
    assert [p.name for p in folder.glob("plates.*")] == ["plates.whole.html"]
    assert CODE in words(folder / "plates.whole.html")


def test_made_up_codes_are_on_paper_of_their_own(make_site: Maker) -> None:
    """No sheet holds real plates and made-up ones."""
    made = {**ISSUED, "areas/b9.yml": BASE["areas/b3.yml"] + "illustrative: true\n",
            f"codes/{OTHER}.yml": ISSUED[f"codes/{CODE}.yml"].replace("b3", "b9") + "illustrative: true\n",
            "codes/issued.txt": f"{ISSUED['codes/issued.txt']}{OTHER} 2026-06-01 area/b9\n"}
    site = cli.site_at(make_site(made))
    content = build.check(site, AS_OF, 1, quiet)
    views = render.Views(content.register, content.results, content.schemes, AS_OF)
    rows = content.register.of_kind("area")
    sheets = render.sheets(site, views, rows)["sheets"]
    assert [[plate.code for plate in sheet] for sheet in sheets] == [[CODE], [OTHER]]


def test_real_board_takes_no_made_up_code(make_site: Maker) -> None:
    """A code that is an example is printed on no real board."""
    changed = ISSUED[f"codes/{CODE}.yml"] + "illustrative: true\n"
    assert board(make_site, {**ISSUED, f"codes/{CODE}.yml": changed}, ADDRESS)["code"] == ""


def test_place_leads_to_its_paper(make_site: Maker) -> None:
    """A place's page leads to its board and its codes; an estate without code says nothing of paper."""
    config = make_site(ISSUED)
    release = build_site(config, config.parent / "site")
    page = (release / "areas/b3.html").read_text(encoding="utf-8")
    assert 'href="../notices/b3.html"' in page and f'href="../codes/{CODE}.html"' in page
    assert "notices/" not in (release / "areas/estate.html").read_text(encoding="utf-8").partition("<article")[2]
