"""Every refusal and every failure, each with what happened and what to do about it."""

from collections.abc import Callable
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


class UsageError(KalendsError):
    """The command line is wrong."""

    code = "usage"
    message = N_("Wrong usage: {detail}")
    hint = N_("Look at what can be given here, and try again.")


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


class NoKeyError(NotAllowedError):
    """The signing key is not on this machine."""

    code = "no-key"
    message = N_("The key that signs this log is not on this machine: {path}")
    hint = N_("Copy it to this machine, or make another key.")


class RetiredKeyError(NotAllowedError):
    """The private key here was retired: another key signs now."""

    code = "retired-key"
    message = N_("The key on this machine was retired at position {position}: {path}")
    hint = N_("Copy the newer key to this machine, or make another.")


class ExposedKeyError(NotAllowedError):
    """A private key would be where git or other users see it."""

    code = "exposed-key"
    message = N_("No key was made: {path} would lie in {folder}, which is shared with others.")
    hint = N_("{cure} Then make a new key.")


class UntrustedKeyError(NotAllowedError):
    """A key that this workspace does not trust."""

    code = "untrusted-key"
    message = N_("The key in {path} is not one that kalends.toml trusts.")
    hint = N_("The keys that may sign are listed in kalends.toml: [audit] keys.")


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


# --- what is not found -------------------------------------------------------------------------


class ActivityNotFoundError(NotFoundError):
    """No activity has an id that starts so."""

    code = "activity-not-found"
    message = N_("No activity's id begins with “{name}”.")
    hint = N_("The agenda and a search show ids.")


class DepartmentNotFoundError(NotFoundError):
    """No department has this name, alias or code."""

    code = "department-not-found"
    message = N_("No department is called “{name}”.")
    hint = N_("Look it up in the list of departments.")


class DepartmentMistypedError(DepartmentNotFoundError):
    """No department has this name, but some have a similar one."""

    code = "department-mistyped"
    message = DepartmentNotFoundError.message
    hint = N_("Did you mean: {near}?")


class NotShownError(NotFoundError):
    """No calendar shows this activity."""

    code = "not-shown"
    message = N_("No calendar shows this activity: {detail}.")
    hint = N_("The explanation of its feeds says what subscribers see of it, and why.")


class FeedNotFoundError(NotFoundError):
    """No feed has this name."""

    code = "feed-not-found"
    message = N_("There is no feed “{name}”.")
    hint = N_("Look it up in the list of feeds.")


class SecretNotFoundError(NotFoundError):
    """No secret address has this mark."""

    code = "secret-not-found"
    message = N_("No secret address has the mark “{name}”.")
    hint = N_("Look it up in the list of secret addresses.")


class PageFaultError(KalendsError):
    """A page cannot be made, and it is our fault or that of the record."""

    code = "page-fault"
    message = N_("Something went wrong here.")
    hint = N_("It is not your fault. Whoever runs this site sees it in the server's messages.")


class PageNotFoundError(NotFoundError):
    """There is no page at this address."""

    code = "no-page"
    message = N_("There is no page here: {name}")
    hint = N_("Begin from the first page, or search.")


class LogNotPublicError(NotFoundError):
    """The events of the log are not published, only what proves them."""

    code = "log-not-public"
    message = N_("The events themselves are not published here.")
    hint = N_("Checkpoints, hashes and the proofs of public activities are.")


class NotInTreeError(NotFoundError):
    """The signed tree has no such tile."""

    code = "not-in-tree"
    message = N_("The signed tree of {size} events has no tile {name}.")
    hint = N_("The checkpoint says how many events there are, and so which tiles.")


class NotSignedYetError(NotFoundError):
    """No checkpoint covers this."""

    code = "not-signed-yet"
    message = N_("No checkpoint covers this yet.")
    hint = N_("Come again when the log was signed.")


class LongEntryError(NotFoundError):
    """An event is too long for a bundle of entries."""

    code = "long-entry"
    message = N_(
        "Event {position} takes {size} bytes, and a bundle of entries holds at most {most}."
    )
    hint = N_("Read it from the journal.")


class PositionNotFoundError(NotFoundError):
    """The log is shorter than this position."""

    code = "position-not-found"
    message = N_("The log has no position {name}; its last is {last}.")
    hint = N_("Give a position from 1 to {last}, a day, or a moment.")


