"""The public list of exceptions: record, what, where, why, by whom, until when; never the value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.render import exceptions
from generator.render.exceptions import label_at
from tests.gate.test_exceptions import CASE, LEAVE, PHONE
from tests.render.test_disclosure import words
from tests.sites import build_site

NOTE = f"note: 打 {PHONE}\n"


def test_many_exceptions_have_several_pages(make_site: Callable[..., Path], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    """The list goes on on further pages, its file holds all, and each page says how many there are."""
    monkeypatch.setattr(exceptions, "PER_PAGE", 2)
    files = {f"cases/c{n}.yml": CASE.replace("寻人", f"找第{n}只猫", 1) + LEAVE + NOTE for n in range(3)}
    folder = build_site(make_site(files), tmp_path / "out", date(2026, 6, 30)) / "exceptions"
    pages = [words(folder / name) for name in ("index.html", "index.2.html")]
    assert [page.count("只猫") for page in pages] == [2, 1] and all("共 3 条" in page for page in pages)
    assert (folder / "index.csv").read_text(encoding="utf-8-sig").count("只猫") == 3


def test_every_exception_is_listed(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Those in force, those to come and those that have ended, the next to end first; made-up ones apart."""
    ahead = LEAVE.replace("2026-06-01", "2026-07-05").replace("2026-12-01", "2026-08-01").replace("找人", "=试用期")
    over = LEAVE.replace("2026-12-01", "2026-06-29")
    files = {"cases/a.yml": CASE + LEAVE + NOTE, "cases/b.yml": CASE.replace("寻人", "找猫", 1) + ahead + NOTE,
             "cases/c.yml": CASE.replace("寻人", "找狗", 1) + over + NOTE,
             "cases/d.yml": CASE.replace("寻人", "找鸟", 1) + LEAVE + NOTE + "illustrative: true\n"}
    release = build_site(make_site(files), tmp_path / "out", date(2026, 6, 30))
    listed = words(release / "exceptions/index.html")
    assert listed.index("找猫") < listed.index("寻人") < listed.index("找狗") and "共 3 条" in listed
    assert [listed.count(state) for state in ("还没有开始", "生效中", "已到期")] == [1, 1, 1]
    assert "写在“备注”一项" in listed and "会议纪要" in listed and "街道办" in listed and "0733" not in listed
    assert "找鸟" not in listed and "找鸟" in words(release / "exceptions/index.example.html")
    rows = (release / "exceptions/index.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1] == "找猫,cases/b,电话,备注,'=试用期,会议纪要,街道办,2026-07-05,2026-08-01,还没有开始,否"
    assert len(rows) == 4
    assert 'href="../exceptions/index.html"' in (release / "disclosure/index.html").read_text(encoding="utf-8")
    assert "本页有一项公开例外" in "".join(words(release / "cases/a.html").split())
    assert "公开例外：" not in "".join(words(release / "cases/c.html").split())


def test_fields_are_named_by_their_labels() -> None:
    assert label_at("case", "note") == "备注"
    assert label_at("case", "source.text") == "来源 › 出处"
    assert label_at("case", "gone.text") == "gone › text"
