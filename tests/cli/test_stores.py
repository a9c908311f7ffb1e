"""The whole command line over both stores: the same answers, the same files, the same root."""

import re
import shlex
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from kalends.application.machine import Machine
from kalends.cli.app import main
from postgres_server import address, server

__all__ = ["address"]

INIT = "init . --title 创城 --from 2020-06-01 --to 2020-12-31 --language zh --timezone Asia/Shanghai --lang en"
# FIRST, SECOND and THIRD are the ids of the activities in the order in which they came.
JOURNEY = """
dept add 辽源市 --code city
dept add 共青团辽源市委员会 --code tsw --alias 团市委 --parent city
dept add 辽源市教育局 --code jyj --alias 市教育局 --parent city
add 7月14日上午 团市委 召开创城推进会 #推进会 @会议室
add --planned 8月14日 市教育局 志愿服务
--json add 7月15日 团市委 走访 -n
add 7月15日 团市委 走访
move SECOND --to 8月20日下午3点 --reason 下雨
held SECOND
correct FIRST --title 召开推进会 --reason 记错
undo
retract THIRD --reason 重复
retract THIRD --reason 重复
add 嘿嘿 团市委 走访
withhold FIRST --reason 未定
release FIRST
publish
history 团市委
--json history 共青团辽源市委员会
agenda --all
agenda --all --known-at 6
search 志愿
show SECOND
log
--json log --known-at 5
late
diff 5 10
report
feed ls
feed show all
feed check
feed explain FIRST
audit verify
--json audit verify
audit replay
audit prove FIRST -o proof
audit check proof
audit pack -o pack.zip
audit check-pack pack.zip
campaign show
campaign set --title 创城活动
publish
doctor
"""


REFUSED_STEPS = {"add 嘿嘿 团市委 走访"}


