"""Level 4. Commands for a town's own repository: init, upgrade, migrate."""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator import build
from generator.cli.common import Day, language, main, reported, say, site_at
from generator.desk import hook, init
from generator.desk.init import FORGES, Town
from generator.desk.migrate import migrate
from generator.desk.wheel import own_wheel, vendor
from generator.problem import ContentError, DeskError, Place, Problem
from generator.saving import save

QUESTIONS = {
    "name": say("网站叫什么，例如 清水社区公示", "What the site is called"),
    "operator": say("主办单位全称", "Who publishes it"),
    "contact": say("居民到哪里找你们，例如 社区服务大厅一楼", "Where residents find you"),
    "street": say("街道或镇的名字", "Name of the street or town"),
    "community": say("社区或村的名字", "Name of the community"),
    "estate": say("第一个小区的名字", "Name of the first estate"),
    "repository": say("仓库网址，例如 https://git.example.org/qingshui/gongshi", "Address of the repository"),
    "address": say("网站的网址，例如 https://gongshi.example.org/", "Address of the site"),
}


def attended() -> bool:
    """Whether somebody sits at the terminal and can be asked."""
    return sys.stdin.isatty()


def asked(given: dict[str, str | None], folder: Path) -> Town:
    """Return what the town says: as given on the command line, else as answered where somebody is there to ask."""
    if not attended():
        return Town(**{"name": folder.resolve().name, **{k: _line(v) for k, v in given.items() if v}})
    click.echo(say("没有的直接按回车，以后在 site_config.yml 里补。", "Press Enter where there is none."), err=True)
    answers = {key: _line(given[key] if given[key] is not None else _answer(key, folder)) for key in QUESTIONS
               if key != "repository"}
    forge = given["forge"] or click.prompt(say("代码放在哪个平台", "Which forge"), default="none", err=True,
                                           type=click.Choice([*FORGES]))
    repository = given["repository"]
    if forge != "none" and repository is None:
        repository = _answer("repository", folder)
    return Town(**answers, forge=forge, repository=_line(repository or ""))


def _answer(key: str, folder: Path) -> str:
    default = folder.resolve().name if key == "name" else ""
    return str(click.prompt(QUESTIONS[key], default=default, show_default=bool(default), err=True))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


@main.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help=say("网站叫什么", "What the site is called."))
@click.option("--operator", help=say("主办单位", "Who publishes it."))
@click.option("--contact", help=say("居民到哪里找", "Where residents find you."))
@click.option("--street", help=say("街道或镇", "The street or town."))
@click.option("--community", help=say("社区或村", "The community."))
@click.option("--estate", help=say("第一个小区", "The first estate."))
@click.option("--forge", type=click.Choice([*FORGES]), help=say("代码平台", "The forge."))
@click.option("--repository", metavar="URL", help=say("仓库网址", "The repository's address."))
@click.option("--address", metavar="URL", help=say("网站的网址", "The site's address."))
@click.option("--wheel", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help=say("放进仓库的程序安装包，不写就用这一版", "The program's wheel, else that of this version."))
@click.option("--git", "commit", is_flag=True, help=say("建好 git 仓库并提交", "Make a git repository and commit."))
@click.option("--as-of", type=Day(), metavar="YYYY-MM-DD", help=say("示例从哪天算起", "The day of the examples."))
def init_command(folder: Path, wheel: Path | None, commit: bool, as_of: date | None, **given: str | None) -> None:
    """建一个自己的公示站 / Found a town's own site in a new folder: gongshi init DIR.

    没写的会一项一项问；不在终端里就用默认值。写出的文件夹当场能 check、build。
    """
    with reported():
        init.refuse_if_used(folder)
        town = asked(given, folder)
        day = as_of or datetime.now(ZoneInfo("Asia/Shanghai")).date()
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".gongshi-") as work:
            packed, laid = Path(work, "wheel"), Path(work, "town")
            packed.mkdir()
            laid.mkdir()
            init.lay_out(laid, town, wheel or own_wheel(packed), day)
            site = site_at(laid / "site_config.yml")
            init.add_papers(laid, site)
            content = build.check(site, day, 1, lambda stage, done, total: None)
            folder.mkdir(exist_ok=True)
            for path in sorted(laid.iterdir()):
                os.replace(path, folder / path.name)
        if commit:
            init.first_commit(folder)
            _watch(folder)
        click.echo(say(f"建好了：{folder}，{len(content.register.rows)} 条记录，没有问题。",
                       f"Founded {folder}: {len(content.register.rows)} records, no problem."))
        click.echo(say(f"接着：cd {folder}，看 README.md；gongshi serve 看样子；gongshi hook 让 git 提交前先检查。",
                       f"Next: cd {folder}, read README.md; gongshi serve shows the site; in a git repository, "
                       "gongshi hook has every commit checked first."), err=True)


def _watch(folder: Path) -> None:
    """Have git check every commit of a new town; where git's hooks serve other repositories too, say how to."""
    try:
        hook.install(folder / "site_config.yml")
        click.echo(say("每次提交前会自动检查（gongshi hook）。", "Every commit is checked first (gongshi hook)."),
                   err=True)
    except DeskError as error:
        click.echo(error.line(language()), err=True)


@main.command("upgrade")
@click.argument("wheel", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def upgrade_command(wheel: Path) -> None:
    """换程序：把新安装包放进 wheels/，重写 requirements.txt / Pin another wheel: gongshi upgrade FILE.whl.

    在有 site_config.yml 的文件夹里运行 / Run it where site_config.yml lies.
    """
    with reported():
        if not Path("site_config.yml").is_file():  # some other project's requirements.txt is not ours to write
            raise ContentError([Problem("no-config", Place("site_config.yml", 1, 1))])
        for path in vendor(wheel, Path()):
            click.echo(say("已写出：", "Written: ") + str(path))
        install = "python -m pip install --require-hashes -r requirements.txt"
        click.echo(say(f"接着：{install}；gongshi migrate；gongshi schema。",
                       f"Next: {install}; gongshi migrate; gongshi schema."), err=True)


@main.command("migrate")
@click.option("--config", type=click.Path(path_type=Path), default="site_config.yml", show_default=True,
              help=say("配置文件", "The configuration file."))
@click.option("--write", is_flag=True, help=say("写进文件；不加只看", "Write the files; else only show."))
def migrate_command(config: Path, write: bool) -> None:
    """换了新程序以后，把设置和记录改成新写法 / Bring a site to the format of this program; shows first.

    注释和没变的行都不动。看过以后加 --write，再 check、提交。
    """
    with reported():
        if not config.is_file():
            raise ContentError([Problem("no-config", Place(str(config), 1, 1))])
        done = migrate(config)
        if not done.steps:
            click.echo(say(f"已经是第 {done.before} 版写法，不用改。", f"Format {done.before} already: nothing to do."))
            return
        for number, step in enumerate(done.steps, done.before + 1):
            click.echo(say(f"第 {number} 版：{step.about[0]}", f"Format {number}: {step.about[1]}"))
        for path, (before, after) in done.files.items():
            click.echo(str(path))
            changes = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
            for line in [*changes][2:]:
                if not line.startswith("@@"):
                    click.echo(f"  {line}")
        if write:
            save({path: after.encode() for path, (_, after) in done.files.items()})
        click.echo(say(f"改了 {len(done.files)} 个文件。接着：gongshi check，再提交。" if write else
                       f"要改 {len(done.files)} 个文件，还没有改。看过以后加 --write。",
                       f"{len(done.files)} files changed. Next: gongshi check, then commit." if write else
                       f"{len(done.files)} files would change. Add --write to change them."), err=True)
