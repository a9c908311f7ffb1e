"""Puts what was written as labels into one sentence: When: … Where: … What: … Who: ….

    labelled = [ title ] label ":" value { label ":" value }

It becomes: the day and the time; who leads; what happens; who takes part; the place. Other labels
(Cost: free) stay in the title.
"""

import re

from kalends.domain.patterns import Pattern
from kalends.intake.vocabulary.naming import Names

_WHEN = "when|date|dates|day|time|times|hours|date and time|date & time|date/time|start|starts"
_WHERE = "where|venue|location|place|meeting point"
_WHAT = "what|event|activity|title|subject|topic|programme|name of event|description|re"
_WHO = (
    "who|organi[sz]er|organi[sz]ers|organi[sz]ation|organi[sz]ed by|hosted by|host|"
    "lead|lead dept|lead department|lead agency|department|dept|dept\\.|unit|office|agency|by"
)
_WITH = (
    "participants|participating|partners|partner|required attendees|optional attendees|attendees|"
    "required|with|support|supported by|supporting|co-?hosts?|joint with|invited"
)
_LABEL = Pattern(
    rf"(?:^|(?<=[\s.;,|]))(?:(?P<when>{_WHEN})|(?P<where>{_WHERE})|(?P<what>{_WHAT})|(?P<who>{_WHO})"
    rf"|(?P<with>{_WITH})|(?P<other>(?-i:[A-Z][a-z]+(?: [a-z]+)?)))\s*:(?![0-9/])\s*",
    re.IGNORECASE,
    needs=":",
)
_FEWEST = 2
_EDGE = " \t\u3000\u00a0,.;|/–—-"


def as_sentence(text: str, names: Names) -> str:
    """Return a text of at least two labels, one of them of a day, as a sentence.

    Any other text is returned as it is, and so is one that names nobody whom the roster knows.
    """
    if text.count(":") < _FEWEST or '"' in text:
        return text
    written, at, place = text.partition("@")
    labels = list(_LABEL.finditer(written))
    known = [label for label in labels if label["other"] is None]
    if len(known) < _FEWEST or not any(label["when"] for label in known):
        return text
    if at and (_LABEL.search(place) or any(label["where"] for label in known)):
        return text
    said: dict[str, list[str]] = {}
    before = written[: labels[0].start()].strip(_EDGE)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = written[label.end() : following.start() if following else len(written)].strip(
            _EDGE
        )
        kind = label.lastgroup or ""
        if kind == "who" and not names.at(value, 0):
            return text
        word = label[0].strip(f"{_EDGE}:")
        said.setdefault(kind, []).append(
            f"{word}: {value}" if kind in {"other", "with"} else value
        )
    return f"{_composed(before, said)}{f' @{place}' if at else ''}"


def _composed(before: str, said: dict[str, list[str]]) -> str:
    what = "; ".join(filter(None, (before, *said.get("what", ()), *said.get("other", ()))))
    who = ", ".join(said.get("who", ()))
    when = ", ".join(filter(None, said["when"]))
    partners = "".join(f"; {partner}" for partner in said.get("with", ()))
    where = "".join(f' @"{place}"' for place in said.get("where", ())[:1] if place)
    sentence = f"{when}, {who}: {what}" if who else f"{when}, {what}"
    return f"{sentence}{partners}{where}"
