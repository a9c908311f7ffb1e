"""The whole record in one file: the same octets each time, and nothing in it may change."""

import hashlib
import io
import json
import zipfile

import pytest

from audit_examples import KEY, NAME, OTHER, checkpoint, lines, root, sample_history
from audit_examples import zipped as as_written
from kalends.audit import pack as packing
from kalends.audit.archive import Archive
from kalends.audit.checkpoint import signed
from kalends.audit.pack import check, own_keys, pack
from kalends.domain.errors import ProofError, RewrittenError
from kalends.views import catch_up


@pytest.fixture(autouse=True)
def _without_verifiers(monkeypatch):
    """The small verifiers have tests of their own; here one file stands for them."""
    monkeypatch.setattr(packing, "_VERIFIERS", ("README.txt",))


@pytest.fixture
def packed(place, views, tmp_path):
    kept = [checkpoint(lines(n)) for n in (4, 9, 15)]
    return written(tmp_path, views, place.log, place.sign(), kept)


def written(folder, views, log, checkpoint, kept):
    path = folder / "packs" / "pack.zip"
    size = pack(views, log, checkpoint, kept, [KEY.public], path)
    assert size == path.stat().st_size
    assert list(path.parent.iterdir()) == [path]
    return path.read_bytes()


@pytest.fixture
def checked(tmp_path):
    def look(octets, key=KEY):
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        for path in scratch.iterdir():
            path.unlink()
        return check(opened(octets), [key.public], scratch)

    return look


@pytest.fixture
def refused(checked):
    def look(octets, key=KEY):
        with pytest.raises(ProofError) as caught:
            checked(octets, key)
        return str(caught.value.fields["detail"])

    return look


def opened(octets):
    return Archive(io.BytesIO(octets), "pack.zip")


def unzipped(octets):
    with zipfile.ZipFile(io.BytesIO(octets)) as held:
        return {member.filename: held.read(member) for member in held.infolist()}


def zipped(contents, how=zipfile.ZIP_STORED):
    if how == zipfile.ZIP_STORED:
        return as_written(contents)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as made:
        for name, octets in contents.items():
            made.writestr(name, octets)
    return held.getvalue()


def remade(octets, size=12, **more):
    """Return a pack with other files and a manifest that fits them, as a forger makes it."""
    contents = {
        **unzipped(octets),
        **{name.replace("__", "/"): held for name, held in more.items()},
    }
    contents = {name: held for name, held in contents.items() if held is not None and name != "manifest.json"}  # fmt: skip
    checkpoint = signed(KEY, size, bytes(32))
    hashes = {name: hashlib.sha256(held).hexdigest() for name, held in contents.items()}
    return zipped({"manifest.json": packing._manifest(checkpoint, hashes), **contents})


def test_a_pack_holds_all_that_is_needed(packed, checked):
    contents = unzipped(packed)
    assert list(contents) == sorted(contents)
    assert list(contents) == [
        "README.txt", "checkpoint", "checkpoints/4.txt", "checkpoints/9.txt", "feeds/all.ics",
        "feeds/tag-推进会.ics", "feeds/tsw.ics", "journal.jsonl", "key.txt", "manifest.json",
        "page.en.html", "page.zh.html",
    ]  # fmt: skip
    assert contents["journal.jsonl"] == b"".join(line + b"\n" for line in lines(12))
    document = json.loads(contents["manifest.json"])
    assert (document["format"], document["origin"], document["size"]) == (
        "kalends-pack/1",
        NAME,
        12,
    )
    assert set(document["files"]) == set(contents) - {"manifest.json"}
    assert checked(packed) == (checkpoint(lines(12)), 12, 6)
    assert own_keys(opened(packed)) == [KEY.public.written()]


def test_the_same_position_gives_the_same_octets(place, views, packed, tmp_path):
    place.append(sample_history(20)[12:])
    catch_up.catch_up(views, place.log.entries(after=12), head_mark=lambda n: b"%d" % n)
    kept = [checkpoint(lines(n)) for n in (15, 9, 4)]
    assert written(tmp_path, views, place.log, checkpoint(lines(12)), kept) == packed


def test_a_log_that_is_not_what_was_signed_is_not_packed(place, views, tmp_path):
    for checkpoint_of_another in (signed(KEY, 12, bytes(32)), checkpoint(lines(15))):
        with pytest.raises(RewrittenError):
            pack(
                views,
                place.log,
                checkpoint_of_another,
                [],
                [KEY.public],
                tmp_path / "packs" / "pack.zip",
            )
    assert list((tmp_path / "packs").iterdir()) == []


def test_what_is_no_pack_is_said_to_be_none(packed, refused):
    contents = unzipped(packed)
    for octets in (
        b"",
        b"PK",
        packed[:-30],
        zipped({}),
        zipped(contents, zipfile.ZIP_DEFLATED),
        packed.replace(b"manifest.json", b"manifest.jsom"),
        packed.replace(b"page.en.html", b"page.zh.html"),
        packed + b"x",
        b"x" + packed,
    ):
        assert refused(octets) == "it is not a pack"
        with pytest.raises(ProofError):
            opened(octets)
    assert own_keys(opened(zipped({"manifest.json": b""}))) == []


