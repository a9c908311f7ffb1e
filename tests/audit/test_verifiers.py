"""Both small verifiers give the verdict expected of every vector, and agree on everything else."""

import ast
import contextlib
import importlib.util
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from audit_examples import KEY, ONE, checkpoint, lines
from kalends.audit.pack import pack
from kalends.audit.proof import prove

ROOT = Path(__file__).parents[2]
VERIFIERS = ROOT / "src/kalends/audit/verifier"
VECTORS = ROOT / "tests/vectors"
NODE = shutil.which("node")
EXITS = {"PROVED": 0, "REFUSED": 8, "USAGE": 2}
CODES = {"format", "manifest", "key", "signature", "size", "root", "inclusion", "order"}

needs_node = pytest.mark.skipif(NODE is None, reason="there is no node here")
PROGRAMS = [
    [sys.executable, "-I", "verify.py"],
    pytest.param(["node", "verify.mjs"], marks=needs_node),
]


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = compile((VERIFIERS / "verify.py").read_text(encoding="utf-8"), "verify.py", "exec")
VECTOR_LIST = json.loads((VECTORS / "vectors.json").read_text(encoding="utf-8"))


def verdict(exit_code, line):
    """Return word and code of a verdict's line; its exit code goes with it."""
    found = re.fullmatch(r"(PROVED|REFUSED ([a-z]+):|USAGE) .+", line)
    assert found, line
    word, code = found[1].split()[0], found[2]
    assert exit_code == EXITS[word]
    assert code is None or code in CODES
    return word, code


def printed(argv):
    """Return exit code and lines of the program, run within this process."""
    kept, sys.argv = sys.argv, ["verify.py", *argv]
    try:
        with contextlib.redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as ended:
            exec(VERIFY, {"__name__": "__main__"})  # noqa: S102 - it is a program
    finally:
        sys.argv = kept
    return ended.value.code, out.getvalue().splitlines()


def python_says(lists, folder):
    with contextlib.chdir(folder):
        runs = [printed(argv) for argv in lists]
    return [verdict(exit_code, lines[-1]) for exit_code, lines in runs]


def node_says(lists, folder):
    harness = Path(__file__).with_name("harness.mjs")
    command = [NODE, str(harness), str(VERIFIERS / "verify.mjs")]
    run = subprocess.run(
        command,
        input=json.dumps(lists),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        encoding="utf-8",
    )
    assert not run.stderr
    return [verdict(exit_code, line) for exit_code, line in json.loads(run.stdout)]


SAYERS = [python_says, pytest.param(node_says, marks=needs_node)]


def differing(answers):
    expected = [(vector["verdict"], vector["code"]) for vector in VECTOR_LIST]
    return [
        (vector["name"], answer)
        for vector, answer, right in zip(VECTOR_LIST, answers, expected, strict=True)
        if answer != right
    ]


@pytest.mark.campaign
def test_python_gives_every_vector_its_verdict():
    assert differing(python_says([vector["arguments"] for vector in VECTOR_LIST], VECTORS)) == []


@pytest.mark.campaign
@needs_node
def test_node_gives_every_vector_its_verdict():
    assert differing(node_says([vector["arguments"] for vector in VECTOR_LIST], VECTORS)) == []


def test_there_are_vectors_of_every_code():
    codes = [vector["code"] for vector in VECTOR_LIST]
    assert CODES | {None} == set(codes)
    assert all(codes.count(code) >= 8 for code in CODES)
    assert len({vector["name"] for vector in VECTOR_LIST}) == len(VECTOR_LIST)


@pytest.mark.campaign
def test_the_vectors_are_what_their_maker_makes(tmp_path):
    make = loaded(VECTORS / "make.py")
    make.HERE = tmp_path
    make.main()
    made = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    kept = {
        path.relative_to(VECTORS): path.read_bytes()
        for path in VECTORS.rglob("*")
        if path.is_file()
    }
    assert made == {
        path: octets for path, octets in kept.items() if path.suffix not in {".py", ".pyc"}
    }


@pytest.mark.parametrize(
    "name", ["pack", "pack-forger", "usage-no-key", "proof-deep", "lines-not-utf8"]
)
@pytest.mark.parametrize("program", PROGRAMS)
def test_as_programs_they_end_with_verdict_and_exit_code(name, program):
    (vector,) = [vector for vector in VECTOR_LIST if vector["name"] == name]
    *command, script = program
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(
        [*command, str(VERIFIERS / script), *vector["arguments"]],
        capture_output=True,
        text=True,
        check=False,
        cwd=VECTORS,
        env=environment,
    )
    assert run.stderr == ""
    assert verdict(run.returncode, run.stdout.splitlines()[-1]) == (
        vector["verdict"],
        vector["code"],
    )


