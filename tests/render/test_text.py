"""Text of records: plain paragraphs, light Markdown, nothing that runs."""

from html.parser import HTMLParser

import pytest

from generator.render.text import TAGS, clean, prose


def test_plain_text_becomes_paragraphs() -> None:
    """Blank lines part paragraphs; nothing else changes."""
    assert prose("第一段。\n\n第二段。", "../") == "<p>第一段。</p><p>第二段。</p>"


def test_light_markdown_is_rendered() -> None:
    """Bold, lists and links work; a link within the site is made relative to the page."""
    html = prose("**要紧**\n\n- 甲\n- 乙\n\n[意见](/feedback.html)", "../")
    assert "<strong>要紧</strong>" in html
    assert html.count("<li>") == 2
    assert 'href="../feedback.html"' in html


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[点](javascript:alert(1))", "[点](data:text/html,x)",
    "<a href=\"javascript:alert(1)\">点</a>", "<svg onload=alert(1)>", "<iframe src='/'></iframe>",
    "![图](https://elsewhere.example/x.png)", "<style>*{}</style>", "[点](//elsewhere.example)\"onclick=\"x"])
def test_hostile_text_does_not_run(hostile: str) -> None:
    """No tag but those allowed, no attribute but a harmless address survives, whatever the text holds."""
    seen = Seen()
    seen.feed(prose(f"正文 {hostile} 完", "../"))
    assert seen.tags <= TAGS
    assert {name for name, _ in seen.attributes} <= {"href"}
    allowed = ("http:", "https:", "mailto:", "tel:")
    assert [value for _, value in seen.attributes if ":" in value and not value.startswith(allowed)] == []


class Seen(HTMLParser):
    """What a browser would find: tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_template_syntax_stays_literal() -> None:
    """What looks like a template is text."""
    assert "{{7*7}}" in prose("{{7*7}} {% include 'x' %}", "../")


def test_cells_stand_by_class() -> None:
    """How a prose table's column stands is a class, since the pages' policy allows no style; text is left alone."""
    html = clean('<table><tr><td style="text-align: right;">1</td><td class="x" style="text-align:left">2</td></tr>'
                 '</table><p style="color:red">写 style="x" 的人</p>', "")
    assert '<td class="gs-right">1</td><td class="x">2</td>' in html
    assert html.count("style=") == 1 and '写 style="x" 的人' in html
