"""Calendar programs, asked what they read: UID, title, beginning, end, and whether cancelled."""

import ctypes
import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import icalendar


class Reading(NamedTuple):
    """An entry as a program shows it; days as `2020-07-14`, moments as `2020-07-14T01:30Z`."""

    uid: str
    title: str
    start: str
    end: str
    cancelled: bool


class Reader(Protocol):
    """A program that reads a calendar's file, or the feed of that name over HTTP."""

    name: str

    def read(self, path: Path, feed: str) -> set[Reading]:
        """Return what it shows; without UIDs where these are its own."""


class ICalendar:
    """icalendar, the library that Kalends itself checks feeds with."""

    name = "icalendar"

    def read(self, path: Path, feed: str) -> set[Reading]:  # noqa: ARG002 - of the protocol
        """Return the events of the file."""
        events = icalendar.Calendar.from_ical(path.read_bytes()).events
        return {
            Reading(
                str(event["UID"]), str(event["SUMMARY"]), said(event["DTSTART"].dt),
                said(event["DTEND"].dt), event["STATUS"] == "CANCELLED",
            )
            for event in events
        }  # fmt: skip


_PYTHON = {
    "recurring-ical-events": """
import sys, icalendar, recurring_ical_events
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
for e in recurring_ical_events.of(calendar).between((2020, 1, 1), (2021, 1, 1)):
    tell(e["UID"], e["SUMMARY"], e["DTSTART"].dt, e["DTEND"].dt, e["STATUS"])
""",
    "vobject": """
import sys, vobject
calendar = vobject.readOne(open(sys.argv[1], newline="", encoding="utf-8").read())
for e in calendar.contents.get("vevent", []):
    tell(e.uid.value, e.summary.value, e.dtstart.value, e.dtend.value, e.status.value)
""",
}
_TELL = """
import json
from datetime import datetime, timezone
def tell(uid, title, start, end, status):
    said = [
        f"{at.astimezone(timezone.utc):%Y-%m-%dT%H:%MZ}" if isinstance(at, datetime) else str(at)
        for at in (start, end)
    ]
    print(json.dumps([str(uid), str(title), *said, str(status) == "CANCELLED"]))
"""


class InPython:
    """A library of Python, in an environment of its own."""

    def __init__(self, name: str, environment: Path) -> None:
        """Name it."""
        self.name = name
        self._python = environment / "bin" / "python"

    def read(self, path: Path, feed: str) -> set[Reading]:  # noqa: ARG002 - of the protocol
        """Return the events of the file."""
        return _lines([self._python, "-c", _TELL + _PYTHON[self.name], path])


_NODE = {
    "ical.js": """
const ICAL = await import("ical.js").then(m => m.default);
const all = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
for (const one of all) {
  const e = new ICAL.Event(one);
  const at = t => t.isDate ? t.toString() : t.toJSDate().toISOString().slice(0, 16) + "Z";
  tell(e.uid, e.summary, at(e.startDate), at(e.endDate), one.getFirstPropertyValue("status"));
}
""",
    "node-ical": """
const ical = await import("node-ical").then(m => m.default);
for (const e of Object.values(ical.sync.parseICS(text))) {
  if (e.type !== "VEVENT") continue;
  const day = d => [d.getFullYear(), d.getMonth() + 1, d.getDate()]
    .map(n => String(n).padStart(2, "0")).join("-");
  const at = d => e.datetype === "date" ? day(d) : d.toISOString().slice(0, 16) + "Z";
  tell(e.uid, e.summary, at(e.start), at(e.end), e.status);
}
""",
}
_TELL_NODE = """
const text = (await import("node:fs")).readFileSync(process.argv[1], "utf8");
const tell = (uid, title, start, end, status) =>
  console.log(JSON.stringify([uid, title, start, end, status === "CANCELLED"]));
"""


class InNode:
    """A library of JavaScript."""

    def __init__(self, name: str, folder: Path) -> None:
        """Name it; its modules are in the folder."""
        self.name = name
        self._folder = folder

    def read(self, path: Path, feed: str) -> set[Reading]:  # noqa: ARG002 - of the protocol
        """Return the events of the file."""
        code = _TELL_NODE + _NODE[self.name]
        command = ["node", "--input-type=module", "-e", code, path.resolve()]
        return _lines(command, cwd=self._folder)


