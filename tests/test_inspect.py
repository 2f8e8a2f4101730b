"""`gongshi inspect` looks through a site that lies there, whoever built it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.sites import BASE

PHONE = "13907330000"
OFFICE = {"people/head.yml": f"title: 某网格长\nsource: press\nrole: 网格长\nground: office\ncontact: {PHONE}\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three files that tells a telephone, with a compressed copy."""
    folder = tmp_path / "download"
    (folder / "people").mkdir(parents=True)
    page = f"<p>电话 {PHONE}</p>".encode()
    (folder / "people/head.html").write_bytes(page)
    (folder / "people/head.html.gz").write_bytes(gzip.compress(page))
    (folder / "index.html").write_text("<p>公示</p>", encoding="utf-8")
    return folder


def test_download_is_looked_through_without_its_records(run: Callable[..., Result], site: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no configuration lies every telephone is told, once and masked, and that offices' are among them."""
    monkeypatch.chdir(site)
    told = run("inspect", ".")
    assert told.exit_code == 1 and told.output.count("[built-personal]") == 1 and PHONE not in told.output
    assert "people/head.html" in told.output and "看了 2 个文件，1 处问题" in told.output and "办公电话" in told.output


def test_records_tell_what_may_be_public(run: Callable[..., Result], make_site: Callable[..., Path], site: Path
                                         ) -> None:
    """With the records at hand an office's telephone is none; a finding would name its record."""
    config = make_site({**BASE, **OFFICE})
    assert run("inspect", str(site), "--config", str(config)).exit_code == 0
    (site / "cases").mkdir()
    (site / "cases/leak.html").write_text(f"<p>{PHONE[:-1]}1</p>", encoding="utf-8")
    told = run("inspect", str(site), "--config", str(config))
    assert told.exit_code == 1 and told.output.count("[built-") == 1 and "content/cases/leak.yml:1:1" in told.output


def test_standing_release_is_taken_and_links_are_not_followed(run: Callable[..., Result], site: Path, tmp_path: Path,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that `build` writes stands for its current release; what is only linked can't be looked into."""
    (tmp_path / "out/releases").mkdir(parents=True)
    site.rename(tmp_path / "out/releases/one")
    (tmp_path / "out/current").symlink_to(tmp_path / "out/releases/one")
    (tmp_path / "out/current/more").symlink_to(tmp_path)
    (tmp_path / "out/current/people/head.html").unlink()
    monkeypatch.chdir(tmp_path)
    told = run("inspect", "out", lang="en_GB.UTF-8")
    assert told.exit_code == 1 and "`more` (a link)" in told.output and "people/head.html.gz" in told.output
    assert "2 files, 2 problem(s)" in told.output
