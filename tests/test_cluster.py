"""A build on a Dask cluster, a real one on this machine: the same site, and one message for whatever is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from generator import build, cli, cluster
from generator.cli import common
from generator.cluster import connected
from generator.execute import make_executor, stream
from generator.problem import DeskError
from generator.publish import kept
from generator.wording import EVERYTHING
from tests.sites import AS_OF, BASE, CONFIG, RATED, ROOT, build_site, gongshi, torn, write_site
from tests.test_execute import MANY, fatal, powered, strengthen

FILES = {**BASE, **RATED, **{f"cases/c-{i:02}.yml": BASE["cases/leak.yml"] for i in range(30)}}


class Machines:
    """A scheduler, and workers beside it, each in a process of its own."""

    def __init__(self, folder: Path):
        self.folder, self.file, self.some = folder, folder / "scheduler.json", []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file))
        self.address = ""
        while not self.address:
            time.sleep(0.02)
            with suppress(OSError, ValueError):  # it may be half written
                self.address = json.loads(self.file.read_text())["address"].replace("tcp://", "dask://")

    def work(self) -> None:
        """Start two workers."""
        self._start("worker", "--scheduler-file", str(self.file), "--nworkers", "2", "--nthreads", "1",
                    "--local-directory", str(self.folder))
        with Client(scheduler_file=str(self.file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)

    def _start(self, *args: str) -> None:
        self.some.append(subprocess.Popen(
            [sys.executable, "-m", "dask", *args, "--no-dashboard"], cwd=self.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=(self.folder / "said").open("a"),
            env={**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}))

    def end(self, first: int = 0) -> None:
        """End all at once, and what they started; the workers alone if it is from 1 on."""
        for one in self.some[first:]:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers; before they come, a cluster without any is refused."""
    running = Machines(tmp_path_factory.mktemp("machines"))
    try:
        with pytest.MonkeyPatch.context() as patch, pytest.raises(DeskError) as raised:
            patch.setattr(cluster, "STEP", 0.1)
            enter(running.address, running.folder)
        assert raised.value.code == "cluster-empty" and running.address in raised.value.line("zh")
        running.work()
        yield running
    finally:
        running.end()


def enter(address: str, *folders: Path) -> None:
    """Connect, and leave again."""
    with connected(address, folders):
        pass


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The configuration of a site, and the name of the release that one process makes of it."""
    work = tmp_path_factory.mktemp("alone")
    config = write_site(work / "town", FILES, CONFIG.replace("06-30}", "06-30, compress: true}"))
    return config, build_site(config, work / "site").name


def test_pools_make_the_same_site(alone: tuple[Path, str], tmp_path: Path) -> None:
    """Two processes and three give the release of one, which is named by the digest of all its files."""
    assert [build_site(alone[0], tmp_path / str(n), workers=n).name for n in (2, 3)] == [alone[1]] * 2


def test_cluster_makes_the_same_site(machines: Machines, alone: tuple[Path, str], tmp_path: Path) -> None:
    """The command gives that release, too, and leaves nothing else behind."""
    done = gongshi("build", "--config", str(alone[0]), "--executor", machines.address, "--out", str(tmp_path / "out"),
                   cwd=tmp_path, LANG="en_US.UTF-8")
    said = [out.decode() for out in done.communicate()]
    assert (done.returncode, said[1]) == (0, ""), said
    assert said[0] == f"Published: {tmp_path}/out/releases/{alone[1]}\n"
    assert kept.damage(tmp_path / "out/releases" / alone[1]) == []
    assert not list((alone[0].parent / ".cache").glob("work-*")) and not list(tmp_path.glob("out/.tmp*"))


def test_killed_workers_cost_a_retry(machines: Machines, alone: tuple[Path, str], tmp_path: Path) -> None:
    """One worker killed while records are read, and one while pages are painted: the release is the same."""
    killed: dict[str, int] = {}
    site = cli.site_at(alone[0])
    shutil.rmtree(site.root / ".cache")  # of what is remembered nobody would have anything to do
    with connected(machines.address, [tmp_path]) as fit:
        def watch(stage: str, done: int, total: int) -> None:
            if stage not in killed:
                killed[stage] = sorted(fit.client.run(os.getpid).values())[0]
                os.kill(killed[stage], signal.SIGKILL)

        made = build.build(site, tmp_path / "out", AS_OF, fit, watch, "")
        assert set(killed) == {"load", "render"} and not set(killed.values()) & set(fit.client.run(os.getpid).values())
    assert made.folder.name == alone[1] and kept.damage(made.folder) == []


def test_call_that_kills_its_worker_is_done_by_another(machines: Machines, tmp_path: Path) -> None:
    """Workers that take a dead one's place are prepared as well, and no result is missing or in another place."""
    calls = ((i, (3, 20), str(tmp_path / "died")) for i in range(MANY))
    with connected(machines.address, [tmp_path]) as fit, make_executor(fit, strengthen, 3) as executor:
        assert list(stream(executor, powered, calls)) == [i ** 3 for i in range(MANY)]
    assert {path.name for path in tmp_path.glob("died-*")} == {"died-3", "died-20"}


