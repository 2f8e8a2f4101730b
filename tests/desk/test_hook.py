"""`gongshi check --staged` and `gongshi hook`: the next commit is checked as it will be, whatever the folder holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator import git
from generator.desk import hook
from tests import repositories
from tests.repositories import Town, town
from tests.sites import BASE, CONFIG, ROOT

PHONE = "13900001234"
LEAK = BASE["cases/leak.yml"]
BAD = LEAK + f"description: 找 {PHONE}\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A repository with one clean commit, whose committer is nobody of this machine."""
    for name, value in repositories.WHO.items():
        monkeypatch.setenv(name, value)
    return town(tmp_path / "town")


def staged(site: Town, run: Callable[..., Result], *more: str) -> tuple[int, str]:
    """Return how `gongshi check --staged` ends and what it says."""
    ran = run("check", "--staged", "--config", str(site.config), *more)
    return ran.exit_code, ran.output


def add(site: Town, *paths: str) -> None:
    """Stage files, everything where none is named."""
    repositories.git(site.root, "add", *(paths or ("--all",)))


def test_what_is_staged_counts_not_what_lies_there(site: Town, run: Callable[..., Result]) -> None:
    """A staged number is found though the file is mended since; a number that is not staged is not the commit's."""
    site.write({"cases/leak.yml": BAD})
    assert staged(site, run) == (0, "5 条记录，没有问题。\n")
    add(site)
    site.write({"cases/leak.yml": LEAK})
    code, said = staged(site, run)
    assert code == 1 and f"content/cases/leak.yml:{LEAK.count(chr(10)) + 1}:" in said and "[personal-phone]" in said
    assert PHONE not in said and "git restore --staged" in said and "算已经公开" in said
    add(site)
    assert staged(site, run)[0] == 0


def test_half_of_a_file(site: Town, run: Callable[..., Result]) -> None:
    """Of a file that is staged in part, that part is checked."""
    site.write({"cases/leak.yml": LEAK + "description: 一\n"})
    add(site)
    site.write({"cases/leak.yml": BAD})
    assert staged(site, run)[0] == 0


def test_new_and_removed_files(site: Town, run: Callable[..., Result]) -> None:
    """A file that git does not know yet is no part of the commit; one that is staged for removal is none any more."""
    site.write({"cases/new.yml": BAD})
    assert staged(site, run)[0] == 0
    repositories.git(site.root, "add", "--intent-to-add", "content/cases/new.yml")
    assert staged(site, run)[0] == 0
    repositories.git(site.root, "rm", "-q", "--cached", "content/areas/b3.yml")
    code, said = staged(site, run)
    assert code == 1 and "content/cases/leak.yml" in said


def test_configuration_is_named_as_the_editor_knows_it(site: Town, run: Callable[..., Result]) -> None:
    """What is wrong with the staged configuration stands at its own path, not at that of a copy."""
    site.write({}, CONFIG.replace("identity", "identitty"))
    add(site)
    code, said = staged(site, run)
    assert code == 1 and said.startswith(f"{site.config}:1:1: ") and "gongshi-staged" not in said


def test_lists_beside_the_records(site: Town, run: Callable[..., Result]) -> None:
    """A list that somebody drops into the repository is looked at when it is added, and only then."""
    (site.root / "名单.csv").write_text(f"张某,{PHONE}\n", encoding="utf-8")
    (site.root / "notes.md").write_text(PHONE, encoding="utf-8")
    assert staged(site, run)[0] == 0
    add(site)
    code, said = staged(site, run)
    assert code == 1 and "名单.csv:1:4: " in said and "notes.md" not in said
    site.commit({})
    assert staged(site, run)[0] == 0
    repositories.git(site.root, "rm", "-q", "名单.csv")
    assert staged(site, run)[0] == 0


def test_before_the_first_commit_and_outside(tmp_path: Path, site: Town, run: Callable[..., Result]) -> None:
    """A repository without a commit can be checked; a folder without a repository says so."""
    fresh = Town(tmp_path / "fresh")
    fresh.write(BASE, CONFIG)
    assert "[no-repository]" in staged(fresh, run)[1]
    repositories.git(fresh.root, "init", "-q")
    add(fresh)
    assert staged(fresh, run)[0] == 0


def test_formats_and_wrong_use(site: Town, run: Callable[..., Result]) -> None:
    """Forges get their formats; both options at once are a wrong use."""
    site.write({"cases/leak.yml": BAD})
    add(site)
    code, said = staged(site, run, "--format", "github")
    assert code == 1 and "::error file=content/cases/leak.yml,line=" in said
    assert run("check", "--staged", "--history", "--config", str(site.config)).exit_code == 2


