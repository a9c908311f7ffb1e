"""The line that reports a change of an activity: what was done, or what would be done."""

from collections.abc import Sequence

from kalends.domain.details import Details
from kalends.domain.errors import N_
from kalends.domain.events import Entry
from kalends.domain.roster import Roster
from kalends.presentation import texts
from kalends.words import Words

DONE = {
    "activity.recorded": N_("√ recorded {ref}: {what}"),
    "activity.planned": N_("√ planned {ref}: {what}"),
    "activity.held": N_("√ held {ref}: {what}"),
    "activity.moved": N_("√ moved {ref}: {what}"),
    "activity.cancelled": N_("√ cancelled {ref}: {what}"),
    "activity.reinstated": N_("√ reinstated {ref}: {what}"),
    "activity.corrected": N_("√ corrected {ref}: {what}"),
    "activity.retracted": N_("√ retracted {ref}: {what}"),
    "activity.withheld": N_("√ withheld {ref}: {what}"),
    "activity.released": N_("√ released {ref}: {what}"),
}
_WOULD_BE = {
    "activity.recorded": N_("Would be recorded: {what}"),
    "activity.planned": N_("Would be planned: {what}"),
}
_WOULD_CHANGE = N_("Would be recorded ({topic}): {what}")
_NOTHING = N_("Nothing to do: {ref} is already like this.")


def changed(
    words: Words,
    entries: Sequence[Entry],
    ref: str,
    details: Details,
    roster: Roster,
    *,
    dry_run: bool = False,
) -> str:
    """Return the line that says what the last of these entries did, and the activity's new state.

    Without entries it says that nothing changed.
    """
    if not entries:
        return words.say(_NOTHING, ref=ref)
    topic = entries[-1].event.TOPIC
    template = _WOULD_BE.get(topic, _WOULD_CHANGE) if dry_run else DONE[topic]
    word = words.say(topic.removeprefix("activity."))
    what = texts.one_line(words, details, roster)
    return words.say(template, ref=ref, what=what, topic=word)
