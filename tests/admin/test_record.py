"""Between a record's file and its form: what `theme/admin/record.js` makes of every record, run in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator import load, validate
from generator.admin.config import config
from generator.data import Raw
from generator.records import folders, kinds
from tests.admin.test_config import settings
from tests.browser.chromium import REQUIRED
from tests.forms import SOURCE, made
from tests.sites import ROOT

SCRIPT = """
import { closed, opened } from "%s";
let text = "";
for await (const part of process.stdin) text += part;
const { kinds, files } = JSON.parse(text);
const made = files.map(({ kind, text, change, fresh }) => {
  const { fields, dated } = kinds[kind];
  const content = { ...opened(text, `content/x/${kind}.yml`, fields, dated), ...change };
  if (fresh) delete content._text;
  return closed(JSON.parse(JSON.stringify(content)), fields);
});
process.stdout.write(JSON.stringify(made));
"""


def through(files: list[dict[str, Any]]) -> list[str]:
    """Return the texts that the forms make of files. change: values of the form; fresh: as of a new record."""
    made()
    if shutil.which("node") is None:
        (pytest.fail if REQUIRED else pytest.skip)("no Node")
    given = json.dumps({"kinds": config(settings())["kinds"], "files": files})
    done = subprocess.run(["node", "--input-type=module", "-e", SCRIPT % (SOURCE / "record.js").as_uri()],
                          input=given, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def content() -> list[tuple[Path, str, str]]:
    """Return every record of the repository that editors write: path, kind and text."""
    found = []
    for path in sorted((ROOT / "content").rglob("*.yml")):
        kind = folders()[path.relative_to(ROOT / "content").parts[0]]
        if kinds()[kind].by_hand:
            found.append((path, kind, path.read_text(encoding="utf-8")))
    return found


def test_records_stand_unchanged_where_nothing_is_changed() -> None:
    """All records of the repository, opened in a form and saved as they are, keep every byte."""
    records = content()
    assert len(records) > 700
    after = through([{"kind": kind, "text": text.strip()} for _, kind, text in records])
    assert [str(path) for (path, _, text), new in zip(records, after, strict=True) if new != text] == []


def test_new_files_say_the_same() -> None:
    """All records, written as if they were new, are read as the same records."""
    records = content()
    after = through([{"kind": kind, "text": text, "fresh": True} for _, kind, text in records])
    for (path, kind, *texts), new in zip(records, after, strict=True):
        before, now = (validate.validate(Raw(kind, path.stem, path.name, load.parse(text)), kinds())
                       for text in (*texts, new))
        assert told(before) == told(now), path


def told(record: Any) -> Any:
    """Return what a record says, but for line breaks at the end of its texts."""
    return json.loads(json.dumps(record.model_dump(mode="json"), ensure_ascii=False).replace("\\n\"", "\""))


LAMP = ("title: 灯 # 报修\nsource: press\narea: b3\ncategory: '照明'\n# 过程\nsteps:\n"
        "  - {date: 2026-05-06, action: 看}\n  - {date: 2026-05-07, action: 换} # 换好\nresolved: 2026-05-08\n")


@pytest.mark.parametrize(("change", "before", "after"), [
    ({"title": "路灯"}, "title: 灯 # 报修", "title: 路灯 # 报修"),
    ({"category": "no"}, "category: '照明'", "category: 'no'"),
    ({"area": ""}, "area: b3\n", ""),
    ({"place": "三楼"}, "# 过程", "place: 三楼\n# 过程"),
    ({"satisfaction": "5"}, "resolved: 2026-05-08\n", "resolved: 2026-05-08\nsatisfaction: 5\n"),
    ({"resolved": "{value: 2026-05-08, words: 5月8日}"}, "resolved: 2026-05-08",
     "resolved: {value: 2026-05-08, words: 5月8日}"),
    ({"resolved": "{words: 近日}"}, "resolved: 2026-05-08", "resolved: {words: 近日}"),
    ({"note": "一\n\n二"}, "area: b3\n", "area: b3\nnote: |\n  一\n\n  二\n"),
    ({"illustrative": True}, "area: b3\n", "area: b3\nillustrative: true\n"),
    ({"illustrative": False, "formerly": [], "withdrawn": None, "claims": [], "place": "  "}, "", ""),
    ({"steps": [{"date": "2026-05-06", "action": "看", "actor": ""}, {"date": "2026-05-07", "action": "12:30"}]},
     "{date: 2026-05-07, action: 换} # 换好", '{date: 2026-05-07, action: "12:30"} # 换好'),
    ({"steps": [{"date": "2026-05-06", "action": "看"}]}, "  - {date: 2026-05-07, action: 换} # 换好\n", ""),
    ({"steps": [{"date": "2026-05-06", "action": "看"}, {"date": "2026-05-07", "action": "换"},
                {"date": "2026-05-09", "action": "回访"}]},
     "# 换好\n", "# 换好\n  - {date: 2026-05-09, action: 回访}\n"),
    ({"source": [{"document": "press", "place": "第二版"}]}, "source: press",
     "source: {document: press, place: 第二版}"),
    ({"source": [{"document": "press"}, {"text": "居民来信"}]}, "source: press",
     "source:\n  - press\n  - {text: 居民来信}"),
    ({"steps": [{"date": "2026-05-07", "action": "换"}, {"date": "2026-05-06", "action": "看"}]},
     "  - {date: 2026-05-06, action: 看}\n  - {date: 2026-05-07, action: 换} # 换好\n",
     "  - {date: 2026-05-07, action: 换} # 换好\n  - {date: 2026-05-06, action: 看}\n"),
    ({"resolved": "{value: 2026-05-08, words: 5月8日，inferred: year}"}, "resolved: 2026-05-08",
     'resolved: "{value: 2026-05-08, words: 5月8日，inferred: year}"'),
    ({"evidence": ["照片", "010"]}, "resolved: 2026-05-08\n", 'resolved: 2026-05-08\nevidence: [照片, "010"]\n'),
    ({"images": [{"file": "/photos/2026/a.jpg", "alt": "楼道"}]}, "area: b3\n",
     "area: b3\nimages:\n  - {file: 2026/a.jpg, alt: 楼道}\n"),
])
def test_change_touches_its_own_lines(change: dict[str, Any], before: str, after: str) -> None:
    """One field changed in a form changes its place in the file; comments, quotes and the rest stand as they stood."""
    [new] = through([{"kind": "case", "text": LAMP, "change": change}])
    assert new == LAMP.replace(before, after, 1)


TYPED = ("010", "1e3", "12:30", "2026-05-06", "no", "Yes", "null", "~", "true", "0x1F", ".5", "1_000", "- 项",
         "# 注", "a: b", "'引'", "\"双\"", "@某", "%", "*", "&a", "!b", "[x", "{y", "|", ">", "一行\n二行",
         "😀", "a #b", ":", "？", "\\n", "=")


def test_texts_are_read_back_as_typed() -> None:
    """Whatever is typed into a text comes back from our reader as that text."""
    texts = through([{"kind": "case", "text": LAMP, "change": {"title": text, "note": text}} for text in TYPED])
    for text, new in zip(TYPED, texts, strict=True):
        record = load.parse(new)
        assert (record["title"].strip(), record["note"].strip()) == (text, text)


PARTY = "title: 会\nsource: press\ntype: 议事会\nabout: [case/leak, person/p-0001]\nconvener: organisation/team\n"


def test_references_to_several_kinds_are_chosen_by_kind() -> None:
    """`kind/id` is opened as kind and record and written back; a party is a published one or a name."""
    changes: list[dict[str, Any]] = [
        {"about": [{"kind": "case", "id": "leak"}, {"kind": "area", "id": "b3"}]},
        {"convener": {"who": {"kind": "", "id": ""}, "name": "三栋居民", "role": ""}},
        {"convener": {"who": {"kind": "person", "id": "p-0002"}, "name": "", "role": "主持"}},
    ]
    new = through([{"kind": "meeting", "text": PARTY, "change": change} for change in changes])
    assert new[0] == PARTY.replace("person/p-0001", "area/b3")
    assert new[1] == PARTY.replace("organisation/team", "三栋居民")
    assert new[2] == PARTY.replace("organisation/team", "{who: person/p-0002, role: 主持}")
