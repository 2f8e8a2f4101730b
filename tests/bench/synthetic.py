"""Makes synthetic records, the same for the same number: plain ones (see `convert`), written in our form.

70 % are cases, 15 % volunteers with 5 to 20 services each, 10 % honours, 5 % projects with milestones; they lie in 50
communities of 10 grids. A file holds about 1.2 KB. Nobody and nothing in it is real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.convert import Plain, write_site

FIRST = date(2023, 1, 1)
GRIDS = 10
NAMES = ["晨光", "荷叶", "月塘", "石榴", "锦绣", "银杏", "水西", "红旗", "金塘", "桂花"]
ESTATES = [name + ending for name in NAMES for ending in ("一村", "二村", "新苑", "花园", "里")]
COMMUNITIES = [f"c{number:02d}" for number in range(1, len(ESTATES) + 1)]
STREETS = ["东街街道", "西街街道", "南街街道", "北街街道", "中街街道"]
PROBLEMS = {
    "环境卫生": "垃圾清运不及时", "公共设施": "路灯损坏", "停车管理": "消防通道违停", "噪音扰民": "夜间施工噪音",
    "楼道堆物": "楼道杂物堆放", "电动车充电": "飞线充电", "漏水渗水": "屋面渗水", "物业服务": "门禁故障",
    "邻里纠纷": "晾晒纠纷", "养老服务": "助餐点配送不便"}
ACTORS = ["网格员", "社区书记", "街道城管办", "物业公司", "业委会", "住建局", "楼栋长", "社区民警"]
ACTIONS = ["受理上报", "现场核实", "分级派单", "协调会商", "现场整改", "复查验收", "回访办结"]
REMARKS = ["已联系反映人", "照片已上传", "材料齐全", "按时完成"]
SERVICES = ["文明劝导", "环境清扫", "独居老人探访", "垃圾分类宣传", "治安巡逻", "义诊协助", "课后辅导", "助餐配送"]
TEAMS = ["红马甲志愿队", "夕阳红巡逻队", "青年先锋队", "巾帼服务队", "退役军人服务队"]
AWARDS = ["优秀志愿者", "美好家园", "五星小区", "最美楼栋长", "文明家庭", "先进网格"]
WORKS = ["外墙翻新", "雨污分流", "加装电梯", "道路沥青化", "停车位改造", "充电桩建设", "管线入地", "休闲广场"]
MILESTONES = ["入户摸底", "方案公示", "居民表决", "招标采购", "进场施工", "中期巡查", "竣工验收", "移交管护"]
SENTENCES = [
    "居民扫码反映，{}的情况已有一段时间，老人和孩子出行受影响。",
    "网格员当天到场核实，拍照上传，并与**楼栋长**一起走访了周边住户。",
    "经会商，由社区牵头、物业配合，定了责任人和完成时限。",
    "施工期间安排志愿者值守，提醒居民绕行，保证通道畅通。",
    "整改完成后，请居民代表现场验收，逐户征求意见。",
    "以后列入每周巡查清单，每半月在公示栏通报一次进展。",
    "因涉及多个部门，街道启动“吹哨报到”，限时3个工作日内回复。",
    "费用从楼栋自治金中列支，收支明细同步公开，接受监督。",
    "有住户提出不同意见，社区开“板凳会”协商，最后达成一致。",
    "请居民继续通过[意见征集](/feedback/)反馈，我们会及时答复。"]


def write(site: Path, count: int) -> None:
    """Write a site of `count` records (and what they refer to) into the folder `site`, which must not exist."""
    communities = [{"id": id, "name": name, "street": STREETS[number % len(STREETS)]}
                   for number, (id, name) in enumerate(zip(COMMUNITIES, ESTATES, strict=True))]
    write_site(site, communities, records(count))


def records(count: int) -> Iterator[Plain]:
    """Yield `count` plain records."""
    rng = random.Random(count)
    shares = {volunteer: count * 15 // 100, honour: count // 10, project: count // 20}
    for make, many in {case: count - sum(shares.values()), **shares}.items():
        for number in range(1, many + 1):
            place = rng.randrange(len(ESTATES))
            made = make(rng, ESTATES[place])
            yield {"id": f"{made['type'][0]}{number:07d}", "community": COMMUNITIES[place],
                   "grid": f"{COMMUNITIES[place]}-g{rng.randint(1, GRIDS):02d}", **made}


def case(rng: random.Random, estate: str, first: date = FIRST, span: int = 1000) -> Plain:
    """Return a case reported within `span` days from `first` on."""
    category, problem = rng.choice(list(PROBLEMS.items()))
    reported = _day(rng, span, first)
    assigned = reported + timedelta(rng.randint(0, 2))
    resolved = assigned + timedelta(rng.choice((1, 2, 3, 4, 5, 6, 8, 12, 20)))
    actions = [ACTIONS[i] for i in sorted(rng.sample(range(len(ACTIONS)), rng.randint(3, 5)))]
    days = sorted(reported + timedelta(rng.randint(0, (resolved - reported).days)) for _ in actions[:-1])
    timeline = [{"date": day, "actor": rng.choice(ACTORS), "action": action,
                 "note": f"{_name(rng)}负责，{rng.choice(REMARKS)}"}
                for day, action in zip([*days, resolved], actions, strict=True)]
    return {"type": "case", "title": f"{estate}{rng.randint(1, 60)}栋{problem}", "date": reported,
            "category": category, "level": rng.randint(1, 4), "reported": reported, "assigned": assigned,
            "resolved": resolved, "satisfaction": rng.randint(1, 5), "timeline": timeline,
            "description": _prose(rng, problem, 100, 300)}


def volunteer(rng: random.Random, estate: str, first: date = FIRST, span: int = 700) -> Plain:
    """Return a volunteer who joined within `span` days from `first` on."""
    joined = _day(rng, span, first)
    services = [{"date": joined + timedelta(rng.randint(1, 300)), "item": rng.choice(SERVICES),
                 "hours": rng.choice((0.5, 1, 1.5, 2, 2.5, 3, 4))} for _ in range(rng.randint(5, 20))]
    return {"type": "volunteer", "title": f"志愿者{_name(rng)}（{estate}）", "date": joined, "team": rng.choice(TEAMS),
            "services": services, "description": _prose(rng, "志愿服务需求", 60, 150)}


def honour(rng: random.Random, estate: str) -> Plain:
    """Return an honour."""
    award, who = rng.choice(AWARDS), _name(rng)
    return {"type": "honour", "title": f"{award}：{who}（{estate}）", "date": _day(rng, 1000), "award": award,
            "recipient": who, "issuer": rng.choice(STREETS), "description": _prose(rng, "身边好事", 60, 200)}


def project(rng: random.Random, estate: str) -> Plain:
    """Return a project with milestones."""
    start = at = _day(rng, 800)
    many = rng.randint(5, len(MILESTONES))
    met = rng.randint(0, many)
    milestones = []
    for number, name in enumerate(MILESTONES[:many]):
        at += timedelta(rng.randint(10, 40))
        actual = at + timedelta(rng.randint(-3, 10)) if number < met else ""
        milestones.append({"name": name, "planned": at, "actual": actual})
    budget = rng.randint(20, 900) * 10_000
    return {"type": "project", "title": f"{estate}{rng.choice(WORKS)}工程", "date": start, "budget": budget,
            "paid": budget * met // many, "contractor": "某建设有限公司", "milestones": milestones,
            "description": _prose(rng, "设施老化", 100, 300)}


def _day(rng: random.Random, span: int, first: date = FIRST) -> date:
    return first + timedelta(rng.randrange(span))


def _name(rng: random.Random) -> str:
    return rng.choice("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗") + "*" * rng.randint(1, 2)


def _prose(rng: random.Random, problem: str, low: int, high: int) -> str:
    """Return a Markdown text of `low` to `high` characters: one or two paragraphs, now and then a list."""
    wanted, parts = rng.randint(low, high), []
    for sentence in rng.sample(SENTENCES, len(SENTENCES)):
        parts.append(sentence.format(problem))
        if sum(map(len, parts)) >= wanted:
            break
    if len(parts) < 3:
        return "".join(parts) + "\n"
    if rng.random() < 0.3:
        return "".join(parts[:-2]) + "\n\n" + "\n".join(f"- {part}" for part in parts[-2:]) + "\n"
    return "".join(parts[:2]) + "\n\n" + "".join(parts[2:]) + "\n"
