"""The look: tokens in one file, contrast that is computed, no rule without use, overrides that Material still has."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path

import material
import pytest

from generator.cli import site_at
from generator.config import STOCK_THEME
from generator.render.shell import make_shells
from tests.sites import AS_OF, BASE, CONFIG, write_site

PARTS = [*sorted((STOCK_THEME / "assets/gongshi.css").glob("*.css")), STOCK_THEME / "assets/certificate.css"]
TOKENS = STOCK_THEME / "assets/gongshi.css/01-tokens.css"
ELDER = STOCK_THEME / "assets/gongshi.css/60-elder.css"
MATERIAL = Path(material.__file__).parent / "templates"
OVERRIDES = sorted((STOCK_THEME / "material").rglob("*.html"))

WORDS = ("text", "soft", "link", "good", "busy", "late", "wait", "note", "star")
"""The colours in which something is written."""
GROUNDS = ("page", "panel", "tint", "good-bg", "busy-bg", "late-bg", "wait-bg", "note-bg")
"""What words and signs stand on."""
SIGNS = ("edge", "focus", *WORDS)
"""Lines, fills and outlines that say something; `line` only parts one thing from the next."""
TURNED = (("on-brand", "brand"), ("brand", "on-brand"), ("on-brand", "brand-deep"), ("page", "text"), ("page", "late"))
"""Light words on a full colour: header, buttons, red and black list."""
WORD_PAIRS = {*product(WORDS, GROUNDS), *TURNED}
ALIGNED = {"gs-left", "gs-center", "gs-right"}
"""What render/text.py makes of an alignment in a table of Markdown."""
INHERITED = ("currentColor", "inherit", "none", "transparent")

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|color-mix)\(|"
                    r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y)\b")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def css(path: Path) -> str:
    """Return a part without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def without(sheet: str, query: str) -> str:
    """Return a sheet without the blocks of a media query."""
    while (at := sheet.find(query)) >= 0:
        depth, end = 0, sheet.index("{", at)
        while True:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
            if depth == 0:
                break
        sheet = sheet[:at] + sheet[end:]
    return sheet


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--gs-([\w-]+):\s*([^;]+);", block))


def blocks(part: Path = TOKENS) -> dict[str, dict[str, str]]:
    """Return a part's tokens by the selector under which they stand, those of phones left out."""
    sheet = without(css(part), "@media (max-width")
    return {" ".join(selector.split()): values(block) for selector, block in RULE.findall(sheet)}


LIGHT = next(iter(blocks().values()))
DARK = {**LIGHT, **blocks()[':root[data-theme="dark"]']}
SCHEMES = {"light": LIGHT, "dark": DARK, "elder": {**LIGHT, **blocks(ELDER)[':root[data-mode="elder"]']},
           "elder dark": {**DARK, **blocks(ELDER)[':root[data-mode="elder"][data-theme="dark"]']}}


@pytest.mark.parametrize("part", [TOKENS, ELDER], ids=lambda p: p.name)
def test_dark_by_system_and_by_hand_are_one(part: Path) -> None:
    """A reader who chooses dark sees what a reader whose system is dark sees; only tokens of light are changed."""
    by_system = next(v for k, v in blocks(part).items() if k.endswith(':not([data-theme="light"])'))
    assert by_system == next(v for k, v in blocks(part).items() if k.endswith('[data-theme="dark"]'))
    assert by_system and set(by_system) < set(LIGHT)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast(scheme: str) -> None:
    """Every colour of words has 7:1 on every ground, every sign 3:1, in light, dark and large type."""
    of = SCHEMES[scheme]
    assert [pair for pair in sorted(WORD_PAIRS) if contrast(of[pair[0]], of[pair[1]]) < 7] == []
    assert [(s, g) for s, g in product(SIGNS, GROUNDS) if contrast(of[s], of[g]) < 3] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_inks(scheme: str) -> None:
    """Every ink of plots has 3:1 against its page, and each is clearly stronger than the one before."""
    of = SCHEMES[scheme]
    found = [contrast(of[f"plot-{at}"], of["page"]) for at in range(1, 6)]
    assert found[0] >= 3 and all(b / a >= 1.25 for a, b in pairwise(found)), found


def test_inks_on_paper_are_those_of_day() -> None:
    """Plots are printed in the inks of light, whatever the screen has."""
    paper = values(css(STOCK_THEME / "assets/gongshi.css/90-print.css"))
    assert {k: v for k, v in paper.items() if k.startswith("plot-")} == {
        k: v for k, v in LIGHT.items() if k.startswith("plot-")}


@pytest.mark.parametrize("path", [p for p in PARTS if p not in (TOKENS, ELDER)], ids=lambda p: p.name)
def test_colours_are_tokens(path: Path) -> None:
    """No part but the tokens and their stronger ones has a colour of its own. Paper is black on white."""
    sheet = without(css(path), "@media print")
    assert [m.group(0) for _, block in RULE.findall(sheet) for m in COLOUR.finditer(block)] == []


