"""Departments and the roster."""

from kalends.domain.errors.base import N_, NotFoundError, RefusedError, UnclearError


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


class AmbiguousDepartmentError(UnclearError):
    """Several departments could be meant."""

    code = "ambiguous-department"
    message = N_("“{text}” may be any of: {found}.")
    hint = N_("Give the full name, or the code.")


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
    message = N_(
        "{code} cannot be merged into {into}: that is the same department, or a part of it."
    )
    hint = N_(
        "Name another department to merge into; the list of departments shows who belongs to whom."
    )


class DepartmentClosedError(RefusedError):
    """The department is closed or merged."""

    code = "department-closed"
    message = N_("{name} has been closed or merged since {since}.")
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
    message = N_("{name} cannot belong to {parent}: that is the same department, or a part of it.")
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
