"""Programs that subscribe over HTTP: vdirsyncer and khal see a move and a cancellation."""

import json
import os
import subprocess

import pytest

from web.clients import program
from web.serving import run

__all__ = ["run"]
pytestmark = pytest.mark.campaign

_SYNC = """
[general]
status_path = "{here}/status/"

[pair feed]
a = "served"
b = "own"
collections = null
conflict_resolution = "a wins"

[storage served]
type = "http"
url = "{url}feeds/all.ics"

[storage own]
type = "filesystem"
path = "{here}/own/"
fileext = ".ics"
"""
_KHAL = """
[calendars]
[[feed]]
path = {here}/own/

[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {here}/khal.db

[default]
default_calendar = feed
"""


class Subscriber:
    """A person who copies a served feed with vdirsyncer, and reads it with khal."""

    def __init__(self, here, url):
        (here / "own").mkdir()
        (here / "sync").write_text(_SYNC.format(here=here, url=url))
        (here / "khal").write_text(_KHAL.format(here=here))
        self.here = here
        self.call("vdirsyncer", "-c", here / "sync", "discover")

    def call(self, name, *words):
        home = {
            **os.environ,
            "HOME": str(self.here),
            "XDG_CONFIG_HOME": str(self.here),
            "LANG": "C.UTF-8",
        }
        done = subprocess.run(
            [program(name), *words], capture_output=True, check=False, text=True, timeout=60, env=home, input="y\n",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sync(self):
        """Return what was copied: the lines that say so."""
        said = self.call("vdirsyncer", "-c", self.here / "sync", "sync")
        return [line for line in said.splitlines() if "opying" in line or "eleting" in line]

    def seen(self):
        """Return what khal shows: the days and the hours by title."""
        said = self.call(
            "khal", "-c", self.here / "khal", "list", "--json", "title", "--json", "start", "--json", "status",
            "--day-format", "", "2020-06-01", "2020-12-31",
        )  # fmt: skip
        found = [
            each for line in said.splitlines() if line.startswith("[") for each in json.loads(line)
        ]
        return {each["title"]: (each["start"], each["status"].strip()) for each in found}


def test_a_move_and_a_cancellation_arrive_and_nothing_is_copied_twice(campaign, run, tmp_path):
    name = campaign.add("8月3日上午9点 团市委 座谈会二")
    subscriber = Subscriber(tmp_path, run().url)
    assert subscriber.sync()
    assert subscriber.sync() == []
    first = subscriber.seen()
    assert first["团市委：座谈会二"][0] == "2020-08-03 09:00"
    campaign.move(name, "8月5日上午10点", "场地冲突")
    assert len(subscriber.sync()) == 2  # the old one away, the new one there
    assert subscriber.sync() == []
    moved = subscriber.seen()
    assert moved["团市委：座谈会二"][0] == "2020-08-05 10:00"
    assert len(moved) == len(first)
    campaign.cancel(name, "下雨")
    assert len(subscriber.sync()) == 2  # the old one away, the new one there
    assert subscriber.sync() == []
    cancelled = subscriber.seen()
    assert "团市委：座谈会二" not in cancelled
    (title,) = (each for each in cancelled if "座谈会二" in each)
    assert "已取消" in title
    assert "CANCELLED" in cancelled[title][1]
