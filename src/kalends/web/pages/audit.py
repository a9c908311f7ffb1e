"""Whether the record is what it was: what is signed, how to check it, and what is not proved."""

import base64
from itertools import islice
from typing import Any

from kalends.domain.errors import N_, CheckpointError
from kalends.web.pages.page import Page
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.qr import qr
from kalends.words.plain_dates import plain_day

# So many of the checkpoints that were kept are listed, the newest first.
_MOST_KEPT = 12


def audit(reader: Reader) -> Page:
    """Return the page; it says the same where nothing is signed, or not all is published."""
    log = reader.log
    signed = _signed(reader)
    return Page(
        path="/audit",
        title=reader.words.say(N_("Is this record what it was?")),
        template="audit.html",
        has_moments=False,
        facts={
            "signed": signed,
            "signed_on": signed and _day(reader, signed["size"]),
            "is_intact": _is_intact(reader),
            "text": signed and log.checkpoint.content.decode(),
            "code": signed and qr(log.checkpoint.content.decode()),
            "newer": _newer(reader) if signed else None,
            "kept": list(islice(_kept(reader), _MOST_KEPT)),
            "since": next(iter(log.kept), None),
            "keys": log.keys,
            "has_events": log.has_events,
            "has_pack": signed and log.has_pack,
            "why_no_events": _why_no_events(reader),
            "commands": _commands(reader) if signed else None,
        },
        data=lambda: {
            "signed": signed,
            "kept": list(log.kept),
            "keys": log.keys,
            "public_log": log.has_events,
        },
    )


def _signed(reader: Reader) -> dict[str, Any] | None:
    """Return what the newest checkpoint says; None where nothing is signed, or nothing valid."""
    try:
        if not reader.log.is_signed:
            return None
    except CheckpointError:
        return None
    checkpoint = reader.log.checkpoint
    return {
        "size": checkpoint.size,
        "at": _at(reader, checkpoint.size),
        "origin": checkpoint.origin,
        "root": base64.b64encode(checkpoint.root).decode("ascii"),
    }


def _is_intact(reader: Reader) -> bool:
    """Return whether nothing speaks against the record: no signature, or one that is right."""
    try:
        return not reader.log.is_signed or reader.log.is_intact
    except CheckpointError:
        return False


def _at(reader: Reader, size: int) -> str | None:
    """Return when the last event that a checkpoint covers was recorded, if it is here."""
    if size > reader.log.position:
        return None
    return f"{reader.record.recorded_at(size):%Y-%m-%dT%H:%M:%SZ}"


def _day(reader: Reader, size: int) -> str:
    """Return the day of the last event that a checkpoint covers, in the campaign's zone."""
    at = reader.record.recorded_at(min(size, reader.log.position))
    day = at.astimezone(reader.record.zone).date()
    return plain_day(reader.words, day, this_year=reader.today.year)


def _newer(reader: Reader) -> str | None:
    """Return how many events were recorded after the newest checkpoint; None for none."""
    count = reader.log.position - reader.log.checkpoint.size
    if count <= 0:
        return None
    return reader.words.plural(
        "{count} event was recorded after it and is not signed yet.",
        "{count} events were recorded after it and are not signed yet.",
        count,
    )


def _kept(reader: Reader) -> Any:
    for size in reversed(reader.log.kept):
        yield {"size": size, "link": reader.file(f"/checkpoints/{size}.txt")}


def _why_no_events(reader: Reader) -> str | None:
    """Return why the events themselves are not published; None where they are."""
    say = reader.words.say
    if reader.log.has_events:
        return None
    if reader.log.is_asked_for:
        return say(
            N_(
                "The events themselves are not published here now: an activity is withheld from "
                "the public, and the journal holds it. They come back when it is released."
            )
        )
    return say(
        N_(
            "The events themselves are not published here, because the journal also holds what "
            "may be withheld from the public. Their hashes are, so that nothing can be changed "
            "unseen."
        )
    )


def _commands(reader: Reader) -> list[str]:
    """Return three commands that check the log, or else one activity, without us."""
    base = reader.links.whole("/checkpoint").removesuffix("/checkpoint")
    if "://" not in base:
        base = "https://…"
    if reader.log.has_events:
        return [
            f"curl -O {base}/checkpoint -O {base}/key.txt -O {base}/verify.py",
            f"curl -O {base}/journal.jsonl",
            "python3 verify.py journal.jsonl checkpoint --key key.txt",
        ]
    newest = next(iter(reader.record.recent(1)), None)
    activity = "ID" if newest is None else newest.after.id
    return [
        f"curl -O {base}/key.txt -O {base}/verify.py",
        f"curl -O {base}/activities/{activity}/proof.json",
        "python3 verify.py proof.json --key key.txt",
    ]
