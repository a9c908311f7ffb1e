"""A campaign's life in commands, and what its feeds must show after each of them."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reader_programs import Reading

SHORT = {"police": {"zh": "市公安局", "en": "Police"}, "youth": {"zh": "团市委", "en": "Youth"}}
_COLON = {"zh": "：", "en": ": "}
_CANCELLED = {"zh": "【已取消】", "en": "[Cancelled] "}
_EMPTY = {"zh": "本日历暂无活动", "en": "Nothing in this calendar at present"}


@dataclass
class _Activity:
    """An activity as the script knows it: `start` and `end` as a calendar shows them."""

    title: str
    lead: str
    start: str
    end: str
    cancelled: bool = False
    withheld: bool = False
    undone: bool = False
    tag: str = ""


class Life:
    """A workspace in which one thing happens after the other; its feeds are published."""

    def __init__(self, folder: Path, *, feed_format: int, language: str) -> None:
        """Make the workspace with its two departments."""
        self._folder = folder
        self._format = feed_format
        self._language = language
        self._known: dict[str, _Activity] = {}
        self._emptied: dict[str, str] = {}
        self.feeds = folder / "feeds"
        self._call(
            "init", str(folder), "--title", "创城, Day; 1", "--language", language,
            "--from", "2020-06-01", "--to", "2020-12-31", "--site", "https://x.example/feeds",
        )  # fmt: skip
        self._run("campaign", "set", "--feed-format", str(feed_format))
        self._domain = self._run("campaign", "show")["campaign"]["uid_domain"]
        for code, names in SHORT.items():
            self._run("dept", "add", f"{names[language]} ({code})", "--code", code,
                      "--alias", names[language])  # fmt: skip

    def steps(self) -> Iterator[str]:
        """Do one step after the other, publish, and yield its name."""
        for step in (
            self._record, self._plan, self._move, self._cancel, self._reinstate, self._hold,
            self._correct, self._redate, self._retract, self._undo_at_once, self._empty,
            self._fill_again, self._empty_again, self._coarsen,
        ):  # fmt: skip
            step()
            self._run("publish")
            yield step.__name__.strip("_")

    def expected(self) -> dict[str, set[Reading]]:
        """Return of each feed what it must show."""
        names = ("all", "police", "youth", "tag-road")
        return {name: self._in(name) for name in names if (self.feeds / f"{name}.ics").exists()}

    def _in(self, feed: str) -> set[Reading]:
        of = feed.removeprefix("tag-")
        shown = {
            Reading(
                f"activity-{name}@{self._domain}", self._titled(activity), activity.start, activity.end,
                activity.cancelled,
            )
            for name, activity in self._known.items()
            if (feed == "all" or of in {activity.lead, activity.tag})
            and not activity.withheld
            and not (activity.undone and self._format > 1)
        }  # fmt: skip
        if shown or self._format == 1 or feed not in self._emptied:
            return shown
        day = self._emptied[feed]
        title = _CANCELLED[self._language] + _EMPTY[self._language]
        uid = self._uid_of_empty(feed)
        return {Reading(uid, title, day, _day_after(day), cancelled=True)}

    def _uid_of_empty(self, feed: str) -> str:
        if feed.startswith("tag-"):
            feed = "tag-" + hashlib.sha256(feed.removeprefix("tag-").encode()).hexdigest()[:20]
        return f"empty-{feed}@{self._domain}"

    def _titled(self, activity: _Activity) -> str:
        title = activity.title
        if self._format > 1:
            title = SHORT[activity.lead][self._language] + _COLON[self._language] + title
        return _CANCELLED[self._language] + title if activity.cancelled else title

    def _record(self) -> None:
        self._first = self._add("推进会, 一; 二: 三", "police", "2020-07-14", "2020-07-15")

    def _plan(self) -> None:
        self._second = self._add(
            "Road, safety; day " + "很长的标题" * 20, "youth", "2020-08-20T01:30Z",
            "2020-08-20T03:00Z", "--planned", when="2020-08-20 9:30-11:00", tag="road",
        )  # fmt: skip

    def _move(self) -> None:
        self._run("move", self._second, "--to", "2020-08-21 14:00-15:00", "--reason", "rain; ,")
        self._set(self._second, start="2020-08-21T06:00Z", end="2020-08-21T07:00Z")

    def _cancel(self) -> None:
        self._run("cancel", self._second, "--reason", "storm")
        self._set(self._second, cancelled=True)

    def _reinstate(self) -> None:
        self._run("reinstate", self._second, "--reason", "sun")
        self._set(self._second, cancelled=False)

    def _hold(self) -> None:
        self._run("held", self._second)

    def _correct(self) -> None:
        self._run("correct", self._first, "--title", "座谈会", "--reason", "笔误")
        self._set(self._first, title="座谈会")

    def _redate(self) -> None:
        self._run("correct", self._first, "--when", "2020-07-15至2020-07-16", "--reason", "错")
        self._set(self._first, start="2020-07-15", end="2020-07-17")

    def _retract(self) -> None:
        third = self._add("重复", "police", "2020-07-18", "2020-07-19")
        self._run("correct", third, "--place", "室", "--reason", "漏")
        self._run("retract", third, "--reason", "重复")
        self._set(third, cancelled=True)

    def _undo_at_once(self) -> None:
        fourth = self._add("误记", "youth", "2020-09-01", "2020-09-02", tag="road")
        self._run("undo")
        self._set(fourth, undone=True, cancelled=True)

    def _empty(self) -> None:
        self._run("withhold", self._second, "--reason", "未公开")
        self._set(self._second, withheld=True)
        self._emptied |= {"youth": "2020-08-21", "tag-road": "2020-08-21"}

    def _fill_again(self) -> None:
        self._run("release", self._second)
        self._set(self._second, withheld=False)

    def _empty_again(self) -> None:
        self._empty()

    def _coarsen(self) -> None:
        self._run("correct", self._first, "--when", "2020年7月", "--reason", "无据")
        self._set(self._first, cancelled=True)

    def _set(self, name: str, **changes: object) -> None:
        for key, value in changes.items():
            setattr(self._known[name], key, value)

    def _add(
        self,
        title: str,
        lead: str,
        start: str,
        end: str,
        *more: str,
        when: str = "",
        tag: str = "",
    ) -> str:
        tags = ["--tag", tag] if tag else []
        added = self._run(
            "add", "--when", when or start, "--dept", lead, "--title", title, *tags, *more
        )
        name = str(added["activity"]["id"])
        self._known[name] = _Activity(title=title, lead=lead, start=start, end=end, tag=tag)
        return name

    def _run(self, *arguments: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = json.loads(
            self._call("-C", str(self._folder), "--json", *arguments)
        )
        return found

    def _call(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "kalends", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _day_after(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))
