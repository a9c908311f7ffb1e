"""Checks that no piece of a date and no department that takes part is left in a title."""

from collections.abc import Iterable
from datetime import timedelta

from kalends.dates.reader import DateContext, Reading, read_prefix
from kalends.domain.errors import (
    HalfReadDateError,
    HalfReadDepartmentError,
    HalfReadPlaceError,
    HalfReadTagError,
    KalendsError,
    NotTakingPlaceError,
    SecondDateError,
)
from kalends.domain.patterns import Pattern
from kalends.domain.when import COARSE
from kalends.intake.dates import evening_hours, sentence_dates
from kalends.intake.dates.durations import lasting, without_duration
from kalends.intake.departments import bracketed_roles, brackets
from kalends.intake.departments.participants import Participants
from kalends.intake.found import Sentence
from kalends.intake.sentence_prompter import SentencePrompter
from kalends.intake.titles.headcount import take_headcount
from kalends.intake.titles.not_taking_place import not_taking_place
from kalends.intake.vocabulary import unread_offices
from kalends.intake.vocabulary.joining_words import AND_IN_CHINESE
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM, Marked, half_place, tidy

_COPULA = Pattern(
    r"(?<=\w)\s+(?:(?:is|are|was|were|will be)(?: held)?|(?:take|takes|took|will take) place)$",
    words=("is", "are", "was", "were", "be", "place"),
)

# The event to which somebody invites, without the invitation.
_INVITES = Pattern(
    r"^(?:(?:(?:(?:is|are) (?:\w+ )?(?:pleased|happy|delighted|proud|excited|glad|honou?red)"
    r"|(?:would|['’]d) (?:like|love|be (?:pleased|happy|delighted|glad))|wish(?:es)?) to "
    r"|(?:will be |is |are )?(?=inviting)|hereby |(?:\w+ly )?)"
    r"(?:invit(?:es?|ing) (?:you|everyone|everybody|all|residents|the public)"
    r"(?: all| and your \w+)? to|welcomes? you to"
    r"|announces?(?: that)?|requests? the pleasure of your company (?:at|for)))"
    r" (?:(?:the|an?|its|their|our) )?(?=\w)",
    words=("invit", "welcome", "announce", "pleasure"),
)
_HALF_SENTENCE = Pattern(r"[.!] +(?:The|This|It)(?: [a-z-]+)?$", words=("The", "This", "It"))
_MONTH = timedelta(days=31)
_FOR = Pattern(
    "^(?:[!！] *|(?:for|on) an? |to (?:host|hold|run|stage) (?:the |an? )?|的(?!确))",
    first="!！fot的",
)
# What others are to have done by a day, or what was counted up to it: 要求8月31日前完成整改.
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_MONTH_DAY = f"(?:20[0-9]{{2}}年)?{_NUMBER}月(?:{_NUMBER}[日号]|[上中下]旬|底|末)?"
_LIMIT = Pattern(
    "(?:赶在|(?:要求|部署|确保|务必|力争|必须|承诺|明确|争取|布置|督促)[^，,；;。0-9]{0,12}?[于在]?)"
    f"{_MONTH_DAY}(?:之|以)?前"
    f"|(?:通报|公布|发布|统计|汇总|报告|盘点|介绍)了?截[至止]到?{_MONTH_DAY}(?:止|底)?(?=[一-鿿])",
    needs="前截",
)
_INSTEAD = Pattern("(?:改为?|换|转|变更为)由", needs="由")
_JOINED_TO_PLACE = Pattern(r" (?:and|with|&) (?:the )?", needs="ah&")
# Police and volunteers clean up
_JOINED = Pattern(r"and (?:the (?=[a-z])|(?!the ))[a-z]", first="a")
# 团市委和志愿者走访; not 和平社区建设.
_JOINED_CHINESE = Pattern(f"(?!和平)(?:{AND_IN_CHINESE})", first="以和与及")


