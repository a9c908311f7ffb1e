"""Calendar programs that people have see a move and a cancellation of a served feed.

Thunderbird without a window, calcurse, and `ical`, which reads calendars for Home Assistant. They
are left out where they are not there; `.ci/run` installs the last two.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest

from web.clients import program
from web.serving import run

__all__ = ["run"]
pytestmark = pytest.mark.campaign

_ICAL = """
import json, sys, urllib.request
from zoneinfo import ZoneInfo
from ical.calendar_stream import IcsCalendarStream
with urllib.request.urlopen(sys.argv[1]) as answer:
    calendar = IcsCalendarStream.calendar_from_ics(answer.read().decode())
print(json.dumps({
    each.summary: [
        each.start.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M")
        if hasattr(each.start, "hour") else each.start.isoformat(),
        str(each.status.value),
    ]
    for each in calendar.events
}))
"""
# What a profile says: one calendar, and nothing that asks the maker's servers.
_PROFILE = {
    "calendar.registry.feed.name": "feed",
    "calendar.registry.feed.type": "ics",
    "calendar.registry.feed.cache.enabled": True,
    "calendar.registry.feed.readOnly": True,
    "calendar.list.sortOrder": "feed",
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.enabled": False,
    "mailnews.start_page.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
_DEADLINE = 90


def installed(name):
    """Return the path of a program of the system; without it, leave the test out."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: apt-get install {name}")
    return found


class HomeAssistant:
    def __init__(self, _here, url):
        self.command = [program("python"), "-c", _ICAL, url]

    def sees(self, title, day):
        done = subprocess.run(self.command, capture_output=True, check=True, timeout=60)
        start, status = json.loads(done.stdout)[title]
        return start == day and (status == "CANCELLED") == title.startswith("【")


class Calcurse:
    def __init__(self, here, url):
        self.here, self.url, self.calcurse = here, url, installed("calcurse")

    def sees(self, title, day):
        own = self.here / f"calcurse{time.monotonic_ns()}"
        own.mkdir()
        with urlopen(self.url) as answer:  # noqa: S310 - our own server
            (own / "feed.ics").write_bytes(answer.read())
        call = [self.calcurse, "-q", "-D", own, "-C", own]
        how = {"env": {**os.environ, "TZ": "Asia/Shanghai", "LANG": "C.UTF-8"}}
        subprocess.run([*call, "-i", own / "feed.ics"], capture_output=True, check=True, **how)
        words = ["-Q", "--input-datefmt", "4", "--from", day[:10], "--days", "1"]
        done = subprocess.run([*call, *words], capture_output=True, check=True, text=True, **how)
        lines = [line.strip() for line in done.stdout.splitlines()]
        return title in lines and lines[lines.index(title) - 1].startswith(f"- {day[11:]} ->")


class Thunderbird:
    """It asks for the calendar when it starts, and keeps what it got in a database."""

    def __init__(self, here, url):
        self.here, self.thunderbird = here, installed("thunderbird")
        (here / "profile").mkdir()
        prefs = {**_PROFILE, "calendar.registry.feed.uri": url}
        (here / "profile" / "user.js").write_text(
            "".join(f"user_pref({json.dumps(n)}, {json.dumps(v)});\n" for n, v in prefs.items())
        )

    def sees(self, title, day):
        command = [
            self.thunderbird,
            "--headless",
            "--no-remote",
            "--profile",
            self.here / "profile",
        ]
        running = subprocess.Popen(
            command, env={**os.environ, "HOME": str(self.here)}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            end = time.monotonic() + _DEADLINE
            while time.monotonic() < end and running.poll() is None:
                if self._kept().get(title) == day:
                    return True
                time.sleep(0.5)
            return False
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait(30)

    def _kept(self):
        """Return what its database holds; it is locked while it runs, so a copy is read."""
        copy = self.here / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        try:
            shutil.copytree(self.here / "profile" / "calendar-data", copy)
            with closing(sqlite3.connect(copy / "cache.sqlite")) as db:
                rows = db.execute("SELECT title, event_start FROM cal_events").fetchall()
        except (OSError, shutil.Error, sqlite3.Error):  # not there yet, or half copied
            return {}
        zone = ZoneInfo("Asia/Shanghai")
        return {
            title: f"{datetime.fromtimestamp(start / 1e6, UTC).astimezone(zone):%Y-%m-%d %H:%M}"
            for title, start in rows
        }


@pytest.mark.parametrize("kind", [HomeAssistant, Calcurse, Thunderbird])
def test_it_sees_a_move_and_a_cancellation(campaign, run, tmp_path, kind):
    name = campaign.add("8月3日上午9点 团市委 座谈会二")
    subscriber = kind(tmp_path, f"{run().url}feeds/all.ics")
    assert subscriber.sees("团市委：座谈会二", "2020-08-03 09:00")
    campaign.move(name, "8月5日上午10点", "场地冲突")
    assert subscriber.sees("团市委：座谈会二", "2020-08-05 10:00")
    campaign.cancel(name, "下雨")
    assert subscriber.sees("【已取消】团市委：座谈会二", "2020-08-05 10:00")
