"""The two towns that payloads are put into, and what else is made of one: papers, previews, differences."""

from __future__ import annotations

from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options

from generator import build, cli
from generator.desk.diff import difference
from generator.desk.diff.markdown import as_markdown
from generator.desk.diff.page import as_page
from generator.desk.notice import post
from generator.desk.preview import save_preview
from generator.desk.whatif import whatif
from tests.repositories import git
from tests.sites import ROOT, quiet
from tests.test_conformance import example_files
from tests.xss.town import Filled, fill, hostile_settings

SMALL = """\
identity: {name: 清水公示}
publication: {as_of: 2026-06-30}
languages: [zh, en]
sections:
  - {page: find}
  - {kind: case}
  - {page: stars, group: 榜}
  - {page: notices, group: 纸}
"""


def small(payloads: tuple[str, ...], root: Path) -> Filled:
    """Fill a town of every kind's example: some 200 pages."""
    return fill(example_files(), payloads, root, hostile_settings(payloads, SMALL))


def large(payloads: tuple[str, ...], root: Path) -> Filled:
    """Fill the repository's own town, all of its boards, stars, plots, plans, notices and manuals: some 1,500 pages."""
    content = ROOT / "content"
    moulds = {path.relative_to(content).as_posix(): path.read_text(encoding="utf-8") if path.suffix == ".yml"
              else path.read_bytes() for path in content.rglob("*") if path.is_file()}
    settings = (ROOT / "site_config.yml").read_text(encoding="utf-8")
    return fill(moulds, payloads, root, hostile_settings(payloads, settings))


def built(filled: Filled) -> Path:
    """Publish a town and return the release's folder."""
    site = cli.site_at(filled.config)
    build.build(site, filled.config.parent / "site", cli.today(site, None), 2, quiet, "")
    return (filled.config.parent / "site/current").resolve()


def pages(release: Path) -> list[str]:
    """Return the addresses of all pages of a release."""
    return sorted(path.relative_to(release).as_posix() for path in release.rglob("*.html"))


def documents(filled: Filled, out: Path, area: str, scheme: str, moulds: dict[str, str | bytes]) -> list[Path]:
    """Write what commands make of a town for its editors: a notice, a preview of a rule, a difference.

    moulds: the town as it was, the base of the difference; its comment is shown as by a forge that lets all HTML in.
    """
    site, root = cli.site_at(filled.config), filled.config.parent
    day = cli.today(site, None)
    made = post(site, [area], out / "paper", day, 1, quiet, address="https://example.org")
    rule = root / "content/schemes" / f"{scheme}.yml"
    save_preview(whatif(site, scheme, rule, day, 1, quiet), scheme, site.themes, out / "whatif.html")
    hostile = {path: (root / "content" / path).read_bytes() for path in moulds}
    for path, text in moulds.items():
        (root / "content" / path).write_bytes(text.encode() if isinstance(text, str) else text)
    (root / ".gitignore").write_text("site/\n.cache/\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "更新")
    for path, text in hostile.items():
        (root / "content" / path).write_bytes(text)
    found = difference(filled.config, "HEAD", cli.site_at, lambda site: day, 1, quiet)
    (out / "diff.html").write_text(as_page(found, site.themes, "zh"), encoding="utf-8")
    comment = cmarkgfm.github_flavored_markdown_to_html(as_markdown(found, "zh"), Options.CMARK_OPT_UNSAFE)
    (out / "comment.html").write_text(f'<!doctype html><meta charset="utf-8"><main id="main">{comment}</main>', "utf-8")
    return [*made, out / "whatif.html", out / "diff.html", out / "comment.html"]
