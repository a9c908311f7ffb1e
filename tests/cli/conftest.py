"""The command line, called as a person calls it, at a clock and with ids that tests set."""

import json
import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from kalends.application.workspaces.machine import Machine
from kalends.cli.app import main
from settings_folder import move_settings


@dataclass
class Said:
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        """Return the one JSON document."""
        return json.loads(self.out)


class FakeMachine:
    """A machine whose clock tests set: a minute passes with every call."""

    def __init__(self):
        self.now = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)
        self.numbers = count(1)

    def lent(self):
        """Return what it lends to a call."""
        return Machine(
            now=lambda: self.now,
            new_id=lambda: f"{next(self.numbers):03d}abcdefghj",
            new_seed=lambda: os.urandom(32),
            pause=time.sleep,
            user=lambda: os.environ["KALENDS_ACTOR"],
        )


@pytest.fixture
def machine(monkeypatch):
    made = FakeMachine()
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KALENDS_LANG", "KALENDS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KALENDS_ACTOR", "li")
    return made


@pytest.fixture
def kalends(machine, capfd, monkeypatch, tmp_path):
    """Call the program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        machine.now += timedelta(minutes=1)
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments], machine=machine.lent())
        out, err = capfd.readouterr()
        return Said(left.value.code, out, err)

    return call


@dataclass(frozen=True)
class Template:
    """A workspace that was made once, the settings of who made it, and the machine's state then."""

    folder: Path
    settings: Path
    now: datetime
    numbers: int

    def copy_to(self, folder, settings, machine):
        """Be as if all had been called anew in another folder."""
        shutil.copytree(self.folder, folder)
        shutil.copytree(self.settings, settings, dirs_exist_ok=True)
        machine.now = self.now
        machine.numbers = count(self.numbers)


def made_once(place: Path, steps, before: Template | None = None) -> Template:
    """Return the workspace that calls make in a folder, beginning with one that is there."""
    settings, machine = place / "settings", FakeMachine()
    if before:
        before.copy_to(place / "w", settings, machine)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("KALENDS_ACTOR", "li")
        move_settings(patch, settings)
        for words in steps:
            machine.now += timedelta(minutes=1)
            with pytest.raises(SystemExit) as left:
                main(list(words), machine=machine.lent())
            assert left.value.code == 0
    return Template(place / "w", settings, machine.now, next(machine.numbers))


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """Return a workspace with two departments of a city."""
    steps = (
        ["init", "w", "--title", "创城", "--from", "2020-06-01", "--to", "2020-12-31",
         "--lang", "en"],
        ["-C", "w", "dept", "add", "辽源市", "--code", "city", "--alias", "我市"],
        ["-C", "w", "dept", "add", "共青团辽源市委员会", "--code", "tsw", "--alias", "团市委",
         "--parent", "city"],
        ["-C", "w", "dept", "add", "辽源市教育局", "--code", "jyj", "--alias", "市教育局",
         "--parent", "city"],
    )  # fmt: skip
    return made_once(tmp_path_factory.mktemp("template"), steps)


@pytest.fixture
def workspace(kalends, machine, tmp_path, monkeypatch, config_home, template):
    """Call the program in a workspace with two departments of a city."""
    template.copy_to(tmp_path / "w", config_home, machine)
    monkeypatch.chdir(tmp_path / "w")
    return kalends


@pytest.fixture
def recorded(workspace):
    """Return a call in a workspace, and the id of an activity recorded there."""
    said = workspace("--json", "add", "7月14日上午 团市委 召开推进会 #推进会 @会议室")
    assert said.code == 0, said
    return workspace, said.document["activity"]["id"]


@pytest.fixture
def planned(workspace):
    """Return a call in a workspace, and the id of an activity planned there."""
    said = workspace("--json", "add", "8月14日 团市委 召开推进会")
    assert said.code == 0, said
    return workspace, said.document["activity"]["id"]
