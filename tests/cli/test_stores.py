"""The whole command line over both stores: the same answers, the same files, the same root."""

import json
import re
import shlex
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import count, product
from pkgutil import resolve_name

import psycopg
import pytest

from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.workspace import Workspace
from kalends.cli.app import main
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import StoreMovedError
from kalends.domain.value import replace
from kalends.log.log import Log
from kalends.log.postgres.store import PostgresBackend
from postgres_server import address, second_server, server, until

__all__ = ["address"]
pytestmark = pytest.mark.campaign  # it starts a server

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
        folder.mkdir(exist_ok=True)
        self.home = folder.with_name(f"{folder.name}-home")
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
        self.patch.setenv("XDG_CONFIG_HOME", str(self.home))
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
            if path.is_file()
            and ".kalends" not in path.parts
            and not path.name.startswith("kalends.db")
        }


def settings(address):
    return f'\n[store]\nurl = "{address.url}"\nschema = "{address.schema}"\n'


def alike(answer):
    """Return an answer without the folder's name; a server needs no local disk."""
    line, code, *texts = answer
    texts = [text.replace("/postgres", "/sqlite") for text in texts]
    return [line, code, *(text.replace("√ 数据库位于本机磁盘\n", "") for text in texts)]


@pytest.fixture
def callers(tmp_path, capfd, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KALENDS_STORE_URL"):
        monkeypatch.delenv(name, raising=False)

    def caller(name, again=None):
        made = Caller(tmp_path / name, capfd, monkeypatch)
        if again is not None:
            made.now = again.now
            made.machine = replace(again.machine, now=lambda: made.now)
        return made

    return caller


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
        assert alike(found) == alike(expected)

    assert {**theirs.files(), "kalends.toml": b""} == {**ours.files(), "kalends.toml": b""}
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
    assert (code, "postgresql:///nowhere" in err, err.count("\n")) == (10, True, 2), err
    assert not (journey.folder / "events" / "kalends.db").exists()

    toml.write_text(text, "utf-8")
    assert journey("add 7月16日 团市委 走访")[1] == 0


def test_a_row_changed_on_the_server_is_found(journey, address):
    assert journey("audit verify")[1] == 0
    server().sql(
        f"UPDATE {address.schema}.stored_events SET topic = 'activity.held' WHERE notification_id = 2"
    )

    _, code, out, _ = journey("audit verify --lang en")
    assert (code, "kalends.db" in out) == (8, False)
    assert "the database on the server was changed. Rename its schema there" in out
    server().sql(f"ALTER SCHEMA {address.schema} RENAME TO {address.schema}_aside")
    assert journey("audit verify")[1] == 0
    assert journey("log")[1] == 0
    server().sql(f"DROP SCHEMA {address.schema}_aside CASCADE")


def test_a_server_and_a_journal_that_differ_are_named_and_the_hint_helps(journey, address):
    path = journey.folder / "events" / "journal.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join([*lines[:-1], lines[-1].replace('"via":"cli"', '"via":"web"')]), "utf-8"
    )

    _, code, _, err = journey("agenda --lang en")

    assert (code, "kalends.db" in err) == (8, False)
    assert "events/journal.jsonl and postgresql://" in err
    assert f"#{address.schema}, differ from position" in err
    assert "`mv events/journal.jsonl ..` and `kalends publish`" in err
    path.rename(journey.folder / "aside.jsonl")
    assert journey("publish")[1] == 0
    assert path.read_text("utf-8") == "".join(lines)


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


def test_without_the_library_it_is_said_how_to_install_it(callers, address):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    caller.restart(settings(address))
    program = (
        "import sys; sys.modules['psycopg'] = None; from kalends.cli.app import main; "
        "main(['-C', sys.argv[1], '--json', 'log'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, caller.folder], capture_output=True, check=False
    )

    assert done.returncode == 10, done.stderr
    assert json.loads(done.stdout)["error"]["code"] == "no-postgres"


def root_of(caller):
    return json.loads(caller("--json audit verify")[2])["root"]