@pytest.mark.campaign
def test_what_is_proved_is_said():
    rows = [vector for vector in VECTOR_LIST if vector["verdict"] == "PROVED"][::4]
    with contextlib.chdir(VECTORS):
        said = [printed(row["arguments"])[1][-1] for row in rows]
    assert said == [row["says"] for row in rows]


@pytest.mark.parametrize(("name", "is_own"), [("pack-own-key", True), ("pack", False)])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_key_of_the_packs_own_is_said_to_be_so(name, is_own, program):
    (vector,) = [vector for vector in VECTOR_LIST if vector["name"] == name]
    *command, script = program
    run = subprocess.run(
        [*command, str(VERIFIERS / script), *vector["arguments"]],
        capture_output=True,
        text=True,
        check=True,
        cwd=VECTORS,
    )
    assert ("The key is the pack's own" in run.stdout) is is_own


def test_they_are_short():
    assert len((VERIFIERS / "verify.py").read_text(encoding="utf-8").splitlines()) <= PYTHON_LINES
    assert len((VERIFIERS / "verify.mjs").read_text(encoding="utf-8").splitlines()) <= NODE_LINES


PYTHON_LINES, NODE_LINES = 175, 220  # an auditor reads one of them from top to bottom


def test_python_imports_only_the_standard_library():
    tree = ast.parse((VERIFIERS / "verify.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {name.name for node in imports if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_node_imports_only_its_own():
    text = (VERIFIERS / "verify.mjs").read_text(encoding="utf-8")
    sources = re.findall(r"\bfrom '([^']+)'|\bimport\(|\brequire\(", text)
    assert sources
    assert all(source.startswith("node:") for source in sources)


def put(folder, files):
    for name, octets in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(octets)


def test_a_name_in_a_pack_cannot_write_the_verdict(tmp_path):
    make = loaded(VECTORS / "make.py")
    put(tmp_path, make.pack(put={"x\nPROVED all": b""}, listed={"\x1b[2J\nPROVED": "0" * 64}))
    _, lines = printed([str(tmp_path), "--key", make.TRUE.text])
    assert not any("\x1b" in line or line.startswith("PROVED") for line in lines)


@pytest.mark.campaign
@pytest.mark.parametrize("says", SAYERS)
def test_a_link_to_a_folder_is_not_followed(says, tmp_path):
    make = loaded(VECTORS / "make.py")
    put(tmp_path / "pack", make.pack())
    lists = [["pack", "--key", make.TRUE.text]]
    (tmp_path / "pack/round").symlink_to(tmp_path / "pack")
    assert says(lists, tmp_path) == [("PROVED", None)]
    (tmp_path / "pack/aside").symlink_to(tmp_path / "pack/checkpoint")
    assert says(lists, tmp_path) == [("REFUSED", "manifest")]


@pytest.mark.parametrize("says", SAYERS)
def test_a_key_is_never_read_from_a_file_of_its_name(says, tmp_path):
    """Whoever owns the folder would put his own key there."""
    make = loaded(VECTORS / "make.py")
    signed = make.note(make.LINES, make.FORGER).encode()
    put(tmp_path, {"journal.jsonl": make.journal(make.LINES), "checkpoint": signed})
    put(tmp_path, {make.TRUE.text: make.FORGER.text.encode()})
    forged = ["journal.jsonl", "checkpoint", "--key"]
    assert says([[*forged, make.TRUE.text]], tmp_path) == [("REFUSED", "key")]
    (tmp_path / "forger.txt").write_text(make.FORGER.text, "utf-8")
    assert says([[*forged, "forger.txt"]], tmp_path) == [("PROVED", None)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
@pytest.mark.parametrize("says", SAYERS)
def test_a_name_that_is_not_utf_8_belongs_to_no_pack(says, tmp_path):
    make = loaded(VECTORS / "make.py")
    put(tmp_path / "pack", make.pack())
    Path(os.fsdecode(os.fsencode(tmp_path / "pack") + b"/\xff.ics")).write_bytes(b"")
    assert says([["pack", "--key", make.TRUE.text]], tmp_path) == [("REFUSED", "format")]


@pytest.mark.campaign
@pytest.mark.parametrize("says", SAYERS)
def test_what_kalends_makes_is_proved(says, place, views, tmp_path):
    newest, kept = place.sign(), [checkpoint(lines(n)) for n in (4, 9)]
    pack(views, place.log, newest, kept, [KEY.public], tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as packed:
        packed.extractall(tmp_path / "pack")
    (tmp_path / "proof.json").write_text(
        prove(views, place.log, newest, ONE, [3, 5, 7, 9]), encoding="utf-8"
    )
    (tmp_path / "kept.txt").write_bytes(kept[0].content)
    lists = [["pack"], ["pack", "kept.txt"], ["proof.json"], ["pack/journal.jsonl", "kept.txt"]]
    key = ["--key", KEY.public.written()]
    assert says([[*arguments, *key] for arguments in lists], tmp_path) == [("PROVED", None)] * 4


@needs_node
def test_both_languages_spell_a_document_alike():
    every = "".join(map(chr, [*range(0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFF, 0x1F600]))
    spelt = json.dumps({every: [], "b": {}, "c": [1, every]}, ensure_ascii=False, indent=1)
    script = "const text = require('fs').readFileSync(0, 'utf8'); process.stdout.write(JSON.stringify(JSON.parse(text), null, 1))"
    run = subprocess.run(
        [NODE, "-e", script], input=spelt.encode(), capture_output=True, check=True
    )
    assert run.stdout == spelt.encode()


def spoiled(octets, chance):
    """Return the octets with one to three of them changed, cut out, doubled or moved."""
    made = bytearray(octets)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        at, length = chance.randrange(len(made) + 1), chance.choice([1, 1, 1, 2, 9, 400])
        match chance.randrange(6):
            case 0 | 1:
                made[at : at + 1] = bytes(
                    byte ^ (1 << chance.randrange(8)) for byte in made[at : at + 1]
                )
            case 2:
                made[at : at + 1] = chance.choice(
                    [
                        b"0",
                        b"1",
                        b'"',
                        b"\\",
                        b"\n",
                        b"\r",
                        b" ",
                        b"{",
                        b"]",
                        b",",
                        b"=",
                        b"\0",
                        b"\xff",
                    ]
                )
            case 3:
                del made[at : at + length]
            case 4:
                made[at:at] = made[at : at + length]
            case _:
                piece = made[at : at + length]
                del made[at : at + length]
                to = chance.randrange(len(made) + 1)
                made[to:to] = piece
    return bytes(made)


@pytest.mark.campaign
@needs_node
def test_they_agree_on_spoiled_bundles(tmp_path):
    make, chance = loaded(VECTORS / "make.py"), random.Random(20201124)
    key = ["--key", make.TRUE.text]
    note, none = make.note(make.LINES).encode(), make.note([]).encode()
    (tmp_path / "journal.jsonl").write_bytes(make.journal(make.LINES))
    (tmp_path / "none").write_bytes(none)
    proof = make.document(make.proof(make.ONE, make.LINES)).encode()
    files = make.pack(drop=["checkpoints/3.txt"])
    lists = []
    for n in range(1000):
        path, beside = tmp_path / f"{n}", []
        match n % 6:
            case 0 | 1:
                path.write_bytes(spoiled(proof, chance))
            case 2:
                path.write_bytes(spoiled(note, chance))
                beside = ["journal.jsonl"]
            case 3:  # nothing of it is signed, so that every line is read
                path.write_bytes(spoiled(make.journal(make.LINES[:4]), chance))
                beside = ["none"]
            case 4:  # the hashes are right, so that more than them is looked at
                which = chance.choice(
                    ["journal.jsonl", "checkpoint", "key.txt", "checkpoints/10.txt"]
                )
                put(path, make.pack(put={which: spoiled(files[which], chance)}))
            case _:
                put(path, {**files, "manifest.json": spoiled(files["manifest.json"], chance)})
        order = [*beside, path.name] if n % 6 == 2 else [path.name, *beside]
        lists.append([*order, *(key if n % 6 < 4 or n % 12 < 6 else [])])
    ours, theirs = python_says(lists, tmp_path), node_says(lists, tmp_path)
    assert [
        (arguments, a, b) for arguments, a, b in zip(lists, ours, theirs, strict=True) if a != b
    ] == []
    assert {code for _, code in ours} >= CODES - {"order"}


def small_orders():
    """Return the encodings of all points of small order, the non-canonical ones among them."""
    p = 2**255 - 19
    eighth = int.from_bytes(
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
    )
    ys = [0, 1, p - 1, p, p + 1, eighth, p - eighth]
    return [(y + sign * 2**255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


@pytest.mark.campaign
@needs_node
def test_they_agree_on_the_edges_of_the_curve(tmp_path):
    make = loaded(VECTORS / "make.py")
    text, size = make.three(0, make.root([])), 2**252 + 27742317777372353535851937790883648493
    (tmp_path / "journal.jsonl").write_bytes(b"")
    lists = []
    for public in [*small_orders(), (2).to_bytes(32, "little"), b"\xff" * 32, make.TRUE.public]:
        for r in small_orders():
            for s in (0, size, 1):
                key = make.Key("edge", public=public)
                path = tmp_path / f"{len(lists)}"
                path.write_text(
                    f"{text}\n{key.bare(r + s.to_bytes(32, 'little'))}", encoding="utf-8"
                )
                lists.append(["journal.jsonl", path.name, "--key", key.text])
    ours, theirs = python_says(lists, tmp_path), node_says(lists, tmp_path)
    assert [
        (arguments, a, b) for arguments, a, b in zip(lists, ours, theirs, strict=True) if a != b
    ] == []
    assert {word for word, _ in ours} == {"REFUSED"}, "no key and no R of small order is anybody's"
