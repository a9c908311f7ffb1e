"""Leaves out what speaks to the reader and is no part of what happened: FW:, just confirming that.

    message = { opener } sentence

An opener before a department tells who wrote (Call from Parks: …), whom the message thanks
(Kudos to Parks - …) or only that something follows (Please be advised that …). What
stands behind the sentence is left out by `english_closings`.
"""

import re

from kalends.dates.vocabulary import MONTHS, SHORT_MONTHS, any_of
from kalends.domain.patterns import Pattern, small
from kalends.intake.labels.english_speakers import Named, names_in, of_speaker
from kalends.intake.vocabulary.event_words import EVENTS, PLACES, THINGS

# The first words of openers: for any other text no pattern of them is compiled.
_BEGIN_WORDS = (
    "held|fw|fwd|re|subject|updated|invitation|invite|accepted|new|event|hi|hello|hey|dear|"
    "morning|afternoon|greetings|good|just|a|to|quick|friendly|gentle|kind|reminder|note|"
    "heads|heads-up|confirming|please|kindly|pls|we|we're|we’re|i|i'm|thanks|thank|many|hope|"
    "trust|i’m|public|notice|this|the|it|fyi|for|as|don't|don’t|urgent|important|attention|"
    "official|press|media|legal|do|mark|come|join|you|you're|you’re|everyone|all"
)
_BEGIN = frozenset(_BEGIN_WORDS.split("|"))
_TELL_WORDS = (
    "phone|just|had|call|email|e-mail|message|text|note|word|update|phoned|called|emailed|"
    "sent|rec'd|rec’d|recd|received|i|we|got|took|on|quick|per|from|it's|it’s|its|this|"
    "rec'd.|huge|big|many|special|our|kudos|thanks|thank|congrats|congratulations|shout-out|"
    "shout-outs|shoutout|shoutouts|shout|hats|credit|props|great|good|nice|excellent|"
    "fantastic|well|please|join|come|meeting|booking|request|invite|invitation|notice|"
    "confirmation|heard|report|news|details|information|info|i'm|we're|back|turnout|crowd|"
    "attendance|record|thx|ty|cheers|ta|"
    "coming|happening|what's|what’s|new|urgent|latest|another|short"
)
_TELL = frozenset(_TELL_WORDS.split("|"))
_ASKING = frozenset({"could", "can", "would", "will"})
_TELLING = ("said", "says", "announce", "report", "confirm", "added", "told")
_MOST = 5
_WHO = r"(?: (?!the\b)[A-Za-z][a-z'’]*\.?){0,4}"
_MONTH = any_of(*MONTHS, *SHORT_MONTHS)
_DATE = (
    rf"(?=(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b|(?:{_MONTH})\b\.? [0-9]"
    r"|[0-9]{1,4}[-/.][0-9])"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? [0-9])"
)
_DAY = r"\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*day|to-?day|yesterday|tomorrow|tonight|week)"
_INVITES = (
    r"(?:(?:are|am|would|['’]d) )?(?:\w+ )?"
    r"(?:(?:be )?(?:pleased|happy|delighted|proud|excited|glad|honou?red|like|love) to )?"
    r"invite (?:you|everyone|all)(?: all)? to (?:(?:the|our|an?) )?"
)
_OPENERS = Pattern(
    r"\s*(?:"
    r"(?:fwd?|re|subject|updated invitation|invitation|invite|accepted|new event|event)\s*:\s*"
    r"|(?:updated invitation|invitation|invite)\s+[-–—]\s+"
    rf"|held\s+(?=(?:on|at|last|this|yesterday|today)\b|{_DATE[3:-1]})"
    rf"|(?:hi|hello|hey|dear|morning|afternoon|greetings|good (?:morning|afternoon|evening)){_WHO}"
    r"\s*(?:(?:[,!:.]|\s[-–—])\s+|\n\s*)"
    r"|(?:hi|hello|hey) (?:guys|all|team|everyone|folks|there|both)\s+(?=[a-z])"
    r"|re (?:your|our|the) [^,.:;]{2,30},\s+|to\s*:\s*[^.;:]{2,40}[.;]\s+"
    r"|(?-i:URGENT|IMPORTANT|REMINDER|ATTENTION|NOTICE)[.!]?\s+(?=[A-Z])"
    r"|(?:i|we) (?:can|would like to|want to|wish to|am writing to|are writing to|hereby)"
    r" (?:confirm|report|inform you|let you know|remind you)(?: that\b|:|,)?\s+"
    rf"|(?:(?:many )?thanks|thank you|(?:i |we )?(?:hope|trust)\b)(?! to\b)(?![^.!?]*{_DAY})"
    r"[^.!?0-9]{0,80}[.!]\s+(?=\S)"
    r"|(?:just )?(?:a |to )?(?:quick |friendly |gentle |kind )*(?:reminder|note|heads[- ]up)"
    r"(?: (?:that|to say)| to (?:all|everyone|[a-z]+(?= [a-z]+:|:))(?: [a-z]+(?=:))?)\b:?\s*"
    r"|(?:just )?(?:a )?(?:quick |friendly )*heads[- ]up\s*[,:–—-]\s*"
    r"|note to self\b\s*[:,–—-]?\s+"
    r"|just (?:a )?(?:quick )?(?:confirming|to confirm|checking|letting (?:you|everyone) know"
    r"|to let you know|noting)(?: that\b|:|,)?\s+"
    r"|(?:confirming|to confirm)(?: that\b|:|,)?\s+"
    r"|(?:please|kindly|pls) (?:be (?:advised|aware|informed|reminded)|remember|take note)"
    r"(?: that\b|:|,)?\s+"
    r"|(?:we are|we['’]re|i am|i['’]m) (?:\w+ )?(?:pleased|happy|delighted|proud|excited|glad) to"
    r" (?:announce|share|confirm|report|say|let you know|inform you)(?: that\b|:)?\s+"
    rf"|(?:we|i) {_INVITES}(?=\S)"
    r"|(?:public )?notice is hereby given(?: that|:)\s+"
    r"|(?:this|the above) is to (?:inform|notify|confirm|certify|remind|let)"
    r"(?: you| all| everyone| know| residents)*(?: that\b|:)?\s+"
    r"|it is (?:hereby )?(?:notified|informed|announced)(?: that|:)\s+"
    r"|(?:fyi|for your information|for info|for the record|for the log)\s*(?:[:,]|\s[-–—])\s+"
    r"|as (?:per|discussed|agreed|mentioned|promised|requested)(?: [a-z]+){0,4},\s+"
    r"|(?:don['’]t|do not) (?:forget|miss)(?: (?:that|about))?\s*[:!,]?\s+"
    r"|(?:public|official|press|media|legal) (?:notice|announcement|release|advisory)"
    r"\s*(?:[:,.]|\s[-–—])\s+"
    r"|(?:mark your (?:calendars?|diar(?:y|ies))|come one,? come all)\s*[!:.]+\s+"
    r"|(?:please )?(?:come and )?join us (?:for|at)\s+(?:an? (?=[a-z]))?"
    r"|(?:you|everyone|all)(?:['’]re| are| is) (?:cordially |warmly |all |kindly )*invited to\s+"
    r")",
    re.IGNORECASE,
)
# Whatever is said before that is no part of it: Members are reminded that, RESOLVED that.
_THAT = Pattern(
    r"[^,.;:0-9]{0,60}?\b(?:reminded|informed|advised|notified|told|resolved|agreed|decided|announced"
    r"|noted?|recorded|confirm(?:ed)?|understood|understand|learn(?:ed|t)?|heard?|report(?:ed)?"
    r"|knows?|known|believed?|pleased|glad|happy|delighted|aware|seen?|remember|minuted"
    r"|carried|say|said|forget|mention(?:ed)?|log|enter|register"
    r"|(?:tell|advise|inform|notify|remind|assure|let)(?: (?:you|everyone|everybody|all|the \w+))*"
    r"(?: know)?)\s+that\s+",
    re.IGNORECASE,
)
_NOT_FORGOTTEN = Pattern(r"\b(?:do not|don['’]t) forget\b", re.IGNORECASE, words=("forget",))
# Who says so does not say that it takes place: we cannot confirm that.
_IN_DOUBT = Pattern(
    r"\b(?:not|cannot|never|nobody|no|none|nor|neither|without|unable|if|whether|doubts?|deny|denied"
    r"|regret|sorry|sad|unclear|untrue|false|wrong|rumou?rs?|wonder\w*|hopes?|hoped|wish\w*|yet"
    r"|ask\w*|request\w*|propos\w*|suggest\w*)\b|n['’]t\b|\?"
    r"|^\s*(?:is|are|was|has|have|did|do|does|can|could|would|should|will)"
    r" (?:it|this|there|you|we|they|any\w+)\b",
    re.IGNORECASE,
)
# Who told it, or whom it thanks, is the department: Call from Parks: …, Kudos to Parks - ….
_FROM = Pattern(
    r"\s*(?:(?:(?:i |we )?(?:just |have )?(?:got|had|received|took) an? )?"
    r"(?:quick |phone |new |urgent |latest |another |short )*"
    r"(?:call|email|e-mail|message|text|note|word|update)"
    r" (?:in )?from|(?:(?:meeting|booking) )?(?:request|invite|invitation|notice|confirmation"
    r"|booking|report|news|details|information|info) from|from\s*:"
    r"|(?:just )?heard from|(?:phoned|called|emailed|sent) in by|rec['’]?d\.? from|received from"
    r"|(?P<at>coming (?:up|soon) (?:at|from|with)|happening at|what['’]s on at)"
    r"|per|from|on behalf of"
    r"|it['’]?s|this is)\s+(?:the )?",
    re.IGNORECASE,
)
_PRAISE = Pattern(
    r"\s*(?:(?:huge |big |many |special |our )*(?:kudos|thanks|thank you|thx|ty|cheers|ta|congrats"
    r"|congratulations"
    r"|shout-?outs?|hats off|credit|props)"
    r" to(?! (?:everyone|everybody|all|those)\b)"
    r"|(?:great|good|nice|excellent|fantastic) (?:job|work)"
    r"(?: by| from|,)|well done(?: to|,)?|(?:please )?(?:come )?(?:and )?join"
    r"|come (?:and|to|along and) (?:meet|visit|see)"
    r"|(?P<at>come along to|come to|(?:(?:thanks|thank you) to )?(?:everyone|everybody|all|those)"
    r"(?: of you)? who (?:came (?:along )?to|attended|joined"
    r"|helped (?:at|with)|turned (?:up|out) (?:to|for|at))"
    r"|(?:(?:big|great|good|huge|record) )?(?:turnout|crowd|attendance)"
    r" (?:for|at)"
    r"|(?:(?:i['’]?m |we['’]?re )?just )?back from))\s+(?:the |an? )?"
    r"(?:(?:great|good|lovely|super|wonderful|fantastic|brilliant|really|very) )*",
    re.IGNORECASE,
)
_PRAISED_FOR = Pattern(
    r"(?P<names>[^,.:;!–—]{2,60}?)(?:\s[-–—]\s+|\s*:\s+|!\s+"
    r"|\s+(?:for|on)\s+(?:(?:the|their|its|an?) )?|,?\s+who\s+)"
    r"(?=\S)"
)
# Did you know? Summer is here! Big news! Not Rotary!, nor It is off!
_CALL = Pattern(
    r"\s*(?:((?:did you know|guess what|have you heard|heard the news|ready|remember)\s*)\?+!*"
    r"|((?:big|great|good|hot|breaking|exciting|summer|spring|autumn|winter|what|it['’]s|here|hurry|free"
    r"|fun|happy|time|finally|only|new|look|hello|calling|hurrah|hooray|yay|wow|news|the holidays)"
    r"(?-i:(?: [a-z'’]+){0,6})\s*)!+)\s+",
    re.IGNORECASE,
)
_OFF = Pattern(
    r"\b(?:off|cancel\w*|postpon\w*|moved|bad|oops|closed|shut|scrapped|delayed|changed?|correction|by"
    r"|with|maybe|might|would|could|today|tonight|tomorrow|yesterday|week|[a-z]+day)\b",
    re.IGNORECASE,
)
_THE = Pattern(r"the ", re.IGNORECASE, words=("the ",))
_WHEN = Pattern(r"(?:today|tomorrow|tonight|yesterday|this|on|next|last)\b", re.IGNORECASE)
_JOINED = Pattern(r"\s*(?:,|&|\+|,?\s*\band\b)\s*(?:the )?")
_PLAIN = Pattern(
    rf"(?:the |an? )?(?:(?-i:[a-z0-9])|(?:{EVENTS}|{THINGS}|{PLACES}|free)s?\b)", re.IGNORECASE
)
_TO = Pattern(r"^to\s*:\s*[^.;:]{2,40}[.;]\s*", re.IGNORECASE, words=("to",))
_HERE = Pattern(
    r"(?:\s+here)?\s*(?:[,.:;!]|\s[-–—]\s)\s*(?:(?:[Ww]e|[Tt]hey)(?:(?:['’]ve| have) got"
    r"|(?:['’]re| are) (?:having|holding|running|doing|hosting|putting on)"
    r"|(?:['’]ll| will) (?:be )?(?:having|have|hold|holding|running|hosting|doing))?\s+)?"
)
_INVITED = Pattern(rf",?\s+(?:i|we) {_INVITES}", re.IGNORECASE, words=("invite",))
_THEIRS = Pattern(r"(?:an?|the) [A-Z]")
_THANKS = Pattern(r"(?:many )?thank", re.IGNORECASE, words=("thank",))
_MINUTES = Pattern(
    r"\s*(?P<what>(?:\w+ ){0,2}(?:minutes|notes))(?:,| of| from| for| -)?(?: the)?(?: meeting)?"
    rf"(?: of| on| held on)?\s+{_DATE}(?=[^:;.]{{3,40}}:\s)",
    re.IGNORECASE,
    words=("minutes", "notes"),
)
# One of them is in every greeting at the end of a letter.
_CLOSINGS = (
    *("regards", "best", "wishes", "thank", "thx", "cheers", "rgds", "sincerely", "faithfully"),
    *("truly", "warmly", "yours", "see you", "seeing you", "take care", " ta", " br"),
)
_LAST = Pattern(r"\.\s+(?:[Tt]he )?(?=[A-Z][\w'’ ]{2,40}\.?\s*$)", needs=".")


