"""What a page of the manuals asks its reader to do, read off its blocks of code.

    ```console      lines that begin with `$ ` are typed; what follows is what the terminal says (`…`: anything)
    ```yaml         first line `# content/…/a.yml`: a whole file to be written (`写错的`: unsound);
                    `# …的一部分`: a part that is shown only
    ```diff         first line `# content/…/a.yml`: lines to be taken out (-) and put in (+)
    <!-- exit: 1 -->        before a block: its last command ends with this
    <!-- fill: a.xlsx 办件 -->      before a table: these rows are typed into that sheet of that file; one whose first
                                    cell stands there already changes its row, any other comes below
    <!-- photo: content/photos/a.jpg -->    a photo that the reader has
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BLOCK = re.compile(r"(?:^<!-- exit: (\d) -->\n+)?^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PHOTO = re.compile(r"^<!-- photo: (\S+) -->$", re.MULTILINE)
FILL = re.compile(r"^<!-- fill: (.+) -->\n+((?:\|.*\n)+)", re.MULTILINE)
LANGUAGES = {"console", "yaml", "diff", "text", "nginx", "python", "jinja", "css"}
"""What a block may be; what is none of the first three is only looked at."""
FILE = re.compile(r"#\s*((?:content/|[\w.-]+/)*[\w.-]+\.(?:yml|md|csv|po|html|css|py))( 写错的)?\s*$")
PART = re.compile(r"#.*(?:的一部分|part of)")


class Step(NamedTuple):
    """One thing to do: a command to `run`, a file to `write`, `spoil` or `change`, a sheet to `fill`, a `photo`.

    A part of a file is only there to `show`. what: the command, the path, or nothing; text: what is said then, stands
    in the file, or is to be typed.
    """

    place: str
    do: str
    what: str
    text: str
    exit: int = 0


def steps_of(page: str, text: str) -> list[Step]:
    """Return the steps of a page in the order in which they stand. Raises: ValueError where a block is unclear."""
    found = [(m.start(), step) for m in BLOCK.finditer(text) for step in _block(page, text, m)]
    found += [(m.start(), Step(_place(page, text, m.start()), "fill", m[1], m[2])) for m in FILL.finditer(text)]
    found += [(m.start(), Step(_place(page, text, m.start()), "photo", m[1], "")) for m in PHOTO.finditer(text)]
    return [step for _, step in sorted(found, key=lambda pair: pair[0])]


def _block(page: str, text: str, found: re.Match[str]) -> Iterator[Step]:
    ends, language, body = found.groups()
    place = _place(page, text, found.start(3))
    if language not in LANGUAGES:
        raise ValueError(f"{place}: a block must say what it is, one of {', '.join(sorted(LANGUAGES))}")
    if language == "console":
        yield from _commands(place, body, int(ends or 0))
    elif language in ("yaml", "diff"):
        head, _, rest = body.partition("\n")
        if path := FILE.fullmatch(head):
            yield Step(place, "change" if language == "diff" else "spoil" if path[2] else "write", path[1], rest)
        elif language == "yaml" and PART.match(head):
            yield Step(place, "show", "", rest)
        else:
            raise ValueError(f"{place}: the first line must name a file, or say of what this is a part")


def _commands(place: str, body: str, ends: int) -> Iterator[Step]:
    pieces = re.split(r"^\$ ", body, flags=re.MULTILINE)
    if pieces[0].strip() or len(pieces) == 1:
        raise ValueError(f"{place}: a console begins with a command, `$ …`")
    for number, piece in enumerate(pieces[1:], 1):
        command, _, said = piece.partition("\n")
        while command.endswith("\\"):
            more, _, said = said.partition("\n")
            command = command[:-1] + more.strip()
        yield Step(place, "run", command.strip(), said, ends if number == len(pieces) - 1 else 0)


def _place(page: str, text: str, at: int) -> str:
    return f"{page}:{text.count(chr(10), 0, at) + 1}"


def agrees(shown: str, said: str) -> bool:
    """Whether a terminal said what a page shows; `…` stands for anything, alone on a line for any lines."""
    lines = [line.rstrip() for line in shown.strip("\n").split("\n")]
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    plain = "\n".join(line.rstrip() for line in said.replace("\ufeff", "").strip("\n").split("\n")) + "\n"
    return re.fullmatch("".join(parts) + r"\n*", plain) is not None