def test_a_file_that_the_manifest_does_not_tell_of_is_not_passed_over(packed, refused):
    contents = unzipped(packed)
    for other in (
        contents | {"more": b""},
        contents | {"page.zh.html": b""},
        {name: held for name, held in contents.items() if name != "page.zh.html"},
        contents | {"manifest.json": contents["manifest.json"] + b" "},
    ):
        assert "those in its manifest" in refused(zipped(other))


def test_a_checkpoint_that_is_not_to_be_believed_is_said(packed, refused):
    note = unzipped(packed)["checkpoint"]
    assert "malformed" in refused(remade(packed, checkpoint=None))
    assert "malformed" in refused(remade(packed, checkpoint=b"x"))
    assert "is wrong" in refused(remade(packed, checkpoint=note.replace(b"\n12\n", b"\n11\n")))
    assert "no trusted key" in refused(packed, OTHER)
    assert "no trusted key" in refused(remade(packed, checkpoint=checkpoint(lines(12), OTHER).content))  # fmt: skip
    assert "is wrong" in refused(remade(packed, checkpoints__4=note.replace(b"\n12\n", b"\n11\n")))


def test_a_journal_that_is_not_what_was_signed_is_said(packed, refused):
    journal = unzipped(packed)["journal.jsonl"]
    spoiled = {"longer or shorter": [None, b"", journal + b"x\n", journal[:-5] + b"\n" * 5]}
    spoiled["not what was signed"] = [journal.replace("下雨".encode(), "天晴".encode())]
    for said, many in spoiled.items():
        for content in many:
            assert said in refused(remade(packed, **{"journal.jsonl": content}))
    assert "not consistent" in refused(remade(packed, **{"journal.jsonl": journal[:-1]}))


def test_a_kept_checkpoint_is_named_by_its_size_and_holds(packed, refused):
    four = checkpoint(lines(4)).content
    for name, octets in (
        ("checkpoints/5.txt", four),
        ("checkpoints/15.txt", checkpoint(lines(15)).content),
        ("checkpoints/4.txt", signed(KEY, 4, bytes(32)).content),
    ):
        assert "not what was signed" in refused(remade(packed, **{name: octets}))


def test_pages_and_feeds_are_made_again_and_nothing_else_is_in_it(packed, refused):
    for name in ("page.zh.html", "page.en.html", "feeds/all.ics", "README.txt", "feeds/more.ics"):
        expected = (
            "it belongs to no pack"
            if "more" in name
            else "it differs from what the journal gives"
            if "feeds" in name
            else "it was changed, or another version of Kalends made it; the pack's journal and "
            "checkpoints are as they were signed, and its feeds follow from them"
        )
        assert refused(remade(packed, **{name: b"forged"})) == expected
    for more, expected in (
        ({"feeds/all.ics": b"x"}, "it differs from what the journal gives"),
        ({"feeds/more.ics": b"x"}, "it belongs to no pack"),
    ):
        assert (
            refused(remade(packed, **{"page.zh.html": b"x", "verify.py": b"x"}, **more))
            == expected
        )
    assert "differs from what" in refused(remade(packed, **{"feeds/all.ics": None}))


def forged(packed, given, **more):
    """Return a pack of lines that the key's holder signed, whatever they say."""
    note = signed(KEY, len(given), root(given)).content
    journal = b"".join(line + b"\n" for line in given)
    none = dict.fromkeys(["checkpoints/4.txt", "checkpoints/9.txt"])
    return remade(
        packed, len(given), checkpoint=note, **none, **{"journal.jsonl": journal}, **more
    )


def test_what_no_kalends_could_have_recorded_is_refused_though_it_is_signed(packed, refused):
    assert "not consistent" in refused(forged(packed, []))
    assert "not consistent" in refused(forged(packed, lines(5)[1:]))
    assert refused(forged(packed, [lines(1)[0].replace(b"Asia/Shanghai", b"Asia/Nowhere!")]))
    assert refused(forged(packed, lines(2)[1:]))
    held = [*lines(2), lines(7)[-1].replace(b'"version":3', b'"version":1')]
    assert refused(forged(packed, held))
    first = lines(1)[0]
    assert refused(forged(packed, [first, first.replace(b'"version":1', b'"version":2')]))


def test_no_bit_of_a_pack_may_change_what_it_says(packed, checked):
    expected = unzipped(packed)
    for bit in range(0, 8 * len(packed), 8 * 97 + 3):
        wrong = bytearray(packed)
        wrong[bit // 8] ^= 1 << bit % 8
        try:
            shown = checked(bytes(wrong))
        except ProofError:
            continue
        assert shown.checkpoint.size == 12
        assert unzipped(bytes(wrong)) == expected


@pytest.mark.parametrize("keys", [None, b"", b"x\n", b"\xff"])
def test_a_pack_brings_its_keys(packed, refused, keys):
    assert refused(remade(packed, **{"key.txt": keys})) == "it contains no keys"
