"""Badges are sound, escaped and legible SVG; QR codes carry the address; the certificate says it all."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from generator.render.badge import BLUE, NOTE, NOTE_GROUND, QUIET, STAR, TEXT, WHITE, badge_svg, qr_svg, width_of
from generator.render.cells import Link
from generator.render.paint import environment
from tests.sites import ROOT

SVG = "{http://www.w3.org/2000/svg}"
ADDRESS = "https://gongshi.example.org/areas/demo-house-10.html"


def badge(title: str = "房屋星级", word: str = "四星·良好", stars: int | None = 4, day: str = "2026-05-21",
          until: str | None = None, illustrative: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(badge_svg(title, word, stars, day, until, illustrative))


def lines(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_badge_says_title_stars_word_and_dates() -> None:
    """Scheme, stars, word, day and term stand on the badge, and all but the stars in its accessible name."""
    svg = badge(until="2027-05-20")
    assert lines(svg) == ["房屋星级", "★★★★☆", "四星·良好", "2026-05-21 评定　有效至 2027-05-20"]
    assert svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == "房屋星级：四星·良好，2026-05-21 评定，有效至 2027-05-20"


def test_badge_without_stars_or_term() -> None:
    """A scheme that gives a word only has a badge without stars; no star at all is five empty ones."""
    assert lines(badge(stars=None)) == ["房屋星级", "四星·良好", "2026-05-21 评定"]
    assert "☆☆☆☆☆" in lines(badge(stars=0))


def test_illustrative_badge_says_so_once() -> None:
    """示例 is a mark of its own and part of the name, and is not said twice."""
    svg = badge(title="房屋星级（示例）", illustrative=True)
    assert lines(svg).count("示例") == 1
    assert "（示例）" not in "".join(lines(svg))
    assert (svg[0].text or "").endswith("，示例")
    assert "示例" not in "".join(badge().itertext())


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"><img src=x onerror='x'>", "甲 & 乙", "]]>", "&lt;"])
def test_badge_escapes_its_texts(text: str) -> None:
    """Markup in a title or word is text, in the file and in its name."""
    svg = badge(title=text, word=text)
    assert lines(svg)[0] == text
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} == {"svg", "title", "rect", "path", "text"}


@given(st.text(), st.text(), st.none() | st.integers(0, 5), st.booleans())
def test_badge_is_well_formed_whatever_it_holds(title: str, word: str, stars: int | None, illustrative: bool) -> None:
    """No text breaks the file or reaches beyond its edge, and the same values give the same bytes."""
    svg = badge(title, word, stars, illustrative=illustrative)
    width = float(svg.get("width", "0"))
    for line in svg.iter(f"{SVG}text"):
        assert float(line.get("x", "0")) + float(line.get("textLength", "0")) <= width - 15.9
    assert badge_svg(title, word, stars, "2026-05-21", None, illustrative) == badge_svg(
        title, word, stars, "2026-05-21", None, illustrative)


def test_badge_grows_with_its_text() -> None:
    """A longer title makes a wider badge; a Chinese character counts as one em, a letter as 0.55."""
    widths = [float(badge(title="房" * n).get("width", "0")) for n in (20, 30, 40)]
    assert widths[1] - widths[0] == widths[2] - widths[1] == 170
    assert width_of("房A★", 20) == 51


def test_badge_needs_nothing_else() -> None:
    """No script, no style sheet, no font file, no address."""
    text = badge_svg("房屋星级", "四星", 4, "2026-05-21", None, True).decode()
    assert not re.search(r"script|style|href|url\(|@|http(?!://www\.w3\.org/2000/svg)", text)


@pytest.mark.parametrize(("text", "ground"), [(WHITE, BLUE), (TEXT, WHITE), (STAR, WHITE), (NOTE, NOTE_GROUND)])
def test_badge_has_strong_contrast(text: str, ground: str) -> None:
    """Every text has 7:1 or more on its own ground."""
    dark, light = sorted((luminance(text), luminance(ground)))
    assert (light + 0.05) / (dark + 0.05) >= 7


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("address", [
    "https://a.cn/b.html", ADDRESS, ADDRESS + "?a=1&b=%E6%98%9F", "https://公示.cn/" + "a" * 99])
def test_qr_holds_the_address(address: str) -> None:
    """The modules drawn are those of the address at level Q or better, inside a quiet zone of four."""
    svg = ElementTree.fromstring(qr_svg(address))
    code = segno.make_qr(address, error="q")
    assert modules(svg) == [list(row) for row in code.matrix_iter(border=QUIET)]
    assert code.error in ("Q", "H")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == f"二维码：{address}"


def modules(svg: ElementTree.Element) -> list[list[int]]:
    """Return the modules that the picture's path paints, row by row."""
    size = int(svg.get("viewBox", "").split()[2])
    rows = [[0] * size for _ in range(size)]
    path = svg[1].get("d", "")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join("M{} {}h{}v1h-{}z".format(*run) for run in runs) == path
    for x, y, width, back in runs:
        assert width == back
        rows[int(y)][int(x):int(x) + int(width)] = [1] * int(width)
    return rows


CERTIFICATE: dict[str, Any] = {
    "crumbs": [Link("首页", "../index.html")], "heading": "房屋星级证书", "subject": Link("3栋", "../areas/b3.html"),
    "scheme_title": "房屋星级办法", "scheme_link": Link("房屋星级办法", "../schemes/stars.html"), "stars": 4,
    "word": "四星·良好", "value": "79", "full": "100", "day": "2026-05-21", "assessor": "评定小组",
    "criteria": [("消防", 50, 60, "楼道不堆物"), ("卫生", 29, 40, None)],
    "next_due": "2027-05-21", "valid_until": "2027-05-20", "issuer": "清水街道", "qr": qr_svg(ADDRESS),
    "address": ADDRESS, "version": "2", "illustrative": False, "as_of": date(2026, 6, 30),
    "badge": Link("房屋星级：四星·良好", "../badges/stars.b3.svg"), "until": "",
    "embed": '<a href="x"><img src="y" alt=""></a>'}


def certificate(**changed: Any) -> str:
    """Return the article of a certificate, with some of its values changed."""
    return environment((ROOT / "theme",)).get_template("pages/certificate.html").render(CERTIFICATE | changed)


def test_certificate_says_everything() -> None:
    """What was rated, how, by whom, until when, where to look, and the code to copy as text."""
    html = certificate()
    for words in (
            "房屋星级证书", "3栋", "《房屋星级办法》", "（版本 2）", "★★★★☆", "四星·良好", "79 分", "（满分 100 分）",
            "消防", "楼道不堆物", "2026-05-21", "评定小组", "2027-05-21", "2027-05-20", "清水街道", ADDRESS,
            "以网上当前结果为准", "2026-06-30", "gs-qr", "&lt;a href="):
        assert words in html
    assert "示例" not in html


def test_certificate_leaves_out_what_is_not_known() -> None:
    """Without address, term, issuer, version or stars nothing empty is shown; an example says so twice."""
    html = certificate(stars=None, full=None, next_due=None, valid_until=None, issuer=None, qr=None, address="",
                       version=None, illustrative=True, criteria=[])
    for words in ("None", "★", "满分", "下次评定", "有效至", "制定单位", "版本", "二维码", "扫码"):
        assert words not in html
    assert html.count("示例") == 2


def test_certificate_escapes() -> None:
    """Markup in a subject or an assessor is text."""
    html = certificate(subject=Link("<b>甲</b>", "x"), assessor="<script>", embed="</textarea><script>")
    assert "<b>甲" not in html
    assert "<script>" not in html
