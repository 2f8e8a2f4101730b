"""Every regular expression of the generator, how it is asked, and texts that would make a careless one slow."""

from __future__ import annotations

import ast
import importlib
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tests.sites import ROOT

ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
NOT_OURS = ("generator/town/",)
"""Files for towns: data to us."""


class Pattern(NamedTuple):
    """A compiled pattern, where it stands, and the methods that the generator calls on it."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]

    def run(self, method: str, text: str) -> object:
        """Ask the pattern about a text, to the last match."""
        subject: Any = text.encode("utf-8", "surrogatepass") if isinstance(self.pattern.pattern, bytes) else text
        ask: Callable[..., Any] = getattr(self.pattern, method)
        if method == "sub":
            return ask(subject[:0], subject)
        return sum(1 for _ in ask(subject)) if method in ("finditer", "findall", "split") else ask(subject)


def patterns() -> list[Pattern]:
    """Return every pattern in generator/: those given a name, those written where they are used. None is skipped."""
    sources = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "generator").rglob("*.py"))
               if not path.relative_to(ROOT).as_posix().startswith(NOT_OURS)}
    asked = _asked(sources)
    found = {}
    for path, tree in sources.items():
        for where, pattern, method in _in(path, tree):
            name = where.rpartition(".")[2]
            methods = {method} if method else asked.get((path if name.startswith("_") else None, name), set())
            before = found.get((pattern.pattern, pattern.flags))
            found[pattern.pattern, pattern.flags] = Pattern(
                before.where if before else where, pattern,
                frozenset(methods) | (before.methods if before else frozenset()))
    return sorted(found.values(), key=lambda one: one.where)


def _asked(sources: dict[Path, ast.Module]) -> dict[tuple[Path | None, str], set[str]]:
    """Return the methods called on each name: `FOUND.search(…)`, `text.FOUND.search(…)`, `TABLE[key].fullmatch(…)`.

    A private name is asked in its own file; the others anywhere.
    """
    asked: dict[tuple[Path | None, str], set[str]] = {}
    for path, tree in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ASKED:
                of = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                name = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
                asked.setdefault((path if name.startswith("_") else None, name), set()).add(node.attr)
    return asked


def _in(path: Path, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Yield (where, pattern, method) of every call to `re` in a module; no method for what is compiled there."""
    calls = [node for node in ast.walk(tree) if _is_call_of_re(node)]
    if not calls:
        return  # a command's own module may not even be imported without its command line
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    named = {value: f"{name}.{key}" for key, given in vars(module).items() for value in _values(given)
             if isinstance(value, re.Pattern)}
    for node in calls:
        where = f"{name}:{node.lineno}"
        flags = [ast.unparse(one) for one in (*node.args[1:], *(word.value for word in node.keywords))
                 if ast.unparse(one).startswith("re.")]
        for source in _sources(node.args[0], module, where):
            pattern = re.compile(source, eval("|".join(flags) or "0", {"re": re}))
            method = "" if node.func.attr == "compile" else node.func.attr
            yield (where if method else named.get(pattern, where)), pattern, method


def _is_call_of_re(node: ast.AST) -> bool:
    return (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr != "escape"
            and isinstance(node.func.value, ast.Name) and node.func.value.id == "re")


def _values(given: Any) -> Iterator[Any]:
    yield from given.values() if isinstance(given, dict) else given if isinstance(given, tuple) else (given,)


LOCAL: dict[str, Callable[[Any], list[str | bytes]]] = {
    "form": lambda module: [form for form, _ in module.REGISTERED.values()],
    "re.escape(leak.value)": lambda module: ["13900000000"],
    "written": lambda module: [r"(?:<[^<>]*>|\s)*".join("13900000000")],
    "f'[{re.escape(first)}]'": lambda module: ["[某甲乙]"],
    "b'(' + b'|'.join(names) + b')'": lambda module: [b"(gs0123|gs4567)"],
}
"""Patterns put together where they are used, out of what."""
UNRESOLVED: list[str] = []
"""Such patterns that LOCAL does not know: each needs an example there."""


def _sources(node: ast.expr, module: Any, where: str) -> list[str | bytes]:
    written = ast.unparse(node)
    if written in LOCAL:
        return LOCAL[written](module)
    try:
        return [eval(compile(ast.Expression(node), where, "eval"), vars(module))]
    except NameError:
        UNRESOLVED.append(f"{where}: {written}")
        return []


# ── hostile texts ────────────────────────────────────────────────────────────────────────────────────────────

MOST_UNITS = 60
ALWAYS = ("\n", " ", "a", "1", "长", " \n", "<", "\t")


def attacks(one: Pattern, length: int) -> Iterator[str]:
    """Yield texts of a length: each character and literal of the pattern, alone and in pairs, over and over.

    With one of them before, and at the end something that no pattern ends with, so that whatever matched is undone.
    """
    flags = one.pattern.flags & ~re.UNICODE if isinstance(one.pattern.pattern, bytes) else one.pattern.flags
    letters, words = set[str](), set[str]()
    _collect(parser.parse(one.pattern.pattern, flags), letters, words)
    some = sorted(letters)
    chance = random.Random(7)
    pairs = [a + b for a in some for b in some if a != b]
    units = [*some, *sorted(words), *ALWAYS, *chance.sample(pairs, min(len(pairs), 40))]
    for unit in dict.fromkeys(units[:20] + chance.sample(units[20:], min(len(units[20:]), MOST_UNITS - 20))):
        for before in ("", *chance.sample([*some, *words], min(1, len(some)))):
            yield before + unit * (length // len(unit)) + "\x00!"
            yield before + unit * (length // len(unit))


def _collect(tree: Any, letters: set[str], words: set[str]) -> None:
    """Gather a character of every class, and every run of literals, that a parsed pattern holds."""
    run = ""
    for code, value in [*tree, (None, None)]:
        if str(code) == "LITERAL":
            letters.add(chr(value))
            run += chr(value)
            continue
        words.update([run] if len(run) > 1 else [])
        run = ""
        if str(code) == "IN":
            letters.update(_one_of(str(kind), what) for kind, what in value)
        elif str(code) == "BRANCH":
            for branch in value[1]:
                _collect(branch, letters, words)
        elif isinstance(value, tuple):
            for below in value:
                if isinstance(below, parser.SubPattern):
                    _collect(below, letters, words)
        elif isinstance(value, parser.SubPattern):
            _collect(value, letters, words)


def _one_of(kind: str, what: Any) -> str:
    if kind == "CATEGORY":
        return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(str(what), "!")
    return chr(what[0] if kind == "RANGE" else what) if kind != "NEGATE" else "\x01"
