"""Whatever stands in kalends.toml is answered with a cure."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends import config
from kalends.domain.errors import (
    FileNotReadableError,
    FolderForFileError,
    FormatError,
    KalendsError,
    LinkError,
    SettingError,
    SettingsGoneError,
    SpecialFileError,
    WorkspaceNotFoundError,
)

VALUES = st.sampled_from(
    ['"zh"', "1", "-0.0", "nan", "inf", "true", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z",
     "[]", "[[]]", "{}", '["zh"]', '["append"]', "{a = 1}", '[{a = "b"}]', '""', '"\\u0000"',
     "'''\nx'''", "9" * 4_000, "9" * 5_000, "0x" + "f" * 9_000, "[" * 2_000, "[" * 2_000 + "]" * 2_000,
     "{a=" * 500 + "1" + "}" * 500, "2020-13-45", "1e400", "\\", "=", "\x00", "é"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["language", "webhooks", "webhooks.networks", "audit", "audit.keys", "audit.checkpoint", "audit.x", "x", '""', '"\\u202e"',
     "[audit]\nkeys", "[audit]\ncheckpoint", "[[audit]]\nkeys", "[audit.keys]\nx", "a." * 900 + "b"]
)  # fmt: skip
SETTINGS = st.lists(st.tuples(KEYS, VALUES), max_size=4).map(
    lambda many: "".join(f"{key} = {value}\n" for key, value in many)
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("settings")


def answered(root, octets):
    (root / config.NAME).write_bytes(octets)
    try:
        return config.load(root)
    except KalendsError as error:
        return error


@given(SETTINGS)
def test_any_toml_is_settings_or_an_answer(root, text):
    found = answered(root, text.encode("utf-8"))
    assert isinstance(found, config.WorkspaceFolder | FormatError)
    if isinstance(found, config.WorkspaceFolder):
        assert found.language in (None, "en", "zh")
        assert all(isinstance(key, str) for key in found.keys)


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))  # fmt: skip
def test_any_octets_are_settings_or_an_answer(root, octets):
    assert isinstance(answered(root, octets), config.WorkspaceFolder | FormatError)


@pytest.mark.parametrize(
    ("octets", "language"),
    [
        (b'\xef\xbb\xbflanguage = "zh"\n', "zh"),
        (b'language = "zh"\r\n[audit]\r\ncheckpoint = "never"\r\n', "zh"),
        (b"", None),
        (b"# a comment", None),
    ],
)
def test_a_mark_and_windows_line_ends_are_passed_over(root, octets, language):
    assert answered(root, octets).language == language


@pytest.mark.parametrize(
    "octets",
    [b'language = "zh"', b"\xff", b"x\x00", "语言".encode("gb18030"), 'language = "zh"'.encode("utf-16"),
     b"a = " + b"9" * 5_000, b"a = " + b"[" * 100_000, b"#" * (1 << 18) + b"\n"],
)  # fmt: skip
def test_these_are_answered(root, octets):
    found = answered(root, octets)
    assert isinstance(found, FormatError) == (octets != b'language = "zh"')


@pytest.mark.parametrize("text", ['language = ["zh"]', "language = {}", 'audit.checkpoint = ["append"]',
                                  'audit.keys = "x"', "audit.keys = [1]", "audit = []", "audit.x = 1", "x = 1",
                                  "webhooks = 1", "webhooks.x = 1", 'webhooks.networks = "10.0.0.0/8"',
                                  "webhooks.networks = [1]", 'webhooks.networks = ["10.0.0.1/8"]',
                                  'webhooks.networks = ["localhost"]', 'webhooks.networks = [""]'])  # fmt: skip
def test_a_value_of_another_kind_is_named(root, text):
    assert isinstance(answered(root, text.encode()), SettingError)


def test_what_is_no_file_is_answered(tmp_path):
    path = tmp_path / config.NAME
    path.mkdir()
    with pytest.raises(FolderForFileError):
        config.find(tmp_path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(SpecialFileError):
        config.find(tmp_path)
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(LinkError):
        config.find(tmp_path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(LinkError):
        config.find(tmp_path)


def test_settings_of_100_megabytes_are_not_read(tmp_path):
    with (tmp_path / config.NAME).open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(FormatError, match="256 KiB"):
        config.load(tmp_path)


def test_a_folder_without_settings_is_no_workspace(tmp_path):
    with pytest.raises(WorkspaceNotFoundError):
        config.find(tmp_path)


def test_that_the_settings_of_a_record_are_gone_is_said(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "journal.jsonl").touch()
    with pytest.raises(SettingsGoneError):
        config.find(tmp_path / "events")


def test_a_mistyped_folder_does_not_lead_to_the_workspace_around(tmp_path):
    (tmp_path / "kalends.toml").write_text("", "utf-8")
    (tmp_path / "inside").mkdir()
    (tmp_path / "file").touch()

    assert config.find(tmp_path / "inside").root == tmp_path
    for name in ("insdie", "inside/deeper"):
        with pytest.raises(FileNotReadableError, match="there is no such folder"):
            config.find(tmp_path / name)
    with pytest.raises(FileNotReadableError, match="it is not a folder"):
        config.find(tmp_path / "file")
