"""What all tests share."""

from itertools import count

import click
import pytest
from hypothesis import settings

# The same examples on every machine, each time; a slow machine is no failure.
settings.register_profile("kalends", deadline=None, derandomize=True, database=None)
settings.load_profile("kalends")

# Where each system keeps a user's configuration, the folder with the private keys in it.
_SETTINGS = ("XDG_CONFIG_HOME", "APPDATA")
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory):
    """Return a folder for the configuration folders of all tests."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="session", autouse=True)
def _no_test_writes_into_the_user_s_own_folder(_homes):
    """Let wider fixtures, too, keep their keys elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        _move_in(patch, _homes / "shared")
        yield


@pytest.fixture(autouse=True)
def config_home(_homes):
    """Give each test a configuration folder of its own, also for the programs that it starts."""
    home = _homes / str(next(_NUMBERS))
    with pytest.MonkeyPatch.context() as patch:
        _move_in(patch, home)
        yield home


def _move_in(patch, home):
    for name in _SETTINGS:
        patch.setenv(name, str(home))
    patch.setattr(click, "get_app_dir", lambda name: str(home / name))