class NothingKnownError(PositionNotFoundError):
    """A moment before anything was recorded."""

    code = "nothing-known"
    message = N_("Nothing had been recorded yet at {name}; the log begins at {first}.")


class WorkspaceNotFoundError(NotFoundError):
    """There is no workspace here or above."""

    code = "workspace-not-found"
    message = N_("There is no Kalends workspace in {name} or above it.")
    hint = N_("Go into one, name another folder, or make a workspace first.")


class SettingsGoneError(WorkspaceNotFoundError):
    """A folder with a journal whose `kalends.toml` is gone."""

    code = "settings-gone"
    message = N_("{name} has a journal, but its kalends.toml is gone.")
    hint = N_(
        "Bring it back from git (`git checkout kalends.toml`) or a backup. An empty file of that "
        "name opens the record for reading, but it trusts no key: the keys were in the file that "
        "is gone."
    )


class FileNotReadableError(NotFoundError):
    """A file given as an argument cannot be read."""

    code = "file-not-found"
    message = N_("{name} cannot be read: {detail}")
    hint = N_("Check the path and its permissions.")


# --- what is not clear -------------------------------------------------------------------------


class AmbiguousIdError(UnclearError):
    """Several activities have ids that start so."""

    code = "ambiguous-id"
    message = N_("Several activities' ids begin with “{text}”: {found}.")
    hint = N_("Give one more character.")


class AmbiguousDepartmentError(UnclearError):
    """Several departments could be meant."""

    code = "ambiguous-department"
    message = N_("“{text}” may be any of: {found}.")
    hint = N_("Give the full name, or the code.")


class UnreadableDateError(UnclearError):
    """A date phrase, or a part of it, cannot be read."""

    code = "unreadable-date"
    message = N_("“{text}” cannot be read as a date; not understood: “{part}”.")
    hint = N_("Write it like 2020-07-14 14:30, July 14 or July 14 3pm.")


class ImpossibleDateError(UnreadableDateError):
    """The calendar has no such day, or the clock no such time."""

    code = "impossible-date"
    message = N_("“{text}” is not a possible date: {part} does not exist.")
    hint = N_("Check the day, the month and the time.")


class WrongWeekdayError(UnreadableDateError):
    """The weekday does not fit the date."""

    code = "wrong-weekday"
    message = N_("“{text}”: {day} is not {part}.")
    hint = N_("Correct the date or the weekday; one of them is wrong.")


class VagueDateError(UnreadableDateError):
    """Words that do not name a day."""

    code = "vague-date"
    message = N_("“{text}” names no day: {part} is too vague.")
    hint = N_("Give the day itself, or the month if only that is known.")


class TwoReadingsError(UnreadableDateError):
    """A date or a time that may be either of two."""

    code = "two-readings"
    message = N_("“{part}” may be {first} or {second}.")
    hint = N_("Write it so that it can be only one of them, like July 14 3pm.")


class HalfReadDateError(UnreadableDateError):
    """A time of day, or half of a range, that would end up in the title."""

    code = "half-read-date"
    message = N_("“{part}” in “{text}” looks like a time, but was not read with the date.")
    hint = N_(
        "Put the time right after the date, like July 14 3pm. If it is part of the title, "
        "give the title by itself."
    )


class DeadlineError(UnreadableDateError):
    """A day by which something is to be done, not the day on which it happens."""

    code = "deadline"
    message = N_("“{text}” gives a deadline, not the day on which it happens: “{part}”.")
    hint = N_(
        "Write the day on which it happens. If the deadline is part of the title, give the "
        "title by itself."
    )


class HalfReadDepartmentError(UnclearError):
    """A name in the title that may be a participating department."""

    code = "half-read-department"
    message = N_(
        "“{text}” was understood only in part: “{part}” may be a department that takes part."
    )
    hint = N_(
        "Name all departments before what happened, and register new ones first. If it is "
        "part of the title, give the title by itself."
    )


class HalfReadTagError(UnclearError):
    """A tag with a blank or a comma in it, so that the rest would end up in the title."""

    code = "half-read-tag"
    message = N_("“{part}” in “{text}” may be one tag, or a tag and a part of the title.")
    hint = N_(
        "Write a tag without blanks and commas, like #youth. If the rest is part of the title, give the title by itself."
    )