def check(
    found: Sentence,
    sentence: tuple[str, Marked],
    context: DateContext,
    participants: Participants,
    *,
    was_named: bool,
) -> None:
    """Ask for the date or the title where something that was not read is left in the title.

    `sentence` is what was typed, and that without its tags and place.
    """
    said, marked = sentence
    prompter = participants.prompter
    if part := not_taking_place(f"{found.before}{found.title}", found.tags):
        found.title = prompter.title(NotTakingPlaceError(text=said, part=part))
    _check_side(found, sentence, context, prompter)
    check_dates(found, said, context, prompter)
    _check_evening(found, said, prompter)
    if part := participants.unread or _instead(said, participants.names):
        found.title = prompter.title(HalfReadDepartmentError(text=said, part=part))
    check_departments(found, said, marked.text, participants, prompter, was_named=was_named)
    if part := bracketed_roles.left_over(found.title):
        found.title = prompter.title(HalfReadDepartmentError(text=said, part=part))
    if marked.torn_tag:
        found.title = prompter.title(HalfReadTagError(text=said, part=marked.torn_tag))
    if part := half_place(marked, found.title) or _place_with_name(marked, participants.names):
        found.title = prompter.title(HalfReadPlaceError(text=said, part=part))


def _instead(said: str, names: Names) -> str:
    """Return the department that does it instead of another one, or "": 改由市公安局."""
    found = _INSTEAD.search(said)
    named = names.at(said, found.end()) if found else None
    return said[found.start() : named[1]] if found and named else ""


def _place_with_name(marked: Marked, names: Names) -> str:
    """Return a place that ends with a department joined to it, or "": @City Hall and Police."""
    place = marked.place or ""
    ends = (joined.end() for joined in _JOINED_TO_PLACE.finditer(place))
    named = any((found := names.at(place, end)) and found[1] == len(place) for end in ends)
    return place if named else ""


def check_dates(
    found: Sentence, said: str, context: DateContext, prompter: SentencePrompter
) -> None:
    """Ask where a piece of a date would stand in the title, or read it with its date."""
    if found.when:
        found.when = lasting(found.when, found.title)
    while piece := sentence_dates.left(_without_limits(found), found.when):
        part = found.title[piece.start : piece.end]
        if (
            found.when
            and piece.is_day
            and (exact := _exact(found.when, found.title, piece.start, context))
        ):
            found.title = _with_coarse(found, piece.start, exact[1])
            found.when = exact[0]
            continue
        if piece.is_day:
            found.title = prompter.title(SecondDateError(text=said, part=part))
            return
        from kalends.intake.dates.distant_clocks import with_clock  # noqa: PLC0415 - few titles hold one

        if found.when and (timed := with_clock(found.title, piece, found.when, context)):
            found.when, title = timed
            found.title = tidy(title)
            _count_again(found)
            continue
        found.when = prompter.date(HalfReadDateError(text=said, part=part))
        found.title = tidy(f"{found.title[: piece.start]}{SEAM}{found.title[piece.end :]}")


def _check_side(
    found: Sentence, sentence: tuple[str, Marked], context: DateContext, prompter: SentencePrompter
) -> None:
    """Ask for the date where it may lie on the other side of today, as a weekday alone may."""
    if found.when and (found.when.rule in sentence_dates.BARE or "已" in found.title):
        from kalends.intake.dates import bare_days  # noqa: PLC0415 - most dates have a month

        if error := bare_days.asked(found, sentence[1].text, sentence[0], context):
            found.when = prompter.date(error)


def _check_evening(found: Sentence, said: str, prompter: SentencePrompter) -> None:
    """Ask for the time where it may be in the morning or in the evening: film night at 8."""
    if found.when and evening_hours.in_doubt(found.when, found.title):
        error = HalfReadDateError(text=said, part=found.when.when.text)
        found.when = prompter.date(error)


def _count_again(found: Sentence) -> None:
    """Read the headcount that stood behind a clock time: open house, 10:30, 95 visitors."""
    if found.headcount is None and found.kept_headcount is None:
        counted = take_headcount(found.title)
        found.title, found.headcount, found.kept_headcount = counted


def _without_limits(found: Sentence) -> str:
    """Return the title with what is no date of the activity itself blanked out."""
    title = without_duration(found.title, found.when)
    if found.when is None or found.when.when.precision in COARSE:
        return title
    return _LIMIT.sub(lambda words: "." * len(words[0]), title)


def _exact(
    coarse: Reading, title: str, start: int, context: DateContext
) -> tuple[Reading, int] | None:
    """Return the days within a quarter or a month that the title names besides, and their end.

    July has four Saturdays, and a quarter has three 25ths.
    """
    if coarse.when.precision not in COARSE:
        return None
    try:
        dated = read_prefix(title[start:], context)
    except KalendsError:
        return None
    if dated is None:
        return None
    days, whole = dated[0].when, coarse.when
    length = whole.last_day - whole.first_day
    if days.last_day - days.first_day >= length or (
        dated[0].rule in sentence_dates.BARE
        and (dated[0].rule in sentence_dates.WEEKDAYS or length >= _MONTH)
    ):
        return None
    is_within = whole.first_day <= days.first_day <= days.last_day <= whole.last_day
    is_said = title[:start].endswith("会于")  # 第二季度点评会于7月10日召开
    return dated if is_within or is_said else None