@pytest.mark.parametrize("path", PARTS, ids=lambda p: p.name)
def test_words_and_grounds_are_pairs_that_were_computed(path: Path) -> None:
    """Where one rule sets words and ground, the two are among the pairs above; each alone is a word or a ground."""
    told = r"(?<![\w-]){}:\s*(?:var\(--gs-([\w-]+)\)|([\w-]+))"
    for selector, block in RULE.findall(without(css(path), "@media print")):
        word, ground = (re.search(told.format(name), block) for name in ("color", "background(?:-color)?"))
        pair = tuple(m.group(1) if m and m.group(2) not in INHERITED else None for m in (word, ground))
        if all(pair):
            assert pair in WORD_PAIRS, selector
        elif pair[0]:
            assert pair[0] in (*WORDS, "on-brand", "page"), selector


def used() -> str:
    """Return everything that may give an element a class: templates, scripts, views."""
    folders = ((STOCK_THEME, "*.html"), (STOCK_THEME, "*.js"), (STOCK_THEME.parent / "generator", "*.py"))
    return "".join(p.read_text(encoding="utf-8") for root, name in folders for p in root.rglob(name)
                   if p.is_file())


def test_no_rule_without_use() -> None:
    """Every class of ours in the stylesheet is given to some element, by its name or as a variant filled in."""
    named = {name for path in PARTS for selector, _ in RULE.findall(css(path))
             for name in re.findall(r"\.(gs-[\w-]+)", selector)}
    everything = used()
    variants = {n for n in named if f"{n.partition('--')[0]}--{{" in everything}
    assert sorted(n for n in named - variants - ALIGNED if not re.search(rf"(?<![\w-]){n}(?![\w-])", everything)) == []


def test_alignment_means_nothing_else() -> None:
    """What an editor's table is aligned by is the class of no element of ours, which would bring its own look along."""
    markup = "".join(p.read_text(encoding="utf-8") for p in STOCK_THEME.rglob("*.html"))
    assert sorted(name for name in ALIGNED if re.search(rf"(?<![\w-]){name}(?![\w-])", markup)) == []
    assert sorted(ALIGNED) == sorted(name for path in PARTS for selector, _ in RULE.findall(css(path))
                                     for name in re.findall(r"\.(gs-(?:left|center|right))\b(?!-)", selector))


def test_every_token_is_used_and_known() -> None:
    """No token stands there for nothing, and no rule asks for one that there is not."""
    sheets = "".join(css(path) for path in PARTS)
    asked = set(re.findall(r"var\(--gs-([\w-]+)", sheets))
    assert asked <= {name for name in re.findall(r"--gs-([\w-]+):", sheets)}
    assert sorted(set(LIGHT) - asked) == []


def test_overrides_name_blocks_of_material() -> None:
    """Every block that our pages fill is one of Material's base page: a rename there would leave ours unseen."""
    base = set(re.findall(r"{%-?\s*block (\w+)", (MATERIAL / "base.html").read_text(encoding="utf-8")))
    ours = {name: set(re.findall(r"{%-?\s*block (\w+)", name.read_text(encoding="utf-8"))) for name in OVERRIDES}
    assert {p.name: sorted(b - base) for p, b in ours.items() if b - base} == {}
    assert any(ours.values())


def test_classes_of_material_are_still_there() -> None:
    """Every class of Material that our stylesheet names is in its base page or in our own templates."""
    there = (MATERIAL / "base.html").read_text(encoding="utf-8") + "".join(
        p.read_text(encoding="utf-8") for p in OVERRIDES)
    named = {name for path in PARTS for selector, _ in RULE.findall(css(path))
             for name in re.findall(r"\.(md-[\w-]+)", selector)}
    assert sorted(n for n in named if not re.search(rf"(?<![\w-]){n}(?![\w-])", there)) == []


class Outline(HTMLParser):
    """Collects the landmarks of a page: tag and label of those that are no part of an article or section."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, str | None]] = []
        self.inside = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag in ("article", "section")
        if tag in ("header", "main", "nav", "footer", "article") and self.inside <= (tag == "article"):
            self.found.append((tag, dict(attrs).get("aria-label")))

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag in ("article", "section")


def test_landmarks(tmp_path: Path) -> None:
    """A page has one banner with a labelled navigation, one main with one article, one foot, a way past the head."""
    config = CONFIG + "sections: [{kind: case, title: 办件}, {kind: area, title: 地方, group: 地方}]\n"
    page = make_shells(site_at(write_site(tmp_path / "town", BASE, config)), [], tmp_path / "work", AS_OF).of["cases"]
    html = b"".join(page.filled("a", "b", "c", "<h1>路灯</h1>")).decode()
    assert Outline(html).found == [
        ("header", None), ("nav", "栏目"), ("main", None), ("article", None), ("footer", None)]
    assert html.index('href="#main">跳到正文') < html.index("<header")
    assert html.count('aria-current="true"') == 1 and html.count("<h1") == 1
