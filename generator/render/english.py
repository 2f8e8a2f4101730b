"""The English interface: a gettext catalogue and the script that puts it in, as one asset for those who ask for it.

Record pages exist once and are Chinese; `locale/en/translate.js` says how their interface becomes English on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = "locale/en/LC_MESSAGES/gongshi.po"
SCRIPT = "locale/en/translate.js"
STOPS = "。：，；"
HOLE = re.compile(r"#|\{(?:own|word)\d?\}")
"""What a message leaves open: a number, words that stay as written, words that are translated themselves."""


def english(themes: Sequence[Path], prose: Iterable[str]) -> bytes:
    """Return the script for English readers. prose: the addresses of the Chinese pages that exist in English."""
    script = next(path for folder in themes if (path := folder / SCRIPT).is_file()).read_bytes()
    said = {"messages": messages(themes), "pages": sorted(prose)}
    return script + f"gongshi.english.read({json.dumps(said, ensure_ascii=False)});\n".encode()


def messages(themes: Sequence[Path]) -> dict[str, str]:
    """Return every message with its English; a town's own come before ours, those with most words of theirs first."""
    found: dict[str, str] = {}
    for folder in reversed(themes):
        if (folder / CATALOGUE).is_file():
            with (folder / CATALOGUE).open("rb") as file:
                found.update(pair(str(m.id), str(m.string)) for m in read_po(file) if m.id and m.string)
    return dict(sorted(found.items(), key=lambda message: (-len(HOLE.sub("", message[0])), message[0])))


def pair(chinese: str, said: str) -> tuple[str, str]:
    """Return a message as the script looks it up: single spaces, no stop at its end, which pages add or leave out."""
    key = " ".join(chinese.split())
    core = key.rstrip(STOPS)
    return core, said if core == key else said.rstrip(" .:,;")


def in_english(prose: Iterable[str]) -> list[str]:
    """Return the addresses of the prose pages that stand below `en/` as well; prose: paths below content/pages."""
    paths = set(prose)
    return sorted(path.removesuffix(".md") + ".html" for path in paths
                  if path.endswith(".md") and f"en/{path}" in paths)
