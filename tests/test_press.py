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
    ("005", "inspections/chenguang-sanheyi", ["三合一", "灭火器过期", "无应急灯", "消防安全逃生窗口", "月塘派出所",
                                              "荷塘区市场服务中心", "配备了消防力量"]),
    ("007", "areas/chenguang", ["35栋楼", "二维码"]),
    ("007", "areas/chenguang-12", ["楼栋长", "组长", "支部党员"]),
    ("007", "people/p-0002", ["彭志明", "35栋", "楼栋长", "推选"]),
    ("007", "codes/bdyyk", ["12栋的二维码", "35栋楼贴着各自的二维码"]),
    ("008", "organisations/chenguang-dangzhibu", ["2021-07", "月塘街道和东湖社区"]),
    ("009", "activities/chenguang-tuixuan", ["支持率都很高", "11个"]),
    ("009", "meetings/chenguang-tuixuan", ["首批11个楼栋长", "邻长", "大家的支持率都很高", "街道和社区"]),
    ("010", "projects/chenguang-gaizao", ["2022-06", "10多次"]),
    ("011", "areas/chenguang", ["三覆盖", "党组织", "业委会自治", "专业物业"]),
    ("012", "projects/chenguang-gaizao", ["参建单位", "小区物业", "党员代表", "居民代表"]),
    ("013", "organisations/chenguang-wuguanhui", ["今年5月", "业主自治组织", "物业公司覆盖到新晨光小区"]),
    ("013", "areas/chenguang", ["今年5月", "正式成立物管会", "实现了专业物业的全覆盖"]),
    ("014", "feedback/chenguang-xiaomou", ["从来没看到小区这么干净过", "快20年", "年近六旬"]),
    ("014", "feedback/chenguang-youeryuan", ["要送孩子去，需要绕远路"]),
    ("014", "feedback/chenguang-loudongzhang", ["63岁", "将近10年的住户", "我刚开始对能否改造好有些怀疑"]),
    ("015", "volunteers/v-0001", ["唐建中", "义诊"]),
    ("015", "honours/youxiu-zhiyuanzhe-2023", ["优秀志愿者", "2023", "2024-02", "阳光里社区"]),
    ("016", "cases/xiangshixilu-dn100", ["DN100", "响石西路", "7月18日"]),
    ("016", "cases/jiefangjie-dn450", ["DN450", "次日14时"]),
    ("101", "organisations/yuanjiawan-lianmeng", ["20家", "106名"]),
    ("102", "organisations/yuanjiawan-lianmeng", ["社区党委", "网格党支部", "社区合伙人", "志愿者队伍"]),
    ("103", "indicators/yuanjiawan-huodong", ["38场", "超2000人次"]),
    ("104", "organisations/leyi-shouhutuan", ["公益+低偿", "一键拨打"]),
    ("104", "organisations/yujian-weilaituan", ["解忧日"]),
    ("104", "services/leyi-jiazheng", ["公益+低偿", "困难、残障老人", "家政公司"]),
    ("104", "services/leyi-songyao", ["一键拨打", "送药上门", "辖区大药房"]),
    ("104", "services/yujian-ketang", ["公益+低偿", "每周", "作业辅导及兴趣爱好培养"]),
    ("104", "services/yujian-jieyouri", ["解忧日", "唐波阳光心理咨询工作室"]),
    ("106", "donations/yuanjiawan-wuzi", ["16家企业", "5万元物资"]),
    ("106", "resources/yuanjiawan-gangwei", ["32个就业岗位"]),
    ("107", "needs/yuanjiawan-weixinyuan", ["27个", "微心愿", "群众点单", "社区派单", "志愿者接单"]),
    ("108", "inspections/yuanjiawan-xiaofang", ["消防检查126次"]),
    ("108", "indicators/yuanjiawan-xiaofang", ["消防检查126次", "调解矛盾纠纷37起"]),
    ("110", "schemes/yihe-erfang-santan", ["一核二访三谈", "每月上门两次"]),
    ("111", "schemes/fangwu-xingji", ["16栋", "28栋", "6栋"]),
    ("113", "meetings/yuanjiawan-yishi", [
        "“益+亲”议事平台", "面对面交流", "征集有效意见156条", "推动解决民生问题89个"]),
    ("113", "indicators/yuanjiawan-yishi", ["156条", "89个"]),
    ("114", "indicators/yuanjiawan-bangfu", ["23个家庭", "18名困难群众", "临时救助"]),
    ("114", "agreements/yuanjiawan-bangfu", ["3帮1", "2对1", "子女入学难题"]),
    ("115", "projects/malu-shichang", ["疏堵结合", "规范零担区", "专业运营", "四方共赢"]),
    ("115", "funds/malu-shichang", ["集体收益", "物管会自治", "零担区", "四方共赢"]),
    ("116", "organisations/wugongsi-15-zizhi", ["花园议事会"]),
    ("116", "meetings/wugongsi-15-yishihui", [
        "花园议事会", "树荫下", "与其坐等环境变好,不如自己动手", "曾书记", "林大姐", "曾大姐"]),
    ("116", "areas/wugongsi-15", ["2023年", "物业公司退场", "试点"]),
    ("117", "funds/wugongsi-15", [
        "30户居民达成一致", "每户每年缴纳240元", "每月拿出500元", "每天清晨逐层清扫", "两年"]),
    ("117", "meetings/wugongsi-15-jingfei", ["花园议事会", "30户居民达成一致", "把方案谈细谈实", "尝到了甜头"]),
    ("118", "meetings/wugongsi-15-changdeng", ["充分征求意见", "全票通过", "今年9月底", "便民长凳"]),
    ("118", "funds/wugongsi-15", ["便民长凳", "今年9月底"]),
    ("118", "projects/wugongsi-15-changdeng", ["全票通过", "今年9月底"]),
    ("119", "agreements/nanling-zhuanxiangjia", ["10月15日", "组织共建", "资源共享", "发展共谋", "党建联席会议",
                                                 "党员奉献日", "精品党课", "志愿服务队"]),
    ("120", "donations/beiling-tushu", ["10月14日", "300余册", "湖南中车株机公益基金会", "童趣亲子阅读室"]),
    ("121", "feedback/yuanjiawan-liu-ayi", ["刘阿姨", "看得见却抓不住"]),
    ("121", "feedback/yuanjiawan-chen-nainai", ["75岁", "陈奶奶", "在社区比在家里还要舒心"]),
    ("121", "feedback/yuanjiawan-liu-shifu", ["刘师傅", "每月上门两次", "省心多了"]),
    ("201", "areas/qingyun", ["6.7万"]),
    ("201", "organisations/qingyun-banshichu", ["2005"]),
    ("203", "schemes/qingyun-kaohe", ["述职评议与年度考核", "第一议题", "三会一课", "考核选聘优秀社区书记"]),
    ("204", "indicators/qingyun-dangqun", ["8个", "20个"]),
    ("205", "honours/qingyun-wuxing", ["五星", "2个"]),
    ("205", "honours/qingyun-sixing", ["四星", "3个"]),
    ("206", "indicators/qingyun-dangyuan", ["40人", "1074人"]),
    ("207", "agreements/qingyun-peixun", ["每年", "至少培训社区书记1次", "两委成员全覆盖轮训"]),
    ("208", "people/p-0005", ["闵昆鹏", "发挥模范作用"]),
    ("208", "people/p-0006", ["刘英明", "发挥模范作用"]),
    ("208", "volunteers/v-0002", ["李阿姨", "“活雷锋”", "积极参与小区自治"]),
    ("209", "agreements/qingyun-shuangbaodao", ["大工委", "双报到、双服务", "两代表一委员", "党建生活圈",
                                                "生活便利圈"]),
    ("209", "organisations/qingyun-dagongwei", ["大工委", "辖区单位党组织", "共同商议解决小区治理难题"]),
    ("210", "cases/qingyun-shuidian", ["水电改造问题", "圆满解决"]),
    ("210", "cases/qingyun-weishu", ["危树砍伐", "化粪池清理"]),
    ("211", "schemes/qingyun-sanxiang-qingdan", ["需求、资源、服务三项清单", "联席会议"]),
    ("211", "needs/qingyun-weishu", ["危树砍伐", "化粪池清理", "急难愁盼问题"]),
    ("211", "meetings/qingyun-lianxi", ["三项清单", "联席会议", "定期召开", "危树砍伐", "化粪池清理"]),
    ("212", "areas/qingyun", ["物业接管、小区自管、社区代管", "锦绣江山小区"]),
    ("212", "schemes/qingyun-guanli-moshi", ["物业接管、小区自管、社区代管"]),
    ("213", "honours/jinxiujiangshan-meihao-2023", ["美好家园", "2023"]),
    ("213", "honours/jinxiujiangshan-hongse", ["红色物业"]),
    ("214", "services/qingyun-mashangtong", ["码上通", "整合便民资源", "邻里红家"]),
    ("214", "services/qingyun-laosun", ["老孙说事", "信我行", "懂理", "说理", "按理"]),
    ("216", "feedback/qingyun-jinqi", ["锦旗"]),
    ("216", "feedback/qingyun-ganxiexin", ["感谢信"]),
    ("217", "indicators/zhuangpeishi-zhanbi", ["50%", "60%", "70%"]),
    ("217", "indicators/zhuangpeishi-chanzhi", ["145亿元", "220亿元", "360亿元"]),
    ("218", "indicators/zhuangpeishi-touzi", ["75.05亿元", "全省排名第三"]),
    ("220", "meetings/zhuangpeishi-diaodu", [
        "10月16日", "调度会", "产能供需不平衡", "产业结构有待优化", "产业基地发展遭遇瓶颈", "预制电梯井",
        "应做尽做", "装配式农房", "标准体系、产能布局", "链长到一线", "全链条协同推进", "农村住房以旧换新"]),
    ("221", "projects/huayin-kuoneng", ["约85.77亿元", "64.732吨", "10月16日10时36分"]),
    ("301", "indicators/wugang-gaizao-shu", ["34个", "46个"]),
    ("302", "indicators/wugang-yijian", ["136条", "90余条", "全部落实到位"]),
    ("302", "needs/wugang-xuqiu-2022", ["136", "均认真研究，妥善处置到位"]),
    ("302", "needs/wugang-yijian", ["90余条", "全部落实到位"]),
    ("302", "indicators/wugang-jiufen", ["26起", "130余次"]),
    ("305", "inspections/wugang-jiandu", ["全程监督", "一批问题", "监督整改到位"]),
    ("306", "organisations/wugang-lianhe-zhibu", ["党建指导员", "党小组", "楼栋长兼小区党小组组长"]),
    ("307", "meetings/wugang-bandenghui", [
        "板凳会", "意见征求箱", "微信群", "民事民提、民事民议、民事民决、民事民评"]),
    ("309", "indicators/wugang-zhiyuan", ["132支", "23次", "10万余元", "80余次"]),
    ("309", "donations/wugang-yiliao", ["10万余元", "医疗物资"]),
    ("309", "services/wugang-yizhen", ["免费义诊", "23次", "家庭医生"]),
    ("310", "indicators/wugang-dangyuan", ["83名", "336人次"]),
    ("310", "resources/wugang-gangwei", ["志愿服务岗", "83名在职党员", "认领服务"]),
    ("311", "services/wugang-lianxi", ["一对一", "微网格员", "8000余人次", "包户"]),
    ("311", "schemes/wugang-baohu", ["分户包干责任制", "1800余名"]),
    ("312", "meetings/wugang-gaizao-dongyuan", [
        "城区四个街道", "社区书记会议", "主导作用", "网格员和楼栋长会议", "入户动员会", "传达至每户家中"]),
    ("313", "feedback/shengzi-chengnvshi", ["程女士", "翻天覆地的变化"]),
    ("313", "people/p-0011", ["刘小权", "水西门街道组织委员"]),
    ("313", "people/p-0012", ["杨鹏", "武冈市住建局工作人员"]),
    ("313", "people/p-0013", ["唐军艳", "社区党总支部书记"]),
    ("313", "people/p-0014", ["程女士", "楼栋长"]),
    ("401", "areas/lukou", ["70%以上", "19个无物业管理小区", "居民自治委员会"]),
    ("401", "indicators/lukou-wuwuye", ["70%以上", "19个无物业管理小区"]),
    ("402", "schemes/lukou-wangge", ["32个", "36名", "101家"]),
    ("402", "organisations/lukou-wangge-duiwu", [
        "32个创文网格", "36名在职区领导", "101家", "一名镇干部", "一名社区干部", "一名网格员",
        "一名城管局和交警大队的联络员", "社区吹哨、部门报到"]),
    ("403", "activities/lukou-qiaomen", ["敲门行动", "卫生清扫", "三级微信群"]),
    ("403", "indicators/lukou-touru", ["300余万元", "5万余吨"]),
    ("403", "organisations/lukou-weixinqun", ["三级微信群", "亮身份、领任务", "敲门行动"]),
    ("404", "areas/lao-gongshangju", ["上世纪90年代", "区委组织部", "最近完成改造"]),
    ("405", "schemes/lukou-sanzhang", ["1256名", "矛盾调解员"]),
    ("405", "organisations/lukou-sanzhang", [
        "1256名", "片区长", "单元长", "楼栋长", "文明创建工作宣传员", "社情民意收集员", "环境卫生监督员",
        "邻里矛盾调解员", "便民公示牌", "公开推选"]),
    ("406", "agreements/lukou-yijiasan", ["1+3", "至少有一名网格责任单位干部、一名网格员和一名社区干部做后盾"]),
    ("406", "organisations/lukou-sanzhang", ["网格责任单位干部", "网格员", "社区干部", "后盾"]),
    ("406", "people/p-0008", ["网格责任单位干部", "网格员", "社区干部", "做后盾"]),
    ("407", "people/p-0008", [
        "包振文", "今年77岁", "业委会主任", "没有花一分钱", "去年11月", "屋前种菜", "私建杂屋", "围墙翻新"]),
    ("407", "projects/caizheng-dimian", ["去年11月", "没有花一分钱"]),
    ("407", "cases/caizheng-huanjing", ["屋前种菜", "私建杂屋", "围墙翻新"]),
    ("408", "schemes/lukou-siji", ["社区自办", "网格责任单位承办", "网格长联办", "领导小组交办"]),
    ("409", "inspections/lukou-0525", ["5月25日", "40余人", "商住没分开", "随意占道停放", "限时妥善解决"]),
    ("409", "meetings/lukou-jiaoban", [
        "5月25日", "现场交流会", "40余人", "建材市场商住没分开", "门前有垃圾", "随意占道停放", "限时妥善解决",
        "立即整改"]),
    ("410", "schemes/lukou-sanji-ducha", ["网格员日常巡查", "创文办专项督查", "领导小组联合督查",
                                          "交办与督办同步推进"]),
    ("411", "schemes/lukou-diaodu", ["整改进度一周一调度、半月一通报、一月一点评"]),
    ("412", "indicators/lukou-jiejue", ["450余个", "90多个"]),
    ("413", "organisations/hetang-zhiyuan", ["13个类别"]),
    ("413", "activities/kangni-xiaozu", ["抗逆小童星"]),
    ("414", "schemes/hetang-jifen", ["贡享超市", "14个部门", "200多家"]),
    ("415", "services/xiangtianqiao-xinli", ["湘天桥社区心理服务站", "家庭亲子教育", "学生心理辅导"]),
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


