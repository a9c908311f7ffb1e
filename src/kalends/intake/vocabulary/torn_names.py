"""Tells where the name of a department ends within a longer Chinese word.

市教育局长会议 is no meeting of 市教育局 that is long, and 市妇联合宣传 names nobody.
"""

from kalends.domain.patterns import Pattern

# What the last character of a name and the one behind it mean together, with what may stand there
# in another word: 市图书馆长廊, 市妇联系列讲座.
_LONG = "长(?![期寿大假征跑效廊江春城沙白安途短远年辈者久处椅凳桌龙虹汀乐治葛裙袍号篇])"
_WORDS = {
    "局": (
        f"{_LONG}|部(?![署门队分委级落位])|域网|势|面(?![向对试授谈积包粉食临上])"
        "|限(?![时行速量制期])|促"
    ),
    "联": (
        "合(?![作理唱力影法同规计格适并资拍])|系(?![列统])|欢(?![迎送度乐庆聚])|动(?![员手态画物漫力工])|盟|席"
        "|网(?![络上红格点站课友信])|谊|播|考(?![试察核评点生场古研])"
    ),
    "会": f"员|场|议(?!事)|费|见(?!面)|晤|战|{_LONG}",
    "委": "员(?!工)|托|派(?![出员驻发遣送人代])|屈",
    "队": f"列|伍|员(?!工)|形|友|旗|{_LONG}",
    "部": (
        "门(?![前口诊面户店票球禁卫])|分(?![别组批类享发赴期区级层段散析管局会两三为头工片包])"
        f"|落|位|{_LONG}"
    ),
    "区": f"别(?![开墅样出])|域|划|间|号|{_LONG}",
    "道": (
        "路(?![演检灯面口边桥段障长过牌况标政])|德(?![育国])|口(?![罩号述岸袋味才径语算腔])|具"
        "|理(?![论财发赔疗顺事想性工清解念])|歉|闸|教"
    ),
    "办": (
        "公(?![益共开示告园安务交众民正平路证司约布])|事(?![故迹业务件先实宜])|法(?![律治院官规制])"
        f"|{_LONG}"
    ),
    "馆": f"员|{_LONG}",
}
_PATTERNS = {last: Pattern(source) for last, source in _WORDS.items()}


def torn_word(text: str, end: int) -> int:
    """Return where the word ends that goes on from a name which ends at a place, or 0."""
    pattern = _PATTERNS.get(text[end - 1])
    found = pattern.match(text, end) if pattern else None
    return found.end() if found else 0
