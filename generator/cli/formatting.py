"""Level 4. The command fmt: records in one form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.common import main, reported, say, site_at
from generator.desk.fmt import reformat
from generator.saving import save


@main.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--check", is_flag=True, help=say("只列出要整理的文件，什么都不改；有就以 1 退出",
                                                "Only list what would change, and exit with 1 if anything would."))
@click.option("--config", type=click.Path(path_type=Path), default="site_config.yml", show_default=True,
              help=say("配置文件", "The configuration file."))
def fmt_command(paths: tuple[Path, ...], check: bool, config: Path) -> None:
    """整理记录的写法：字段按固定次序，两格缩进，引号只在需要处 / Put records into one form: gongshi fmt [PATH]...

    不写路径就整理全部内容。意思和注释都不变；再整理一次什么都不改。定榜与更正由命令写出，不碰。
    网页表单存下的文件整理以后，与原来只差改动的几行。

    Without a path, all of the content. Values and comments stay; what commands write (outcomes, corrections) is left.
    """
    with reported():
        site = site_at(config)
        found = reformat(site, paths)
        for path in found:
            click.echo(str(path.relative_to(site.root)))
        if not check:
            save(found)
        count = len(found)
        done = say(f"要整理 {count} 个文件。", f"{count} file(s) to be formatted.") if check else say(
            f"整理了 {count} 个文件。", f"{count} file(s) formatted.")
        click.echo(done, err=True)
        sys.exit(1 if check and found else 0)