def test_a_log_moves_there_and_back_and_its_root_stays(callers, address):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    for step in steps()[:8]:
        assert caller(step)[1] == 0, step
    before, root = caller.files(), root_of(caller)
    toml = caller.files()["kalends.toml"]
    there = f"store migrate '{address.url}' --schema {address.schema}"

    for expected_there, expected_back in ((9, 10), (10, 11)):
        _, code, out, err = caller(there)
        assert code == 0, err
        assert root_of(caller) in out
        assert root_of(caller) == root
        files = caller.files()
        assert {**files, "kalends.toml": b""} == {**before, "kalends.toml": b""}
        assert not (caller.folder / "events" / "kalends.db").exists()
        assert caller(there)[1] == 0  # it is there
        assert caller("store check")[1] == 0

        assert caller(f"add 7月1{expected_there % 8}日 团市委 走访")[1] == 0
        root = root_of(caller)
        assert caller("--json store migrate sqlite")[1] == 0
        assert (caller.folder / "events" / "kalends.db").exists()
        assert caller.files()["kalends.toml"] == toml
        assert root_of(caller) == root
        assert caller(f"add 7月2{expected_back % 8}日 团市委 走访")[1] == 0
        before, root = caller.files(), root_of(caller)

    assert caller("doctor")[1] in {0, 6}
    assert caller("audit verify")[1] == 0


def test_what_still_uses_the_old_store_is_told_where_the_log_went(journey, callers):
    other = callers("other")
    for path in ("kalends.toml", "events/journal.jsonl", "events/checkpoint"):
        (other.folder / path).parent.mkdir(exist_ok=True)
        (other.folder / path).write_bytes((journey.folder / path).read_bytes())
    assert other("log")[1] == 0

    assert journey("store migrate sqlite")[1] == 0

    for step in ("log", "dept add 水务局 --code swj"):
        _, code, out, _ = other(f"--json {step}")
        assert code == 10
        assert '"store-moved"' in out


def test_a_running_process_does_not_record_in_the_old_store(journey, address):
    workspace = Workspace(journey.folder, machine=journey.machine, settings=journey.home)
    with workspace:
        workspace.service.campaign()
        assert journey("store migrate sqlite")[1] == 0
        with pytest.raises(StoreMovedError):
            record(workspace)
    assert journey("store migrate " + f"'{address.url}' --schema {address.schema}")[1] == 0
    with Workspace(journey.folder, machine=journey.machine, settings=journey.home) as workspace:
        record(workspace)


def record(workspace):
    workspace.service.change_roster(RegisterDepartment(code="swj", name="水务局"))


@pytest.fixture
def elsewhere(address):
    """Return a schema of the same name on another server."""
    other = second_server()
    yield address._replace(url=other.url())
    other.sql(f"DROP SCHEMA IF EXISTS {address.schema} CASCADE")


def migration(address):
    return f"store migrate '{address.url}' --schema {address.schema}"


def test_a_log_moves_from_server_to_server_and_home(callers, address, elsewhere):
    caller = callers("w")
    for step in (INIT, *steps()[:8]):
        assert caller(step)[1] == 0, step
    before, stores = {**caller.files(), "kalends.toml": b""}, []
    # Each server is left once and come back to, by one who has recorded meanwhile.
    for number, target in enumerate((address, elsewhere, address, elsewhere, None)):
        root = root_of(caller)
        move = migration(target) if target else "store migrate sqlite"
        assert json.loads(caller(f"--json {move} -n")[2])["root"] == root
        answer = json.loads(caller(f"--json {move}")[2])
        assert (answer["root"], answer["moved"]) == (root, True)
        assert root_of(caller) == root
        assert {**caller.files(), "kalends.toml": b""} == before
        checked = json.loads(caller("--json store check")[2])
        assert (checked["ok"], checked["root"]) == (True, root)
        stores.append(checked["store"])
        for place, name in ((server(), address.name), (second_server(), elsewhere.name)):
            assert is_closed(place, address.schema) == (name in stores and name != stores[-1])
        assert caller(f"add 8月{number + 1}日 团市委 走访")[1] == 0
        before = {**caller.files(), "kalends.toml": b""}
    assert caller("audit verify")[1] == 0
    for place in (server(), second_server()):
        lines = journal_lines(caller)
        rows = place.sql(f"SELECT count(*) FROM {address.schema}.stored_events")[0][0]
        assert lines - rows in {1, 2}  # what was recorded after it was left


