"""The theme's own stylesheets, scripts and pictures: files of `theme/assets`, under names that carry their digest.

A folder there is one asset in parts, joined in the order of their names: `gongshi.css/01-tokens.css` and the others
are served as `gongshi.css`, without their comments. A town's part of the same name takes the place of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.digest import sha256

COMMENT = re.compile(rb"^[ \t]*/\*.*?\*/\s*", re.DOTALL | re.MULTILINE)
"""A comment of a stylesheet that begins its line: a tenth of what a phone would load."""


def assets(themes: Sequence[Path]) -> dict[str, bytes]:
    """Return every asset by its name, in the order of names. themes: folders, the first with a file wins."""
    found: dict[str, Path] = {}
    for folder in reversed(themes):
        root = folder / "assets"
        found.update({p.relative_to(root).as_posix(): p for p in (*root.glob("*"), *root.glob("*/*")) if p.is_file()})
    whole: dict[str, bytes] = {}
    for name, path in sorted(found.items()):
        asset = name.partition("/")[0]
        whole[asset] = whole.get(asset, b"") + _served(path)
    return whole


def _served(path: Path) -> bytes:
    data = path.read_bytes()
    return COMMENT.sub(b"", data) if path.suffix == ".css" else data


def asset_names(themes: Sequence[Path]) -> dict[str, str]:
    """Return the path below the root of every asset, by its name; it carries the digest of the content."""
    return {name: _path(name, data) for name, data in assets(themes).items()}


def write_assets(themes: Sequence[Path], target: Path, made: Mapping[str, bytes]) -> dict[str, str]:
    """Write every asset, and those `made`, below `target` under a name that carries its digest.

    Returns: name -> path below the root.
    """
    target.mkdir(parents=True, exist_ok=True)
    whole = {**assets(themes), **made}
    names = {name: _path(name, data) for name, data in whole.items()}
    for name, data in whole.items():
        (target / names[name].rpartition("/")[2]).write_bytes(data)
    return names


def _path(name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{sha256(data)[:8]}.{ending}"
