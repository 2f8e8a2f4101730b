"""Records and prose are data: whatever template language they imitate, it stays what it says, or comes to nothing."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import EXTENSIONS
from generator.problem import Problem
from generator.render.text import prose
from tests.sites import BASE, CONFIG, build_site, codes, problems, write_site

Make = Callable[..., Path]

LITERAL = [
    "{{ 7*7 }}", "{{7*'7'}}", "{{ config.items() }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% include 'site_config.yml' %}", "{% for x in range(9) %}a{% endfor %}", "{# 注 #}", "{%- raw -%}", "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>", "@(7*7)", "{{= 7*7 }}", "[[7*7]]", "{{#if a}}b{{/if}}", "%{7*7}", "{{ page.meta }}", "{!7*7!}",
    ":material-account:", ":smile:", "--8<-- \"site_config.yml\"", "--8<--", ";--8<--", "[TOC]", "{: onclick=x }",
    "{:.a #b}", "::: generator.cli", "!!! note", "??? note", "=== \"甲\"", "/// html | script",
    "!include site_config.yml",
    "{!site_config.yml!}", "{% raw %}", "<!-- include: site_config.yml -->", "*[HTML]: x", "[^1]", "$x^2$", "\\(x\\)",
    "@import 'x'", "#set($x=7*7)", "<#assign x=7*7>", "{php}7*7{/php}", "`{{ 7*7 }}`", "gs-stub", "%(name)s",
    "{0.__class__}",
    "{name}", "$name", "\\N{BULLET}", "%s%n", "{own}", "{word1}", "../../../../tmp/x",
]
SECRET = "不可外传的设置"


def words(markup: str) -> str:
    """Return what a page says, without tags and breaks of lines."""
    return "".join(html.unescape(re.sub(r"<[^<>]*>", "", markup)).split())


def name_of(number: int) -> str:
    """Return the id of a record, without a digit that a template might have computed."""
    return f"t-{chr(97 + number // 26)}{chr(97 + number % 26)}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site whose records and prose hold every imitation, with every extension that the settings allow."""
    root = tmp_path_factory.mktemp("templates")
    files = {}
    for number, text in enumerate(LITERAL):
        quoted = text.replace("'", "''")
        files[f"cases/{name_of(number)}.yml"] = (
            f"title: '{quoted}'\nsource: press\ncategory: '{quoted}'\nplace: '{quoted}'\n"
            f"description: '前 {quoted} 后'\nladder:\n  - {{level: 社区自办, date: 2026-05-06, reason: '{quoted}'}}\n"
            f"evidence: ['{quoted}']\n")
    files["pages/about.md"] = "# 关于\n\n" + "\n\n".join(f"这里：{text}" for text in LITERAL)
    files["pages/bare.md"] = "# 关于\n\n" + "\n\n".join(LITERAL)
    names = ", ".join(EXTENSIONS)
    config = write_site(root / "town", {**BASE, **files}, CONFIG + f"privacy: {{contact: {SECRET}}}\n"
                        f"mkdocs:\n  markdown_extensions: [{names}]\n")
    return build_site(config, root / "out")


def test_records_say_what_their_files_say(site: Path) -> None:
    """In a title, a line, a list and a text each imitation stands on the page as it was typed, in the list as well."""
    listed = "".join(words(path.read_text(encoding="utf-8")) for path in site.glob("cases/*.html")
                     if not path.name.startswith("t-"))
    for number, text in enumerate("".join(text.split()) for text in LITERAL):
        page = (site / f"cases/{name_of(number)}.html").read_text(encoding="utf-8")
        assert words(page).count(text) >= 3 and text in listed, text
        assert text[:6] in words(re.findall(r"<title>.*?</title>", page, re.S)[0])


def test_release_holds_no_link_and_nothing_outside(site: Path) -> None:
    """What is published are plain files below the release; names on disk are ids, whatever titles say."""
    names = [Path(folder, name) for folder, _, some in os.walk(site) for name in some]
    assert len(names) > len(LITERAL) and not any(name.is_symlink() for name in names)
    assert {path.name for path in site.parent.parent.parent.iterdir()} == {"town", "out"}


def test_nothing_was_computed_or_included(site: Path) -> None:
    """No page of records or prose holds a product, another file's text, or an attribute that only a template makes."""
    for name in ("about.html", "bare.html", *(f"cases/{name_of(number)}.html" for number in range(len(LITERAL)))):
        article = (site / name).read_text(encoding="utf-8").partition('id="main">')[2].partition("</article>")[0]
        assert "49" not in words(article) and "7777777" not in article and SECRET not in article, name
        assert not re.search(r"<[^<>]*\s(?:on\w+|style|srcdoc|formaction)\s*=", article), name
        assert not re.search(r"<(?:script|iframe|object|embed|base|link|meta|form|style)\b", article), name
    bare = (site / "bare.html").read_text(encoding="utf-8")
    assert "{{ 7*7 }}" in html.unescape(bare) and "{% include" in html.unescape(bare)


@pytest.mark.parametrize("line", [
    "hooks: [x.py]", "INHERIT: ../other.yml", "plugins: [macros]", "extra_templates: [about.md]", "theme: {name: x}",
    "watch: [/]", "remote_branch: x", "dev_addr: x", "docs_dir: /", "mdx_configs: {}", "google_analytics: [x]"])
def test_settings_that_would_run_or_read_something_are_refused(make_site: Make, line: str) -> None:
    """`INHERIT` brings hooks, `extra_templates` makes pages templates: only what is known as harmless is passed on."""
    assert codes(problems_of(make_site, f"  {line}\n")) == ["reserved-setting"]


def problems_of(make_site: Make, block: str) -> list[Problem]:
    """Return the Problems of a site with these lines in its `mkdocs:` block."""
    return problems(make_site({}, f"{CONFIG}mkdocs:\n{block}"))


@pytest.mark.parametrize("name", [
    "pymdownx.snippets", "pymdownx.b64", "pymdownx.superfences", "codehilite", "markdown_include.include", "os",
    "mkdocs",
    "generator.cli", "tables:Evil", "../x", "{pymdownx.snippets: {base_path: [/]}}", "pymdownx.blocks.html"])
def test_extensions_that_read_or_import_are_refused(make_site: Make, name: str) -> None:
    """An extension that reads files, asks the network, colours code or is just some module is not known."""
    [found] = problems_of(make_site, f"  markdown_extensions: [{name}]\n")
    assert (found.code, found.place.line) == ("not-one-of", 4)


@pytest.mark.parametrize("name",
                         ["//evil.example/x.css", "https://evil.example/x.css", "\\\\\\\\evil.example/x", "../../x.css",
                                  "/x.css", "a/../../x.css", "javascript:x", " //evil.example/x.css"])
def test_files_of_other_hosts_are_refused(make_site: Make, name: str) -> None:
    """Stylesheets and scripts lie below the theme: no other host, however the address is written."""
    [found] = problems_of(make_site, f'  extra_css: ["{name}"]\n')
    assert found.code == "bad-link"


def test_text_is_never_a_format() -> None:
    """Text that goes through Markdown alone keeps its words."""
    for text in LITERAL:
        said = words(prose(f"前{text}后", "../"))
        assert "49" not in said and said.startswith("前") and said.endswith("后"), text