class Caller:
    """Calls the program in a folder; its clock, ids and keys are the same for each."""

    def __init__(self, folder, capfd, monkeypatch):
        self.folder, self.capfd, self.patch = folder, capfd, monkeypatch
        folder.mkdir()
        self.now = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)
        numbers = count(1)
        self.machine = Machine(
            now=lambda: self.now,
            new_id=lambda: f"{next(numbers):03d}abcdefghj",
            new_seed=lambda: bytes(32),
            pause=time.sleep,
            user=lambda: "li",
        )

    def __call__(self, line):
        self.now += timedelta(minutes=1)
        self.patch.chdir(self.folder)
        self.patch.setenv(
            "XDG_CONFIG_HOME", str(self.folder.with_name(f"{self.folder.name}-home"))
        )
        for name, activity in zip(("FIRST", "SECOND", "THIRD"), self.activities(), strict=False):
            line = line.replace(name, activity)
        self.capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(shlex.split(line), machine=self.machine)
        return (line, left.value.code, *self.capfd.readouterr())

    def activities(self):
        """Return the ids of the activities."""
        journal = self.folder / "events" / "journal.jsonl"
        text = journal.read_text("utf-8") if journal.exists() else ""
        return re.findall(r'"activity-(\w+)","version":1,', text)

    def restart(self, store=""):
        """Remove the database, and let the settings name another store."""
        (self.folder / "events" / "kalends.db").unlink()
        with (self.folder / "kalends.toml").open("a", encoding="utf-8") as settings:
            settings.write(store)

    def files(self):
        """Return what is kept and published."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".kalends" not in path.parts and "kalends." not in path.name
        }


def settings(address):
    return f'\n[store]\nurl = "{address.url}"\nschema = "{address.schema}"\n'


@pytest.fixture
def callers(tmp_path, capfd, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KALENDS_STORE_URL"):
        monkeypatch.delenv(name, raising=False)
    return lambda name: Caller(tmp_path / name, capfd, monkeypatch)


def steps():
    return JOURNEY.strip().splitlines()


def test_every_command_answers_the_same_over_both_stores(callers, address):
    ours, theirs = callers("sqlite"), callers("postgres")
    for caller, store in ((ours, ""), (theirs, settings(address))):
        assert caller(INIT)[1] == 0
        caller.restart(store)

    for step in steps():
        expected, found = ours(step), theirs(step)
        assert (expected[1] == 0) == (step not in REFUSED_STEPS), expected
        assert [
            part if isinstance(part, int) else part.replace("/postgres", "/sqlite")
            for part in found
        ] == list(expected)

    assert theirs.files() == ours.files()
    assert not (theirs.folder / "events" / "kalends.db").exists()
    rows = server().sql(f"SELECT count(*) FROM {address.schema}.stored_events")
    assert rows[0][0] == len(ours.files()["events/journal.jsonl"].splitlines()) == 15


@pytest.fixture
def journey(callers, address):
    """Return a caller whose log is in PostgreSQL, with a few events."""
    caller = callers("w")
    assert caller(INIT)[1] == 0
    caller.restart(settings(address))
    for step in steps()[:5]:
        assert caller(step)[1] == 0, step
    return caller


def test_the_address_may_come_from_the_environment(callers, address, monkeypatch):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    caller.restart(f'\n[store]\nschema = "{address.schema}"\n')
    assert caller("log")[1] == 2
    monkeypatch.setenv("KALENDS_STORE_URL", address.url.replace("postgres@", "postgres:secret@"))

    _, code, out, err = caller("dept add 辽源市 --code city")

    assert code == 0, err
    assert "secret" not in out + err
    assert server().sql(f"SELECT count(*) FROM {address.schema}.stored_events") == [(2,)]


def test_in_a_clone_the_environment_can_choose_sqlite(journey, monkeypatch):
    monkeypatch.setenv("KALENDS_STORE_URL", "sqlite")

    assert journey("log")[1] == 0
    assert (journey.folder / "events" / "kalends.db").exists()


REFUSED = {
    'url = "postgresql://kalends:secret@db/records"': "password-in-address",
    'url = "postgresql://kalends@db/records?password=secret"': "password-in-address",
    'url = "postgresql://kalends@db/records?sslpassword="': "password-in-address",
    'url = "mysql://kalends@db/records"': "bad-store-address",
    'url = "db.example.org"': "bad-store-address",
    'url = "postgresql://[/records"': "bad-store-address",
    'url = "postgresql://db/records"\nschema = "Liaoyuan"': "bad-store-address",
    'url = "postgresql://db/records"\nschema = "pg_catalog"': "bad-store-address",
    'url = "postgresql://db/records"\nschema = ""': "bad-store-address",
    "url = 7": "bad-setting",
    'uri = "postgresql://db/records"': "bad-setting",
    'schema = "liaoyuan"': "bad-setting",
}


@pytest.mark.parametrize("setting", REFUSED)
def test_settings_of_the_store_that_are_not_valid_are_refused(callers, setting):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    before = (caller.folder / "kalends.toml").read_bytes()
    caller.restart(f"\n[store]\n{setting}\n")

    _, code, out, _ = caller("--json log")

    assert code == 2
    assert f'"{REFUSED[setting]}"' in out
    assert "secret" not in out
    (caller.folder / "kalends.toml").write_bytes(before)
    assert caller("log")[1] == 0


def test_a_server_that_is_away_is_said_and_nothing_is_lost(journey):
    toml = journey.folder / "kalends.toml"
    text = toml.read_text("utf-8")
    toml.write_text(re.sub('host=[^"]*', "host=/nowhere", text), "utf-8")

    _, code, _, err = journey("add 7月16日 团市委 走访")
    assert (code, "postgresql:///nowhere" in err) == (10, True), err
    assert not (journey.folder / "events" / "kalends.db").exists()

    toml.write_text(text, "utf-8")
    assert journey("add 7月16日 团市委 走访")[1] == 0


def test_a_row_changed_on_the_server_is_found(journey, address):
    assert journey("audit verify")[1] == 0
    server().sql(
        f"UPDATE {address.schema}.stored_events SET topic = 'activity.held' WHERE notification_id = 2"
    )

    assert journey("audit verify")[1] == 8


def test_two_folders_record_in_one_schema(journey, callers):
    other = callers("other")
    for path in ("kalends.toml", "events/journal.jsonl", "events/checkpoint"):
        (other.folder / path).parent.mkdir(exist_ok=True)
        (other.folder / path).write_bytes((journey.folder / path).read_bytes())
    other.now += timedelta(hours=1)

    assert other("dept add 水务局 --code swj")[1] == 0
    journey.now += timedelta(hours=2)
    assert journey("dept add 林业局 --code lyj")[1] == 0

    journals = [
        (c.folder / "events" / "journal.jsonl").read_text("utf-8") for c in (journey, other)
    ]
    assert journals[0].startswith(journals[1])
    assert len(journals[0].splitlines()) == len(journals[1].splitlines()) + 1


def test_without_the_library_it_is_said_how_to_install_it(callers, address, monkeypatch):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    caller.restart(settings(address))
    for name in [name for name in sys.modules if name.startswith("kalends.log.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    _, code, out, _ = caller("--json log")

    assert code == 10
    assert '"no-postgres"' in out
