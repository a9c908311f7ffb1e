"""Where each subscription stands: how far its receiver has been told, and what failed.

This lies outside the record, one file for each, and moves only after the receiver has answered
that it took the message. A lock beside it lets only one process send.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from kalends.application.access.secrets_folder import (
    file_in,
    make_file,
    read_file,
    shown_path,
    write_file,
)
from kalends.application.subscriptions.subscriptions import Subscription
from kalends.config import WorkspaceFolder
from kalends.domain.errors import DiskError, SubscriptionsError
from kalends.log.lock import held
from kalends.words import os_error_message


class Attempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The last try: when, and the status that was answered, or why nothing was."""

    at: str
    status: int | None = None
    problem: str | None = None
    text: str = ""


class Delivery(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """How far a receiver has been told.

    Everything up to `position` was taken, or was not for it; up to `tried` it may have been taken,
    though no answer said so. `failures` were made in a row, the first at `failing`; the next try
    is at `next_try`. `paused` is since when nothing is sent. `sent` is when the last message was
    taken. All are moments in UTC.
    """

    position: int
    tried: int = 0
    failures: int = 0
    failing: str | None = None
    next_try: str | None = None
    paused: str | None = None
    sent: str | None = None
    last: Attempt | None = None


def read(here: WorkspaceFolder, subscription: Subscription) -> Delivery:
    """Return where one stands; raises `DiskError`, or `SubscriptionsError` where that is lost."""
    path = _path(here, subscription)
    found = read_file(path, Delivery, SubscriptionsError)
    if found is None:
        raise SubscriptionsError(name=shown_path(path))
    return found


def write(
    here: WorkspaceFolder, subscription: Subscription, found: Delivery, *, forced: bool = False
) -> None:
    """Keep where one stands; with `forced` also if power fails. Raises `DiskError`."""
    content = msgspec.json.encode(found) + b"\n"
    write_file(here, _path(here, subscription), content, is_forced=forced)


def forget(here: WorkspaceFolder, subscription: Subscription) -> None:
    """Remove what was kept of one that has ended."""
    for ending in ("json", "lock"):
        with suppress(OSError):
            _path(here, subscription, ending).unlink()


@contextmanager
def sending(
    here: WorkspaceFolder, subscription: Subscription, seconds: float = 0
) -> Iterator[None]:
    """Let nobody else send meanwhile; raises `TimeoutError` if somebody does, `DiskError`."""
    path = _path(here, subscription, "lock")
    with ExitStack() as until_done:
        try:
            make_file(here, path)
            until_done.enter_context(held(path, seconds))
        except TimeoutError:
            raise
        except OSError as error:
            raise DiskError(name=shown_path(path), detail=os_error_message(error)) from None
        yield


def _path(here: WorkspaceFolder, subscription: Subscription, ending: str = "json") -> Path:
    return file_in(here, f"sent-{subscription.mark}.{ending}")
