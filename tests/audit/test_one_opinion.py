"""`audit check`, `check-pack`, `audit verify` and both small verifiers are of one opinion.

Of every vector, and of thousands of proofs, notes, keys and packs that are spoiled at random, in
their octets and in what these say. Where Kalends looks at more than the small verifiers can (what
events mean, pages and feeds), it may refuse what they prove: only with these words.
"""

import io
import json
import os
import random
import zipfile

import pytest

from audit.test_verifiers import (
    NODE,
    VECTOR_LIST,
    VECTORS,
    VERIFIERS,
    loaded,
    node_says,
    put,
    python_says,
    spoiled,
)
from audit_examples import KEY, ONE, OTHER, checkpoint, lines, zipped
from kalends.audit import forms
from kalends.audit.archive import Archive
from kalends.audit.checkpoint import SuppliedCheckpoint
from kalends.audit.key_files import trusted_keys
from kalends.audit.note import keys_in
from kalends.audit.pack import check as check_pack
from kalends.audit.pack import pack
from kalends.audit.proof import check as check_proof
from kalends.audit.proof import document, prove
from kalends.audit.verify import verify
from kalends.domain.errors import BadKeyError, KalendsError
from kalends.domain.value import replace

pytestmark = pytest.mark.campaign

# What only Kalends looks at.
MORE = {
    "its journal is not consistent",
    "it differs from what the journal gives",
    "it was changed, or another version of Kalends made it; the pack's journal and checkpoints are as they were signed, and its feeds follow from them",
    "it belongs to no pack",
}
# So many times as many are compared: `python bench/fuzz.py --opinions` sets it.
TIMES = int(os.environ.get("KALENDS_FUZZ", "1"))
MEANING = {"unreadable", "unknown-topic", "form"}


def test_the_forms_are_the_same_expressions():
    small = loaded(VERIFIERS / "verify.py")
    for name in ("ID", "SIZE", "B", "HASH", "KEY", "WHO", "SIGNED", "NOTE", "AT", "STATE", "LINE"):
        assert getattr(forms, name) == getattr(small, name), name


def kalends_says(argv, folder, scratch):
    """Return the words of a verdict, and why, as the commands of Kalends come to it."""
    given = [b for a, b in zip(argv, [*argv[1:], ""], strict=False) if a == "--key"]
    paths = [folder / b for a, b in zip(["", *argv], argv, strict=False) if "--key" not in {a, b}]
    try:
        texts = [(folder / argument).read_bytes().decode() if (folder / argument).is_file() else argument for argument in given]  # fmt: skip
        if not given:
            texts = [(paths[0] / "key.txt").read_bytes().decode()]
        trusted = trusted_keys(key for text in texts for key in keys_in(text))
        return _looked_at(paths, trusted, scratch)
    except (KalendsError, UnicodeDecodeError, FileNotFoundError) as error:
        why = getattr(error, "fields", {}).get("detail", "")
        return "REFUSED", str(why) if not isinstance(error, BadKeyError) else "key"


def _looked_at(paths, trusted, scratch):
    top, *others = paths
    if top.is_dir():
        files = {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in top.rglob("*")
            if path.is_file()
        }
        scratch.mkdir()
        check_pack(Archive(io.BytesIO(zipped(files)), "pack.zip"), trusted, scratch)
        top = top / "journal.jsonl"
        if not others:
            return "PROVED", ""
    elif not others:
        check_proof(top.read_bytes(), trusted, top.name)
        return "PROVED", ""
    kept = [
        SuppliedCheckpoint(path.name, path.read_bytes() if path.is_file() else b"")
        for path in others
    ]
    report = verify(None, top, kept, trusted)
    kinds = {problem.what for problem in report.problems}
    if "form" in kinds:  # of a line that is not read, what follows seems to have a gap before it
        kinds -= {"version", "time"}
    if kinds - MEANING:
        return "REFUSED", ", ".join(sorted(kinds))
    return ("REFUSED", "its journal is not consistent") if kinds else ("PROVED", "")


def apart(rows, small, ours):
    """Return those of which they are of two opinions."""
    return [
        (row, theirs, here)
        for row, theirs, here in zip(rows, small, ours, strict=True)
        if theirs[0] != "USAGE"
        and theirs[0] != here[0]
        and not (theirs[0] == "PROVED" and here[1] in MORE)
    ]


def test_kalends_is_of_the_opinion_of_every_vector(tmp_path):
    rows = [vector["arguments"] for vector in VECTOR_LIST if vector["verdict"] != "USAGE"]
    right = [(vector["verdict"],) for vector in VECTOR_LIST if vector["verdict"] != "USAGE"]
    ours = [kalends_says(argv, VECTORS, tmp_path / f"{n}") for n, argv in enumerate(rows)]
    assert apart(rows, right, ours) == []
    assert len(rows) > 500


