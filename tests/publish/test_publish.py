"""Publishing is a transaction: whatever happens, one whole site stands, and equal content gives equal bytes."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from generator import __version__, cache, publish
from generator.data import Written
from generator.digest import sha256
from generator.problem import ContentError, PublishError
from generator.publish import durable, kept
from tests.pictures import picture
from tests.sites import (
    BASE,
    CONFIG,
    LISTED,
    RATED,
    ROOT,
    build_site,
    content,
    gongshi,
    put_in_place,
    torn,
    tree,
    write_site,
)

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
    assert manifest == {"as_of": "2026-06-30", "commit": "", "generator": __version__, "until": "", "withheld": [],
                        "terms": []}


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


def _commit(out: Path, data: bytes, keep: int = 5) -> Path:
    return put_in_place(out, {"index.html": data}, keep).folder


def test_old_content_again_leads_back_to_its_release(tmp_path: Path) -> None:
    """Content that was published before gets the same release, and `current` leads back to it."""
    first, second = _commit(tmp_path, b"1", 5), _commit(tmp_path, b"2", 5)
    assert _commit(tmp_path, b"1", 5) == first != second
    assert (tmp_path / "current").resolve() == first


def _spoil(release: Path, how: str) -> None:
    page, manifest = release / "index.html", release / "manifest.json"
    spoilt = {"truncated": lambda: page.write_bytes(page.read_bytes()[:-1]),
              "flipped": lambda: page.write_bytes(b"X" + page.read_bytes()[1:]), "missing": page.unlink,
              "foreign": lambda: (release / "other.html").write_bytes(b"x"), "no manifest": manifest.unlink,
              "manifest flipped": lambda: manifest.write_bytes(manifest.read_bytes().replace(b"06-30", b"06-29")),
              "manifest cut": lambda: manifest.write_bytes(manifest.read_bytes()[:-9]),
              "copy torn": lambda: (release / "index.html.gz").write_bytes(b"\x1f\x8b torn")}
    spoilt[how]()


SPOILT = ["truncated", "flipped", "missing", "foreign", "no manifest", "manifest flipped", "manifest cut", "copy torn"]


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("stands", [True, False], ids=["that stands", "of before"])
def test_a_damaged_release_is_never_taken_for_good(tmp_path: Path, how: str, stands: bool) -> None:
    """Content whose release lies there damaged is published anew beside it; the damaged one is then gone."""
    first = _commit(tmp_path, b"1")
    if not stands:
        _commit(tmp_path, b"2")
    _spoil(first, how)
    again = _commit(tmp_path, b"1")
    assert again.name == f"{first.name}-2" and torn(tmp_path) == [] and kept.damage(again) == []
    assert (tmp_path / "current/index.html").read_bytes() == b"1"
    assert _commit(tmp_path, b"1") == again


def test_a_link_that_leads_nowhere_is_mended(tmp_path: Path) -> None:
    """Where the release that stands was deleted by hand, the next build stands, the same content or not."""
    for data in (b"1", b"2"):
        shutil.rmtree(_commit(tmp_path, b"1"))
        assert not (tmp_path / "current").exists()
        _commit(tmp_path, data)
        assert torn(tmp_path) == [] and (tmp_path / "current/index.html").read_bytes() == data


def test_all_is_on_the_disk_before_the_link_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and folders are flushed before the release gets its name, and each rename once it is done."""
    done: list[str] = []
    for module, name in ((durable, "flush"), (durable, "flush_one"), (os, "rename"), (os, "replace")):
        whole = getattr(module, name)

        def noted(path: Path, *more: object, name: str = name, whole: Callable[..., object] = whole) -> object:
            done.append(f"{name} {path.name.partition('-')[0]}")
            return whole(path, *more)

        monkeypatch.setattr(module, name, noted)
    _commit(tmp_path, b"1")
    assert done == ["flush .tmp", "rename .tmp", "flush_one .nginx.conf", "replace .nginx.conf",
                    f"flush_one {tmp_path.name}".partition("-")[0], "flush_one releases", "replace .current",
                    f"flush_one {tmp_path.name}".partition("-")[0]]


