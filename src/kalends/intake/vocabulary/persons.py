"""Words for people, the only ones whose number is a headcount: 85 donors, not 75 seats."""

from kalends.domain.patterns import Pattern

PERSONS = (
    "people", "persons", "ppl", "pax", "participants", "attendees", "residents", "citizens",
    "locals", "visitors", "guests", "volunteers", "students", "pupils", "teachers", "parents",
    "children", "kids", "youths", "women", "men", "families", "members", "delegates", "staff",
    "workers", "employees", "officers", "officials", "doctors", "nurses", "drivers",
    "trainees", "cadets", "firefighters", "runners", "players", "pensioners", "seniors",
    "veterans", "neighbours", "neighbors", "donors", "patients", "shopkeepers", "traders",
    "cleaners", "contestants", "spectators", "villagers", "cyclists", "riders", "helpers",
    "wardens", "representatives", "cadres",
)  # fmt: skip
PERSONS_CHINESE = (
    "执法人员", "工作人员", "医护人员", "人员", "警力", "干警", "辅警", "群众", "师生", "学生",
    "教师", "老师", "党员", "干部", "职工", "员工", "工人", "志愿者", "居民", "村民", "市民",
    "家长", "老人", "老年人", "儿童", "青少年", "青年", "妇女", "代表", "民警", "队员", "观众",
    "游客", "选手", "学员", "嘉宾", "网格员", "环卫工人", "患者", "司机", "驾驶员", "未成年人",
    "孩子", "同学", "团员", "少先队员",
)  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
# Somebody with a name and a title, behind the department: 王科长, 张副局长, 李晓明主任.
NAMED_PERSON = Pattern(
    f"[{_SURNAMES}](?:(?![办局委处科室队部院会镇乡村街区社校站所园馆中])[一-鿿]){{0,2}}(?:副?(?:[局处科股队会部]长|书记|主任"
    "|主席|经理)|警官|教授|医生|老师|同志|干事)(?!会|班|岗|论坛|信箱|热线|接待)",
    first=_SURNAMES,
    needs="长记任席理官授生师志事",
)
# The town, within a district, whose leader is named: 龙山区万宝镇书记. It is not the district.
TOWN_OF_LEADER = Pattern(
    "(?!组织|召开|举办|开展|带领|邀请|培训|表彰|慰问|走访|优秀|先进|最美|部分|新任|十佳|各|全|所|辖)[一-鿿]{1,4}?"
    "(?:(?:镇|乡|街道|社区)(?=(?:党委|党工委|党总支|党支部)?副?(?:书记|主任|[镇乡]长))|[镇乡村](?=长))",
    needs="镇乡道区村",
)
