"""`publish.sh` puts a release on a server whole or not at all, and takes it back; most releases here are made up."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from generator.digest import canonical, sha256
from generator.publish.hosting import nginx_conf
from tests import nginx
from tests.sites import ROOT, build_site

SCRIPT = ROOT / "generator/town/ci/own/server/publish.sh"
BULK = 40_000
"""A page of so many repeated words is written in more than one piece."""
needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="no rsync on this machine (apt install rsync)")
needs_nginx = pytest.mark.skipif(bool(nginx.MISSING), reason=nginx.MISSING)
pytestmark = needs_rsync


def files_of(number: int) -> dict[str, bytes]:
    """Return a release whose page, script and data all tell its number; the script's name carries its digest."""
    script = f"number = {number};\n".encode() * 500
    name = f"assets/site.{sha256(script)[:8]}.js"
    page = f'<script src="{name}"></script>' + f" release-{number}" * BULK
    return {"index.html": page.encode(), name: script, "data.json": json.dumps({"release": number}).encode(),
            "same.html": b"never changes", f"only-{number}.html": b"x",
            f"search/x0_{sha256(script)[:10]}.pf_fragment": b"words", f"photos/p.{sha256(script)[:8]}.webp": b"photo"}


def release(out: Path, number: int, files: dict[str, bytes] | None = None, **about: object) -> str:
    """Write a release as `build` does, point `current` to it, and return its id. about: what its manifest says."""
    files = files or files_of(number)
    manifest = canonical({"as_of": "2026-11-22", "commit": "", "generator": "0.1.0", "terms": [], "until": "",
                          "withheld": [], **about, "files": {
                              path: [sha256(data), len(data)] for path, data in files.items()}})
    name = f"2026-11-22-{sha256(manifest)[:12]}"
    for path, data in {**files, "manifest.json": manifest + b"\n"}.items():
        target = out / "releases" / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (out / "current").unlink(missing_ok=True)
    (out / "current").symlink_to(Path("releases", name))
    (out / "nginx.conf").write_text(nginx_conf(), encoding="utf-8")
    return name


