"""No link, pipe, device or second name inside a workspace's own folders is read or written."""

import os
import subprocess
from pathlib import Path

import pytest

from kalends import own_files
from kalends.domain.errors import (
    FileForFolderError,
    FolderForFileError,
    HardLinkError,
    LinkError,
    SpecialFileError,
    TrackedCacheError,
)
from kalends.log.store_files import STORE_FILES

FOLDERS = ("events", "events/checkpoints", "feeds", "feeds/full", ".kalends", ".kalends-secrets")
FILES = (
    "events/kalends.db", "events/kalends.db-wal", "events/kalends.db-shm", "events/kalends.db-journal", "events/kalends.db.lock",
    "events/journal.jsonl", "events/checkpoint", "events/checkpoints/3.txt",
    "events/kalends.db.7.part", "events/.checkpoint.7.part",
    "feeds/all.ics", "feeds/.all.ics.part", "feeds/manifest.json", "feeds/full/all.ics",
    ".kalends/views.db", ".kalends/views.db-wal", ".kalends/views.db-journal", ".kalends/components.db", ".kalends/edge.json",
    ".kalends-secrets/feeds.json", ".kalends-secrets/.gitignore",
    ".kalends/journal.json", ".kalends/publish.lock", ".kalends/anything",
)  # fmt: skip
IN_PLACE = [
    name for name in FILES if name.startswith((".kalends/", "events/kalends.db", "events/journal"))
]


@pytest.fixture
def root(tmp_path):
    made = tmp_path / "w"
    for name in FOLDERS:
        (made / name).mkdir(parents=True)
    for name in FILES:
        (made / name).write_bytes(b"x")
    (tmp_path / "victim").mkdir()
    return made


def gone(path):
    if path.is_dir():
        path.rename(path.with_name("aside"))
    else:
        path.unlink()
    return path


def test_ordinary_files_are_taken(root):
    own_files.check(root, STORE_FILES)
    own_files.check(root.parent, STORE_FILES)  # nothing there at all


@pytest.mark.parametrize("name", [*FOLDERS, *FILES])
@pytest.mark.parametrize("target", ["../../victim", "/dev/null", "nowhere", "."])
def test_a_link_is_refused_wherever_it_stands_and_leads(root, name, target):
    gone(root / name).symlink_to(target)

    with pytest.raises(LinkError) as refused:
        own_files.check(root, STORE_FILES)
    assert refused.value.fields == {"name": name, "target": Path(target)}


