"""找我家: every place by street and by initial as plain lists, and an index for the script that finds it by typing.

The index is a script that hands over a value (no request is made, so it works from a disk): names and who stands
above whom, and how each character is read, so that the reader's browser spells names itself. Places above the houses
are in one file; where there are many houses they come in slices, which the browser takes as it needs them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, get_args

from generator.data import Row
from generator.records import kinds
from generator.records.area import DOORS, Level, is_door
from generator.render.cells import TO_HOME, Link
from generator.render.lists import MARKS, mark_of, natural
from generator.render.paint import File, Page
from generator.render.place import cell
from generator.render.view import Views

CHAPTERS = ("社区", "镇街", "区县", "市", "省")
SLICE = 2000
"""So many places make a file of about 150 KB, 15 KB packed."""
HEADING = "找我家"


class Entry(NamedTuple):
    """One place of a list: link, level, where it is, how deep below the list's own place, and the doors below it."""

    link: Link
    level: str
    where: str
    deep: int
    doors: tuple[Link, ...]


def find_pages(views: Views) -> Iterator[Page | File]:
    """Yield the page for finding a place, the lists behind it, and the index that its script reads."""
    rows = in_order(views)
    initials = {mark: by_initial(r for r in rows if mark_of(r) == mark and not _is_door(r)) for mark in MARKS}
    chapters: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        chapters[chapter_of(views, row)].append(row)
    yield Page("find/index.html", "find", HEADING, "按楼栋号、小区名、拼音或地方找到自己的楼栋", "pages/find.html",
               partial(_index, views, chapters, initials))
    for mark, letters in initials.items():
        for letter, some in letters.items():
            title = f"{HEADING}：{letter}" + ("（示例）" if mark else "")
            yield Page(f"find/{name_of(letter)}{mark}.html", "find", title, f"名称以 {letter} 开头的地方",
                       "pages/found.html", partial(_letter, views, letter, mark, some, sorted(letters)))
    for id, some in chapters.items():
        row = views.register.rows[f"area/{id}"]
        if len(some) == 1:
            continue
        yield Page(f"find/in.{id}.html", "find", f"{HEADING}：{row.title}", f"{row.title}的小区和楼栋",
                   "pages/found.html", partial(_chapter, views, row, some))
    yield from index_files(views, rows)


def in_order(views: Views) -> list[Row]:
    """Return all places as a tree is read: each before those inside it, by title and number."""
    def walk(above: str) -> Iterator[Row]:
        for row in sorted(views.below.get(above, ()), key=lambda r: (natural(r.title), r.id)):
            if not row.withdrawn:
                yield row
            yield from walk(row.id)
    return list(walk(""))


def _is_door(row: Row) -> bool:
    return is_door(row.cells[0], row.area)


def chapter_of(views: Views, row: Row) -> str:
    """Return the place whose list a place stands on: its community, or the nearest larger place."""
    line = [row, *(views.register.rows[f"area/{a}"] for a in views.register.above[row.id])]
    return next((r.id for r in line if r.cells[0] in CHAPTERS and not r.withdrawn), line[-1].id)


# ── by initial ───────────────────────────────────────────────────────────────────────────────────────────────


def by_initial(rows: Iterator[Row]) -> dict[str, list[Row]]:
    """Return places by the first letter of their names as spoken, in the order of the alphabet."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[initial(row.traces[0])].append(row)
    return {letter: sorted(found[letter], key=lambda r: (r.traces[0], r.id)) for letter in sorted(found)}


def initial(spelling: str) -> str:
    """Return the letter under which a name is looked up, `#` for one that begins with none. spelling: in pinyin."""
    first = spelling[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def name_of(letter: str) -> str:
    """Return what a letter's list is called in its address."""
    return "other" if letter == "#" else letter.lower()


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────


def _index(views: Views, chapters: Mapping[str, Sequence[Row]], initials: Mapping[str, Mapping[str, Sequence[Row]]]
           ) -> dict[str, Any]:
    parts = [{"illustrative": bool(mark), "ways": _ways(views, chapters, mark),
              "letters": [Link(letter, f"{name_of(letter)}{mark}.html") for letter in initials[mark]]}
             for mark in MARKS if initials[mark]]
    return {"crumbs": (TO_HOME,), "heading": HEADING, "places": parts,
            "scripts": ["places.js"] if views.below else []}


def _ways(views: Views, chapters: Mapping[str, Sequence[Row]], mark: str
          ) -> list[tuple[str, list[tuple[Link, int]]]]:
    """Return the chapters by the place above them; a street or larger place with nothing below is left out."""
    ways: dict[str, list[tuple[Link, int]]] = defaultdict(list)
    for id, some in chapters.items():
        row, many = views.register.rows[f"area/{id}"], len(some) - 1
        if mark_of(row) == mark and (many or row.cells[0] not in CHAPTERS[1:]):
            to = Link(row.title, f"in.{id}.html") if many else views.link(row.key)
            ways[" › ".join(_where(views, row).split(" › ")[-2:])].append((to, many))
    return list(ways.items())


def _where(views: Views, row: Row) -> str:
    """Return the places above one, the largest first, in words."""
    return " › ".join(views.register.rows[f"area/{a}"].title for a in reversed(views.register.above[row.id]))