class SecondDateError(UnreadableDateError):
    """Another date in what should be the title."""

    code = "second-date"
    message = N_("“{text}” contains a second date: “{part}”.")
    hint = N_(
        "Record one activity in each sentence. If the second date is part of the title, give "
        "the title by itself."
    )


class TornDateError(UnreadableDateError):
    """A date with something in the middle of it, so that only a piece would be read."""

    code = "torn-date"
    message = N_("The date in “{text}” may be in pieces: “{part}”.")
    hint = N_("Write the date in one piece, like July 14 3pm.")


class NoDateError(UnclearError):
    """A sentence without a date."""

    code = "no-date"
    message = N_("No date was found in “{text}”.")
    hint = N_("Begin with the date, like 2020-07-14 or July 14 3pm.")


class NoDepartmentError(UnclearError):
    """A sentence without a known department."""

    code = "no-department"
    message = N_("No known department was found in “{text}”.")
    hint = N_("Name one that is registered, or register it first.")


class NearDepartmentError(NoDepartmentError):
    """A sentence without a known department, but with a similar name."""

    code = "near-department"
    message = NoDepartmentError.message
    hint = N_("Did you mean: {near}? Otherwise register it first.")


class NoTitleError(UnclearError):
    """Nothing is left for the title."""

    code = "no-title"
    message = N_("“{text}” does not say what happened.")
    hint = N_("Add a few words for the title.")


class OnRecordError(UnclearError):
    """A new activity looks like one that is recorded already."""

    code = "on-record"
    message = N_("This looks like an activity on record: {ref}  {what}")
    hint = N_("If it is a different activity, say so. Otherwise change the recorded activity.")
    hint_unless_planned = N_(
        "If it is a different activity, say so. Otherwise correct the recorded activity."
    )


class LikeLineError(UnclearError):
    """A line of a file looks like an earlier line."""

    code = "like-line"
    message = N_("This looks like the activity in line {first}.")
    hint = N_("If both took place, say so. If not, remove one line.")


# --- what a rule forbids -----------------------------------------------------------------------


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
        "Remove it, or let your terminal or program write UTF-8: this is a byte that is not, or "
        "half of a character."
    )


class ReasonRequiredError(RefusedError):
    """A change without a reason."""

    code = "reason-required"
    message = N_("A reason is required.")
    hint = N_("Say why, for those who read the history later.")


class NotPossibleError(RefusedError):
    """The activity's status does not allow it."""

    code = "not-possible"
    message = N_("The activity is {status}; it cannot be {wanted}.")
    hint = N_("Look at what happened to it; if the record is wrong, correct it.")


class RetractedError(NotPossibleError):
    """The activity was retracted, which is final."""

    code = "retracted"
    message = N_("The activity was retracted, and that is final.")
    hint = N_("If it did take place, record it again.")


class SpanError(RefusedError):
    """A time that ends before it begins."""

    code = "bad-span"
    message = N_("This ends before it begins: {detail}.")
    hint = N_("Check both ends.")


class NumberError(RefusedError):
    """A number that cannot be recorded."""

    code = "bad-number"
    message = N_("The {field} cannot be {value}.")
    hint = N_("Give a whole number from 0 to 1,000,000,000.")


class TooManyError(RefusedError):
    """More departments, tags or links than an activity can have."""

    code = "too-many"
    message = N_("The activity would have {count} {field}; at most {limit} are allowed.")
    hint = N_("Name the most important ones; further links fit into the description.")


class NameTakenError(RefusedError):
    """Another department has this name, alias or code."""

    code = "name-taken"
    message = N_("“{name}” already belongs to {owner}.")
    hint = N_("Choose another, or use that department.")


class CodeError(RefusedError):
    """A department code that cannot be a file name."""

    code = "bad-code"
    message = N_("“{name}” cannot be a department's code.")
    hint = N_(
        "Use small letters a-z, digits and hyphens, at most 40, beginning with a letter; `all`, `full`, `manifest`, `tag-…` and device names are taken."
    )


class MergeError(RefusedError):
    """A department would be merged into itself or its own part."""

    code = "bad-merge"
    message = N_("{code} cannot be merged into {into}, which is itself or a part of it.")
    hint = N_(
        "Name another department to merge into; the list of departments shows who belongs to whom."
    )


