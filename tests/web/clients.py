"""Programs of others that the tests call: from an environment of their own, if there is one.

`.ci/run` makes it from `tests/web/clients.lock` and names its programs' folder in KALENDS_CLIENTS.
"""

import os
from pathlib import Path

import pytest


def program(name: str) -> str:
    """Return the path of a program; where nobody has made the environment, leave the test out."""
    folder = os.environ.get("KALENDS_CLIENTS")
    if folder is None:
        pytest.skip(f"KALENDS_CLIENTS names no folder with {name}")
    found = Path(folder) / name
    assert found.exists(), f"{found} is not there"
    return str(found)
