"""The hash is that of the standard, wherever it is loaded from."""

import hashlib
import importlib
import sys

import pytest

from kalends.domain import sha256


@pytest.fixture
def without_own(monkeypatch):
    """Load the module as an interpreter without a hash of its own would."""
    for name in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)
    yield importlib.reload(sha256)
    monkeypatch.undo()
    importlib.reload(sha256)


def test_it_is_that_of_the_standard_library():
    for content in (b"", b"abc", b"x" * 1_000):
        assert sha256.sha256(content).digest() == hashlib.sha256(content).digest()


def test_an_interpreter_without_one_of_its_own_takes_that_of_openssl(without_own):
    assert without_own.sha256 is hashlib.sha256
