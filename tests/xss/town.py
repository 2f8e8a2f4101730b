"""A town whose every text is a payload: sound records as moulds, their texts replaced wherever the model accepts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from markdown import markdown

from generator import build, cli, link, plain
from generator.data import Register
from generator.problem import ContentError
from generator.records import folders, kinds
from generator.records.fields import Field, fields
from generator.render.links import internal_links
from generator.render.text import clean, prose
from tests.sites import quiet, write_site

Keys = tuple[str | int, ...]
LINE, TEXT, PACKED = 200, 20_000, 40
STRUCTURE = ("id", "seal", "rows", "inputs", "criterion", "over", "subject", "of", "where", "only", "milestone",
             "page", "file")
"""Fields that hold a name of something else: a payload there is refused, and what holds it with it."""
NAMED_BY = {"amendments": ("readings", "milestones"), "uses": ("gifts",)}
"""Lists whose entries say by name what they are about, and the lists of what they name, which then keep their names."""


class Filled(NamedTuple):
    """A town full of payloads, without a Problem.

    placed: how often each payload stands in it; refused: how often a field refused one and kept its own words; turned:
    how many payloads no record may hold at all; fields: which fields hold some, as `case.steps.action`.
    """

    config: Path
    placed: Counter[str]
    refused: int
    turned: int
    fields: frozenset[str]


class Source:
    """Deals payloads out, each in its turn: into a line what fits there, into a text dozens as a list.

    turned: how many are refused wherever they stand, as what the parser or the check of links never lets in.
    """

    def __init__(self, payloads: tuple[str, ...]) -> None:
        sound = [one for one in payloads if _is_let_in(one)]
        self.turned = len(payloads) - len(sound)
        self.lines = cycle([one for one in sound if len(one) <= LINE and "\n" not in one])
        self.texts = cycle(sound)

    def line(self) -> str:
        """Return a payload of one line."""
        return next(self.lines)

    def give(self, field: Field) -> tuple[str, list[str]]:
        """Return what to write into a field, and the payloads that it holds."""
        if field.form != "text":
            one = self.line()
            return one, [one]
        some = list(islice(self.texts, PACKED))
        text = listed(some)
        return (text, some) if len(text) <= TEXT and not _leads_nowhere(text) else (some[0], some[:1])


def listed(some: Sequence[str]) -> str:
    """Return payloads as a text: one in front, the others as a list, in which no block of HTML hides the next."""
    return some[0] + "".join("\n\n- " + one.replace("\n", "\n  ") for one in some[1:])


def _is_let_in(payload: str) -> bool:
    """Whether a payload gets past the parser and the check of links in texts, which know no field."""
    try:
        plain.parse(_yaml({"title": payload}))
    except plain.Refused:
        return False
    if link.check_links(link.links_in(payload, "x"), Register({}, {}, {}, {}), frozenset()):
        return False
    return not _leads_nowhere(payload)


def _leads_nowhere(text: str) -> bool:
    return bool(internal_links(prose(text, "../"), "cases/x.html"))


def fill(moulds: Mapping[str, str | bytes], payloads: tuple[str, ...], root: Path, config: str) -> Filled:
    """Write a town of these records with payloads in all of their texts, and leave no Problem.

    moulds: path below content/ -> text, of a town without a Problem. Where a payload is refused the mould's own words
    stay: the Problem's place says which.
    """
    source, read, filled, put = Source(payloads), {}, {}, {}
    for path, text in sorted(moulds.items()):
        if path.endswith(".yml") and isinstance(text, str):
            model = kinds()[folders()[path.partition("/")[0]]]
            read[path] = plain.parse(text)
            filled[path] = deepcopy(read[path])
            put[path] = dict(_replaced(filled[path], fields(model), source))
            for naming in NAMED_BY.keys() & read[path].keys():
                names = {"name", "item", "reading", "unit", *(["words"] if naming == "amendments" else [])}
                for keys in [one for one in put[path] if one[0] in (naming, *NAMED_BY[naming]) and one[-1] in names]:
                    _copy(read[path], filled[path], keys)
                    del put[path][keys]
    written, pages = prose_pages(payloads)
    there = write_site(root, {**moulds, **written, **{path: _yaml(value) for path, value in filled.items()}}, config)
    refused = 0
    for last in (False,) * 12 + (True,):
        site = cli.site_at(there)
        try:
            build.check(site, cli.today(site, None), 1, quiet)
            break
        except ContentError as error:
            assert not last, error
            for path, keys in {(p.place.path.removeprefix("content/"), p.place.keys) for p in error.problems}:
                refused += _restore(path, keys, read, filled, put)
            write_site(root, {path: _yaml(filled[path]) for path in filled}, config)
    named = {f"{folders()[path.partition('/')[0]]}.{'.'.join(k for k in keys if isinstance(k, str))}"
             for path, some in put.items() for keys in some}
    placed = Counter(one for some in put.values() for took in some.values() for one in took)
    return Filled(there, placed + pages, refused, source.turned, frozenset(named))


def prose_pages(payloads: tuple[str, ...], most: int = 40) -> tuple[dict[str, str], Counter[str]]:
    """Return prose pages that hold payloads as Markdown and HTML, in title, description and text, and how often each.

    A page on which one of them makes a link to where nothing is would not be published, and is left out.
    """
    sound = [one for one in payloads if not plain.HIDDEN.search(one) and _is_let_in(one)][:most * PACKED]
    lines = cycle([one for one in sound if "\n" not in one])
    pages, placed = {}, Counter[str]()
    for number in range(-(-len(sound) // PACKED)):
        some = sound[number * PACKED:(number + 1) * PACKED]
        front = {"title": next(lines), "description": next(lines)}
        html = markdown(listed(some), extensions=["tables", "toc", "fenced_code"])
        if not internal_links(html + clean(html, ""), "x.html"):
            pages[f"pages/p{number}.md"] = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{listed(some)}\n"
            placed.update([*some, *front.values()])
    return pages, placed


def _yaml(value: Any) -> str:
    """Return a record's text; all but ASCII stands in escapes, which hide what the loader would see in the text."""
    return yaml.safe_dump(value, sort_keys=False, width=10_000)


