"""Level 2. Public notices: until when objections can be made, counted in working days, and what is open now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from generator.render.cells import TO_HOME, Link
from generator.render.lists import MARKS, mark_of
from generator.render.paint import Page
from generator.render.term import terms
from generator.render.view import Views
from generator.workdays import Term


class Open(NamedTuple):
    """A notice that objections can still be made against; since: its first day, or the earliest it can be."""

    link: Link
    area: Link | None
    since: str
    term: Term


def open_now(views: Views, mark: str, root: str = "../") -> list[Open]:
    """Return the real or the illustrative notices that are open on the site's day, the next to end first."""
    found = [Open(views.link(row.key, root), views.area(row, root), str(term.begins), term)
             for row, term in terms(views.register, views.as_of, views.calendar)
             if mark_of(row) == mark and term.is_open]
    return sorted(found, key=lambda one: (one.term.ends or date.max, one.link.text))


def last_end(notices: Iterable[Open]) -> str:
    """Return the day on which the last of them closes, empty while one has no end or there are none."""
    ends = [one.term.ends for one in notices]
    return max((end.isoformat() for end in ends if end), default="") if all(ends) else ""


def openings(views: Views) -> Iterator[Page]:
    """Yield the pages of what is open now, real and illustrative apart."""
    for mark in MARKS:
        if not mark or any(mark_of(row) == mark for row in views.register.of_kind("announcement")):
            yield Page(f"announcements/open.now{mark}.html", "announcements", "正在公示" + ("（示例）" if mark else ""),
                       "现在还能提意见的公示", "pages/open.html", partial(_open, views, mark))


def _open(views: Views, mark: str) -> dict[str, Any]:
    notices = open_now(views, mark)
    return {"heading": "正在公示", "illustrative": bool(mark), "notices": notices, "notices_end": last_end(notices),
            "crumbs": (TO_HOME, Link("公示", f"index{mark}.html")),
            "other": Link("真实公示", "open.now.html") if mark else Link("示例", "open.now.example.html")
            if any(row.illustrative for row in views.register.of_kind("announcement")) else None}
