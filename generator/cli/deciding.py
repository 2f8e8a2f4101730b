"""Level 4. Commands about outcomes: close, correct, whatif."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.cli.common import main, options, progress, reported, say, site_at, today
from generator.desk.freeze import close, correct
from generator.desk.preview import print_preview, save_preview
from generator.desk.whatif import whatif


@main.command("close")
@click.argument("scheme")
@click.argument("period")
@options
def close_command(scheme: str, period: str, config: Path, as_of: date | None, workers: int) -> None:
    """定榜：把过完的一期写成不再改变的记录 / Freeze a period that is over: gongshi close SCHEME 2026-Q3.

    简报写系列的名字 / For bulletins name their series: gongshi close 一周一调度 2026-W47.
    """
    with reported():
        site = site_at(config)
        with progress() as report:
            written = close(site, scheme, period, today(site, as_of), workers, report)
        for path in written:
            click.echo(say("已写出：", "Written: ") + f"{path}、{path.stem}.json")
        click.echo(say("请把这些文件一起提交。", "Commit these files together."), err=True)


@main.command("correct")
@click.argument("outcome")
@click.option("--reason", required=True, help=say("为什么更正", "Why it is corrected."))
@click.option("--decided-by", required=True, help=say("谁决定更正", "Who decided on it."))
@options
def correct_command(outcome: str, reason: str, decided_by: str, config: Path, as_of: date | None, workers: int) -> None:
    """更正定榜：另写一条更正，前后对照 / Publish a correction of a frozen outcome, before and after."""
    with reported():
        site = site_at(config)
        with progress() as report:
            path = correct(site, outcome, reason, decided_by, today(site, as_of), workers, report)
        click.echo(say("已写出：", "Written: ") + f"{path}、{path.stem}.json")


@main.command("whatif")
@click.argument("scheme")
@click.option("--with", "changed", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              metavar="FILE", help=say("改过的办法（YAML）", "The changed rule (YAML)."))
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=say("另存为网页", "Write it as a page, too."))
@options
def whatif_command(scheme: str, changed: Path, html: Path | None, config: Path, as_of: date | None, workers: int
                   ) -> None:
    """预演改规则：谁会升、谁会降 / Preview a changed rule: who would move."""
    with reported():
        site = site_at(config)
        with progress() as report:
            previews = whatif(site, scheme, changed, today(site, as_of), workers, report)
        print_preview(previews, say)
        if html:
            save_preview(previews, scheme, site.themes, html)
            click.echo(say("网页：", "Page: ") + str(html))
