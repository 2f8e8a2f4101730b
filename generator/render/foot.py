"""What stands at the foot of every page: who answers for it, the numbers that the law asks for, and how fresh it is."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from typing import NamedTuple

from generator.config import Identity, Site
from generator.render.manuals import FOLDER as MANUALS

MINISTRY = "https://beian.miit.gov.cn/"
POLICE = "https://beian.mps.gov.cn/#/query/webSearch?code="
OWN_PAGES = (("feedback", "报错与异议"), ("privacy", "隐私与更正"), ("about", "关于本站"))
"""Prose pages that the foot leads to where a site has them."""


class Mark(NamedTuple):
    """One thing that is told, and where it leads, if anywhere; inside: whether that is a page of this site."""

    text: str
    href: str = ""
    inside: bool = False


def foot(site: Site, prose: Sequence[str], as_of: date) -> list[list[dict[str, str | bool]]]:
    """Return the lines of the foot, each a few marks as plain values; what is not given is not told."""
    lines = (_who(site), _whither(site, prose), _licence(site), _registered(site.settings.identity),
             [Mark(f"数据截至 {as_of.isoformat()}")])
    return [[mark._asdict() for mark in line] for line in lines if line]


def _who(site: Site) -> list[Mark]:
    identity, privacy = site.settings.identity, site.settings.privacy
    told = (("主办单位：", identity.operator), ("承办单位：", identity.undertaker), ("联系：", identity.contact))
    line = [Mark(label + value) for label, value in told if value]
    if privacy.contact:
        line.append(Mark(f"发现错误、有异议或要求撤下个人信息：{privacy.contact}，"
                         f"{privacy.answer_within} 个工作日内答复。"))
    return line


def _whither(site: Site, prose: Container[str]) -> list[Mark]:
    identity = site.settings.identity
    pages = [Mark(name, f"{page}.html", True) for page, name in OWN_PAGES if f"{page}.md" in prose]
    if site.manuals:
        pages.append(Mark("手册", f"{MANUALS}/index.html", True))
    if identity.accessibility:
        page = identity.accessibility.removesuffix(".md")
        inside = page != identity.accessibility
        pages.append(Mark("无障碍声明", f"{page}.html" if inside else page, inside))
    return pages


def _licence(site: Site) -> list[Mark]:
    publication = site.settings.publication
    return [Mark(f"内容许可：{publication.licence}", publication.licence_url or ""), Mark("请注明出处。")]


def _registered(identity: Identity) -> list[Mark]:
    line = [Mark(identity.icp, MINISTRY)] if identity.icp else []
    if identity.police:
        line.append(Mark(identity.police, POLICE + re.sub(r"\D", "", identity.police)))
    if identity.site_code:
        line.append(Mark(f"网站标识码 {identity.site_code}"))
    return line
