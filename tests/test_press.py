"""What the five newspaper pages say stands on the built site, in their own words, where a resident would look."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.sites import ROOT, build_site

ROWS = [
    ("001", "projects/chenguang-gaizao", ["九成以上", "住建部联系示范点", "7月25日", "荷塘区",
        "目前改造施工完成了九成以上"]),
    ("002", "projects/chenguang-gaizao", ["连片集中改造项目", "新晨光小区与老晨光小区两部分"]),
    ("002", "areas/chenguang", ["文化路以西", "合泰路以南", "石宋路以北", "西临石湖公园"]),
    ("003", "projects/chenguang-gaizao", ["停车位", "休闲广场", "飞线", "崭新的沥青路", "新划",
        "带遮阳棚的电动车充电桩", "各种车子乱停", "污水横流", "杂物"]),
    ("004", "projects/chenguang-gaizao", ["垃圾分类处理点", "党建活动中心", "会进一步完善", "小程序", "运动休闲广场",
        "预约相关服务"]),
    ("005", "inspections/chenguang-sanheyi", ["三合一", "灭火器过期", "无应急灯", "消防安全逃生窗口", "月塘派出所",
        "荷塘区市场服务中心", "配备了消防力量"]),
    ("006", "projects/chenguang-gaizao", ["老晨光小区的流动人口会带来管理上的难题",
        "小区改造对“三合一”场所的整治会增加他们的成本", "老板", "一些原本存在的担心并没出现", "加分项"]),
    ("007", "areas/chenguang", ["35栋楼", "二维码", "所有楼栋的分布图"]),
    ("007", "areas/chenguang-12", ["楼栋长", "组长", "支部党员"]),
    ("007", "people/p-0002", ["彭志明", "35栋", "楼栋长", "推选"]),
    ("007", "codes/bdyyk", ["12栋的二维码", "35栋楼贴着各自的二维码"]),
    ("008", "organisations/chenguang-dangzhibu", ["2021-07", "2021年7月", "月塘街道和东湖社区牵头",
        "新晨光小区和老晨光小区都有党员参与"]),
    ("009", "activities/chenguang-tuixuan", ["支持率都很高", "11个"]),
    ("009", "meetings/chenguang-tuixuan", ["首批11个楼栋长", "邻长", "大家的支持率都很高", "街道和社区", "推选"]),
    ("010", "projects/chenguang-gaizao", ["2022-06", "得知可申报老旧小区改造项目", "前后花3个月跑了10多次市住建局",
        "住建部的联系点"]),
    ("011", "areas/chenguang", ["三覆盖", "党组织", "业委会自治", "专业物业"]),
    ("011", "schemes/san-fugai", ["党组织、业委会自治、专业物业全覆盖"]),
    ("012", "projects/chenguang-gaizao", ["街道、社区、参建单位、小区物业、党员代表、居民代表等",
        "工程实施、违建拆除、矛盾协调、竣工验收"]),
    ("012", "schemes/san-fugai", ["党建+网格员+楼栋长", "共同体"]),
    ("013", "organisations/chenguang-wuguanhui", ["今年5月", "业主自治组织", "物业公司覆盖到新晨光小区"]),
    ("013", "areas/chenguang", ["今年5月", "正式成立物管会", "实现了专业物业的全覆盖"]),
    ("014", "feedback/chenguang-xiaomou", ["从来没看到小区这么干净过", "快20年", "年近六旬", "没有路灯和监控",
        "亲戚来串个门也直摇头"]),
    ("014", "feedback/chenguang-youeryuan", ["要送孩子去，需要绕远路"]),
    ("014", "feedback/chenguang-loudongzhang", ["63岁", "将近10年的住户", "我刚开始对能否改造好有些怀疑"]),
    ("015", "volunteers/v-0001", ["唐建中", "义诊", "双报到双报告", "日常巡查", "政策宣传", "健康讲座", "垃圾分类",
        "幸福邻里", "紧急任务处理"]),
    ("015", "honours/youxiu-zhiyuanzhe-2023", ["优秀志愿者", "2024-02", "2023年度", "荷塘区阳光里社区居民委员会"]),
    ("016", "cases/xiangshixilu-dn100", ["DN100", "响石西路", "7月18日", "阀门"]),
    ("016", "cases/jiefangjie-dn450", ["DN450", "次日14时", "解放街与芦淞路交界处", "临下班前", "恢复正常供水",
        "近4米深"]),
    ("016", "organisations/zhuzhou-shuiwu", ["24小时待命"]),
    ("101", "organisations/yuanjiawan-lianmeng", ["20家", "106名", "20家机构", "106名“合伙人”", "人大代表",
        "政协委员", "“五老”人员", "自建房东"]),
    ("102", "organisations/yuanjiawan-lianmeng", ["社区党委", "网格党支部", "社区合伙人", "志愿者队伍"]),
    ("103", "indicators/yuanjiawan-huodong", ["38场", "超2000人次", "便民服务、健康宣传、亲子互动"]),
    ("103", "activities/yuanjiawan-lianmeng-huodong", ["便民服务", "健康宣传", "亲子互动"]),
    ("104", "organisations/leyi-shouhutuan", ["公益+低偿", "一键拨打", "爱心人士", "节假日", "义诊和送药上门"]),
    ("104", "organisations/yujian-weilaituan", ["解忧日"]),
    ("104", "services/leyi-jiazheng", ["公益+低偿", "困难、残障老人", "家政公司"]),
    ("104", "services/leyi-songyao", ["一键拨打", "送药上门", "辖区大药房"]),
    ("104", "services/yujian-ketang", ["公益+低偿", "每周", "作业辅导及兴趣爱好培养"]),
    ("104", "services/yujian-jieyouri", ["解忧日", "唐波阳光心理咨询工作室"]),
    ("104", "services/leyi-wenyu", ["晨练、声乐、舞蹈、棋牌"]),
    ("105", "indicators/yuanjiawan-kunjing", ["6名困境儿童", "物质帮扶和精神支撑"]),
    ("106", "donations/yuanjiawan-wuzi", ["16家企业", "5万元物资"]),
    ("106", "resources/yuanjiawan-gangwei", ["32个就业岗位"]),
    ("107", "needs/yuanjiawan-weixinyuan", ["27个", "微心愿", "群众点单", "社区派单", "志愿者接单"]),
    ("108", "inspections/yuanjiawan-xiaofang", ["消防检查126次"]),
    ("108", "indicators/yuanjiawan-xiaofang", ["消防检查126次", "调解矛盾纠纷37起"]),
    ("109", "organisations/zijian-fangdong-xiehui", ["全市首家", "全区首个", "《章程》与《管理标准》",
        "荷塘区月塘街道成立全市首家自建房东协会", "来自全区首个自建房东协会"]),
    ("109", "documents/fangdong-zhangcheng", ["章程"]),
    ("109", "documents/fangdong-biaozhun", ["管理标准"]),
    ("110", "schemes/yihe-erfang-santan", ["一核二访三谈", "每月上门两次", "有事坐下来商量"]),
    ("111", "schemes/fangwu-xingji", ["16栋", "28栋", "五星级房屋", "四星级房屋", "其中6栋", "不合格房屋已完成整改"]),
    ("112", "schemes/hong-hei-bang", ["红黑榜", "推行房屋星级评定与“红黑榜”制度"]),
    ("113", "meetings/yuanjiawan-yishi", ["“益+亲”议事平台", "面对面交流", "征集有效意见156条",
        "推动解决民生问题89个"]),
    ("113", "indicators/yuanjiawan-yishi", ["156条", "89个"]),
    ("114", "indicators/yuanjiawan-bangfu", ["23个家庭", "18名困难群众", "临时救助"]),
    ("114", "agreements/yuanjiawan-bangfu", ["3帮1", "2对1", "子女入学难题"]),
    ("115", "projects/malu-shichang", ["疏堵结合", "规范零担区", "专业运营", "四方共赢", "乱摆卖", "闲置空地",
        "引导商户入场经营", "征集民意"]),
    ("115", "funds/malu-shichang", ["集体收益", "物管会自治", "零担区", "四方共赢"]),
    ("116", "organisations/wugongsi-15-zizhi", ["花园议事会", "林大姐", "曾大姐", "热心居民"]),
    ("116", "meetings/wugongsi-15-yishihui", ["花园议事会", "树荫下", "与其坐等环境变好,不如自己动手", "曾书记",
        "林大姐", "曾大姐"]),
    ("116", "areas/wugongsi-15", ["2023年", "物业公司退场", "试点"]),
    ("117", "funds/wugongsi-15", ["30户居民达成一致", "每户每年缴纳240元", "每月拿出500元", "每天清晨逐层清扫",
        "两年"]),
    ("117", "meetings/wugongsi-15-jingfei", ["花园议事会", "30户居民达成一致", "把方案谈细谈实", "尝到了甜头"]),
    ("117", "schemes/wugongsi-15-jingfei", ["每户每年缴纳240元", "每月拿出500元", "专门负责楼栋公共区域的清洁卫生"]),
    ("118", "meetings/wugongsi-15-changdeng", ["充分征求意见", "全票通过", "今年9月底", "便民长凳"]),
    ("118", "funds/wugongsi-15", ["便民长凳", "今年9月底"]),
    ("118", "projects/wugongsi-15-changdeng", ["全票通过", "今年9月底", "充分征求意见", "长椅年久失修"]),
    ("119", "agreements/nanling-zhuanxiangjia", ["10月15日", "组织共建", "资源共享", "发展共谋", "党建联席会议",
        "党员奉献日", "精品党课", "志愿服务队", "企地共赢", "主题党日共办、党员教育共抓、志愿服务共行",
        "便民维修、助老关爱"]),
    ("120", "donations/beiling-tushu", ["10月14日", "300余册", "湖南中车株机公益基金会", "童趣亲子阅读室",
        "绘本、科普、文学经典", "田心山庄"]),
    ("121", "feedback/yuanjiawan-liu-ayi", ["刘阿姨", "看得见却抓不住", "以前想找个地方学手机操作难"]),
    ("121", "feedback/yuanjiawan-chen-nainai", ["75岁", "陈奶奶", "在社区比在家里还要舒心"]),
    ("121", "feedback/yuanjiawan-liu-shifu", ["刘师傅", "每月上门两次", "省心多了"]),
    ("201", "areas/qingyun", ["6.7万", "6.7万居民", "城郊结合部"]),
    ("201", "organisations/qingyun-banshichu", ["2005"]),
    ("201", "schemes/qingyun-san-gongcheng", ["强基工程", "赋能工程", "创新工程"]),
    ("202", "organisations/tongxinyuan", ["同心圆工作室", "锦绣江山小区为试点", "统战服务、志愿服务、活动服务"]),
    ("202", "activities/jinxiujiangshan-feiyi", ["小学生", "非遗文化体验活动"]),
    ("203", "schemes/qingyun-kaohe", ["述职评议与年度考核", "第一议题", "三会一课", "考核选聘优秀社区书记",
        "“一把手”工程", "支部主题党日"]),
    ("204", "indicators/qingyun-dangqun", ["8个", "20个", "党群服务中心", "服务站", "实现党的组织和工作基层全覆盖"]),
    ("205", "honours/qingyun-wuxing", ["市级五星小区党支部2个"]),
    ("205", "honours/qingyun-sixing", ["四星", "3个"]),
    ("206", "indicators/qingyun-dangyuan", ["40人", "1074人", "党组织书记40人", "党员1074人"]),
    ("207", "agreements/qingyun-peixun", ["每年", "至少培训社区书记1次", "两委成员全覆盖轮训"]),
    ("208", "people/p-0005", ["闵昆鹏", "发挥模范作用"]),
    ("208", "people/p-0006", ["刘英明", "发挥模范作用"]),
    ("208", "volunteers/v-0002", ["李阿姨", "“活雷锋”", "积极参与小区自治"]),
    ("209", "agreements/qingyun-shuangbaodao", ["大工委", "双报到、双服务", "两代表一委员", "党建生活圈",
        "生活便利圈"]),
    ("209", "organisations/qingyun-dagongwei", ["大工委", "辖区单位党组织", "共同商议解决小区治理难题"]),
    ("210", "cases/qingyun-shuidian", ["水电改造问题", "得到了圆满解决"]),
    ("210", "cases/qingyun-weishu", ["危树砍伐", "化粪池清理"]),
    ("211", "schemes/qingyun-sanxiang-qingdan", ["需求、资源、服务三项清单", "联席会议"]),
    ("211", "needs/qingyun-weishu", ["危树砍伐", "化粪池清理", "急难愁盼问题"]),
    ("211", "meetings/qingyun-lianxi", ["三项清单", "联席会议", "定期召开", "危树砍伐", "化粪池清理"]),
    ("212", "areas/qingyun", ["物业接管、小区自管、社区代管", "锦绣江山小区"]),
    ("212", "schemes/qingyun-guanli-moshi", ["物业接管、小区自管、社区代管"]),
    ("213", "honours/jinxiujiangshan-meihao-2023", ["2023年度", "湖南省", "“美好家园”小区"]),
    ("213", "honours/jinxiujiangshan-hongse", ["“红色物业”示范项目", "收费与服务的良性循环"]),
    ("214", "services/qingyun-mashangtong", ["码上通", "整合便民资源", "邻里红家"]),
    ("214", "services/qingyun-laosun", ["老孙说事", "信我行", "懂理", "说理", "按理"]),
    ("214", "organisations/linli-hongjia", ["邻里红家", "以小区党建带动各方"]),
    ("214", "organisations/xinwoxing", ["信我行"]),
    ("215", "indicators/qingyun-qianyue", ["累计签约11264人"]),
    ("215", "organisations/qingyun-weisheng", ["3支", "65岁及以上老年人、高血压、糖尿病患者",
        "每年可享受一次免费体检"]),
    ("215", "services/qingyun-tijian", ["65岁及以上老年人", "免费体检", "上门问诊、诊疗随访、用药指导"]),
    ("216", "feedback/qingyun-jinqi", ["锦旗", "杨爷爷"]),
    ("216", "feedback/qingyun-ganxiexin", ["感谢信"]),
    ("217", "indicators/zhuangpeishi-zhanbi", ["50%", "60%", "70%", "株洲装配式建筑占比目标任务为50%、60%、70%"]),
    ("217", "indicators/zhuangpeishi-chanzhi", ["145亿元", "220亿元", "360亿元"]),
    ("217", "documents/zhuangpeishi-fangan", ["湖南省装配式建筑发展提升三年行动方案", "今年7月", "产值目标任务"]),
    ("218", "indicators/zhuangpeishi-touzi", ["75.05亿元", "全省排名第三", "1月到8月"]),
    ("218", "indicators/lvse-jungong", ["2380余万平方米", "稳居全省前列"]),
    ("218", "indicators/zhuangpeishi-chanye", ["131.7公顷", "1个国家级", "4个省级", "10余家", "13条新兴优势产业链"]),
    ("219", "honours/zhuzhou-lvse-jiancai", ["国家政府采购支持绿色建材促进建筑品质提升试点城市"]),
    ("219", "honours/zhuzhou-zhuangpeishi-shifan", ["省级装配式建筑示范城市"]),
    ("219", "honours/zhuzhou-shidian", ["省级绿色建造和浅层地热能建筑规模化应用试点"]),
    ("219", "projects/hehua-jiayuan-1", ["荷花家园一号楼", "钢结构"]),
    ("219", "projects/zhongtian-hangxiao", ["中天杭萧研发楼", "首个钢结构装配式项目", "荷塘区"]),
    ("220", "meetings/zhuangpeishi-diaodu", ["10月16日", "调度会", "产能供需不平衡", "产业结构有待优化",
        "产业基地发展遭遇瓶颈", "预制电梯井", "应做尽做", "装配式农房", "标准体系、产能布局", "链长到一线",
        "全链条协同推进", "农村住房以旧换新", "对标对表完成省级目标任务", "容积率核算优惠",
        "严把招投标、设计审查、施工许可和竣工验收关", "财政补贴"]),
    ("221", "projects/huayin-kuoneng", ["约85.77亿元", "64.732吨", "10月16日10时36分", "2×100万千瓦", "约10万平方米",
        "4个2000吨级泊位码头", "1号锅炉受热面", "22.187米", "10.88米", "160吨塔吊四点起吊", "中国能建建筑集团",
        "超超临界二次再热湿冷机组", "脱硫、脱硝设施", "地质复杂、连续降雨和高温恶劣天气"]),
    ("222", "schemes/gengdi-liangfei", ["非农化", "非粮化", "市自然资源部门", "市农业农村部门", "现场核实", "整改",
        "举证销号", "信息上报", "占补平衡系统管控", "耕地保护协同推进", "占用耕地养殖牛蛙",
        "信息共享、会议商定、分头下达、联合执法", "市统筹、县级落实"]),
    ("222", "documents/gengdi-tongzhi", ["联席会议", "全省首个由市级两部门联合发布"]),
    ("223", "activities/tianyuan-qishui", ["10月16日", "天元气水", "天元区消防救援大队", "家医就是家里人"]),
    ("223", "organisations/jiayi-jiarenli", ["家医就是家里人", "天元气水"]),
    ("301", "indicators/wugang-gaizao-shu", ["34个", "46个"]),
    ("301", "schemes/wugang-fenlei", ["提升类", "完善类", "基础类", "差异化改造"]),
    ("302", "indicators/wugang-yijian", ["136条", "90余条", "全部落实到位"]),
    ("302", "needs/wugang-xuqiu-2022", ["136", "均认真研究，妥善处置到位"]),
    ("302", "needs/wugang-yijian", ["90余条", "全部落实到位"]),
    ("302", "indicators/wugang-jiufen", ["26起", "130余次"]),
    ("303", "projects/wugang-gaizao", ["墙面粉刷", "道路亮化", "停车位规划", "绿化美化", "雨污分流", "线缆归集",
        "燃气管道入户", "面子", "里子"]),
    ("303", "schemes/wugang-fenlei", ["优先改造群众意愿强烈、应改必改的内容"]),
    ("304", "projects/wugang-gaizao", ["菜地", "拆除乱搭建的棚子", "阻挠施工方进场", "停滞"]),
    ("305", "inspections/wugang-jiandu", ["全程监督", "一批问题", "监督整改到位"]),
    ("305", "organisations/wugang-jiandu", ["小区党员", "楼栋长", "全程监督"]),
    ("306", "organisations/wugang-lianhe-zhibu", ["党建指导员", "楼栋长兼小区党小组组长", "应建尽建、灵活组建原则",
        "统筹管理物业、业委会、小区党员"]),
    ("307", "meetings/wugang-bandenghui", ["板凳会", "意见征求箱", "微信群",
        "民事民提、民事民议、民事民决、民事民评"]),
    ("307", "schemes/wugang-simin", ["民事民提、民事民议、民事民决、民事民评"]),
    ("308", "documents/wugang-gongyue", ["居民公约"]),
    ("308", "documents/wugang-tingyuanzhang", ["庭院长工作职责"]),
    ("309", "indicators/wugang-zhiyuan", ["132支", "23次", "10万余元", "80余次"]),
    ("309", "donations/wugang-yiliao", ["10万余元", "医疗物资"]),
    ("309", "services/wugang-yizhen", ["免费义诊", "23次", "家庭医生"]),
    ("309", "schemes/wugang-fuwu", ["家庭医生定期上门服务", "公安、司法", "党校、街道"]),
    ("310", "indicators/wugang-dangyuan", ["83名", "336人次"]),
    ("310", "resources/wugang-gangwei", ["志愿服务岗", "83名在职党员", "认领服务"]),
    ("310", "schemes/wugang-renling", ["鼓励在职党员认领服务"]),
    ("311", "services/wugang-lianxi", ["一对一", "微网格员", "8000余人次", "包户"]),
    ("311", "schemes/wugang-baohu", ["分户包干责任制", "1800余名"]),
    ("312", "meetings/wugang-gaizao-dongyuan", ["城区四个街道", "社区书记会议", "主导作用", "网格员和楼栋长会议",
        "入户动员会", "传达至每户家中"]),
    ("313", "feedback/shengzi-chengnvshi", ["程女士", "翻天覆地的变化"]),
    ("313", "people/p-0011", ["刘小权", "水西门街道组织委员"]),
    ("313", "people/p-0012", ["杨鹏", "武冈市住建局工作人员"]),
    ("313", "people/p-0013", ["唐军艳", "社区党总支部书记"]),
    ("313", "people/p-0014", ["程女士", "楼栋长"]),
    ("313", "projects/wugang-gaizao", ["道路坑坑洼洼的", "空间宽阔了，环境也更舒心了", "程女士"]),
    ("401", "areas/lukou", ["70%以上", "19个无物业管理小区", "居民自治委员会"]),
    ("401", "indicators/lukou-wuwuye", ["70%以上", "19个无物业管理小区"]),
    ("402", "schemes/lukou-wangge", ["32个", "36名", "101家", "智慧渌口", "地域相邻、责任单位就近"]),
    ("402", "organisations/lukou-wangge-duiwu", ["32个创文网格", "36名在职区领导", "101家", "一名镇干部",
        "一名社区干部", "一名网格员", "一名城管局和交警大队的联络员", "社区吹哨、部门报到"]),
    ("403", "activities/lukou-qiaomen", ["敲门行动", "卫生清扫", "三级微信群"]),
    ("403", "indicators/lukou-touru", ["300余万元", "5万余吨", "基础设施建设资金"]),
    ("403", "organisations/lukou-weixinqun", ["三级微信群", "亮身份、领任务", "敲门行动"]),
    ("404", "areas/lao-gongshangju", ["上世纪90年代", "区委组织部", "最近完成改造"]),
    ("404", "projects/lao-gongshangju-gaizao", ["渌口老工商局宿舍", "区委组织部", "修缮楼道灯", "配备灭火器",
        "搬离杂物", "清洗外墙", "增加绿化", "上世纪90年代", "逐户走访摸底", "拆除小区内违章建筑", "渌口镇伏波岭社区",
        "今年初"]),
    ("405", "schemes/lukou-sanzhang", ["1256名", "矛盾调解员",
        "居民信得过且热心公益的老党员、退休干部、在职党员、志愿者"]),
    ("405", "organisations/lukou-sanzhang", ["1256名", "片区长", "单元长", "楼栋长", "文明创建工作宣传员",
        "社情民意收集员", "环境卫生监督员", "邻里矛盾调解员", "便民公示牌", "公开推选"]),
    ("406", "agreements/lukou-yijiasan", ["1+3", "至少有一名网格责任单位干部、一名网格员和一名社区干部做后盾"]),
    ("406", "organisations/lukou-sanzhang", ["网格责任单位干部", "网格员", "社区干部", "后盾"]),
    ("406", "people/p-0008", ["网格责任单位干部", "网格员", "社区干部", "做后盾"]),
    ("406", "services/lukou-sanzhang", ["做后盾", "统一制作“三长”便民公示牌"]),
    ("407", "people/p-0008", ["包振文", "今年77岁", "业委会主任", "没有花一分钱", "去年11月", "屋前种菜", "私建杂屋",
        "围墙翻新", "砖也是捡来的"]),
    ("407", "projects/caizheng-dimian", ["去年11月", "没有花一分钱"]),
    ("407", "cases/caizheng-huanjing", ["屋前种菜", "私建杂屋", "围墙翻新"]),
    ("408", "schemes/lukou-siji", ["社区自办", "网格责任单位承办", "网格长联办", "领导小组交办", "由楼栋长牵头",
        "联合社区自主解决", "每月定期召开现场会", "重点难点问题"]),
    ("409", "inspections/lukou-0525", ["5月25日", "40余人", "商住没分开", "随意占道停放", "限时妥善解决"]),
    ("409", "meetings/lukou-jiaoban", ["5月25日", "现场交流会", "40余人", "建材市场商住没分开", "门前有垃圾",
        "随意占道停放", "限时妥善解决", "立即整改"]),
    ("409", "cases/jiancai-shangzhu", ["建材市场商住没分开", "5月25日", "限时妥善解决"]),
    ("409", "cases/menqian-laji", ["部分经营门店门前有垃圾", "限时妥善解决"]),
    ("409", "cases/zhandao-tingfang", ["私家车、摩托车、电动车随意占道停放", "限时妥善解决"]),
    ("410", "schemes/lukou-sanji-ducha", ["网格员日常巡查", "创文办专项督查", "领导小组联合督查",
        "交办与督办同步推进"]),
    ("411", "schemes/lukou-diaodu", ["整改进度一周一调度、半月一通报、一月一点评"]),
    ("412", "indicators/lukou-jiejue", ["450余个", "90多个", "四级联办", "重点和历史遗留问题", "截至目前"]),
    ("413", "organisations/hetang-zhiyuan", ["13个类别", "6月6日", "我的荷塘",
        "志愿服务报名、组建队伍、寻找组织、开展活动、兑换积分", "城乡帮困", "文明劝导", "平安守护", "疫情防控"]),
    ("413", "activities/kangni-xiaozu", ["抗逆小童星", "第一个公益活动", "8到12岁的困境儿童"]),
    ("414", "schemes/hetang-jifen", ["贡享超市", "14个部门", "200多家", "每服务1个小时", "评优表彰", "就学助学资源",
        "就业创业扶持", "合作意向", "兑换成爱心商品"]),
    ("415", "services/xiangtianqiao-xinli", ["湘天桥社区心理服务站", "家庭亲子教育", "学生心理辅导"]),
    ("415", "activities/xinli-jiepai", ["夸夸我的家人", "我的家庭颜色", "亲子心理游戏"]),
    ("416", "activities/shaonian-wenmingshuo", ["24期", "少年文明说", "每周线上推出",
        "文明出行、文明小区、文明校园和文明城市建设", "使用公筷公勺"]),
    ("416", "honours/tianyuan-haoshaonian", ["新时代好少年", "株洲市或天元区"]),
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


def test_every_row_is_covered() -> None:
    """Each of the 89 rows of the five pages has at least one place on the site."""
    first_and_last = ((1, 16), (101, 121), (201, 223), (301, 313), (401, 416))
    numbers = {f"{row:03}" for first, last in first_and_last for row in range(first, last + 1)}
    assert len(numbers) == 89
    assert {row for row, _, _ in ROWS} == numbers


TEXTS = (".html", ".json", ".js", ".csv", ".txt", ".xml", ".svg", ".ics", ".md")


def telling(site: Path, words: str) -> list[str]:
    """Return the files of a release, of whatever kind, whose text or name matches a pattern."""
    told = re.compile(words)
    return [str(p.relative_to(site)) for p in sorted(site.rglob("*")) if told.search(p.name) or (
        p.suffix in TEXTS and told.search(unescape(p.read_text(encoding="utf-8"))))]


def test_minors_are_never_named(site: Path) -> None:
    """The pupil whom a newspaper page names is named in no file of the release, data and scripts included."""
    assert telling(site, "张修齐|zhangxiuqi") == []


def test_no_illness_is_told(site: Path) -> None:
    """What two residents were ill with, and what they took, is told in no file."""
    assert telling(site, "血栓|颈椎|降压药|头晕|头痛|下肢|血压过低") == []


def test_private_residents_are_masked(site: Path) -> None:
    """Residents without a public role whom newspaper pages name are named in no file, data and scripts included."""
    assert telling(site, "肖冬生|陈阳生|言海军|xiaodongsheng|chenyangsheng") == []


def test_every_quotation_is_shown_as_one(site: Path) -> None:
    """A record's source quotes the newspaper page: every page of the table has at least one quotation beneath."""
    pages = {page for _, page, _ in ROWS}
    assert [p for p in sorted(pages) if "<q>" not in (site / f"{p}.html").read_text(encoding="utf-8")] == []