class Libical:
    """libical, of GNOME, KDE and others: it checks the file, and writes it again as it reads it."""

    name = "libical"

    def __init__(self, library: Path) -> None:
        """Load the shared library."""
        self._c: Any = ctypes.CDLL(str(library))
        for name in ("icalparser_parse_string", "icalcomponent_as_ical_string"):
            getattr(self._c, name).restype = ctypes.c_void_p
        self._c.icalparser_parse_string.argtypes = [ctypes.c_char_p]
        for name in (
            "icalcomponent_as_ical_string", "icalrestriction_check",
            "icalcomponent_strip_errors", "icalcomponent_count_errors", "icalcomponent_free",
        ):  # fmt: skip
            getattr(self._c, name).argtypes = [ctypes.c_void_p]

    def read(self, path: Path, feed: str) -> set[Reading]:
        """Return the events of the file; an error where libical finds one."""
        component = self._c.icalparser_parse_string(path.read_bytes())
        if not component or self._c.icalcomponent_count_errors(component):
            return {Reading("libical", "an error", "", "", cancelled=False)}
        octets = ctypes.string_at(self._c.icalcomponent_as_ical_string(component))
        has_events = b"BEGIN:VEVENT" in octets
        # A calendar without components breaks RFC 5545 (3.6), and format 1 has such ones.
        is_valid = self._c.icalrestriction_check(component) or not has_events
        self._c.icalcomponent_free(component)
        if not is_valid:
            return {Reading("libical", "not valid", "", "", cancelled=False)}
        again = path.with_name(f".{feed}.libical")
        again.write_bytes(octets)
        try:
            return ICalendar().read(again, feed)
        finally:
            again.unlink()


_SYNCED = """
[general]
status_path = "{folder}/status/"
[pair {pair}]
a = "{pair}_local"
b = "{pair}_remote"
collections = null
conflict_resolution = "b wins"
[storage {pair}_local]
type = "filesystem"
path = "{folder}/{feed}/"
fileext = ".ics"
[storage {pair}_remote]
type = "http"
url = "{address}/{feed}.ics"
"""
_KHAL = """
[calendars]
[[feed]]
path = {folder}/{feed}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/{feed}.db
[default]
default_calendar = feed
"""
_FIELDS = ("title", "start-long", "end-long", "status", "all-day")


class Khal:
    """khal, on what vdirsyncer fetches over HTTP: only what it takes for a change arrives."""

    name = "vdirsyncer and khal"

    def __init__(self, environment: Path, folder: Path, address: str) -> None:
        """Name the environment of both, a folder for them, and where the feeds are served."""
        self._bin = environment / "bin"
        self._folder = folder
        self._address = address

    def read(self, path: Path, feed: str) -> set[Reading]:  # noqa: ARG002 - it is fetched
        """Fetch the feed twice, the second time without a change, and return what khal lists."""
        (self._folder / feed).mkdir(parents=True, exist_ok=True)
        fields = {"folder": self._folder, "feed": feed, "address": self._address}
        settings = self._folder / f"{feed}.vdirsyncer"
        pair = feed.replace("-", "_")
        settings.write_text(_SYNCED.format(pair=pair, **fields), "utf-8")
        vdirsyncer = [self._bin / "vdirsyncer", "-c", settings]
        if not (self._folder / "status" / pair).exists():
            subprocess.run([*vdirsyncer, "discover"], check=True, capture_output=True, input=b"")
        self._sync(vdirsyncer)
        if b"Copying" in self._sync(vdirsyncer):
            return {
                Reading("vdirsyncer", "copies again what did not change", "", "", cancelled=False)
            }
        khal = self._folder / f"{feed}.khal"
        khal.write_text(_KHAL.format(**fields), "utf-8")
        command = [self._bin / "khal", "-c", khal, "list", "--once"]
        for field in _FIELDS:
            command += ["--json", field]
        done = subprocess.run([*command, "2020-01-01", "366d"], check=True, capture_output=True)
        found = [event for line in done.stdout.splitlines() for event in json.loads(line)]
        return {self._reading(event) for event in found}

    def _sync(self, vdirsyncer: list[Any]) -> bytes:
        # An empty calendar over what was filled is refused: that is what format 2 is there for.
        done = subprocess.run([*vdirsyncer, "sync"], check=False, capture_output=True)
        return done.stdout + done.stderr

    def _reading(self, event: dict[str, str]) -> Reading:
        whole = event["all-day"] == "True"
        start, end = (_moment(event[key], whole=whole) for key in ("start-long", "end-long"))
        if whole and isinstance(end, date):
            end += timedelta(days=1)
        title, cancelled = event["title"], "CANCELLED" in event["status"]
        return Reading("", title, said(start), said(end), cancelled)


def said(at: date) -> str:
    """Return a day or a moment as `Reading` has it."""
    if isinstance(at, datetime):
        return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return str(at)


def _moment(text: str, *, whole: bool) -> date:
    if whole:
        return date.fromisoformat(text[:10])
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _lines(command: list[Any], cwd: Path | None = None) -> set[Reading]:
    done = subprocess.run(command, check=True, capture_output=True, cwd=cwd)
    return {Reading(*json.loads(line)) for line in done.stdout.splitlines()}
