"""What lies ahead is told nowhere: a page never shows as done what its own status says is still going on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.sites import BASE, build_site

HEAD = "title: 记录\nsource: press\narea: b3\n"
FILES = {
    **BASE,
    "announcements/a.yml": HEAD + "basis: 约定\ntext: 涨价\nsince: 2026-06-20\nuntil: 2026-07-05\nchannel: 大厅\n"
                                  "issuer: 业委会\noutcome: {date: 2026-07-06, decision: 以后才定}\n",
    "inspections/a.yml": HEAD + "date: 2026-06-01\ninspectors: [社区]\nfindings:\n"
                                "  - {what: 堆物, remedy: {date: 2026-07-06, what: 以后才清}}\n"
                                "  - {what: 断电, remedy: {date: 2026-06-03, verified: 2026-07-08, "
                                "verified_by: 以后才看的}}\n",
    "donations/a.yml": HEAD + 'gifts: [{item: 钱, amount: "10.00"}]\n'
                              'uses: [{item: 钱, amount: "4.00", purpose: 以后才用, date: 2026-07-05}]\n',
    "meetings/a.yml": HEAD + "type: 议事会\nitems: [{title: 灯, resolutions: [{id: a, text: 装灯, due: 2026-06-20, "
                             "done: 2026-07-05, outcome: 以后才装, postponed: [{date: 2026-07-02, due: 2026-08-01, "
                             "reason: 以后才改}]}]}]\n",
    "feedback/a.yml": HEAD + "form: 建议\nspeaker: 某居民\nwords: 装灯\nground: press\n"
                             "reply: {date: 2026-07-05, by: 社区, words: 以后才答}\n",
    "needs/a.yml": HEAD + "form: 需求\nasked: 2026-06-01\nresolved: 2026-07-05\nevidence: [以后才有]\n",
    "bulletins/a.yml": "title: 5月点评\nsource: press\narea: estate\nseries: 一月一点评\nperiod: 2026-05\n"
                       "published: 2026-07-02\ncomment: 以后才说\n"
                       "asks: [{what: 以后才交, responsible: 社区, due: 2026-08-01}]\n",
}


def told(release: Path) -> set[str]:
    """Return which pages of records say something of what came after the end of June, or that it is to come."""
    return {page.parent.name for page in release.glob("*/a.html") if re.search("以后才", page.read_text())}


def test_what_lies_ahead_is_not_told_yet(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """On 30 June none of it shows, and the notice still asks for objections; on 1 August all of it does."""
    config = make_site(FILES)
    now = build_site(config, tmp_path / "now", date(2026, 6, 30))
    assert told(now) == set() and "怎样提意见" in (now / "announcements/a.html").read_text()
    later = build_site(config, tmp_path / "later", date(2026, 8, 1))
    assert told(later) == {path.partition("/")[0] for path in FILES if path.endswith("/a.yml")}
