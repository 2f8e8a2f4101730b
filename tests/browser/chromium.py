"""Finds a Chromium for the browser tests. Run as a script, it installs what they lack, if it can."""

import os
import re
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLAYWRIGHT = (sys.executable, "-m", "playwright")
REQUIRED = os.environ.get("CI") == "true"


def find() -> str | None:
    """The path of a Chromium: GONGSHI_CHROMIUM, else the system's, else playwright's.

    None where there is none, or where playwright cannot run.
    """
    if _fault(*PLAYWRIGHT, "--version"):
        return None
    if chosen := os.environ.get("GONGSHI_CHROMIUM"):
        return chosen
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    # Starting it tells a real one from a stub, or from one that lacks libraries.
    paths = [*map(shutil.which, NAMES), own]
    return next((path for path in paths if path and not _fault(path, "--version")), None)


def _fault(*command: str) -> str | None:
    """Runs a command quietly; why it failed, or None."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return None
    lines = done.stdout.strip().splitlines() or [f"exit code {done.returncode}"]
    return next((line for line in lines if re.match(r"E: |.*\b[Ee]rror: ", line)), lines[-1]).strip()


def _can_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(*packages: str) -> str | None:
    print(f"apt-get install {' '.join(packages)} ...", flush=True)
    _fault("apt-get", "update")  # one broken source should not matter
    return _fault("apt-get", "install", "-y", "--no-install-recommends", *packages)


def _lacks_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return True
    return not subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip()


def main() -> int:
    faults: dict[str, str | None] = {}
    path = find()
    if not path and _can_apt():
        if _fault(*PLAYWRIGHT, "--version"):
            faults["libatomic1"] = _apt("libatomic1")  # its node needs it
            path = find()
        if not path:
            faults["chromium"] = _apt("chromium")
            path = find()
    if not path:
        print("playwright install chromium ...", flush=True)
        deps = ["--with-deps"] if _can_apt() else []
        faults["playwright install"] = _fault(*PLAYWRIGHT, "install", *deps, "chromium")
        path = find()
    if path and _can_apt() and _lacks_chinese_font():
        faults["fonts-noto-cjk"] = _apt("fonts-noto-cjk", "fontconfig")

    why = "; ".join(f"{what}: {fault}" for what, fault in faults.items() if fault)
    if path:
        print(f"Chromium: {path}" + (f" ({why})" if why else ""), flush=True)
        return 0
    then = "and CI=true needs one" if REQUIRED else "so the browser tests will be skipped"
    print(f"No Chromium that starts, {then} ({why})", flush=True)
    return 1 if REQUIRED else 0


if __name__ == "__main__":
    sys.exit(main())