def respelt(octets, chance):
    """Return a proof that says something else, in its one spelling: what its JSON holds is changed."""
    made = json.loads(octets)
    for _ in range(chance.choice([1, 1, 2])):
        event = chance.choice(made["events"])
        match chance.randrange(14):
            case 0:
                event["index"] += chance.choice([-1, 1, 2**32, 10**15, -(10**3)])
            case 1:
                event["index"] = chance.choice(
                    [True, "2", None, 2.5, -0.0, [], {}, 2**53 + 1, 10**30]
                )
            case 2:
                event["line"] = spoiled(event["line"].encode(), chance).decode("utf-8", "replace")
            case 3:
                event["hashes"] = chance.choice([[], {}, "", None, event["hashes"][::-1], event["hashes"] * 2])  # fmt: skip
            case 4:
                event["hashes"] = [
                    spoiled(text.encode(), chance).decode("latin-1") for text in event["hashes"]
                ]
            case 5:
                made["events"] = made["events"][chance.randrange(3) :: chance.choice([1, -1])]
            case 6:
                made["events"] = [*made["events"], chance.choice(made["events"])] if made["events"] else []  # fmt: skip
            case 7:
                made["activity"] = chance.choice(
                    ["", "x", made["activity"] + "\n", "aaaaaaaaaaab", None, 3, made["activity"].upper()]
                )  # fmt: skip
            case 8:
                made["format"] = chance.choice(["kalends-proof/2", "", None, "Kalends-proof/1"])
            case 9:
                made["checkpoint"] = spoiled(made["checkpoint"].encode(), chance).decode("utf-8", "replace")  # fmt: skip
            case 10:
                made["checkpoint"] += chance.choice(["\n", "— x AA==\n", "— x AAB=\n", "— x\u00a0y AAAA\n", "— \u202e AAAA\n", "x"])  # fmt: skip
            case 11:
                made = dict(sorted(made.items(), reverse=chance.random() < 0.5))
            case 12:
                chance.choice([made, event])[chance.choice(["note", "1", "format"])] = (
                    "kalends-proof/1"
                )
            case _:
                del made["checkpoint"]
        if not made.get("events") or not isinstance(made.get("checkpoint"), str):
            break
        if not isinstance(made["activity"], str) or not all(type(event["index"]) is int and isinstance(event["hashes"], list) for event in made["events"]):  # fmt: skip
            break
    style = chance.choice(
        [document] * 8 + [lambda document: json.dumps(document, indent=1) + "\n", json.dumps]
    )
    return style(made).encode("utf-8", "surrogatepass")


def spoiled_keys(chance):
    text = KEY.public.written() + "\n"
    return chance.choice([
        lambda: spoiled(text.encode(), chance),
        lambda: text.replace("\n", chance.choice(["\r\n", " \n", "\n\n", "\v", "\x0c", "\x85", "\u2028", "\t"])).encode(),
        (text + chance.choice([text, OTHER.public.written(), "x", " ", "#"])).encode,
        lambda: b"\xef\xbb\xbf" + text.encode(),
        lambda: text.encode("utf-16"),
    ])()  # fmt: skip


def compared(rows, folder):
    """Hold all against each other; return how many were proved, and how many refused."""
    small = python_says(rows, folder)
    ours = [kalends_says(argv, folder, folder / f"scratch{n}") for n, argv in enumerate(rows)]
    assert apart(rows, small, ours) == []
    if NODE is not None:
        other = node_says(rows, folder)
        assert [(row, a, b) for row, a, b in zip(rows, small, other, strict=True) if a != b] == []
    words = [word for word, _ in ours]
    return words.count("PROVED"), words.count("REFUSED")


TRUSTED = ["--key", KEY.public.written()]


def test_they_agree_on_spoiled_proofs(place, views, tmp_path):
    chance = random.Random(20201125)
    octets = prove(views, place.log, place.sign(), ONE, [3, 5, 7, 9]).encode()
    rows = []
    for n in range(600 * TIMES):
        made = spoiled(octets, chance) if n % 3 == 0 else respelt(octets, chance)
        (tmp_path / f"{n}.json").write_bytes(made)
        rows.append([f"{n}.json", *TRUSTED])
    proved, refused = compared(rows, tmp_path)
    assert proved > 20 * TIMES
    assert refused > 400 * TIMES


def test_they_agree_on_which_of_two_faults_comes_first(place, views, tmp_path):
    """Whatever else is wrong with it, what has not its form is refused as such."""
    chance = random.Random(20201129)
    newest = place.sign()
    texts = [
        prove(views, place.log, signed, ONE, [3, 5, 7, 9])
        for signed in (newest, replace(newest, content=newest.content.replace(b"A", b"B")))
    ]
    rows = []
    for n in range(400 * TIMES):
        (tmp_path / f"{n}.json").write_bytes(respelt(chance.choice(texts).encode(), chance))
        rows.append([f"{n}.json", "--key", chance.choice([KEY, OTHER]).public.written()])
    proved, refused = compared(rows, tmp_path)
    assert proved < refused


