"""Reads departments behind the English words that say their part: by, with, supported by.

english = "hosted by" names | "with" names | "with support from" names | "w/" names …
"""

import re

from kalends.dates.vocabulary import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS, any_of
from kalends.domain.department import Department
from kalends.domain.details import Role
from kalends.domain.patterns import Pattern
from kalends.intake.departments.participants import Participants
from kalends.intake.vocabulary import unknown_departments
from kalends.intake.vocabulary.event_words import DOES_BY, EVENTS, HAPPENING, PEOPLE, PLACES
from kalends.intake.vocabulary.joining_words import JOINER, LISTED, TEAMS
from kalends.intake.vocabulary.tags_and_place import SEAM

_BY_HOST = (
    "(?:(?:jointly|co-?) ?)?(?:hosted|organi[sz]ed|run|held|led|arranged|sponsored|given|chaired|"
    "conducted|presented|delivered|brought to you|put on|co-?ordinated|staged|facilitated|"
    "moderated|performed|curated|launched|laid on|coached|supervised|managed)(?: jointly)? by"
)
_BY_HELPER = "(?:supported|assisted|helped|joined|attended|backed|accompanied) by"
_THEIR_PEOPLE = "volunteers|staff|officers|members|teachers|pupils|students|colleagues|a team"
_HELPING = "support|help|assistance|aid|backing|participation|attendance"
_HELP = f"(?:{_HELPING}) (?:of|from|by)"
_THEIR_HELP = Pattern(rf"['’]s? (?:\w+ )?(?:{_HELPING})\b", needs="'’")
_NOT_WITH = "(?<!met )(?<!meet )(?<!meets )(?<!talked )(?<!spoke )(?<!worked )(?<!works )"
_AGENT = (
    r"(?:is|are|was|were|will be|to be|being|been) (?:\w+ly )?"
    rf"(?!(?:support|assist|help|join|attend|back|accompani)ed){DOES_BY} by"
)
OPENER = Pattern(
    rf"(?<![A-Za-z])(?:(?P<agent>{_AGENT})\s+(?:the\s+)?"
    r"|(?:,?\s*\band\s+)?(?:(?:is|are|was|were|will be|being|been) )?"
    rf"(?:(?P<host>{_BY_HOST}|(?<!ed )by|courtesy of|assigned to|owner:?|responsible:?)"
    rf"|(?P<help>{_BY_HELPER}|with (?:the )?(?:\w+ )?{_HELP}"
    r"|under (?:the )?(?:\w+ )?(?:guidance|direction|supervision|coordination) of"
    rf"|{_NOT_WITH}with (?:\w+ )?(?:{_THEIR_PEOPLE}) (?:of|from))"
    rf"|(?:in (?:\w+ )?{TEAMS}|alongside|as well as"
    r"|(?:team(?:s|ed|ing)? up|join(?:s|ed|ing)? forces|partner(?:s|ed|ing)?) with"
    rf"|(?:{_BY_HOST[:-3]} |(?:together|joint|jointly|along) )?{_NOT_WITH}(?<! up )with))"
    r"\s+(?:the\s+)?|w/\s*(?:the\s+)?)",
    re.IGNORECASE,
    needs="fhlmyoFHLMYO/",  # of, with, alongside, from, by, owner, w/
)
WORDS = (
    "by",
    *("courtesy", "assigned", "owner", "responsible"),
    "with",
    "alongside",
    "as well as",
    "under",
    "w/",
)  # one of them is in every opener
_WORD_BEHIND = Pattern(
    r"\s+(?!re[ :]|(?:on|at|in|to|for|during|near|with|about|after|before|against|under|via|over"
    "|scheduled|planned|set|this|next|last) "
    rf"|(?i:(?:today|tomorrow|tonight|yesterday|{any_of(*WEEKDAYS, *SHORT_WEEKDAYS)})\b"
    rf"|(?:{any_of(*MONTHS, *SHORT_MONTHS)})\b\.? (?:the )?[0-9])"
    "|and (?:[a-z-]+ )*(?:by|with|from) "
    rf"|(?:from|between) (?:the )?(?:[A-Z][a-z]+\.? )?[0-9]|(?:{HAPPENING})\b)[A-Za-z]"
)
_NEGATED = Pattern(r"\b(?:not|never|nor|neither|no|except|than|n['’]t)\s*$", needs="notT")
_UNKNOWN_NEXT = Pattern(
    rf"\s*,\s*(?:and )?(?:the )?({unknown_departments.CAPITAL})(?=\s*(?:[,;:.]|{SEAM}|$))",
    needs=",",
)
# Who is no department, joined to those who are: by Police and local residents.
_PEOPLE_BEHIND = Pattern(
    rf"\s*(?:,\s*(?:and\s+)?|(?:and|&|as well as)\s+)"
    rf"(?P<people>(?:[a-z][\w'’-]* ){{0,2}}?(?:{PEOPLE}))(?=\s*(?:$|[,;.:)]|{SEAM}))"
)
_THEIRS_BEHIND = Pattern(
    rf"\s+(?:{_THEIR_PEOPLE}|nurses|band|choir|orchestra|team|crew|group|section|unit|branch|squad)"
    rf"(?=\s*(?:$|[,;.:)]|{SEAM}))"
)
_PLAIN_END = Pattern(rf"\b(?:{EVENTS}|{PLACES})s?$", re.IGNORECASE)
_VERB_BEHIND = Pattern(
    r"\s+(?:(?:held|ran|gave|led|took|made|hosted|organi[sz]ed|holds|runs|gives|will)\b"
    r"|[a-z]+ed (?:a|an|the|its|their|all|[0-9]+)\b)"
)
_CO_HOST = Pattern(  # not conducted by
    r"\W*(?:(?:is|are|was|were|will be|being|been) )?"
    r"co(?:-|(?=host|organi|lead|led|present|spons|chair|run))",
    re.IGNORECASE,
    words=("co",),
)
_LATER = Pattern(r"[,;.(]\s*(?:[a-z][\w'’-]* ?){1,4}$")
_SPACED = Pattern(r"[ \u3000]+", first=" \u3000")
_AND = Pattern(r"[&/+]|\band\b", re.IGNORECASE)
BESIDE = Pattern(r"\W*(?:in|together|jointly|along)\b", re.IGNORECASE)