class DepartmentClosedError(RefusedError):
    """The department is closed or merged."""

    code = "department-closed"
    message = N_("{name} is closed or merged since {since}.")
    hint = N_("Name the department that took over, or a day before.")


class DepartmentNotYetError(RefusedError):
    """The department did not exist yet."""

    code = "department-not-yet"
    message = N_("{name} exists only from {since} on.")
    hint = N_("Name the department that acted before, or a day from then on.")


class DepartmentNeverOpenError(DepartmentClosedError):
    """The department was closed or merged without a date, so it is closed always."""

    code = "department-closed-ever"
    message = DepartmentClosedError.message
    hint = N_(
        "Name the department that took over; or record the day on which it was closed or merged."
    )


class DepartmentPausedError(RefusedError):
    """The department was closed at that time."""

    code = "department-paused"
    message = N_("{name} was closed from {since} until {until}.")
    hint = N_("Name the department that acted then, or another day.")


class DepartmentInUseError(RefusedError):
    """A department that others depend on cannot be removed."""

    code = "department-in-use"
    message = N_("{name} cannot be taken off the roster: {by} belongs to it.")
    hint = N_("Undo that first, or close the department.")


class MergedError(RefusedError):
    """A merged department cannot be reopened."""

    code = "merged"
    message = N_("{name} was merged into {into}; it cannot be reopened.")
    hint = N_("Register the new office; or undo the merge.")


class ParentError(RefusedError):
    """A department would be its own ancestor."""

    code = "bad-parent"
    message = N_("{name} cannot belong to {parent}, which is itself or a part of it.")
    hint = N_("Name another parent; the list of departments shows who belongs to whom.")


class AliasError(RefusedError):
    """The department does not have this alias."""

    code = "not-an-alias"
    message = N_("“{name}” is not an alias of {department}.")
    hint = N_("Check the aliases of {code}. To change the name, rename the department.")


class RosterDiffersError(RefusedError):
    """A line of a roster names a registered department with other values."""

    code = "registered-otherwise"
    message = N_("{name} ({code}) is registered already, with a different {field}.")
    hint = N_("Change it separately, or remove the line.")


class NothingToUndoError(RefusedError):
    """This person has no act to undo."""

    code = "nothing-to-undo"
    message = N_("{by} has done nothing yet that could be undone.")
    hint = N_("The log shows who did what.")


class CannotUndoError(RefusedError):
    """The last act cannot be undone."""

    code = "cannot-undo"
    message = N_("Your last act, “{what}” at position {position}, cannot be undone: {detail}.")
    hint = N_("{cure}")


class ChangedSinceError(CannotUndoError):
    """The last act cannot be undone: somebody changed the same thing since."""

    code = "changed-since"
    message = N_(
        "Your last act, “{what}” at position {position}, cannot be undone: {by} changed {name} "
        "since, at position {later}."
    )
    hint = N_("The log shows the later change; correct it with a new one.")


class CampaignError(RefusedError):
    """A setting of the campaign that is not allowed."""

    code = "bad-campaign"
    message = N_("The campaign cannot have this {field}: {value}.")
    hint = N_("Write it like this: {form}.")


class ClockError(RefusedError):
    """The machine's clock is behind the record."""

    code = "clock-behind"
    message = N_("This machine's clock says {now}, but the record already reaches {last}.")
    hint = N_(
        "Nothing was recorded. If the clock is wrong, correct it and try again. If it is "
        "right now but was ahead before, record that first."
    )


class ClockAheadError(UnclearError):
    """The machine's clock is far ahead of everything that shows the time."""

    code = "clock-ahead"
    message = N_(
        "This machine's clock says {now}, but the newest event was recorded at {last}, and no"
        " file here is newer than {newest}."
    )
    hint = N_("If the clock is right, confirm it. If not, correct it first.")


class ClockUnlikelyError(UnclearError):
    """The clock is far from when Kalends was installed, and there is no record to compare."""

    code = "clock-unlikely"
    message = N_("This machine's clock says {now}, but Kalends was installed here on {installed}.")
    hint = ClockAheadError.hint


class ClockBeforeError(UnclearError):
    """The clock is earlier than everything recorded."""

    code = "clock-before"
    message = N_("This machine's clock says {now}; every event was recorded later than that.")
    hint = ClockAheadError.hint


