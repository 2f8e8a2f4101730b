"""The theme's own files: joined from parts, a town's part before ours, named by digest."""

from pathlib import Path

from generator.digest import sha256
from generator.render.assets import assets, write_assets


def put(folder: Path, files: dict[str, str]) -> Path:
    """Write the assets of a theme and return its folder."""
    for name, text in files.items():
        (folder / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "assets" / name).write_text(text, encoding="utf-8")
    return folder


def test_assets_parts(tmp_path: Path) -> None:
    """A folder is one asset, its parts joined in the order of their names."""
    theme = put(tmp_path, {"site.css/20-b.css": "b", "site.css/10-a.css": "a", "icon.svg": "i"})
    assert assets([theme]) == {"icon.svg": b"i", "site.css": b"ab"}


def test_assets_town(tmp_path: Path) -> None:
    """A town's part of the same name takes the place of ours; a new one joins in."""
    ours = put(tmp_path / "ours", {"site.css/10-a.css": "a", "site.css/20-b.css": "b"})
    town = put(tmp_path / "town", {"site.css/10-a.css": "x", "site.css/99-z.css": "z"})
    assert assets([town, ours]) == {"site.css": b"xbz"}


def test_assets_without_comments(tmp_path: Path) -> None:
    """A stylesheet is served without the comments that stand on lines of their own; what a rule holds stays."""
    rule = "a { content: \"/* no */\"; }\n"
    theme = put(tmp_path, {"a.css": f"/* one\n   two */\n{rule}  /* three */\n{rule}", "a.js": "/* kept */\n"})
    assert assets([theme]) == {"a.css": (rule * 2).encode(), "a.js": b"/* kept */\n"}


def test_write_assets(tmp_path: Path) -> None:
    """The name carries the digest of the joined bytes, and the file holds them."""
    theme = put(tmp_path / "theme", {"site.css/10-a.css": "a", "site.css/20-b.css": "b"})
    names = write_assets([theme], tmp_path / "out", {"en.js": b"c"})
    assert names == {"en.js": f"assets/en.{sha256(b'c')[:8]}.js", "site.css": f"assets/site.{sha256(b'ab')[:8]}.css"}
    assert (tmp_path / "out" / names["site.css"].removeprefix("assets/")).read_bytes() == b"ab"
