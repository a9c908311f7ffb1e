"""The words right behind departments that say their part: 牵头, 主办, 承办 …."""

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.joining_words import BEFORE_MARK, PARTS
from kalends.intake.vocabulary.tags_and_place import SEAM
from kalends.intake.vocabulary.unknown_departments import DOING

PART = Pattern(
    rf"\s*(?:(?:联合|共同)(?=主办|承办|协办|牵头))?({PARTS}|联合|(?:{'|'.join(BEFORE_MARK)})(?=\s*[,，;；]))"
    r"(?=\s*(?:[,，;；、的]|$)|(?<=牵头)(?:联合|会同)|(?<=牵头|主办|承办|协办)(?=\s)"
    rf"|(?<=牵头)(?={DOING}))",
    words=(*PARTS.split("|"), "联合", *BEFORE_MARK),
)
# Behind another part that was told: 市公安局牵头，市教育局配合开展清查.
PART_GOING_ON = Pattern(
    rf"\s*({PARTS})(?=\s|(?<=主办|承办|协办)(?!方|单位|权|人|者|地)[一-鿿]"
    rf"|\s*(?:[,，;；、。的“《\"（({SEAM}]|$|{DOING}))"
)