def without_closing(text: str, named: Named) -> str:
    """Return a text without the greeting and the signature at its end."""
    said = small(text)
    if not any(word in said for word in _CLOSINGS):
        return text
    from kalends.intake.labels import english_closings  # noqa: PLC0415 - of letters

    return english_closings.without_closing(text, named)


def without_prefaces(text: str, named: Named) -> str:
    """Return a text without what is said to the reader before and behind it.

    `named` returns the department whose name begins at a place of a text, or None.
    """
    if _is_poster(text):
        from kalends.intake.labels import english_posters  # noqa: PLC0415 - few are posters

        text = english_posters.without_pictures(text)
    text = of_speaker(text, named)
    for _ in range(_MOST):
        shorter = _opened(text, named) or _called(text, named)
        if shorter is None:
            break
        text = shorter
    if any(word in text for word in _TELLING):
        from kalends.intake.labels import english_news  # noqa: PLC0415 - few tell who said so

        text = english_news.without_report(text, named)
    if (minutes := _MINUTES.match(text)) and not names_in(minutes["what"], named):
        text = f"{minutes['what'].strip()} {text[minutes.end() :]}"
    last = _LAST.search(text)
    if last and (name := named(text, last.end())) and not text[name[1] :].strip(" ."):
        text = f"{text[: last.start()]}, {text[last.end() :]}"
    return text


