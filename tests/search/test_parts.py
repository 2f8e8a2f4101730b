"""Indexes are parts of a bounded size: an edit makes its own part again, and no other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from generator import batch
from generator.data import Index, Row
from generator.execute import Sizes, lasting_batches
from generator.search import indexes, pagefind, plan
from tests.search.test_index import pages
from tests.sites import BASE, build_site, tree

Make = Callable[..., Path]
CASE = BASE["cases/leak.yml"]
DAYS = ("2024-01-06", "2024-02-06", "2024-03-06", "2024-04-06", "2024-05-06", "2024-06-06")
MORE = {f"cases/c{number}.yml": CASE.replace("title: 楼道漏水", f"title: 第{number}处漏水").replace("2026-", "2024-")
        for number in range(1, 5)}


def row(id: str, kind: str = "case", day: str = DAYS[0], withdrawn: bool = False) -> Row:
    """Return a record of which only kind, id and day are told."""
    return Row(kind, id, f"{kind}/{id}.yml", id, day, day, None, None, 0, False, withdrawn, "", (), (), ())


def in_batches(ids: Sequence[str]) -> list[list[Row]]:
    """Return cases in batches, as they are read."""
    return [[row(id) for id in some] for some in lasting_batches(ids, str)]


def members(batches: Sequence[Sequence[Row]]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the records of each index."""
    return {index.name: tuple(one.id for at, year in index.slices for one in indexes.by_year(batches[at])[year])
            for index in plan(batches)}


def ids(many: int) -> list[str]:
    """Return so many ids in order."""
    return [f"c{number:06}" for number in range(many)]


@pytest.mark.parametrize("many", [0, 199, 200, 799, 5000])
def test_parts_hold_all_once_and_are_bounded(many: int) -> None:
    """Every record is in one index; none holds more than the most of a part and one slice more."""
    found = members(in_batches(ids(many)))
    assert sorted(id for some in found.values() for id in some) == ids(many)
    assert max(map(len, found.values())) <= indexes.PART.most + 256
    assert len(found) <= 2 + many // indexes.PART.least
    assert next(iter(found)) == "rest" and ("cases-2024" in found) == (many >= indexes.MANY)


def test_one_more_or_less_changes_few_parts() -> None:
    """A record added or taken away leaves other parts as they are, by name and content: in the mean two change
    at most, the one that it is in and one whose end it was."""
    before = ids(3000)
    old = members(in_batches(before))
    after = [before[:at] + before[at + 1:] for at in range(0, 3000, 150)]
    after += [[*before[:at], f"{before[at]}-b", *before[at:]] for at in range(0, 3000, 150)]
    changed = [len(members(in_batches(some)).items() - old.items()) for some in after]
    assert len(old) > 4 and min(changed) == 1 and sum(changed) <= 2 * len(changed)


def test_a_part_tells_its_days() -> None:
    """First and last day of an index are those of its records; what has none, and what is withdrawn, doesn't count."""
    batches = [[row("a", "document", "")], [row(f"c{day}", day=day) for day in DAYS], [row("d", withdrawn=True)]]
    assert plan(batches) == (Index("rest", "", "", DAYS[0], DAYS[-1], ((0, ""), (1, "2024"))),)


def test_rest_is_cut_as_well() -> None:
    """Small kinds and years may be many together: their indexes are bounded, and have names of their own."""
    batches = [[row(f"a{year}{n:03}", day=f"{year}-05-06") for n in range(150)] for year in range(1990, 2020)]
    names = [index.name for index in plan(batches)]
    assert len(set(names)) == len(names) > 4 and all(name.startswith("rest") for name in names)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every record is a batch, two are a part; the codes of the indexes that are made are noted."""
    noted: list[str] = []
    make = pagefind._made

    def noting(code: str, *given: object) -> list[pagefind.Part]:
        noted.append(code)
        return make(code, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "lasting_batches", partial(lasting_batches, sizes=Sizes(1, 1, 1)))
    monkeypatch.setattr(indexes, "MANY", 2)
    monkeypatch.setattr(indexes, "PART", Sizes(2, 1, 2))
    monkeypatch.setattr(pagefind, "_made", noting)
    return noted


def test_an_edit_makes_its_part_again(make_site: Make, tmp_path: Path, made: list[str]) -> None:
    """Of the parts of a kind and year one is made again, by what was kept of its other records or, where that is
    spoilt, by these themselves; what stands is what a build without caches makes."""
    config, out = make_site(BASE | MORE), tmp_path / "out"
    build_site(config, out)
    parts = [path for path in (out / "current/search").iterdir() if path.is_dir()]
    assert len(made) == len(parts)
    assert {"cases-2024", "cases-2024.case.c3"} <= {path.name for path in parts}
    made.clear()
    edited = MORE["cases/c4.yml"].replace("第4处", "第四处")
    (config.parent / "content/cases/c4.yml").write_text(edited, encoding="utf-8")
    kept = [path for path in (config.parent / ".cache/painted").iterdir() if "-" in path.name]
    assert len(kept) > len(MORE)
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    new = tree(build_site(config, out))
    assert made == [Index("cases-2024.case.c3").code]
    assert "第四处" in pages(out / "current")["cases/c4.html"]["meta"]["title"]
    shutil.rmtree(config.parent / ".cache")
    assert new == tree(build_site(config, tmp_path / "cold"))
