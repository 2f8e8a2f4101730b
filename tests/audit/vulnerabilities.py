"""`make audit`: ask pip-audit and npm whether anything that the locks pin has a known fault.

Ends with 0 where everything was asked about and nothing is known, 1 where something is, 2 where it could not be asked:
both tools take a register that does not answer for one that knows nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.audit.licences import LOCK, ROOT, TOOLS

NPM = ("theme/admin", "tests/audit")


class Told(NamedTuple):
    """What a register told of one lock: how many packages it knows, what is wrong with them, what it was not asked."""

    lock: str
    asked: int
    faults: list[str]
    unasked: list[str]


def python_lock(lock: str, audit: str) -> Told:
    """Return what is known of a lock of Python packages. audit: the program pip-audit."""
    done = subprocess.run([audit, "--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json",
                           "-r", str(ROOT / lock)], capture_output=True, text=True, check=False)
    return of_pip(lock, done.stdout, done.stderr)


def of_pip(lock: str, said: str, fault: str) -> Told:
    """Return what pip-audit's JSON says; what is no JSON is no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        return Told(lock, 0, [], [(fault.strip().splitlines() or ["no answer"])[-1]])
    faults = [f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or '?'}"
              for one in packages for fault in one.get("vulns", [])]
    unasked = [one["name"] for one in packages if "skip_reason" in one]
    return Told(lock, len(packages) - len(unasked), faults, unasked)


def npm_lock(folder: str) -> Told:
    """Return what is known of the packages in a folder's package-lock.json."""
    done = subprocess.run(["npm", "audit", "--package-lock-only", "--json"], cwd=ROOT / folder, capture_output=True,
                          text=True, check=False)
    return of_npm(f"{folder}/package-lock.json", done.stdout)


def of_npm(lock: str, said: str) -> Told:
    """Return what npm's JSON says; what is no report is no answer."""
    try:
        told = json.loads(said)
        faults = [f"{name}: {one['severity']}" for name, one in sorted(told["vulnerabilities"].items())]
        return Told(lock, told["metadata"]["dependencies"]["total"], faults, [])
    except (ValueError, KeyError):
        return Told(lock, 0, [], ["npm: no answer"])


def lines(told: Told) -> Iterator[str]:
    """Yield what to print of one lock."""
    yield f"{told.lock}: {told.asked} asked about, {len(told.faults)} known faults"
    yield from (f"  {fault}" for fault in told.faults)
    if told.unasked:
        some = ", ".join(told.unasked[:5])
        yield f"  问不到（没有网络或这个源没有漏洞库）/ could not be asked: {len(told.unasked)}, {some} …"


def code(some: list[Told]) -> int:
    """Return the exit code of everything told."""
    if any(told.faults for told in some):
        return 1
    return 2 if any(told.unasked or not told.asked for told in some) else 0


def main(audit: str) -> int:
    """Ask about every lock and print the answers."""
    some = [*(python_lock(lock, audit) for lock in (LOCK, TOOLS)), *map(npm_lock, NPM)]
    print("\n".join(line for told in some for line in lines(told)))
    return code(some)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
