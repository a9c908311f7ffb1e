"""The date that begins at a place of a sentence, and the hours that stand apart from it."""

from typing import TYPE_CHECKING

from kalends.dates.reader import DateContext, Reading, read_prefix
from kalends.dates.vocabulary import HOURS_IN_WORDS, any_of
from kalends.domain.errors import HalfReadDateError, UnreadableDateError
from kalends.domain.patterns import Pattern
from kalends.intake.dates import approximate_dates, bounds, durations, sentence_dates, unread_dates
from kalends.intake.dates.acts import begins_act
from kalends.intake.departments.participants import Participants
from kalends.intake.sentence_prompter import SentencePrompter
from kalends.intake.vocabulary.letters import located
from kalends.intake.vocabulary.naming import Names
from kalends.intake.vocabulary.tags_and_place import SEAM

if TYPE_CHECKING:
    from kalends.intake.dates.torn_dates import Torn

# What puts a date in doubt: a question, or a zone of its own.
_IN_DOUBT = Pattern(
    rf"[ {SEAM}]?(?:\(?[?？]|or (?=[0-9]|(?:{any_of(*HOURS_IN_WORDS)})\b)"
    r"|(?P<zone>\(?(?:[A-Z]{1,3}[SD]T|UTC|GMT|Zulu|Z)\b))",
    words=("?", "？", "or ", "ST", "DT", "UTC", "GMT", "Z"),
)
Dated = tuple[Reading, int]


def date_at(
    text: str,
    place: int,
    context: DateContext,
    participants: Participants,
    prompter: SentencePrompter,
) -> Dated | None:
    """Return the date that begins at a place, read or asked for, and where it ends."""
    rest = text[place:].replace(SEAM, " ")
    begins = participants.names.at(text, place) is not None

    def named(at: int) -> bool:
        is_name = not begins and participants.begin_at(text, place + at)
        return is_name or begins_act(rest, at)

    try:
        dated = read_prefix(rest, context, named=named)
    except UnreadableDateError as error:
        if only := sentence_dates.without_open_end(error, rest, context):
            return only[0], place + only[1]
        refused = approximate_dates.vague(error, rest) or sentence_dates.narrowed(error, rest)
        when = prompter.date(refused)
        return when, place + sentence_dates.length_of_refused(rest, refused)
    if dated is None:
        return None
    when, length = dated
    if unread := sentence_dates.unread_behind(rest, length):
        part, length = unread
        when = prompter.date(HalfReadDateError(text=rest[:length].strip(), part=part))
    when, length = durations.behind(when, rest, length)
    return when, place + length


def hours_at(text: str, place: int, context: DateContext, when: Reading | None) -> Dated | None:
    """Return a day with the hours that begin at a place, and where they end."""
    rest = text[place:].replace(SEAM, " ")
    timed = sentence_dates.hours_of(when, rest, context) if when else None
    return timed and (timed[0], place + timed[1])


def doubted(text: str, when: Reading) -> str:
    """Return a date with what puts it in doubt: 9am?, 15:00 BST, 9点结束; or nothing."""
    said = when.when.text
    spans = located(text, said)
    if bounded := bounds.bound(text, spans, is_timed=when.when.starts is not None):
        return bounded
    behind = _IN_DOUBT.match(text, spans[-1][1]) if spans else None
    if behind is None or (when.when.starts is None and behind["zone"]):
        return ""
    return f"{said}{behind[0]}"


def torn_date(text: str, when: Reading, names: Names, context: DateContext) -> "Torn | None":
    """Return the pieces of a longer date that the date which was read is one of."""
    if unread_dates.stands_alone(text, when.when.text):
        return None
    from kalends.intake.dates import torn_dates  # noqa: PLC0415 - a date apart needs none of it

    return torn_dates.torn(text, when, names, context)
