"""Compressed copies: what they unpack to, which files have one, and that they never count as content."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from generator.publish import compress
from generator.publish.compress import ENDINGS, LEAST
from tests.sites import BASE, CONFIG, build_site, tree, write_site

COMPRESSED = CONFIG.replace("{as_of", "{compress: true, as_of")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with compressed copies; only to be looked at."""
    root = tmp_path_factory.mktemp("compressed")
    return build_site(write_site(root, BASE, COMPRESSED), root / "site", workers=2)


def test_copies_unpack_to_their_files(release: Path) -> None:
    """Every text that shrinks has a copy that unpacks to exactly it, pages, stylesheet and script included."""
    copies = {path.relative_to(release).as_posix() for path in release.rglob("*.gz")}
    assert {"index.html.gz", "cases/leak.html.gz"} <= copies
    assert {path.partition(".")[0] for path in copies if path.startswith("assets/")} >= {"assets/gongshi"}
    for path in copies:
        assert gzip.decompress((release / path).read_bytes()) == (release / path.removesuffix(".gz")).read_bytes()
    large = {p for p in tree(release) if p.endswith(ENDINGS) and (release / p).stat().st_size > 8 * LEAST}
    assert large - {path.removesuffix(".gz") for path in copies} == {"manifest.json"}


def test_copies_are_brotli_too(release: Path) -> None:
    """Where the module is there, every page has a copy in brotli, smaller than the other."""
    brotli = pytest.importorskip("brotli")
    page = release / "cases/leak.html"
    packed = page.with_name("leak.html.br").read_bytes()
    assert brotli.decompress(packed) == page.read_bytes()
    assert len(packed) < page.with_name("leak.html.gz").stat().st_size


def test_manifest_names_the_encodings_and_no_copy(release: Path) -> None:
    """The manifest vouches for what is packed, so that another zlib gives the same release."""
    manifest = json.loads((release / "manifest.json").read_bytes())
    assert manifest["compressed"].startswith("gzip")
    assert not [path for path in manifest["files"] if path.endswith((".gz", ".br"))]


def test_same_content_gives_the_same_copies(release: Path, tmp_path: Path) -> None:
    """No clock and no path is in a copy: one worker elsewhere makes the same bytes."""
    again = build_site(write_site(tmp_path, BASE, COMPRESSED), tmp_path / "site")
    assert tree(again) == tree(release)


def test_switching_copies_on_makes_a_release(release: Path, tmp_path: Path) -> None:
    """The same content without copies is another release: nothing is left as it was by mistake."""
    plain = build_site(write_site(tmp_path, BASE), tmp_path / "site")
    assert plain.name != release.name and not list(plain.rglob("*.gz"))


def test_what_does_not_shrink_has_no_copy(tmp_path: Path) -> None:
    """Small files and bytes without order are left alone."""
    digits = "".join(str(number * 2654435761 % 2**32) for number in range(20_000))
    (tmp_path / "small.css").write_bytes(b"a" * (LEAST - 1))
    (tmp_path / "packed.json").write_bytes(gzip.compress(digits.encode(), 9, mtime=0))
    compress(tmp_path, ["small.css", "packed.json"])
    assert {p.name for p in tmp_path.iterdir()} == {"small.css", "packed.json"}
