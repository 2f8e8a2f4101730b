"""How somebody is reached, proved or recognised: WeChat, QQ, e-mail, passports and permits, names masked too thinly.

In: a folded text. Out: what a word before it calls an account or a document; an e-mail by its own form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.found import Found, Start, led_by
from generator.records.masks import SURNAMES

_IS = r"[ \t]{0,2}[:：=是为()（）]{0,2}[ \t\"'“]{0,2}"
_NUMBER = r"[ \t]{0,2}[(（]?(?:号码?|账号|(?i:id))?[)）]?"
_WECHAT_HEAD = re.compile("[微薇威徽wWvV加+]")
_WECHAT = re.compile(
    r"(?<![A-Za-z0-9])(?P<inner>wxid_[0-9a-z]{6,})"
    r"|(?:[微薇威徽] ?信|(?<![A-Za-z])(?i:we ?chat|weixin|wx|vx|v信)|[加+] ?(?:[VvWw](?:信|(?i:x))?|微(?!信))"
    r"|(?<![A-Za-z])[Vv](?=[:：]))"
    rf"(?P<called>{_NUMBER}{_IS})(?P<name>[A-Za-z][A-Za-z0-9_-]{{5,19}})(?![A-Za-z0-9_@:/-]|\.[a-z])"
)
_QQ_HEAD = re.compile("[qQ扣球企加+]")
_QQ = re.compile(rf"(?:(?<![A-Za-z])[Qq] ?[Qq]|扣扣|球球|企鹅号?|[加+] ?[Qq]|(?<![A-Za-z])[Qq](?=[:：号]))"
                 rf"{_NUMBER}{_IS}([1-9](?:[ -]?[0-9]){{4,11}})(?![0-9@.])")
_AT = r" ?(?:@|[(（\[{【] ?(?:@|(?i:at)) ?[)）\]}】]|%40|艾特) ?"
_DOT = r"(?:\.|。| ?[(（\[【](?i:dot|点)[)）\]】] ?)"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])(?<!//)(?P<box>[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}?){_AT}"
    rf"(?P<host>(?:[A-Za-z0-9-]{{1,63}}{_DOT}){{1,5}}(?P<top>[A-Za-z]{{2,18}}))"
    r"(?![A-Za-z0-9-]|\.[A-Za-z0-9]|:[/~A-Za-z0-9])")
_FILES = frozenset(("png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "css", "js", "map", "json", "html", "htm",
                    "yml", "yaml", "md", "txt"))
_DOCUMENT_HEAD = re.compile("[护通回台旅居pPE]")
_DOCUMENT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|旅行证|居留证|(?i:passport))[^0-9A-Za-z\n]{0,8}(?i:(?:no|number)[.:： ]{1,3})?"
    r"([A-Za-z]{0,2}(?: ?[0-9]){7,10})(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z/_.-])(E[A-HJ-NP-Z]?[0-9]{7,8})(?![0-9A-Za-z._/-])")
_DAY = re.compile("E(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")


def find_wechat(text: str) -> Iterator[Found]:
    """Yield accounts of WeChat; where no colon and no 号 calls it one, it has a digit or an underscore."""
    for found in led_by(_WECHAT_HEAD, _WECHAT, text):
        name = found["inner"] or found["name"]
        if found["inner"] or _is_wechat(found[0], found["called"], name):
            yield Found("personal-wechat", found.end() - len(name), found.end(), name.lower())


def _is_wechat(whole: str, called: str, name: str) -> bool:
    """Whether a word before a name makes it an account: `wx` alone is the beginning of many names."""
    if re.search("[号:：=是为账]|(?i:id)", called):
        return True
    is_plain = whole[0] in "wW" or (whole[0].isascii() and not called)
    return not is_plain and re.search("[0-9_]", name) is not None


def find_qq(text: str) -> Iterator[Found]:
    """Yield numbers of QQ; those of groups are nobody's own."""
    for found in led_by(_QQ_HEAD, _QQ, text):
        yield Found("personal-qq", found.start(1), found.end(1), re.sub("[ -]", "", found[1]))


def find_emails(text: str) -> Iterator[Found]:
    """Yield e-mail addresses, those with `(at)` too; neither names of files (`logo@2x.png`) nor of hosts for ssh."""
    for found in _EMAIL.finditer(text):
        if found["top"].lower() not in _FILES:
            yield Found("personal-email", found.start(), found.end(), f"{found['box']}@{found['host']}".lower())


def find_documents(text: str) -> Iterator[Found]:
    """Yield numbers of passports and permits where a word says so; alone only those of today's passports."""
    for found in led_by(_DOCUMENT_HEAD, _DOCUMENT, text):
        group = found.lastindex or 0
        if group == 1 or not _DAY.fullmatch(found[2]):
            yield Found("personal-passport", *found.span(group), found[group].replace(" ", "").upper())


START = Start("*＊×○●✱", f"(?<=[{SURNAMES}].)[\u4e00-\u9fff](?![*＊×\u4e00-\u9fff]{{0,30}}[*＊×])")
_MASKED_NAME = re.compile(START.source)
_SIZES = re.compile("[×*＊][宽长高深厚数面单]")


def find_masked_names(text: str) -> Iterator[Found]:
    """Yield names of which one character is hidden, 张*三: in one building that is no mask. 张某 and 张** are."""
    for found in _MASKED_NAME.finditer(text):
        if not _SIZES.match(found[0]):
            start = found.start() - 1
            yield Found("personal-mask", start, found.end(), text[start:found.end()])
