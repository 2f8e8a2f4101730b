"""No script and no stylesheet of ours needs more than the oldest browser that the site names."""

from __future__ import annotations

import re
from pathlib import Path

import esprima  # type: ignore[import-untyped]
import pytest

from generator.render.assets import assets
from tests.sites import ROOT

OURS = assets([ROOT / "theme"])
SCRIPTS = {name: data.decode() for name, data in OURS.items() if name.endswith(".js")}
SHEETS = {name: data.decode() for name, data in OURS.items() if name.endswith(".css")}
ES5 = {
    "ArrayExpression", "AssignmentExpression", "BinaryExpression", "BlockStatement", "BreakStatement", "CallExpression",
    "CatchClause", "ConditionalExpression", "ContinueStatement", "DebuggerStatement", "Directive", "DoWhileStatement",
    "EmptyStatement", "ExpressionStatement", "ForInStatement", "ForStatement", "FunctionDeclaration",
    "FunctionExpression", "Identifier", "IfStatement", "LabeledStatement", "Literal", "LogicalExpression",
    "MemberExpression", "NewExpression", "ObjectExpression", "Program", "Property", "RegularExpression",
    "ReturnStatement", "SequenceExpression", "StaticMemberExpression", "ComputedMemberExpression", "Script",
    "SwitchCase", "SwitchStatement", "ThisExpression", "ThrowStatement", "TryStatement", "UnaryExpression",
    "UpdateExpression", "VariableDeclaration", "VariableDeclarator", "WhileStatement", "WithStatement"}
FEATURE_TESTED = {"search.js": {"Import"}}
"""What a script may hold beyond that, where all of it is for browsers that know it: search takes its engine so."""
TOO_NEW = re.compile(r"color-mix\(|light-dark\(|:has\(|@container|@layer|@scope|\bsubgrid\b|\b\d+(?:dvh|svh|lvh|cqw)\b|"
                     r"^\s+&|oklch\(|@property|text-wrap-style|anchor\(", re.MULTILINE)
"""What Chromium 88 does not know, where a rule falls away that holds it."""


def beyond_es5(source: str) -> set[str]:
    """Return the kinds of syntax in a script that ES5 does not have; what cannot be parsed at all is newer still."""
    found: set[str] = set()

    def look(node: object, _: object) -> object:
        kind = type(node).__name__ if type(node).__name__ in ES5 else node.type  # type: ignore[attr-defined]
        found.add(kind)
        if kind == "VariableDeclaration" and node.kind != "var":  # type: ignore[attr-defined]
            found.add(node.kind)  # type: ignore[attr-defined]
        if kind == "Property" and (node.shorthand or node.method or node.computed):  # type: ignore[attr-defined]
            found.add("new kind of property")
        if kind.startswith("Function") and (node.generator or getattr(node, "isAsync", False)):  # type: ignore[attr-defined]
            found.add("new kind of function")
        if getattr(node, "operator", "") in ("**", "**="):
            found.add("power")
        return node

    try:
        esprima.parseScript(source, delegate=look)
    except esprima.Error as error:
        return {str(error)}
    return found - ES5


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_is_es5(name: str) -> None:
    """Every script of ours is ES5 throughout, so that no old browser stumbles over the rest of it."""
    assert beyond_es5(SCRIPTS[name]) - FEATURE_TESTED.get(name, set()) == set()


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_knows_only_what_chromium_88_knows(name: str) -> None:
    """No rule on screen holds what makes Chromium 88 drop it; paper is printed from newer browsers."""
    assert TOO_NEW.findall(on_screen(SHEETS[name])) == []


def on_screen(sheet: str) -> str:
    """Return a stylesheet without its comments and without its rules for paper."""
    sheet, kept = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL), ""
    while "@media print" in sheet:
        before, _, rest = sheet.partition("@media print")
        kept, sheet = kept + before, rest[end_of_block(rest):]
    return kept + sheet


def end_of_block(sheet: str) -> int:
    """Return where the first block of a stylesheet ends."""
    depth = 0
    for at, char in enumerate(sheet, 1):
        depth += (char == "{") - (char == "}")
        if char == "}" and not depth:
            return at
    return len(sheet)


@pytest.mark.parametrize("source", [
    "let a = 1", "const a = 1", "a => 1", "`a`", "class A {}", "for (var a of b);", "f(...a)", "var {a} = b", "a?.b",
    "a ?? b",
    "({a})", "({a() {}})", "({[a]: 1})", "function f(a = 1) {}", "function* f() {}", "async function f() {}",
    "a ** 2", "import('a')", "try {} catch {}"])
def test_newer_script_is_noticed(source: str) -> None:
    """The check is no formality: each thing that came after ES5 is seen."""
    assert beyond_es5(source)


@pytest.mark.parametrize("sheet", ["a { color: color-mix(in srgb, red, blue); }", "a:has(b) { top: 0 }",
                                   "a {\n  & b { top: 0 }\n}", "@media print { a { top: 0 } } b:has(c) { top: 0 }"])
def test_newer_rule_is_noticed(sheet: str) -> None:
    """A rule that the oldest browser drops is seen, behind rules for paper too."""
    assert TOO_NEW.findall(on_screen(sheet))


def test_oldest_browser_is_named() -> None:
    """README and the accessibility statement name the same oldest browser as this test."""
    for path in (Path("README.md"), Path("content/pages/accessibility.md")):
        assert "Chromium 88" in (ROOT / path).read_text(encoding="utf-8")