def sh(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(["sh", str(SCRIPT), *map(str, args)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, **environment})


def names(target: Path) -> set[str]:
    """Return the releases that a server holds."""
    return {p.name for p in (target / "releases").iterdir() if not re.fullmatch(r"\.lock|\.left-.*", p.name)}


@pytest.fixture
def town(tmp_path: Path) -> tuple[Path, Path]:
    """Where releases are built, and where they are published."""
    return tmp_path / "out", tmp_path / "srv"


def test_what_is_built_is_published(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """A release of a real build stands on the server byte for byte, and its configuration beside it."""
    release = build_site(make_site(), tmp_path / "out")
    done = sh(tmp_path / "out", tmp_path / "srv")
    assert done.returncode == 0, done.stderr
    compared = subprocess.run(["diff", "-r", str(release), str(tmp_path / "srv/current/")], capture_output=True)
    assert (compared.returncode, compared.stdout) == (0, b"")
    assert (tmp_path / "srv/nginx.conf").read_text(encoding="utf-8") == nginx_conf()
    assert names(tmp_path / "srv") == {release.name}


def test_unchanged_files_are_shared(town: tuple[Path, Path]) -> None:
    """A file that did not change is one file on the server, with the time of its first publication."""
    out, srv = town
    for number in (1, 2):
        release(out, number)
        assert sh(out, srv).returncode == 0
    [first, second] = (p.stat() for p in (srv / "releases").glob("*/same.html"))
    assert first.st_ino == second.st_ino
    assert len({p.stat().st_ino for p in (srv / "releases").glob("*/index.html")}) == 2


def test_five_are_kept(town: tuple[Path, Path]) -> None:
    """Of six publications the newest five stay; the folder holds nothing else."""
    out, srv = town
    ids = []
    for number in range(6):
        ids.append(release(out, number))
        assert sh(out, srv).returncode == 0
    assert names(srv) == set(ids[1:])
    assert sh("list", srv).stdout.split() == ["*", *reversed(ids[1:])]


def test_files_of_open_pages_stay(town: tuple[Path, Path]) -> None:
    """Scripts and styles stay while their release is kept, and no longer; what records say is gone with its release."""
    out, srv = town
    scripts = []
    for number in range(6):
        release(out, number)
        assert sh(out, srv).returncode == 0
        scripts.append(next(p for p in files_of(number) if p.startswith("assets/")))
    there = {f"assets/{p.name}" for p in (srv / "current/assets").iterdir()}
    assert there == set(scripts[1:])
    assert [p.name for p in (srv / "current").glob("only-*")] == ["only-5.html"]
    assert [len(list((srv / "current" / folder).iterdir())) for folder in ("search", "photos")] == [1, 1]


def test_rollback_is_one_step_each(town: tuple[Path, Path]) -> None:
    """Rolling back goes one release back each time, never to one that was left; the next publication stands again."""
    out, srv = town
    ids = []
    for number in range(3):
        ids.append(release(out, number))
        sh(out, srv)
    assert sh("rollback", srv).returncode == 0 and (srv / "current").resolve().name == ids[1]
    assert sh("rollback", srv).returncode == 0 and (srv / "current").resolve().name == ids[0]
    refused = sh("rollback", srv)
    assert "没有更早的一版" in refused.stderr and (srv / "current").resolve().name == ids[0]
    ids.append(release(out, 3))
    assert sh(out, srv).returncode == 0 and (srv / "current").resolve().name == ids[3]
    named = sh("rollback", srv, ids[1])
    assert named.returncode == 0 and (srv / "current").resolve().name == ids[1] and "撤回那次合并" in named.stdout


def test_what_was_withdrawn_or_has_ended_goes(town: tuple[Path, Path]) -> None:
    """A kept release that shows what the new one withholds, or what stood for a term that is over, is deleted."""
    out, srv = town
    files = {"index.html": b"x", "cases/a.html": b"named", "people/p.html": b"named"}
    terms = ["people/p.html#本人的同意 2030-01-01"]
    ids = [release(out, 0, {"index.html": b"first"}), release(out, 1, files, terms=terms),
           release(out, 2, {**files, "cases/a.html": b"gone"}, withheld=["cases/a.html"], terms=terms)]
    said = []
    for name in ids:
        (out / "current").unlink()
        (out / "current").symlink_to(Path("releases", name))
        said.append(sh(out, srv))
    assert [done.returncode for done in said] == [0, 0, 0] and ids[1] in said[2].stdout
    assert names(srv) == {ids[0], ids[2]}
    last = release(out, 3, {"index.html": b"last"})
    assert sh(out, srv).returncode == 0 and names(srv) == {ids[0], last}


def test_rollback_never_shows_what_has_ended(town: tuple[Path, Path]) -> None:
    """Past the day until which everything in a release stood, or where a newer one withholds a page, it is refused."""
    out, srv = town
    files = {"index.html": b"x", "cases/a.html": b"named"}
    over = release(out, 0, {"index.html": b"0"}, until="2026-01-31")
    assert sh(out, srv).returncode == 0
    shown = release(out, 1, files, until="2999-12-31")
    assert sh(out, srv).returncode == 0
    shutil.copytree(srv / "releases" / shown, out / "aside")
    release(out, 2, {**files, "cases/a.html": b"gone"}, withheld=["cases/a.html"])
    assert sh(out, srv).returncode == 0
    shutil.move(out / "aside", srv / "releases" / shown)
    for name, word in ((over, "2026-01-31"), (shown, "cases/a.html")):
        refused = sh("rollback", srv, name)
        assert refused.returncode == 1 and word in refused.stderr, refused
    release(out, 3, {"index.html": b"3"}, until="2999-12-31")
    assert sh(out, srv).returncode == 0
    release(out, 4, {"index.html": b"4"})
    assert sh(out, srv).returncode == 0 and sh("rollback", srv).returncode == 0


def test_assets_of_the_release_that_was_left_stay(town: tuple[Path, Path]) -> None:
    """Pages of the release that was rolled back from still find their scripts."""
    out, srv = town
    for number in range(2):
        release(out, number)
        assert sh(out, srv).returncode == 0
    assert sh("rollback", srv).returncode == 0
    there = {f"assets/{p.name}" for p in (srv / "current/assets").iterdir()}
    assert there == {path for number in range(2) for path in files_of(number) if path.startswith("assets/")}


def test_assets_of_newer_releases_stay_when_an_older_one_is_published_again(town: tuple[Path, Path]) -> None:
    """Content that was online before needs no transfer, and pages of the newer release still find their scripts."""
    out, srv = town
    for number in (0, 1, 0):
        release(out, number)
        assert sh(out, srv).returncode == 0
    there = {f"assets/{p.name}" for p in (srv / "current/assets").iterdir()}
    assert there == {path for number in range(2) for path in files_of(number) if path.startswith("assets/")}


def test_rollback_names_what_there_is(town: tuple[Path, Path]) -> None:
    """An id that is not there is refused with those that are, and nothing moves."""
    out, srv = town
    id = release(out, 1)
    sh(out, srv)
    refused = sh("rollback", srv, "2020-01-01-000000000000")
    assert refused.returncode == 1 and id in refused.stderr and (srv / "current").resolve().name == id


@pytest.mark.parametrize("spoil", ["remove", "truncate", "manifest", "index", "empty"])
def test_a_partial_release_is_refused(town: tuple[Path, Path], spoil: str) -> None:
    """A release that lacks a file, or a byte, or its manifest, is not sent; what stood stands."""
    out, srv = town
    stood = release(out, 1)
    assert sh(out, srv).returncode == 0
    bad = out / "releases" / release(out, 2)
    {"remove": lambda: (bad / "data.json").unlink(),
     "truncate": lambda: (bad / "index.html").write_bytes(files_of(2)["index.html"][:-1]),
     "manifest": lambda: (bad / "manifest.json").unlink(),
     "index": lambda: (bad / "index.html").unlink(),
     "empty": lambda: (bad / "manifest.json").write_text('{"files":{}}')}[spoil]()
    refused = sh(out, srv)
    assert refused.returncode == 1 and "没有发布" in refused.stderr
    assert (srv / "current").resolve().name == stood and names(srv) == {stood}


def test_what_arrives_torn_never_stands(town: tuple[Path, Path], tmp_path: Path) -> None:
    """A transfer that loses bytes on the way is found on the server by the manifest, before anything moves."""
    out, srv = town
    stood = release(out, 1)
    sh(out, srv)
    release(out, 2)
    (tmp_path / "bin").mkdir()
    lossy = tmp_path / "bin/rsync"
    lossy.write_text(f'#!/bin/sh\n{shutil.which("rsync")} "$@" || exit\n'
                     f'for one in {srv}/releases/.incoming-*/index.html; do [ ! -e "$one" ] || echo x >>"$one"; done\n')
    lossy.chmod(0o755)
    refused = sh(out, srv, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert refused.returncode == 1 and "index.html" in refused.stderr
    assert (srv / "current").resolve().name == stood and names(srv) == {stood}


def test_a_broken_transfer_leaves_nothing_behind(town: tuple[Path, Path], tmp_path: Path) -> None:
    """Where rsync gives up, as on a full disk, what had arrived is removed and the site stands."""
    out, srv = town
    stood = release(out, 1)
    sh(out, srv)
    release(out, 2)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/rsync").write_text(f"#!/bin/sh\nfor one in {srv}/releases/.incoming-*; do echo x >$one/x; done\n"
                                        "exit 11\n")
    (tmp_path / "bin/rsync").chmod(0o755)
    refused = sh(out, srv, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert refused.returncode == 1 and "没有传完" in refused.stderr
    assert (srv / "current").resolve().name == stood and names(srv) == {stood}


def test_a_killed_transfer_changes_nothing(town: tuple[Path, Path], tmp_path: Path) -> None:
    """Killed while files travel, the site stands as it stood, and the next publication succeeds."""
    out, srv = town
    stood = release(out, 1)
    sh(out, srv)
    id = release(out, 2)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/rsync").write_text("#!/bin/sh\nkill -9 $PPID\n")
    (tmp_path / "bin/rsync").chmod(0o755)
    assert sh(out, srv, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}").returncode != 0
    assert (srv / "current").resolve().name == stood
    assert sh(out, srv).returncode == 0 and (srv / "current").resolve().name == id


def test_what_a_killed_swap_or_clearing_left_is_no_matter(town: tuple[Path, Path]) -> None:
    """A link that was not yet moved, and a release half removed, neither mislead nor stop later publications."""
    out, srv = town
    first = release(out, 0)
    assert sh(out, srv).returncode == 0
    (srv / "releases" / f".incoming-{first}").mkdir()
    (srv / "releases" / f".incoming-{first}/rest").touch()
    for number in range(1, 6):
        (srv / ".current-next").symlink_to(f"releases/{first}")
        id = release(out, number)
        done = sh(out, srv)
        assert done.returncode == 0 and (srv / "current").resolve().name == id, done.stderr
    assert first not in names(srv) and not list((srv / "releases").glob(".incoming-*"))


def test_two_at_once_both_end_whole(town: tuple[Path, Path], tmp_path: Path) -> None:
    """Two publications at the same moment queue for the swap: both succeed and one of them stands, whole."""
    _, srv = town
    ids = {release(tmp_path / f"out{n}", n) for n in (1, 2)}
    both = [subprocess.Popen(["sh", str(SCRIPT), str(tmp_path / f"out{n}"), str(srv)]) for n in (1, 2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert names(srv) == ids and (srv / "current").resolve().name in ids


def test_over_ssh(town: tuple[Path, Path], tmp_path: Path) -> None:
    """With user@host:/path everything goes through ssh, which is told the host and what to run there."""
    out, srv = town
    id = release(out, 1)
    fake = tmp_path / "ssh"
    fake.write_text(f'#!/bin/sh\necho "$1 $2 $3" >>{tmp_path}/asked\n'
                    '[ "$1" = -l ] && shift 2\nshift\nexec sh -c "$*"\n')
    fake.chmod(0o755)
    done = sh(out, f"gongshi@web.example.cn:{srv}", SSH_COMMAND=str(fake))
    assert done.returncode == 0, done.stderr
    assert (srv / "current").resolve().name == id
    asked = (tmp_path / "asked").read_text().splitlines()
    assert len(asked) == 4 and all("web.example.cn" in line for line in asked)


def test_a_lost_connection_is_said(town: tuple[Path, Path], tmp_path: Path) -> None:
    """Where the line breaks while files travel, so that nothing can be cleared either, it is said in our words."""
    out, srv = town
    release(out, 1)
    (tmp_path / "ssh").write_text(f'#!/bin/sh\n[ ! -e {tmp_path}/asked ] || exit 255\ntouch {tmp_path}/asked\n'
                                  'shift\nexec sh -c "$*"\n')
    (tmp_path / "ssh").chmod(0o755)
    refused = sh(out, f"web.example.cn:{srv}", SSH_COMMAND=str(tmp_path / "ssh"))
    assert refused.returncode == 1 and "没有传完，没有发布" in refused.stderr and not (srv / "current").exists()


@pytest.mark.parametrize("target", ["srv", "a b:/srv", "host:/srv/$(touch x)", "-oProxyCommand=x:/srv", "/srv/a;b"])
def test_an_unsafe_target_is_refused(town: tuple[Path, Path], target: str) -> None:
    """What a shell or ssh could read as more than a place is no target."""
    release(town[0], 1)
    refused = sh(town[0], target)
    assert refused.returncode == 1 and "TARGET" in refused.stderr


def test_a_folder_in_the_way_is_left_alone(town: tuple[Path, Path]) -> None:
    """Where `current` is a folder of somebody's, nothing is replaced."""
    out, srv = town
    release(out, 1)
    (srv / "current").mkdir(parents=True)
    refused = sh(out, srv)
    assert refused.returncode == 1 and "不是链接" in refused.stderr and (srv / "current").is_dir()


def test_wrong_use_prints_the_usage() -> None:
    """Without arguments, or with too many, the script tells how it is used and exits 2."""
    for args in ((), ("a", "b", "c"), ("rollback",)):
        asked = sh(*args)
        assert asked.returncode == 2 and "publish.sh DIR TARGET" in asked.stderr


def test_shellcheck_finds_nothing() -> None:
    """The scripts for servers are sound POSIX sh, where shellcheck is there to say so."""
    if not shutil.which("shellcheck"):
        pytest.skip("no shellcheck on this machine (apt install shellcheck)")
    scripts = [str(SCRIPT.parent / name) for name in ("publish.sh", "push.sh", "post-receive")]
    said = subprocess.run(["shellcheck", "-s", "sh", *scripts], capture_output=True, text=True)
    assert said.stdout == ""


class Reader(threading.Thread):
    """A visitor who reads page, script, data and page again, for as long as swaps go on; notes what does not fit."""

    def __init__(self, port: int, over: threading.Event) -> None:
        super().__init__()
        self.port, self.over, self.requests = port, over, 0
        self.wrong: list[str] = []
        self.newest = -1

    def run(self) -> None:
        """Visit until it is over."""
        while not self.over.is_set():
            self.visit()

    def get(self, path: str) -> bytes:
        """Return a body; notes an answer that is none."""
        self.requests += 1
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            body = answer.read()
        except Exception as error:  # whatever a visitor may see
            self.wrong.append(f"{path}: {type(error).__name__}")
            return b""
        if answer.status != 200:
            self.wrong.append(f"{path}: {answer.status}")
        return body

    def visit(self) -> None:
        """Read a page, what it names, and the page again: all of one release, and never an older one."""
        first, page = self.page()
        if first is None:
            return
        [name] = re.findall(r'src="([^"]+)"', page)
        script = self.get(name)
        if hashlib.sha256(script).hexdigest()[:8] not in name:
            self.wrong.append(f"{name} holds another script")
        told = self.get("data.json")
        again, _ = self.page()
        if first == again and told != json.dumps({"release": first}).encode():
            self.wrong.append(f"data {told!r} between pages of {first}")
        self.newest = max(self.newest, first)

    def page(self) -> tuple[int | None, str]:
        """Return the number of the release that a whole page tells, and the page."""
        page = self.get("index.html").decode(errors="replace")
        told = set(re.findall(r" release-(\d+)", page))
        if len(told) != 1 or page.count(" release-") != BULK:
            self.wrong.append(f"a torn page of {sorted(told)}")
            return None, page
        number = int(told.pop())
        if number < self.newest:
            self.wrong.append(f"{number} after {self.newest}")
        return number, page


def visited(port: int, swap: Callable[[int], Any], swaps: int, least: int) -> list[Reader]:
    """Return four readers who read while so many swaps went on, and until they asked for so many files."""
    over = threading.Event()
    readers = [Reader(port, over) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, swaps + 1):
            swap(number)
        while sum(reader.requests for reader in readers) < least:
            time.sleep(0.02)
    finally:
        over.set()
        for reader in readers:
            reader.join()
    return readers


@needs_nginx
def test_a_thousand_requests_during_twenty_swaps(town: tuple[Path, Path], tmp_path: Path) -> None:
    """No request fails and no visitor sees two releases mixed while twenty are put in place under nginx."""
    _, srv = town
    for number in range(21):
        release(tmp_path / f"out{number}", number)
    sh(tmp_path / "out0", srv)
    served: set[int] = set()

    def swap(number: int) -> None:
        done = sh(tmp_path / f"out{number}", srv)
        assert done.returncode == 0, done.stderr
        served.add(number)

    (tmp_path / "nginx").mkdir()
    with nginx.serving(srv / "current", srv / "nginx.conf", tmp_path / "nginx") as port:
        readers = visited(port, swap, 20, 1000)
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert sum(reader.requests for reader in readers) >= 1000 and len(served) == 20
    assert max(reader.newest for reader in readers) >= 19


@needs_nginx
def test_copying_in_place_is_found_out(tmp_path: Path) -> None:
    """The same visitors do see torn and mixed pages where files are copied over a site that is served."""
    site = tmp_path / "site/current"
    (tmp_path / "site/nginx").mkdir(parents=True)
    (tmp_path / "site/nginx.conf").write_text(nginx_conf(), encoding="utf-8")

    def copy(number: int) -> None:
        for path, data in files_of(number).items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        time.sleep(0.02)

    copy(0)
    with nginx.serving(site, tmp_path / "site/nginx.conf", tmp_path / "site/nginx") as port:
        readers = visited(port, copy, 60, 1000)
    assert [wrong for reader in readers for wrong in reader.wrong]
