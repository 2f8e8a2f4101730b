"""Characters that deceive: each is refused wherever text comes in, and what people write is not."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import load
from generator.letters import LIMIT_MARKS, unfit
from generator.sheets.cells import Amiss, decode
from tests.sites import codes, places, problems

Make = Callable[..., Path]

CASE = "title: 楼道漏水\nsource: press\ncategory: 漏水\n"

TROJAN = {
    "early return": "/* 说明 \u202e } \u2066if (ok)\u2069 \u2066 begin */",
    "stretched string": "user\u202e \u2066// 是管理员\u2069 \u2066",
    "commenting out": "/*\u202e } \u2066if (isAdmin)\u2069 \u2066 说明 */",
    "invisible function": "isPublished\u200b()",
    "left-to-right mark": "3\u200e栋", "right-to-left mark": "3\u200f栋", "embedding": "\u202a3栋\u202c",
    "isolate": "\u2068x\u2069", "arabic mark": "a\u061cb", "joiner": "x\u200dy", "non-joiner": "x\u200cy",
    "word joiner": "3\u2060栋", "soft hyphen": "公\u00ad示", "byte order mark": "公\ufeff示", "filler": "\u3164",
    "half-width filler": "\uffa0", "grapheme joiner": "a\u034fb", "line separator": "一\u2028二",
    "paragraph separator": "一\u2029二", "next line": "一\u0085二", "tag letters": "x\U000e0068\U000e0069",
    "selector payload": "x\U000e01f0", "private use": "\ue000", "private plane": "\U000f0001",
    "non-character": "\ufdd0", "last of a plane": "\U0001ffff", "lost character": "\ufffd",
    "annotation": "\ufff9", "shorthand": "\U0001bca0", "music": "\U0001d173", "escape": "\x1b[2J", "bell": "\a",
    "inhibit": "\u206a", "Mongolian separator": "a\u180eb",
}
LOOKALIKES = {
    "Cyrillic in Latin": ("p\u0430ypal.com", "a"), "Latin in Cyrillic": ("сaт", "c"),
    "Greek capital": ("\u0391BC", "A"),
    "radical": ("居\u2ea0", "民"), "Kangxi radical": ("\u2f08民", "人"), "unnamed radical": ("\u2ef2", "\u2ef2"),
    "bold": ("\U0001d400", "A"), "script": ("\U0001d4d0bc", "A"), "ligature": ("of\ufb01ce", "fi"),
}
SOUND = {
    "Chinese": "清水小区3栋2单元的灯亮了，谢谢！", "full width": "ＡＢＣ１２３", "rare surname": "\U00020bb7田",
    "not yet assigned": "\U000323b0", "emoji": "办好了😀👍🏽❤️", "picture with selector": "☎️", 
    "ideograph variant": "葛\U000e0100",
    "units": "5 μm、3 kΩ、30㎡、25℃", "Greek alone": "Ωμέγα", "Russian": "Привет", "French": "résumé", 
    "decomposed": "re\u0301sume\u0301",
    "Vietnamese": "Vie\u0323\u0302t", "Uyghur": "ئۇيغۇرچە", "Tibetan": "བརྒྱུད་",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ᠎ᠠ", "Arabic": "السلام",
    "Japanese": "ガス", "Korean": "안녕", "numbers": "①②③ⅣⅧ", "marks": "——……《》“”‘’·、〔〕",
    "formula": "x²+y₁≤√2", "keycap": "1️⃣",
    "arrows": "→↑✓★●", "Lisu": "ꓐ", "Zhuang": "Ƅaƽ", "tab and lines": "一\t二\n三\r\n四",
}


@pytest.mark.parametrize("name", TROJAN)
def test_deceiving_character_is_refused(make_site: Make, name: str) -> None:
    """Written as it is or as an escape, in a record, on a prose page or in a sheet's cell: refused at its line."""
    text = TROJAN[name]
    assert (found := unfit(text)) and found.code == "hidden-character"
    escaped = "".join(c if c.isascii() and c.isprintable() else f"\\U{ord(c):08x}" for c in text)
    made = problems(make_site({"cases/bad.yml": f"{CASE}note: 前\n# {text}\n", "pages/a.md": f"# 甲\n\n{text}\n",
                               "cases/worse.yml": f'{CASE}note: "{escaped}"\n'}))
    assert [(code, path, line) for code, path, line, _ in places(made)] == [
        ("hidden-character", "cases/bad.yml", 5), ("hidden-character", "cases/worse.yml", 4),
        ("hidden-character", "pages/a.md", 3)]


@pytest.mark.parametrize("name", LOOKALIKES)
def test_lookalike_is_refused_and_the_right_one_named(make_site: Make, name: str) -> None:
    """What looks like another character is refused, and the message says which one to type."""
    text, meant = LOOKALIKES[name]
    [found] = problems(make_site({"cases/bad.yml": f"{CASE}note: {text}\n"}))
    assert (found.code, found.place.line, found.values["meant"]) == ("lookalike-character", 4, meant)


@pytest.mark.parametrize("name", SOUND)
def test_what_people_write_is_let_through(make_site: Make, name: str) -> None:
    """Languages, emoji, units, rare and future surnames: nobody's text is refused."""
    assert unfit(SOUND[name]) is None


@pytest.mark.parametrize("text", ["\u202e", "居\u2ea0", "e" + "\u0301" * 9])
@pytest.mark.parametrize("written", ["{}", '\\"{}"'])
def test_sheets_refuse_the_same(text: str, written: str) -> None:
    """A cell that holds such a character, plainly or as the YAML of an export, is at fault."""
    from generator.records import kinds
    from generator.records.fields import fields

    title = next(one for one in fields(kinds()["case"]) if one.name == "title")
    with pytest.raises(Amiss) as caught:
        decode(title, written.format(text))
    assert (found := unfit(text)) and caught.value.code == found.code


def test_every_format_character_is_accounted_for() -> None:
    """Of all characters that show nothing, those let through are known: signs of scripts and selectors of emoji."""
    shown = {0x180e, *range(0x600, 0x606), 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd,
             *range(0x13430, 0x13460)}
    for code in (*range(0x20000), *range(0xe0000, 0xe1000), 0xf0000, 0x10ffff):  # what lies between holds none
        sort = unicodedata.category(chr(code))
        if sort in ("Cf", "Cc", "Cs", "Co", "Zl", "Zp") and code not in {9, 10, 13, *shown}:
            assert unfit(chr(code)), f"U+{code:04X} {sort}"


def test_pile_of_marks_is_refused_before_it_is_normalised(make_site: Make) -> None:
    """80 KB of accents on one letter take Unicode's normal form seconds, and as many KB more four times that."""
    assert unfit("e" + "\u0301" * LIMIT_MARKS) is None
    begun = time.thread_time()
    text = CASE + "note: e" + "\u0301\u0316" * 40_000 + "\n"
    assert places(problems(make_site({"cases/bad.yml": text}))) == [("piled-marks", "cases/bad.yml", 4, 16)]
    assert time.thread_time() - begun < 3
    assert codes(problems(make_site({"cases/bad.yml": CASE + 'note: "e' + "\\u0301" * 9 + '"\n'}))) == ["piled-marks"]


def test_names_are_one_whichever_way_they_are_typed(make_site: Make) -> None:
    """Values are in Unicode's form C: a name typed with a separate accent equals the one without."""
    assert load.parse("a: Rene\u0301\n") == {"a": "Rene\u0301"}
    from tests.sites import record

    assert record("case", CASE.replace("漏水\nsource", "Rene\u0301\nsource", 1)).title == "楼道Ren\u00e9"
