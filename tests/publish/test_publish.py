"""Publishing is a transaction: whatever happens, one whole site stands, and equal content gives equal bytes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import publish
from generator.data import Written
from generator.digest import sha256
from generator.problem import ContentError, PublishError
from tests.sites import BASE, RATED, ROOT, build_site, gongshi, torn, tree, write_site

SITE = {**BASE, **RATED, **{f"cases/c-{i:02d}.yml": BASE["cases/leak.yml"].replace("楼道漏水", f"第{i}件")
                            for i in range(30)}}
CHANGED = {"cases/c-07.yml": BASE["cases/leak.yml"].replace("楼道漏水", "改了的一件")}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one clean build of SITE; only to be looked at, or copied."""
    root = tmp_path_factory.mktemp("clean")
    build_site(write_site(root, SITE), root / "site")
    return root / "site"


@pytest.fixture
def standing(clean: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A site's configuration, its content changed since, and the output folder in which the old site stands."""
    shutil.copytree(clean, tmp_path / "site", symlinks=True)
    return write_site(tmp_path, {**SITE, **CHANGED}), tmp_path / "site"


def stands(out: Path) -> tuple[str, dict[str, str]]:
    """Return where `current` leads and every file of it."""
    return os.readlink(out / "current"), tree((out / "current").resolve())


# ── equal content, equal bytes ──


@pytest.mark.parametrize(("environment", "folder", "workers"), [
    ({"PYTHONHASHSEED": "1", "TZ": "America/Lima", "LANG": "C", "LC_ALL": "C"}, "elsewhere/one", 1),
    ({"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "0"}, "二 号", 2),
])
def test_two_builds_are_byte_identical(clean: Path, tmp_path: Path, environment: dict[str, str], folder: str,
                                       workers: int) -> None:
    """Another hash seed, time zone, locale, path and number of workers give the same release, byte for byte."""
    config = write_site(tmp_path / folder, SITE)
    (tmp_path / "tmp").mkdir()
    environment = {**environment, "TMPDIR": str(tmp_path / "tmp")}
    process = gongshi("build", "--workers", str(workers), cwd=config.parent, **environment)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    assert stands(config.parent / "site") == stands(clean)


def test_order_of_files_on_disk_is_irrelevant(clean: Path, tmp_path: Path) -> None:
    """A folder written in another order gives the same release."""
    config = write_site(tmp_path, dict(reversed(SITE.items())))
    build_site(config, tmp_path / "site")
    assert stands(tmp_path / "site") == stands(clean)


def test_no_page_names_the_machine(clean: Path) -> None:
    """No file of the release holds the path it was built at or a stub's token."""
    root, work = str(clean.parent).encode(), f"{tempfile.gettempdir()}/gongshi-".encode()
    for path in (clean / "current").resolve().rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert root not in data and b"gs-stub" not in data and work not in data, path


def test_same_content_again_moves_nothing(clean: Path, tmp_path: Path) -> None:
    """Building unchanged content again keeps the one release and the link."""
    shutil.copytree(clean, tmp_path / "site", symlinks=True)
    before = tree(tmp_path / "site")
    build_site(write_site(tmp_path, SITE), tmp_path / "site")
    assert tree(tmp_path / "site").keys() - before.keys() <= {"releases/.lock"}
    assert stands(tmp_path / "site") == stands(clean)


# ── the manifest ──


def test_manifest_vouches_for_every_file(clean: Path) -> None:
    """The manifest names every file but itself, each with its sha256 and size, and says what it was made from."""
    current = (clean / "current").resolve()
    manifest = json.loads((current / "manifest.json").read_bytes())
    there = {p.relative_to(current).as_posix(): p.read_bytes() for p in current.rglob("*") if p.is_file()}
    del there["manifest.json"]
    assert manifest.pop("files") == {path: [sha256(data), len(data)] for path, data in there.items()}
    assert manifest.keys() == {"as_of", "commit", "generator"} and manifest["as_of"] == "2026-06-30"


def test_torn_site_would_be_noticed(clean: Path, tmp_path: Path) -> None:
    """The check that the other tests rely on sees a missing, a changed and a foreign file."""
    shutil.copytree(clean, tmp_path / "site", symlinks=True)
    current = tmp_path / "site/current"
    (current / "index.html").unlink()
    (current / "404.html").write_bytes(b"x")
    (current / "foreign.html").write_bytes(b"x")
    assert torn(clean) == [] and torn(tmp_path / "site") == ["404.html", "foreign.html", "index.html"]


# ── releases ──


def test_changed_record_gives_a_new_release(standing: tuple[Path, Path], clean: Path) -> None:
    """A changed record gives a release of its own beside the old one, and `current` moves to it."""
    config, out = standing
    old = stands(out)
    release = build_site(config, out)
    link, files = stands(out)
    assert (link, torn(out)) == (f"releases/{release.name}", [])
    assert link != old[0] and tree(out / old[0]) == old[1]
    assert {path for path in files if files[path] != old[1].get(path)} >= {"cases/c-07.html", "manifest.json"}
    assert files["cases/c-08.html"] == old[1]["cases/c-08.html"]


def test_five_releases_are_kept(tmp_path: Path) -> None:
    """Only the newest five stay, and what `current` leads to is never removed, even if it is the oldest."""
    made = [_commit(tmp_path, f"{i}".encode(), keep=5) for i in range(7)]
    for i, folder in enumerate(made[-5:]):
        os.utime(folder, (1000 + i, 1000 + i))
    assert {p.name for p in (tmp_path / "releases").iterdir() if p.is_dir()} == {p.name for p in made[-5:]}
    _commit(tmp_path, b"2", keep=5)
    again = _commit(tmp_path, b"3", keep=1)
    assert (tmp_path / "current").resolve() == again
    assert [p for p in (tmp_path / "releases").iterdir() if p.is_dir()] == [again]


def _commit(out: Path, data: bytes, keep: int) -> Path:
    with publish.locked(out), publish.begin(out) as release:
        (release.folder / "index.html").write_bytes(data)
        release.add([Written("index.html", len(data), sha256(data))])
        return publish.commit(release, out, {"as_of": "2026-06-30"}, keep)


def test_old_content_again_leads_back_to_its_release(tmp_path: Path) -> None:
    """Content that was published before gets the same release, and `current` leads back to it."""
    first, second = _commit(tmp_path, b"1", 5), _commit(tmp_path, b"2", 5)
    assert _commit(tmp_path, b"1", 5) == first != second
    assert (tmp_path / "current").resolve() == first


def test_two_pages_of_one_address_are_refused(tmp_path: Path) -> None:
    """Two files of one path never become a release."""
    with publish.locked(tmp_path), publish.begin(tmp_path) as release:
        release.add([Written("a.html", 1, "x"), Written("a.html", 1, "y")])
        with pytest.raises(PublishError, match=r"a\.html"):
            publish.commit(release, tmp_path, {"as_of": "2026-06-30"}, 5)
    assert not (tmp_path / "current").exists()


def test_a_folder_called_current_is_not_replaced(tmp_path: Path) -> None:
    """A real folder in place of the link is somebody else's: it stays, and the build says so."""
    (tmp_path / "current").mkdir()
    with pytest.raises(PublishError, match="current"):
        _commit(tmp_path, b"1", 5)
    assert list((tmp_path / "current").iterdir()) == []


@pytest.mark.parametrize("blocked", ["site", "site/releases"])
def test_output_that_is_no_folder_is_said(tmp_path: Path, blocked: str) -> None:
    """An output path that can't be a folder is a PublishError that names it, not a crash."""
    (tmp_path / blocked).parent.mkdir(exist_ok=True)
    (tmp_path / blocked).write_text("x", encoding="utf-8")
    with pytest.raises(PublishError, match="site"), publish.locked(tmp_path / "site"):
        pass


# ── failures ──


def test_only_one_of_two_builds_runs(standing: tuple[Path, Path]) -> None:
    """While one build holds the output folder another one says so at once and changes nothing."""
    config, out = standing
    before = stands(out)
    with publish.locked(out):
        with pytest.raises(PublishError, match="another build"):
            build_site(config, out)
        process = gongshi("build", "--workers", "1", "--out", str(out), cwd=config.parent)
        _, said = process.communicate()
        assert process.returncode == 1 and b"another build" in said and b"Traceback" not in said
    assert stands(out) == before
    build_site(config, out)
    assert torn(out) == [] and stands(out) != before


def test_builds_at_once_have_one_winner_at_least(standing: tuple[Path, Path]) -> None:
    """Of four builds started together one or more publish, the others say why not, and the site is whole."""
    config, out = standing
    started = [gongshi("build", "--workers", "1", "--out", str(out), cwd=config.parent) for _ in range(4)]
    said = [p.communicate()[1] for p in started]
    returned = [p.returncode for p in started]
    assert 0 in returned and {*returned} <= {0, 1}
    assert all(b"another build" in s for s, code in zip(said, returned, strict=True) if code)
    assert torn(out) == []


STEPS = [("os", "rename"), ("os", "replace"), ("os", "fsync"), ("publish", "_write_durably"), ("publish", "_point"),
         ("Path", "symlink_to"), ("Path", "write_bytes"), ("os", "write")]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
@pytest.mark.parametrize("error", [28, 5], ids=["ENOSPC", "EIO"])
def test_failing_step_leaves_the_old_site(standing: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch,
                                          step: tuple[str, str], error: int) -> None:
    """A disk that fails at any step stops the build with an OSError or ours; the old site stands; the next succeeds."""
    config, out = standing
    before = stands(out)
    owner = {"os": os, "publish": publish, "Path": Path}[step[0]]
    whole = getattr(owner, step[1])
    failed: list[bool] = []

    def failing(*args: object, **kwargs: object) -> object:
        if step[1] in ("write", "write_bytes") and not _below(out, args):
            return whole(*args, **kwargs)
        failed.append(True)
        raise OSError(error, os.strerror(error), str(out))

    with monkeypatch.context() as patch:
        patch.setattr(owner, step[1], failing)
        with pytest.raises((PublishError, OSError)):
            build_site(config, out)
    assert failed and stands(out) == before and torn(out) == []
    build_site(config, out)
    assert torn(out) == [] and _left_over(out) == []
    assert stands(out)[1]["cases/c-07.html"] != before[1]["cases/c-07.html"]


def test_half_written_page_is_noticed(standing: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that takes only a part, as on a nearly full disk, never leaves a shortened page in a release."""
    config, out = standing
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data)[:1000]))
    build_site(config, out)
    assert torn(out) == []


def _below(out: Path, args: tuple[object, ...]) -> bool:
    """Whether a call writes below the output folder: by its path, or by the file it has open."""
    target = os.readlink(f"/proc/self/fd/{args[0]}") if isinstance(args[0], int) else str(args[0])
    return target.startswith(str(out))


def _left_over(out: Path) -> list[str]:
    return [p.name for p in (out / "releases").iterdir() if p.name.startswith(".tmp-")] + [
        p.name for p in out.iterdir() if p.name not in ("releases", "current", "nginx.conf")]


def test_failing_content_leaves_the_old_site(standing: tuple[Path, Path]) -> None:
    """A broken link, found only after the pages were written, publishes nothing either."""
    config, out = standing
    before = stands(out)
    write_site(config.parent, {"cases/c-01.yml": SITE["cases/c-01.yml"] + 'note: "[无](/cases/none.html)"\n'})
    with pytest.raises(ContentError):
        build_site(config, out)
    assert stands(out) == before and _left_over(out) == []


KILLS = 20


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a clean build of the changed content holds."""
    root = tmp_path_factory.mktemp("expected")
    build_site(write_site(root, {**SITE, **CHANGED}), root / "site")
    return stands(root / "site")[1]


def test_killed_builds_leave_a_whole_site(standing: tuple[Path, Path], expected: dict[str, str]) -> None:
    """Twenty builds killed at random moments: old or new site, always whole; the next build equals a clean one."""
    config, out = standing
    before = stands(out)
    chance = random.Random(20260630)
    outcomes = set()
    for _ in range(KILLS):
        child = _build_in_child(config, out)
        time.sleep(chance.random() * 0.5)
        os.kill(child, signal.SIGKILL)
        outcomes.add(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        assert torn(out) == []
        assert stands(out)[1] in (before[1], expected)
    assert -signal.SIGKILL in outcomes
    build_site(config, out)
    assert stands(out)[1] == expected and _left_over(out) == []


def _build_in_child(config: Path, out: Path, at: Callable[[], object] = lambda: None) -> int:
    """Return the id of a child process that publishes the site; `at` is run in it beforehand."""
    child = os.fork()
    if child:
        return child
    try:
        tempfile.tempdir = str(config.parent)
        at()
        build_site(config, out)
    finally:
        os._exit(0)


def _moments() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield named ways to die: just before or just after each call that changes what stands."""
    for owner, name in ((os, "rename"), (os, "replace"), (publish, "_write_durably"), (publish, "_sync_folder"),
                        (publish, "_forget"), (shutil, "rmtree")):
        for late in (False, True):
            yield f"{'after' if late else 'before'} {name}", _dying(owner, name, late)


def _dying(owner: object, name: str, late: bool) -> Callable[[], None]:
    whole = getattr(owner, name)

    def die(*args: object, **kwargs: object) -> None:
        if late:
            whole(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return lambda: setattr(owner, name, die)


@pytest.mark.parametrize("moment", list(_moments()), ids=lambda moment: moment[0].replace(" ", "-"))
def test_killed_at_every_step_the_site_is_whole(standing: tuple[Path, Path], expected: dict[str, str],
                                                moment: tuple[str, Callable[[], None]]) -> None:
    """Killed right before or after each step that moves files, the site is wholly old or wholly new."""
    config, out = standing
    before = stands(out)
    child = _build_in_child(config, out, moment[1])
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert torn(out) == [] and stands(out)[1] in (before[1], expected)
    build_site(config, out)
    assert stands(out)[1] == expected and _left_over(out) == []


def test_killed_build_leaves_no_worker_behind(tmp_path: Path) -> None:
    """Workers die with the build they work for: the next build need not wait for anybody."""
    more = {f"cases/c{i:04}.yml": BASE["cases/leak.yml"] for i in range(1500)}
    config = write_site(tmp_path / "town", {**BASE, **more})
    command = [sys.executable, "-m", "generator", "build", "--config", str(config), "--out", str(tmp_path / "out"),
               "--workers", "2"]
    building = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children: list[str] = []
    while len(children) < 2 and building.poll() is None:
        children = Path(f"/proc/{building.pid}/task/{building.pid}/children").read_text().split()
    assert len(children) >= 2
    building.kill()
    building.wait()
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert torn(tmp_path / "out") == []


def test_half_removed_release_never_comes_back(make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while an old release is removed, nothing is left that could be taken for a whole one."""
    config = make_site()
    out = config.parent / "site"
    first = build_site(config, out)

    def interrupted(folder: Path, **how: object) -> None:
        if folder.name.endswith(first.name):
            (folder / "index.html").unlink()
            raise KeyboardInterrupt

    monkeypatch.setattr(publish.shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        for number in range(6):
            (config.parent / "content/cases/leak.yml").write_text(BASE["cases/leak.yml"] + f"note: 第{number}次\n")
            build_site(config, out)
    monkeypatch.undo()
    (config.parent / "content/cases/leak.yml").write_text(BASE["cases/leak.yml"])
    assert build_site(config, out).name == first.name
    assert torn(out) == []
