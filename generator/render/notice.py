"""Notice boards: one sheet of A4 for every building, unit and grid, and sheets of QR plates for their walls.

A sheet must fit whatever it holds, in sizes that an old reader can read from a step away: text is never made smaller,
it is cut. Every line of text therefore has a fixed height, and here is counted how many fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.config import Site
from generator.data import Register, Row
from generator.digest import canonical, sha256
from generator.records import kinds
from generator.records.fund import UNTOLD
from generator.render.badge import qr_svg, width_of
from generator.render.cells import TO_HOME, Link
from generator.render.codes import has_board
from generator.render.lists import MARKS, mark_of, natural
from generator.render.paint import Page
from generator.render.place import around, by_role, cell
from generator.render.view import Views

SHEET, LINE, NAME_LINE, HEAD, FOOT, PLACE, FUND = 272, 8, 15, 13, 34, 8, 4
"""Millimetres: a sheet of A4 within its margins, a line of 16 pt, one of 34 pt, a heading, foot, place; what a fund
takes beside its lines."""
BESIDE_QR, QR, STAMP = 120, 78, 20
"""Millimetres: width of what stands beside the QR code; height of the code with its caption; width of 示例."""
WIDE, WHOLE = 151, 186
"""Millimetres: width of an item beside its date, and of the sheet."""
TEXT, NAME = 5.7, 12.0
"""Millimetres: one em of 16 pt, of 34 pt."""
LEAST, MOST, PEOPLE = 8, 12, 4
"""Fewest items that must fit, most that are shown, most people."""
AROUND = ("小区", "网格", "社区")
"""Levels of the places around, whose own affairs and people concern a building, too; the nearest first."""
NOT_POSTED = ("area", "bulletin", "code", "correction", "document", "feedback", "fund", "indicator", "need",
              "organisation", "outcome", "person", "redemption", "resource", "scheme", "volunteer")
"""Kinds that are no news for a wall, or that would tell neighbours who asked for help."""
PER_SHEET = 6
OPENS = "谁负责、在办什么、办到哪一步"
NO_ADDRESS = "网站还没有正式网址，印不了二维码"


Places = Sequence[tuple[Row, Sequence[Row]]]
"""A place with a board and those that contain it, nearest first, each with the rows that concern it."""


class PersonLine(NamedTuple):
    """Who is responsible: role, name, office contact, and how many lines that takes."""

    role: str
    name: str
    contact: str
    lines: int


class News(NamedTuple):
    """Something that happened: its day, what it says, and how it stands, which is never cut off."""

    day: str
    words: str
    state: str


class Item(NamedTuple):
    """One piece of news: its day, what it says, and how many lines that takes."""

    day: str
    text: str
    lines: int


class FundLine(NamedTuple):
    """A fund: its name, what is said of it, that in words, and how many lines it takes."""

    name: str
    label: str
    said: str
    lines: int


class Plate(NamedTuple):
    """One plate for a wall: whose, the code, and the picture of it where the site has an address."""

    name: str
    code: str
    typed: str
    qr: Markup | None
    illustrative: bool


def notices(site: Site, views: Views) -> Iterator[Page]:
    """Yield the notice board of every building, unit and grid, the plates of every estate, and the lists of both."""
    boards = [row for row in views.register.of_kind("area") if has_board(row)]
    for row in boards:
        yield Page(f"notices/{row.id}.html", "notices", f"{row.title}：告示", f"{row.title}的告示，一张 A4 纸",
                   "pages/notice.html", partial(_board, site, views, row))
    estates = estates_with_plates(views)
    for row in estates:
        yield Page(plates_url(row), "notices", f"{row.title}：二维码牌", f"{row.title}的二维码牌，可打印",
                   "pages/plates.html", partial(_plates, site, views, row))
    for mark in MARKS:
        some = [row for row in boards if mark_of(row) == mark]
        if some or not mark:
            yield Page(f"notices/index{mark}.html", "notices", "告示栏" + ("（示例）" if mark else ""),
                       "各楼栋、网格的告示和二维码牌，可打印", "pages/notices.html",
                       partial(_index, views, some, [row for row in estates if mark_of(row) == mark], mark))


def plates_url(row: Row) -> str:
    """Return the address of an estate's plates; ids hold no dot, so it can't be a board's."""
    return f"notices/plates.{row.id}.html"


