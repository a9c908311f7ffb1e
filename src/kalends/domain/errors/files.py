"""Files that are read: lines, tables, workbooks and rosters."""

from collections.abc import Callable
from functools import partial

from kalends.domain.errors.base import (
    N_,
    FormatError,
    KalendsError,
    MachineError,
    NotFoundError,
    UsageError,
)


class FileNotReadableError(NotFoundError):
    """A file given as an argument cannot be read."""

    code = "file-not-found"
    message = N_("{name} cannot be read: {detail}")
    hint = N_("Check the path and its permissions.")


class LongFileError(UsageError):
    """A file of activities or departments that would take all memory."""

    code = "long-file"
    message = N_("The file has more than {rows} rows, or too many cells or too much text.")
    hint = N_("Divide it into several files.")


class RepeatedKeyError(FormatError):
    """A line gives the same key twice."""

    code = "repeated-key"
    message = N_("The key “{name}” appears twice.")
    hint = N_("Keep only the one that you mean.")


class NotJsonError(FormatError):
    """A line is not JSON."""

    code = "not-json"
    message = N_("This is not JSON from byte {place} on.")
    hint = N_("A line is one object; docs/how-to/record-many.md shows some.")
    hint_if_half = N_(
        "An escape there is half of a character: write both halves, or the character itself."
    )


class CutLineError(FormatError):
    """A line ends before its object does."""

    code = "cut-line"
    message = N_("The line ends before its object does.")
    hint = N_("Write every object on one line, and close every bracket and quotation mark.")


class NotUtf8Error(FormatError):
    """A file or a line with another encoding."""

    code = "wrong-encoding"
    message = N_("This is {encoding}, not UTF-8.")
    hint = N_("Save the file as UTF-8: Windows often saves GBK, and PowerShell UTF-16.")


class EncodedFileError(NotUtf8Error):
    """A file that Kalends or somebody else wrote, saved with another encoding."""

    code = "encoded-file"
    message = N_("{name} is {encoding}, not UTF-8.")


class NotLinesError(FormatError):
    """A file of another kind where JSON Lines were expected."""

    code = "not-json-lines"
    message = N_("The file is {kind}, not JSON Lines. Nothing was recorded.")
    hint = N_("{cure}")


class NotSentencesError(FormatError):
    """A file of another kind where one sentence on each line was expected."""

    code = "not-sentences"
    message = N_("The file is {kind}, not sentences. Nothing was recorded.")
    hint = N_("{cure}")


class MissingFieldError(FormatError):
    """A line lacks a required field."""

    code = "missing-field"
    message = N_("“{name}” is missing.")
    hint = N_("A line has at least when, title and departments.")


class UnknownFieldError(FormatError):
    """A line has an unknown field."""

    code = "unknown-field"
    message = N_("There is no field “{name}”.")
    hint = N_("The fields of a line are named in docs/how-to/record-many.md.")


class FieldTypeError(FormatError):
    """A field with a value of the wrong type."""

    code = "wrong-type"
    message = N_("“{name}” should be {expected}, but is {found}.")
    hint = N_("See docs/how-to/record-many.md for what each field holds.")


class FieldChoiceError(FormatError):
    """A field with a value that is not among its choices."""

    code = "wrong-choice"
    message = N_("“{name}” cannot be “{found}”.")
    hint = N_("The documentation says what it can be; a role is lead, joint or participant.")


class NotTableError(FormatError):
    """A file of another kind, or one without headings, where a table was expected."""

    code = "not-a-table"
    message = N_("The file is {kind}, not a table of activities. Nothing was recorded.")
    hint = N_("{cure}")


class MissingHeadingError(FormatError):
    """A table without a column that every activity needs."""

    code = "missing-heading"
    message = N_("No column of the table is called “{name}”.")
    hint = N_("A table has at least the columns date, title and departments (日期, 标题, 部门).")


class EmptyCellError(FormatError):
    """A row of a table without what every activity needs."""

    code = "empty-cell"
    message = N_("The column “{name}” is empty in this row.")
    hint = N_("Every row has at least a date, a title and a department.")


class NumberDateError(FormatError):
    """A number in a cell for dates that may be two days.

    7.1 is what is left of 7.10; 44000 is how a spreadsheet counts days, from one of two days on.
    """

    code = "number-for-date"
    message = N_("The date is the number {text}, which may be {first} or {second}.")
    hint = N_("Format the column as dates and save the file again, or write text like 2020-07-01.")


class NoSheetError(NotFoundError):
    """A sheet that a workbook does not have."""

    code = "no-sheet"
    message = N_("The workbook has no sheet “{name}”.")
    hint = N_("Its sheets are: {there}.")


class NotFromFileError(FormatError):
    """Something that a file cannot say, because it takes an act with a reason."""

    code = "not-from-file"
    message = N_("An activity that is “{name}” cannot be recorded from a file.")
    hint = N_(
        "Remove the line; or record the activity as planned or held, and then change its status."
    )


class NoSuchStatusError(FormatError):
    """A word that should be an activity's status and is not."""

    code = "no-such-status"
    message = N_("“{name}” is not a status.")
    hint = N_("A status is planned, held, recorded, cancelled or retracted.")


class LineError(KalendsError):
    """One line of a file of many that cannot be recorded; `cause` says why."""

    code = "bad-line"
    message = N_("Line {line}: {detail}")
    hint = N_("{cure} Nothing was recorded.")

    def __init__(self, cause: KalendsError, *, line: int) -> None:
        """Keep the line's number and what was wrong with it."""
        super().__init__(line=line, detail=str(cause), cure=cause.hint)
        self.cause = cause
        self.line = line

    def __reduce__(self) -> tuple[Callable[[], KalendsError], tuple[()]]:  # type: ignore[explicit-override]  # as above
        """Let it pass from one process to another, with its cause."""
        return partial(type(self), self.cause, line=self.line), ()


class RosterLineError(LineError):
    """One line of a file of departments that cannot be registered; `cause` says why."""

    code = "bad-roster-line"
    message = N_("Line {line}: {detail}")
    hint = N_("{cure} Nothing was recorded.")


class NotRosterError(FormatError):
    """A file of another kind where a roster was expected."""

    code = "not-a-roster"
    message = N_("The file is {kind}, not a roster. Nothing was recorded.")
    hint = N_(
        "A roster is a table (.xlsx, .csv) with headings, at least name (名称), or JSON Lines; "
        "docs/how-to/departments.md shows both."
    )


class NoOfficeError(MachineError):
    """The libraries for workbooks are not installed."""

    code = "no-office"
    message = N_("Workbooks (.xlsx) need two libraries that are not installed here.")
    hint = N_("Install the office extra of Kalends. CSV needs nothing more.")