@pytest.mark.parametrize("name", [*FOLDERS, *FILES])
def test_a_pipe_is_refused(root, name):
    os.mkfifo(gone(root / name))

    with pytest.raises(SpecialFileError):
        own_files.check(root, STORE_FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_refused(root, name):
    gone(root / name).mkdir()

    if name.startswith(".kalends/") or name.endswith(".part"):
        own_files.check(root, STORE_FILES)  # these are done without
        return
    with pytest.raises(FolderForFileError) as refused:
        own_files.check(root, STORE_FILES)
    assert refused.value.fields == {"name": name}
    (root / name).rename(root / f"{name}.aside")  # as the hint says
    own_files.check(root, STORE_FILES)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_file_in_place_of_a_folder_is_refused(root, name):
    gone(root / name).write_bytes(b"")

    if name == ".kalends":
        own_files.check(root, STORE_FILES)
        return
    with pytest.raises(FileForFolderError) as refused:
        own_files.check(root, STORE_FILES)
    assert refused.value.fields == {"name": name}
    (root / name).rename(root / f"{name}.aside")
    own_files.check(root, STORE_FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_second_name_of_what_is_written_in_place_is_refused(root, name):
    (root.parent / "elsewhere").hardlink_to(root / name)

    if name in IN_PLACE:
        with pytest.raises(HardLinkError):
            own_files.check(root, STORE_FILES)
    else:
        own_files.check(
            root, STORE_FILES
        )  # written beside and renamed: the other one stays as it was


@pytest.mark.parametrize("name", ["kalends.toml", ".gitattributes", ".gitignore"])
def test_a_file_at_the_top_is_checked_by_itself(root, name):
    own_files.check_file(root, name)
    (root / name).symlink_to("../victim")

    with pytest.raises(LinkError):
        own_files.check_file(root, name)
    (root / name).unlink()
    (root / name).mkdir()
    with pytest.raises(FolderForFileError):
        own_files.check_file(root, name)


def test_the_workspace_itself_may_be_reached_by_a_link(root):
    (root.parent / "way").symlink_to("w")

    own_files.check(root.parent / "way", STORE_FILES)


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=li", "-c", "user.email=l@x", "-C", folder, *arguments],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("below", ["", "city/2020"])
def test_caches_that_git_brought_are_refused(tmp_path, below, version):
    top = tmp_path / "top"
    root = top / below
    (root / ".kalends").mkdir(parents=True)
    (root / ".kalends-x").write_bytes(b"x")
    (root / ".kalends" / "edge.json").write_bytes(b"x")
    (top / "other" / ".kalends").mkdir(parents=True)
    (top / "other" / ".kalends" / "edge.json").write_bytes(b"x")
    git(tmp_path, "init", "-q", "top")
    git(top, "config", "index.version", version)
    own_files.check(root, STORE_FILES)  # no index yet
    git(top, "add", "other", str(root / ".kalends-x"))
    if version == "3":
        git(top, "add", "-N", "--force", str(root / ".kalends-x"))
    own_files.check(root, STORE_FILES)  # tracked elsewhere

    git(top, "add", "--force", str(root / ".kalends"))
    git(top, "update-index", "--index-version", version)
    with pytest.raises(TrackedCacheError):
        own_files.check(root, STORE_FILES)

    git(top, "commit", "-qm", "x")
    git(top, "worktree", "add", "-q", str(tmp_path / "second"))
    with pytest.raises(TrackedCacheError):
        own_files.check(tmp_path / "second" / below, STORE_FILES)

    git(top, "rm", "-rq", "--cached", str(root / ".kalends"))
    own_files.check(root, STORE_FILES)


@pytest.mark.parametrize(
    "octets",
    [b"", b"DIRC", b"DIRC" + b"\0\0\0\2" + b"\xff" * 4 + b"w/.kalends/", b"x" * 100]
    + [b"DIRC\0\0\0\4" + b"\0\0\0\2" + b"\x80" * n for n in range(60, 70)],
)
def test_an_index_that_is_none_says_nothing(tmp_path, octets):
    root = tmp_path / "w"
    (root / ".kalends").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    own_files.check(root, STORE_FILES)
    (tmp_path / ".git" / "index").write_bytes(octets)
    own_files.check(root, STORE_FILES)
    (tmp_path / ".git" / "index").unlink()
    (tmp_path / ".git" / "index").mkdir()
    own_files.check(root, STORE_FILES)


@pytest.mark.parametrize("name", [".git", ".git/index"])
@pytest.mark.parametrize("kind", ["pipe", "device", "hole"])
def test_what_git_never_writes_is_not_waited_for(tmp_path, name, kind):
    root, path = tmp_path / "w", tmp_path / name
    (root / ".kalends").mkdir(parents=True)
    path.parent.mkdir(exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.touch()
        os.truncate(path, 1 << 40)
    own_files.check(root, STORE_FILES)


def test_a_file_is_written_whole_and_never_through_a_link(tmp_path):
    victim, path = tmp_path / "victim", tmp_path / "path"
    victim.write_bytes(b"mine")
    path.symlink_to(victim)

    own_files.replace(path, b"new")

    assert victim.read_bytes() == b"mine"
    assert path.read_bytes() == b"new"
    assert not path.is_symlink()
    (tmp_path / f".path.{os.getpid()}.part").symlink_to(victim)
    path.chmod(0o640)
    own_files.replace(path, b"newer", is_forced=False)
    assert (victim.read_bytes(), path.read_bytes()) == (b"mine", b"newer")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] != []
    assert not list(tmp_path.glob(".path*"))


def test_what_a_killed_one_left_beside_a_file_is_removed_by_the_next_who_is_alone(tmp_path):
    path = tmp_path / "path"
    parts = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: parts.append("killed"))
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        own_files.replace(path, b"old", is_alone=True)
    assert (parts, len(list(tmp_path.iterdir()))) == (["killed"], 1)

    own_files.replace(path, b"new", is_alone=True)

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"path": b"new"}


def test_a_second_name_of_a_file_that_is_replaced_keeps_what_it_had(tmp_path):
    path, other = tmp_path / "path", tmp_path / "other"
    path.write_bytes(b"old")
    other.hardlink_to(path)

    own_files.replace(path, b"new")

    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"old")


def test_what_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        own_files.replace(tmp_path / "folder", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert Path(tmp_path / "folder").is_dir()
