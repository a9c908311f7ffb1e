"""A new key: kalends.toml keeps all that stands in it, and a kill at any step loses nothing."""

import os
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from docs.transcript import Reader
from kalends import config, own_files
from kalends.audit import key_files
from kalends.audit.note import PrivateKey
from kalends.cli.environment import settings_folder

pytestmark = pytest.mark.campaign

NAME = "kalends/a04sdbxp8he9"
KEYS = [PrivateKey(NAME, bytes([n]) * 32).public.written() for n in range(3)]
FORMS = [
    'language = "zh"\n',
    "",
    '# a campaign [of 2020]\n[audit] # a ] in a comment\n  keys = [ # first\n    "{0}", # of [2020]\n    "{1}"\n  ]\n',
    'audit = {{ keys = ["{0}"], checkpoint = "publish" }}\n',
    'audit.keys = ["{0}"]\nlanguage = "en" # behind\n',
    '[audit]\ncheckpoint = "never" # [keys]\n',
    "[audit]\nkeys = [\n  '{0}',\n]\n# the end",
    "[ audit ]\n\t'keys' = ['{0}', '{1}',]\n",
]


@for_all(st.sampled_from(FORMS), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_one_more_key_is_trusted_and_all_else_stays(form, line_end, has_mark, ends):
    text = form.format(*KEYS).replace("\n", line_end)
    octets = (b"\xef\xbb\xbf" if has_mark else b"") + text.encode()

    edited = config._with_key(octets, KEYS[2], {KEYS[0]: f"{KEYS[0]} 48"} if ends else {})

    before, after = tomllib.loads(text), tomllib.loads(edited.decode("utf-8-sig"))
    keys = before.setdefault("audit", {}).setdefault("keys", [])
    keys[:] = [f"{key} 48" if ends and key == KEYS[0] else key for key in keys]
    keys.append(KEYS[2])
    assert after == before
    assert edited.startswith(b"\xef\xbb\xbf") == has_mark
    comments = [line[line.index("#") :].rstrip() for line in text.splitlines() if "#" in line]
    assert all(comment in edited.decode() for comment in comments)
    if line_end == "\r\n" and text:
        assert edited.count(b"\n") == edited.count(b"\r\n")


@pytest.fixture
def office(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    reader = Reader(monkeypatch)
    for command in ("init w --title T --lang en", "-C w dept add 团市委 --code tsw"):
        assert reader.types(f"kalends {command}")[0] == 0
    monkeypatch.chdir(tmp_path / "w")
    return reader


def test_where_a_trusted_key_cannot_be_read_none_is_made(office):
    settings = Path("kalends.toml")
    settings.write_text(
        settings.read_text("utf-8").replace("keys = [", 'keys = [ "x",', 1), "utf-8"
    )
    before = settings.read_bytes()
    keys = {path: path.read_bytes() for path in (settings_folder() / "keys").iterdir()}

    code, said = office.types("kalends audit checkpoint --new-key")[:2]

    assert code == 8
    assert "A new key" not in said
    assert settings.read_bytes() == before
    assert {path: path.read_bytes() for path in (settings_folder() / "keys").iterdir()} == keys


class KilledError(BaseException):
    """The program ends here, as by a signal."""


STEPS = [(os, "open"), (os, "fsync"), (own_files, "replace"), (Path, "rename"), (Path, "replace")]


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize(("owner", "step"), STEPS)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_killed_at_any_step_the_old_key_signs_on_or_the_new_one_does(
    office, monkeypatch, owner, step, nth, is_after
):
    real, calls = getattr(owner, step), []

    def killed(*arguments, **how):
        calls.append(arguments)
        if len(calls) == nth and not is_after:
            raise KilledError
        done = real(*arguments, **how)
        if len(calls) == nth:
            raise KilledError
        return done

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, killed)
        with suppress(KilledError):
            office.types("kalends audit checkpoint --new-key")

    tomllib.loads(Path("kalends.toml").read_text("utf-8"))
    code, said = office.types("kalends add 2020-07-14 tsw 会")
    assert (code, "unsigned" in said) == (0, False), said
    assert office.types("kalends audit verify")[0] == 0
    code, said = office.types("kalends audit checkpoint --new-key")  # the next run finishes it
    assert code == 0, said
    first, *keys = key_files.trusted_keys(config.load(Path()).keys)
    assert first.until is not None
    assert [key.until for key in keys[:-1]] == [3] * (len(keys) - 1)
    (path,) = (
        path
        for path in (settings_folder() / "keys").iterdir()
        if len(path.stem) == 12 and path.suffix == ".key"
    )
    assert key_files.load_key(path, keys).public in keys
    assert not list(path.parent.glob("*.new"))
    code, said = office.types("kalends add 2020-07-15 tsw 会")
    assert (code, "unsigned" in said) == (0, False), said
    assert office.types("kalends audit verify")[0] == 0


def test_where_the_settings_cannot_be_written_no_new_key_is_left(office, monkeypatch):
    keys = settings_folder() / "keys"
    before = {path: path.read_bytes() for path in (*keys.iterdir(), Path("kalends.toml"))}

    def refused(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(own_files, "replace", refused)
        assert office.types("kalends audit checkpoint --new-key")[0] == 10

    assert {path: path.read_bytes() for path in (*keys.iterdir(), Path("kalends.toml"))} == before