def commit(site: Town, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Commit as an editor would, with `gongshi` on the path."""
    bin = site.root.parent / "bin"
    bin.mkdir(exist_ok=True)
    (bin / "gongshi").write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n', encoding="utf-8")
    (bin / "gongshi").chmod(0o755)
    env = {**os.environ, "PATH": f"{bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    return subprocess.run(["git", "-C", str(folder or site.root), "commit", "-qm", "改", *words], env=env, check=False,
                          capture_output=True, text=True)


def test_hook_stops_a_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]) -> None:
    """The installed hook refuses a commit with a number in it, also of some files only, and lets a clean one pass.

    The site is a folder of the repository; git names the index of a commit of some files only by a name of its own.
    """
    for name, value in repositories.WHO.items():
        monkeypatch.setenv(name, value)
    site = town(tmp_path / "big", inside="网 站")
    assert run("hook", "--config", str(site.config)).exit_code == 0
    site.write({"cases/leak.yml": BAD, "areas/b4.yml": BASE["areas/b3.yml"].replace("3", "4")})
    add(site)
    before = repositories.git(site.root, "rev-parse", "HEAD")
    done = commit(site, "content/cases/leak.yml")
    assert done.returncode == 1 and "[personal-phone]" in done.stdout + done.stderr
    assert repositories.git(site.root, "rev-parse", "HEAD") == before
    assert commit(site, "content/areas/b4.yml").returncode == 0  # the phone stays staged, and is not in this commit
    site.write({"cases/leak.yml": LEAK + "description: 一\n"})
    assert commit(site, "--all").returncode == 0
    assert repositories.git(site.root, "status", "--porcelain", ".") == ""


def test_hook_in_another_working_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
                                      ) -> None:
    """`git worktree` shares the hook, and tells it where the repository is, not the tree: that is found."""
    for name, value in repositories.WHO.items():
        monkeypatch.setenv(name, value)
    site = town(tmp_path / "big", inside="web")
    assert run("hook", "--config", str(site.config)).exit_code == 0
    other = Town(tmp_path / "other/web")
    repositories.git(site.root, "worktree", "add", "-q", str(tmp_path / "other"))
    other.write({"cases/leak.yml": BAD})
    add(other)
    done = commit(site, folder=other.root)
    assert done.returncode == 1 and "content/cases/leak.yml" in done.stdout + done.stderr


@pytest.mark.parametrize("tree", [".", ""])
def test_environment_of_a_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tree: str) -> None:
    """From the top, with the repository named as hooks name it, a site's own folder is still below that top."""
    site = town(tmp_path / "big", inside="web")
    monkeypatch.chdir(tmp_path / "big")
    monkeypatch.setenv("GIT_DIR", ".git")
    if tree:
        monkeypatch.setenv("GIT_WORK_TREE", tree)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert git.top_of(site.root) == (tmp_path / "big").resolve()
    assert git.ask(site.root, "rev-parse", "--show-prefix") == "web/"
    assert "web/site_config.yml" in git.ask(site.root, "ls-files", "--full-name").splitlines()


def test_hook_without_the_program_refuses(site: Town) -> None:
    """Where nothing can check, nothing is committed, and it says why."""
    hook.install(site.config)
    env = {**os.environ, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["git", "-C", str(site.root), "commit", "-q", "--allow-empty", "-m", "x"], env=env,
                          check=False, capture_output=True, text=True)
    assert done.returncode == 1 and "找不到 gongshi" in done.stderr


def test_hook_of_somebody_else_is_left_alone(site: Town, run: Callable[..., Result]) -> None:
    """An existing hook stays to the byte and the line to add is told; our own is written anew."""
    path = site.root / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\ntrue\n", encoding="utf-8")
    ran = run("hook", "--config", str(site.config))
    assert ran.exit_code == 1 and "[hook-exists]" in ran.output and hook.LINE in ran.output
    assert path.read_text(encoding="utf-8") == "#!/bin/sh\ntrue\n"
    path.write_text(f"#!/bin/sh\n{hook.MARK} old\n", encoding="utf-8")
    assert run("hook", "--config", str(site.config)).exit_code == 0
    assert path.read_bytes() == hook.script("").encode() and b"\r" not in path.read_bytes()
    assert os.access(path, os.X_OK)


def test_hooks_path_is_respected(site: Town, tmp_path: Path, run: Callable[..., Result]) -> None:
    """A folder for hooks inside the repository is used; one that serves other repositories too is not written to."""
    repositories.git(site.root, "config", "core.hooksPath", ".githooks")
    assert run("hook", "--config", str(site.config)).exit_code == 0
    assert (site.root / ".githooks/pre-commit").is_file() and not (site.root / ".git/hooks/pre-commit").exists()
    repositories.git(site.root, "config", "core.hooksPath", str(tmp_path / "everywhere"))
    ran = run("hook", "--config", str(site.config))
    assert ran.exit_code == 1 and "[hooks-elsewhere]" in ran.output and not (tmp_path / "everywhere").exists()


def test_folder_that_a_script_can_not_name(tmp_path: Path, run: Callable[..., Result]) -> None:
    """A folder whose name would end the quotes of the hook is refused."""
    inner = town(tmp_path / "big", inside='a"; touch x; "')
    ran = run("hook", "--config", str(inner.config))
    assert ran.exit_code == 1 and "[hook-folder]" in ran.output