def is_closed(place, schema):
    """Return whether a server's schema is closed for writing; False if there is none."""
    if not place.sql(f"SELECT to_regclass('{schema}.moves')")[0][0]:
        return False
    moves = place.sql(f"SELECT moved_to FROM {schema}.moves ORDER BY number DESC LIMIT 1")
    return bool(moves) and bool(moves[0][0])


def journal_lines(caller):
    return len((caller.folder / "events" / "journal.jsonl").read_bytes().splitlines())


def test_what_was_copied_wrongly_is_found_before_the_old_store_is_closed(
    callers, address, elsewhere, monkeypatch
):
    caller = callers("w")
    for step in (INIT, *steps()[:4], migration(address)):
        assert caller(step)[1] == 0, step
    files, real = caller.files(), Log.load

    def spoils(log, rows):
        real(log, (row._replace(state=row.state.replace(b"tsw", b"tsv")) for row in rows))

    monkeypatch.setattr(Log, "load", spoils)
    _, code, out, _ = caller(f"--json {migration(elsewhere)}")
    monkeypatch.setattr(Log, "load", real)

    assert (code, '"other-log"' in out) == (6, True)
    assert caller.files() == files
    assert not is_closed(server(), address.schema)
    assert caller("dept add 水务局 --code swj")[1] == 0


@pytest.mark.parametrize("where", ["while the target is filled", "as the old store is closed"])
def test_a_process_that_is_killed_while_it_moves_a_log_leaves_one_store_in_force(
    callers, address, elsewhere, where
):
    caller = callers("w")
    for step in (INIT, *steps()[:4], migration(address)):
        assert caller(step)[1] == 0, step
    root = root_of(caller)
    words = ["store", "migrate", elsewhere.url, "--schema", address.schema]
    program = "import sys; from kalends.cli.app import main; main(sys.argv[1:])"
    is_filling = where.startswith("while")
    place, table = (second_server(), "stored_events") if is_filling else (server(), "moves")
    if is_filling:
        PostgresBackend(elsewhere).create().close()
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(place.url()) as holding:
        holding.execute(f"LOCK TABLE {address.schema}.{table} IN EXCLUSIVE MODE")
        moving = subprocess.Popen([sys.executable, "-c", program, "-C", caller.folder, *words])
        try:
            until(lambda: place.sql(waits))
        finally:
            moving.kill()
            moving.wait()
    until(lambda: not place.sql(waits))

    assert root_of(caller) == root
    assert json.loads(caller("--json store check")[2])["store"] == address.name
    assert caller("dept add 水务局 --code swj")[1] == 0
    assert caller(migration(elsewhere))[1] == 0
    assert caller("audit verify")[1] == 0
    assert is_closed(server(), address.schema)


SET_ASIDE = ["kalends.log.sqlite.store.SQLiteBackend.set_aside"]
POINTS = [
    "kalends.log.journal_sync.JournalSync.write",
    "kalends.log.log.Log.load",
    "kalends.application.workspaces.stores._same",
    "kalends.own_files.replace",
    "kalends.log.log.Log.retire",
    "kalends.config.move_store",
    "kalends.application.workspaces.store_moves.finish",
]