@pytest.mark.parametrize("libc", [True, False], ids=["syncfs", "fsync each"])
def test_flushing_reaches_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libc: bool) -> None:
    """Where the system can't flush a whole file system, each file and each folder is flushed."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/page.html").write_bytes(b"x")
    flushed: list[str] = []
    monkeypatch.setattr(durable, "flush_one", lambda path: flushed.append(path.name))
    if not libc:
        monkeypatch.setattr(durable.ctypes, "CDLL", lambda *args, **kwargs: object())
    durable.flush(tmp_path / "a")
    assert sorted(flushed) == ([] if libc else ["a", "b", "page.html"])


# ── what has ended ──


def test_a_kept_release_that_shows_what_was_withdrawn_is_deleted(tmp_path: Path) -> None:
    """Releases whose page, or part of it, names nobody today go with the next one; those before and after stay."""
    def built(number: int, *paths: str, withheld: Sequence[str] = (), terms: Sequence[str] = ()) -> publish.Published:
        files = {path: f"{number}".encode() for path in ("index.html", *paths)}
        return put_in_place(tmp_path, files, withheld=list(withheld), terms=list(terms))

    before = built(1, "cases/b.html").folder
    shown = built(2, "cases/a.html", "cases/b.html").folder
    named = built(3, "cases/a.html", "people/p.html", withheld=["cases/a.html"], terms=["people/p.html#x 2026-07-01"])
    assert named.gone == [shown.name] and before.is_dir()
    last = built(4, "cases/a.html", "people/p.html", withheld=["cases/a.html"])
    assert last.gone == [named.folder.name]
    assert built(5, "cases/a.html", withheld=["cases/a.html"], terms=["b.html#x 2026-07-01"]).gone == []


def test_a_withdrawn_record_takes_older_releases_along(make_site: Callable[..., Path], run: Callable[..., Result]
                                                       ) -> None:
    """A build whose record is withdrawn says which releases it deleted; its former address counts as well."""
    leak = BASE["cases/leak.yml"]
    config = make_site()
    args = ("build", "--config", str(config))
    assert run(*args).exit_code == 0
    first = os.readlink(config.parent / "site/current").partition("/")[2]
    write_site(config.parent, {"cases/leak.yml": None, "cases/seep.yml":
                               f"{leak}formerly: [leak]\nwithdrawn: {{date: 2026-06-20, reason: 误录}}\n"})
    done = run(*args)
    assert done.exit_code == 0 and first in done.stderr
    [only] = [p for p in (config.parent / "site/releases").iterdir() if p.is_dir()]
    assert json.loads((only / "manifest.json").read_bytes())["withheld"] == ["cases/leak.html", "cases/seep.html"]


def test_the_next_end_stands_in_the_manifest(make_site: Callable[..., Path]) -> None:
    """The manifest says the first of the last days of all that ends."""
    config = make_site({**RATED, **LISTED})
    said = json.loads((build_site(config, config.parent / "out") / "manifest.json").read_bytes())
    assert said["until"] == "2026-12-01" and [term.split("#")[0] for term in said["terms"]] == ["listings/l-0001.html"]


def test_of_two_terms_alike_one_taken_back_is_noticed(make_site: Callable[..., Path]) -> None:
    """Two exceptions of one record until the same day are two terms: without one, the older release goes."""
    leave = ("  - {what: phone, at: AT, reason: 找人, ground: 会议纪要, decided_by: 街道办, since: 2026-06-01, "
             "until: 2026-12-01}\n")
    told = BASE["cases/leak.yml"] + "note: 打 139 0733 0000\nprivacy_exceptions:\n" + leave.replace("AT", "note")
    second = leave.replace("AT", "description") + "description: 打 138 0733 0000\n"
    config = make_site({"cases/leak.yml": told + second})
    out = config.parent / "out"
    both = build_site(config, out)
    assert len(json.loads((both / "manifest.json").read_bytes())["terms"]) == 2
    make_site({"cases/leak.yml": told})
    assert build_site(config, out) != both and not both.exists()


# ── what open pages ask for ──


def test_hashed_assets_outlive_their_release(tmp_path: Path) -> None:
    """Scripts of kept releases lie in the new one, copies too, outside its manifest; pages and pictures do not."""
    def files(number: int) -> dict[str, bytes]:
        return {"index.html": b"%d" % number, f"assets/site.0000000{number}.js": b"js%d" % number,
                f"photos/p.0000000{number}.webp": b"p", "assets/plain.js": b"x"}

    for number in range(3):
        put_in_place(tmp_path, files(number), keep=2)
        (tmp_path / f"current/assets/site.0000000{number}.js.gz").write_bytes(gzip.compress(b"js%d" % number))
    current = tmp_path / "current"
    lying = {p.relative_to(current.resolve()).as_posix() for p in current.resolve().rglob("*") if p.is_file()}
    assert lying == {*files(2), "manifest.json", "assets/site.00000002.js.gz", "assets/site.00000001.js",
                     "assets/site.00000001.js.gz", "assets/site.00000000.js", "assets/site.00000000.js.gz"}
    assert json.loads((current / "manifest.json").read_bytes())["files"].keys() == files(2).keys()
    assert kept.damage(current.resolve()) == []
    put_in_place(tmp_path, files(3), keep=2)
    assert {p.name for p in (current / "assets").iterdir()} == {
        "plain.js", "site.00000003.js", "site.00000002.js", "site.00000002.js.gz", "site.00000001.js",
        "site.00000001.js.gz"}


def test_assets_outlive_their_release_where_no_release_is_kept(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """CI builds into an empty folder: styles of the build before come out of the cache, and are no content."""
    config = _with_a_style(make_site)
    first = build_site(config, tmp_path / "one")
    [old] = {p.name for p in (first / "assets").glob("gongshi.*.css")}
    (config.parent / "theme/assets/gongshi.css/99-town.css").unlink()
    second = build_site(config, tmp_path / "two")
    assert len({p.name for p in (second / "assets").glob("gongshi.*.css")} - {old}) == 1
    assert (second / "assets" / old).read_bytes() == (first / "assets" / old).read_bytes()
    assert f"assets/{old}" not in content(tmp_path / "two") and torn(tmp_path / "two") == []
    third = build_site(config, tmp_path / "three")
    assert third.name == second.name and not (third / "assets" / old).exists()


def test_assets_out_of_a_cache_are_only_what_they_are_named_for(tmp_path: Path) -> None:
    """A cache that holds other paths, or other bytes than a name's digest says, adds nothing to a release."""
    style, name = b"x", f"assets/a.{sha256(b'x')[:8]}.css"
    for path, data in ((name, b"y"), ("index.html", style), (f"assets/../{name[7:]}", style),
                       (f"assets/{sha256(style)[:8]}.html", style), (name, style)):
        cache.keep(tmp_path / "store/last", [cache.Part([path], data)])
        made = publish.Release(tmp_path / sha256(path.encode() + data)[:8])
        (made.folder / "assets").mkdir(parents=True)
        publish.recall(tmp_path / "store", made)
        there = [one.relative_to(made.folder).as_posix() for one in made.folder.rglob("*") if one.is_file()]
        assert there == ([name] if (path, data) == (name, style) else [])


