"""What comes from elsewhere: pinned to the byte, under a licence that is known; silence is no clean bill."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.audit import licences, vulnerabilities
from tests.audit.licences import FREE, Package, unfit
from tests.audit.vulnerabilities import Told, code, of_npm, of_pip
from tests.sites import ROOT

PYTHON = ("requirements.lock", "requirements-dev.lock", "generator/town/requirements.lock")
NPM = ("theme/admin", "tests/audit")
EXACT = re.compile(r"[a-z0-9][a-z0-9._-]*==[0-9][0-9a-z.+]*( ; .+)?")


def loose(lock: str) -> list[str]:
    """Return every line of a lock of Python packages that leaves open what is installed."""
    found = []
    for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", lock)):
        words = block.replace("\\\n", " ").split("--hash=")
        hashes = [word.strip() for word in words[1:]]
        if not EXACT.fullmatch(words[0].strip()) or not hashes or not all(
                re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes):
            found.append(block.splitlines()[0])
    return found


@pytest.mark.parametrize("lock", PYTHON)
def test_locks_pin_every_package_to_its_bytes(lock: str) -> None:
    """One version, and SHA-256 of every file that may be installed: no range, no address, no other index."""
    assert loose((ROOT / lock).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", [
    "a==1", "a>=1 --hash=sha256:" + "0" * 64, "a==1 --hash=md5:" + "0" * 32, "-e .", "--index-url https://x/simple",
    "a @ https://x/a.whl --hash=sha256:" + "0" * 64, "a==1.* --hash=sha256:" + "0" * 64])
def test_loose_lines_are_noticed(line: str) -> None:
    """The test of the locks can fail."""
    good = "b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n    # via c"
    assert loose(f"{good}\n{line}\n") == [line] and loose(f"# made by uv\n{good}\n") == []


@pytest.mark.parametrize("folder", NPM)
def test_npm_packages_are_pinned_to_their_bytes(folder: str) -> None:
    """One version asked for, every package by its SHA-512, from whatever registry the machine uses: none is named."""
    asked = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))
    for version in {**asked.get("dependencies", {}), **asked.get("devDependencies", {})}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    packages = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, one in packages.items():
        assert not path or ("resolved" not in one and one["integrity"].startswith("sha512-")), path


def test_everything_has_a_licence_that_is_listed() -> None:
    """The list is what the locks and the packages say today; none is unknown, none forbidden. If not: make licences."""
    assert licences.FILE.read_text(encoding="utf-8") == licences.document()
    listed = set(re.findall(r"(?m)^\| (\S+) \| (\S+) \|", licences.FILE.read_text(encoding="utf-8")))
    assert {*licences.locked("requirements.lock").items(), *licences.locked("requirements-dev.lock").items()} <= listed


@pytest.mark.parametrize(("licence", "fits"), [
    ("MIT", True), ("MIT OR GPL-3.0-only", True), ("MIT AND PSF-2.0", True), ("MIT AND GPL-3.0-only", False),
    ("", False), ("UNKNOWN", False), ("AGPL-3.0-only", False), ("SSPL-1.0", False), ("(MIT OR CC0-1.0)", True)])
def test_unknown_and_forbidden_licences_are_noticed(licence: str, fits: bool) -> None:
    """Of a choice one part is enough; of what counts together, every part must fit; nothing is no licence."""
    assert (not [*unfit([Package("a", "1", licence)], FREE)]) is fits


def test_silence_is_no_clean_bill() -> None:
    """Where a register could not be asked, pip-audit and npm end as if nothing were known: we do not."""
    known = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    fine, skipped = {"name": "b", "version": "1", "vulns": []}, {"name": "c", "skip_reason": "not found on PyPI"}
    told = {word: of_pip("x", json.dumps({"dependencies": some}), "") for word, some in (
        ("fine", [fine]), ("skipped", [fine, skipped]), ("known", [known, skipped]))}
    assert {word: code([one]) for word, one in told.items()} == {"fine": 0, "skipped": 2, "known": 1}
    assert told["known"].faults == ["a 1: PYSEC-1, mended in 2"]
    silent = (of_pip("x", "", "ConnectionError"), of_npm("x", '{"error": {}}'), of_npm("x", ""))
    assert [code([one]) for one in silent] == [2, 2, 2]
    report = {"vulnerabilities": {"d": {"severity": "high"}}, "metadata": {"dependencies": {"total": 3}}}
    assert of_npm("x", json.dumps(report)) == Told("x", 3, ["d: high"], []) and "问不到" in "".join(
        vulnerabilities.lines(told["skipped"]))


def test_nothing_is_vendored_in_silence() -> None:
    """No script or program of somebody else lies in the repository itself, where no lock would name it."""
    theirs = [path for pattern in ("*.min.js", "*.wasm", "*.so", "*.dll", "*.exe", "*.whl", "*.jar")
              for path in ROOT.glob(f"theme/**/{pattern}")]
    assert [path for path in theirs if not {"node_modules", "dist"} & {*Path(path).parts}] == []