class KilledError(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


@pytest.mark.parametrize(
    ("direction", "killed"),
    [
        *product(["there"], product(SET_ASIDE, [True, False])),
        *product(["there", "back"], product(POINTS, [True, False])),
        *product(["across"], product(POINTS, [True])),
    ],
)
def test_a_move_that_is_killed_leaves_one_store_in_force(
    callers, address, elsewhere, monkeypatch, direction, killed
):
    point, is_before = killed
    caller = callers("w")
    there = migration(address)
    for step in (INIT, *steps()[:4], *([] if direction == "there" else [there])):
        assert caller(step)[1] == 0, step
    move = {"there": there, "back": "store migrate sqlite", "across": migration(elsewhere)}[
        direction
    ]
    target = {"there": address.name, "back": "sqlite", "across": elsewhere.name}[direction]
    files, root = caller.files(), root_of(caller)

    kill(monkeypatch, point, is_before=is_before)
    with pytest.raises(KilledError):
        caller(move)
    monkeypatch.undo()
    caller = callers("w", again=caller)

    assert root_of(caller) == root
    is_moved = caller.files()["kalends.toml"] != files["kalends.toml"]
    _, code, out, err = caller("--json store check")
    assert code == 0, out + err
    assert (json.loads(out)["store"] == target) == is_moved
    assert caller("dept add 水务局 --code swj")[1] == 0
    assert not (caller.folder / ".kalends" / "store-move.json").exists()
    if not is_moved:
        assert caller(move)[1] == 0
    assert caller("audit verify")[1] == 0


def kill(monkeypatch, point, *, is_before):
    """Let the process die at a call: whatever would clean up after it does not run either."""
    module, name = point.rsplit(".", 1)
    owner = resolve_name(module)
    real = getattr(owner, name)

    def dies(*arguments, **how):
        if not is_before:
            real(*arguments, **how)
        for cleaning in ("kalends.log.log.Log.retire", "pathlib.Path.unlink"):
            holder, method = cleaning.rsplit(".", 1)
            monkeypatch.setattr(resolve_name(holder), method, lambda *_, **__: None)
        raise KilledError

    monkeypatch.setattr(owner, name, dies)


def test_a_schema_with_another_log_is_refused(journey, callers, address):
    other = callers("other")
    assert other(INIT)[1] == 0
    other.now += timedelta(hours=1)
    assert other("dept add 水务局 --code swj")[1] == 0
    before = other.files()

    _, code, out, _ = other(f"--json store migrate '{address.url}' --schema {address.schema}")

    assert code == 6
    assert '"other-log"' in out
    assert other.files() == before
    assert other("log")[1] == journey("log")[1] == 0


def test_a_move_that_fails_changes_nothing(callers, address):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    before = caller.files()

    for url, expected in {
        "postgresql://postgres@/none?host=/nowhere": 10,
        "postgresql://postgres:x@/none?host=/nowhere": 2,
        "mysql://x/y": 2,
        "SQLITE": 2,
    }.items():
        assert caller(f"store migrate '{url}'")[1] == expected
    assert caller(f"store migrate -n '{address.url}' --schema {address.schema}")[1] == 0
    assert caller.files() == before
    assert server().sql(f"SELECT 1 FROM pg_namespace WHERE nspname = '{address.schema}'") == []
    assert caller("log")[1] == 0


def test_while_the_environment_chooses_nothing_is_moved(callers, address, monkeypatch):
    caller = callers("w")
    assert caller(INIT)[1] == 0
    monkeypatch.setenv("KALENDS_STORE_URL", "sqlite")

    _, code, out, _ = caller(f"--json store migrate '{address.url}'")

    assert code == 6
    assert '"store-in-environment"' in out


def test_the_sql_of_the_role_is_enough_for_a_whole_campaign(callers, address):
    caller = callers("w")
    role = f"clerk_{address.schema}"
    sql = caller(f"store sql --schema {address.schema} --role {role}")[2]
    with psycopg.connect(server().url(), autocommit=True) as connection:
        connection.execute(sql)
    try:
        url = server().url(role)
        moved = f"store migrate '{url}' --schema {address.schema}"
        for step in (INIT, moved, *steps()[:9], "publish", "audit verify", "doctor"):
            assert caller(step)[1] == 0, step
        found = json.loads(caller("--json store check")[2])
        assert (found["ok"], found["notices"]) == (True, [])
        assert caller("store migrate sqlite")[1] == 0
        assert caller(f"store migrate '{url}' --schema {address.schema}")[1] == 0
        assert caller("audit verify")[1] == 0
    finally:
        server().sql(f"DROP OWNED BY {role}")
        server().sql(f"DROP ROLE {role}")


def test_a_check_of_the_store_says_what_is_wrong(journey, address):
    found = json.loads(journey("--json store check")[2])
    assert found["ok"]
    assert found["size"] == 6
    assert len(found["notices"]) == 1  # it is the owner of the server

    server().sql(f"CREATE VIEW {address.schema}.v AS SELECT 1")
    assert journey("store check")[1] == 8


@pytest.mark.parametrize("name", ["Ä", "a b", "", "pg_x", "a;b"])
def test_odd_names_are_refused(callers, name):
    assert callers("w")(f"store sql --role '{name}'")[1] == 2
