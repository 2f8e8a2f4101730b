"""Level 4. `inspect`: a site that was built, or downloaded, is looked through for what must not be public."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from generator import build, gate, painting, publish
from generator.cli.common import Telling, findings_options, main, options, progress, reported, say, site_at, tell, today
from generator.execute import collect_rarely
from generator.findings import Finding
from generator.problem import Place, Problem


@main.command("inspect")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@options
@findings_options
def inspect_command(folder: Path, config: Path, as_of: date | None, workers: int, form: str, report: Path | None
                    ) -> None:
    """查一遍做好的网站，每个文件都打开看 / Look through a built site, every file of it.

    DIR 是 build 的输出文件夹、其中一个版本，或下载下来的网站。有 site_config.yml 时，按记录认得哪些电话本来就公开。
    退出码：0 没有，1 有不该公开的，2 用法不对。/ DIR is what build wrote, a release of it, or a downloaded site. With a
    site_config.yml its records tell which telephones are public. Exits with 0 clean, 1 findings, 2 wrong use.
    """
    collect_rarely()
    telling = Telling(form, report, folder)
    standing = folder / "current"
    root = (standing if standing.is_dir() and (folder / "releases").is_dir() else folder).resolve()
    with reported(telling):
        ground = _ground(config, as_of, workers) if config.is_file() else gate.Ground()
        if not config.is_file():
            click.echo(say("没有 site_config.yml：办公电话也会列出来。",
                           "No site_config.yml: telephones of offices are listed as well."), err=True)
        paths, links = _files(root)
        found = painting.look_through(root, paths, ground, workers)
        found += [Problem("built-unseen", Place(path), {"page": path, "what": "a link"}) for path in links]
    tell([Finding(problem) for problem in found], telling)
    click.echo(say(f"看了 {len(paths)} 个文件，{len(found)} 处问题。", f"{len(paths)} files, {len(found)} problem(s)."),
               err=bool(found) or telling.by_program)
    sys.exit(bool(found))


def _ground(config: Path, as_of: date | None, workers: int) -> gate.Ground:
    site = site_at(config)
    with progress() as watch:
        content = build.check(site, today(site, as_of), workers, watch)
    return painting.ground_of(site, content.batches, content.register, content.prose, content.withheld)


def _files(root: Path) -> tuple[list[str], list[str]]:
    """Return the files to look into and the links that nobody follows, sorted."""
    files: list[Path] = []
    links: list[Path] = []
    for below, folders, names in os.walk(root):
        inside = Path(below)
        links += [path for path in map(inside.joinpath, (*folders, *names)) if path.is_symlink()]
        files += [path for path in map(inside.joinpath, names) if not path.is_symlink() and not _is_copy(path)]
    found = [sorted(path.relative_to(root).as_posix() for path in some) for some in (files, links)]
    return found[0], found[1]


def _is_copy(path: Path) -> bool:
    """Whether a file is the compressed copy of another beside it, byte for byte."""
    if path.suffix not in publish.COPIES or not path.with_suffix("").is_file():
        return False
    try:
        return publish.decompressed(path.read_bytes(), path.suffix) == path.with_suffix("").read_bytes()
    except ValueError:
        return False