def test_reported_needs_stand_on_the_three_lists(site: Path) -> None:
    """Rows 107, 211, 302: the totals stand on the lists in the pages' words, and no resource is said to lie idle."""
    text = words_of(site / "lists/index.html")
    for words in ("27个“微心愿”", "需求 136 条", "意见建议90余条", "危树砍伐、化粪池清理", "32个就业岗位"):
        assert words in text
    assert "没有登记对上的需求" in text and "还没有对上需求" not in text


def test_claimed_progress_stands_beside_the_computed(site: Path) -> None:
    """Row 001: wherever a share is computed for 晨光小区's works, 九成以上 stands beside it."""
    for page in ("areas/chenguang", "projects/index", "projects/chenguang-gaizao"):
        assert "九成以上" in words_of(site / f"{page}.html"), page


def test_board_on_the_wall_tells_the_rule(site: Path) -> None:
    """Row 117 on paper: what each household pays and what is spent, as agreed, without a balance."""
    text = words_of(site / "notices/wugongsi-15.html")
    assert "约定 每户每年缴纳240元；每月拿出500元" in text and "结余" not in text


def test_differing_and_reported_figures_have_a_page(site: Path) -> None:
    """What the newspaper pages tell differently, and the figures that they report, stand side by side on one page."""
    text = "".join(words_of(page) for page in sorted(site.glob("claims/index*.html")) if "example" not in page.name)
    told = ["全市首家", "全区首个", "九成以上", "450余个", "90多个", "200多家", "16栋", "28栋", "其中6栋", "70%以上"]
    assert [words for words in told if words not in text] == []
    assert "44栋" not in text and "50栋" not in text


def test_targets_without_actuals_are_not_zero(site: Path) -> None:
    """The three years' targets stand with their actuals untold."""
    for page in ("zhuangpeishi-zhanbi", "zhuangpeishi-chanzhi"):
        text = words_of(site / f"indicators/{page}.html")
        assert text.count("未载") >= 3 and "实际0" not in text


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
