"""Files that users name to be written."""

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


def test_a_link_to_nowhere_is_the_disk_s_to_refuse(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone" / "deeper")
    check_output(tmp_path / "link" / "x")
    with pytest.raises(DiskError):
        write_whole(tmp_path / "link" / "x", b"x")
