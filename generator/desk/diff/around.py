"""What changes beside the records: photos, prose pages, the settings of the site, and what builds and publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import normpath

from pydantic import BaseModel

from generator.build import Content
from generator.config import Site
from generator.desk.diff.fields import Names
from generator.desk.diff.pairs import Spoilt
from generator.desk.diff.told import Change, Entry
from generator.load import PHOTO_FOLDER, PROSE_FOLDER
from generator.records.base import shapes
from generator.wording import legible

PAGE, PHOTO, SETTING, FILE = "正文页", "照片", "设置", "文件"
QUIET = re.compile(r"(?:\A|/)(?:docs/|schemas/|\.gitignore\Z|\.editorconfig\Z)|\.md\Z")
"""Files beside the content that nothing runs and nothing publishes."""
CHECK = "请看一眼：不能有人脸、车牌、门牌和别人的姓名"


def photos(base: Site, head: Site, before: Content, after: Content, names: Names) -> Iterator[tuple[str, Entry]]:
    """Yield the photos that are newly shown, replaced, or shown no longer."""
    of, made_up = _showing(after)
    old_of, old_made_up = _showing(before)
    for photo in sorted({*before.photos, *after.photos}):
        old, new = photo in before.photos, photo in after.photos
        if old and new and _same(base.content, head.content, f"{PHOTO_FOLDER}/{photo}"):
            continue
        by = (of if new else old_of).get(photo, ())
        where = "、".join(names(key) for key in by)
        said = "不再公布" if not new else f"{'换了一张' if old else '新公布'}。{CHECK}"
        yield "photos", Entry(legible(f"{PHOTO_FOLDER}/{photo}"), where or legible(photo), PHOTO,
                              (made_up if new else old_made_up).get(photo, False), (), said)


def _showing(content: Content) -> tuple[dict[str, tuple[str, ...]], dict[str, bool]]:
    """Return the keys of the records that show each photo, and whether all of these are made up."""
    of: dict[str, tuple[str, ...]] = {}
    made_up: dict[str, bool] = {}
    for batch in content.batches:
        for one in batch.photos:
            of[one.photo] = (*of.get(one.photo, ()), one.key)
            made_up[one.photo] = made_up.get(one.photo, True) and one.illustrative
    return of, made_up


def _same(one: Path, other: Path, path: str) -> bool:
    return (one / path).read_bytes() == (other / path).read_bytes()


def pages(base: Site | None, head: Site, spoilt: Spoilt) -> Iterator[tuple[str, Entry]]:
    """Yield the prose pages and pictures that came, went or changed; what a page with a Problem says is not told."""
    old, new = _prose(base) if base else {}, _prose(head)
    silent = {*spoilt[0], *spoilt[1]}
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path), new.get(path)
        if was == now:
            continue
        text = path.endswith(".md") and f"{PROSE_FOLDER}/{path}" not in silent
        remark = "新增" if was is None else "删除：网址会失效" if now is None else "" if text else "改了"
        found = (Change("正文", _text(was), _text(now)),) if text and was is not None and now is not None else ()
        yield "pages", Entry(legible(f"{PROSE_FOLDER}/{path}"), legible(path), PAGE, False, found, remark)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")


def _prose(site: Site) -> Mapping[str, bytes]:
    folder = site.content / PROSE_FOLDER
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()}


def settings(base: Site, head: Site) -> Iterator[tuple[str, Entry]]:
    """Yield what changed in the settings, and in the town's own theme, each as one entry."""
    was, now = (dict(_flat(site.settings, "")) for site in (base, head))
    found = tuple(Change(label, was.get(label, ""), now.get(label, "")) for label in dict.fromkeys([*was, *now])
                  if was.get(label, "") != now.get(label, ""))
    if files := _theme(base, head):
        yield "settings", Entry("theme", "自有主题", SETTING, False, (), f"{files} 个文件有改动：页面的样子会变")
    if found:
        yield "settings", Entry("site_config.yml", "site_config.yml", SETTING, False, found)


def _theme(base: Site, head: Site) -> int:
    """Return how many files of the town's own theme came, went or changed."""
    was, now = ({path.relative_to(folder): path.read_bytes() for folder in site.themes[:-1]
                 for path in folder.rglob("*") if path.is_file()} for site in (base, head))
    return sum(was.get(path) != now.get(path) for path in {*was, *now})


def program(config: Path, inside: str, paths: Iterable[str], *sites: Site | None) -> Iterator[tuple[str, Entry]]:
    """Yield the changed files that may change what runs on a merge, though no record tells of them.

    inside: the site's folder below the top of the repository, where paths begin.
    """
    told = tuple(f"{inside}{normpath(folder)}/" for site in sites if site
                 for folder in (site.settings.content, site.settings.theme) if folder)
    for path in paths:
        if path != inside + config.name and not path.startswith(told) and not QUIET.search(path):
            yield "program", Entry(legible(path), legible(path), FILE, False)


def _flat(part: BaseModel, above: str) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of every setting; of a list of mappings the items in one text."""
    for shape in shapes(type(part)):
        value, label = getattr(part, shape.name), above + shape.label
        if isinstance(value, BaseModel):
            yield from _flat(value, f"{label}·")
        elif value not in (None, [], {}):
            items = value if isinstance(value, list) else [value]
            yield label, "、".join(_item(item) for item in items)


def _item(value: object) -> str:
    if isinstance(value, BaseModel):
        return " ".join(text for _, text in _flat(value, ""))
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