def test_no_illness_is_told(site: Path) -> None:
    """What two residents were ill with, and what they took, is told on no page."""
    told = re.compile("血栓|颈椎病|降压药|头晕头痛|下肢")
    assert [p.name for p in site.rglob("*.html") if told.search(p.read_text(encoding="utf-8"))] == []


def test_private_residents_are_masked(site: Path) -> None:
    """Residents without a public role whom newspaper pages name are named nowhere on the site."""
    named = re.compile("肖冬生|陈阳生|言海军")
    assert [p.name for p in site.rglob("*.html") if named.search(p.read_text(encoding="utf-8"))] == []


def test_claims_are_never_summed(site: Path) -> None:
    """16栋, 28栋 and 其中6栋 stand as three claims; no page gives their sum."""
    text = words_of(site / "schemes/fangwu-xingji.html")
    assert "44" not in text
    assert "50栋" not in text


def test_stated_rule_is_no_account(site: Path) -> None:
    """Row 117 states fees and no ledger: no page works out what 30户 paid, what was spent, or what is left."""
    text = words_of(site / "funds/wugongsi-15.html")
    assert "现在结余" not in text and "没有写账目" in text
    for sum in ("7200", "7,200", "14400", "14,400", "6000", "6,000", "12000", "12,000", "1200", "1,200"):
        assert sum not in text


def test_vote_without_count_gets_none(site: Path) -> None:
    """Row 118 says 全票通过 and no number: the page gives none, and names what was bought without a price."""
    text = words_of(site / "meetings/wugongsi-15-changdeng.html")
    assert "票数未载" in text and not re.search(r"\d+\s*户", text)
    assert "金额未载" in words_of(site / "funds/wugongsi-15.html")