def _with_coarse(found: Sentence, start: int, length: int) -> str:
    """Return a title without a date in it, and with the coarse one before it: 第三季度测评会."""
    assert found.when is not None
    coarse = found.when.when
    before, behind = found.title[:start].removesuffix("于"), found.title[start + length :]
    is_sewn = not f"{before[-1:]}{behind[:1]}".isascii()
    rest = tidy(f"{before}{'' if is_sewn else SEAM}{behind}")
    if coarse.precision in {"year", "month"} or not rest:
        return rest
    return f"{coarse.text}{'' if not coarse.text[-1].isascii() else ' '}{rest}"


def without_copula(title: str) -> str:
    """Return a title without the verb that a date stood behind: open house is on 8 November.

    Nor does it keep what joined it to those who take part: were joined by A for a clean-up.
    """
    title = _FOR.sub("", _COPULA.sub("", title))
    return _INVITES.sub("", _HALF_SENTENCE.sub("", title))


def check_departments(
    found: Sentence,
    said: str,
    marked: str,
    participants: Participants,
    prompter: SentencePrompter,
    *,
    was_named: bool,
) -> None:
    """Ask where an office would be left in the title that may take part.

    A person of a department stands for it, so the title keeps its name: 团市委书记李明走访.
    """
    names = participants.names
    hidden = _without_later(_without(found.title, participants.settled), participants)
    is_joined = was_named and _JOINED.match(found.title) is not None
    if was_named and unread_offices.is_of_it(found.title):
        people, doubted = unread_offices.beside_person(hidden, names.at)
        for department in people:
            participants.add(department)
        if doubted:
            part = found.title[slice(*doubted[0])]
            found.title = prompter.title(HalfReadDepartmentError(text=said, part=part))
        found.title = f"{_name_before(found.title, marked, names)}{found.title}"
    elif piece := unread_offices.left(
        hidden,
        names.at,
        was_named=(was_named and not is_joined) or participants.is_in_clause,
    ):
        part = found.title[slice(*piece)]
        found.title = prompter.title(HalfReadDepartmentError(text=said, part=part))
    elif part := _listed(found, marked, participants) or (
        "" if brackets.torn(said) else brackets.torn(found.title)
    ):
        found.title = prompter.title(HalfReadDepartmentError(text=said, part=part))
    elif is_joined or (was_named and _JOINED_CHINESE.match(found.title)):
        found.title = f"{_name_before(found.title, marked, names)}{found.title}"


def _without_later(title: str, participants: Participants) -> str:
    """Read the departments of later clauses; return the title without their names."""
    if not unread_offices.mentioned(title, participants.names.at):
        return title
    from kalends.intake.departments import later_clauses  # noqa: PLC0415 - few titles name a department

    return later_clauses.read(title, participants)


def _listed(found: Sentence, marked: str, participants: Participants) -> str:
    """Return an unknown name in a list with a department, left in the title: Rotary, Police."""
    from kalends.intake.departments.listed_names import unknown_beside  # noqa: PLC0415
    from kalends.intake.vocabulary.letters import located  # noqa: PLC0415 - where there is a department

    for start, end in reversed(located(marked, found.when.when.text) if found.when else []):
        marked = f"{marked[:start]}{SEAM}{marked[end:]}"
    marked = bracketed_roles.without(marked)
    title = f"{found.before}{found.title}"
    return unknown_beside(marked, title, participants.names, later=participants.later)


def _without(title: str, settled: Iterable[str]) -> str:
    for word in settled:
        title = title.replace(word, "\x00" * len(word))
    return title


def _name_before(title: str, marked: str, names: Names) -> str:
    # A date may stand in the middle of what is a title: 书记刘洋7月20日入户走访.
    found_at = (marked.find(title[:length]) for length in range(len(title), 1, -1))
    end = next((place for place in found_at if place >= 0), 0)
    found = (names.at(marked, start) for start in range(end))
    behind = len(marked[:end].rstrip(" ,"))
    start = next((n for n, named in enumerate(found) if named and named[1] == behind), end)
    return marked[start:end]
