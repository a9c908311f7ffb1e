"""The words right behind departments that say their part: 牵头, 主办, 承办 …."""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import BEFORE_MARK, LEADING, PARTS
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import DOING

_DATE = "[0-9]{1,4}[年月./-]|[一二三四五六七八九十]{1,3}月|[今明后]天|[本下]?周[一二三四五六日末]"
PART = Pattern(
    rf"\s*(?:(?:联合|共同)(?=主办|承办|协办|牵头))?"
    rf"({PARTS}|联合|(?:{'|'.join(BEFORE_MARK)})(?=\s*[,，;；、的]|{_DATE}))"
    r"(?=\s*(?:[,，;；、的]|$)|(?<=牵头)(?:联合|会同)|(?<=牵头|主办|承办|协办)(?=\s)"
    rf"|(?<=牵头)(?={DOING})|(?<=牵头|主办|承办|协办|负责)(?:{_DATE}))",
    words=(*PARTS.split("|"), "联合", *BEFORE_MARK),
)
# Behind another part that was told: 市公安局牵头，市教育局配合开展清查.
PART_GOING_ON = Pattern(
    rf"\s*(?:({PARTS}|(?:{'|'.join(BEFORE_MARK)})(?=\s*[,，;；、的]))(?=\s|(?<=主办|承办|协办)(?!方|单位|权|人|者|地)[一-鿿]"
    rf"|\s*(?:[,，;；、。的“《\"（({SEAM}]|$|{DOING})))"
)
BY = Pattern(rf"\s*({LEADING})")  # 由团市委牵头开展: no comma is needed
# What ends a group and joins it to what happened: 由团市委举办的邻里节, 市教育局的家长课堂.
HELD = Pattern("(?:联合|共同)?(?:举办|召开|举行|开展|发起|组织)?的", needs="的")
OF_PART = Pattern("的", needs="的")
OF_IT = Pattern("['’]s(?= )|的(?=[一-鿿“《])", needs="'’的")
