"""Nothing that somebody else could have written does anything when it is unpickled: it is data of ours, or refused."""

from __future__ import annotations

import ast
import functools
import os
import pickle
import shutil
import stat
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator import batch, cache, pickles
from generator.data import Raw, Reference, row_of
from generator.publish import Release
from generator.records.forms import Money
from tests.sites import AS_OF, BASE, ROOT, build_site, record, tree


class Bomb:
    """Makes a folder wherever it is unpickled."""

    def __init__(self, marker: Path):
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.marker),)


def test_pickles_are_read_in_one_place() -> None:
    """No other module loads a pickle, or imports anything that does."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {getattr(node, "module", None), *(alias.name for alias in node.names)}
                assert not names & {"marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml.unsafe_load"}, path
                assert "pickle" not in names or path.name == "pickles.py", path


def test_data_of_ours_comes_back() -> None:
    """Records, rows and plain values are after all what they were before."""
    case = record("case", BASE["cases/leak.yml"])
    row = row_of(case, Raw("case", "leak", "cases/leak.yml", {}), AS_OF)
    some = [case, row, Reference(("source", 0), "document/press"), Money(24000), Decimal("2.50"), Fraction(1, 3),
            date(2026, 6, 30), {"a"}, frozenset({("b", 1)}), None, True, "文", b"\0"]
    back = pickles.loads(pickles.dumps(some))
    assert back == some and [type(one) for one in back] == [type(one) for one in some]


@pytest.mark.parametrize("value", [
    os.system, eval, getattr, print, functools.partial(print, 1), build_site, pickles.loads, Path.unlink,
    functools.reduce, type, ast.parse, cache.keep, shutil.rmtree, object(), Release.put],
    ids=lambda value: getattr(value, "__qualname__", type(value).__name__))
def test_whatever_else_is_refused(value: Any) -> None:
    """Functions, classes of others, and methods of ours: nothing of them is even looked up."""
    with pytest.raises(pickle.UnpicklingError):
        pickles.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


@pytest.mark.parametrize("name", ["os.system", "Path.unlink", "__builtins__", "Memory", "no_such"])
def test_names_lead_nowhere_else(name: str) -> None:
    """What a module of ours has imported, and what stands in a class of it, is none of its data."""
    forged = b"\x80\x04\x8c\x14generator.remembered\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    with pytest.raises(pickle.UnpicklingError):
        pickles.loads(forged)


def test_modules_are_not_imported() -> None:
    """A pickle can't make this program import anything, its own command least of all."""
    with pytest.raises(pickle.UnpicklingError):
        pickles.loads(b"\x80\x04\x8c\x12generator.__main__\x8c\x04main\x93.")


def test_digests_are_of_values() -> None:
    """What a value holds twice makes no difference, shared or not; what it is does."""
    text = "".join(["社", "区"])
    assert pickles.digest([text, text]) == pickles.digest([text, "".join(["社", "区"])])
    assert pickles.digest((1, 2)) != pickles.digest([1, 2])


def test_workshop_is_ours_alone(tmp_path: Path) -> None:
    """The folder in which pickles wait is new, nobody else may write into it, and it is gone afterwards."""
    for inside in (None, tmp_path):
        with batch.workshop(inside) as work:
            assert stat.S_IMODE(work.stat().st_mode) == 0o700 and not list(work.iterdir())
            assert work.stat().st_uid == os.getuid()
        assert not work.exists()


def test_planted_pickles_are_never_read(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Bombs in the cache, under the names of its own files, and where a killed build leaves its work: none goes off."""
    config, out, marker = make_site(), tmp_path / "out", tmp_path / "exploded"
    clean = tree(build_site(config, out))
    bomb = pickle.dumps(Bomb(marker))
    pickle.loads(bomb)
    assert marker.is_dir()  # it would
    marker.rmdir()
    cached = [path for path in (config.parent / ".cache").rglob("*") if path.is_file()]
    for path in [*cached, *(config.parent / ".cache" / name for name in ("0.bodies", "search/0.entries", "photos/x"))]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bomb)
    left = out / "releases/.tmp-left"
    left.mkdir()
    for name in ("0.bodies", "0.entries", "1.bodies"):
        (left / name).write_bytes(bomb)
    shutil.rmtree((out / "current").resolve())
    assert tree(build_site(config, out)) == clean
    assert not marker.exists() and not left.exists()


def test_sealed_bombs_do_not_go_off(make_site: Callable[..., Path], tmp_path: Path) -> None:
    """Somebody who knows how a cache is sealed puts bombs into all of it: the site is that of its content."""
    config, out, marker = make_site(), tmp_path / "out", tmp_path / "exploded"
    clean = tree(build_site(config, out))
    read = [path for path in (config.parent / ".cache/read").iterdir() if not path.name.startswith(".")]
    assert len(read) > 3
    for path in read:
        cache.keep(path, [cache.Part([], pickle.dumps(Bomb(marker)))] * 2)
    shutil.rmtree((out / "current").resolve())
    assert tree(build_site(config, out)) == clean and not marker.exists()
    pickle.loads(pickle.dumps(Bomb(marker)))
    assert marker.is_dir()  # it would
