"""Pictures of a rating: the badge that other sites embed, and the QR code on a printed certificate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from markupsafe import Markup

BLUE, WHITE, TEXT, STAR, NOTE, NOTE_GROUND = "#0a4580", "#ffffff", "#1b1f24", "#6b4700", "#5e4300", "#fff5d9"
"""Colours of its own, whatever surrounds it; each text on its ground has a contrast of 7:1 or more."""
FONTS = Markup("'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif")
EXAMPLE = "示例"
PAD, HEAD, HEIGHT, LEAST, GAP = 16, 38, 118, 200, 10
QUIET = 4
"""Modules left white around a QR code, as its standard asks."""
_FORBIDDEN = re.compile("[^\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML cannot hold, and line breaks."""


def badge_svg(title: str, word: str, stars: int | None, day: str, until: str | None, illustrative: bool) -> bytes:
    """Return a badge as an SVG file that needs no font, script or other file, the same bytes for the same values.

    title: the scheme's short title; stars: of five, None where the scheme gives a word only; day, until: ISO dates.
    """
    title, word = _plain(title), _plain(word)
    shown = title.removesuffix(f"（{EXAMPLE}）") if illustrative else title
    dates = [f"{_plain(day)} 评定"] + ([f"有效至 {_plain(until)}"] if until else [])
    told = f"{shown}：{'，'.join([word, *dates, *([EXAMPLE] if illustrative else [])])}"
    row = "" if stars is None else "★" * stars + "☆" * (5 - stars)
    star_width = width_of(row, 24) + (GAP if row else 0)
    chip = width_of(EXAMPLE, 15) + 16 if illustrative else 0
    width = 2 * PAD + max(LEAST, width_of(shown, 17) + (chip + GAP if chip else 0), star_width + width_of(word, 22),
                          width_of("　".join(dates), 15))
    parts = [
        Markup('<rect x="1" y="1" width="{}" height="{}" rx="9" fill="{}" stroke="{}" stroke-width="2"/>').format(
            _px(width - 2), HEIGHT - 2, WHITE, BLUE),
        Markup('<path d="M1 {head}V10a9 9 0 0 1 9-9H{right}a9 9 0 0 1 9 9V{head}z" fill="{fill}"/>').format(
            head=HEAD, right=_px(width - 10), fill=BLUE),
        _text(PAD, 26, 17, WHITE, shown, bold=True),
        _example(width - PAD - chip, chip) if illustrative else "",
        _text(PAD, 74, 24, STAR, row),
        _text(PAD + star_width, 73, 22, TEXT, word, bold=True),
        _text(PAD, 103, 15, TEXT, "　".join(dates))]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" xml:lang="zh-CN" font-family="{fonts}"><title>{told}</title>{parts}</svg>\n').format(
            width=_px(width), height=HEIGHT, fonts=FONTS, told=told, parts=Markup("").join(parts)).encode()


def width_of(text: str, size: int) -> float:
    """Return how wide a text is set: one em for a Chinese character or a star, 0.55 em for a letter or digit."""
    return sum(1 if east_asian_width(c) in "WFA" else 0.55 for c in text) * size


def _text(x: float, y: int, size: int, fill: str, text: str, bold: bool = False) -> Markup:
    """Return a line of text that is as wide as computed in every font; nothing for no text."""
    if not text:
        return Markup("")
    return Markup('<text x="{}" y="{}" font-size="{}"{} fill="{}" textLength="{}" lengthAdjust="spacingAndGlyphs">'
                  "{}</text>").format(_px(x), y, size, Markup(' font-weight="700"') if bold else "", fill,
                                      _px(width_of(text, size)), text)


def _example(x: float, width: float) -> Markup:
    """Return the word that tells an illustrative badge from a real one, on a ground of its own."""
    return Markup('<rect x="{}" y="8" width="{}" height="23" rx="4" fill="{}"/>').format(
        _px(x), _px(width), NOTE_GROUND) + _text(x + 8, 25, 15, NOTE, EXAMPLE, bold=True)


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Return a text in one line that XML can hold."""
    return _FORBIDDEN.sub("", " ".join(text.split()))


def qr_svg(address: str) -> Markup:
    """Return an address as inline SVG of a QR code that a quarter of damage leaves readable (level Q or better).

    Black on white in both colour schemes, with its quiet zone; as wide as CSS makes `.gs-qr`.
    """
    import segno  # with Python's own HTTP and SSL, 40 ms

    rows = segno.make_qr(address, error="q").matrix
    return Markup('<svg class="gs-qr" viewBox="0 0 {0} {0}" role="img" aria-label="二维码：{1}">'
                  '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>').format(
                      len(rows) + 2 * QUIET, address, "".join(_runs(rows)))


def _runs(rows: Sequence[Sequence[int]]) -> list[str]:
    """Return one path segment for every run of dark modules in a row."""
    return [f"M{run.start() + QUIET} {y + QUIET}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
            for y, row in enumerate(rows) for run in re.finditer("1+", "".join(map(str, row)))]
