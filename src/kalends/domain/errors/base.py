"""The base of all errors, and the families that share an exit code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import ClassVar, TypeVar

_Message = TypeVar("_Message", bound=str)


def N_(message: _Message) -> _Message:  # noqa: N802 - gettext's own name for a marker
    """Mark a message for the catalogue and return it as it is."""
    return message


class KalendsError(Exception):
    """The base of all errors: what happened (`message`) and what to do (`hint`), both templates.

    `fields` fill the templates. Translate the templates first, then fill them.
    """

    code: ClassVar[str] = "fault"
    message: ClassVar[str] = N_("Something went wrong: {detail}")
    hint: ClassVar[str] = N_("Please report it, with the command that you ran.")

    def __init__(self, **fields: object) -> None:
        super().__init__(self.message.format(**fields))
        self.fields = fields

    def __reduce__(self) -> tuple[Callable[[], "KalendsError"], tuple[()]]:  # type: ignore[explicit-override]  # typing_extensions is slow to load
        """Let it pass from one process to another: an exception is made again of its arguments."""
        return partial(type(self), **self.fields), ()


@contextmanager
def needs_extra(error: type[KalendsError]) -> Iterator[None]:
    """Raise an error where an import fails for want of a library, which an extra installs."""
    try:
        yield
    except ImportError as missing:
        if (missing.name or "kalends").startswith("kalends"):
            raise  # a fault of ours
        raise error from None


class UsageError(KalendsError):
    """The command line is wrong."""

    code = "usage"
    message = N_("Wrong usage: {detail}")
    hint = N_("Look at what can be given here, and try again.")


class FormatError(UsageError):
    """A file, or a line of one, that cannot be read."""

    code = "bad-format"
    message = N_("This cannot be read: {detail}")
    hint = N_("Correct it and try again.")


class NotFoundError(KalendsError):
    """A given id, feed, department or position does not exist."""

    code = "not-found"
    message = N_("There is no “{name}”.")
    hint = N_("Look it up in the agenda, the roster or the list of feeds.")


class UnclearError(KalendsError):
    """The meaning is not clear, and there is nobody to ask."""

    code = "unclear"
    message = N_("“{text}” is not clear.")
    hint = N_("Say it another way.")


class ConflictError(KalendsError):
    """Somebody else wrote first; it is safe to try again."""

    code = "conflict"
    message = N_(
        "Somebody else has just changed this: version {expected} was expected, {found} found."
    )
    hint = N_("Look at it again, then repeat the change.")


class RefusedError(KalendsError):
    """A rule of the domain forbids it."""

    code = "refused"
    message = N_("A rule forbids this: {detail}")
    hint = N_("See docs/reference for the rules.")


class NotAllowedError(KalendsError):
    """This person or this place may not do it."""

    code = "not-allowed"
    message = N_("You may not do this: {detail}")
    hint = N_("Ask the campaign office.")


class IntegrityError(KalendsError):
    """The record was changed, or cannot be shown to be unchanged."""

    code = "integrity"
    message = N_("The record is not consistent: {detail}")
    hint = N_(
        "Change nothing. Keep a copy of the folder and compare it with a backup of events/journal.jsonl."
    )


class PartlyDoneError(KalendsError):
    """Part of it was done; the rest is listed."""

    code = "partly-done"
    message = N_("Lines that were not recorded: {failed}.")
    hint = N_("Correct these lines, save them in a new file and record that file.")


class MachineError(KalendsError):
    """The machine refused: disk full, read-only, locked too long."""

    code = "machine"
    message = N_("The machine refused: {detail}")
    hint = N_(
        "Check that it exists, that you may use it and that its disk has room; then try again."
    )
