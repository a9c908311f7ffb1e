"""Words for people, the only ones whose number is a headcount: 85 donors, not 75 seats."""

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
