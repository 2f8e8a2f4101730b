"""What the five newspaper pages say stands on the built site, in their own words, where a resident would look."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.sites import ROOT, build_site

ROWS = [
    ("001", "projects/chenguang-gaizao", ["九成以上", "住建部联系"]),
    ("002", "projects/chenguang-gaizao", ["新晨光小区与老晨光小区", "连片"]),
    ("002", "areas/chenguang", ["文化路以西", "合泰路以南", "石宋路以北", "西临石湖公园"]),
    ("003", "projects/chenguang-gaizao", ["沥青路", "停车位", "遮阳棚", "休闲广场", "飞线", "污水"]),
    ("004", "projects/chenguang-gaizao", ["垃圾分类处理点", "党建活动中心", "会进一步完善", "小程序"]),
    ("007", "areas/chenguang", ["35栋楼", "二维码"]),
    ("007", "areas/chenguang-12", ["楼栋长", "组长"]),
    ("008", "organisations/chenguang-dangzhibu", ["2021-07", "月塘街道和东湖社区"]),
    ("009", "activities/chenguang-tuixuan", ["支持率都很高", "11个"]),
    ("010", "projects/chenguang-gaizao", ["2022-06", "10多次"]),
    ("011", "areas/chenguang", ["三覆盖", "党组织", "业委会自治", "专业物业"]),
    ("012", "projects/chenguang-gaizao", ["参建单位", "小区物业", "党员代表", "居民代表"]),
    ("015", "volunteers/v-0001", ["唐建中", "义诊"]),
    ("015", "honours/youxiu-zhiyuanzhe-2023", ["优秀志愿者", "2023", "2024-02", "阳光里社区"]),
    ("016", "cases/xiangshixilu-dn100", ["DN100", "响石西路", "7月18日"]),
    ("016", "cases/jiefangjie-dn450", ["DN450", "次日14时"]),
    ("101", "organisations/yuanjiawan-lianmeng", ["20家", "106名"]),
    ("102", "organisations/yuanjiawan-lianmeng", ["社区党委", "网格党支部", "社区合伙人", "志愿者队伍"]),
    ("103", "indicators/yuanjiawan-huodong", ["38场", "超2000人次"]),
    ("104", "organisations/leyi-shouhutuan", ["公益+低偿", "一键拨打"]),
    ("104", "organisations/yujian-weilaituan", ["解忧日"]),
    ("111", "schemes/fangwu-xingji", ["16栋", "28栋", "6栋"]),
    ("116", "organisations/wugongsi-15-zizhi", ["花园议事会"]),
    ("201", "areas/qingyun", ["6.7万"]),
    ("201", "organisations/qingyun-banshichu", ["2005"]),
    ("204", "indicators/qingyun-dangqun", ["8个", "20个"]),
    ("205", "honours/qingyun-wuxing", ["五星", "2个"]),
    ("205", "honours/qingyun-sixing", ["四星", "3个"]),
    ("206", "indicators/qingyun-dangyuan", ["40人", "1074人"]),
    ("213", "honours/jinxiujiangshan-meihao-2023", ["美好家园", "2023"]),
    ("213", "honours/jinxiujiangshan-hongse", ["红色物业"]),
    ("217", "indicators/zhuangpeishi-zhanbi", ["50%", "60%", "70%"]),
    ("217", "indicators/zhuangpeishi-chanzhi", ["145亿元", "220亿元", "360亿元"]),
    ("218", "indicators/zhuangpeishi-touzi", ["75.05亿元", "全省排名第三"]),
    ("221", "projects/huayin-kuoneng", ["约85.77亿元", "64.732吨", "10月16日10时36分"]),
    ("301", "indicators/wugang-gaizao-shu", ["34个", "46个"]),
    ("302", "indicators/wugang-yijian", ["136条", "90余条", "全部落实到位"]),
    ("306", "organisations/wugang-lianhe-zhibu", ["党建指导员", "党小组"]),
    ("309", "indicators/wugang-zhiyuan", ["132支", "23次", "10万余元", "80余次"]),
    ("310", "indicators/wugang-dangyuan", ["83名", "336人次"]),
    ("402", "schemes/lukou-wangge", ["32个", "36名", "101家"]),
    ("405", "schemes/lukou-sanzhang", ["1256名", "矛盾调解员"]),
    ("408", "schemes/lukou-siji", ["社区自办", "网格责任单位承办", "网格长联办", "领导小组交办"]),
    ("412", "indicators/lukou-jiejue", ["450余个", "90多个"]),
    ("413", "organisations/hetang-zhiyuan", ["13个类别"]),
    ("413", "activities/kangni-xiaozu", ["抗逆小童星"]),
    ("414", "schemes/hetang-jifen", ["贡享超市", "14个部门", "200多家"]),
    ("416", "activities/shaonian-wenmingshuo", ["24期"]),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site."""
    out = tmp_path_factory.mktemp("press")
    build_site(ROOT / "site_config.yml", out)
    return out / "current"


def words_of(page: Path) -> str:
    """Return what a reader sees in the article of a page."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    return unescape(re.sub(r"<[^>]+>", "", article))


@pytest.mark.parametrize(("row", "page", "words"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
def test_row_is_on_its_page(site: Path, row: str, page: str, words: list[str]) -> None:
    """The row's own words stand on its page, and the page names the newspaper page as its source."""
    text = words_of(site / f"{page}.html")
    assert [w for w in words if w not in text] == []
    assert "株洲日报" in text or "武冈市老旧小区改造专题版面" in text
    assert "为展示功能编写" not in text


def test_minors_are_never_named(site: Path) -> None:
    """The pupil whom a newspaper page names is named nowhere on the site."""
    assert [p.name for p in site.rglob("*.html") if "张修齐" in p.read_text(encoding="utf-8")] == []


def test_claims_are_never_summed(site: Path) -> None:
    """16栋, 28栋 and 其中6栋 stand as three claims; no page gives their sum."""
    text = words_of(site / "schemes/fangwu-xingji.html")
    assert "44" not in text
    assert "50栋" not in text
