"""A site on which everything ends on one day: an entry, its appeal, a rating, a notice, two exceptions, a consent."""

from __future__ import annotations

from datetime import date, timedelta

from tests.sites import BASE, LISTED, RATED

LAST = date(2026, 12, 1)
"""The last day of everything; the day after, the site must have been made anew."""
AFTER = LAST + timedelta(days=1)
CONFIG = ("identity: {name: 清水公示}\nlanguages: [zh, en]\n"
          "privacy: {contact: 清水社区大厅}\n")
LEAVE = ("  - {what: phone, at: REPLACED, reason: 家人托社区找人, ground: 街道会议纪要, decided_by: 街道办, "
         f"since: 2026-06-01, until: {LAST}}}\n")
SOUGHT = ("title: 寻人\nsource: press\narea: b3\ncategory: 寻人\nreported: 2026-05-06\n"
          "description: 见到请打 139-0733-0001。\nnote: 也可以打 139 0733 0002，\nprivacy_exceptions:\n")

ENDING = {
    **BASE, **RATED, **LISTED, "pages/about.md": "# 关于\n", "pages/en/about.md": "# About\n",
    "pages/en/index.md": "# In English\n",
    "appeals/a-0001.yml": (
        "title: 对黑榜的申诉\nsource: press\nagainst: listing/l-0001\nfiled: 2026-06-10\nfiled_by: 楼长\n"
        "grounds: 沙发是邻居的。\ndue: 2026-12-20\n"),
    "assessments/b3-2026.yml": (
        "title: 上门看房\nsource: press\nscheme: stars\nsubject: area/b3\ndate: 2026-04-01\nassessor: 评定二组\n"
        "scores:\n  - {criterion: fire, points: 53, found: 过道停电瓶车}\n  - {criterion: tidy, points: 34}\n"
        f"evidence: [照片]\nexpires: {LAST}\narea: b3\n"),
    "announcements/parking.yml": (
        "title: 停车费调整\nsource: press\narea: estate\nbasis: 规则\ntext: 每月100元。\nchannel: 大厅\n"
        f"issuer: 业委会\nsince: 2026-11-20\nuntil: {LAST}\n"),
    "cases/sought.yml": SOUGHT + LEAVE.replace("REPLACED", "description") + LEAVE.replace("REPLACED", "note"),
    "volunteers/wang.yml": "title: 王示例\nsource: press\narea: estate\nteam: team\nground: consent\n"
                           f"consent: {{given: 2026-05-06, until: {LAST}}}\n",
    "activities/clean.yml": RATED["activities/clean.yml"] + "  - {volunteer: wang, hours: 9}\n",
    "cases/mistaken.yml": "title: 写错的一条\nsource: press\narea: b3\ncategory: 漏水\nreported: 2026-05-07\n"
                          "description: 不该公开的经过\n",
}
"""Laid over nothing: the whole site."""

WITHDRAWN = ENDING["cases/mistaken.yml"] + f"withdrawn: {{date: {AFTER}, reason: 登错了}}\n"

ENTRY = ("通道堆物列入黑榜", "旧床垫", "检查照片存档", "对黑榜的申诉", "沙发是邻居的")
RATING = ("上门看房", "过道停电瓶车", "评定二组")
PHONES = ("0733-0001", "0733 0002", "07330001", "07330002")
NAME = ("王示例",)
MISTAKEN = ("写错的一条", "不该公开的经过")
"""Words that nothing else on the site says, by what they belong to."""
