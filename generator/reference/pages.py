"""The field reference: a page in Chinese for every kind, with every field, how it is written, and a whole example.

In: the models. Out: Markdown, as `{path: text}`; links between the pages are relative, headings carry the fields' keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.config import Repository
from generator.records import kinds
from generator.records.base import Record
from generator.records.fields import Field, fields
from generator.reference.examples import Names, examples
from generator.reference.forge import new_file, takes_text
from generator.reference.words import NOTES, default_of, described

FOLDER = "fields"
SHARED = "parts"
START = "xin-jilu"
"""The file name that the forge's editor proposes: 新记录, to be replaced."""



class Shared(NamedTuple):
    """A part that stands in many kinds and has a section of its own: its title, what to know of it, an example."""

    title: str
    words: str
    example: str


SHARED_PARTS: dict[str, Shared] = {
    "When": Shared("日期", "凡是日期都这样写。一般只写日期本身；来源没有说全的，连同来源的原话一起写。", """\
reported: 2026-05-06
accepted: 2026-05
resolved: {value: 2026-05-08, words: 5月8日, inferred: year, ground: 报纸刊于 2026 年}
confirmed: {words: 不久以后}
"""),
    "Source": Shared("来源", "事情是从哪里知道的。是本站的文件，直接写它的编号；不是，就写出处。", """\
source:
  - caizheng-baozhi
  - {text: 街道办事处公告栏, place: 第二张, words: 本月起免费}
"""),
    "Quantity": Shared("原话里的数字", "照原话写，如“450余个”。知道确切的数，再写数值；约数不会相加。", """\
households: 1200余户
population: {words: 3480人, number: 3480, as_of: 2026-01}
"""),
    "Party": Shared("参加的一方", "直接写名称；本站有这个组织或人，就写成 organisation/编号 或 person/编号。", """\
parties:
  - 某某物业公司
  - {who: organisation/shequ, role: 牵头}
"""),
    "Claim": Shared("来源所称数字", "来源说了、我们没有数过的数字，照原话列出来。", """\
claims:
  - {label: 解决问题, words: 450余个, number: 450, bound: more_than, unit: 个}
"""),
    "Differing": Shared("不同说法", "别处对同一件事的另一种说法。两种都留着，不替谁改。", """\
differing:
  - {statement: 另一处写的是六月, source: {text: 小区公告栏}}
"""),
    "Photo": Shared("照片", "照片放在 content/photos/ 里。每张都要写照片上是什么，给看不见的人听。", """\
images:
  - {file: 2026/louti-qian.jpg, alt: 楼梯间堆着旧家具, shows: before, date: 2026-05-06}
  - {file: 2026/louti-hou.jpg, alt: 楼梯间清空了, shows: after, date: 2026-05-08}
"""),
    "Withdrawn": Shared("撤回", "记录不删，页面上只留下哪天、为什么撤回。", """\
withdrawn: {date: 2026-06-01, reason: 与另一条重复}
"""),
}

def pages(repository: Repository | None = None, content: str = "content") -> dict[str, str]:
    """Return every page of the field reference. repository: where links to new records lead, None for no links."""
    made = {f"{kind}.md": _page(model, repository, content) for kind, model in kinds().items()}
    return {"index.md": _index(), f"{SHARED}.md": _shared(), **made}


def _index() -> str:
    rows = "".join(f"| [{model.label}]({kind}.md) | `{model.folder}/` | {model.intro} |\n"
                   for kind, model in kinds().items())
    return ("# 各类记录怎么写\n\n一条记录是一个文件，放在它那一类的文件夹里。每一类有哪些项、怎么写，点开名称看。\n\n"
            f"[日期、来源、数字、照片这些各类都有的写法]({SHARED}.md)\n\n"
            "| 类 | 文件夹 | 写什么 |\n|---|---|---|\n" + rows)


def _shared() -> str:
    found = {one.model: one for model in kinds().values() for one in fields(model) if one.parts}
    for one in [*found.values()]:
        found |= {below.model: below for below in one.parts if below.parts}
    sections = (f"## {shared.title}（{name}）\n\n{shared.words}\n\n{_table(_typed(found[name]), {}, (name,))}\n"
                f"例如：\n\n```yaml\n{shared.example}```\n" for name, shared in SHARED_PARTS.items())
    return "# 各类都有的写法\n\n" + "\n".join(sections)


def _typed(one: Field) -> list[Field]:
    """Return the parts of a mapping; that of a day which a text alone stands for is a day itself."""
    return [part._replace(form="day") if one.form == "day" and part.name == one.bare else part for part in one.parts]