class WithheldLogError(RefusedError):
    """The journal may not be published, because it holds what is withheld."""

    code = "withheld-log"
    message = N_(
        "{count} withheld activities stand in the journal: publishing its lines would show them."
    )
    hint = N_("Publish without the journal; its hashes, checkpoints and proofs are still there.")


class WorkspaceExistsError(RefusedError):
    """A folder that already is a workspace."""

    code = "workspace-exists"
    message = N_("{name} is already a Kalends workspace.")
    hint = N_("Choose another folder.")


class RoleError(UsageError):
    """A role that departments cannot have."""

    code = "bad-role"
    message = N_("“{name}” is not a role.")
    hint = N_("A department is lead, joint or participant: 牵头, 联合 or 参加.")


class NotOwnFileError(RefusedError):
    """Something in the workspace that is not its own file."""

    code = "not-own-file"
    message = N_("{name} is not a file of this workspace.")
    hint = N_("Remove it. Nothing was read from it or written to it.")


class LinkError(NotOwnFileError):
    """A link where the workspace keeps a file or a folder."""

    code = "link"
    message = N_("{name} is a link to {target}. Kalends follows no link inside a workspace.")
    hint = N_(
        "Remove the link: `rm {name}`. If you set it to keep data elsewhere, move the whole workspace there and link to it instead. Nothing was written."
    )


class HardLinkError(NotOwnFileError):
    """A file with a second name, which would change with it."""

    code = "hard-link"
    message = N_("{name} has a second name (a hard link): writing here would change it there too.")
    hint = N_("Make it a file of its own: `cp {name} {name}.new && mv {name}.new {name}`.")


class SpecialFileError(NotOwnFileError):
    """A pipe, a device or a socket where the workspace keeps a file."""

    code = "special-file"
    message = N_("{name} is not an ordinary file but a pipe, a socket or a device.")
    hint = N_("Remove it: `rm {name}`. Nothing was read from it or written to it.")


class FolderForFileError(NotOwnFileError):
    """A folder where the workspace keeps a file."""

    code = "folder-for-file"
    message = N_("{name} is a folder, but Kalends keeps a file there.")
    hint = N_(
        "Move the folder away. If a file was there, restore it from git or from a backup; publishing makes feeds and a missing journal again."
    )


class FileForFolderError(NotOwnFileError):
    """A file where the workspace keeps a folder."""

    code = "file-for-folder"
    message = N_("{name} is a file, but Kalends keeps a folder there.")
    hint = N_(
        "Move the file away. If a folder was there, restore it from git or from a backup; publishing makes feeds and a missing journal again."
    )


class TrackedCacheError(NotOwnFileError):
    """Caches that came with a clone: only this machine may write them."""

    code = "tracked-cache"
    message = N_("Git tracks {name}. What is in it must be made on this machine, not by others.")
    hint = N_("`git rm -r --cached {name}`, delete the folder, and keep {name}/ in .gitignore.")


class UnpublishedError(RefusedError):
    """The published feeds are behind the log."""

    code = "unpublished"
    message = N_("The feeds stand at position {published}, the log at {position}.")
    hint = N_("Publish what is new.")


class UnpublishedElsewhereError(UnpublishedError):
    """What is published lags behind the log, in a workspace that is only read here."""

    code = "unpublished-elsewhere"
    message = N_("The feeds stand at position {published}, the log at {position}.")
    hint = N_(
        "Anyone who may write in this workspace can publish. You can read without publishing."
    )


class UnfinishedError(RefusedError):
    """Publishing was cut short: some feeds are newer than the manifest."""

    code = "unfinished"
    message = N_(
        "Some feeds may be newer than position {position}, which feeds/manifest.json gives: "
        "publishing was interrupted, or git reset the manifest."
    )
    hint = N_("Publishing again finishes it.")


class NotAFolderError(UsageError):
    """A file where a workspace's folder was expected."""

    code = "not-a-folder"
    message = N_("“{name}” is a file, and a workspace is a folder.")
    hint = N_("Choose another name for the folder.")


class NotSiteError(RefusedError):
    """A folder for the files of a site that holds files of somebody else."""

    code = "not-a-site"
    message = N_("{name} holds other files than those of a site that Kalends wrote.")
    hint = N_("Name an empty folder, or one that is not there yet. Nothing was written.")