def boards_below(register: Register, id: str) -> list[Row]:
    """Return the places with a notice board that a place is or contains, in the order of their names."""
    rows = [row for row in register.of_kind("area") if has_board(row) and id in (row.id, *register.above[row.id])]
    return sorted(rows, key=_in_order)


def estates_with_plates(views: Views) -> list[Row]:
    """Return the estates that have a code, or contain a place that has one; of estates in one another the outer."""
    areas = [row for row in views.register.of_kind("area") if _walls(views, row) and not row.withdrawn]
    found = {estate.id: estate for row in areas if (estate := _estate(views.register, row))}
    return sorted(found.values(), key=_in_order)


def _estate(register: Register, row: Row) -> Row | None:
    """Return the outermost estate that contains a place, made up as the place is; None where there is none."""
    chain = [row, *(register.rows[f"area/{id}"] for id in register.above[row.id])]
    return next((one for one in reversed(chain)
                 if cell(one, "level") == "小区" and one.illustrative == row.illustrative), None)


def _index(views: Views, boards: Sequence[Row], estates: Sequence[Row], mark: str) -> dict[str, Any]:
    groups: dict[str, list[Link]] = {}
    for row in sorted(boards, key=lambda r: (views.find(f"area/{r.area}").text if r.area else "", _in_order(r))):
        place = views.find(f"area/{row.area}").text if row.area else "其他"
        groups.setdefault(place, []).append(Link(row.title, f"{row.id}.html", row.illustrative))
    other = "" if mark else ".example"
    there = any(mark_of(r) == other for r in views.register.of_kind("area") if has_board(r))
    return {"heading": "告示栏" + ("（示例）" if mark else ""), "illustrative": bool(mark), "groups": groups.items(),
            "crumbs": (TO_HOME,),
            "plates": [Link(row.title, plates_url(row).partition("/")[2], row.illustrative) for row in estates],
            "other": Link("真实的告示" if mark else "示例告示", f"index{other}.html") if there else None}


# ── a board ──────────────────────────────────────────────────────────────────────────────────────────────────


def _board(site: Site, views: Views, row: Row) -> dict[str, Any]:
    shown = board(site, views, row)
    old = [one.printed for one in views.codes.get(row.key, ()) if one.printed and one.printed != shown["version"]]
    return {"crumbs": _crumbs(views, row), "board": shown, "old": old}


def _crumbs(views: Views, row: Row) -> tuple[Link, ...]:
    return (TO_HOME, Link("告示栏", f"index{mark_of(row)}.html"), views.link(row.key))


