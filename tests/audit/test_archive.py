"""A pack's file: written and read piece by piece, and readable in one way only."""

import io
import tracemalloc
import zipfile

import pytest

from kalends.audit.archive import Archive, Contents
from kalends.domain.errors import DiskError, ProofError

_MEGABYTE = bytes(1 << 20)


def made(folder, **contents):
    path = folder / "pack.zip"
    with Contents(folder) as kept:
        for name, pieces in {"manifest.json": [b"{}"], **contents}.items():
            kept.put(name, pieces)
        kept.write(path)
    return path


@pytest.mark.campaign
def test_memory_does_not_grow_with_what_is_packed(tmp_path):
    tracemalloc.start()
    path = made(tmp_path, journal=(_MEGABYTE for _ in range(40)))
    with path.open("rb") as file:
        archive = Archive(file, "pack.zip")
        assert archive.holds("journal", (_MEGABYTE for _ in range(40)))
        archive.extract("journal", tmp_path / "journal")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 40 << 20 == (tmp_path / "journal").stat().st_size
    assert peak < 8 << 20


def test_it_is_what_the_library_writes_of_the_same(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as packed:
        for name, octets in (("a", b"1" * 99), ("manifest.json", b"{}")):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, octets)
    assert made(tmp_path, a=[b"1" * 90, b"1" * 9]).read_bytes() == held.getvalue()


@pytest.mark.parametrize("where", ["head", "content", "end", "behind", "before"])
def test_a_file_with_another_byte_anywhere_is_no_pack(tmp_path, where):
    octets = bytearray(made(tmp_path, a=[b"1" * 5000], empty=[]).read_bytes())
    change = {"head": 10, "content": 2000, "end": len(octets) - 30}
    if where in change:
        octets[change[where]] ^= 1
    else:
        octets = octets + b"\0" if where == "behind" else b"\0" + octets
    with pytest.raises(ProofError, match="not a pack"):
        Archive(io.BytesIO(octets), "pack.zip")


def test_every_byte_of_a_pack_is_looked_at(tmp_path):
    octets = made(tmp_path, a=[b"1"], b=[b"22"]).read_bytes()
    for at in range(len(octets)):
        other = bytearray(octets)
        other[at] ^= 64
        name = f"{at}"
        try:
            archive = Archive(io.BytesIO(other), name)
        except ProofError:
            continue
        # Only what is in a file may be another, and its checksum with it: no byte alone.
        raise AssertionError((at, archive.hashes))


def test_what_a_pack_does_not_hold_is_not_held(tmp_path):
    archive = Archive(io.BytesIO(made(tmp_path, a=[b"1"]).read_bytes()), "pack.zip")
    assert not archive.holds("b", [b"1"])
    assert not archive.holds("a", [b"12"])
    assert not archive.holds("a", [])
    archive.extract("b", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b""


def test_a_disk_that_would_not_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskError):
        Contents(tmp_path / "file" / "folder")
    with Contents(tmp_path) as kept:
        kept.put("a", [b"1"])
        (tmp_path / "pack.zip").mkdir()
        with pytest.raises(DiskError):
            kept.write(tmp_path / "pack.zip")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "pack.zip"]
    archive = Archive(io.BytesIO(made(tmp_path / "other", a=[b"1"]).read_bytes()), "pack.zip")
    with pytest.raises(DiskError):
        archive.extract("a", tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    with Contents(tmp_path) as kept:
        monkeypatch.setattr(kept._spool, "flush", full)
        with pytest.raises(DiskError):
            kept.put("a", [b"1"])
