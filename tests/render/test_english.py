"""The English interface: every word of ours has a message, and a record's own words are told from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.cli import site_at
from generator.config import STOCK_THEME
from generator.data import COMPUTED
from generator.records import kinds
from generator.records.base import Status, shapes
from generator.render.english import HOLE, in_english, messages, pair
from tests.sites import BASE, ROOT, build_site, write_site

HAN = re.compile("[\u4e00-\u9fff]+")
NUMBER = re.compile(r"\d+(?:[.,:/\-]\d+)*")
MESSAGES = messages((STOCK_THEME,))
WORDS = "\n".join(MESSAGES)
TEMPLATES = sorted(p for folder in ("pages", "partials", "records", "material")
                   for p in (STOCK_THEME / folder).rglob("*.html")
                   if p.name not in ("whatif.html", "paper.html", "code.html"))
"""Templates of pages; the others are documents of their own: the editors' preview, paper, and a forwarding page."""
MODULES = sorted((ROOT / "generator" / "render").glob("*.py"))
UNSAID = {
    "鿿",  # a bound of the Chinese characters
    "以下", "低于", "左右",  # looked for in what sources say
    "上期名次", "依据条数", "每一条计入的记录", "公开到",  # columns of files for spreadsheets
    "调整后的",  # before a word of its own
    # What search engines and shared links are told of a page.
    "只公布到期满那天", "哪些记录经批准公开了本来不公开的内容",
    "各项榜单与星级评定的结果", "以及来源所称的数字", "来源之间的不同说法", "办了没有", "服务三张清单", "谁接",
    "各楼栋", "网格的告示和二维码牌", "现在还能提意见的公示", "星级和经费的走势", "每张图都有数据表",
    "搜办件", "人和文件", "或按目录找"}
"""What views hold and no page shows."""
CONFIG = "identity: {name: 清水公示}\npublication: {as_of: 2026-06-30}\nlanguages: [zh, en]\n"


def labels() -> Iterator[str]:
    """Yield every label and every word of a fixed set that the models know."""
    seen: set[type[BaseModel]] = set()

    def of(model: type[BaseModel]) -> Iterator[str]:
        if model in seen:
            return
        seen.add(model)
        for shape in shapes(model):
            yield shape.label
            if get_origin(shape.type) is Literal:
                yield from map(str, get_args(shape.type))
            if shape.part:
                yield from of(shape.part)

    for model in kinds().values():
        yield from (model.label, *model.derived.values(), *of(model))
    yield from (*get_args(Status), *COMPUTED.values())


def runs(text: str) -> set[str]:
    """Return the Chinese runs of a text."""
    return set(HAN.findall(text))


def literals_of(template: str) -> set[str]:
    """Return the Chinese runs that a template itself says, those of its comments and expressions left out."""
    bare = re.sub(r"\{#.*?#\}|<script.*?</script>|<a[^>]* lang=\"zh\"[^>]*>中文[^<]*</a>", "", template, flags=re.S)
    said = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "\n", bare, flags=re.S)
    named = re.findall(r'(?:aria-label|title|placeholder|data-label|alt)="([^"]*)"', said)
    return runs(re.sub(r"<[^>]*>", "\n", said)) | runs("\n".join(named))


def literals_in(module: Path) -> set[str]:
    """Return the Chinese runs of a module's strings, its docstrings left out."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {run for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in remarks for run in runs(node.value)}


def test_every_label_has_an_english_message() -> None:
    assert sorted({one for one in labels() if HAN.search(one) and pair(NUMBER.sub("#", one), "")[0] not in MESSAGES
                   and one not in MESSAGES}) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.relative_to(STOCK_THEME).as_posix())
def test_every_word_of_a_template_stands_in_a_message(template: Path) -> None:
    assert sorted(one for one in literals_of(template.read_text(encoding="utf-8")) if one not in WORDS) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.name)
def test_every_word_of_a_view_stands_in_a_message(module: Path) -> None:
    assert sorted(one for one in literals_in(module) - UNSAID if one not in WORDS) == []


def test_sections_of_the_demo_are_named_in_english() -> None:
    sections = site_at(ROOT / "site_config.yml").settings.sections
    assert [name for s in sections for name in (s.title, s.group) if name and name not in MESSAGES] == []


def test_both_languages_leave_the_same_open() -> None:
    assert [one for one, said in MESSAGES.items() if sorted(HOLE.findall(said)) != sorted(HOLE.findall(one))] == []
    assert [said for said in MESSAGES.values() if HAN.search(said)] == []


def test_a_towns_own_message_comes_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "locale/en/LC_MESSAGES/gongshi.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "办件"\nmsgstr "Requests"\n', encoding="utf-8")
    both = messages((tmp_path, STOCK_THEME))
    assert (both["办件"], both["首页"]) == ("Requests", MESSAGES["首页"])


def test_english_is_offered_where_the_site_speaks_it(make_site: Callable[..., Path], tmp_path: Path) -> None:
    prose = {"pages/about.md": "# 关于\n", "pages/en/about.md": "# About\n", "pages/en/index.md": "# In English\n"}
    here = build_site(make_site(prose, CONFIG), tmp_path / "a")
    page, english = (here / "about.html").read_text(), (here / "en/about.html").read_text()
    assert re.search(r'<a class="gs-tool" href="en/index.html" hreflang="en" lang="en"', page)
    assert '<a href="en/about.html" hreflang="en" lang="en">' in page and '<article' in page
    assert re.search(r'<article[^>]* lang="en"', english) and re.search(r'<article[^>]* lang="zh"', page)
    assert '<a href="../about.html" hreflang="zh" lang="zh">' in english
    assert len(list((here / "assets").glob("en.*.js"))) == 1
    without = build_site(write_site(tmp_path / "other", {**BASE, **prose}), tmp_path / "b")  # another cache as well
    assert "hreflang" not in (without / "about.html").read_text() and not list((without / "assets").glob("en.*"))


def test_only_pages_in_both_languages_lead_to_each_other() -> None:
    assert in_english(["about.md", "en/about.md", "en/index.md", "method.md"]) == ["about.html"]


def test_a_records_own_words_are_told_from_ours(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A record called like a label, of a category called like one, is marked wherever it is named."""
    files = {"cases/leak.yml": "title: 办件\nsource: press\narea: b3\ncategory: 检查\nreported: 2026-05-06\n"
                               "description: 会议\n"}
    here = build_site(make_site(files), tmp_path / "out")
    page = (here / "cases/leak.html").read_text()
    assert '<h1 lang="zh">办件</h1>' in page and '<li aria-current="page" lang="zh">办件</li>' in page
    assert '<dt>类别</dt><dd lang="zh">检查</dd>' in page and '<div lang="zh"><p>会议</p></div>' in page
    for path in ("cases/index.html", "areas/b3.html", "index.html"):
        html = (here / path).read_text()
        assert re.findall(r'<a href="[^"]*leak\.html"([^>]*)>办件', html), path
        assert all('lang="zh"' in rest for rest in re.findall(r'<a href="[^"]*leak\.html"([^>]*)>办件', html)), path
    assert '<td data-label="类别" lang="zh">检查</td>' in (here / "cases/index.html").read_text()
