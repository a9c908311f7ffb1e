"""Words that name a time zone right behind a date: 15:00 UTC, 北京时间."""

from kalends.intake.dates.clock_pieces import LETTERS, NUMBER, sought
from kalends.intake.vocabulary.tags_and_place import SEAM

# Another zone than the campaign's. Right behind a date it belongs to its clock time.
_LETTERS = [
    "utc",
    "gmt",
    "zulu",
    "est",
    "edt",
    "cst",
    "cdt",
    "mst",
    "mdt",
    "pst",
    "pdt",
    "cet",
    "cest",
    "eest",
    "eet",
    "bst",
    "jst",
    "kst",
    "hkt",
    "sgt",
    "ist",
    "msk",
    "aedt",
]
_WORDS = (
    "utc|gmt|zulu|[ecmp][sd]t|cet|cest|eest|eet|bst|jst|kst|hkt|sgt|ist|msk|aest|aedt|"
    "(?:[a-z]+ )?(?:local|standard|daylight|summer|universal) time"
)
_PLACES = (
    "北京|上海|香港|台北|东京|首尔|曼谷|新加坡|新德里|迪拜|莫斯科|伦敦|巴黎|柏林|纽约|芝加哥|洛杉矶|悉尼|"
    "美东|美西|美国东部|美国西部|中欧|东欧|西欧|太平洋|格林[尼威]治|协调世界|世界协调|世界|国际|当地|本地"
)
ZONES = (
    *sought(
        LETTERS,
        rf"(?:^|{SEAM})[ ,(]*(?:{_WORDS})(?:[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)?\b",
        words=(*_LETTERS, " time"),
    ),
    *sought(
        LETTERS, r"\b[0-9]{1,2}(?::[0-9]{2})? ?(?:utc|gmt|zulu)\b", words=("utc", "gmt", "zulu")
    ),
    *sought(
        LETTERS,
        rf"(?:^|{SEAM})[ ,]*\((?:[a-z]+ )+time(?=\))",
        words=("time",),
    ),
    *sought(
        "时区",
        rf"(?:^|{SEAM})[ ,，(]*"
        rf"(?:(?:{_PLACES})(?:标准|夏令)?时间?|[东西零中]{NUMBER}?区时?间?)(?=$|[ ,，)])",
        rf"(?:^|{SEAM})[ ,，]*\([^()]{{1,8}}时间(?=\))",
    ),
)
