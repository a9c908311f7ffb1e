"""A workspace: its folder, its settings, its files and its disk."""

from kalends.domain.errors.base import (
    N_,
    FormatError,
    IntegrityError,
    MachineError,
    NotFoundError,
    RefusedError,
    UsageError,
)


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
        "Bring it back from git or a backup. An empty file of that "
        "name opens the record for reading, but it trusts no key: the keys were in the file that "
        "is gone."
    )


class WorkspaceExistsError(RefusedError):
    """A folder that already is a workspace."""

    code = "workspace-exists"
    message = N_("{name} is already a Kalends workspace.")
    hint = N_("Choose another folder.")


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
        "Remove the link. If you set it to keep data elsewhere, move the whole workspace there and link to it instead. Nothing was written."
    )


class OwnFileError(RefusedError):
    """A file to be written that the workspace keeps for itself."""

    code = "own-file"
    message = N_("{name} is a file that a workspace keeps for itself.")
    hint = N_("Name a file somewhere else. Nothing was written.")


class HardLinkError(NotOwnFileError):
    """A file with a second name, which would change with it."""

    code = "hard-link"
    message = N_("{name} has a second name (a hard link): writing here would change it there too.")
    hint = N_("Copy it, and put the copy in its place.")


class SpecialFileError(NotOwnFileError):
    """A pipe, a device or a socket where the workspace keeps a file."""

    code = "special-file"
    message = N_("{name} is not an ordinary file but a pipe, a socket or a device.")
    hint = N_("Remove it. Nothing was read from it or written to it.")


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
    hint = N_("Remove it from what git tracks, delete the folder, and keep {name}/ in .gitignore.")


class NotAFolderError(UsageError):
    """A file where a workspace's folder was expected."""

    code = "not-a-folder"
    message = N_("“{name}” is a file, and a workspace is a folder.")
    hint = N_("Choose another name for the folder.")


class OutputPathError(UsageError):
    """A path at which no file can be written, whatever the disk allows."""

    code = "output-path"
    message = N_("{name} cannot be written: {detail}")
    hint = N_("Name a file in a folder.")


class SettingError(FormatError):
    """A setting of `kalends.toml` that does not exist or has a wrong value."""

    code = "bad-setting"
    message = N_("“{name}” in kalends.toml is not a setting, or its value is not valid.")
    hint = N_("See docs/reference/workspace.md for all settings.")


class DamagedViewsError(IntegrityError):
    """The caches cannot be read."""

    code = "damaged-views"
    message = N_("The cache in .kalends is damaged: {detail}")
    hint = N_(
        "It was deleted; the next command builds it again from the log. If this happens again, please report it."
    )


class LockedError(MachineError):
    """Somebody else keeps writing."""

    code = "locked"
    message = N_("Somebody else has been writing for more than {seconds} seconds.")
    hint = N_("Try again. If nobody is writing, look for a Kalends process that hangs.")


class DiskError(MachineError):
    """Disk full, read-only or failing."""

    code = "disk"
    message = N_("{name} cannot be written: {detail}")
    hint = N_(
        "Free some space, change the permissions, or mount the disk for writing; then try "
        "again. Nothing was lost."
    )


class UnreadFileError(DiskError):
    """A file of the workspace that is there, but cannot be read."""

    code = "file-not-read"
    message = N_("{name} cannot be read: {detail}")
    hint = N_("Change the permissions, or look whether the disk fails; then try again.")


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
