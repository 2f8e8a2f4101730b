"""An older release is put in place again, once it is proved whole and shows nothing that has ended since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.problem import DeskError
from generator.publish import kept
from generator.publish.transaction import locked, prepare, stand


class Kept(NamedTuple):
    """A release that lies there: whether it stands, was left by a rollback, and what its manifest says.

    size: bytes of all its files, 0 where the manifest can't be read; pages: how many pages those are.
    """

    name: str
    stands: bool
    left: bool
    as_of: str
    commit: str
    pages: int
    size: int


def listed(out: Path) -> list[Kept]:
    """Return the releases of an output folder, that which went online last first."""
    releases = out / "releases"
    standing = kept.standing(out)
    return [_told(one, one == standing) for one in kept.by_age(releases)] if releases.is_dir() else []


def _told(release: Path, stands: bool) -> Kept:
    left = release.with_name(kept.LEFT + release.name).exists()
    said = kept.read(release)
    if said is None:
        return Kept(release.name, stands, left, "", "", 0, 0)
    return Kept(release.name, stands, left, said.as_of, said.commit, sum(path.endswith(".html") for path in said.files),
                sum(size for _, size in said.files.values()))


def rollback(out: Path, name: str, today: date) -> tuple[str, str]:
    """Put a release in place again; return the names of the one that stood and of the one that stands now.

    name: empty for the one that went online before and was not left by a rollback. Raises: DeskError where there is
    none, where it is damaged, and where it shows what has ended or was withdrawn since; PublishError.
    """
    if not (out / "releases").is_dir():
        raise DeskError("rollback-none", name=str(out))
    with locked(out) as releases:
        now = kept.standing(out)
        target = _named(releases, name) if name else _before(out, now)
        if target == now:
            raise DeskError("rollback-stands", name=target.name)
        by_age = kept.by_age(releases)
        _stop_if_unfit(target, by_age[:by_age.index(target)], today)
        if now:
            now.with_name(kept.LEFT + now.name).touch()
        prepare(out, target)
        stand(out, target)
        return now.name if now else "", target.name


def _named(releases: Path, name: str) -> Path:
    found = {one.name: one for one in kept.by_age(releases)}
    if name not in found:
        raise DeskError("rollback-unknown", name=name, names="、".join(found) or "—")
    return found[name]


def _before(out: Path, now: Path | None) -> Path:
    """Return the release that went online before the one that stands, and was not left by a rollback."""
    found = kept.by_age(out / "releases")
    older = found[found.index(now) + 1:] if now in found else found
    for one in older:
        if not one.with_name(kept.LEFT + one.name).exists():
            return one
    raise DeskError("rollback-none", name=str(out))


def _stop_if_unfit(target: Path, newer: Iterable[Path], today: date) -> None:
    """Raise a DeskError where a release is not whole, or would publish again what must not be shown any more.

    newer: the releases that went online after it. A build deletes what has ended by then, but may have been killed.
    """
    said, wrong = kept.read(target), kept.damage(target)
    if said is None or wrong:
        raise DeskError("rollback-damaged", name=target.name, path=wrong[0], count=str(len(wrong)))
    if said.until and said.until < today.isoformat():
        raise DeskError("rollback-ended", name=target.name, day=said.until)
    for one in filter(None, map(kept.read, newer)):
        if pages := said.ended_by(one):
            raise DeskError("rollback-withdrawn", name=target.name, path=pages[0])
