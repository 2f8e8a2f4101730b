"""Level 4. What stands before a commit and after it: `hook`, and what `check` says of the index and of the history."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from generator.cli.common import Telling, config_option, language, main, reported, say, site_at, tell
from generator.config import Site
from generator.desk.hook import LINE, install
from generator.findings import Finding, plain
from generator.problem import ContentError, Problem


@contextmanager
def staged(config: Path) -> Iterator[Path]:
    """Give the configuration of a copy of what is staged; where its check fails, say what to do before exiting."""
    from generator.desk import copies  # what only this needs

    with reported(), copies.staged(config) as copy:
        try:
            yield copy
        except SystemExit as ended:
            if ended.code:
                click.echo(say(
                    "还没有提交。改好后 git add 再来；不该提交的文件用 git restore --staged 文件名 退出暂存。\n"
                    "号码一旦提交并推送，就算已经公开：以后再删，历史里也还有。",
                    "Nothing is committed yet. Mend it and git add again; git restore --staged FILE takes a file out.\n"
                    "A number that was ever pushed counts as published: deleted later, it stays in the history."),
                    err=True)
            raise


@contextmanager
def with_loose(config: Path, copy: Path, notes: list[Finding]) -> Iterator[None]:
    """Let what is checked in a copy carry the editor's own names, and add the Problems of lists staged elsewhere.

    notes: takes what nothing fails for.
    """
    from generator.desk import copies

    found: list[Problem] = []
    try:
        yield
    except ContentError as error:
        found += (replace(one, place=replace(one.place, path=str(config))) if one.place.path == str(copy) else one
                  for one in error.problems)
    if copy.is_file():
        for one in map(graded, copies.loose(config)):
            if one.level == "note":
                notes.append(one)
            elif one.problem not in found:
                found.append(one.problem)
    if found:
        raise ContentError(found)


def graded(problem: Problem) -> Finding:
    """Return a Problem as a finding: nothing fails for a photo that says where it was taken."""
    from generator.desk.past import PLACED

    return Finding(problem, "note" if problem.code == PLACED else "error")


def tell_past(site: Site, asked: str, telling: Telling) -> None:
    """Print what is personal in a site's history, commit by commit, and how to mend it; exit with 1 if there is any."""
    from generator.desk.past import past

    found = past(site, asked)
    findings = [graded(one) for one in found.problems]
    wrong = sum(one.level == "error" for one in findings)
    if telling.format == "text":
        for one in findings:
            click.echo(f"{one.problem.values['day']} {plain([one], language())}", nl=False)
    else:
        tell(findings, telling)
    if not found.whole:
        click.echo(say("这个仓库只取了一部分历史，更早的没有看：git fetch --unshallow 之后再来。",
                       "This clone is shallow, older commits were not seen: git fetch --unshallow, then run it again."),
                   err=True)
    click.echo(say(f"看了 {found.commits} 次提交、{found.contents} 份内容，{wrong} 处问题。",
                   f"{found.commits} commits, {found.contents} contents, {wrong} problem(s)."),
               err=telling.by_program)
    if wrong:
        click.echo(say(MEND, MEND_ENGLISH), err=True)
        sys.exit(1)


MEND = """\
每行是：日期 提交:文件:行:列。看原文：git show 提交:文件（没有文件名的，问题在提交说明里）。
删掉文件不够，历史里还有；推送过就算已经公开。依次：
1. 先告诉负责人，让它失效：换号、挂失、改密码。身份证号换不了，要告诉本人。
2. 改写历史：先 git clone --mirror 留底（事后销毁），把号码一行一个写进仓库外面的文件 X，
   git filter-repo --replace-text X --replace-message X；整个文件：git filter-repo --invert-paths --path 文件。
   再强制推送，大家重新克隆；请平台清缓存、删复制仓（fork）。
3. 重新 gongshi build；删掉还留着它的旧发布（releases/ 里的）和搜索引擎的快照。
4. 《个人信息保护法》第五十七条：立即补救，通知主管部门和本人：哪些信息、什么原因、可能的危害，已经怎样补救，
   本人可以怎样防范，怎样找到你们。"""
MEND_ENGLISH = """\
Each line is: day commit:file:line:column. git show COMMIT:FILE shows it (without a file: the commit's message).
Deleting the file is not enough: what was ever pushed is published. In this order:
1. Tell whoever is responsible and make it worthless: new number, blocked card. An ID number stays: tell the person.
2. Rewrite history: keep git clone --mirror (destroy it later), put the numbers, one a line, into a file X elsewhere,
   git filter-repo --replace-text X --replace-message X; for whole files git filter-repo --invert-paths --path FILE.
   Push with force, let all clone anew, ask the forge to drop its caches and the forks.
3. gongshi build again; delete the releases that still hold it, and ask search engines to forget it.
4. PIPL article 57: remedy at once, tell the authority and the person: what, why, which harm, what was done, what
   they can do themselves, how to reach you."""


@main.command("hook")
@config_option
def hook_command(config: Path) -> None:
    """提交前自动检查：装好 git 的钩子 / Have git check what is about to be committed, before every commit.

    \b
    写一个 pre-commit 钩子，每次提交前运行 gongshi check --staged；已有别的钩子就不动，只说怎样加一行。
    停用：删掉那个文件。只跳过一次：git commit --no-verify（跳过的，合并前 CI 还会查）。
    用 pre-commit 工具的：本项目的 .pre-commit-hooks.yaml 里有 gongshi-check。
    \b
    Writes a pre-commit hook that runs gongshi check --staged. Another hook is left alone.
    """
    with reported():
        path = install(site_config(config))
        click.echo(say(f"装好了：{path}。以后每次提交前自动检查（{LINE.partition(' ||')[0]}）。",
                       f"Installed {path}: every commit is checked first ({LINE.partition(' ||')[0]})."))


def site_config(config: Path) -> Path:
    """Return a configuration file that describes a site. Raises: ContentError."""
    site_at(config)
    return config
