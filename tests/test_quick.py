"""The quick parser gives what PyYAML gives, or nothing: whatever it may be shown."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from generator import plain, quick
from tests.hostile.suite import cases
from tests.sites import ROOT
from tests.test_load import BROKEN

KEYS = ("a", "b", "note", "steps", "x_y", "true", "null", "y", "Key", "a-b", "<<", "_")
SIMPLE = ("5", "0", "-5", "0.1", "1.5", "12345.0625", "2025-02-17", "2025-02-30", "2025-07", "2021-07-25 10:36", "你好",
          "3栋2单元", "10%的", "c48-g07", "a b", "true", "false", "null", "yes", '"x"', "''", '"a: b"', '"5"', "'#'",
          "[a, b]", "{a: b, c: 5}", "[{a: b, c: 2025-07}, 1.5]", "[]", '{a: "x, y"}', "a[1]{2}", "好，[x](/y)")
ODD = ("+5", "-0", "007", "0x1F", "0o17", "1_000", "_000", "1e3", "240.00", "0.00001", "123456789012345678", ".5", "5.",
       ".inf", ".nan", "inf", "nan", "~", "Null", "NULL", "True", "FALSE", "no", "12:30", "2021-07-25 10:36:00",
       "1e5栋", "{}", "{a: }", "{a: [b]}", "[a,b]", "[1.50]", "{a: 10:36}", "&x", "*x", "!t", "!!str 5", "%",
       "@a", "`a`", "?", "- x", "---", "...", "a:b", "a: b", "a #b", "a#b", "：", "　你", "你　",
       "a\u00a0", "\u2028", "\ufeff", "\x85", "\t",
       "a ", "é", "😀", "'it''s'", '"\\n"', "'", '"', "\\", "|", ">", "[", "{", "]", "}", ",", "#", "")
LINES = (*SIMPLE, *ODD, "- x", "  x", "x  ", "段落", "", " ", "  ", "**x** y", "| x")


def document(number: int) -> str:
    """Return a text that is laid out like a record, mostly sound, with up to two slips of an editor's in it."""
    rng, lines = random.Random(number), list[str]()
    _mapping(rng, 0, lines, dashed=False)
    text = "".join(lines)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice((*ODD, " ", "\n", "  ")) + text[at + rng.choice((0, 0, 1, 2)):]
    return text


def _value(rng: random.Random) -> str:
    return rng.choice(SIMPLE if rng.random() < 0.9 else ODD)


def _mapping(rng: random.Random, indent: int, lines: list[str], dashed: bool) -> None:
    for number, key in enumerate(rng.sample(KEYS[:5] if rng.random() < 0.9 else KEYS, rng.randint(1, 4))):
        before = " " * (indent - 2) + "- " if dashed and not number else " " * indent
        form = rng.random() if indent < 12 else 1
        lines.append(f"{before}{key}:\n" if form < 0.3 else f"{before}{key}: {_value(rng)}\n")
        if form < 0.1:
            _mapping(rng, indent + rng.choice((1, 2, 2, 4)), lines, dashed=False)
        elif form < 0.3:
            deeper = indent + rng.choice((0, 0, 2, 2, 1))
            for _ in range(rng.randint(1, 3)):
                if rng.random() < 0.5:
                    lines.append(" " * deeper + f"- {_value(rng)}\n")
                else:
                    _mapping(rng, deeper + 2, lines, dashed=True)
        elif form < 0.4:
            lines[-1] = f"{before}{key}: {rng.choice(('|', '|', '|-', '|+', '>'))}\n"
            lines += (rng.choice((f"{' ' * indent}  {rng.choice(LINES)}\n", "\n")) for _ in range(rng.randint(1, 4)))


def agrees(text: str) -> bool:
    """Whether the quick parser reads a text, and as PyYAML does; it need not, but must not read it otherwise."""
    found = quick.read(text)
    if found is not None:
        assert json.dumps(found) == json.dumps(plain.parse_slowly(text)), text
    return found is not None


def test_both_read_alike_what_is_laid_out_like_a_record() -> None:
    """What the quick parser reads of 6,000 such texts, a fifth of them, is what PyYAML reads, never what that refuses.

    More: `python -m tests.test_quick TEXTS`.
    """
    assert sum(agrees(document(number)) for number in range(6000)) > 1200


def test_both_read_alike_what_there_is() -> None:
    """Every shipped record is read alike, most of them quickly; so is every broken file and the YAML test suite."""
    shipped = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.yml"))]
    assert sum(map(agrees, shipped)) > 0.8 * len(shipped)
    for text, *_ in BROKEN.values():
        agrees(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
    for one in cases():
        agrees(one.text)


def _scalars() -> Iterator[str]:
    printable = [chr(code) for code in range(32, 127)] + ["年", "　", "é"]
    yield from map("".join, product(printable, repeat=2))
    rng = random.Random(8)
    for signs in ("0123456789eExXoO_+-.aAfFiInNtTyY ~,", "0123456789-. :年"):
        yield from ("".join(rng.choices(signs, k=rng.randint(3, 11))) for _ in range(10_000))


@pytest.mark.parametrize(("pattern", "form"), [(quick._SCALAR, "{}"), (quick._INNER, "[{}, x]")])
def test_both_read_alike_every_scalar(pattern: str, form: str) -> None:
    """All texts of two characters, and thousands of those that look like numbers, words and days."""
    end = form[2:] or "\n"
    allowed = [one for one in _scalars() if re.fullmatch(f"(?:{pattern}){re.escape(end)}", one + end)]
    assert len(allowed) > 3000
    lines = [f"- {form.replace('{}', one)}\n" for one in allowed if not one.endswith(" -")]
    assert agrees("a:\n" + "".join(lines))  # a text that ends in ` -` it refuses within brackets


def test_broken_text_is_told_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the quick parser refuses is refused in PyYAML's words, at its place; without it nothing else changes."""
    twice = "a: 1\nb: 2\na: 3\n"
    assert quick.SIMPLE.match(twice) and quick.read(twice) is None
    with pytest.raises(plain.Refused) as refused:
        plain.parse(twice)
    assert (refused.value.code, refused.value.line, refused.value.column) == ("duplicate-key", 3, 1)
    quickly: Any = plain.parse("a: 240.5\nb:\n- c: true\n")
    monkeypatch.setattr(quick, "yaml_rs", None)
    assert quick.read("a: 1\n") is None
    assert plain.parse("a: 240.5\nb:\n- c: true\n") == quickly == {"a": "240.5", "b": [{"c": True}]}


if __name__ == "__main__":
    print(sum(agrees(document(number)) for number in range(int(sys.argv[1]))))
