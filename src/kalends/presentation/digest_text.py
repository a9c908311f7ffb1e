"""A digest: what changed, by department, in plain words for a mail or a chat."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kalends.domain.errors import N_
from kalends.domain.roster import Roster
from kalends.domain.when import When
from kalends.presentation import history_text
from kalends.views.activities import Revision, changes
from kalends.views.recent import RevisionPair
from kalends.words import Words
from kalends.words.plain_dates import plain_when
from kalends.words.topics import TOPIC_SIGNS, TOPIC_WORDS

# More activities are counted, not listed.
_MOST = 60


class Digest(NamedTuple):
    """The subject and the lines of a digest."""

    subject: str
    body: str


class _Changed(NamedTuple):
    """One activity: how it stood before all of its events, how it stands now, and these events."""

    before: Revision | None
    after: Revision
    events: list[Revision]


class DigestWriter:
    """Writes digests of one campaign, as it stands now, in its language."""

    def __init__(self, words: Words, roster: Roster, *, this_year: int, site: str | None) -> None:
        """Take the campaign's words and departments; links begin with `site`, None for none."""
        self._words, self._roster = words, roster
        self._this_year, self._site = this_year, site

    def write(self, title: str, pairs: Sequence[RevisionPair], after: int) -> Digest:
        """Return the digest of these events, oldest first; they follow the position `after`."""
        found = _by_activity(pairs)
        count = len(found)
        lines = list(self._lines(found[:_MOST]))
        if count > _MOST:
            more = count - _MOST
            lines += [
                "",
                self._words.plural("{count} more activity", "{count} more activities", more),
            ]
        if self._site is not None:
            lines += ["", f"{self._site}/changes?after={after}"]
        subject = self._words.plural(
            "{title}: {count} activity changed", "{title}: {count} activities changed", count,
            title=title,
        )  # fmt: skip
        return Digest(subject, "\n".join(lines).strip("\n"))

    def _lines(self, found: Sequence[_Changed]) -> Iterator[str]:
        """Yield each department that leads, and its activities below it."""
        for code in dict.fromkeys(_leading(each) for each in found):
            yield ""
            own = [each for each in found if _leading(each) == code]
            yield self._roster.departments[code].name_on(own[-1].after.details.when.first_day)
            for each in own:
                yield from self._activity(each)

    def _activity(self, changed: _Changed) -> Iterator[str]:
        say, after = self._words.say, changed.after
        topics = list(dict.fromkeys(event.topic for event in changed.events))
        what = say(N_(", ")).join(say(TOPIC_WORDS[topic]) for topic in topics)
        facts = (after.details.title, self._when(after.details.when), after.details.place)
        yield f"{TOPIC_SIGNS.get(topics[-1], '·')} {what} · {' · '.join(filter(None, facts))}"
        for name, (old, new) in self._changes(changed):
            field = say(history_text.FIELDS[name])
            yield f"    {say(N_('{field}: {old} → {new}'), field=field, old=old, new=new)}"
        for event in changed.events:
            if event.reason:
                yield f"    {say(N_('Reason'))}{say(N_(': '))}{event.reason}"
        if self._site is not None:
            yield f"    {self._site}/activities/{after.id}"

    def _changes(self, changed: _Changed) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield what is otherwise than before; the events' own words say what became of it."""
        if changed.before is None:
            return
        after = changed.after
        said = set[str]().union(*(history_text.said_by(event.topic) for event in changed.events))
        for name, (old, new) in changes(changed.before, after).items():
            if name not in said:
                yield name, (self._value(name, old, after), self._value(name, new, after))

    def _value(self, field: str, value: object, after: Revision) -> str:
        if isinstance(value, When):
            return self._when(value)
        return history_text.value(self._words, field, value, self._roster, after)

    def _when(self, value: When) -> str:
        return plain_when(
            self._words,
            value.first_day,
            value.last_day,
            this_year=self._this_year,
            precision=value.precision,
            part=value.part,
            starts=value.starts,
            ends=value.ends,
        )


def _by_activity(pairs: Sequence[RevisionPair]) -> list[_Changed]:
    """Return each activity once, in the order of their first events."""
    found: dict[str, _Changed] = {}
    for before, after in pairs:
        first = found.get(after.id)
        if first is None:
            found[after.id] = _Changed(before, after, [after])
        else:
            found[after.id] = _Changed(first.before, after, [*first.events, after])
    return list(found.values())


def _leading(changed: _Changed) -> str:
    return changed.after.details.departments[0].code