def test_they_agree_on_signed_nonsense(tmp_path):
    """Whoever has the key signs what he likes: a journal, and a proof, of lines that make no sense."""
    make, chance = loaded(VECTORS / "make.py"), random.Random(20201126)
    rows = []
    for n in range(200 * TIMES):
        made = list(make.LINES)
        for _ in range(chance.choice([1, 1, 2])):
            at = chance.randrange(len(made))
            made[at] = chance.choice(
                [
                    lambda line: spoiled(line, chance).replace(b"\n", b" "),
                    lambda line: line.replace(b'"version":1', b'"version":2'),
                    lambda line: line.replace(b":0", b":1", 1),
                    lambda line: (
                        make.LINES[make.LINES.index(line) - 1] if line in make.LINES else line
                    ),
                ]
            )(made[at])
        (tmp_path / f"{n}.jsonl").write_bytes(make.journal(made))
        (tmp_path / f"{n}.txt").write_text(make.note(made), "utf-8")
        key = ["--key", make.TRUE.text]
        rows.append([f"{n}.jsonl", f"{n}.txt", *key])
        try:
            text = make.document(make.proof(make.ONE, made))
        except UnicodeDecodeError:
            continue
        (tmp_path / f"{n}.json").write_text(text, "utf-8", "surrogatepass", newline="")
        rows.append([f"{n}.json", *key])
    proved, refused = compared(rows, tmp_path)
    assert proved > 10 * TIMES
    assert refused > 100 * TIMES


def test_they_agree_on_spoiled_notes_and_keys(place, tmp_path):
    chance = random.Random(20201127)
    place.write()
    (tmp_path / "journal.jsonl").write_bytes(place.journal.read_bytes())
    note = checkpoint(lines(12)).content
    (tmp_path / "note").write_bytes(note)
    rows = []
    for n in range(300 * TIMES):
        name = f"{n}"
        if n % 2:
            others = chance.choice(["", "", "— x AA==\n", "— x\u3000 AAAA\n", "— x+y AAAA\n"])
            made = spoiled(note, chance) if not others else note + others.encode()
            (tmp_path / name).write_bytes(made)
            rows.append(["journal.jsonl", name, *TRUSTED])
        else:
            (tmp_path / name).write_bytes(spoiled_keys(chance))
            rows.append(["journal.jsonl", "note", "--key", name])
    proved, refused = compared(rows, tmp_path)
    assert proved > 10 * TIMES
    assert refused > 200 * TIMES


def listed(files):
    """Return a pack's files with the manifest that they give."""
    make = loaded(VECTORS / "make.py")
    files = {name: held for name, held in files.items() if name != "manifest.json"}
    hashes = {name: make.sha(held).hex() for name, held in sorted(files.items())}
    origin = files.get("checkpoint", b"").decode("utf-8", "replace").partition("\n")[0]
    size = files.get("journal.jsonl", b"").count(b"\n")
    made = {"files": hashes, "format": "kalends-pack/1", "origin": origin, "size": size}
    return {**files, "manifest.json": make.document(made).encode()}


def spoiled_pack(files, chance):
    """Return a pack of which something is changed, its manifest mostly made again."""
    files = dict(files)
    name = chance.choice(sorted(files))
    match chance.randrange(9):
        case 0 | 1:
            name = chance.choice(["checkpoint", "checkpoints/4.txt", "journal.jsonl", "key.txt"])
            files[name] = spoiled(files[name], chance)
        case 2:
            files["key.txt"] = spoiled_keys(chance)
        case 3:
            del files[name]
        case 4:
            files[name] = spoiled(files[name], chance)
        case 5:
            files[chance.choice(["x", "checkpoint2", "checkpoints/5.txt", "checkpoints/04.txt", "feeds/x.ics", "checkpoints/a/4.txt", ".x"])] = files["checkpoints/4.txt"]  # fmt: skip
        case 6:
            size = chance.choice([11, 12])
            files["journal.jsonl"] = b"".join(line + b"\n" for line in lines(size))
        case 7:
            files["checkpoint"] = checkpoint(lines(chance.choice([4, 11, 12]))).content
        case _:
            return {**files, "manifest.json": spoiled(files["manifest.json"], chance)}
    return listed(files) if chance.random() < 0.9 else files


def test_they_agree_on_spoiled_packs(place, views, tmp_path):
    chance = random.Random(20201128)
    kept = [checkpoint(lines(n)) for n in (4, 9)]
    pack(views, place.log, place.sign(), kept, [KEY.public], tmp_path / "pack.zip")
    octets = (tmp_path / "pack.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(octets)) as held:
        files = {member.filename: held.read(member) for member in held.infolist()}
    put(tmp_path / "whole", files)
    rows = [["whole", *TRUSTED], ["whole"]]
    for n in range(120 * TIMES):
        put(tmp_path / f"{n}", spoiled_pack(files, chance))
        rows.append([f"{n}", *(TRUSTED if n % 2 else [])])
    proved, refused = compared(rows, tmp_path)
    assert proved >= 2
    assert refused > 80 * TIMES
