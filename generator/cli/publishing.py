"""Level 4. Commands that read the whole content: check, build, serve."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator import build, load, search
from generator.cli.common import (
    Telling,
    findings_options,
    head_of,
    main,
    options,
    progress,
    reported,
    say,
    site_at,
    today,
)
from generator.config import Site
from generator.data import Row
from generator.execute import collect_rarely
from generator.findings import Finding
from generator.problem import ContentError, Place, Problem
from generator.render.term import provisional


def publish(config: Path, as_of: date | None, workers: int, out: Path | None, hasty: bool = False) -> Path:
    """Build the site that `config` describes, publish it, and return the release's folder. hasty: search stays."""
    site = site_at(config)
    target = out or site.root / site.settings.publication.out
    try:
        with progress() as report:
            return build.build(site, target, today(site, as_of), workers, report, head_of(site.root), hasty)
    except ContentError as error:
        raise ContentError(load.locate(site.root, error.problems)) from None


def note_search() -> None:
    """Say so where sites are built without a search."""
    if not search.installed():
        click.echo(say("没有装站内搜索，搜索页只有目录。要装：pip install pagefind_bin==1.5.2",
                       "Without a site search, only lists: pip install pagefind_bin==1.5.2"), err=True)


out_option = click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=say(
    "输出文件夹：DIR/releases/<版本>/ 与链接 DIR/current", "Where releases go: DIR/releases/<id>/ and DIR/current."))


@main.command()
@options
@findings_options
def check(config: Path, as_of: date | None, workers: int, form: str, report: Path | None) -> None:
    """检查全部内容 / Check all content.

    退出码：0 没有问题，1 有问题，2 用法不对。/ Exits with 0 clean, 1 problems, 2 wrong use.
    """
    collect_rarely()
    telling = Telling(form, report, config.parent)
    with reported(telling) as found:
        site = site_at(config)
        with progress() as watch:
            content = build.check(site, today(site, as_of), workers, watch)
        found += (Finding(_provisional(site, row, end), "note")
                  for row, end in provisional(content.register, today(site, as_of)))
        found += (Finding(noted, "note") for noted in load.noted((n for b in content.batches for n in b.notes), site))
        count = len(content.register.rows)
        click.echo(say(f"{count} 条记录，没有问题。", f"{count} records, no problem."), err=telling.by_program)


def _provisional(site: Site, row: Row, end: date) -> Problem:
    return Problem("provisional-end", Place(f"{site.settings.content}/{row.path}", 1, 1),
                   {"end": end, "year": end.year})


@main.command("build")
@options
@findings_options
@out_option
def build_command(config: Path, as_of: date | None, workers: int, out: Path | None, form: str, report: Path | None
                  ) -> None:
    """生成并发布到 OUT/current / Build and publish to OUT/current."""
    collect_rarely()
    telling = Telling(form, report, config.parent)
    with reported(telling):
        release = publish(config, as_of, workers, out)
        click.echo(say("已发布：", "Published: ") + str(release), err=telling.by_program)
        note_search()


@main.command("serve")
@options
@out_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say("端口", "The port."))
def serve_command(config: Path, as_of: date | None, workers: int, out: Path | None, port: int) -> None:
    """本地预览，改动即刷新 / Preview on this machine, reloading on every change.

    搜索停在启动时的内容；上线的网站用 build 生成。/ Search stays as it was at the start; build what goes online.
    """

    from generator.serve import serve

    def rebuild() -> bool:
        try:
            with reported():
                publish(config, as_of, workers, out, hasty=True)
        except (SystemExit, OSError) as error:
            if isinstance(error, OSError):  # an editor's own file that came and went
                click.echo(str(error), err=True)
            click.echo(say("网页仍是上一次成功生成的。", "The pages are still those of the last good build."), err=True)
            return False
        click.echo(say("已重新生成。", "Built again."), err=True)
        return True

    with reported():
        publish(config, as_of, workers, out)
        site = site_at(config)
        folders = [p for p in (site.content, *site.themes, site.manuals) if p and p.is_dir()]
        current = (out or site.root / site.settings.publication.out) / "current"
    try:
        serve(current, port, config.resolve(), folders, rebuild, lambda address: click.echo(
            say(f"预览地址：{address}（按 Ctrl-C 停止）", f"Preview at {address} (Ctrl-C stops)")))
    except OSError as error:
        click.echo(say(f"端口 {port} 用不了（{error.strerror}），换一个：--port 8001",
                       f"port {port} can't be used ({error.strerror}); try --port 8001"), err=True)
        sys.exit(1)