def _is_poster(text: str) -> bool:
    return "*" in text or "!!" in text or "•" in text or any(map(_is_picture, text))


def _is_picture(char: str) -> bool:
    return "\u2190" <= char < "\u2e80" or char >= "\U0001f000"


def _opened(text: str, named: Named) -> str | None:
    """Return a text without the opener with which it begins, or None without one."""
    first = text.split(maxsplit=1)[0].casefold().rstrip(":,!.") if text.strip() else ""
    opener = _OPENERS.match(text) if first in _BEGIN else None
    opener = opener or (_said_before_that(text) if " that " in text else None)
    if opener and not names_in(opener[0], named) and text[opener.end() :].strip():
        is_asked = first in _ASKING  # Could someone log that Parks planted trees?
        return text[opener.end() :].rstrip("? ") if is_asked else text[opener.end() :]
    return _from_them(text, named) or _praised(text, named) if first in _TELL else None


def _called(text: str, named: Named) -> str | None:
    """Return a text without a call before it that says nothing: Big news! The Police …."""
    call = _CALL.match(text) if "!" in text or "?" in text else None
    if call is None or _IN_DOUBT.search(call[2] or "") or _OFF.search(call[0]):
        return None
    article = _THE.match(text, call.end())
    is_name = named(text, article.end() if article else call.end()) is not None
    return text[call.end() :] if is_name or _WHEN.match(text, call.end()) else None


