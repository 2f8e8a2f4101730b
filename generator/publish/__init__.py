"""Level 2, the last stage: a release is written beside the one that stands, and put in place by one rename.

`DIR/releases/<id>/` holds a release, `DIR/current` is the link that servers take. The manifest is written last;
what is killed before the link is renamed leaves the old site whole, and the next build clears what was left.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.data import Written
from generator.digest import canonical, sha256
from generator.problem import PublishError
from generator.publish.compress import COPIES, compress, encodings, is_worth_it
from generator.publish.hosting import HEADERS, NGINX, headers_file, nginx_conf
from generator.publish.sitemap import told
from generator.written import write

__all__ = ["COPIES", "MANIFEST", "STAGING", "Release", "begin", "commit", "compress", "encodings", "is_worth_it",
           "locked", "tell"]

MANIFEST = "manifest.json"
STAGING = ".tmp-"


@dataclass
class Release:
    """A release being written: its folder, the files it holds so far, and the pages hidden from search engines.

    forms: the policy of /admin/, empty where there are no forms.
    """

    folder: Path
    files: list[Written] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    forms: str = ""

    def take(self, source: Path, path: str) -> bytes:
        """Copy one file into the release and return its bytes."""
        data = source.read_bytes()
        self.put(path, data)
        return data

    def put(self, path: str, data: bytes) -> None:
        """Write one file into the release."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        self.files.append(write(self.folder, path, data))

    def hide(self, forms: Iterable[tuple[str, bytes]], policy: str) -> None:
        """Write the forms of /admin/, under a policy of their own and away from search engines."""
        for path, data in forms:
            self.put(path, data)
            self.hidden.add(path)
            self.forms = policy

    def add(self, files: Iterable[Written]) -> None:
        """Note files that a worker has written into the folder."""
        self.files += files

    def pages(self) -> list[str]:
        """Return the pages that may be found, in order."""
        return sorted(path for path in self.paths() - self.hidden if path.endswith(".html"))

    def paths(self) -> set[str]:
        """Return the paths of the files so far."""
        return {file.path for file in self.files}

    def make_folders(self, names: Iterable[str]) -> None:
        """Make the folders that workers write into."""
        for name in names:
            (self.folder / name).mkdir(parents=True, exist_ok=True)


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Hold the output folder for this build alone, clear what killed builds left, and give the folder of releases.

    Raises: PublishError if another build holds it, or where anything can't be written.
    """
    releases = out / "releases"
    try:
        releases.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(releases / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        try:
            _hold(descriptor, out)
            for left in releases.glob(f"{STAGING}*"):
                shutil.rmtree(left)
            yield releases
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error


def _hold(descriptor: int, out: Path) -> None:
    import fcntl  # not on every system; only publishing needs it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PublishError(f"{out}: 另一次生成正在进行 / another build is running") from None


@contextmanager
def begin(out: Path) -> Iterator[Release]:
    """Give an empty release beside those that stand; what is not committed is gone afterwards."""
    folder = out / "releases" / f"{STAGING}{os.getpid()}"
    folder.mkdir()
    try:
        yield Release(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tell(release: Release, address: str | None, updated: Mapping[str, str]) -> None:
    """Write what search engines and servers read. updated: the day on which a page last changed, where it is known."""
    for path, data in (*told(release.pages(), updated, address), (HEADERS, headers_file(release.forms).encode())):
        release.put(path, data)


def commit(release: Release, out: Path, about: dict[str, str], keep: int) -> Path:
    """Put a release in place and return its folder; the same content gets the same id, and then nothing moves.

    about: what the manifest says besides the files (commit, generator, as_of); no clock, no path, no predecessor.
    """
    taken: set[str] = set()
    for file in release.files:
        if file.path in taken:
            raise PublishError(f"two pages own the address {file.path}")
        taken.add(file.path)
    manifest = canonical({**about, "files": {f.path: [f.sha256, f.size] for f in sorted(release.files)}})
    name = f"{about['as_of']}-{sha256(manifest)[:12]}"
    final = out / "releases" / name
    try:
        _write_durably(release.folder / MANIFEST, manifest + b"\n")
        if not (final / MANIFEST).is_file():
            os.rename(release.folder, final)
        _point(out / "current", Path("releases", name))
        (out / NGINX).write_bytes(nginx_conf(release.forms).encode())
        _sync_folder(out)
    except OSError as error:
        raise PublishError(f"{error.filename}: {error.strerror}") from None
    _forget(out, keep)
    return final


def _write_durably(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` by one rename, so that no moment is without a site."""
    if link.exists() and not link.is_symlink():
        raise PublishError(f"{link}: 不是链接，不能替换 / not a link, can't be replaced")
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    fresh = link.with_name(".current-new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(out: Path, keep: int) -> None:
    """Remove the oldest releases beyond `keep`, never the one that stands."""
    standing = (out / "current").resolve()
    releases = [p for p in (out / "releases").iterdir() if p.is_dir() and not p.name.startswith(".")]
    releases.sort(key=lambda p: (p == standing, p.stat().st_mtime_ns, p.name), reverse=True)
    for old in releases[keep:]:
        # Renamed first: killed while removing, nothing that looks like a whole release is left behind.
        leaving = old.with_name(f"{STAGING}{old.name}")
        os.rename(old, leaving)
        shutil.rmtree(leaving)
