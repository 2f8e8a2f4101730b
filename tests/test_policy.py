"""The policy of pages and servers: written in one place, told the same everywhere, and strict."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from generator import policy
from generator.publish.hosting import headers_file, nginx_conf
from tests.sites import ROOT

DOCUMENTS = ("whatif.html", "diff.html", "paper.html")
"""Templates of files that editors open from disk and that no server sends: they hold their stylesheet."""


def directives(text: str) -> dict[str, str]:
    """Return a policy's directives by name."""
    return {name: value for name, _, value in (part.strip().partition(" ") for part in text.split(";"))}


def test_page_and_servers_tell_the_same(published: Path) -> None:
    """Every page carries the policy that `_headers` and nginx send, but for what only a server may say."""
    sent = policy.headers()["Content-Security-Policy"]
    release = (published / "current").resolve()
    pages = [path.read_text(encoding="utf-8") for path in release.rglob("*.html")]
    carried = {unescape(found[1]) for page in pages
               if (found := re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page))}
    assert carried == {policy.in_page()} and len(pages) == sum("Content-Security-Policy" in page for page in pages)
    assert directives(sent) == {**directives(policy.in_page()), "frame-ancestors": "'none'"}
    assert f"  Content-Security-Policy: {sent}\n" in (release / "_headers").read_text(encoding="utf-8")
    conf = (published / "nginx.conf").read_text(encoding="utf-8")
    assert conf.count(f'add_header Content-Security-Policy "{sent}" always;') == conf.count("location /") + conf.count(
        "location ~") == 2


def test_every_header_is_told_by_both() -> None:
    """What one kind of server sends the other sends too, caching included."""
    for name, value in policy.headers().items():
        assert f"  {name}: {value}\n" in headers_file() and f'add_header {name} "{value}" always;' in nginx_conf()
    assert f"/assets/*\n  Cache-Control: {policy.FOREVER}" in headers_file()
    assert f'add_header Cache-Control "{policy.FOREVER}"' in nginx_conf()


def test_policy_is_strict() -> None:
    """No script or style inside a page, nothing from another host, no frame, no changed base."""
    told = directives(policy.headers()["Content-Security-Policy"])
    allowed = {"'self'", "'none'", "data:", "'wasm-unsafe-eval'", "'script'", "gongshi"}
    assert {word for value in told.values() for word in value.split()} <= allowed
    assert (told["default-src"], told["base-uri"], told["frame-ancestors"]) == ("'none'",) * 3
    assert told["require-trusted-types-for"] == "'script'"
    assert "data:" not in told["script-src"] and told["style-src"] == "'self'"


def test_pages_hold_nothing_that_the_policy_refuses(published: Path) -> None:
    """No page holds a script, a style, a handler or a script's address inside itself."""
    refused = re.compile(r"<style|<script(?![^>]* src=)(?![^>]*application/json)|<[^<>]* (?:style|on[a-z]+)=|"
                         r"javascript:", re.IGNORECASE)
    for path in (published / "current").resolve().rglob("*.html"):
        assert refused.findall(path.read_text(encoding="utf-8")) == [], path


def test_templates_hold_nothing_that_the_policy_refuses() -> None:
    """Neither does any template, whatever site it is made for."""
    refused = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org/)")
    for path in sorted((ROOT / "theme").rglob("*.html")):
        if path.name not in DOCUMENTS and "node_modules" not in path.parts:
            assert refused.findall(path.read_text(encoding="utf-8")) == [], path


def test_forms_have_a_policy_of_their_own() -> None:
    """The forms' page may ask the repository's host and style itself; its scripts are held as all others are."""
    told = directives(policy.in_forms(["https://git.example.org"]))
    assert told["connect-src"] == "'self' data: blob: https://git.example.org"
    assert told["script-src"] == directives(policy.in_page())["script-src"]
    assert (told["default-src"], told["base-uri"]) == ("'none'", "'none'")
    assert "trusted-types" not in told, "their program writes HTML itself"
    hosts = {word for value in told.values() for word in value.split() if "//" in word}
    assert hosts == {"https://git.example.org"}
    assert policy.in_forms([]).count("//") == 0


def test_servers_tell_forms_apart() -> None:
    """nginx sends /admin/ its own policy; hosts that add rules up leave each page to carry its own."""
    forms = policy.in_forms(["https://git.example.org"])
    conf = nginx_conf(forms)
    inside = conf.partition("location ^~ /admin/ {")[2].partition("}")[0]
    assert f'add_header Content-Security-Policy "{forms}; frame-ancestors \'none\'" always;' in inside
    assert 'X-Robots-Tag "noindex, nofollow"' in inside and conf.count("https://git.example.org") == 1
    assert "/admin/" not in nginx_conf() + headers_file() and policy.in_page() in headers_file()
    told = headers_file(forms)
    assert "  Content-Security-Policy: frame-ancestors 'none'\n" in told and "script-src" not in told
    assert "\n/admin/*\n  X-Robots-Tag: noindex" in told


def test_documents_may_do_nothing() -> None:
    """Papers, previews, differences: what editors open from disk may show itself by its stylesheet, and no more."""
    carried = (ROOT / "theme/partials/document.html").read_text(encoding="utf-8")
    told = directives(carried.partition('content="')[2].partition('"')[0])
    assert told.pop("style-src") == "'unsafe-inline'" and told.pop("img-src") == "data:"
    assert told == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    for name in DOCUMENTS:
        page = (ROOT / "theme/pages" / name).read_text(encoding="utf-8")
        assert page.count('{% include "partials/document.html" %}') == 1


UNQUOTED = re.compile(r"""<[a-z][^<>]*?\s[\w:-]+=(?!["'])""", re.IGNORECASE)
QUOTED = re.compile(r"""="[^"]*"|='[^']*'""")
TEMPLATING = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)


def test_attributes_are_quoted() -> None:
    """Of 6,613 payloads 6,174 gained a handler where an attribute had no quotes: no template has such a one."""
    for path in sorted((ROOT / "theme").rglob("*.html")):
        if "node_modules" not in path.parts:
            bare = TEMPLATING.sub(lambda found: "x" * found[0].startswith("{{"), path.read_text(encoding="utf-8"))
            assert UNQUOTED.findall(QUOTED.sub('=""', bare)) == [], path
    assert UNQUOTED.search(QUOTED.sub('=""', '<a class="x y=z" href=x>'))


def test_nothing_leaves_autoescape() -> None:
    """`safe` marks a stylesheet and nothing else; no template switches escaping off."""
    unescaped = re.compile(r"\{\{[^}]*\|\s*safe[^}]*\}\}|autoescape\s+false")
    used = {found for path in (ROOT / "theme").rglob("*.html") if "node_modules" not in path.parts
            for found in unescaped.findall(path.read_text(encoding="utf-8"))}
    assert used == {"{{ style | safe }}"}


def test_scripts_make_no_html_of_a_text() -> None:
    """What pages show of a record, an address or a search is put in as text; no script evaluates one."""
    refused = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
                         r"srcdoc|setTimeout\(\s*[\"']")
    scripts = [path for path in (ROOT / "theme").rglob("*.js") if path.is_file() and "admin" not in path.parts]
    assert len(scripts) > 10
    for path in scripts:
        assert refused.findall(path.read_text(encoding="utf-8")) == [], path
