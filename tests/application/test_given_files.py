"""Files that users name to be written."""

import errno
from pathlib import Path

import pytest

from kalends.application.given_files import check_output, write_whole
from kalends.domain.errors import DiskError, OutputPathError


def test_a_missing_folder_is_made(tmp_path):
    write_whole(tmp_path / "2020" / "july" / "x.xlsx", b"x")
    assert (tmp_path / "2020" / "july" / "x.xlsx").read_bytes() == b"x"


@pytest.mark.parametrize("name", [".", "file/x", "file/deeper/x"])
def test_where_no_file_can_be_it_is_said_and_nobody_looks_for_space(tmp_path, name):
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(OutputPathError):
        write_whole(tmp_path / name, b"x")
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize("refusal", [errno.EACCES, errno.EROFS])
def test_a_missing_folder_that_may_not_be_made_is_not_said_to_be_full(
    tmp_path, monkeypatch, refusal
):
    def refused(*_, **__):
        raise OSError(refusal, "No.")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(OutputPathError, match="there is no such folder, and it may not be made"):
        write_whole(tmp_path / "2020" / "x.xlsx", b"x")


def test_a_folder_for_which_there_is_no_room_is_the_disk_s_to_refuse(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(DiskError):
        write_whole(tmp_path / "2020" / "x.xlsx", b"x")


def test_a_link_to_nowhere_is_the_disk_s_to_refuse(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone" / "deeper")
    check_output(tmp_path / "link" / "x")
    with pytest.raises(DiskError):
        write_whole(tmp_path / "link" / "x", b"x")