def _with_a_style(make_site: Callable[..., Path]) -> Path:
    part = make_site().parent / "theme/assets/gongshi.css/99-town.css"
    part.parent.mkdir(parents=True)
    part.write_bytes(b".gs-town { color: inherit }\n")
    return make_site(config=CONFIG + "theme: theme\n")


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


def test_a_link_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that may not be written to, the error names the link there, not what it would lead to."""
    def refused(source: object, target: object, *more: object) -> None:
        raise PermissionError(13, "Permission denied", str(source), None, str(target))

    monkeypatch.setattr(os, "symlink", refused)
    with pytest.raises(PublishError, match=f"^{tmp_path}/current: Permission denied$"):
        _commit(tmp_path, b"1")


def test_a_strict_umask_hides_no_page_from_the_server(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Where new files are the user's alone, everybody may read all of a site; the umask stays as it was."""
    shown = BASE["cases/leak.yml"] + "images: [{file: a.png, alt: 灯}]\n"
    before = os.umask(0o077)
    try:
        build_site(make_site({"photos/a.png": picture(), "cases/leak.yml": shown}), tmp_path / "web/site", workers=2)
    finally:
        assert os.umask(before) == 0o077
    there = [path for path in (tmp_path / "web").rglob("*") if not path.is_symlink() and path.name != ".lock"]
    assert [path for path in there if path.stat().st_mode & 0o555 != (0o555 if path.is_dir() else 0o444)] == []
    assert len(there) > 20


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


def test_half_written_page_is_noticed(standing: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that takes only a part, as on a nearly full disk, never leaves a shortened page in a release."""
    config, out = standing
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data)[:1000]))
    build_site(config, out)
    assert torn(out) == []


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

    monkeypatch.setattr(durable.shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        for number in range(6):
            (config.parent / "content/cases/leak.yml").write_text(BASE["cases/leak.yml"] + f"note: 第{number}次\n")
            build_site(config, out)
    monkeypatch.undo()
    (config.parent / "content/cases/leak.yml").write_text(BASE["cases/leak.yml"])
    assert build_site(config, out).name == first.name
    assert torn(out) == []


@pytest.mark.parametrize("error", [
    OSError(28, "No space left on device", "/x/shells/built/a.css"),
    shutil.Error([("/a", "/x/shells/built/a.css", "[Errno 28] No space left on device"), ("/b", "/x/b", "full")])])
def test_a_disk_that_fails_under_mkdocs_is_told_by_its_path(standing: tuple[Path, Path], error: OSError,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of a setting: the path is named, once, and the old site stands."""
    config, out = standing

    def failing(*given: object, **named: object) -> None:
        raise error

    before = stands(out)
    monkeypatch.setattr("mkdocs.commands.build.build", failing)
    with pytest.raises(PublishError, match=r"^/x/shells/built/a\.css: .*No space left on device$"):
        build_site(config, out)
    assert stands(out) == before
