"""What all tests share."""

import pytest
from hypothesis import settings

# The same examples on every machine, each time; a slow machine is no failure.
settings.register_profile("kalends", deadline=None, derandomize=True, database=None)
settings.load_profile("kalends")


@pytest.fixture(autouse=True)
def _settings_of_one_s_own(monkeypatch, tmp_path_factory):
    """Keep the keys that a test makes out of the folder of whoever runs it."""
    folder = str(tmp_path_factory.mktemp("settings"))
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    monkeypatch.setenv("APPDATA", folder)
