"""Says which part English words tell of a department in a later clause: …, Police on standby.

    clause  = mark [ "and" | "with" | "while" … ] names what-they-do
    joined  = ("with" | "while") names what-they-do | "and" names what-they-did
    agent   = "provided" "by" names
    people  = "nurses" "from" names

A clause is read if it says of them, in the first word behind them, that they do or did something,
are somewhere, or who of them does.
"""

import re

from kalends.domain.details import Role
from kalends.domain.patterns import Pattern
from kalends.intake.departments.clause import Clause
from kalends.intake.vocabulary.event_words import BUILDINGS, DOES_BY, DONE, EVENTS, PEOPLE, PLACES

_ARTICLE = Pattern(r"(?:\b(?:the|both|all)\s+)+$", re.IGNORECASE)
_OPENING = Pattern(r"(?:(?:and|but|while|with|plus|also|then|as)\s+)*", re.IGNORECASE)
_MEETING = "(?<!met )(?<!meet )(?<!meets )(?<!meeting )(?<!talks )(?<!talked )(?<!spoke )"
_WITH = Pattern(rf"{_MEETING}(?<!\w)(?:with|while)\s+$", needs="wW")
_AND = Pattern(r"\s(?:and|as|but|plus)\s+$")
# Who judged it, ordered it or was only named took no part in it; who held it leads.
_DONE_BY = Pattern(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!being )\b"
    rf"{DOES_BY}"
    r" (?:jointly )?by $",
    needs="y",
)
_BY = Pattern(r"[a-z][\w'’-]*(?: [a-z][\w'’-]*){0,3}(?<!ed) by $", needs="y")  # games by Police
_FROM = Pattern(
    rf"{_MEETING}(?:\b(?:with|and|plus|by)|&)\s+(?:[\w'’-]+ ){{0,3}}?(?:{PEOPLE}) (?:from|of) $",
    re.IGNORECASE,
    needs="fF",
)
# Gloves from Parks; not a letter from them, or a place away from it.
_THING_FROM = Pattern(
    r"(?!.*\b(?:letters?|complaints?|reports?|requests?|orders?|notes?|messages?|repl(?:y|ies)"
    r"|permission|approval"
    r"|instructions?|emails?|calls?|guidance|data|figures|feedback|away|far|across|met(?:re|er)s"
    r"|walk|opposite|over"
    r"|back|moved|transferred|different|separate|apart) from)"
    r"[a-z][\w'’-]*(?: [a-z][\w'’-]*){0,3} from $",
    needs="m",
)
_PEOPLE_OF = Pattern(rf"(?:[\w'’-]+ ){{0,2}}?(?:{PEOPLE}) from $", re.IGNORECASE, needs="mM")
# They may have had no part, or were only told or asked.
_NO_PART = Pattern(
    r"\b(?:not|never|no|nor|neither|none|nobody|cannot|can|could|may|might|maybe|perhaps"
    r"|possibly|probably|should|would"
    r"|must|if|unless|instead|unable|absent|away|excused|apologi[sz]\w*|apologies|regrets?"
    r"|declin\w*|refus\w*|withdr\w*"
    r"|cancel\w*|unavailable|inform\w*|notif\w*|told|invited|asked|requested|consulted|pending"
    r"|permission|permits?"
    r"|approv\w*|agree[ds]?\b(?! to)|confirm\w*|tb[acd]|exempt\w*|except|excluded|missing|missed"
    r"|pull(?:s|ed)? out"
    r"|wants?|wanted|hopes?|wishes|demand\w*|order\w*|requir\w*|object(?:s|ed)|oppos\w*"
    r"|complain\w*|knows?|knew|aware"
    r"|closed(?! (?:off |down )?(?:(?:the|a|two|three|part of|both) )*(?:[\w-]+ ){0,2}"
    rf"(?:{PLACES}|traffic|junction|crossing|car park)s?\b)"
    r"|holidays?|skip\w*|fail\w*|boycott\w*|drop\w* out|supposed|said|expected|awaited|questioned"
    r"|called|thanked|praised|blamed|critici[sz]ed|sued|fined|attacked|injured|late|forg[eo]t\w*"
    r"|sick|ill|busy|elsewhere|due"
    r"|next|follows|followed|tomorrow|later)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
# They lead, or hold an event of their own.
_OWN = Pattern(
    r"\s*(?:(?:will|to|is|are|was|were|be|also|then|has|have|had)\s+)*"
    r"(?:hold(?:s|ing)?|held|hosts?|hosted|hosting|organi[sz]\w*|launch\w*|conven\w*|leads?|led"
    r"|leading|in charge"
    r"|in the lead|(?:start|begin)(?:s|ed)? (?:a|an|its|their)\b)\b"
)
_CO_HOST = Pattern(
    r"\s*(?:(?:is|are|was|were|will|also)\s+)*co-?(?:host|organi[sz]|lead|led)", needs="c"
)
_FIRST = Pattern(
    r"\s+(?:(?:also|then|both|all|jointly|now|already|again|kindly|generously"
    r"|just)\s+)*([a-z][\w'’-]*)(?:\s+(\S+))?"
)
_THEIRS = Pattern(rf"\s+(?:and )?(?:[a-z]+ )?(?:{PEOPLE})\b")
_WITH_PEOPLE = Pattern(rf"\s+(?:and|&) (?:[a-z]+ )?(?:{PEOPLE})$")
VERB = Pattern(
    rf"(?:{DONE}|[a-z]{{2,}}ed|[a-z]{{2,}}(?<!s)s|[a-z]{{2,}}ing|on|in|at|with|there|present"
    rf"|available|ready|nearby|to)$"
)
_HOW = Pattern(  # nutritionist present
    rf"\s+[a-z][\w'’-]* (?:[a-z][\w'’-]* )?(?:{DONE}|present|on site|on standby|on hand"
    rf"|in attendance|available|there)"
    r"(?:\s|$)"
)
_FINITE = Pattern(rf"(?:{DONE}|[a-z]{{2,}}ed)$")
_NOUN = Pattern(rf"(?:{EVENTS}|{BUILDINGS})s?$")
_DETERMINER = Pattern(
    r"(?:a|an|the|its|their|all|each|every|some|[0-9]+|at|on|in|with|before|after|for|to)$"
)
_ARTICLES = Pattern(r"(?:a|an|the|its|their|all|[0-9]+)$")
_AT_END = Pattern(rf"\b(?:{BUILDINGS}|{PLACES})s?$", re.IGNORECASE)
_SMALL = Pattern(
    r"\b(?:on|at|in|to|for|with|by|of|from|near|outside|inside|behind|a|an|the|its|their|all)\b"
)
# Somebody whom the roster does not know stands beside them, or has their help.
_UNKNOWN = Pattern(
    r"\s*(?:[&/+]|(?:and|with)\b)\s*(?:the\s+)?[A-Z]|\s+[A-Z]"
    r"|.*\b(?:(?:help|assist|support|join|back)\w*|and|with|by|from)\s+(?:the\s+)?[A-Z]"
)


def role(clause: Clause) -> Role | None:
    """Return the part that a clause tells of its departments, or None if it is not plain."""
    opening = _ARTICLE.sub("", clause.opening)
    if _NO_PART.search(f"{opening}{clause.behind}") or _UNKNOWN.match(clause.behind):
        return None
    is_later = clause.before.strip() != ""
    is_by = _DONE_BY.search(opening) or (is_later and _BY.fullmatch(opening))
    if is_by or _FROM.search(opening) or (is_later and _is_from(opening)):
        return None if clause.behind[:1] in {"'", "’"} else "participant"
    first = _FIRST.match(clause.behind)
    if first is None or _OWN.match(clause.behind):
        return None
    is_clause = is_later and _OPENING.fullmatch(opening)
    if is_clause or _WITH.search(opening):
        is_plain = _does(clause.behind, first)
    else:
        is_plain = bool(_AND.search(opening) and _is_finite(first))
    if not is_plain:
        return None
    is_joint = _CO_HOST.match(clause.behind) or _WITH_PEOPLE.match(clause.behind)
    return "joint" if is_joint else "participant"


def _does(behind: str, first: re.Match[str]) -> bool:
    """Return whether words say that a department does something; not its hall or its budget."""
    if _THEIRS.match(behind):
        return True
    if _AT_END.search(behind) and not _SMALL.search(behind):
        return False
    if _NOUN.match(first[1]):  # runs a stall, demo at the end; not talks
        return bool(first[2] and _DETERMINER.match(first[2]))
    if VERB.match(first[1].rpartition("-")[2]):
        return True
    return _HOW.match(behind) is not None


def _is_finite(first: re.Match[str]) -> bool:
    """Return whether a verb begins a clause of its own: and Police cleared the road."""
    is_present = VERB.match(first[1]) and first[2] and _ARTICLES.match(first[2])
    return bool(_FINITE.match(first[1]) or (first[1].endswith("s") and is_present))


def _is_from(opening: str) -> bool:
    """Return whether people or things come from a department: guest speaker from Police."""
    return bool(_PEOPLE_OF.fullmatch(opening) or _THING_FROM.fullmatch(opening))