class JournalBehindError(RefusedError):
    """The journal lacks events that the database holds."""

    code = "journal-behind"
    message = N_("The journal, events/journal.jsonl, holds {lines} of {position} events.")
    hint = N_("Publishing writes the others.")


class NothingSaidError(UsageError):
    """`kalends add` without any words."""

    code = "nothing-said"
    message = N_("No activity was described.")
    hint = N_("Say when it was, who took part and what happened.")


class FormatError(UsageError):
    """A file, or a line of one, that cannot be read."""

    code = "bad-format"
    message = N_("This cannot be read: {detail}")
    hint = N_("Correct it and try again.")


class RepeatedKeyError(FormatError):
    """A line gives the same key twice."""

    code = "repeated-key"
    message = N_("The key “{name}” appears twice.")
    hint = N_("Keep only the one that you mean.")


class SettingError(FormatError):
    """A setting of `kalends.toml` that does not exist or has a wrong value."""

    code = "bad-setting"
    message = N_("“{name}” in kalends.toml is not a setting, or its value is not valid.")
    hint = N_("See docs/reference/workspace.md for all settings.")


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


class NotLinesError(FormatError):
    """A file of another kind where JSON Lines were expected."""

    code = "not-json-lines"
    message = N_("The file is {kind}, not JSON Lines. Nothing was recorded.")
    hint = N_("Write one JSON object on each line; docs/how-to/record-many.md shows how.")


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
    hint = N_("A role is lead, joint or participant.")


class NotTableError(FormatError):
    """A file of another kind, or one without headings, where a table was expected."""

    code = "not-a-table"
    message = N_("The file is {kind}, not a table of activities. Nothing was recorded.")
    hint = N_(
        "A table has a row of headings, with at least date, title and departments (日期, 标题, 部门)."
    )


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
    """A number in a cell for dates that may be two days, as 7.1 is what is left of 7.10."""

    code = "number-for-date"
    message = N_("The date is the number {text}, which may be {first} or {second}.")
    hint = N_("Write it as a date, or as text like 2020-07-01.")


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
    """A word where an activity's status is wanted, and it is none."""

    code = "no-such-status"
    message = N_("“{name}” is not a status.")
    hint = N_("A status is planned, held, recorded, cancelled or retracted.")


class BadAddressError(UsageError):
    """The words of a web address cannot be read."""

    code = "bad-address"
    message = N_("This address cannot be read: {detail}")
    hint = N_("Begin again from the first page.")


class AddressTooLongError(UsageError):
    """An address of more characters than any of ours."""

    code = "address-too-long"
    message = N_("This address is too long: more than {most} characters.")
    hint = N_("Begin again from the first page.")


class MethodNotAllowedError(UsageError):
    """A request that wants to change something."""

    code = "method-not-allowed"
    message = N_("{name} is not possible here: nothing can be changed over the web.")
    hint = N_("Addresses can only be read, with GET or HEAD.")


class BodyNotAllowedError(UsageError):
    """A request that carries data."""

    code = "body-not-allowed"
    message = N_("A request cannot carry data: nothing can be changed over the web.")
    hint = N_("Send it without a body.")


class TooManyRequestsError(NotAllowedError):
    """More requests from one address than are answered."""

    code = "too-many-requests"
    message = N_("Too many requests from your address: {rate} a minute are answered.")
    hint = N_("Wait {seconds} seconds. A calendar need not ask more often than once an hour.")


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
        "A roster is CSV with headings or JSON Lines; docs/how-to/departments.md shows both."
    )


# --- what does not hold ------------------------------------------------------------------------


class UnknownTopicError(IntegrityError):
    """An event written by a newer Kalends."""

    code = "unknown-topic"
    message = N_(
        "Position {position} holds “{topic}”, which this version of Kalends does not know."
    )
    hint = N_(
        "It was written by a newer Kalends. Install the newest version; nothing was changed."
    )


class StateError(IntegrityError):
    """Stored bytes that Kalends did not write."""

    code = "bad-state"
    message = N_("Position {position} ({stream}, version {version}) is damaged: {detail}")


class TransitionError(IntegrityError):
    """An event that Kalends could not have decided there."""

    code = "out-of-course"
    message = N_(
        "Position {position} ({stream}) holds “{topic}”, which cannot follow the events before it."
    )


