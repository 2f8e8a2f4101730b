"""Level 4. `gongshi new` in a terminal: one field after the other, each checked at once by its model's own rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from generator.cli.common import language, say
from generator.desk.drafting import Keys, Match, Shelf, faults, faults_at, typed
from generator.problem import Problem
from generator.records import kinds
from generator.records.fields import Field, fields
from generator.reference.examples import examples
from generator.reference.words import described

NOT_ASKED = ("illustrative", "id")
"""What is in examples and is no question: made-up records are for the demo, the id follows at the end."""


class Talk(NamedTuple):
    """How questions are put: `ask` gives the answer without spaces around it, `tell` shows a line."""

    ask: Callable[[str], str]
    tell: Callable[[str], None]


class Interview:
    """The questions about one record, and what was answered so far in `data`."""

    def __init__(self, kind: str, shelf: Shelf, talk: Talk):
        self.kind, self.model, self.shelf = kind, kinds()[kind], shelf
        self.ask, self.tell = talk
        self.data: dict[str, Any] = {}
        self._usual = {names[:depth] for names in examples(self.model.example) for depth in (1, 2, 3)}

    def record(self) -> dict[str, Any]:
        """Return the values of a whole record without faults, once every question is answered."""
        self.tell(f"{self.model.label}：{self.model.intro}")
        self.tell(say("每项写完按回车；不是必填的，不写就直接回车。按 Ctrl-C 放弃，什么都不会写下。",
                      "Enter after each answer, Enter alone to skip. Ctrl-C gives up, and nothing is written."))
        for one in self._asked(fields(self.model), ()):
            self._field(one, (one.name,))
        while wrong := faults(self.kind, self.data, self.shelf):
            self._mend(wrong[0])
        alone = {one.name for one in fields(self.model) if one.alone}
        return {name: value[0] if name in alone and isinstance(value, list) and len(value) == 1 else value
                for name, value in self.data.items()}

    def left(self) -> list[Field]:
        """Return the fields of the kind's own that were not asked for."""
        asked = {one.name for one in self._asked(fields(self.model), ())}
        return [one for one in fields(self.model) if one.name not in {*asked, *NOT_ASKED}]

    def _asked(self, some: tuple[Field, ...], above: tuple[str, ...]) -> list[Field]:
        """Return the fields to ask for: what is required first, then what the kind's example has."""
        usual = [one for one in some if (*above, one.name) in self._usual and one.name not in NOT_ASKED]
        return [one for one in some if one.required] + [one for one in usual if not one.required]

    def _mend(self, problem: Problem) -> None:
        """Ask again for the field in which something is wrong, or which one to change where that is not said."""
        self.tell(problem.message(language()))
        known = {one.name: one for one in fields(self.model)}
        name = str(problem.place.keys[0]) if problem.place.keys else ""
        while name not in known:
            self.tell(say("改哪一项？写它的键：", "Which field is to change? ") + "、".join(
                f"{one.name}（{one.label}）" for one in known.values()))
            name = self.ask(say("键", "Key"))
        self.data.pop(name, None)
        self._field(known[name], (name,))

    # ── one field ──

    def _field(self, one: Field, at: Keys) -> None:
        """Ask for a field, and put what was answered at its keys; nothing where it was skipped."""
        if one.parts and not one.bare:
            self._several(one, at) if one.many else self._single(one, at)
            return
        self._head(one, at)
        if not one.many:
            self._value(one, at, one.required)
            return
        count = 0
        while self._value(one, (*at, count), one.required and not count):
            count += 1

    def _several(self, one: Field, at: Keys) -> None:
        count = 0
        while (one.required and not count) or self._yes(
                say(f"{'再' if count else ''}加一条“{one.label}”吗？", f"{'Another' if count else 'One'} {one.name}?")):
            self._parts(one, (*at, count))
            count += 1

    def _single(self, one: Field, at: Keys) -> None:
        if one.required or self._yes(say(f"要写“{one.label}”吗？", f"Is there {one.name}?")):
            self._parts(one, at)

    def _parts(self, one: Field, at: Keys) -> None:
        names = tuple(str(key) for key in at if isinstance(key, str))
        self.tell(f"── {one.label} ──")
        for part in self._asked(one.parts, names):
            self._field(part, (*at, part.name))

    def _head(self, one: Field, at: Keys) -> None:
        must = say("（必填）", " (required)") if one.required else ""
        several = say("；可以写几个，一个一行，写完直接回车", "; one a line, Enter alone ends") if one.many else ""
        self.tell(f"\n{one.label} {one.name}{must}")
        if one.choices:
            for number, (value, word) in enumerate(one.choices.items(), 1):
                self.tell(f"  {number} {word}" + (f"（{value}）" if word != value else ""))
            return
        hint = described(one._replace(required=False, many=False)) if len(at) == 1 or one.kinds else one.hint
        more = say("；写 + 逐项填", "; + asks for each part") if one.bare and one.form != "day" else ""
        self.tell(f"  {hint}{several}{more}")

    def _value(self, one: Field, at: Keys, must: bool) -> bool:
        """Ask until an answer is accepted and stands at its keys; False where there is none, and none is needed."""
        while True:
            said = self.ask("")
            if not said and not must:
                return False
            if said == "+" and one.bare:
                self._parts(one, at)
                return True
            value = self._meant(one, said)
            if value is None:
                continue
            wrong = faults_at(self.kind, placed(self.data, at, value), at, self.shelf)
            if not wrong:
                self.data = placed(self.data, at, value)
                return True
            self.tell(f"  ✗ {wrong[0].message(language())}")

    def _meant(self, one: Field, said: str) -> Any:
        """Return the value that an answer stands for; None where the question is to be put again."""
        if one.choices and said.isdecimal() and 0 < int(said) <= len(one.choices):
            return list(one.choices)[int(said) - 1]
        bare = next((part for part in one.parts if part.name == one.bare), one)
        if said and bare.kinds:
            return self._reference(one, said, bare.kinds)
        return typed(one, said)

    def _reference(self, one: Field, said: str, to: tuple[str, ...]) -> Any:
        """Return the record that is meant, chosen from those that are like it; words for a source that is none."""
        found = self.shelf.find(said, to)
        if len(found) == 1 and said in (found[0].ref, found[0].title, f"{to[0]}/{found[0].ref}"):
            self.tell(f"  → {found[0].ref} {found[0].title}")
            return found[0].ref
        if chosen := self._choose(found):
            return chosen
        if one.model == "Source" and self._yes(say(f"本站没有这份文件。把“{said}”写成出处吗？",
                                                  f"No such document here. Is “{said}” the source in words?")):
            return {"text": said}
        if not found:
            self.tell("  ✗ " + say("没有找到，写编号或名称里的几个字", "nothing found: write some of its id or title"))
        return None

    def _choose(self, found: list[Match]) -> str:
        """Return which of the records is meant, empty for none."""
        for number, match in enumerate(found, 1):
            self.tell(f"  {number} {match.ref} {match.title}")
        if not found:
            return ""
        said = self.ask(say("是哪一个？写数字，都不是就回车", "Which one? Its number, or Enter for none"))
        return found[int(said) - 1].ref if said.isdecimal() and 0 < int(said) <= len(found) else ""

    def _yes(self, question: str) -> bool:
        return self.ask(question + " (y/N)").lower() in ("y", "yes", "是", "好", "要")


def placed(box: Any, at: Keys, value: Any) -> Any:
    """Return a copy of nested mappings and lists in which `value` stands at these keys; a list grows by one."""
    if not at:
        return value
    key, *rest = at
    if isinstance(key, int):
        items = [*box] if isinstance(box, list) else []
        new = placed(items[key] if key < len(items) else None, tuple(rest), value)
        return [*items[:key], new, *items[key + 1:]]
    return {**(box or {}), key: placed((box or {}).get(key), tuple(rest), value)}
