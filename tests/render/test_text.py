"""Text of records: plain paragraphs, light Markdown, nothing that runs."""

from html.parser import HTMLParser

import pytest

from generator.render import text
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


def test_what_cmark_makes_is_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each text that cmark is asked for; its own wrapper never does."""
    freed: list[int] = []
    monkeypatch.setattr(text, "_FREE", freed.append)
    assert [prose("**粗**体", "../"), prose("只有文字", "../"), prose("- 一\n- 二", "../")][1] == "<p>只有文字</p>"
    assert len(freed) == 2 and all(freed)


@pytest.mark.parametrize("root", ["", "../", "../../"])
@pytest.mark.parametrize("address", [
    "/javascript:alert(1)", "/data:text/html,x", "//javascript:alert(1)", "///javascript:alert(1)", "/vbscript:x"])
def test_address_seen_from_the_root_stays_on_the_site(address: str, root: str) -> None:
    """A page beside the root would read `/javascript:…`, its slash taken off, as a script to run."""
    for html in (prose(f"[点]({address})", root), clean(f'<a href="{address}">点</a><img src="{address}">', root)):
        seen = Seen()
        seen.feed(html)
        assert all(value.startswith((root, "./")) and not value.startswith(("javascript", "data", "vbscript", "/"))
                   for _, value in seen.attributes)


@pytest.mark.parametrize("address", [
    "//elsewhere.example/x.png", "\\\\elsewhere.example/x.png", "/\\elsewhere.example/x.png",
    "/\t/elsewhere.example/x.png", " //elsewhere.example/x.png", "\x01//elsewhere.example/x.png",
    "\n\\/elsewhere.example/x.png", "https:x.png", "java\tscript:x"])
def test_pictures_of_other_hosts_are_left_out(address: str) -> None:
    """However the address is written that a browser would take for another host's."""
    html = clean(f'<p>文<img src="{address}" alt="图"></p>', "../")
    assert "elsewhere" not in html and "src=" not in html and "文" in html


def test_pictures_and_links_of_the_site_stay() -> None:
    """Addresses beside the page, and as seen from the root, are what they were."""
    html = clean('<a href="/cases/a.html#b:c">一</a><a href="other.html">二</a><img src="x/a.png">'
                 '<img src="/b.png">', "")
    for kept in ('href="cases/a.html#b:c"', 'href="other.html"', 'src="x/a.png"', 'src="b.png"'):
        assert kept in html
