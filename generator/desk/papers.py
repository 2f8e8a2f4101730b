"""`gongshi schema`: what stands beside the content for editors: schemas, VS Code's settings, templates, field pages.

All of it derives from the models and the configuration; the templates of the forges lie in `generator/town/forge/`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.config import Site
from generator.problem import DeskError
from generator.records import kinds
from generator.reference import pages, schema
from generator.saving import save

SOURCES = Path(__file__).resolve().parent.parent / "town" / "forge"
TREES = {"github": "github", "gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea"}
"""Whose templates a repository gets. Forgejo reads what is Gitea's, and both read GitHub's where there are none."""
SETTINGS = ".vscode/settings.json"
FIELDS = "docs/fields"


def papers(site: Site) -> dict[str, str]:
    """Return every file that `gongshi schema` writes, by its path from the folder of the configuration."""
    content, repository = site.settings.content, site.settings.repository
    return {
        **{f"{schema.FOLDER}/{name}.json": schema.written(one) for name, one in schema.schemas().items()},
        SETTINGS: _json(_settings(content)),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        **_templates(_forges(site)),
        **{f"{FIELDS}/{path}": text for path, text in pages.pages(repository, content).items()}}


def write_papers(site: Site, out: Path) -> list[str]:
    """Write these files below `out` and return the paths of those that were not there like this.

    What else stands in VS Code's settings is kept. Raises: DeskError, with nothing written, where that can't be read.
    """
    wanted = papers(site)
    wanted[SETTINGS] = _merged(out / SETTINGS, wanted[SETTINGS])
    changed = [path for path, text in wanted.items() if not _stands(out / path, text)]
    save({out / path: wanted[path].encode() for path in changed})
    return changed


def _stands(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _forges(site: Site) -> list[str]:
    """Return whose templates a site needs: its forge's, else theirs whose folder stands there already."""
    if site.settings.repository:
        return [TREES[site.settings.repository.forge]]
    return [tree for tree in dict.fromkeys(TREES.values()) if (site.root / f".{tree}").is_dir()]


def _templates(trees: list[str]) -> dict[str, str]:
    """Return the templates of issues and merge requests of some forges, by the paths where these look for them."""
    return {path.relative_to(SOURCES / tree).as_posix(): path.read_text(encoding="utf-8")
            for tree in trees for path in sorted((SOURCES / tree).rglob("*")) if path.is_file()}


def _settings(content: str) -> dict[str, Any]:
    """Return VS Code's settings: which schema is meant for which files, hints while typing, nothing asked elsewhere."""
    return {
        "yaml.schemas": {
            **{f"./{schema.FOLDER}/{kind}.json": _globs(f"{content}/{one.folder}") for kind, one in kinds().items()},
            f"./{schema.FOLDER}/{schema.SITE}.json": ["site_config.yml"]},
        "yaml.schemaStore.enable": False, "yaml.format.enable": False, "redhat.telemetry.enabled": False,
        "files.associations": dict.fromkeys(_globs(content), "yaml"),
        "files.encoding": "utf8", "files.eol": "\n", "files.insertFinalNewline": True,
        "[yaml]": {"editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
                   "editor.insertSpaces": True, "editor.tabSize": 2, "editor.wordWrap": "on"}}


def _globs(folder: str) -> list[str]:
    return [f"{folder}/**/*.yml", f"{folder}/**/*.yaml"]


def _merged(path: Path, text: str) -> str:
    """Return our settings over those in the file at `path`. Raises: DeskError where it holds no plain JSON object."""
    if not path.is_file():
        return text
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
        return _json({**there, **json.loads(text)})
    except (ValueError, TypeError) as error:
        raise DeskError("bad-settings", path=str(path), reason=str(error)) from None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