def _letter(views: Views, letter: str, mark: str, rows: Sequence[Row], letters: Sequence[str]) -> dict[str, Any]:
    entries = [Entry(views.link(r.key), r.cells[0], _where(views, r), 0, _doors(views, r)) for r in rows]
    return {"crumbs": (TO_HOME, Link(HEADING, "index.html")),
            "heading": f"名称以 {letter} 开头的地方" if letter != "#" else "名称以数字开头的地方",
            "illustrative": bool(mark), "entries": entries, "what": "",
            "letters": [(one, f"{name_of(one)}{mark}.html", one == letter) for one in letters]}


def _chapter(views: Views, row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    depth = len(views.register.above[row.id])
    entries = [Entry(views.link(r.key), r.cells[0], "", max(0, len(views.register.above[r.id]) - depth - 1),
                     _doors(views, r)) for r in rows if not _is_door(r) and r.id != row.id]
    return {"crumbs": (TO_HOME, Link(HEADING, "index.html")), "heading": row.title,
            "illustrative": row.illustrative, "letters": [], "what": _where(views, row),
            "entries": [Entry(views.link(row.key), row.cells[0], "", 0, _doors(views, row)), *entries]}


def _doors(views: Views, row: Row, before: str = "") -> tuple[Link, ...]:
    """Return the doors right below a place, and below those doors, by number. before: what their names begin with."""
    below = (r for r in views.below.get(row.id, ()) if r.cells[0] in DOORS and not r.withdrawn)
    doors = sorted(((before + _short(views, door), door) for door in below), key=lambda d: (natural(d[0]), d[1].id))
    return tuple(link for name, door in doors for link in (Link(name, f"../{door.url}"), *_doors(views, door, name)))


def _short(views: Views, door: Row) -> str:
    """Return a door's name without the name of a place above it, which its list already says."""
    name = _bare(door.title)
    above = (_bare(views.register.rows[f"area/{id}"].title) for id in views.register.above[door.id])
    return next((name.removeprefix(one).strip() for one in above if name.startswith(one) and name != one), name)


def _bare(title: str) -> str:
    return title.partition("（示例")[0]


# ── the index ────────────────────────────────────────────────────────────────────────────────────────────────


def index_files(views: Views, rows: Sequence[Row]) -> Iterator[File]:
    """Yield the script that hands over the places, and one for each slice of doors where there are many."""
    small = len(rows) <= SLICE
    top = [r for r in rows if small or not _is_door(r)]
    slices = [] if small else _slices(views, rows)
    number = {row.id: i for i, row in enumerate(chain(top, *slices))}
    of: dict[str, list[int]] = defaultdict(list)
    for index, some in enumerate(slices):
        for row in some:
            of[_named(views, row)].append(index)
    yield File("find/places.js", partial(_script, views, top, number, {id: sorted({*at}) for id, at in of.items()}))
    for index, some in enumerate(slices):
        yield File(f"find/places.{index}.js", partial(_slice, views, index, some, number))


def _named(views: Views, row: Row) -> str:
    """Return the nearest place above a door that is found by name."""
    return next(a for a in views.register.above[row.id] if not _is_door(views.register.rows[f"area/{a}"]))


def _slices(views: Views, rows: Sequence[Row]) -> list[list[Row]]:
    """Return the doors in slices; those of one named place stay together as long as they fit into one."""
    many = Counter(_named(views, r) for r in rows if _is_door(r))
    slices: list[list[Row]] = [[]]
    last = ""
    for row in (r for r in rows if _is_door(r)):
        named = _named(views, row)
        if len(slices[-1]) >= SLICE or (named != last and slices[-1] and len(slices[-1]) + many[named] > SLICE):
            slices.append([])
        slices[-1].append(row)
        last = named
    return slices


def _values(row: Row, number: Mapping[str, int], slices: Sequence[int] = ()) -> list[Any]:
    """Return a place as the script reads it: title, id, number of the place above, level, mark, address, slices."""
    address = cell(row, "address") or ""
    values: list[Any] = [row.title, row.id, number.get(row.area or "", -1), LEVELS.index(row.cells[0]),
                         int(row.illustrative), address, list(slices)]
    while values and not values[-1] and len(values) > 4:
        values.pop()
    return values


LEVELS: tuple[str, ...] = get_args(Level)


def _script(views: Views, top: Sequence[Row], number: Mapping[str, int], slices: Mapping[str, Sequence[int]]) -> bytes:
    rows = [r for r in views.register.of_kind("area") if not r.withdrawn]
    value = {"folder": f"../{kinds()['area'].folder}/", "levels": LEVELS,
             "readings": {one[0]: one[1:] for one in sorted({one for r in rows for one in r.traces[1:]})},
             "places": [_values(r, number, slices.get(r.id, ())) for r in top]}
    return b"window.gongshiPlaces=" + _json(value) + b";\n"


def _slice(views: Views, index: int, rows: Sequence[Row], number: Mapping[str, int]) -> bytes:
    value = {"at": number[rows[0].id], "places": [_values(r, number) for r in rows]}
    return f"window.gongshiSlice({index},".encode() + _json(value) + b");\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
