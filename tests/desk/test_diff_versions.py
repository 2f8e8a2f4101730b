"""Which versions `gongshi diff` compares, how it takes them out of git, and what it says where that can't be."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.desk.diff import Difference
from generator.problem import DeskError
from tests.repositories import codes, entries, git, told, town
from tests.sites import BASE, CONFIG, tree, write_site

Run = Callable[..., Result]

LEAK = BASE["cases/leak.yml"]
LAMP = {"cases/lamp.yml": LEAK.replace("楼道漏水", "楼灯不亮")}
BROKEN = {"cases/bad.yml": "title: 坏了\nsource: press\n"}


def added(found: Difference) -> list[str]:
    """Return the keys of the records that are new."""
    return [entry.key for entry in entries(found, "added")]


def test_two_commits_are_compared(tmp_path: Path) -> None:
    """`BASE..HEAD` compares what the two commits hold, whatever lies in the working tree; left out, a side is HEAD."""
    site = town(tmp_path)
    first = git(site.root, "rev-parse", "HEAD")
    second = site.commit(LAMP)
    site.write({"cases/other.yml": LEAK})
    assert added(site.diff(f"{first}..{second}")) == added(site.diff(f"{first}..")) == ["case/lamp"]
    assert told(site.diff("..HEAD~1"), "removed") == {"case/lamp": {}}
    assert added(site.diff(first)) == ["case/lamp", "case/other"] and added(site.diff()) == ["case/other"]


def test_three_dots_count_from_where_both_parted(tmp_path: Path) -> None:
    """`BASE...HEAD` tells what the branch brings, not what came into BASE since."""
    site = town(tmp_path)
    git(site.root, "checkout", "-q", "-b", "draft")
    site.commit(LAMP)
    git(site.root, "checkout", "-q", "main")
    site.commit({"cases/other.yml": LEAK})
    assert added(site.diff("main...draft")) == ["case/lamp"] and "removed" not in codes(site.diff("main...draft"))
    assert list(told(site.diff("main..draft"), "removed")) == ["case/other"]


def test_site_below_the_top_and_chinese_names(tmp_path: Path) -> None:
    """A site in a folder of its repository is found, and files with Chinese names are compared."""
    site = town(tmp_path, {"pages/公告.md": "# 公告\n\n一。\n"}, inside="站点")
    first = git(site.root, "rev-parse", "HEAD")
    site.commit({"pages/公告.md": "# 公告\n\n二。\n", "cases/2026年/leak.yml": LEAK, "cases/leak.yml": None})
    assert list(told(site.diff(f"{first}..HEAD"), "pages")) == ["pages/公告.md"]
    assert codes(site.diff(f"{first}..HEAD")) == ["pages"]


def test_whole_version_is_taken_out(tmp_path: Path) -> None:
    """What `.gitattributes` leaves out of exports is compared all the same."""
    site = town(tmp_path)
    (site.root / ".gitattributes").write_text("content/cases/** export-ignore\n")
    first = site.commit({})
    site.commit(LAMP)
    assert added(site.diff(f"{first}..HEAD")) == ["case/lamp"]


def test_nothing_of_the_editors_is_touched(tmp_path: Path) -> None:
    """Working tree, index, branches and stash stay as they were, staged changes among them; nothing is left behind."""
    site = town(tmp_path)
    site.commit(LAMP)
    site.write({"cases/staged.yml": LEAK})
    git(site.root, "add", "--all")
    site.write({"cases/loose.yml": LEAK})
    before = (tree(site.root), git(site.root, "status", "--porcelain"), git(site.root, "for-each-ref"))
    found = site.diff("HEAD~1..HEAD")
    after = (tree(site.root), git(site.root, "status", "--porcelain"), git(site.root, "for-each-ref"))
    assert before == after and not found.base.config.parent.exists()


def test_the_editors_hooks_are_not_run(tmp_path: Path) -> None:
    """What an editor has set up to follow his own commands does not follow ours."""
    site = town(tmp_path)
    hook = site.root / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    assert site.diff("HEAD..HEAD").is_empty and not (tmp_path / "ran").exists()


def test_broken_base_still_tells_of_records(tmp_path: Path) -> None:
    """Where the version before has Problems, that is said, and what records and names are new is told all the same."""
    site = town(tmp_path, BROKEN)
    site.write({"cases/bad.yml": None, **LAMP})
    found = site.diff()
    assert [p.code for p in found.before] == ["missing-key"] and not found.problems
    assert added(found) == ["case/lamp"] and "numbers" not in codes(found)


def test_broken_head_is_told_first_and_fails(tmp_path: Path, run: Run) -> None:
    """Where the newer version has Problems they come first, with their place; what else changes follows; exit 1."""
    site = town(tmp_path)
    site.write({**BROKEN, **LAMP})
    for form in ("text", "markdown", "json", "html"):
        done = run("diff", "--config", str(site.config), "--workers", "1", "--format", form)
        assert done.exit_code == 1 and "missing-key" in done.output and "楼灯不亮" in done.output
        assert "content/cases/bad.yml" in done.output.replace("\\", "").replace("&#8203;", "")
        assert done.output.index("missing-key") < done.output.index("楼灯不亮")


SECRET = "13800138000"


def test_number_that_the_gate_refuses_is_in_no_report(tmp_path: Path, run: Run) -> None:
    """A private number, in a record or on a page, on its way in or out, is told by its Problem alone, shortened."""
    site = town(tmp_path, {"pages/about.md": "# 关于\n\n请来大厅。\n"})
    leaks: dict[str, str | bytes | None] = {"cases/leak.yml": LEAK + f"note: 电话 {SECRET}\n",
                                            "cases/lamp.yml": LAMP["cases/lamp.yml"] + f"place: {SECRET}\n",
                                            "pages/about.md": f"# 关于\n\n请打 {SECRET}。\n"}
    site.commit(leaks)
    for asked in ("HEAD~1..HEAD", "HEAD..HEAD~1"):
        for form in ("text", "markdown", "json", "html"):
            said = run("diff", asked, "--config", str(site.config), "--workers", "1", "--format", form).output
            assert SECRET not in said and "pages/about.md" in said.replace("\\", "")
    assert len(site.diff("HEAD~1..HEAD").problems) == len(site.diff("HEAD..HEAD~1").before) == 3


def test_first_version_of_a_site_is_all_new(tmp_path: Path) -> None:
    """Against a commit without a site everything is new."""
    root = tmp_path / "town"
    root.mkdir()
    git(root, "init", "-q", "--initial-branch=main")
    git(root, "commit", "-q", "--allow-empty", "-m", "空")
    site = town(tmp_path / "town")
    found = site.diff("HEAD~1..HEAD")
    assert found.fresh and len(added(found)) == len(BASE) and not found.before


def test_configuration_of_another_format_is_a_broken_base(tmp_path: Path) -> None:
    """A version before whose configuration this generator can't read is told as such, under the file's own name."""
    site = town(tmp_path)
    site.commit({}, CONFIG + "colour: red\n")
    site.write(LAMP, CONFIG)
    found = site.diff()
    [problem] = found.before
    assert (problem.code, problem.place.path) == ("unknown-key", "site_config.yml") and added(found) == ["case/lamp"]


def test_broken_configuration_is_a_finding_of_the_newer_version(tmp_path: Path, run: Run) -> None:
    """A configuration that can't be read is told in the report, so that a merge request's comment says so; exit 1."""
    site = town(tmp_path)
    site.commit({}, CONFIG + "colour: red\n")
    out = tmp_path / "diff.md"
    done = run("diff", "HEAD~1..HEAD", "--config", str(site.config), "--out", str(out))
    assert done.exit_code == 1 and "site\\_config.yml:3:1" in out.read_text() and "unknown-key" in out.read_text()


@pytest.mark.parametrize(("asked", "code"), [
    ("nobody", "no-commit"), ("HEAD..nobody", "no-commit"), ("--output=x..HEAD", "no-commit"),
    ("a..b..c", "no-commit")])
def test_unknown_version_is_refused(tmp_path: Path, asked: str, code: str) -> None:
    """A name that git does not know is refused in one line, and never taken for an option."""
    with pytest.raises(DeskError) as refused:
        town(tmp_path).diff(asked)
    assert refused.value.code == code


def test_shallow_clone_is_named(tmp_path: Path) -> None:
    """A clone without history says that it is one, and what to do."""
    site = town(tmp_path / "town")
    first = git(site.root, "rev-parse", "HEAD")
    site.commit(LAMP)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{site.root}", "clone")
    clone = site._replace(root=tmp_path / "clone")
    for asked in (f"{first}..HEAD", f"{first}...HEAD", "HEAD~1"):
        with pytest.raises(DeskError) as refused:
            clone.diff(asked)
        assert refused.value.code == "shallow-clone" and "--unshallow" in refused.value.line()


def test_folder_without_git_is_refused(make_site: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
                                       ) -> None:
    """Outside a repository, or without git, the command says so in one line."""
    config = make_site()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(config.parent.parent))
    assert "[no-repository]" in run("diff", "--config", str(config)).output
    monkeypatch.setenv("PATH", "")
    assert "[no-git]" in run("diff", "--config", str(config)).output


def test_command_writes_every_form(tmp_path: Path, run: Run) -> None:
    """One run writes as many files as asked, each in the form of its ending; the same content gives the same bytes."""
    site = town(tmp_path / "town")
    site.commit(LAMP)
    outs = [tmp_path / "report" / name for name in ("d.txt", "d.md", "d.json", "d.html")]
    words = [word for out in outs for word in ("--out", str(out))]
    done = run("diff", "HEAD~1..HEAD", "--config", str(site.config), "--workers", "1", *words)
    first = [out.read_bytes() for out in outs]
    assert done.exit_code == 0 and done.stdout == ""
    run("diff", "HEAD~1..HEAD", "--config", str(site.config), "--workers", "1", *words)
    assert [out.read_bytes() for out in outs] == first and len(list(outs[0].parent.iterdir())) == 4
    assert b"<!doctype html>" in first[3] and first[1].startswith(b"<!-- gongshi-diff -->\n")
    assert json.loads(first[2])["counts"]["added"] == {"real": 1, "illustrative": 0}
    assert not any(b"gongshi-diff-" in data or str(tmp_path).encode() in data for data in first)


def test_empty_difference_says_so(tmp_path: Path, run: Run) -> None:
    """Without a change that is public, that is what is said, in the reader's language, and all is well."""
    site = town(tmp_path)
    for form in ("text", "markdown", "html"):
        done = run("diff", "--config", str(site.config), "--workers", "1", "--format", form)
        assert done.exit_code == 0 and "这次改动不改变公开内容。" in done.output
    done = run("diff", "--config", str(site.config), "--workers", "1", lang="en_US.UTF-8")
    assert "does not change what is public" in done.output


def test_repository_may_use_another_generator_before(tmp_path: Path) -> None:
    """Files of a kind that today's generator does not know are Problems of the version before, not a crash."""
    site = town(tmp_path)
    write_site(site.root, {"lanterns/a.yml": "title: 灯\n"})
    site.commit({})
    (site.root / "content/lanterns/a.yml").unlink()
    (site.root / "content/lanterns").rmdir()
    assert [p.code for p in site.diff().before] == ["unknown-folder"]


def test_git_hooks_do_not_run(tmp_path: Path) -> None:
    """No hook of the repository runs when versions are taken out."""
    site = town(tmp_path)
    site.commit(LAMP)
    hook = site.root / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    site.diff("HEAD~1..HEAD")
    assert not (tmp_path / "ran").exists()
    subprocess.run(["git", "-C", str(site.root), "checkout", "-q", "HEAD~1"], check=True)
    assert (tmp_path / "ran").exists()
