"""What can go wrong with a log that a database server keeps."""

from kalends.domain.errors.base import N_, FormatError, MachineError, NotAllowedError, RefusedError
from kalends.domain.errors.logs import CorruptDatabaseError
from kalends.domain.errors.workspaces import DiskError


class NoDriverError(MachineError):
    """The library that talks to PostgreSQL is not installed."""

    code = "no-postgres"
    message = N_("PostgreSQL needs a library that is not installed here.")
    hint = N_("Install the postgres extra of Kalends.")


class StoreAddressError(FormatError):
    """The address of a store is not valid, or the server's library does not know a part of it."""

    code = "bad-store-address"
    message = N_("This is not the address of a PostgreSQL database: {detail}")
    hint = N_("An address looks like `postgresql://kalends@db.example.org/records`.")


class PasswordInAddressError(FormatError):
    """A password where anybody can read it."""

    code = "password-in-address"
    message = N_("The address contains a password, and the workspace must not.")
    hint = N_(
        "Take it out of the address. Keep it in ~/.pgpass, or in PGPASSWORD or KALENDS_STORE_URL in the environment."
    )


class ServerUnreachableError(MachineError):
    """The server does not answer, or broke the connection before anything was recorded."""

    code = "server-unreachable"
    message = N_("{name} cannot be reached: {detail}")
    hint = N_("Nothing was recorded. Check that the server runs, and its address; then try again.")


class ServerRefusedError(NotAllowedError):
    """The server refused the login, or the role lacks a privilege."""

    code = "server-refused"
    message = N_("{name} refused: {detail}")
    hint = N_(
        "Check the user and the password, which is never kept in the workspace. The administrator can grant the role what it needs."
    )


class ReadOnlyStoreError(DiskError):
    """The server is a standby, or the role may only read: nothing can be recorded."""

    code = "read-only-store"
    message = N_("{name} can only be read: {detail}")
    hint = N_(
        "Nothing was recorded. Recording needs the address of the primary, best of all servers with target_session_attrs=read-write, and a role that may insert."
    )


class InDoubtError(MachineError):
    """The connection broke during a commit, and the server cannot be asked what became of it."""

    code = "in-doubt"
    message = N_("{name} broke the connection while it was recording: {detail}")
    hint = N_(
        "It may be recorded, or not. When the server answers again, look at the newest events before you record it once more."
    )


class UnsyncedError(InDoubtError):
    """The disk failed at the end of a commit, when the events may stand already."""

    code = "unsynced"
    message = N_("The disk failed while {name} was being written: {detail}")
    hint = N_(
        "It may be recorded, or not. When the disk can be written again, look at the newest events before you record it once more."
    )


class UnconfirmedError(MachineError):
    """The server keeps the events, but its standby has not confirmed them."""

    code = "unconfirmed"
    message = N_("{name} has recorded it, but its standby has not confirmed that.")
    hint = N_(
        "Do not record it again. Nothing is signed until the standby answers: check the standby."
    )


class DamagedStoreError(CorruptDatabaseError):
    """The schema is not as Kalends made it, or cannot be read."""

    code = "damaged-store"
    message = CorruptDatabaseError.message
    hint = N_(
        "Change nothing. Let the administrator compare it with a backup; the events are in the journal, too."
    )


class OtherLogError(RefusedError):
    """The store that a log is to move to keeps another one."""

    code = "other-log"
    message = N_("{name} keeps another log: it differs at position {position}. Nothing was moved.")
    hint = N_("Choose another schema or another database.")


class StoreInEnvironmentError(RefusedError):
    """The environment says where the log is, so that settings would have no effect."""

    code = "store-in-environment"
    message = N_("{name} is set and comes before kalends.toml. Nothing was moved.")
    hint = N_("Unset it and try again.")


class StoreMovedError(MachineError):
    """The log was moved to another store, and this one is closed for writing."""

    code = "store-moved"
    message = N_("{name} is closed for writing: the log was moved to {place}.")
    hint = N_("Nothing was recorded. Take the new address from the workspace's kalends.toml.")
