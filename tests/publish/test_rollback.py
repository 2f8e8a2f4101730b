"""Rolling back puts a whole older release in place again, or says in one line why not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from generator import publish
from generator.digest import sha256
from generator.problem import DeskError, PublishError
from tests.sites import AS_OF, BASE, put_in_place, torn, write_site

Run = Callable[..., Result]


def release(out: Path, number: int, **about: object) -> str:
    """Publish a small release and return its name."""
    return put_in_place(out, {"index.html": b"%d" % number, script(number): b"%d" % number}, **about).folder.name


def script(number: int) -> str:
    """Return the path of the script of a release."""
    return f"assets/a.{sha256(b'%d' % number)[:8]}.js"


def stands(out: Path) -> str:
    """Return the name of the release that `current` leads to, which is whole."""
    assert torn(out) == []
    return (out / "current").resolve().name


def refused(out: Path, name: str = "", today: date = AS_OF) -> str:
    """Return the code with which a rollback is refused; nothing has moved."""
    before = os.readlink(out / "current")
    with pytest.raises(DeskError) as raised:
        publish.rollback(out, name, today)
    assert os.readlink(out / "current") == before
    return raised.value.code


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, list[str]]:
    """An output folder, and the names of three releases that went online one after the other."""
    return tmp_path, [release(tmp_path, number) for number in range(3)]


def test_each_step_goes_one_release_back(three: tuple[Path, list[str]]) -> None:
    """One step leads to the release before, never to one that was left; a named one may be any that lies there."""
    out, names = three
    assert publish.rollback(out, "", AS_OF) == (names[2], names[1]) and stands(out) == names[1]
    assert publish.rollback(out, "", AS_OF) == (names[1], names[0]) and stands(out) == names[0]
    assert refused(out) == "rollback-none"
    assert publish.rollback(out, names[2], AS_OF) == (names[0], names[2]) and stands(out) == names[2]
    assert [(one.name, one.stands, one.left) for one in publish.listed(out)] == [
        (names[2], True, False), (names[1], False, True), (names[0], False, True)]


def test_what_was_left_before_a_newer_build_is_passed_over(three: tuple[Path, list[str]]) -> None:
    """A release that was rolled back from stays left when another one went online since."""
    out, names = three
    publish.rollback(out, "", AS_OF)
    newest = release(out, 3)
    assert publish.rollback(out, "", AS_OF) == (newest, names[1])


def test_pages_of_the_release_that_was_left_find_their_assets(three: tuple[Path, list[str]]) -> None:
    """Scripts of newer releases lie in the older one that stands again."""
    out, _ = three
    publish.rollback(out, "", AS_OF)
    assert {f"assets/{p.name}" for p in (out / "current/assets").iterdir()} == {script(number) for number in range(3)}


def test_the_next_build_publishes_the_newest_again(three: tuple[Path, list[str]]) -> None:
    """Rolling back is no revert: the same content, built again, stands again, and is no longer marked as left."""
    out, names = three
    publish.rollback(out, "", AS_OF)
    assert release(out, 2) == names[2] == stands(out)
    assert not any(one.left for one in publish.listed(out))
    assert publish.rollback(out, "", AS_OF)[1] == names[1]


def test_what_may_not_stand_is_refused(three: tuple[Path, list[str]]) -> None:
    """An unknown release, the one that stands, a damaged one: each is refused with a code of its own."""
    out, names = three
    assert {refused(out, name) for name in ("2020-01-01-000000000000", "../..", ".lock")} == {"rollback-unknown"}
    assert refused(out, names[2]) == "rollback-stands"
    (out / "releases" / names[1] / "index.html").write_bytes(b"X")
    assert refused(out) == "rollback-damaged"
    (out / "releases" / names[0] / "manifest.json").write_bytes(b"{}")
    assert refused(out, names[0]) == "rollback-damaged"


def test_what_has_ended_is_not_published_again(tmp_path: Path) -> None:
    """On its last day a release may stand again, on the next one not."""
    name = release(tmp_path, 0, until="2026-06-30")
    release(tmp_path, 1)
    assert refused(tmp_path, "", date(2026, 7, 1)) == "rollback-ended"
    assert publish.rollback(tmp_path, "", date(2026, 6, 30))[1] == name


def test_what_was_withdrawn_since_is_not_published_again(tmp_path: Path) -> None:
    """A release that another one, which need not stand, knows to show what is withheld is refused.

    Such a release goes with the build that withholds; one that was killed in between leaves it.
    """
    name = release(tmp_path, 0)
    shutil.copytree(tmp_path / "releases" / name, tmp_path / "aside")
    release(tmp_path, 1, withheld=["index.html"])
    assert not (tmp_path / "releases" / name).exists()
    shutil.move(tmp_path / "aside", tmp_path / "releases" / name)
    assert refused(tmp_path, name) == "rollback-withdrawn"


def test_a_running_build_is_waited_for_by_nobody(three: tuple[Path, list[str]]) -> None:
    """While a build holds the folder a rollback says which process that is, and changes nothing."""
    out, names = three
    with publish.locked(out), pytest.raises(PublishError, match=rf"process {os.getpid()}\)"):
        publish.rollback(out, "", AS_OF)
    assert stands(out) == names[2]


def test_a_folder_without_releases_is_left_alone(tmp_path: Path) -> None:
    """Nothing is made where there is nothing."""
    with pytest.raises(DeskError, match="没有更早的一版"):
        publish.rollback(tmp_path / "none", "", AS_OF)
    assert publish.listed(tmp_path / "none") == [] and not (tmp_path / "none").exists()


def test_the_command_lists_and_goes_back(make_site: Callable[..., Path], run: Run) -> None:
    """`--list` tells every release with its day and size; the command says what stands and what comes next."""
    config = make_site()
    assert run("build", "--config", str(config)).exit_code == 0
    write_site(config.parent, {"cases/leak.yml": BASE["cases/leak.yml"] + "note: 补记\n"})
    assert run("build", "--config", str(config)).exit_code == 0
    newest, oldest = (one.name for one in publish.listed(config.parent / "site"))
    (config.parent / "site/releases" / oldest / "cases/leak.html").write_bytes(b"x")
    assert "[rollback-damaged]" in run("rollback", "--config", str(config)).stderr
    run("build", "--config", str(write_site(config.parent, {"cases/leak.yml": BASE["cases/leak.yml"]})))
    done = run("rollback", newest, "--config", str(config))
    assert done.exit_code == 0 and newest in done.stdout and "git" in done.stderr
    listed = run("rollback", "--list", "--config", str(config)).stdout.splitlines()
    assert [line for line in listed if line.startswith("* ")] == [next(line for line in listed if newest in line)]
    size = sum(size for _, size in json.loads(
        (config.parent / "site/current/manifest.json").read_bytes())["files"].values())
    assert "2026-06-30" in listed[0] and f"{size / 1e6:.1f} MB" in next(line for line in listed if newest in line)
    assert run("rollback", "--config", str(config), "2020-01-01-000000000000").exit_code == 1
