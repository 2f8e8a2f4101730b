"""The privacy gate's detectors on lists that their author did not write."""

from __future__ import annotations

from collections.abc import Iterator

from tests.campaign import Row
from tests.gate.measuring import LISTS, codes, lines, scores


def run(share: float) -> Iterator[Row]:
    """Yield a row for each list: the whole of it, as reading it takes no time. share: is not asked."""
    for name in LISTS:
        some = list(lines(name))
        right = [line for line in some if line.must <= codes(line.text) <= line.may]
        found = scores(name)
        recall, precision = (min(getattr(one, what) for one in found.values()) for what in ("recall", "precision"))
        yield Row(f"detectors, {name}", len(some), len(some), len(right),
                  f"texts with {len(found)} kinds of personal data, and harmless ones: of each kind at least "
                  f"{recall:.0%} found, {precision:.0%} of what was told right")