def _end_of_names(text: str, place: int, named: Named) -> int:
    """Return where the last of the departments ends that stand at a place, joined."""
    end = place
    while name := named(text, place):
        end = name[1]
        joiner = _JOINED.match(text, end)
        if joiner is None:
            break
        place = joiner.end()
    return end


def _said_before_that(text: str) -> re.Match[str] | None:
    """Return the words before that, unless they say that it may not be so."""
    said = _THAT.match(text)
    return said if said and not _IN_DOUBT.search(_NOT_FORGOTTEN.sub("", said[0])) else None


def _from_them(text: str, named: Named) -> str | None:
    """Return what a department told, behind its name."""
    source = _FROM.match(text)
    name = named(text, source.end()) if source else None
    behind = (_HERE.match(text, name[1]) or _INVITED.match(text, name[1])) if name else None
    if not (source and name and behind) or _THANKS.match(text, behind.end()):
        return None
    if source["at"] and _THEIRS.match(text, behind.end()):  # at the Library: a Rotary talk
        return None
    return f"{text[source.end() : name[1]]} {_TO.sub('', text[behind.end() :])}"


def _praised(text: str, named: Named) -> str | None:
    """Return what a department is praised for, behind its name."""
    praise = _PRAISE.match(text)
    if praise is None or not named(text, praise.end()):
        return None
    if praise["at"]:
        return text[praise.end() :]  # Big turnout for the Parks clean-up
    praised = _PRAISED_FOR.match(text, praise.end())
    if praised and (text[_end_of_names(text, praise.end(), named) : praised.end("names")].strip()):
        return None  # thx to parks rotary planted trees on 8 july
    if praised and "meet" in praise[0] and not _PLAIN.match(text, praised.end()):
        return None  # Come and meet the Police! Rotary fair
    return f"{praised['names']} {text[praised.end() :]}" if praised else None
