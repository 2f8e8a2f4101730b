"""Photos that records name and nobody put there, that lie there unnamed, or that are both real and made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from generator.data import Asked
from generator.problem import Place, Problem
from generator.wording import nearest

FOLDER = "photos"


def named(asked: Sequence[Asked], standing: Iterable[Asked], there: Set[str], spoilt: Set[str]) -> list[Problem]:
    """Return a Problem for every photo that a record shows and that is not there, and for every one that none names.

    A photo shows what happened or what is made up: made-up records that show what a real one shows have a Problem too.

    standing: those asked for by records that stand; there: paths below content/photos; spoilt: what has a Problem
    already.
    """
    lost = [Problem("photo-missing", Place(one.path, keys=one.keys), {
                "name": one.photo, "near": nearest(one.photo, sorted(there))})
            for one in standing if one.photo not in there and one.photo not in spoilt]
    unused = sorted(there - {one.photo for one in asked})
    real = {one.photo for one in asked if not one.illustrative}
    mixed = [Problem("photo-mixed", Place(one.path, keys=one.keys), {"name": one.photo})
             for one in asked if one.illustrative and one.photo in real]
    return lost + mixed + [Problem("photo-unused", Place(f"{FOLDER}/{path}", 1, 1), {"name": path}) for path in unused]