def board(site: Site, views: Views, row: Row) -> dict[str, Any]:
    """Return everything that stands on a place's notice board, already cut to what fits on the sheet.

    version: a digest of what is shown, so that old paper is told from new; it changes with the content only.
    """
    near = _near(views.register, row)
    places = [(place, list(_concerning(views, mark_of(row), place, place is row))) for place in (row, *near)]
    name, name_lines = cut(_plain(row), NAME, BESIDE_QR, 3)
    people = _people(places)
    fund = _fund(places)
    left = PLACE + NAME_LINE * name_lines + HEAD + LINE * max(1, sum(p.lines for p in people))
    room = SHEET - FOOT - max(QR, left) - HEAD - (FUND + LINE * fund.lines if fund else 0)
    news = _news(views, row, places)
    items = fitting(news, room // LINE)
    code = next(iter(_walls(views, row)), "")
    address = _address(site, code)
    identity = site.settings.identity
    shown = {
        "name": name, "name_lines": name_lines, "example": row.illustrative,
        "place": _place(near, identity.name, BESIDE_QR - (STAMP if row.illustrative else 0)),
        "people": people, "news": items, "more": len(news) - len(items), "fund": fund, "code": code,
        "typed": _typed(address), "remark": _remark(site, code),
        "contact": cut(site.settings.privacy.contact or identity.contact or "", TEXT, 90, 1)[0],
        "operator": cut(identity.operator or identity.name, TEXT, 90, 1)[0]}
    return {**shown, "qr": qr_svg(address) if address else None, "version": sha256(canonical(shown))[:8],
            "as_of": views.as_of}


def _place(near: Sequence[Row], site: str, room: int) -> str:
    """Return where a place lies, the largest first, in one line; the site's name where nothing contains it."""
    names = [_plain(one) for one in reversed(near) if cell(one, "level") != "网格"]
    return cut("　".join(names) or site, TEXT, room, 1)[0]


def _walls(views: Views, row: Row) -> list[str]:
    """Return the codes in use for a place's walls, those for its notice board first; none made up for a real place."""
    return [one.code for one in views.codes.get(row.key, ())
            if one.purpose != "证书" and one.link.illustrative == row.illustrative]


def _address(site: Site, code: str) -> str:
    """Return the address that a code's picture holds, empty where the site has none or there is no code."""
    return f"{site.settings.address.rstrip('/')}/q/{code}" if site.settings.address and code else ""


def _typed(address: str) -> str:
    return re.sub("^https?://", "", address)


def _remark(site: Site, code: str) -> str:
    """Return why there is no QR code, empty where there is one."""
    if not code:
        return "本处还没有短码，印不了二维码"
    return "" if site.settings.address else NO_ADDRESS


def _near(register: Register, row: Row) -> list[Row]:
    """Return the estate, the grid and the community that a place lies in, nearest first."""
    rows = [register.rows[f"area/{id}"] for id in around(register, row.id)[1:]]
    return sorted((one for one in rows if cell(one, "level") in AROUND and not one.withdrawn),
                  key=lambda one: AROUND.index(cell(one, "level")))


def _concerning(views: Views, mark: str, place: Row, whole: bool) -> Iterator[Row]:
    """Yield what concerns a place, newest first; nothing that expires, since nobody takes it off the wall in time.

    mark: whether the real or the illustrative records; whole: all that happened inside, else the place's own affairs.
    """
    for one in views.inside.get((place.id, mark), ()):
        if (whole or one.area == place.id) and not one.withdrawn and not one.expires:
            yield one


def _people(places: Places) -> list[PersonLine]:
    """Return who is responsible now, the nearest place first; whoever has left the role is not."""
    found = [(place, one) for place, some in places for one in some if one.kind == "person" and not cell(one, "left")]
    ranks = {place.key: rank for rank, (place, _) in enumerate(places)}
    found.sort(key=lambda pair: (ranks[pair[0].key], pair[1].area != pair[0].id, *by_role(pair[1])))
    return [_person(one) for _, one in found[:PEOPLE]]


def _person(row: Row) -> PersonLine:
    """Return a person's lines; a role that the name says already is not said twice."""
    name, _ = cut(_plain(row), TEXT, BESIDE_QR, 1)
    role = str(cell(row, "role"))
    room = BESIDE_QR - TEXT * _width(name + "　")
    role = "" if role in name or room < 4 * TEXT else cut(role, TEXT, room, 1)[0]
    contact = cut(str(cell(row, "contact") or ""), TEXT, BESIDE_QR, 1)[0]
    return PersonLine(role, name, contact, 2 if contact else 1)


def _fund(places: Places) -> FundLine | None:
    """Return the nearest place's own fund, None where there is none that tells a sum.

    What is left is told; of a fund without books the fees of its rule, in the source's words, and no balance.
    """
    if "fund" not in kinds():
        return None
    for one in (one for place, some in places for one in some if one.kind == "fund" and one.area == place.id):
        balance, stated = cell(one, "balance"), cell(one, "stated")
        label, said = ("结余", str(balance)) if balance is not None else ("约定", str(stated or ""))
        if said not in ("", UNTOLD):
            name, _ = cut(_plain(one), TEXT, 100, 1)
            whole, lines = cut(f"{name}　{label} {said}", TEXT, WHOLE, 2)
            return FundLine(name, label, whole.removeprefix(f"{name}　{label} "), lines)
    return None


def _news(views: Views, row: Row, places: Places) -> list[News]:
    """Return what happened here and of the affairs of estate and community, newest first.

    Where that is little, of all that happened inside the nearest of these, too.
    """
    found: dict[str, tuple[Row, Row]] = {}
    for place, some in places:
        found |= {one.key: (place, one) for one in some if one.key not in found and _is_news(one, views)}
    if len(found) < LEAST and len(places) > 1:
        nearest = places[1][0]
        found |= {one.key: (nearest, one) for one in _concerning(views, mark_of(row), nearest, True)
                  if one.key not in found and _is_news(one, views)}
    news = [News(_day(one), ("" if place is row else f"{cell(place, 'level')}：") + f"{_label(one)}　{_plain(one)}",
                 _state(one)) for place, one in found.values()]
    return sorted(news, key=lambda one: one.day, reverse=True)


def _is_news(row: Row, views: Views) -> bool:
    return row.kind not in NOT_POSTED and "" < _day(row) <= views.as_of.isoformat()


def _day(row: Row) -> str:
    """Return the day under which something is news: of works, which take months, the last on which they moved."""
    return row.updated if row.kind == "project" and row.dated and row.updated else row.dated


def _label(row: Row) -> str:
    return kinds()[row.kind].label


def _state(row: Row) -> str:
    words = [word for word in (row.status or "", "逾期" if row.overdue else "") if word]
    return f"（{'，'.join(words)}）" if words else ""


def fitting(news: Sequence[News], room: int) -> list[Item]:
    """Return the newest items that fit into so many lines: of two lines each, of one where else too few would fit."""
    for most in (2, 1):
        items, used = [], 0
        for one in news[:MOST]:
            text, lines = cut(one.words, TEXT, WIDE, most, one.state)
            if used + lines > room:
                break
            items.append(Item(one.day, text, lines))
            used += lines
        if len(items) >= min(LEAST, len(news)):
            break
    return items


def cut(text: str, em: float, width: float, most: int, tail: str = "") -> tuple[str, int]:
    """Return a text that fits into `most` lines, cut with … where it must be, and how many lines it takes.

    em, width: in millimetres; tail: what follows and is never cut off. One em a line is left free, since no line begins
    with a comma; capitals count as wide.
    """
    per_line = width / em - 1
    if _width(text + tail) > per_line * most:
        room = per_line * most - _width("…" + tail)
        while text and _width(text) > room:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + tail, min(most, max(1, ceil(_width(text + tail) / per_line)))


def _width(text: str) -> float:
    return sum(map(_em, text))


def _em(character: str) -> float:
    return max(width_of(character, 1), 0.75 if character.isupper() else 0.62)


def _plain(row: Row) -> str:
    """Return a title without the mark of an example, which stands on the sheet as a whole."""
    return re.sub("（示例(?:小区)?）", "", row.title) if row.illustrative else row.title


def _in_order(row: Row) -> tuple[list[tuple[int, str]], str]:
    return natural(row.title), row.id


# ── plates ───────────────────────────────────────────────────────────────────────────────────────────────────


def _plates(site: Site, views: Views, row: Row) -> dict[str, Any]:
    below = [r for r in views.register.of_kind("area") if _estate(views.register, r) is row]
    return {"crumbs": _crumbs(views, row), "heading": f"{row.title}：二维码牌", "illustrative": row.illustrative,
            **sheets(site, views, below)}


def sheets(site: Site, views: Views, areas: Sequence[Row]) -> dict[str, Any]:
    """Return the plates of every code in use that leads to one of these places, six to a sheet; made-up ones apart."""
    rows = sorted((r for r in areas if not r.withdrawn), key=_in_order)
    plates = [[_plate(site, row, code) for row in rows if mark_of(row) == mark for code in _walls(views, row)]
              for mark in MARKS]
    return {"sheets": [some[i:i + PER_SHEET] for some in plates for i in range(0, len(some), PER_SHEET)],
            "opens": OPENS, "remark": "" if site.settings.address else NO_ADDRESS,
            "site": cut(site.settings.identity.name, 4.3, 24, 3)[0]}


def _plate(site: Site, row: Row, code: str) -> Plate:
    address = _address(site, code)
    return Plate(cut(_plain(row), 7.8, 85, 2)[0], code, _typed(address),
                 qr_svg(address) if address else None, row.illustrative)
