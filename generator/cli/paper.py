"""Level 4. Commands for paper: code, notice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.cli.common import main, options, progress, reported, say, site_at, today
from generator.desk.codes import issue
from generator.desk.notice import post


@main.command("code")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET…")
@click.option("--for", "purpose", type=click.Choice(["门牌", "告示栏", "证书", "其他"]), default="门牌",
              show_default=True, help=say("用在哪里", "What it is for."))
@click.option("--hangs", metavar="TEXT", help=say("张贴处", "Where it hangs."))
@click.option("--another", is_flag=True, help=say("已有短码也另发一个", "Issue one even where there is one."))
@options
def code_command(targets: tuple[str, ...], purpose: str, hangs: str | None, another: bool, config: Path,
                 as_of: date | None, workers: int) -> None:
    """发短码：印在门牌、告示上，永不失效 / Issue short codes: gongshi code area/b3 area/b4."""
    with reported():
        site = site_at(config)
        with progress() as report:
            written = issue(site, targets, purpose, hangs, another, today(site, as_of), workers, report)
        for path in written:
            click.echo(say("已写出：", "Written: ") + str(path))
        click.echo(say("请把这些文件一起提交。", "Commit these files together."), err=True)


@main.command("notice")
@click.argument("areas", nargs=-1, required=True, metavar="AREA…")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="notices", show_default=True,
              metavar="DIR", help=say("写到哪个文件夹", "Where the files go."))
@click.option("--pdf", is_flag=True, help=say("做成 PDF（要 WeasyPrint）", "Make PDF (needs WeasyPrint)."))
@click.option("--plates", is_flag=True, help=say("做二维码牌，不做告示", "Make QR plates instead of boards."))
@click.option("--address", metavar="URL", help=say(
    "二维码用的网址，不写就用设置里的", "What the QR codes begin with, else the configured address."))
@options
def notice_command(areas: tuple[str, ...], out: Path, pdf: bool, plates: bool, address: str | None, config: Path,
                   as_of: date | None, workers: int) -> None:
    """做告示：每栋楼、每个网格一张 A4 / Make notice boards: gongshi notice AREA… [--pdf] [--plates]."""
    with reported():
        site = site_at(config)
        with progress() as report:
            written = post(site, areas, out, today(site, as_of), workers, report, plates=plates, pdf=pdf,
                           address=address)
        for path in written:
            click.echo(say("已写出：", "Written: ") + str(path))
