"""The forms in which `gongshi diff` tells: safe and short Markdown, JSON of a fixed shape, a page of its own."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.config import STOCK_THEME
from generator.desk.diff import MARKER, Change, Difference, Entry, Version, as_json
from generator.desk.diff.markdown import BYTES, LIMIT, NOTHING, as_markdown, plain
from generator.desk.diff.page import as_page
from generator.desk.diff.text import as_text
from generator.desk.diff.told import GRAVE, HEADINGS, sections
from generator.desk.diff.words import pieces
from generator.problem import Place, Problem
from tests.repositories import entries, town

FORGE = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = ("@admin @org/team fixes #12 closes GH-12 owner/repo#3 !45 ~bug %v1 $9 &2 <img src=x onerror=alert(1)> "
         "![x](http://evil.example/a.png) [点我](javascript:alert(1)) https://github.com/o/r/issues/1 www.evil.example "
         "| a | b | `code` **bold** ~~gone~~ <!-- --> </details> &lt; \\@x")
CALLS = re.compile(r"(?<!\w)@\w|#\d|!\d|GH-\d|://|www\.|~\w|%\w|\$\d|&\d")
"""What forges turn into mentions, references and links, in a text as it is shown."""


def difference(*told: tuple[str, Entry], problems: tuple[Problem, ...] = ()) -> Difference:
    """Return a difference of these entries."""
    return Difference(Version("main", "a" * 40, Path("a")), Version("", "", Path("b")), date(2026, 6, 30), (), problems,
                      False, sections(told))


def entry(text: str = "楼灯不亮", illustrative: bool = False, *changes: Change) -> Entry:
    """Return an entry that says a text wherever a record can."""
    found = changes or (Change(text, text, f"{text}。", (text,)), Change(text, "", text), Change(text, text, ""))
    return Entry("case/lamp", text, "办件", illustrative, found, text)


def tokens(markdown: str) -> list[Token]:
    """Return every token of a text as a forge reads it, those inside lines too."""
    return [one for token in FORGE.parse(markdown) for one in (token, *(token.children or ()))]


def shown(markdown: str) -> str:
    """Return the words that a reader sees."""
    return "".join(token.content for token in tokens(markdown) if token.type in ("text", "text_special", "code_inline"))


def test_no_record_can_call_link_or_run_anything() -> None:
    """Mentions, references, addresses, pictures, tables, HTML and quick actions in a record are words and no more."""
    text = as_markdown(difference(("named", entry(NASTY)), ("changed", entry("/close\n/assign @me\n" + NASTY))), "zh")
    found = tokens(text)
    assert {token.type for token in found} & {"link_open", "image", "table_open", "code_block", "fence"} == set()
    html = [token.content for token in found if token.type.startswith("html")]
    assert all(re.fullmatch(r"(<!-- gongshi-diff -->|</?details>|<summary>[^<]*</summary>|\s)*",
                            re.sub("<details><summary>", "<details>\n<summary>", one)) for one in html)
    assert not CALLS.search(shown(text).replace("·", ""))
    assert not any(line.lstrip().startswith("/") for line in text.splitlines())


@given(st.text(st.sampled_from("@#!~$%&<>[]()*_`|\\^:/.-+= \n\t1a楼，“"), max_size=30)
       | st.text(st.characters(exclude_categories=("C",)), max_size=30))
@example("1. 甲")
@example("- 甲")
@example("> 甲")
@example("www.a.b GH-1 http://a")
@example("a_b_c *d* **e** __f__ ~~g~~")
@example("&amp; &#64;x &copy;")
def test_words_are_shown_as_they_are(text: str) -> None:
    """Whatever a text holds, a forge shows these very words, and nothing in them is markup."""
    assume(text.split())
    found = plain(text, 100)
    parsed = tokens(f"- **{found}**：{found}\n  - {found}\n")
    assert {t.type for t in parsed} <= {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "text_special", "strong_open",
        "strong_close", "paragraph_close", "list_item_close", "bullet_list_close"}
    visible = shown(found).replace("\u200b", "")
    assert visible == " ".join(text.split()).replace("\u200b", "")


@given(st.text("甲乙丙@#a1，。 \n", max_size=60), st.text("甲乙丙@#a1，。 \n", max_size=60))
def test_pieces_hold_what_went_and_what_came(before: str, after: str) -> None:
    """What went is in the text before, what came in the text after, in order."""
    for sign, text in (("-", before), ("+", after)):
        at = 0
        for piece in pieces(before, after):
            if piece.sign == sign:
                at = text.index(piece.text, at) + len(piece.text)


def test_huge_difference_fits_into_a_comment() -> None:
    """However much changes, the comment stays below what forges take, keeps its marker, and says how much is left."""
    long = Change("说明", "旧" * 3_000, "新" * 3_000, tuple("因" * 400 for _ in range(40)))
    told = [(code, Entry(f"case/a-{at}", f"第{at}件", "办件", at % 2 == 0, (long,) * 30, "注" * 500))
            for code in HEADINGS for at in range(400)]
    problems = tuple(Problem("unreadable", Place(f"content/cases/a-{at}.yml", 1, 1), {"reason": "x" * 300})
                     for at in range(3_000))
    for found in (difference(*told), difference(*told, problems=problems)):
        text = as_markdown(found, "zh")
        assert len(text) <= LIMIT < 65_536 and len(text.encode()) <= BYTES and text.startswith(MARKER)
        assert "条，这里放不下" in text and "还有 30 项" in text
        assert text.count("<details>") == text.count("</details>") > 10
        assert all(HEADINGS[code][0] in text for code in HEADINGS)


def test_small_difference_is_told_whole() -> None:
    """What fits is not cut: every entry, every change, every reason."""
    told = [("changed", Entry(f"case/a-{at}", f"第{at}件", "办件", False, (Change("类别", "漏水", f"渗水{at}"),)))
            for at in range(100)]
    text = as_markdown(difference(*told), "zh")
    assert all(f"渗水{at}" in text for at in range(100)) and "还有" not in text


def test_headings_are_said_in_english() -> None:
    """Every section has an English heading; what records say stays as written."""
    found = difference(*((code, entry()) for code in HEADINGS))
    for text in (as_markdown(found, "en"), as_text(found, "en"), as_page(found, (STOCK_THEME,), "en")):
        said = text.partition("<body>")[2] or text
        assert [zh for zh, en in HEADINGS.values() if en not in said or zh in said] == []
        assert "楼灯不亮" in text and "main" in text


def test_json_has_its_shape() -> None:
    """The JSON says what its docstring says, made-up entries apart, and holds plain values only."""
    problem = Problem("unreadable", Place("content/a.yml", 3, 4), {"reason": "x"})
    found = as_json(difference(("named", entry()), ("named", entry("示例", True)), problems=(problem,)))
    assert json.loads(json.dumps(found)) == found
    assert {*found} == {"form", "base", "head", "as_of", "fresh", "empty", "base_problems", "problems", "counts",
                        "sections"}
    assert found["base"] == {"name": "main", "commit": "a" * 40} and found["head"] == {"name": "", "commit": ""}
    assert {**found["problems"][0], "message": ""} == {
        "path": "content/a.yml", "line": 3, "column": 4, "code": "unreadable", "message": ""}
    assert found["counts"] == {"named": {"real": 1, "illustrative": 1}}
    [section] = found["sections"]
    assert {*section} == {"code", "heading", "real", "illustrative"} and section["illustrative"][0]["title"] == "示例"
    assert {*section["real"][0]} == {"key", "title", "kind", "remark", "changes"}
    assert {*section["real"][0]["changes"][0]} == {"label", "before", "after", "because"}


def test_page_holds_everything_itself(tmp_path: Path) -> None:
    """The page names every change, escapes what it shows, asks no other file or host, and is never cut."""
    told = [("changed", Entry(f"case/a-{at}", f"<b>第{at}件", "办件", False, (Change("类别", "漏水", f"渗水{at}"),)))
            for at in range(2_000)]
    html = as_page(difference(*told, ("named", entry(NASTY, True))), (STOCK_THEME,), "zh")
    assert all(f"渗水{at}<" in html for at in range(2_000))
    assert "&lt;b&gt;第1件" in html and "<b>第1件" not in html and "<img" not in html
    body = html.partition("<body>")[2]
    assert not re.search(r"<(script|link|iframe|img|form)\b|<[^>]*\ssrc=|url\((?!['\"]?data:)", body)
    assert "示例，不是真实的人或事" in html and html.count("<h1>") == 1


def test_grave_sections_are_marked_beyond_colour() -> None:
    """What a reviewer has to look at carries a sign, and stands before what can wait."""
    text = as_text(difference(("settings", entry()), ("named", entry()), ("removed", entry())), "zh")
    assert text.index("⚠ 新公开的姓名") < text.index("⚠ 被直接删除") < text.index("全站设置：1")
    assert next(iter(HEADINGS)) in GRAVE and NOTHING not in text


def test_any_name_of_a_file_can_be_told(tmp_path: Path) -> None:
    """A prose page under a name in another encoding, or with a line break, is told on one line in every form."""
    site = town(tmp_path / "town")
    for name in (b"\xce\xc4.png", b"a\n\x1b[2J.png"):
        (site.root / "content/pages").mkdir(exist_ok=True)
        (site.root / "content/pages" / os.fsdecode(name)).write_bytes(b"x")
    found = site.diff()
    for text in (as_text(found, "zh"), as_markdown(found, "zh"), json.dumps(as_json(found), ensure_ascii=False)):
        assert text.replace("\n", "").isprintable() and text.encode()
    assert len(entries(found, "pages")) == 2 and "\n" not in str(entries(found, "pages"))
