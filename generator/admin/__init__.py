"""Level 2. The forms at /admin/: what an editor's browser loads, and what tells it which kinds there are.

The program is Sveltia CMS, bundled from npm by `make admin` into theme/admin/dist; a build only copies it, and writes
`config.json` and `index.html` beside. No page leads there, and nothing there asks another host than the repository's.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator import policy
from generator.admin.config import ICON, config
from generator.config import Site
from generator.digest import canonical
from generator.problem import DeskError

__all__ = ["FOLDER", "config", "files", "policy_of"]

FOLDER = "admin"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of everything below /admin/, nothing where the site does without.

    Raises: DeskError where forms are asked for and their program was not made.
    """
    if site.settings.admin is None:
        return
    source = next((theme / FOLDER for theme in site.themes if (theme / FOLDER / "dist/admin.js").is_file()), None)
    if source is None:
        raise DeskError("admin-not-made")
    page = (source / "index.html").read_text(encoding="utf-8")
    gaps = {"{{ policy }}": policy_of(site), "{{ name }}": escape(site.settings.identity.name)}
    for gap, text in gaps.items():
        page = page.replace(gap, text)
    yield f"{FOLDER}/index.html", page.encode()
    yield f"{FOLDER}/{ICON}", _icon(site)
    yield f"{FOLDER}/config.json", canonical(config(site.settings))
    for path in sorted((source / "dist").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield f"{FOLDER}/{path.relative_to(source / 'dist').as_posix()}", path.read_bytes()


def _icon(site: Site) -> bytes:
    """Return the site's own icon, which stands over the sign-in."""
    return next(path for theme in site.themes if (path := theme / "assets" / ICON).is_file()).read_bytes()


def policy_of(site: Site) -> str:
    """Return what the forms' page may do: nothing on another host than the repository's."""
    return policy.in_forms(hosts(site))


def hosts(site: Site) -> tuple[str, ...]:
    """Return the hosts that the forms may ask: where the repository stands."""
    repository = site.settings.repository
    if repository is None:
        return ()
    return ("https://api.github.com",) if repository.host == "https://github.com" else (repository.host,)
