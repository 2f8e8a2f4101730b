"""Nothing that others could have written is unpickled: what is, was written moments before into a folder of our own."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from generator import batch
from tests.sites import ROOT, build_site, tree

LOADS = {("batch.py", "self.bodies.read_bytes()"), ("painting.py", "batch.entries.read_bytes()")}
"""Where something is unpickled: records and entries that wait in the workshop between two stages of one build."""


class Bomb:
    """Makes a folder wherever it is unpickled."""

    def __init__(self, marker: Path):
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.marker),)


def test_pickles_are_read_in_two_places() -> None:
    """No other module loads a pickle, or anything that holds one, and these two load files of the workshop."""
    found = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {getattr(node, "module", None), *(alias.name for alias in node.names)}
                assert not names & {"marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml.unsafe_load"}, path
                assert "pickle" not in names or path.name in ("batch.py", "painting.py"), path
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("pickle.l", "pickle.U")):
                found.add((path.name, ast.unparse(node.args[0])))
    assert found == LOADS


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
