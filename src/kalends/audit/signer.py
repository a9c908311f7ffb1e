"""Signs a new checkpoint after each append, as long as the log continues what was signed."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from kalends import own_files
from kalends.audit.checkpoint import (
    Checkpoint,
    content_in,
    read,
    signed,
    why_not_believed,
)
from kalends.audit.note import NoteError, PrivateKey, PublicKey
from kalends.audit.own_checkpoints import kept_files
from kalends.domain.errors import (
    CheckpointError,
    DiskError,
    RewrittenError,
    ShortenedError,
    UnreadFileError,
    UnsignedError,
)
from kalends.log.journal_line import compose
from kalends.log.log import Log
from kalends.log.merkle import Frontier, leaf_hash
from kalends.words import Message, os_error_message


class Signer:
    """Signs a workspace's log.

    `path` is the file of the newest checkpoint and `kept` the folder of those kept for each
    publication. `edge` is a disposable file that remembers the tree's right edge and newest leaf,
    so that an append need not read the whole log. It is used only if its root is the one that was
    signed and the log still has that leaf at the same position.
    """

    def __init__(
        self, key: PrivateKey, trusted: Sequence[PublicKey], *, path: Path, kept: Path, edge: Path
    ) -> None:
        """Set the key that signs, the keys that are trusted, and the files."""
        self._key = key
        self._trusted = trusted
        self._path = path
        self._kept = kept
        self._edge = edge

    def renew(self, log: Log, *, begins: bool = False) -> Checkpoint:
        """Sign the log as it is now; call it within the writer's turn.

        If no checkpoint is left, only a log of one event is signed, unless `begins` is set:
        otherwise, deleting the checkpoints would be enough to get another version signed. Raises
        `UnsignedError` in that case; `RewrittenError` or `ShortenedError` if the log does not
        continue what was signed last; `CheckpointError` if the last checkpoint is not valid;
        `DiskError`. After an error nothing is signed.
        """
        newest = self._read(self._path)
        before, last = self._largest(newest), log.position()
        if before is None and last > 1 and not begins:
            raise UnsignedError(detail=Message("there is no checkpoint to continue from"))
        if before is not None and last < before.size:
            raise ShortenedError(size=before.size, found=last)
        edge, leaf = self._known(before, log), b""
        for row in log.rows(after=edge.size):
            leaf = leaf_hash(compose(row))
            edge.append(leaf)
            if before is not None and edge.size == before.size and edge.root() != before.root:
                raise RewrittenError(size=before.size)
        if before is not None and edge.size == before.size and self._is_ours(before):
            if newest == before:
                return before
            made = before
        else:
            log.confirm()
            made = signed(self._key, edge.size, edge.root())
        write_whole(self._path, made.content, is_forced=False, is_alone=True)
        self._remember(edge, leaf or _leaf(log, edge.size))
        return made

    def keep(self, checkpoint: Checkpoint) -> bool:
        """Keep a copy of a checkpoint; return whether it is the first of its size.

        Call it while no other publication runs: what a killed one left is removed. A file that is
        no valid checkpoint is replaced. Raises `RewrittenError` if there is a checkpoint with
        another root: then two versions were signed.
        """
        path = self._kept / f"{checkpoint.size}.txt"
        try:
            there = self._read(path)
        except CheckpointError:
            there = None
        if there is not None and (there.size, there.root) != (checkpoint.size, checkpoint.root):
            raise RewrittenError(size=there.size)
        if there is not None:
            return False
        with suppress(OSError):
            for part in self._kept.glob(".*.part"):
                part.unlink(missing_ok=True)
        write_whole(path, checkpoint.content, is_alone=True)
        return True

    def _largest(self, newest: Checkpoint | None) -> Checkpoint | None:
        """Return the largest checkpoint signed here: the newest, or a kept one.

        A kept one is larger if git reset the newest and left the kept ones in place.
        """
        for path in kept_files(self._kept)[-1:]:
            if newest is None:
                return self._read(path)
            if int(path.stem) > newest.size:
                with suppress(CheckpointError):  # `audit verify` reports what is wrong with it
                    kept = self._read(path)
                    return kept if kept is not None and kept.size > newest.size else newest
        return newest

    def _read(self, path: Path) -> Checkpoint | None:
        try:
            content = content_in(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnreadFileError(name=path.name, detail=os_error_message(error)) from None
        if not content.strip(b"\0"):
            return None  # zero bytes, as a power failure may leave: no checkpoint
        try:
            return read(content, self._trusted)
        except NoteError as error:
            raise CheckpointError(name=path.name, detail=why_not_believed(error)) from None

    def _is_ours(self, checkpoint: Checkpoint) -> bool:
        try:
            return read(checkpoint.content, [self._key.public]) == checkpoint
        except NoteError:
            return False

    def _known(self, before: Checkpoint | None, log: Log) -> Frontier:
        try:
            seen = msgspec.json.decode(content_in(self._edge))
            edge = Frontier(seen["size"], map(bytes.fromhex, seen["hashes"]))
            leaf = bytes.fromhex(seen["leaf"])
        except (
            OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError,
            msgspec.DecodeError,
        ):  # fmt: skip
            return Frontier()
        if before is None or (edge.size, edge.root()) != (before.size, before.root):
            return Frontier()
        return edge if leaf == _leaf(log, edge.size) else Frontier()

    def _remember(self, edge: Frontier, leaf: bytes) -> None:
        hashes = [digest.hex() for digest in edge.hashes]
        seen = {"size": edge.size, "hashes": hashes, "leaf": leaf.hex()}
        try:
            self._edge.parent.mkdir(parents=True, exist_ok=True)
            # Written in place: a torn file is not used, and a new file would cost as much as an
            # append.
            with open(os.open(self._edge, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as file:  # noqa: PTH123 - of a number
                file.write(msgspec.json.encode(seen))
                file.truncate()
        except OSError:
            return  # next time the whole log is read instead


def _leaf(log: Log, position: int) -> bytes:
    """Return the hash of the leaf at a position, empty if there is none."""
    row = next(log.rows(after=max(position - 1, 0), until=position), None)
    return b"" if row is None else leaf_hash(compose(row))


def write_whole(
    path: Path, content: bytes, *, is_forced: bool = True, is_alone: bool = False
) -> None:
    """Write a file whole or not at all; raise `DiskError`. See `own_files.replace`.

    With `is_forced` it takes longer than an append.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        own_files.replace(path, content, is_forced=is_forced, is_alone=is_alone)
    except OSError as error:
        raise DiskError(name=path.name, detail=os_error_message(error)) from None
