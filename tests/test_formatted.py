"""The quick reader: it says what PyYAML says, or nothing."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from generator import formatted
from generator.plain import LIMIT_DEPTH, Refused, by_events
from generator.records import kinds
from tests.hostile.suite import cases
from tests.hostile.test_yaml import SHAPES
from tests.sites import ROOT

CONTENT = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.yml"))]

LINES = ["a: x", "b: 甲 #乙", "- x", "- a: x", "a:", "- b:", "  a: x", "  - x", "  b:", "  - a:", "    a: x", "  x", "",
         "a: |", "b: |-", "  - |", " ", "a: [x, {b: y}]", 'a: "x: y"', "# x", "---"]
PIECES = ["a: ", "a:", "- ", "  ", " ", "\n", "x", '"', "'", "[", "]", "{", "}", ", ", ",", ":", "#", "|", ">", "~",
          "中", "\t", "\u3000", "-", "?", "&", "*", "!", "%", "...", "null", "true: ", "\r", "\x85", "\ufeff", "\u2028",
          "\\"]


def told(text: str) -> Any:
    """Return what PyYAML makes of a text, as text that tells values apart; the fault where it refuses it."""
    try:
        return repr(by_events(text))
    except Refused as fault:
        return fault


def is_read(text: str) -> bool:
    """Whether the quick reader takes a text; it must say the same as PyYAML, down to the order of keys."""
    found = formatted.read(text)
    assert found is None or repr(found) == told(text), text
    return found is not None


def test_content_is_read_alike() -> None:
    """Whatever stands in this project's content; 98 of 100 files need nobody else."""
    assert sum(map(is_read, CONTENT)) > len(CONTENT) * 0.98


def test_examples_are_read_by_it() -> None:
    """Every kind's example, which editors copy."""
    assert sum(is_read(model.example) for model in kinds().values()) >= len(kinds()) - 3


def test_suite_and_hostile_shapes_are_read_alike() -> None:
    """The YAML test suite, where it is there, and the shapes that crash or slow other readers."""
    for text in (*(case.text for case in cases()), *(make(2_000) for make in SHAPES.values())):
        is_read(text)


def test_all_texts_of_four_lines_are_read_alike() -> None:
    """Every order of lines that open, close and fill mappings, lists and blocks: 200,000 texts."""
    assert sum(is_read("\n".join(lines) + "\n") for lines in product(LINES, repeat=4)) > 1_000


def test_changed_content_is_read_alike() -> None:
    """Pieces of records with a few characters added, taken out or moved."""
    chance = random.Random(20261123)
    read = 0
    for _ in range(8_000):
        lines = chance.choice(CONTENT).splitlines(keepends=True)
        begin = chance.randrange(len(lines))
        margin = len(lines[begin]) - len(lines[begin].lstrip(" -"))
        text = "".join(line[margin:] for line in lines[begin:begin + chance.randint(1, 8)])
        for _ in range(chance.randint(1, 3)):
            at, other = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
            text = chance.choice([text[:at] + chance.choice(PIECES) + text[at:], text[:at] + text[at + 1:],
                                  text[:at] + text[other:other + 6] + text[at:]])
        read += is_read(text)
    assert read > 500


@pytest.mark.parametrize("text", [
    "", "\n", "x\n", "- x\n", "[a]\n", "a: x", "a: x # y\n", "# x\na: x\n", "a: &b x\n", "a: !t x\n", "a: *b\n",
    "<<: x\n", 'a: "\\u202e"\n', "a: 'it''s'\n", "a: >\n  x\n", "a: |+\n  x\n", "a: |2\n  x\n", "a: x\n  y\n",
    "a:  x\n", "a: x \n", "a:\tx\n", "a: x\r\n", "a: x\na: y\n", "a: {b: x, b: y}\n", "null: x\n", "a: {true: x}\n",
    "---\na: x\n", "a: x\n...\n", "? a\n: x\n", "a: - x\n", "a: b: x\n", "a: [x\n", "a: [x]]\n", "a: [x, ]\n",
    "a: [x,y]\n", "a: [b: x]\n", "a: {x}\n", "a: x\u2028y\n", "a: \ufeffx\n", "a: x\ud800\n", "a: x\u3000\n"])
def test_whatever_is_not_plain_is_left(text: str) -> None:
    """What other readers see otherwise, what is refused, and what is merely rare."""
    assert formatted.read(text) is None


def test_depth_is_never_too_deep() -> None:
    """However the boxes are opened, it gives up before PyYAML's reading refuses them."""
    for make in (lambda n: "".join(f"{'  ' * i}a:\n" for i in range(n)) + "  " * n + "a: x\n",
                 lambda n: "".join(f"{'  ' * i}{'- ' if i else ''}a:\n" for i in range(n))
                 + "  " * n + "- a: [[[[x]]]]\n",
                 lambda n: "a: " + "[" * n + "x" + "]" * n + "\n"):
        assert [is_read(make(depth)) for depth in (2, LIMIT_DEPTH)] == [True, False]
        for depth in range(LIMIT_DEPTH):
            is_read(make(depth))