def test_call_that_kills_every_worker_is_named(machines: Machines, tmp_path: Path) -> None:
    """What Dask gives up on is tried alone, on this machine, and named."""
    with connected(machines.address, [tmp_path]) as fit, pytest.raises(DeskError) as raised, \
            make_executor(fit) as executor:
        list(stream(executor, fatal, ((i,) for i in range(10))))
    assert raised.value.code == "worker-died" and "`number 7`" in raised.value.line("en")


def test_other_program_is_refused(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line names the worker, what differs, and both versions."""
    monkeypatch.setattr(cluster, "__version__", "9.9.9")
    with pytest.raises(DeskError) as raised:
        enter(machines.address, tmp_path)
    assert re.search(r"worker tcp://127\.0\.0\.1:\d+ has gongshi `0\.1\.0 \(\w{8}\)`, .* `9\.9\.9 \(\w{8}\)`",
                     raised.value.line("en"))


def test_other_library_is_refused(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pages are made with counts as well."""
    here = cluster.facts()
    assert {"python", "gongshi", "folder"} < here.keys()
    ours = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.1" if name == "jinja2" else ours(name))
    with pytest.raises(DeskError) as raised:
        enter(machines.address, tmp_path)
    assert f" has jinja2 `{ours('jinja2')}`, this machine `0.1`" in raised.value.line("en")


def test_folder_that_is_not_shared_is_refused(machines: Machines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
                                              ) -> None:
    """A path that is another folder for a worker is named, and nothing is left in it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeskError) as raised:
        enter(machines.address, Path("/proc/self/cwd"))
    assert raised.value.code == "cluster-unshared" and "/proc/self/cwd (" in raised.value.line("en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["dask://127.0.0.1:1", "dask://nobody.invalid:8786"])
def test_wrong_address_is_told_in_one_line(address: str, alone: tuple[Path, str], monkeypatch: pytest.MonkeyPatch,
                                           tmp_path: Path, run: Any) -> None:
    """Nobody there: exit 1, the address, what to look at; no folder is made."""
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    done = run("build", "--config", str(alone[0]), "--executor", address, "--out", str(tmp_path / "out"))
    assert done.exit_code == 1 and done.output.count("\n") == 1
    assert address in done.output and "[cluster-unreachable]" in done.output and not (tmp_path / "out").exists()


def test_missing_extra_is_told_with_its_remedy(alone: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, run: Any
                                               ) -> None:
    """The remedy installs the version that the extra pins."""
    monkeypatch.setattr(common, "find_spec", lambda name: None)
    done = run("check", "--config", str(alone[0]), "--executor", "dask://127.0.0.1:1")
    [pin] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["cluster"]
    assert done.exit_code == 1 and "[cluster-missing]" in done.output
    assert all(f"`pip install {pin}`" in remedy for _, remedy in EVERYTHING["cluster-missing"].values())


@pytest.mark.parametrize("words", [("--executor", "tcp://127.0.0.1:8786"), ("--executor", "dask://127.0.0.1"),
                                   ("--executor", "dask://127.0.0.1:1", "--staged")])
def test_wrong_use_exits_with_2(words: tuple[str, ...], alone: tuple[Path, str], run: Any) -> None:
    """Another form of address, and what only this machine can check, are wrong uses."""
    assert run("check", "--config", str(alone[0]), *words).exit_code == 2


def test_cluster_that_is_gone_leaves_the_old_site(alone: tuple[Path, str], tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """All workers end for good while pages are painted: one message, in seconds, and the old site stands whole."""
    def watch(stage: str, done: int, total: int) -> None:
        if stage == "render":
            running.end(1)

    running = Machines(tmp_path)
    try:
        running.work()
        config = write_site(tmp_path / "town", FILES)
        old = build_site(config, tmp_path / "out")
        write_site(tmp_path / "town", {"cases/leak.yml": BASE["cases/leak.yml"] + "note: 改了\n"})
        with connected(running.address, [tmp_path]) as fit, pytest.raises(DeskError) as raised:
            monkeypatch.setattr(cluster, "STEP", 0.5)
            build.build(cli.site_at(config), tmp_path / "out", AS_OF, fit, watch, "")
        assert raised.value.code == "cluster-lost"
        assert (tmp_path / "out/current").resolve() == old and torn(tmp_path / "out") == []
    finally:
        running.end()
