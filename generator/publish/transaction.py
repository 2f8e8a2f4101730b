"""A release is written beside the one that stands, and put in place by one rename; whatever fails before, that stands.

`DIR/releases/<id>/` holds a release, `DIR/current` is the link that servers take.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.digest import canonical, sha256
from generator.problem import PublishError
from generator.publish import durable, kept
from generator.publish.compress import COPIES
from generator.publish.hosting import NGINX, nginx_conf
from generator.publish.release import Release

STAGING = ".tmp-"
READABLE = 0o555
"""What a site needs of everybody: a web server is another user than whoever builds."""


class Published(NamedTuple):
    """The folder of the release that stands now, and the names of those that went since they showed what has ended."""

    folder: Path
    gone: list[str]


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Hold the output folder for this process alone, clear what killed builds left, and give the folder of releases.

    The lock is the system's and goes with its process; its file says which one holds it. On NFS it holds between
    machines unless the folder is mounted with `nolock` or `local_lock`: then only one machine may publish into it.
    Meanwhile what is made may be read by everybody, whatever the user's umask; who may write is left to that.
    Raises: PublishError if another build holds it, or where anything can't be read or written: the path is named.
    """
    releases, mask = out / "releases", os.umask(0)
    os.umask(mask & ~READABLE)
    try:
        releases.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(releases / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            _hold(descriptor, out)
            _clear(out)
            yield releases
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PublishError(_told(error, out)) from error
    finally:
        os.umask(mask)


def _told(error: OSError, out: Path) -> str:
    """Return where the disk failed, and why; of all that went wrong with a tree that was copied, the first."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, target, reason = error.args[0][0]
        return f"{target}: {reason}"
    return f"{error.filename or out}: {error.strerror or error}"


def _clear(out: Path) -> None:
    """Remove what killed builds left."""
    for left in (out / "releases").glob(f"{STAGING}*"):
        durable.remove(left)
    for fresh in out.glob(f".*{durable.FRESH}"):
        fresh.unlink()


def _hold(descriptor: int, out: Path) -> None:
    import fcntl  # not on every system; only publishing needs it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
        zh, en = (f"（进程 {holder}）", f" (process {holder})") if holder.isdigit() else ("", "")
        raise PublishError(f"{out}: 另一次生成正在进行{zh} / another build is running{en}") from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


@contextmanager
def begin(out: Path) -> Iterator[Release]:
    """Give an empty release beside those that stand; what is not committed is gone afterwards."""
    folder = out / "releases" / f"{STAGING}{os.getpid()}"
    folder.mkdir()
    try:
        yield Release(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit(release: Release, out: Path, about: Mapping[str, str | list[str]], keep: int) -> Published:
    """Put a release in place; the same content gets the same id, and then nothing moves.

    about: what the manifest says besides the files: as_of, commit, generator, withheld, terms, until; no clock, no
    path, no predecessor. Raises: OSError; before the link is renamed the old site stands, afterwards the new one.
    """
    said = {**about, "files": release.listed()}
    manifest = canonical(said)
    name = f"{about['as_of']}-{sha256(manifest)[:12]}"
    final = _whole(out, name)
    if final is None:
        release.put(kept.MANIFEST, manifest + b"\n")
        final = _free(out, name)
        prepare(out, release.folder)
        os.rename(release.folder, final)
    elif final != kept.standing(out):
        prepare(out, final)
        os.utime(final)
    durable.put(out / NGINX, nginx_conf(release.forms).encode())
    stand(out, final)
    try:
        return Published(final, _forget(out, final, kept.manifest_of(said), keep))
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror}：新版已上线，旧版没有删净 / "
                           "the new release stands, older ones could not be removed") from error


def prepare(out: Path, release: Path) -> None:
    """Have a release, with the lasting assets of the others, on the disk."""
    for other in kept.by_age(out / "releases"):
        if other != release:
            _carry(other, release)
    durable.flush(release)


def stand(out: Path, release: Path) -> None:
    """Make a whole release the one that stands, by one rename."""
    release.with_name(kept.LEFT + release.name).unlink(missing_ok=True)
    durable.flush_one(out / "releases")
    durable.point(out / kept.CURRENT, Path("releases", release.name))


def _whole(out: Path, name: str) -> Path | None:
    """Return the release of this name that lies there already and is whole."""
    found = [one for one in kept.by_age(out / "releases") if one.name == name or one.name.startswith(f"{name}-")]
    found.sort(key=lambda one: one != kept.standing(out))
    return next((one for one in found if not kept.damage(one)), None)


def _free(out: Path, name: str) -> Path:
    """Return a folder for a release that is in nobody's way: a damaged one may stand, and is not taken from below."""
    folder, number = out / "releases" / name, 1
    while folder.exists():
        number += 1
        folder = out / "releases" / f"{name}-{number}"
    return folder


def _carry(source: Path, target: Path) -> None:
    """Link the lasting assets of a release into one that lacks them; that one's manifest does not name them."""
    lasting = (path.relative_to(source) for path in (source / "assets").rglob("*"))
    if all((target / path).exists() for path in lasting):
        return  # reading a manifest of 100,000 files takes 0.2 s
    said = kept.read(source)
    for path in sorted(filter(kept.LASTING.fullmatch, said.files if said else ())):
        for copy in (path, *(path + ending for ending in COPIES)):
            if (source / copy).is_file() and not (target / copy).exists():
                (target / copy).parent.mkdir(parents=True, exist_ok=True)
                _link(source / copy, target / copy)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _forget(out: Path, standing: Path, stands: kept.Manifest, keep: int) -> list[str]:
    """Remove the releases beyond `keep`, and all that show what has ended or was withdrawn; return the latter's names.

    A release whose manifest can't be read may hold it as well.
    """
    others = [one for one in kept.by_age(out / "releases") if one != standing]
    ended = [one for one in others if _is_ended(kept.read(one), stands)]
    for old in [*ended, *[one for one in others if one not in ended][keep - 1:]]:
        _remove(old)
    return sorted(one.name for one in ended)


def _is_ended(said: kept.Manifest | None, stands: kept.Manifest) -> bool:
    return said is None or bool(said.ended_by(stands))


def _remove(release: Path) -> None:
    """Remove a release; renamed first: killed meanwhile, nothing that looks like a whole release is left behind."""
    leaving = release.with_name(f"{STAGING}{release.name}")
    os.rename(release, leaving)
    durable.remove(leaving)
    release.with_name(kept.LEFT + release.name).unlink(missing_ok=True)
