"""Texts and numbers that cannot be recorded."""

from kalends.domain.errors.base import N_, RefusedError


class TextError(RefusedError):
    """A text breaks the rules for its field."""

    code = "bad-text"
    message = N_("“{value}” is not a valid {field}: {rule}.")
    hint = N_("{cure}")


class EmptyTextError(TextError):
    """A required text is empty."""

    code = "empty-text"
    message = N_("The {field} is empty.")
    hint = N_("Give a few words.")


class LongTextError(TextError):
    """A text is too long for its field."""

    code = "long-text"
    message = N_("The {field} has {length} characters; at most {limit} are allowed.")
    hint = N_("Shorten it; the description takes longer texts.")
    hint_if_description = N_("Shorten it, and link to a page with the rest.")


class LongLinkError(LongTextError):
    """A link takes too many bytes."""

    code = "long-link"
    message = N_("The link takes {size} bytes; at most {limit} are allowed.")
    hint = N_("Give a shorter address of the same page.")


class CharacterError(TextError):
    """A character that would break feeds or fool a reader."""

    code = "bad-character"
    message = N_(
        "The {field} contains {character} at character {place}, which cannot be recorded."
    )
    hint = N_(
        "Remove it: line breaks, control and direction characters break calendars, and "
        "invisible characters make different words look the same."
    )
    hint_if_half = N_(
        "Remove it, or set your terminal or program to UTF-8: this is a byte outside UTF-8, or half of a character."
    )


class NumberError(RefusedError):
    """A number that cannot be recorded."""

    code = "bad-number"
    message = N_("The {field} cannot be {value}.")
    hint = N_("Give a whole number from 0 to 1,000,000,000.")
