"""Values are changed in a record's file, and nothing else is: lines, comments, quotes and order stay."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.desk.editing import edited
from generator.desk.fmt import formatted
from generator.records import folders, kinds
from tests.desk.test_fmt import texts, values
from tests.sites import ROOT

CASE = kinds()["case"]
TEXT = """\
# 反映人来电

title:   '3栋漏水'   # 居民原话
source: press
category: "漏水"
# 两次

reported: 2026-05-06
ladder:
- {level: 社区自办,   date: 2026-05-06}   # 先办
# 升级
- level: 责任单位承办
  date: "2026-05-10"

  # 承办单位
  unit: 物业
evidence: [ 照片, 录像 ]
note: >
  折行的
  说明
"""


def diff(before: str, after: str) -> list[str]:
    """Return the lines that differ, old ones with -, new ones with +."""
    return [line for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
            if line[:1] in "+-" and not line.startswith(("+++", "---"))]


def changed(path: tuple[str | int, ...], value: Any = None, text: str = TEXT) -> str:
    """Return the text with one value set, or removed where it is None."""
    data = load.parse(text)
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    elif isinstance(at, list) and path[-1] == len(at):
        at.append(value)
    else:
        at[path[-1]] = value
    new = edited(text, data, CASE)
    assert load.parse(new) == data
    return new


@pytest.mark.parametrize("path, value, lines", [
    (("title",), "4栋漏水", ["-title:   '3栋漏水'   # 居民原话", "+title: 4栋漏水  # 居民原话"]),
    (("category",), None, ['-category: "漏水"']),
    (("place",), "1单元", ["+place: 1单元"]),
    (("resolved",), "2026-05-12", ["+resolved: 2026-05-12"]),
    (("ladder", 0, "date"), "2026-05-07", ["-- {level: 社区自办,   date: 2026-05-06}   # 先办",
                                         "+- {level: 社区自办, date: 2026-05-07}  # 先办"]),
    (("ladder", 1, "unit"), "自来水公司", ["-  unit: 物业", "+  unit: 自来水公司"]),
    (("ladder", 1, "due"), "2026-05-20", ["+  due: 2026-05-20"]),
    (("ladder", 1, "unit"), None, ["-  unit: 物业"]),
    (("ladder", 2), {"level": "网格长联办", "date": "2026-05-20"}, ["+- {level: 网格长联办, date: 2026-05-20}"]),
    (("ladder", 0), None, ["-- {level: 社区自办,   date: 2026-05-06}   # 先办"]),
    (("evidence", 2), "收据", ["-evidence: [ 照片, 录像 ]", "+evidence: [照片, 录像, 收据]"]),
    (("note",), "一句话", ["-note: >", "-  折行的", "-  说明", "+note: 一句话"]),
    (("source",), [{"document": "press", "place": "3版"}],
     ["-source: press", "+source:", "+  - {document: press, place: 3版}"]),
    (("satisfaction",), "5", ["+satisfaction: 5"]),
    (("due",), {"words": "月底前"}, ["+due: {words: 月底前}"]),
    (("steps",), [{"date": "2026-05-07", "action": "一\n二"}],
     ["+steps:", "+  - date: 2026-05-07", "+    action: |-", "+      一", "+      二"]),
])
def test_one_change_is_one_line(path: tuple[str | int, ...], value: Any, lines: list[str]) -> None:
    """A file that is in no canonical form changes in the lines of the field alone."""
    assert diff(TEXT, changed(path, value)) == lines


def test_new_keys_stand_where_the_model_has_them() -> None:
    """In front of what follows them in the model, though the file has an order of its own."""
    lines = changed(("accepted",), "2026-05-06").splitlines()
    assert lines[lines.index("accepted: 2026-05-06") - 1] == "reported: 2026-05-06"


def test_comments_of_what_is_gone_stay() -> None:
    """A comment above a removed field or item is somebody's note: it stays where it stood."""
    assert "# 两次\n" in changed(("reported",))
    assert "# 升级\n" in changed(("ladder", 1))
    assert "# 先办" not in changed(("ladder", 0))


def test_line_endings_stay() -> None:
    """A file from Windows keeps its line endings, and one without a last line feed stays so."""
    text = TEXT.replace("\n", "\r\n").removesuffix("\r\n")
    new = changed(("ladder", 0, "date"), "2026-05-07", text)
    assert new.count("\r\n") == new.count("\n") == text.count("\n")
    assert not new.endswith("\n")


def test_canonical_stays_canonical() -> None:
    """Of a file that `fmt` would leave alone, `fmt` leaves the changed one alone."""
    text = formatted(TEXT, CASE)
    new = changed(("source",), [{"document": "press", "place": "3版"}], text)
    assert formatted(new, CASE) == new


def test_what_cannot_be_spliced_is_written_anew() -> None:
    """A record in braces, or with keys behind `?`, still says what it should, in canonical form."""
    for text in ("{title: 灯, source: press, category: 照明}\n", "? title\n: 灯\nsource: press\ncategory: 照明\n",
                 "title: 灯\nsource: press\nnote: |+\n  一\n\n\ncategory: 照明\n"):
        new = changed(("category",), None, text)
        assert new.startswith("title: 灯\n") or new.startswith("? title")


def test_no_change_is_no_change() -> None:
    """Every record shipped stays byte for byte when its own values are written."""
    for path in sorted((ROOT / "content").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        model = kinds()[folders()[path.relative_to(ROOT / "content").parts[0]]]
        assert edited(text, load.parse(text), model) is text


@given(st.dictionaries(st.sampled_from([*load.parse(TEXT), "steps", "place"]), values | texts))
def test_any_value_can_be_written(new: dict[str, Any]) -> None:
    """Whatever is put into a file with comments is read back, together with all that was not touched."""
    data = {**load.parse(TEXT), **new}
    assert load.parse(edited(TEXT, data, CASE)) == data


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), st.lists(st.sampled_from("甲乙丙丁"), max_size=6))
def test_any_list_becomes_any_other(before: list[str], after: list[str]) -> None:
    """Items of a list with remarks are added, moved and removed; those that stay keep their lines."""
    text = "title: 灯\nevidence:\n" + "".join(f"    -   {item}  # 注\n" for item in before) if before else "title: 灯\n"
    data = {"title": "灯", **({"evidence": after} if after else {})}
    new = edited(text, data, CASE)
    assert load.parse(new) == data
    assert after != before or new == text