def _page(model: type[Record], repository: Repository | None, content: str) -> str:
    shown, example = fields(model), examples(model.example)
    common = {one.name for one in fields(Record)}
    needed = [one for one in shown if one.required]
    own = [one for one in shown if not one.required and one.name not in common]
    rest = [one for one in shown if not one.required and one.name in common]
    return "".join((
        f"# {model.label}（{model.kind}）\n\n{model.intro}\n\n", _whereabouts(model, repository, content),
        "## 必填的\n\n", _table(needed, example, ()), "\n",
        *(("## 按需要填的\n\n", _table(own, example, ()), "\n") if own else ()),
        "## 各类记录都有的\n\n", _table(rest, example, ()), "\n",
        *_parts(shown, example, ()), f"## 一条完整的例子\n\n```yaml\n{model.example}```\n"))


def _whereabouts(model: type[Record], repository: Repository | None, content: str) -> str:
    """Say where the file lies, which page it makes, and which ways there are to write one."""
    lies = (f"- 文件：`{content}/{model.folder}/编号.yml`，一条一个文件\n"
            f"- 网页：`{model.folder}/编号.html`；同类的列表在 `{model.folder}/index.html`\n")
    if not model.by_hand:
        return lies + "- 由命令写出，不要手写，也不要改\n\n"
    ways = f"- 新写一条：运行 `gongshi new {model.kind}`，一问一答"
    if repository:
        address = new_file(repository, f"{content}/{model.folder}/{START}.yml", model.example)
        then = "把样例改成真的，换一个文件名" if takes_text(repository) else "把本页末尾的例子抄进去改，换一个文件名"
        ways += f"；或者[在网页上新写一条]({address})：{then}"
    return f"{lies}{ways}\n\n"


def _parts(some: tuple[Field, ...], example: dict[Names, str], above: Names) -> Iterator[str]:
    """Yield a section for every mapping inside a record, but for those that have a page of their own."""
    for one in some:
        names = (*above, one.name)
        if one.parts and one.model not in SHARED_PARTS:
            level = "###" if above else "##"
            yield f"{level} {one.label}（{'.'.join(names)}）\n\n{_shape(one)}\n\n{_table(one.parts, example, names)}\n"
            yield from _parts(one.parts, example, names)


def _shape(one: Field) -> str:
    """Say how a mapping stands in its record."""
    bare = next((part.label for part in one.parts if part.name == one.bare), "")
    short = f"只有{bare}的，直接写{bare}。" if bare else ""
    return ("可以写几个，每个前面加短横。" if one.many else "缩进两格，逐项写。") + short


def _table(some: list[Field] | tuple[Field, ...], example: dict[Names, str], above: Names) -> str:
    """Return a row for each field; the column of examples stands only where there are some."""
    rows = [_cells(one, example, (*above, one.name)) for one in some]
    width = 3 if any(row[2] for row in rows) else 2
    head = [("名称和键", "怎么写", "例"), ("---", "---", "---")]
    return "".join(f"| {' | '.join(cell.replace('|', '｜') for cell in row[:width])} |\n" for row in head + rows)


def _cells(one: Field, example: dict[Names, str], names: Names) -> tuple[str, str, str]:
    shown, above = example.get(names), names[:-1]
    must = "**必填**。" if one.required and above else ""
    return f"{one.label} `{one.name}`", must + _how(one, names), _first_line(shown) if shown else ""


def _first_line(text: str) -> str:
    first, *more = text.strip().split("\n")
    return f"`{first}`{' …' if more else ''}"


def _how(one: Field, names: Names) -> str:
    """Say how a field is written: its choices with their words, or where its parts are told."""
    several = "可以写几个。" if one.many else ""
    if one.name in NOTES and one in fields(Record):
        return NOTES[one.name]
    if one.choices:
        words = "、".join(f"`{value}`" + (f" {word}" if word != value else "") for value, word in one.choices.items())
        return f"{several}从中选一个：{words}{_otherwise(one)}"
    if one.model in SHARED_PARTS:
        return f"{several}写法见[{SHARED_PARTS[one.model].title}]({SHARED}.md#{one.model.lower()})"
    if one.parts:
        return f"{several}逐项写，见[{one.label}](#{''.join(names)})"
    plain = described(one._replace(required=False, many=False))
    return f"{several}{plain}{_limits(one)}{_otherwise(one)}"


def _limits(one: Field) -> str:
    if one.least is not None and one.most is not None and one.most < 10**6:
        return f"，{one.least} 到 {one.most}"
    if one.above is not None:
        return f"，大于 {one.above}"
    return f"，至多 {one.length} 字" if one.length and one.length < 200 else ""


def _otherwise(one: Field) -> str:
    default = default_of(one)
    if default is None or default is False:
        return ""
    word = one.choices.get(default, default) if isinstance(default, str) else default
    return f"；不写就是{word}"
