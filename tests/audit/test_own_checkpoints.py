"""The checkpoints of a workspace's own folder, read in one place."""

import pytest

from audit_examples import KEY, OTHER, checkpoint, lines
from kalends.audit import own_checkpoints
from kalends.config import WorkspaceFolder
from kalends.domain.errors import CheckpointError, UnreadFileError, UnsignedError


@pytest.fixture
def here(tmp_path):
    """Return a folder with the checkpoints of 12, 9 and 10 events."""
    folder = WorkspaceFolder(root=tmp_path)
    folder.checkpoints.mkdir(parents=True)
    folder.checkpoint.write_bytes(checkpoint(lines(12)).content)
    for size in (9, 10):
        (folder.checkpoints / f"{size}.txt").write_bytes(checkpoint(lines(size)).content)
    return folder


def test_the_newest_comes_first_then_the_kept_by_size(here):
    found = own_checkpoints.signed(here, [KEY.public])

    assert [each.size for each in found] == [12, 9, 10]


def test_a_file_is_given_with_the_size_in_its_name_and_as_the_folders_own(here):
    found = own_checkpoints.files_in(here)

    assert [(each.name, each.size, each.is_own) for each in found] == [
        ("events/checkpoint", None, True),
        ("events/checkpoints/9.txt", 9, True),
        ("events/checkpoints/10.txt", 10, True),
    ]


@pytest.mark.parametrize("name", ["010.txt", "10 (1).txt", "１０.txt", "x.txt", "-1.txt", "1.TXT"])
def test_a_file_that_has_another_name_is_none_of_them(here, name):
    (here.checkpoints / name).write_bytes(checkpoint(lines(3)).content)

    assert [each.size for each in own_checkpoints.files_in(here)] == [None, 9, 10]


def test_what_nobody_trusted_has_signed_says_nothing(here):
    (here.checkpoints / "11.txt").write_bytes(checkpoint([b"another line"], OTHER).content)
    (here.checkpoints / "12.txt").write_bytes(b"no checkpoint")
    (here.checkpoints / "13.txt").mkdir()

    found = own_checkpoints.signed(here, [KEY.public])

    assert [each.size for each in found] == [12, 9, 10]
    assert own_checkpoints.files_in(here)[-2:] == [
        ("events/checkpoints/12.txt", b"no checkpoint", 12, True),
        ("events/checkpoints/13.txt", b"", 13, True),
    ]


def test_the_newest_is_the_one_that_each_append_replaces(here):
    assert own_checkpoints.newest(here, [KEY.public]).size == 12


def test_without_a_newest_one_nothing_is_signed(here):
    here.checkpoint.unlink()

    assert [each.size for each in own_checkpoints.signed(here, [KEY.public])] == [9, 10]
    with pytest.raises(UnsignedError):
        own_checkpoints.newest(here, [KEY.public])


def test_a_newest_one_that_is_forged_is_refused(here):
    here.checkpoint.write_bytes(checkpoint(lines(12), OTHER).content)

    with pytest.raises(CheckpointError):
        own_checkpoints.newest(here, [KEY.public])


@pytest.mark.parametrize(
    ("newest", "lines_there", "is_cut"),
    [
        (12, 12, False),  # as publishing leaves it
        (12, 11, True),
        (12, 0, True),
        (None, 11, True),  # who shortened it took the newest checkpoint away
        (9, 9, False),  # as git takes both back
        (9, 11, False),
        (9, 8, True),
    ],
)
def test_a_journal_is_cut_unless_its_newest_checkpoint_went_back_with_it(
    here, newest, lines_there, is_cut
):
    (here.checkpoints / "12.txt").write_bytes(checkpoint(lines(12)).content)
    if newest is None:
        here.checkpoint.unlink()
    else:
        here.checkpoint.write_bytes(checkpoint(lines(newest)).content)

    published = own_checkpoints.published(here, [KEY.public])

    assert (published.newest, published.kept) == (newest, 12)
    assert published.is_cut(lines_there) is is_cut


def test_what_is_forged_or_misnamed_was_not_published(here):
    here.checkpoint.write_bytes(b"no checkpoint")
    (here.checkpoints / "13.txt").write_bytes(checkpoint(lines(13), OTHER).content)
    (here.checkpoints / "14.txt").write_bytes(checkpoint(lines(10)).content)

    published = own_checkpoints.published(here, [KEY.public])

    assert (published.newest, published.kept) == (None, 10)


def test_more_was_signed_than_is_there_only_where_somebody_trusted_says_so(here):
    assert own_checkpoints.signed_beyond(here, [KEY.public], 12) == 0
    assert own_checkpoints.signed_beyond(here, [KEY.public], 11) == 12
    here.checkpoint.unlink()
    assert own_checkpoints.signed_beyond(here, [KEY.public], 9) == 10
    (here.checkpoints / "99.txt").write_bytes(checkpoint(lines(12), OTHER).content)
    assert own_checkpoints.signed_beyond(here, [KEY.public], 10) == 0


def test_without_the_folder_nothing_is_kept(tmp_path):
    assert own_checkpoints.kept_files(tmp_path / "none") == []


def test_a_checkpoint_that_cannot_be_read_is_no_wrong_one(here, monkeypatch):
    def refused(path):
        if path.name in {"checkpoint", "10.txt"}:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    real = own_checkpoints.content_in
    monkeypatch.setattr(own_checkpoints, "content_in", refused)

    with pytest.raises(UnreadFileError) as error:
        own_checkpoints.files_in(here)
    assert error.value.fields["name"] == "events/checkpoint"
    with pytest.raises(UnreadFileError):
        own_checkpoints.newest(here, [KEY.public])
    assert [each.size for each in own_checkpoints.signed(here, [KEY.public])] == [9]
    assert own_checkpoints.published(here, [KEY.public]).kept == 9
