"""The catalogue: messages in the reader's language."""

import gettext
from pathlib import Path

from kalends.words.visible import visible

_ROOM = Path(__file__).parent
_DOMAIN = "kalends"
# Fields that hold words of ours wherever they appear: a field and its form, a state, a role, …
_TRANSLATED = frozenset({"cure", "field", "form", "role", "since", "status", "wanted"})


class Message(str):
    """A message of the catalogue, used as a field of another: it is translated with it."""

    __slots__ = ()


class Words:
    """The messages in one language."""

    def __init__(self, translations: gettext.NullTranslations) -> None:
        """Take the translations; `gettext.NullTranslations()` leaves everything in English."""
        self._translations = translations

    def gettext(self, message: str) -> str:
        """Return a message in this language, or unchanged if the catalogue does not know it."""
        return self._translations.gettext(message) if message else ""

    def say(self, template: str, /, **fields: object) -> str:
        """Return a message in this language, with its `{fields}` filled in.

        A field is translated too when it is a `Message`, or a text in `cure`, `field`, `form`,
        `status`, `wanted` or `since`. The field `rule` is itself a message, filled from the
        others. In any other text, hidden characters are made visible.
        """
        return self._filled(self.gettext(template), fields)

    def plural(self, singular: str, many: str, /, count: int, **fields: object) -> str:
        """Return the form of a message for a number, with `{count}` and the fields filled in."""
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

    A language without a compiled catalogue falls back to English.
    """
    if language == "en":  # to look for a catalogue takes a hundredth of `kalends add`
        return Words(gettext.NullTranslations())
    # The library keeps what it has read: the command line asks for the same catalogue.
    return Words(gettext.translation(_DOMAIN, str(_ROOM), [language], fallback=True))