def _replaced(value: Any, some: tuple[Field, ...], source: Source, above: Keys = ()
              ) -> Iterator[tuple[Keys, list[str]]]:
    """Put payloads into a mapping's texts, and yield the keys of each with the payloads that it took."""
    for field in some:
        at = (*above, field.name)
        if field.form == "part" and field.name in value:
            for keys, one in _each(value, field, above):
                if isinstance(one, dict):
                    yield from _replaced(one, field.parts, source, keys)
        elif field.form == "part" and field.name != "withdrawn":
            if made := _made(field, source):
                value[field.name] = [made[0]] if field.many else made[0]
                yield at, made[1]
        elif field.form == "day" and isinstance(value.get(field.name), str):
            words, ground = source.line(), source.line()
            value[field.name] = {"value": value[field.name], "words": words, "inferred": "year", "ground": ground}
            yield at, [words, ground]
        elif field.form == "words" and field.name not in STRUCTURE and isinstance(value.get(field.name), dict):
            for key in value[field.name]:
                value[field.name][key], took = source.give(field)
                yield (*at, key), took
        elif field.form in ("line", "text") and not field.choices and field.name not in STRUCTURE:
            if field.many:
                given = [source.give(field) for _ in range(max(4, len(value.get(field.name) or ())))]
                value[field.name] = [text for text, _ in given]
                yield at, [one for _, took in given for one in took]
            else:
                value[field.name], took = source.give(field)
                yield at, took


def _made(field: Field, source: Source) -> tuple[dict[str, Any], list[str]] | None:
    """Return a part with all of its texts and what else it needs, and its payloads; None where that can't be."""
    made: dict[str, Any] = {}
    payloads: list[str] = []
    for one in field.parts:
        simple = {"whole": "1", "number": "1", "money": "1.00", "day": "2026-05-06", "flag": "true"}.get(one.form)
        if one.form in ("line", "text") and not one.choices and one.name not in STRUCTURE:
            text, took = source.give(one)
            made[one.name] = [text] if one.many else text
            payloads += took
        elif one.required and one.choices:
            made[one.name] = next(iter(one.choices))
        elif one.required and one.form == "part" and one.name == "source":
            payloads.append(source.line())
            made[one.name] = {"text": payloads[-1]}
        elif one.required and simple:
            made[one.name] = simple
        elif one.required:
            return None
    return made, payloads


def _each(value: dict[str, Any], field: Field, above: Keys) -> Iterator[tuple[Keys, Any]]:
    """Yield every mapping that stands under a field, with its keys; a lone text becomes the mapping it stands for."""
    found = value.get(field.name)
    if isinstance(found, str) and field.bare:
        found = value[field.name] = {field.bare: found}
    if isinstance(found, list):
        for i, one in enumerate(found):
            if isinstance(one, str) and field.bare:
                found[i] = {field.bare: one}
            yield (*above, field.name, i), found[i]
    elif found is not None:
        yield (*above, field.name), found


def _restore(path: str, keys: Keys, read: Mapping[str, Any], filled: dict[str, Any],
             put: dict[str, dict[Keys, list[str]]]) -> int:
    """Take back what is refused at these keys, or above or below them; the whole record where that changes nothing."""
    if path not in put:
        return 0
    near = [one for one in put[path] if one[:len(keys)] == keys or keys[:len(one)] == one] if keys else []
    gone = near or [one for one in put[path] if not _stands(read[path], one)] or list(put[path])
    for one in gone:
        _copy(read[path], filled[path], one)
    if len(gone) == len(put[path]):
        filled[path] = deepcopy(read[path])
    return sum(len(put[path].pop(one)) for one in gone)


def _stands(mould: Any, keys: Keys) -> bool:
    """Whether a mould says something at these keys."""
    for key in keys:
        if not ((isinstance(mould, dict) and key in mould) or (isinstance(mould, list) and isinstance(key, int)
                and key < len(mould))):
            return isinstance(mould, str)  # which stands for the mapping that it became
        mould = mould[key]
    return True


def _copy(mould: Any, filled: Any, keys: Keys) -> None:
    """Give the value at these keys back as it stands in the mould, nothing where the mould has none."""
    *above, last = keys
    for key in above:
        filled = filled[key]
        if isinstance(mould, str):
            mould = filled if key == above[-1] else mould
        else:
            mould = mould.get(key) if isinstance(mould, dict) else mould[key] if isinstance(mould, list) else None
    if isinstance(mould, dict) and last in mould:
        filled[last] = deepcopy(mould[last])
    elif isinstance(filled, dict):
        filled.pop(last, None)


def hostile_settings(payloads: tuple[str, ...], base: str) -> str:
    """Return a configuration whose names, titles and notices are payloads. base: the one to start from."""
    values, source = plain.parse(base), Source(payloads)
    names = ("name", "tagline", "operator", "undertaker", "contact", "notice")
    values["identity"] |= {name: f"{name}{source.line()}"[:LINE] for name in names}
    values["privacy"] = {"contact": source.line()}
    values["publication"] |= {"licence": source.line()}
    for section in values.get("sections") or []:
        section |= {"title": source.line(), **({"group": source.line()} if "group" in section else {})}
    return yaml.safe_dump(values, sort_keys=False)
