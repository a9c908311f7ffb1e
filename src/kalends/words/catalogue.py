"""The catalogue: a message of ours in the language of whoever reads it."""

import gettext
from pathlib import Path

from kalends.words.visible import visible

_ROOM = Path(__file__).parent
_DOMAIN = "kalends"
# Facts that are words of ours wherever they appear: a field and its form, a state, a role, …
_TRANSLATED = frozenset({"cure", "field", "form", "role", "since", "status", "wanted"})


class Message(str):
    """A message of the catalogue, handed as a fact to another one: it is translated with it."""

    __slots__ = ()


class Words:
    """The messages in one language."""

    def __init__(self, translations: gettext.NullTranslations) -> None:
        """Take the translations; `gettext.NullTranslations()` leaves everything English."""
        self._translations = translations

    def gettext(self, message: str) -> str:
        """Return a message in this language; one that the catalogue does not know, as it is."""
        return self._translations.gettext(message) if message else ""

    def say(self, template: str, /, **fields: object) -> str:
        """Return a message in this language, its `{fields}` filled with the facts.

        A fact is translated too when it is a `Message`, or a text in `cure`, `field`, `form`,
        `status`, `wanted` or `since`. The fact `rule` is a message itself, filled from the others.
        Any other text is not ours: hidden characters in it are made visible.
        """
        return self._filled(self.gettext(template), fields)

    def plural(self, singular: str, many: str, /, count: int, **fields: object) -> str:
        """Return the form of a message that a number takes, `{count}` and the facts filled in."""
        form = self._translations.ngettext(singular, many, count)
        return self._filled(form, {**fields, "count": count})

    def _filled(self, template: str, fields: dict[str, object]) -> str:
        said = {name: self._said(name, field) for name, field in fields.items()}
        if "rule" in said:
            said["rule"] = self.gettext(str(said.pop("rule"))).format(**said)
        return template.format(**said)

    def _said(self, name: str, field: object) -> object:
        if isinstance(field, Message) or (name in _TRANSLATED and isinstance(field, str)):
            return self.gettext(field)
        return visible(field) if isinstance(field, str) else field


def words(language: str) -> Words:
    """Return the words of a language: `zh`, or `en`, in which the messages are written.

    A language without a compiled catalogue is spoken in English.
    """
    try:
        with (_ROOM / language / "LC_MESSAGES" / f"{_DOMAIN}.mo").open("rb") as file:
            return Words(gettext.GNUTranslations(file))
    except FileNotFoundError:
        return Words(gettext.NullTranslations())
