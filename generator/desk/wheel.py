"""The program as one file for a town's repository, and the list of packages that pins it and all it needs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator.digest import sha256
from generator.problem import DeskError
from generator.saving import save

PACKAGE = Path(__file__).resolve().parent.parent
LOCK = "generator/town/requirements.lock"
"""Inside the wheel: what this version was tested with, every file by its hash."""
NAME = re.compile(r"gongshi-([0-9][0-9a-z.]*)-py3-none-any\.whl")
HEAD = """\
# 程序本身，和它用到的全部软件包，每个文件都有指纹。安装：
#   python -m pip install --require-hashes -r requirements.txt
# 这个文件由 gongshi 写，升级用 gongshi upgrade，不要手改。
"""


def own_wheel(into: Path) -> Path:
    """Return the wheel of the running program: built from its checkout into this folder, or what it was installed from.

    Raises: DeskError where there is neither.
    """
    checkout = PACKAGE.parent
    return _built(checkout, into) if (checkout / "pyproject.toml").is_file() else _installed()


def _built(checkout: Path, into: Path) -> Path:
    said = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into.absolute())],
                          cwd=checkout, capture_output=True, text=True, check=False)
    if said.returncode:
        raise DeskError("no-wheel", reason=(said.stderr.strip() or "hatchling").splitlines()[-1])
    return next(into.glob("*.whl"))


def _installed() -> Path:
    """Return the file that pip says it installed, if it is still the same one (PEP 610)."""
    about = json.loads(metadata.distribution("gongshi").read_text("direct_url.json") or "{}")
    path = Path(url2pathname(urlsplit(about.get("url", "")).path))
    wanted = about.get("archive_info", {}).get("hashes", {}).get("sha256")
    if not wanted or not path.is_file() or sha256(path.read_bytes()) != wanted:
        raise DeskError("no-wheel", reason=about.get("url") or "direct_url.json")
    return path


def version_of(wheel: Path) -> str:
    """Return the version that a wheel of this program holds. Raises: DeskError where it is no such wheel."""
    named = NAME.fullmatch(wheel.name)
    if not named:
        raise DeskError("not-a-wheel", name=wheel.name)
    return named[1]


def requirements(wheel: Path) -> str:
    """Return the text of `requirements.txt` for a repository that holds this wheel below `wheels/`.

    Raises: DeskError where it is no wheel of this program.
    """
    version_of(wheel)
    try:
        with zipfile.ZipFile(wheel) as whole:
            lock = whole.read(LOCK).decode()
    except (OSError, KeyError, zipfile.BadZipFile):
        raise DeskError("not-a-wheel", name=wheel.name) from None
    pins = "\n".join(line for line in lock.splitlines() if not line.lstrip().startswith("#"))
    return f"{HEAD}./wheels/{wheel.name} --hash=sha256:{sha256(wheel.read_bytes())}\n{pins}\n"


def vendor(wheel: Path, root: Path) -> list[Path]:
    """Put a wheel into a town's repository in place of the one before; return what was written.

    Raises: DeskError where it is no wheel of this program.
    """
    text, data = requirements(wheel), wheel.read_bytes()
    place = root / "wheels" / wheel.name
    save({place: data, root / "requirements.txt": text.encode()})
    for old in place.parent.glob("gongshi-*.whl"):
        if old != place:
            old.unlink()
    return [place, root / "requirements.txt"]