def joined_names(
    text: str, place: int, participants: Participants, *, by_comma: bool
) -> tuple[list[Department], int]:
    """Return the departments that stand at a place, joined, and where the last one ends."""
    found: list[Department] = []
    end = place
    while named := participants.names.at(text, place):
        found.append(named[0])
        end = named[1]
        joiner = JOINER.match(text, end) or (LISTED.match(text, end) if by_comma else None)
        if joiner is None and by_comma and not text[end - 1].isascii():
            joiner = _SPACED.match(text, end)  # 团市委 妇联参加
        if joiner is None:
            break
        place = joiner.end()
    return found, end


def read(
    text: str, opener: re.Match[str], participants: Participants, *, is_aside: bool = False
) -> int:
    """Read a group behind by, with …; return where it ends, 0 where its part is not plain."""
    if _NEGATED.search(text[: opener.start()]) or _is_aside(text, opener, participants):
        return 0
    # With help from A, B cleans: B is no helper. Assisted by A ran a clean-up: no word of A's.
    is_before_lead = is_aside and not participants.has_lead
    for by_comma in (True, False):
        find = _before_lead if by_comma and is_before_lead else joined_names
        names, end = find(text, opener.end(), participants, by_comma=by_comma)
        theirs = _THEIRS_BEHIND.match(text, end)
        end = theirs.end() if theirs else end  # led by the Youth League band
        if names and not _goes_on(text, end, may_do=is_aside or opener["host"] is not None):
            host = opener["host"] or opener["agent"]
            helped = None if host else _THEIR_HELP.match(text, end)
            is_host = host and not _CO_HOST.match(opener[0])
            usual: Role | None = None if is_host else "joint"
            if unknown := _UNKNOWN_NEXT.match(text, end):
                participants.unread = "" if _PLAIN_END.search(unknown[1]) else unknown[1]
            # Of several who co-host the first leads; beside a single co-host somebody else does.
            may_lead = usual and not (helped or opener["help"])
            may_lead = may_lead and (not host or len(names) > 1)
            if may_lead and not participants.has_lead:
                participants.companions.append(names[0].code)
            if host:
                _note_second_lead(text[opener.start() : end], names, participants)
            count = len(participants.found)
            is_help = opener["help"] or helped
            for department in names:
                participants.add(department, "participant" if is_help else usual)
            participants.is_unordered |= not is_host
            is_beside = is_help or (usual and not participants.has_lead)
            participants.in_clauses += len(participants.found) - count if is_beside else 0
            return helped.end() if helped else end
    return 0


def _goes_on(text: str, end: int, *, may_do: bool) -> bool:
    """Return whether words behind names belong to them.

    `may_do`: a verb there is what was done: a run organised by A raised 4,000.
    """
    if text[end : end + 1].isalnum():
        return True
    is_verb = may_do and _VERB_BEHIND.match(text, end)
    is_apart = is_verb or _PEOPLE_BEHIND.match(text, end)
    return _WORD_BEHIND.match(text, end) is not None and not is_apart


def with_people(text: str, opener: re.Match[str], end: int) -> tuple[str, int]:
    """Return what stays of a group that ends there, and where.

    That is what was done (will be unveiled by A), and who is in it and no department.
    """
    people = _PEOPLE_BEHIND.match(text, end) if end else None
    if people is None:
        done, _, _ = opener[0].rpartition(" by") if end and opener["agent"] else ("", "", "")
        return done, end
    return f"{opener[0].removesuffix('the ')}{people['people']}", people.end()


def _is_aside(text: str, opener: re.Match[str], participants: Participants) -> bool:
    """Return whether by stands in a later clause, and says nothing of who leads: , games by A."""
    is_bare = (opener["host"] or "").casefold() == "by"
    return is_bare and participants.has_lead and _LATER.search(text[: opener.start()]) is not None


def _before_lead(
    text: str, place: int, participants: Participants, *, by_comma: bool
) -> tuple[list[Department], int]:
    """Return who helps before anybody who leads was read: those before the last comma.

    With help from A, B and C, D cleans. Nobody can tell in A, B, C clean.
    """
    _, end = joined_names(text, place, participants, by_comma=by_comma)
    said = text[place:end]
    helpers, comma, _ = said.rpartition(",")
    if not comma:
        return [], 0
    if "," in helpers and not _AND.search(helpers):
        participants.unread = participants.unread or said.strip()
    names, end = joined_names(f"{helpers};", 0, participants, by_comma=True)
    return names, place + end


def _note_second_lead(said: str, names: list[Department], participants: Participants) -> None:
    """Have it asked who led where somebody else stands first: Fire drill, led by Police."""
    if len(names) == 1 and _CO_HOST.match(said):
        return  # somebody else hosts it, too
    leading = {part.code for part in participants.found if part.role == "lead"}
    is_other = leading.isdisjoint(department.code for department in names)
    if leading and is_other and not participants.is_lead_said:
        participants.unread = participants.unread or said.strip(" ,;")
    participants.is_lead_said = True