class GapError(IntegrityError):
    """A position or a version is missing."""

    code = "gap"
    message = N_("The log has a gap: {detail}")


class JournalError(IntegrityError):
    """A line of the journal that Kalends did not write."""

    code = "bad-journal"
    message = N_("Line {line} of {name} is broken: {detail}")
    hint = N_("Restore {name} from git or from a backup. Nothing was changed.")


class JournalCutError(IntegrityError):
    """The journal lacks events that were signed and published, and the database holds them."""

    code = "journal-cut"
    message = N_("The journal, events/journal.jsonl, holds {lines} events; {size} were published.")
    hint = N_(
        "Nothing is lost: the database holds them, and publishing writes them again. Then ask who shortened the journal."
    )


class ForgedJournalError(IntegrityError):
    """The journal does not match the checkpoints beside it."""

    code = "forged-journal"
    message = N_(
        "The journal, events/journal.jsonl, is not what was signed: its first {size} lines give another root."
    )
    hint = N_("Restore it from git or from a backup; verifying says more. Nothing was changed.")


class EmptyJournalError(IntegrityError):
    """There is no database, and no journal to restore it from."""

    code = "empty-journal"
    message = N_("There is no database, and {name} is empty or missing.")
    hint = N_("Restore events/{name} from git or from a backup. Nothing was changed.")


class DivergedError(IntegrityError):
    """Journal and database differ."""

    code = "diverged"
    message = N_(
        "The journal and the database, events/journal.jsonl and events/kalends.db, differ from position {position} on."
    )
    hint = N_(
        "Neither was changed. Find out which of the two is right, and put the other aside. Then record again what is missing."
    )


class ManifestError(IntegrityError):
    """The manifest of the published feeds cannot be read."""

    code = "bad-manifest"
    message = N_(
        "The list of what is published, feeds/{name}, cannot be read: it was cut off, or git left a conflict in it."
    )
    hint = N_("When the journal is complete, publishing writes it again.")


class FeedsDifferError(IntegrityError):
    """Published files differ from the log."""

    code = "feeds-differ"
    message = N_("Files in feeds/ that are missing or not what the log says: {names}.")
    hint = N_("Publishing writes them again. Then ask who changed them.")


class StrayFilesError(IntegrityError):
    """Calendar files among the published ones that no feed wrote."""

    code = "stray-files"
    message = N_("Calendar files in feeds/ that no feed of this campaign has written: {names}.")
    hint = N_("Move them to another folder; programs that sync folders make such copies.")


class DamagedViewsError(IntegrityError):
    """The caches cannot be read."""

    code = "damaged-views"
    message = N_("The cache in .kalends is damaged: {detail}")
    hint = N_(
        "It was deleted; the next command builds it again from the log. If this happens again, please report it."
    )


class CorruptDatabaseError(IntegrityError):
    """The database file cannot be read."""

    code = "corrupt-database"
    message = N_("{name} is damaged: {detail}")
    hint = N_(
        "Move it away, all of it: `mv events/kalends.db* ..`; the next command restores it from events/journal.jsonl."
    )


class UnsignedError(IntegrityError):
    """There is no trusted signature to compare the record with."""

    code = "unsigned"
    message = N_("Nothing can be proved: {detail}.")
    hint = N_("Sign the log as it stands; keep a copy elsewhere.")


class SecretsError(IntegrityError):
    """The file of secret addresses cannot be read as one."""

    code = "bad-secrets"
    message = N_("{name} is damaged; no secret address works until it is right again.")
    hint = N_("Restore it from a backup, or remove it: all secret addresses then end.")


class OpenSecretsError(IntegrityError):
    """Others than its owner can read the file of secret addresses."""

    code = "open-secrets"
    message = N_("Others than its owner can read {name}.")
    hint = N_("Let only its owner read it: `chmod 600 {name}`.")


class CheckpointError(IntegrityError):
    """A checkpoint that is malformed, forged or not signed by a trusted key."""

    code = "bad-checkpoint"
    message = N_("{name} is not a valid checkpoint: {detail}.")
    hint = N_(
        "Get it again from git, from a backup or from whoever keeps it. The keys that are trusted are in kalends.toml."
    )


