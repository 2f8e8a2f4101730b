"""`make vnu`: the Nu Html Checker reads every page of the site. It needs Java."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.pages import built

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
EXCUSED = {
    r"Attribute “autocomplete” is only allowed when the input type is": (
        "Material's hidden switches for drawer and search stand outside every block that can be overridden"),
    r"Bad value “vertical-rl” for attribute “writing-mode”": "SVG 2 allows it; vnu knows the values of SVG 1.1",
}
"""Errors that are none, and why; a pattern that no longer fits anything is reported too."""


def main() -> int:
    """Print every error that is not excused, and return 1 if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        found = checked(built(Path(folder)).release)
    errors = [one for one in found if one["type"] != "info" and not excused(one)]
    for one in errors:
        page = one.get("url", "").partition("/releases/")[2].partition("/")[2]
        extract = " ".join(one.get("extract", "").split())
        print(f"{page}:{one.get('lastLine', 0)}:{one.get('lastColumn', 0)}: {one['message']}", extract)
    unused = [e for e in EXCUSED if not any(re.match(e, one["message"]) for one in found)]
    print(f"vnu: {len(errors)} errors", *(f"no longer needed in EXCUSED: {e}" for e in unused), sep="\n")
    return bool(errors or unused)


def excused(one: dict[str, Any]) -> bool:
    """Whether a message is among those that are no errors."""
    return any(re.match(pattern, one["message"]) for pattern in EXCUSED)


def checked(release: Path) -> list[dict[str, Any]]:
    """Return vnu's messages about all pages of a release."""
    command = ["java", "-jar", str(JAR), "--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, str(release.resolve())], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["messages"]


if __name__ == "__main__":
    sys.exit(main())
