"""What all tests share."""

import os
import shutil
import sqlite3
import tempfile
import weakref
from collections import defaultdict
from contextlib import ExitStack, closing
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings

from settings_folder import move_settings

# The same examples on every machine, each time; a slow machine is no failure.
settings.register_profile("whole", deadline=None, derandomize=True, database=None)
settings.register_profile("quick", settings.get_profile("whole"), max_examples=30)

_NUMBERS = count(1)
# Left out where the extra is not installed; .ci/run makes sure that it is.
collect_ignore = (
    []
    if find_spec("psycopg")
    else [
        "log/test_postgres.py",
        "cli/test_stores.py",
        "test_survival.py",
        "web/test_over_postgres.py",
    ]
)


_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where the machine has one
_NEEDED = 2 << 30  # five times what the files of all quick tests take


def pytest_addoption(parser):
    """Let properties be tried with other examples each time: --random 1000 -m hypothesis.

    With it, campaigns that try a sample in CI try everything.
    """
    parser.addoption("--random", type=int, metavar="N", help="try N examples that nobody chose")
    parser.addoption("--rows", type=int, metavar="N", help="run about N rows of each test")


def pytest_configure(config):
    """Where the campaigns are left out, try fewer examples, and wait for no disk.

    The files of a test go with it; with --basetemp they stay, to be looked at.
    """
    left_out = config.getoption("markexpr") == "not campaign"
    settings.load_profile("quick" if left_out else "whole")
    if examples := config.option.random:
        settings.register_profile(
            "random", settings.get_profile("whole"), derandomize=False, max_examples=examples
        )
        settings.load_profile("random")
    leads = not hasattr(config, "workerinput")
    if leads and left_out and config.option.basetemp is None and _has_room():
        config.option.basetemp = tempfile.mkdtemp(prefix="kalends-tests-", dir=_MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_modifyitems(config, items):
    """Keep the rows that --rows asks for, evenly chosen."""
    if config.option.rows is None:
        return
    rows = defaultdict(list)
    for item in items:
        rows[item.nodeid.partition("[")[0]].append(item)
    kept = {
        row for every in rows.values() for row in every[:: -(-len(every) // config.option.rows)]
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def _has_room():
    """Say whether tests can work in memory: some of them start programs that they wrote there."""
    if not _MEMORY.is_dir() or not os.access(_MEMORY, os.W_OK):
        return False
    here = os.statvfs(_MEMORY)
    return here.f_bavail * here.f_frsize > _NEEDED and not here.f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session")
def _homes(tmp_path_factory):
    """Return a folder for the configuration folders of all tests."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="session", autouse=True)
def _no_test_writes_into_the_user_s_own_folder(_homes):
    """Let wider fixtures, too, keep their keys elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        move_settings(patch, _homes / "shared")
        for name in ("KALENDS_SERVER", "KALENDS_TOKEN", "KALENDS_TOKEN_FILE"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def config_home(_homes):
    """Give each test a configuration folder of its own, also for the programs that it starts."""
    home = _homes / str(next(_NUMBERS))
    with pytest.MonkeyPatch.context() as patch:
        move_settings(patch, home)
        yield home


class _Opened(sqlite3.Connection):
    """A connection that is known while it is open."""

    all: ClassVar = weakref.WeakSet()
    dropped = 0

    def __init__(self, *arguments, **how):
        super().__init__(*arguments, **how)
        self.is_open = True
        _Opened.all.add(self)

    def close(self):
        super().close()
        self.is_open = False
        _Opened.all.discard(self)

    def __del__(self):
        if getattr(self, "is_open", False):  # the collector takes it out of sets before
            _Opened.dropped += 1
            super().close()


@pytest.fixture(scope="session", autouse=True)
def _watched():
    """Let every connection to a database be one that is watched."""
    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sqlite3, "connect", lambda *a, **how: connect(*a, **{"factory": _Opened, **how})
        )
        yield


@pytest.fixture(autouse=True)
def _everything_that_is_opened_is_closed(_watched):
    """Fail a test that leaves a connection open, or lets the collector close it."""
    before, dropped = set(_Opened.all), _Opened.dropped
    yield
    left = [opened for opened in _Opened.all if opened not in before]
    for opened in left:
        opened.close()
    assert not left, f"left open: {len(left)}"
    assert _Opened.dropped == dropped, "closed by the collector"


@pytest.fixture
def until_end():
    """Return a function that closes at the test's end what it is given, and returns it."""
    with ExitStack() as stack:
        yield lambda opened: stack.enter_context(closing(opened))
