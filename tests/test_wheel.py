"""The wheel holds all that a town needs and nothing else; installed alone, it founds, checks and builds a town."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.sites import ROOT

LEFT_OUT = {"__pycache__", "node_modules", "dist"}


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Return what a command prints; fails where it does. It knows nothing of this checkout."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    ran = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False,
                         stdin=subprocess.DEVNULL, env={**inherited, "LC_ALL": "zh_CN.UTF-8", **environment})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def wheel(into: Path, source: Path = ROOT, **environment: str) -> Path:
    """Build the wheel of a source tree into a folder."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", into, cwd=source, **environment)
    return next(into.glob("*.whl"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def town(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town founded by the installed wheel, with an environment of its own that borrows what the wheel needs."""
    root = tmp_path_factory.mktemp("elsewhere")
    venv.create(root / "venv", symlinks=True)
    packages = root / "venv" / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", root / "venv/bin/python", "install", "--no-index", "--no-deps", built,
        cwd=root)
    run(root / "venv/bin/gongshi", "init", root / "town", "--name", "清水公示", "--estate", "清水小区", cwd=root)
    return root / "town"


def test_wheel_is_reproducible(built: Path, tmp_path: Path) -> None:
    """The same checkout gives the same bytes, whatever the time zone, the locale and the mask for new files."""
    mask = os.umask(0o077)
    try:
        again = wheel(tmp_path, TZ="America/Lima", LC_ALL="C", PYTHONHASHSEED="7")
    finally:
        os.umask(mask)
    assert again.read_bytes() == built.read_bytes()


def test_wheel_holds_the_program_and_nothing_else(built: Path) -> None:
    """Code, theme, manuals and what a town starts with are there file by file; no test, no content of ours."""
    names = set(zipfile.ZipFile(built).namelist())
    target = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    wanted = {path.relative_to(ROOT).as_posix() for folder in target["wheel"]["only-include"]
              for path in (ROOT / folder).rglob("*") if path.is_file() and not LEFT_OUT & {*path.parts}}
    packed = {name if name.startswith("generator/") else f"generator/{name}" for name in wanted}
    ours = {name for name in names if ".dist-info/" not in name and not LEFT_OUT & {*Path(name).parts}}
    assert ours == packed
    assert not [n for n in names if n.startswith(("tests", "content")) or "node_modules" in n or n.endswith(".pyc")]
    assert "generator/town/requirements.lock" in names and "generator/theme/material/main.html" in names


def test_forms_are_in_the_wheel_once_they_are_made(tmp_path: Path) -> None:
    """What `make admin` makes is packed where it is there, though git ignores it; what npm put beside it is not."""
    source = tmp_path / "source"
    for path in ("theme/admin/dist/admin.js", "theme/admin/node_modules/a.js", "generator/x.py", "docs/x.md"):
        (source / path).parent.mkdir(parents=True)
        (source / path).write_text("x", encoding="utf-8")
    for name in ("pyproject.toml", ".gitignore", "LICENSE"):
        shutil.copy(ROOT / name, source)
    names = set(zipfile.ZipFile(wheel(tmp_path, source)).namelist())
    assert {name for name in names if ".dist-info/" not in name} == {
        "generator/theme/admin/dist/admin.js", "generator/x.py", "generator/docs/x.md"}


def test_installed_wheel_founds_and_builds_a_town(town: Path) -> None:
    """From a folder outside the checkout: init, check, build, new, export, import, schema, by the town's own wheel."""
    gongshi = town.parent / "venv/bin/gongshi"
    assert run(gongshi, "check", cwd=town) == "22 条记录，没有问题。\n"
    assert "已发布" in run(gongshi, "build", cwd=town)
    assert "清水公示" in (town / "site/current/index.html").read_text(encoding="utf-8")
    (town / "content/cases/deng.yml").write_text(run(gongshi, "new", "case", cwd=town).replace(
        "source: illustration", "source: shili").replace("demo-estate-b3", "shili-1"), encoding="utf-8")
    assert run(gongshi, "check", cwd=town) == "23 条记录，没有问题。\n"
    run(gongshi, "export", "case", "-o", "办件.xlsx", cwd=town)
    assert "不变 4" in run(gongshi, "import", "办件.xlsx", cwd=town)
    assert run(gongshi, "schema", cwd=town) == "都是新的，没有改动。\n"


def test_town_installs_by_hash_alone(town: Path) -> None:
    """pip takes the pinned wheel out of the town's own repository; one flipped bit and it refuses."""
    pins = (town / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (town / "own.txt").write_text(next(line for line in pins if line.startswith("./wheels/")), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", town.parent / "venv/bin/python", "install", "--no-index",
           "--no-deps", "--force-reinstall", "--require-hashes", "-r", "own.txt")
    assert "Successfully installed gongshi" in run(*pip, cwd=town)
    vendored = next((town / "wheels").iterdir())
    whole = vendored.read_bytes()
    vendored.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(AssertionError, match="DO NOT MATCH THE HASHES"):
        run(*pip, cwd=town)
    vendored.write_bytes(whole)