class BadKeyError(IntegrityError):
    """A malformed key."""

    code = "bad-key"
    message = N_("{name} is not a key.")
    hint = N_("Restore it from a backup; docs/reference/audit.md shows what keys look like.")


class RewrittenError(IntegrityError):
    """The log is not what was signed."""

    code = "rewritten"
    message = N_("The log is not what was signed: its first {size} events give another root.")
    hint = N_(
        "Nothing more is signed. Keep a copy of the folder; verifying tells what differs. Restore events/journal.jsonl from git or from a backup. Only if what was signed is lost for good, move the checkpoints away and sign anew; whoever kept a checkpoint will see it."
    )


class ShortenedError(IntegrityError):
    """The log is shorter than what was signed."""

    code = "shortened"
    message = N_("The log holds {found} events; {size} were signed.")
    hint = N_(
        "Nothing more is recorded or signed. Keep a copy of the folder. Bring the newer events/journal.jsonl back, from git, a backup or a clone. Only if the newer events are lost for good, move the checkpoints away, sign anew, and record them again; whoever kept a checkpoint will see it."
    )


class ProofError(IntegrityError):
    """A proof, a pack or a file that does not prove what it claims."""

    code = "not-proved"
    message = N_("{name} proves nothing: {detail}.")
    hint = N_("Get it again from whoever made it, and compare the key with one you know.")


class NeverServedError(IntegrityError):
    """A calendar file that was never a feed."""

    code = "never-served"
    message = N_("No feed ever had the contents of {name}: {detail}.")
    hint = N_("Look at the feed at other positions.")


class DepartsError(IntegrityError):
    """What stands is not what the events give."""

    code = "departs"
    message = N_("Differences from the events: {count}.")
    hint = N_("Views: delete the folder .kalends. Feeds: publish. Then ask who changed them.")


# --- what the machine would not ----------------------------------------------------------------


class LockedError(MachineError):
    """Somebody else keeps writing."""

    code = "locked"
    message = N_("Somebody else has been writing for more than {seconds} seconds.")
    hint = N_("Try again. If nobody is writing, look for a hanging `kalends` process.")


class NoOfficeError(MachineError):
    """The libraries for workbooks are not installed."""

    code = "no-office"
    message = N_("Workbooks (.xlsx) need two libraries that are not installed here.")
    hint = N_("Install them: `pip install 'kalends[office]'`. CSV needs nothing more.")


class PageNotNowError(MachineError):
    """A page cannot be made at the moment: the disk, or somebody who writes for long."""

    code = "page-not-now"
    message = N_("This page cannot be shown right now.")
    hint = N_("Try again in a minute.")


class NoWebError(MachineError):
    """The libraries of the web are not installed."""

    code = "no-web"
    message = N_("The web needs libraries that are not installed here.")
    hint = N_("Install them: `pip install 'kalends[web]'`. Everything else works without them.")


class PortInUseError(MachineError):
    """Another program listens at the port."""

    code = "port-in-use"
    message = N_("Another program already listens at {host}, port {port}.")
    hint = N_("Stop it, or choose another port.")


class CannotListenError(MachineError):
    """The machine does not let us listen at an address."""

    code = "cannot-listen"
    message = N_("It is not possible to listen at {host}, port {port}: {detail}")
    hint = N_("Choose an address of this machine and a port from 1024 on.")


class NotStartedError(MachineError):
    """A process of a server ended before it answered."""

    code = "not-started"
    message = N_("The server could not start.")
    hint = N_("What it said before tells why. Try it with one process, then with more.")


class DiskError(MachineError):
    """Disk full, read-only or failing."""

    code = "disk"
    message = N_("{name} cannot be written: {detail}")
    hint = N_(
        "Free some space, change the permissions, or mount the disk for writing; then try "
        "again. Nothing was lost."
    )


class NoPlaceError(DiskError):
    """A folder in which no files can be created."""

    code = "no-place"
    message = N_("No workspace can be made in {name}: {detail}")
    hint = N_("Choose a folder in which you may create files.")


class RemoteDiskError(MachineError):
    """The database is where SQLite's locks do not work."""

    code = "remote-disk"
    message = N_("The workspace lies on a network disk ({kind}), where SQLite can lose data.")
    hint = N_("Move it to a local disk, and copy events/journal.jsonl to other machines.")
