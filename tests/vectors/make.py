"""Write the good and the forged bundles, and what is expected of each; the same octets at each run.

It shares no code with what it tests: tree, proofs, notes and packs are made here a second time.
"""

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HERE = Path(__file__).parent
ORIGIN, ELSEWHERE = "kalends/tev6njpawm9f", "kalends/0ther0rg0000"
L = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19
EIGHTH = (
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826  # y of a point of order 8
)
HIGH = "b8421c03ad2c038eacd7982913c60229b5d4e7cfcc8b83ec35c79c74b7ad855f"  # [2^252]B, encoded
ONE, TWO, THREE = "k3x9c5ma7v2q", "p7w2d8tn4b6z", "a0c4e8g2j6n1"
vectors, places = [], {}


# The curve of RFC 8032, 5.1: points as pairs, for keys that nobody should have.
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741 - a square root of -1, as mathematicians call it


def point(y, sign):
    """Return the point of this y whose x is even, or odd."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * I % P
    assert x * x % P == square
    return (x if x % 2 == sign else -x % P), y % P


def added(a, b):
    k = D * a[0] * b[0] * a[1] * b[1]
    x, y = a[0] * b[1] + a[1] * b[0], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + k, -1, P) % P, y * pow(1 - k, -1, P) % P


def times(n, of):
    made = (0, 1)
    for bit in f"{n:b}":
        made = added(made, made)
        made = added(made, of) if bit == "1" else made
    return made


def packed(of):
    return (of[1] + of[0] % 2 * 2**255).to_bytes(32, "little")


BASE = point(4 * pow(5, -1, P) % P, 0)


def right_by_the_equation(public, of, text):
    """Return a signature that a key of small order has not refused: any number, and an R of it."""
    for n in range(1, 500):
        for turn in range(8):
            r = packed(added(times(n, BASE), times(turn, of)))
            k = int.from_bytes(hashlib.sha512(r + public + text.encode()).digest(), "little") % L
            if (k + turn) % 8 == 0:
                return r + n.to_bytes(32, "little")
    raise AssertionError(public)


# What is signed, and how.


def sha(octets):
    return hashlib.sha256(octets).digest()


def b64(octets):
    return base64.b64encode(octets).decode()


def document(value):
    """Return the one spelling of a proof or a manifest."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def escaped(value):
    """Return the same, with halves of surrogate pairs, which are no UTF-8, as JSON escapes them."""
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):x}", document(value))


def spelt(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def line(stream, version, topic, second, **more):
    state = {
        "act": f"act{second:09d}",
        "at": f"2026-11-24T04:35:{second:02d}Z",
        "by": "li",
        **more,
        "via": "cli",
    }
    return raw_line(stream, version, topic, spelt(state))


def raw_line(stream, version, topic, state):
    return (
        f'{{"stream":"{stream}","version":{version},"topic":"{topic}","state":{state}}}'.encode()
    )


def act(name, version, topic, second, **more):
    return line(f"activity-{name}", version, f"activity.{topic}", second, **more)


def details(title):
    when = {
        "first_day": "2026-11-30",
        "last_day": "2026-11-30",
        "precision": "day",
        "text": "11月30日",
        "zone": "Asia/Shanghai",
    }
    return {
        "departments": [{"code": "jiaoyuju", "role": "lead"}],
        "links": [],
        "tags": [],
        "title": title,
        "when": when,
    }


LINES = [
    line(
        "campaign",
        1,
        "campaign.opened",
        0,
        id="tev6njpawm9f",
        settings={"feed_format": 1, "title": "创建全国文明城市"},
    ),
    line(
        "roster",
        1,
        "department.registered",
        0,
        aliases=["市教育局"],
        code="jiaoyuju",
        name="辽源市教育局",
    ),
    act(ONE, 1, "planned", 1, details=details("动员会")),
    line(
        "roster", 2, "department.registered", 2, aliases=[], code="gonganju", name="辽源市公安局"
    ),
    act(TWO, 1, "recorded", 3, details=details("“清雪” \\ 行动\n第二天 😀")),
    act(
        ONE,
        2,
        "moved",
        4,
        reason="下雨",
        when={"first_day": "2026-12-01", "last_day": "2026-12-01"},
    ),
    act(THREE, 1, "planned", 4, details=details("普法宣传")),
    act(ONE, 3, "held", 5),
    act(TWO, 2, "corrected", 6, details=details("清雪行动"), reason="标题有误", status="recorded"),
    line(
        "campaign",
        2,
        "campaign.revised",
        7,
        reason="改名",
        settings={"feed_format": 1, "title": "文明城市"},
    ),
    act(THREE, 2, "cancelled", 8, reason="疫情"),
    act(ONE, 4, "withheld", 9, reason="尚未公开"),
    act(ONE, 5, "released", 10),
]
ACTS = [LINES[2], LINES[4], LINES[5]]  # a small log that begins with activities


def node(left, right):
    return sha(b"\1" + left + right)


def split_at(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def root(lines):
    """Return RFC 9162's MTH, as 2.1.1 defines it."""
    if not lines:
        return sha(b"")
    if len(lines) == 1:
        return sha(b"\0" + lines[0])
    k = split_at(len(lines))
    return node(root(lines[:k]), root(lines[k:]))


def path(m, lines):
    """Return RFC 9162's PATH, as 2.1.3.1 defines it."""
    if len(lines) == 1:
        return []
    k = split_at(len(lines))
    if m < k:
        return [*path(m, lines[:k]), root(lines[k:])]
    return [*path(m - k, lines[k:]), root(lines[:k])]


class Key:
    def __init__(self, seed, name=ORIGIN, public=None):
        self.private = Ed25519PrivateKey.from_private_bytes(sha(seed.encode()))
        self.public = public or self.private.public_key().public_bytes_raw()
        self.name = name
        self.hash = sha(name.encode() + b"\n\1" + self.public)[:4]

    @property
    def text(self):
        return f"{self.name}+{self.hash.hex()}+{b64(bytes([1]) + self.public)}"

    def line(self, text, *, name=None, known=None):
        return self.bare(self.private.sign(text.encode()), name=name, known=known)

    def bare(self, signature, *, name=None, known=None):
        return f"— {name or self.name} {b64((known or self.hash) + signature)}\n"


TRUE, SECOND, FORGER = Key("the campaign's"), Key("the campaign's second"), Key("a forger's")
WITNESS, FOREIGN = Key("a witness's", "witness.example/one"), Key("another campaign's", ELSEWHERE)


def three(size, top, origin=ORIGIN):
    return f"{origin}\n{size}\n{b64(top)}\n"


def note(lines, *keys, size=None, origin=ORIGIN, top=None):
    text = three(len(lines) if size is None else size, root(lines) if top is None else top, origin)
    return text + "\n" + "".join(key.line(text) for key in keys or [TRUE])


def journal(lines):
    return b"".join(line + b"\n" for line in lines)


def proof(name, lines, signed=None, **changes):
    found = [i for i, line in enumerate(lines) if f'"activity-{name}"'.encode() in line]
    events = [
        {"index": i, "line": lines[i].decode(), "hashes": [b64(hash_) for hash_ in path(i, lines)]}
        for i in found
    ]
    made = {
        "format": "kalends-proof/1",
        "activity": name,
        "checkpoint": signed or note(lines),
        "events": events,
    }
    return {**made, **changes}


def pack(lines=LINES, *, origin=ORIGIN, size=None, drop=(), listed=None, put=None, **more):
    """Return a pack's files; `put` replaces files before they are listed, `listed` entries after."""
    files = {
        "checkpoint": note(lines).encode(),
        "checkpoints/3.txt": note(lines[:3]).encode(),
        "checkpoints/10.txt": note(lines[:10]).encode(),
        "feeds/tag-专题会议.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "journal.jsonl": journal(lines),
        "key.txt": TRUE.text.encode() + b"\n",
        **(put or {}),
    }
    for name in drop:
        del files[name]
    hashes = {name: sha(octets).hex() for name, octets in sorted(files.items())}
    manifest = {
        "files": dict(sorted({**hashes, **(listed or {})}.items())),
        "format": "kalends-pack/1",
        "origin": origin,
        "size": len(lines) if size is None else size,
        **more,
    }
    return {**files, "manifest.json": document(manifest).encode()}


# Where it is written.


def written(name, given):
    """Write one argument's file or folder, the same content once; return how it is called from here."""
    if isinstance(given, str):
        return given
    called, content = given
    return places.get((called, repr(content))) or keep(name, called, content)


def keep(name, called, content):
    places[called, repr(content)] = f"{name}/{called}"
    target = HERE / name / called
    if isinstance(content, dict) and not called.endswith(".json"):
        for file, octets in content.items():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            (target / file).write_bytes(octets)
        return f"{name}/{called}"
    if isinstance(content, dict):
        content = document(content)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)
    return f"{name}/{called}"


def add(name, verdict, code, why, *arguments):
    assert all(vector["name"] != name for vector in vectors), name
    called = [written(name, argument) for argument in arguments]
    vectors.append(
        {"name": name, "arguments": called, "verdict": verdict, "code": code, "why": why}
    )


def good(name, why, *arguments):
    add(name, "PROVED", None, why, *arguments)
    vectors[-1]["says"] = (
        f"PROVED {says([HERE / argument for argument in vectors[-1]['arguments'] if '.' in argument or '/' in argument])}"
    )


def says(called):
    """Return what is proved, in words, of the files that a vector names."""
    (first, *others) = [path for path in called if path.exists() and "key" not in path.name]
    if first.suffix == ".json":
        made = json.loads(first.read_text(encoding="utf-8"))
        return f"{len(made['events'])} events of activity {made['activity']} are as signed; later ones are not shown"
    if first.is_dir():
        count = (first / "journal.jsonl").read_bytes().count(b"\n")
        notes = [*others, first / "checkpoint", *first.glob("checkpoints/*")]
    else:
        count, notes = first.read_bytes().count(b"\n"), others
    size = max(int(note.read_text(encoding="utf-8").split("\n")[1]) for note in notes)
    return f"the first {size} of {count} events are as they were signed"


def forged(name, code, why, *arguments):
    add(name, "REFUSED", code, why, *arguments)


def usage(name, why, *arguments):
    add(name, "USAGE", None, why, *arguments)


K = ("--key", TRUE.text)
JOURNAL = ("journal.jsonl", journal(LINES))


def a_proof(content):
    return (("proof.json", content), *K)


def a_note(content, lines=LINES):
    return (("journal.jsonl", journal(lines)), ("checkpoint", content), *K)


def a_pack(content):
    return (("pack", content), *K)


def changed(name, lines, **changes):
    """Return a proof whose first event is changed so."""
    made = proof(name, lines)
    made["events"][0].update(changes)
    return made


# fmt: off
# A vector stands on one line: its name, what is so, why, and its files.



def write_retired():
    """Keys with a size behind them: they sign nothing beyond it."""

    def retired(until, key=TRUE):
        return f"{key.text} {until}"

    def at(n, *given, signed=None):
        keys = [word for key in given for word in ("--key", key)]
        return (JOURNAL, ("checkpoint", signed or note(LINES[:n])), *keys)

    good("retired-at", "A key that was retired at 13 has signed 13 lines.", *at(13, retired(13)))
    good("retired-later", "A key that was retired at 14 has signed 13 lines.", *at(13, retired(14)))
    good("retired-before", "It has signed fewer.", *at(7, retired(13)))
    good("retired-at-0", "A key that was retired at once has signed the empty log.", *at(0, retired(0)))
    good("retired-largest", "No size is larger.", *at(13, retired(999999999999999)))
    good("retired-other", "Another key has signed what is beyond.", *at(13, retired(7), SECOND.text, signed=note(LINES, SECOND)))
    good("retired-beside", "Both have signed; the retired one is passed over.", *at(13, retired(7), SECOND.text, signed=note(LINES, TRUE, SECOND)))
    whole = three(13, root(LINES))
    good("retired-wrong-beside", "The signature of the retired one is wrong, and is passed over.", *at(13, retired(7), SECOND.text, signed=f"{whole}\n{TRUE.bare(bytes(64))}{SECOND.line(whole)}"))
    good("retired-two-notes", "Each key has signed in its time.", JOURNAL, ("checkpoint", note(LINES, SECOND)), ("7.txt", note(LINES[:7])), "--key", retired(7), "--key", SECOND.text)
    good("retired-file", "The keys stand in a file.", JOURNAL, ("7.txt", note(LINES[:7])), "--key", ("keys.txt", f"{retired(7)}\n{SECOND.text}\n"))
    good("retired-proof", "A proof in the log that the retired key has signed.", ("proof.json", proof(ONE, LINES)), "--key", retired(13))
    keys = f"{retired(10)}\n{SECOND.text}\n".encode()
    turned = {"key.txt": keys, "checkpoint": note(LINES, SECOND).encode()}
    good("retired-pack", "A pack in which one key follows the other.", ("pack", pack(put=turned)))
    good("retired-pack-given", "The same, with the keys from outside.", ("pack", pack(put=turned)), "--key", retired(10), "--key", SECOND.text)

    forged("retired-beyond", "key", "A key that was retired at 12 has signed 13 lines.", *at(13, retired(12)))
    forged("retired-beyond-0", "key", "A key that was retired at once has signed a line.", *at(1, retired(0)))
    forged("retired-given-twice", "key", "The same key is given without a size as well.", *at(13, retired(12), TRUE.text))
    forged("retired-given-first", "key", "The same, in the other order.", *at(13, TRUE.text, retired(12)))
    forged("retired-twice", "key", "The smallest size counts.", *at(13, retired(12), retired(13)))
    forged("retired-twice-turned", "key", "The same, in the other order.", *at(13, retired(13), retired(12)))
    forged("retired-wrong", "signature", "The signature is wrong, and the key not yet retired.", *at(13, retired(13), signed=f"{whole}\n{TRUE.bare(bytes(64))}"))
    forged("retired-both", "key", "Both keys that signed are retired.", *at(13, retired(12), retired(9, SECOND), signed=note(LINES, TRUE, SECOND)))
    forged("retired-second-note", "key", "Of two checkpoints one is beyond.", JOURNAL, ("7.txt", note(LINES[:7])), ("13.txt", note(LINES)), "--key", retired(7))
    forged("retired-proof-beyond", "key", "A proof in a log of more lines than the key may sign.", ("proof.json", proof(ONE, LINES)), "--key", retired(12))
    forged("retired-pack-beyond", "key", "The pack's own key was retired before its checkpoint.", ("pack", pack(put={"key.txt": f"{retired(10)}\n".encode()})))
    forged("retired-pack-kept", "key", "One that was kept is beyond.", ("pack", pack(put={**turned, "key.txt": f"{retired(9)}\n{SECOND.text}\n".encode()})))
    forged("retired-pack-outside", "key", "The key from outside was retired before.", ("pack", pack()), "--key", retired(10))
    strangers = f"— x {'A' * 60}\n"  # so many lines as make a note of 64 KiB
    wide = f"{whole}\n{TRUE.line(whole)}"
    many, left = divmod(2**16 - len(wide.encode()), len(strangers.encode()))
    last = strangers * (many - 1) + f"— {'x' * (left + 1)} {'A' * 60}\n"
    good("note-largest", "With all the lines of others it is 64 KiB.", *a_note(wide + last))
    forged("note-larger", "format", "It is one octet larger.", *a_note(wide + last.replace("— x", "— xx", 1)))
    for name, behind in (
        ("zeros", " 013"), ("sign", " +13"), ("minus", " -1"), ("hex", " d"), ("two", " 13 14"), ("spaces", "  13"),
        ("tab", "\t13"), ("nbsp", "\u00a013"), ("space-behind", "13 "), ("none", " "), ("huge", " 1000000000000000"),
        ("wide", " １３"), ("float", " 13.0"), ("exponent", " 1e3"), ("comma", ",13"), ("equals", "=13"),
    ):  # fmt: skip
        forged(f"retired-form-{name}", "format", "What stands behind the key is no size.", *at(7, TRUE.text + behind))


def write_good():
    good("proof-size-1", "One event, alone in the tree.", *a_proof(proof(ONE, ACTS[:1])))
    good("proof-size-2", "The left one of two.", *a_proof(proof(ONE, ACTS[:2])))
    good("proof-size-2-right", "The right one of two.", *a_proof(proof(TWO, ACTS[:2])))
    good("proof-size-3", "Two events, one of them the odd one out.", *a_proof(proof(ONE, ACTS)))
    good("proof-size-7", "One event, the last of seven.", *a_proof(proof(THREE, LINES[:7])))
    good("proof-size-8", "Three events of a full tree.", *a_proof(proof(ONE, LINES[:8])))
    good("proof-size-13", "Five events, the last of thirteen among them.", *a_proof(proof(ONE, LINES)))
    good("proof-size-13-two", "Two events with quotation marks, a line feed and a character beyond the BMP.", *a_proof(proof(TWO, LINES)))
    for n in range(3, 13):
        good(f"proof-of-{n}", f"Whatever stands in a tree of {n} lines can be shown.", *a_proof(proof(ONE, LINES[:n])))
    forged("proof-spaced", "format", "The same JSON, with other spaces.", *a_proof(json.dumps(proof(ONE, LINES), ensure_ascii=False, indent=2) + "\n"))
    forged("proof-one-line", "format", "The same JSON on one line.", *a_proof(json.dumps(proof(ONE, LINES), ensure_ascii=False) + "\n"))
    forged("proof-escaped", "format", "The same JSON in ASCII.", *a_proof(json.dumps(proof(ONE, LINES), indent=1) + "\n"))
    forged("proof-no-feed", "format", "The last line feed is missing.", *a_proof(document(proof(ONE, LINES))[:-1]))
    good("proof-witness", "A line of a key that nobody here trusts is passed over.", *a_proof(proof(ONE, LINES, note(LINES, WITNESS, TRUE, WITNESS))))
    good("proof-forger-beside", "A stranger's line under this log's name, with another key hash, is passed over.", *a_proof(proof(ONE, LINES, note(LINES, FORGER, TRUE))))
    text = three(13, root(LINES))
    good("proof-short-line", "A stranger's line may hold anything in base64.", *a_proof(proof(ONE, LINES, f"{text}\n— x AA==\n{TRUE.line(text)}")))
    good("proof-two-keys", "Two trusted keys have signed.", *a_proof(proof(ONE, LINES, note(LINES, TRUE, SECOND))), "--key", SECOND.text)
    good("proof-second-key", "The second of two trusted keys has signed.", *a_proof(proof(ONE, LINES, note(LINES, SECOND))), "--key", SECOND.text)
    good("proof-key-file", "The keys stand in a file.", ("proof.json", proof(ONE, LINES, note(LINES, SECOND))), "--key", ("keys.txt", f"{TRUE.text}\n{SECOND.text}\n"))
    good("proof-key-file-cut", "A file of one key may lack its line feed.", "--key", ("key.txt", TRUE.text), ("proof.json", proof(ONE, LINES)))
    good("journal", "A journal and its checkpoint.", *a_note(note(LINES)))
    good("journal-longer", "A journal may hold more lines than a checkpoint says.", *a_note(note(LINES[:7])))
    good("journal-several", "Several checkpoints of one journal, in any order.", JOURNAL, ("13.txt", note(LINES)), ("1.txt", note(LINES[:1])), ("8.txt", note(LINES[:8])), *K)
    good("journal-empty", "An empty log has a root too.", *a_note(note([]), []))
    good("journal-empty-first", "A checkpoint of nothing proves nothing, but is right.", *a_note(note([])))
    for n in range(1, 13):
        good(f"journal-at-{n}", f"The journal goes on from its first {n} lines.", *a_note(note(LINES[:n])))
    back = [line("campaign", 1, "campaign.opened", 9), line("campaign", 2, "clock.corrected", 5, reason="R"), line("campaign", 3, "campaign.revised", 6)]
    good("journal-clock", "A correction of the clock may go back, and what follows goes on from there.", *a_note(note(back), back))
    good("journal-same-second", "Two events of one second are in order.", *a_note(note(LINES[:2]), LINES[:2]))
    good("pack", "A pack, with a key from outside.", *a_pack(pack()))
    good("pack-own-key", "A pack believed on its own key.", ("pack", pack()))
    good("pack-bare", "A pack of the files that must be there.", *a_pack(pack(drop=["checkpoints/3.txt", "checkpoints/10.txt", "feeds/tag-专题会议.ics"])))
    good("pack-kept-newest", "The newest checkpoint may be kept as well.", *a_pack(pack(put={"checkpoints/13.txt": note(LINES).encode(), "checkpoints/0.txt": note([]).encode()})))
    good("pack-two-keys", "Two keys in a pack; the second has signed what was kept.", ("pack", pack(put={"key.txt": f"{TRUE.text}\n{SECOND.text}\n".encode(), "checkpoints/3.txt": note(LINES[:3], SECOND).encode()})))
    forged("pack-empty", "size", "The pack of an empty log, which has no campaign.", *a_pack(pack([], drop=["checkpoints/3.txt", "checkpoints/10.txt"])))
    forged("pack-key-outside", "format", "The key is missing, though one is given.", *a_pack(pack(drop=["key.txt"])))
    forged("pack-key-none", "key", "There is no key in key.txt, though one is given.", *a_pack(pack(put={"key.txt": b"\n"})))
    forged("pack-key-crlf", "format", "The lines of key.txt end in CR and LF, though a key is given.", *a_pack(pack(put={"key.txt": TRUE.text.encode() + b"\r\n"})))
    forged("pack-key-spaced", "format", "Two keys of key.txt stand on one line.", *a_pack(pack(put={"key.txt": f"{TRUE.text} {SECOND.text}\n".encode()})))
    forged("pack-key-latin", "format", "There is an octet in key.txt that is no UTF-8.", *a_pack(pack(put={"key.txt": TRUE.text.encode() + b"\n\xe9\n"})))


def write_usage():
    usage("usage-nothing", "No bundle is given.")
    usage("usage-key-only", "Nor with a key.", *K)
    usage("usage-no-file", "There is no such file.", "nowhere.json", *K)
    usage("usage-no-file-two", "There is no such checkpoint.", JOURNAL, "nowhere.txt", *K)
    usage("usage-no-key", "A proof without a key proves nothing.", ("proof.json", proof(ONE, LINES)))
    usage("usage-no-key-journal", "Nor does a checkpoint.", JOURNAL, ("checkpoint", note(LINES)))
    usage("usage-option", "There is no such option.", ("proof.json", proof(ONE, LINES)), "--keys", TRUE.text)
    forged("key-cut", "key", "--key stands last.", ("proof.json", proof(ONE, LINES)), "--key")
    forged("key-empty", "key", "The key is empty.", ("proof.json", proof(ONE, LINES)), "--key", "")
    forged("key-second-bad", "format", "The second key is none.", *a_proof(proof(ONE, LINES)), "--key", "no key")
    forged("journal-alone", "format", "A journal alone is no bundle.", JOURNAL, *K)
    forged("journal-folder", "format", "A folder is no checkpoint.", JOURNAL, ("pack", pack()), *K)
    for name, bad in (
        ("no-text", "no key"),
        ("not-utf8", b"\xff"),
        ("crlf", TRUE.text + "\r\n"),
        ("bom", "\ufeff" + TRUE.text + "\n"),
        ("private", "PRIVATE+KEY+" + TRUE.text + "\n"),
        ("type", f"{TRUE.name}+{sha(TRUE.name.encode() + bytes([10, 2]) + TRUE.public)[:4].hex()}+{b64(bytes([2]) + TRUE.public)}\n"),
        ("type-0", f"{TRUE.name}+{sha(TRUE.name.encode() + bytes([10, 0]) + TRUE.public)[:4].hex()}+{b64(bytes([0]) + TRUE.public)}\n"),
        ("short", f"{TRUE.name}+{sha(TRUE.name.encode() + bytes([10, 1]) + TRUE.public[:31])[:4].hex()}+{b64(bytes([1]) + TRUE.public[:31])}\n"),
        ("long", f"{TRUE.name}+{sha(TRUE.name.encode() + bytes([10, 1]) + TRUE.public + b'x')[:4].hex()}+{b64(bytes([1]) + TRUE.public + b'x')}\n"),
        ("hash", TRUE.text.replace(TRUE.hash.hex(), FORGER.hash.hex()) + "\n"),
        ("hash-capital", TRUE.text.replace(TRUE.hash.hex(), TRUE.hash.hex().upper()) + "\n"),
        ("base64", TRUE.text[:-1] + "\n"),
        ("name", Key("x", "example.org/log").text + "\n"),
        ("second", TRUE.text + "\nx\n"),
    ):
        forged(f"key-{name}", "format", f"The key is not in its form: {name}.", ("proof.json", proof(ONE, LINES)), "--key", ("keys.txt", bad))
    forged("pack-key", "format", "The pack's own key is none.", ("pack", pack(put={"key.txt": b"x\n"})))


def write_proofs():
    whole = proof(ONE, LINES)
    text = three(13, root(LINES))
    # Form.
    forged("proof-not-utf8", "format", "It is not UTF-8.", *a_proof(document(whole).encode() + b"\xff"))
    forged("proof-bom", "format", "It begins with a byte order mark.", *a_proof(b"\xef\xbb\xbf" + document(whole).encode()))
    forged("proof-utf16", "format", "It is UTF-16.", *a_proof(document(whole).encode("utf-16")))
    forged("proof-empty", "format", "It is empty.", *a_proof(b""))
    forged("proof-cut", "format", "It is cut off.", *a_proof(document(whole)[:-1]))
    forged("proof-two", "format", "Something follows.", *a_proof(document(whole) + "{}"))
    forged("proof-list", "format", "It is a list.", *a_proof(document([whole])))
    forged("proof-null", "format", "It is null.", *a_proof("null"))
    forged("proof-deep", "format", "It is nested without end.", *a_proof("[" * 20_000))
    forged("proof-deep-objects", "format", "It is nested without end, in objects.", *a_proof('{"a":' * 20_000))
    forged("proof-nbsp", "format", "A space that JSON does not know.", *a_proof("\u00a0" + document(whole)))
    forged("proof-comma", "format", "A comma too many.", *a_proof(document(whole)[:-3] + ",\n}\n"))
    forged("proof-key-twice", "format", "A JSON key stands twice.", *a_proof(document(whole)[:-3] + f',\n "activity": "{ONE}"\n}}\n'))
    forged("proof-inner-key-twice", "format", "A JSON key of an event stands twice.", *a_proof(document(whole).replace('"index": 2,', '"index": 2,\n   "index": 2,')))
    forged("proof-key-extra", "format", "A key too many.", *a_proof({**whole, "note": ""}))
    forged("proof-inner-key-extra", "format", "An event has a key too many.", *a_proof(changed(ONE, LINES, note="")))
    for key in whole:
        forged(f"proof-without-{key}", "format", f"The key {key} is missing.", *a_proof({k: v for k, v in whole.items() if k != key}))
        forged(f"proof-{key}-null", "format", f"The key {key} is null.", *a_proof({**whole, key: None}))
    for key in ("index", "line", "hashes"):
        made = proof(ONE, LINES)
        del made["events"][1][key]
        forged(f"proof-event-without-{key}", "format", f"An event's {key} is missing.", *a_proof(made))
        forged(f"proof-event-{key}-null", "format", f"An event's {key} is null.", *a_proof(changed(ONE, LINES, **{key: None})))
    forged("proof-event-hashes-object", "format", "An event's hashes are an object with numbers as keys.", *a_proof(changed(ONE, LINES, hashes=dict(enumerate(whole["events"][0]["hashes"])))))
    forged("proof-event-hashes-text", "format", "An event's hashes are one text.", *a_proof(changed(ONE, LINES, hashes="".join(whole["events"][0]["hashes"]))))
    forged("proof-event-hashes-empty-text", "format", "Where no hash is needed they are an empty text.", *a_proof(changed(ONE, ACTS[:1], hashes="")))
    forged("proof-event-hashes-empty-object", "format", "Where no hash is needed they are an empty object.", *a_proof(changed(ONE, ACTS[:1], hashes={})))
    forged("proof-index-largest", "inclusion", "The largest index there is.", *a_proof(document(whole).replace('"index": 2,', f'"index": {"9" * 15},')))
    for what, change in (
        ("index", {"index": 2**60}), ("key", {"1": 1}), ("hash", {"hashes": ["x"]}),
        ("hashes", {"hashes": {}}), ("line", {"line": 1}),
    ):
        made = proof(ONE, LINES, note(LINES, FORGER))
        made["events"][0]["hashes"] = []
        made["events"][-1] |= change
        forged(f"proof-form-first-{what}", "format", f"The form of the last event is looked at before the key and the first event: {what}.", *a_proof(made))
    forged("proof-event-number", "format", "An event is a number.", *a_proof({**whole, "events": [3]}))
    forged("proof-format", "format", "Another format.", *a_proof({**whole, "format": "kalends-proof/2"}))
    forged("proof-no-events", "format", "It shows nothing.", *a_proof({**whole, "events": []}))
    forged("proof-activity-long", "format", "An id of 13 characters.", *a_proof({**whole, "activity": ONE + "0"}))
    forged("proof-activity-letter", "format", "An id with a letter that ids have not.", *a_proof({**whole, "activity": "ilou" + ONE[4:]}))
    forged("proof-activity-feed", "format", "An id with a line feed behind it.", *a_proof({**whole, "activity": ONE + "\n"}))
    for name, bad in (("float", "2.0"), ("half", "2.5"), ("exponent", "2e0"), ("nan", "NaN"), ("infinity", "Infinity"), ("minus", "-2"), ("minus-one", "-1"), ("minus-zero", "-0"), ("true", "true"), ("text", '"2"'), ("zeros", "02"), ("huge", "9" * 5000), ("sixteen", "1" * 16), ("too-large", "1" + "0" * 15)):
        forged(f"proof-index-{name}", "format", f"The index {bad[:9]} is no number of this form.", *a_proof(document(whole).replace('"index": 2,', f'"index": {bad},')))
    forged("proof-surrogate", "format", "Half of a surrogate pair is no text.", *a_proof(escaped({**whole, "checkpoint": whole["checkpoint"] + "— x\ud800 AA==\n"})))
    forged("proof-surrogate-line", "format", "A line with half of a surrogate pair.", *a_proof(escaped(changed(ONE, LINES, line=LINES[2].decode() + "\udc00"))))
    forged("proof-surrogate-key", "format", "A JSON key that is half of a surrogate pair.", *a_proof('{"\\ud800": 1}'))
    forged("proof-control", "format", "A raw control character in a JSON text.", *a_proof(document(whole).replace('"kalends-proof', '"\x01kalends-proof')))
    forged("proof-escape", "format", "An escape that JSON does not know.", *a_proof(document(whole).replace("kalends-proof", "\\kalends-proof")))
    forged("proof-tab", "format", "A raw tab in a JSON text.", *a_proof(document(whole).replace('"kalends-proof', '"\tkalends-proof')))
    first = whole["events"][0]["hashes"]
    for name, bad in (("bits", first[0][:-2] + chr(ord(first[0][-2]) + 1) + "="), ("unpadded", first[0][:-1]), ("url", b64(b"\xff" * 32).replace("/", "_")), ("short", b64(b"x" * 31)), ("long", b64(b"x" * 33)), ("empty", ""), ("feed", first[0] + "\n"), ("space", first[0][:4] + " " + first[0][4:]), ("padded", first[0] + "="), ("number", 5), ("null", None), ("wide", "é" + first[0][1:])):
        forged(f"proof-hash-{name}", "format", f"A hash is not the one base64 text of 32 octets: {name}.", *a_proof(changed(ONE, LINES, hashes=[bad, *first[1:]])))
    # The checkpoint.
    forged("proof-forger", "key", "Every hash made again, and signed by the forger's own key.", *a_proof(proof(ONE, [b"x", *LINES[1:]], note([b"x", *LINES[1:]], FORGER))))
    forged("proof-unsigned-change", "signature", "Every hash made again, with the old signature.", *a_proof(proof(ONE, LINES[:12], three(12, root(LINES[:12])) + "\n" + TRUE.line(text))))
    forged("proof-foreign", "key", "Another log's checkpoint.", *a_proof(proof(ONE, LINES, note(LINES, FOREIGN, origin=ELSEWHERE))))
    forged("proof-witness-only", "key", "Only a witness has signed.", *a_proof(proof(ONE, LINES, note(LINES, WITNESS))))
    forged("proof-origin", "signature", "A trusted key of another log has signed, and a wrong signature stands under this log's.", *a_proof(proof(ONE, LINES, note(LINES, FOREIGN) + TRUE.line("x"))), "--key", FOREIGN.text)
    forged("proof-origin-key", "key", "A trusted key of another log has signed under this log's origin.", *a_proof(proof(ONE, LINES, note(LINES, FOREIGN))), "--key", FOREIGN.text)
    forged("proof-no-signature", "format", "A note without any signature.", *a_proof(proof(ONE, LINES, text + "\n")))
    forged("proof-no-blank", "format", "A note without its empty line.", *a_proof(proof(ONE, LINES, text + TRUE.line(text))))
    # Inclusion.
    second = json.loads(json.dumps(whole))
    second["events"][1]["hashes"].pop()
    forged("proof-missing", "inclusion", "A hash is missing.", *a_proof(second))
    forged("proof-missing-first", "inclusion", "The first hash is missing.", *a_proof(changed(ONE, LINES, hashes=first[1:])))
    forged("proof-none", "inclusion", "All hashes are missing.", *a_proof(changed(ONE, LINES, hashes=[])))
    forged("proof-many", "inclusion", "A hash too many.", *a_proof(changed(ONE, LINES, hashes=[*first, first[0]])))
    forged("proof-many-front", "inclusion", "A hash too many, in front.", *a_proof(changed(ONE, LINES, hashes=[first[0], *first])))
    forged("proof-swapped", "inclusion", "Two hashes are swapped.", *a_proof(changed(ONE, LINES, hashes=[first[1], first[0], *first[2:]])))
    forged("proof-hash", "inclusion", "A hash is another.", *a_proof(changed(ONE, LINES, hashes=[b64(sha(b"")), *first[1:]])))
    forged("proof-shifted", "inclusion", "The index is the neighbour's.", *a_proof(changed(ONE, LINES, index=3)))
    forged("proof-shifted-down", "inclusion", "The index is one less.", *a_proof(changed(ONE, LINES, index=1)))
    forged("proof-beyond", "inclusion", "The index is the tree's size.", *a_proof(changed(ONE, LINES, index=13)))
    forged("proof-far", "inclusion", "The index is far beyond the tree.", *a_proof(changed(ONE, LINES, index=10**14)))
    forged("proof-wrapped", "inclusion", "The index is 2^32 more.", *a_proof(changed(ONE, LINES, index=2 + 2**32)))
    forged("proof-edited", "inclusion", "The line is changed.", *a_proof(changed(ONE, LINES, line=LINES[2].decode().replace("动员会", "动员令"))))
    forged("proof-line-feed", "inclusion", "The line has a line feed behind it.", *a_proof(changed(ONE, LINES, line=LINES[2].decode() + "\n")))
    forged("proof-other-size", "inclusion", "The hashes are those of a smaller tree.", *a_proof(proof(ONE, LINES[:8], note(LINES))))
    forged("proof-larger-size", "inclusion", "The hashes are those of a larger tree.", *a_proof({**whole, "checkpoint": note(LINES[:12])}))
    forged("proof-size-0", "inclusion", "Nothing is in an empty tree.", *a_proof({**proof(ONE, ACTS[:1]), "checkpoint": note([])}))
    forged("proof-size-largest", "inclusion", "The tree is said to be of 999999999999999 lines.", *a_proof({**whole, "checkpoint": note(LINES, size=10**15 - 1)}))
    forged("proof-size-1-index-1", "inclusion", "The index of a tree of one is 1.", *a_proof(changed(ONE, ACTS[:1], index=1)))
    forged("proof-size-1-hash", "inclusion", "A tree of one with a hash.", *a_proof(changed(ONE, ACTS[:1], hashes=[first[0]])))
    forged("proof-size-1-of-two", "inclusion", "The root of two leaves is signed for one.", *a_proof({**changed(ONE, ACTS[:1], hashes=[b64(path(0, ACTS[:2])[0])]), "checkpoint": note(ACTS[:1], top=root(ACTS[:2]))}))
    forged("proof-size-2-none", "inclusion", "A leaf given as the root of two, without a hash.", *a_proof(changed(ONE, ACTS[:2], hashes=[])))
    forged("proof-as-root", "inclusion", "The root claimed is the leaf's, of a tree of two.", *a_proof({**changed(ONE, ACTS[:2], hashes=[]), "checkpoint": note(ACTS[:2], top=root(ACTS[:1]))}))
    pair = sha(b"\0" + LINES[0]) + sha(b"\0" + LINES[1])
    fake = (b"\1" + pair).decode("latin-1")
    forged("proof-node-as-leaf", "inclusion", "A line that is two hashes: a node passed off as a leaf.", *a_proof({**whole, "events": [{"index": 0, "line": fake, "hashes": [b64(sha(LINES[2]))]}]}))
    unprefixed = sha(sha(ACTS[0]) + sha(ACTS[1]))
    forged("proof-no-prefix", "inclusion", "A tree whose hashes have no prefixes.", *a_proof({**changed(ONE, ACTS[:2], hashes=[b64(sha(ACTS[1]))]), "checkpoint": note(ACTS[:2], top=unprefixed)}))
    forged("proof-leaf-prefix", "inclusion", "A tree whose nodes have the leaves' prefix.", *a_proof({**proof(ONE, ACTS[:2]), "checkpoint": note(ACTS[:2], top=sha(b"\0" + sha(b"\0" + ACTS[0]) + sha(b"\0" + ACTS[1])))}))
    # Order.
    without = json.loads(json.dumps(whole))
    del without["events"][1]
    forged("proof-gap", "order", "An event in the middle is left out.", *a_proof(without))
    forged("proof-late", "order", "The first event is left out.", *a_proof({**whole, "events": whole["events"][1:]}))
    forged("proof-twice", "order", "An event stands twice.", *a_proof({**whole, "events": [whole["events"][0], *whole["events"]]}))
    forged("proof-backwards", "order", "The events stand in the wrong order.", *a_proof({**whole, "events": whole["events"][::-1]}))
    forged("proof-other-activity", "order", "The events are of another activity.", *a_proof({**whole, "activity": TWO}))
    mixed = sorted(whole["events"] + proof(TWO, LINES)["events"], key=lambda event: event["index"])
    forged("proof-mixed", "order", "Events of two activities.", *a_proof({**whole, "events": mixed}))
    crossed = [act(ONE, 2, "held", 1), act(ONE, 1, "planned", 1)]
    made = proof(ONE, crossed)
    forged("proof-indexes", "order", "The versions rise, the indexes do not.", *a_proof({**made, "events": made["events"][::-1]}))
    later = [LINES[0], LINES[1], LINES[3], act(ONE, 2, "held", 3), act(ONE, 1, "planned", 3)]
    made = proof(ONE, later)
    forged("proof-indexes-later", "order", "The versions rise, the indexes do not, further on.", *a_proof({**made, "events": made["events"][::-1]}))
    once = proof(ONE, ACTS[:1])["events"]
    forged("proof-event-again", "order", "The only event stands twice.", *a_proof({**proof(ONE, ACTS[:1]), "events": once * 2}))
    back = [act(ONE, 1, "planned", 2), act(ONE, 2, "held", 1)]
    good("proof-time", "A recorded time goes back: the clock may have been set right meanwhile.", *a_proof(proof(ONE, back)))
    spaced = [ACTS[0].replace(b'"version":', b'"version": ')]
    forged("proof-signed-spacing", "format", "A line that is signed, but not in its one spelling.", *a_proof(proof(ONE, spaced)))


def write_notes():
    text = three(13, root(LINES))
    right = note(LINES)
    top = b64(root(LINES))
    raw = TRUE.private.sign(text.encode())

    def signed(changed_text):
        return changed_text + "\n" + TRUE.line(changed_text)

    for name, bad in (
        ("crlf", right.replace("\n", "\r\n")),
        ("bom", "\ufeff" + right),
        ("empty", ""),
        ("feed", "\n\n\n"),
        ("cut", right[:-1]),
        ("more", right + "\n"),
        ("cut-second", right + "— x AA=="),
        ("space-behind", right[:-1] + " \n"),
        ("four-lines", signed(text + "extension\n")),
        ("two-lines", signed(f"{ORIGIN}\n13\n")),
        ("size-zeros", signed(text.replace("\n13\n", "\n013\n"))),
        ("size-plus", signed(text.replace("\n13\n", "\n+13\n"))),
        ("size-hex", signed(text.replace("\n13\n", "\n0xd\n"))),
        ("size-words", signed(text.replace("\n13\n", "\nthirteen\n"))),
        ("size-wide", signed(text.replace("\n13\n", "\n１３\n"))),
        ("size-none", signed(text.replace("\n13\n", "\n\n"))),
        ("size-huge", signed(text.replace("\n13\n", "\n" + "9" * 5000 + "\n"))),
        ("size-16", signed(text.replace("\n13\n", "\n1000000000000013\n"))),
        ("root-short", signed(text.replace(top, b64(root(LINES)[:31])))),
        ("root-long", signed(text.replace(top, b64(root(LINES) + b"\0")))),
        ("root-bits", signed(text.replace(top, top[:-2] + chr(ord(top[-2]) + 1) + "="))),
        ("root-unpadded", signed(text.replace(top, top[:-1]))),
        ("root-hex", signed(text.replace(top, root(LINES).hex()))),
        ("origin-none", signed(text.replace(ORIGIN, ""))),
        ("origin-spaced", signed(text.replace(ORIGIN, ORIGIN + " "))),
        ("origin-other", signed(text.replace(ORIGIN, "example.org/log"))),
        ("dash", right.replace("— ", "-- ")),
        ("dash-space", right.replace("— ", "—  ")),
        ("signature-space", right[:-1] + " x\n"),
        ("signature-no-name", right.replace(f"— {ORIGIN} ", "— ")),
        ("signature-plus", right + "— a+b AA==\n"),
        ("signature-control", right + "— a\x1fb AA==\n"),
        ("signature-base64", right + "— x A===\n"),
        ("signature-bits", right + "— x AB==\n"),
        ("signature-empty", right + "— x \n"),
        ("text-between", text + "\nx\n" + right.partition("\n\n")[2]),
        ("blank-between", right + "\n" + TRUE.line(text)),
    ):
        forged(f"note-{name}", "format", f"The checkpoint is not in its form: {name}.", *a_note(bad))
    forged("note-not-utf8", "format", "The checkpoint is not UTF-8.", *a_note(right.encode() + b"\xe2\x80 x AA==\n"))
    forged("note-overlong", "format", "The checkpoint is UTF-8 in a longer spelling than need be.", *a_note(right.encode() + b"\xe2\x80\x94 \xc1\x81 AA==\n"))
    forged("note-form-first", "format", "The form is looked at before the key.", *a_note(note(LINES, FORGER) + "x\n"))
    # Key.
    forged("note-forger", "key", "Signed by a key that nobody trusts.", *a_note(note(LINES, FORGER)))
    forged("note-forger-rewritten", "key", "An event changed, every hash made again, signed by the forger.", *a_note(note([*LINES[:12], LINES[12].replace(b"li", b"wu")], FORGER), [*LINES[:12], LINES[12].replace(b"li", b"wu")]))
    forged("note-other-log", "key", "The checkpoint of another log.", *a_note(note(LINES, FOREIGN, origin=ELSEWHERE)))
    forged("note-other-origin", "key", "The true key has signed under another origin.", *a_note(note(LINES, TRUE, origin=ELSEWHERE)))
    forged("note-name", "key", "The true key's line bears another name.", *a_note(text + "\n" + TRUE.line(text, name="witness.example/one")))
    forged("note-hash", "key", "The true key's line bears another key hash.", *a_note(text + "\n" + TRUE.line(text, known=FORGER.hash)))
    forged("note-short", "key", "The true key's hash is cut off.", *a_note(f"{text}\n— {ORIGIN} {b64(TRUE.hash[:3])}\n"))
    # Signature.
    s = int.from_bytes(raw[32:], "little")
    bad_signatures = {
        "flipped-r": bytes([raw[0] ^ 1]) + raw[1:],
        "flipped-s": raw[:32] + bytes([raw[32] ^ 1]) + raw[33:],
        "sign-bit": raw[:31] + bytes([raw[31] ^ 128]) + raw[32:],
        "s-plus-l": raw[:32] + (s + L).to_bytes(32, "little"),
        "s-plus-2l": raw[:32] + (s + 2 * L).to_bytes(32, "little"),
        "s-high-bit": raw[:63] + bytes([raw[63] | 128]),
        "s-bit-253": raw[:63] + bytes([raw[63] | 32]),
        "zero": bytes(64),
        "ones": b"\xff" * 64,
        "r-identity": (1).to_bytes(32, "little") + raw[32:],
        "short": raw[:63],
        "long": raw + b"\0",
        "empty": b"",
        "half": raw[:32],
        "twice": raw + raw,
        "swapped": raw[32:] + raw[:32],
        "negated": raw[:32] + (L - s).to_bytes(32, "little"),
        "of-another": TRUE.private.sign(note(LINES[:12]).partition("\n\n")[0].encode() + b"\n"),
        "of-the-note": TRUE.private.sign(f"{text}\n".encode()),
        "without-feed": TRUE.private.sign(text[:-1].encode()),
        "of-the-root": TRUE.private.sign(root(LINES)),
        "by-the-forger": FORGER.private.sign(text.encode()),
    }
    for name, bad in bad_signatures.items():
        forged(f"signature-{name}", "signature", f"The true key did not make this signature: {name}.", *a_note(text + "\n" + TRUE.bare(bad)))
    forged("signature-one-bad", "signature", "One of two lines of a trusted key is wrong.", *a_note(right + TRUE.bare(bytes(64))))
    forged("signature-first-bad", "signature", "The first of two lines of a trusted key is wrong.", *a_note(text + "\n" + TRUE.bare(bytes(64)) + TRUE.line(text)))
    forged("signature-second-key", "signature", "The second trusted key's signature is wrong.", *a_note(right + SECOND.bare(bytes(64))), "--key", SECOND.text)
    forged("signature-other-log", "signature", "A trusted key of another log stands here with a wrong signature.", *a_note(right + FOREIGN.bare(bytes(64))), "--key", FOREIGN.text)
    forged("signature-root", "signature", "The root was made again and the signature left.", *a_note(text.replace(top, b64(root(LINES[:12]))) + "\n" + TRUE.bare(raw)))
    forged("signature-size", "signature", "The size was changed and the signature left.", *a_note(text.replace("\n13\n", "\n12\n") + "\n" + TRUE.bare(raw), LINES[:12]))
    forged("signature-before-size", "signature", "The signature is looked at before the size.", *a_note(three(14, root(LINES)) + "\n" + TRUE.bare(raw)))
    # Keys that are no points, or spelt in a second way; OpenSSL alone takes some of them.
    identity, zero_s = (1).to_bytes(32, "little"), bytes(32)
    for name, public, bad in (
        ("no-point", (2).to_bytes(32, "little"), raw),
        ("y-is-p-plus-1", (P + 1).to_bytes(32, "little"), identity + zero_s),
        ("y-is-p", P.to_bytes(32, "little"), identity + zero_s),
        ("y-largest", (2**255 - 1).to_bytes(32, "little"), identity + zero_s),
        ("zero-negative", (1 + 2**255).to_bytes(32, "little"), identity + zero_s),
        ("minus-one-negative", (P - 1 + 2**255).to_bytes(32, "little"), identity + zero_s),
        ("all-ones", b"\xff" * 32, identity + zero_s),
    ):
        odd = Key("odd", public=public)
        forged(f"key-{name}", "signature", f"The trusted key is no point in its one spelling: {name}.", JOURNAL, ("checkpoint", text + "\n" + odd.bare(bad)), "--key", odd.text)
    fourth = Key("fourth", public=P.to_bytes(32, "little"))  # y = 0 in a second spelling: of order 4
    turns = [identity, bytes(32), (P - 1).to_bytes(32, "little"), bytes(31) + b"\x80"]
    here = [
        (three(n, root(LINES[:n])), r)
        for n in range(14)
        for i, r in enumerate(turns)
        for k in [hashlib.sha512(r + fourth.public + three(n, root(LINES[:n])).encode()).digest()]
        if (int.from_bytes(k, "little") % L + i) % 4 == 0
    ]
    for i, (there, r) in enumerate(here[:6]):
        forged(f"key-y-is-p-{i}", "signature", "The key's y is p itself; it would be right if that were 0.", JOURNAL, ("checkpoint", there + "\n" + fourth.bare(r + zero_s)), "--key", fourth.text)
    assert here
    for name, sign in (("", 0), ("-negative", 1)):
        half = Key("half", public=(P - 1 + sign * 2**255).to_bytes(32, "little"))  # of order 2
        for n in range(4):
            there = three(n, root(LINES[:n]))
            for i, r in enumerate([identity, (P - 1).to_bytes(32, "little")]):
                k = int.from_bytes(hashlib.sha512(r + half.public + there.encode()).digest(), "little") % L
                if (k + i) % 2 == 0:
                    forged(f"key-half{name}-{n}-{i}", "signature", "A key of order 2; one half of all texts would be signed by it.", JOURNAL, ("checkpoint", there + "\n" + half.bare(r + zero_s)), "--key", half.text)
    weak = Key("weak", public=identity)
    forged("signature-s-is-l", "signature", "S is the order itself; it would be right if that were 0.", JOURNAL, ("checkpoint", text + "\n" + weak.bare(identity + L.to_bytes(32, "little"))), "--key", weak.text)
    high = bytes.fromhex(HIGH)
    forged("signature-s-high", "signature", "S has its highest bit; it would be right if a key could be zero.", JOURNAL, ("checkpoint", text + "\n" + weak.bare(high + (2**252).to_bytes(32, "little"))), "--key", weak.text)
    forged("key-identity", "signature", "A key of order 1: any text would be signed by it.", JOURNAL, ("checkpoint", text + "\n" + weak.bare(identity + zero_s)), "--key", weak.text)
    for n, y in enumerate([0, P - 1, EIGHTH, P - EIGHTH]):
        for sign in (0, 1):
            small = Key("small", public=(y + sign * 2**255).to_bytes(32, "little"))
            for i, r in enumerate([identity, *turns[1:], *(number.to_bytes(32, "little") for number in (EIGHTH, P - EIGHTH))]):
                forged(f"key-small-{n}{sign}-{i}", "signature", "A key of small order: nobody's own.", JOURNAL, ("checkpoint", text + "\n" + small.bare(r + zero_s)), "--key", small.text)
    digest = hashlib.sha512(TRUE.private.private_bytes_raw()).digest()
    secret = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    odd = [(P, point(0, 0), 0), (P, point(0, 1), 1), (P + 1, (0, 1), 0), (1, (0, 1), 0), (P - 1, (0, P - 1), 0)]
    odd += [(y, point(y, sign), sign) for y in (0, EIGHTH, P - EIGHTH) for sign in (0, 1)]
    for n, (y, of, sign) in enumerate(odd):
        public = (y + sign * 2**255).to_bytes(32, "little")
        small = Key("small", public=public)
        forged(f"key-right-{n}", "signature", "A key of small order, or in a second spelling; R is an ordinary one, and the equation holds.", JOURNAL, ("checkpoint", text + "\n" + small.bare(right_by_the_equation(public, of, text))), "--key", small.text)
    eighth = point(EIGHTH, 0)  # a key with a part of small order is somebody's; such an R is not
    both = Key("mixed", public=packed(added(times(secret, BASE), eighth)))
    for n, turn in ((n, turn) for n in range(14) for turn in range(1, 8)):
        there, r = three(n, root(LINES[:n])), packed(times(turn, eighth))
        k = int.from_bytes(hashlib.sha512(r + both.public + there.encode()).digest(), "little") % L
        if (k + turn) % 8 == 0:
            forged(f"signature-r-mixed-{n}-{turn}", "signature", "R is of small order, of a key with such a part: it would be right by the equation.", JOURNAL, ("checkpoint", there + "\n" + both.bare(r + (k * secret % L).to_bytes(32, "little"))), "--key", both.text)
    for a in (0, 1):  # of order 4: every second text would be signed by it
        quarter = Key("quarter", public=(a * 2**255).to_bytes(32, "little"))
        for n in range(14):
            there = three(n, root(LINES[:n]))
            for r in (0, 1):
                octets = (r * 2**255).to_bytes(32, "little")
                k = int.from_bytes(hashlib.sha512(octets + quarter.public + there.encode()).digest(), "little") % L % 4
                if (k == 1 and r != a) or (k == 3 and r == a):
                    forged(f"key-quarter-{a}{r}-{n}", "signature", "A key of order 4 that would be right.", JOURNAL, ("checkpoint", there + "\n" + quarter.bare(octets + zero_s)), "--key", quarter.text)
    # R is of small order, and the equation holds: whoever has the key can make such a signature.
    for n, r in enumerate([identity, (P + 1).to_bytes(32, "little"), (1 + 2**255).to_bytes(32, "little")]):
        k = int.from_bytes(hashlib.sha512(r + TRUE.public + text.encode()).digest(), "little")
        forged(f"signature-r-small-{n}", "signature", "R is of small order: it would be right by the equation.", *a_note(text + "\n" + TRUE.bare(r + (k * secret % L).to_bytes(32, "little"))))
    for name, who in (("nbsp", "x\u00a0y"), ("line", "x\u2028y"), ("bidi", "x\u202ey"), ("zero-width", "x\u200by"), ("bom", "\ufeffx"), ("del", "x\x7fy"), ("next-line", "x\x85y"), ("wide", "x\u3000y"), ("ogham", "x\u1680y"), ("joiner", "x\u2060y")):
        forged(f"note-who-{name}", "format", f"The name of somebody else who signed has a space, or a character that nobody sees: {name}.", *a_note(right + f"— {who} AAAA\n"))
    good("note-who-chinese", "The name of somebody else who signed is Chinese.", *a_note(right + "— 见证.例 AAAA\n"))
    for n in range(6):  # points whose x is got in both ways, odd and even
        key = Key(f"key {n}")
        good(f"key-{n}", "Any key signs.", JOURNAL, ("checkpoint", note(LINES, key)), "--key", key.text)


def write_journals():
    full = note(LINES)

    def against(name, code, why, lines, signed=full):
        forged(f"journal-{name}", code, why, ("journal.jsonl", lines if isinstance(lines, bytes) else journal(lines)), ("checkpoint", signed), *K)

    changed_line = LINES[5].replace("下雨".encode(), "下雪".encode())
    against("edited", "root", "An event is changed.", [*LINES[:5], changed_line, *LINES[6:]])
    against("back-dated", "root", "A recorded time is changed.", [LINES[0].replace(b"2026", b"2025"), *LINES[1:]])
    against("swapped", "root", "Two events are swapped.", [*LINES[:3], LINES[4], LINES[3], *LINES[5:]])
    against("deleted", "size", "An event is deleted.", LINES[:5] + LINES[6:])
    against("deleted-replaced", "root", "An event is deleted, and one put behind.", [*LINES[:5], *LINES[6:], act(ONE, 6, "held", 11)])
    against("inserted", "root", "An event is inserted.", [*LINES[:5], LINES[3], *LINES[5:]])
    against("rolled-back", "size", "The newest events are cut off.", LINES[:12])
    against("emptied", "size", "Nothing is left.", b"")
    against("re-signed", "root", "Signed again with the stolen key, against a checkpoint that was kept: two roots for one size.", [*LINES[:12], act(ONE, 5, "held", 10)])
    forged("journal-kept-later", "root", "The newest checkpoint fits, one kept outside does not.", JOURNAL, ("13.txt", full), ("kept.txt", note([*LINES[:6], LINES[7]])), *K)
    forged("journal-kept-first", "root", "One kept outside does not fit, the newest does.", JOURNAL, ("kept.txt", note([*LINES[:6], LINES[7]])), ("13.txt", full), *K)
    forged("journal-kept-long", "size", "A checkpoint kept outside is of more lines.", JOURNAL, ("13.txt", full), ("kept.txt", note([*LINES, act(ONE, 6, "held", 11)])), *K)
    forged("journal-kept-forger", "key", "The second checkpoint is the forger's.", JOURNAL, ("13.txt", full), ("kept.txt", note(LINES[:7], FORGER)), *K)
    against("cut", "size", "The last line feed is missing.", journal(LINES)[:-1])
    against("cut-line", "size", "The last line is cut off.", journal(LINES)[:-20])
    against("cut-beyond", "size", "A line beyond the checkpoint is cut off.", journal(LINES) + LINES[0])
    against("feed", "format", "An empty line stands at the end.", journal(LINES) + b"\n")
    against("feed-first", "root", "An empty line stands first.", b"\n" + journal(LINES))
    against("crlf", "root", "The lines end in CR and LF.", journal(LINES).replace(b"\n", b"\r\n"))
    against("bom", "root", "It begins with a byte order mark.", b"\xef\xbb\xbf" + journal(LINES))
    against("not-utf8", "root", "An octet is no UTF-8.", journal(LINES).replace(b"li", b"\xff\xff", 1))
    against("empty-root", "root", "The root of nothing, for 13 lines.", LINES, note(LINES, top=root([])))
    against("empty-size", "root", "A root of 13 lines, for none.", LINES, note([], top=root(LINES)))
    against("leaf-as-root", "root", "The root of one line is its hash without the prefix.", LINES, note(LINES[:1], top=sha(LINES[0])))
    pair = sha(b"\0" + LINES[0]) + sha(b"\0" + LINES[1])
    against("node-as-leaf", "size", "A line that is really two hashes.", journal([pair.replace(b"\n", b"\0"), LINES[2]]), note(LINES[:3]))
    against("chain", "root", "A tree that repeats its last leaf, as some do.", LINES, note(LINES[:3], top=root([*LINES[:3], LINES[2]])))
    against("left-heavy", "root", "A tree hung the other way round.", LINES, note(LINES[:3], top=node(root(LINES[:1]), root(LINES[1:3]))))

    # Signed by the true key, or not covered: form and order are looked at all the same.
    def of(name, code, why, *lines):
        forged(f"lines-{name}", code, why, *a_note(note(list(lines)), list(lines)))

    first_line, at = LINES[0], "2026-11-24T04:35:00Z"
    state = first_line.decode().partition('"state":')[2][:-1]
    forged("lines-beyond", "format", "Not covered by a checkpoint, and read all the same.", *a_note(note([]), [first_line + b" "]))
    of("crlf", "format", "The lines end in CR and LF.", first_line + b"\r")
    of("bom", "format", "A byte order mark.", b"\xef\xbb\xbf" + first_line)
    of("empty", "format", "An empty line.", b"")
    of("not-utf8", "format", "An octet is no UTF-8.", first_line.replace(b"li", b"\xff\xff"))
    of("surrogate", "format", "A surrogate is no UTF-8.", first_line.replace(b"li", b"\xed\xa0\x80"))
    of("cut", "format", "It is cut off.", first_line[:-1])
    of("two-hashes", "format", "It is two hashes.", pair.replace(b"\n", b"\0"))
    of("space", "format", "A space between.", first_line.replace(b'","version"', b'", "version"'))
    of("space-behind", "format", "A space behind.", first_line + b" ")
    of("space-before-state", "format", "A space before the state.", first_line.replace(b'"state":', b'"state": '))
    of("key-order", "format", "The keys in another order.", f'{{"version":1,"stream":"campaign","topic":"campaign.opened","state":{state}}}'.encode())
    of("key-extra", "format", "A key too many.", first_line[:-1] + b',"x":1}')
    of("key-missing", "format", "A key is missing.", first_line.replace(b'"topic":"campaign.opened",', b""))
    of("version-zeros", "format", "The version has a zero in front.", first_line.replace(b'"version":1', b'"version":01'))
    of("version-text", "format", "The version is a text.", first_line.replace(b'"version":1', b'"version":"1"'))
    of("version-float", "format", "The version is not whole.", first_line.replace(b'"version":1', b'"version":1.0'))
    of("version-wide", "format", "The version's digits are wide.", first_line.replace(b'"version":1', '"version":１'.encode()))
    of("version-huge", "format", "The version has 5000 digits.", first_line.replace(b'"version":1', b'"version":' + b"1" * 5000))
    of("stream-escape", "format", "The stream is spelt with an escape.", first_line.replace(b'"campaign"', b'"c\\u0061mpaign"'))
    of("stream-capital", "format", "The stream has a capital.", first_line.replace(b'"campaign"', b'"Campaign"'))
    of("stream-empty", "format", "The stream is empty.", first_line.replace(b'"campaign"', b'""'))
    of("topic-space", "format", "The topic has a space.", first_line.replace(b"campaign.opened", b"campaign opened"))
    of("topic-empty", "format", "The topic is empty.", first_line.replace(b"campaign.opened", b""))

    def states(name, why, spelling):
        of(f"state-{name}", "format", why, raw_line("campaign", 1, "campaign.opened", spelling))

    states("list", "The state is a list.", f'["{at}"]')
    states("null", "The state is null.", "null")
    states("text", "The state is a text.", f'"{at}"')
    states("empty", "The state has no time.", "{}")
    states("at-null", "The time is null.", '{"at":null}')
    states("at-list", "The time is a list.", f'{{"at":["{at}"]}}')
    states("at-number", "The time is a number.", '{"at":20261124043500}')
    states("at-offset", "The time has another offset.", '{"at":"2026-11-24T12:35:00+08:00"}')
    states("at-fraction", "The time has a fraction.", '{"at":"2026-11-24T04:35:00.5Z"}')
    states("at-space", "The time has a space for its T.", '{"at":"2026-11-24 04:35:00Z"}')
    states("at-month", "There is no such month.", '{"at":"2026-20-24T04:35:00Z"}')
    states("at-day", "There is no such day.", '{"at":"2026-11-40T04:35:00Z"}')
    states("at-hour", "There is no such hour.", '{"at":"2026-11-24T30:35:00Z"}')
    states("at-minute", "There is no such minute.", '{"at":"2026-11-24T04:60:00Z"}')
    states("at-second", "There is no such second.", '{"at":"2026-11-24T04:35:60Z"}')
    states("at-wide", "The time's digits are wide.", '{"at":"２０２６-11-24T04:35:00Z"}')
    states("at-feed", "The time has a line feed behind it.", f'{{"at":"{at}\\n"}}')
    states("at-inner", "The time stands in an inner object.", f'{{"a":{{"at":"{at}"}}}}')
    states("at-inner-second", "The time stands in an inner object, behind another key.", f'{{"a":{{"b":1,"at":"{at}"}}}}')
    states("at-quoted", "The time stands in a text.", f'{{"act":"\\"at\\":\\"{at}\\"","by":"li"}}')
    states("at-quoted-comma", "The time stands in a text, behind a comma.", f'{{"act":",\\"at\\":\\"{at}\\"","by":"li"}}')
    states("at-of-another", "Another key ends so.", f'{{"act\\",\\"at":"{at}"}}')
    states("at-longer", "Another key.", f'{{"hat":"{at}"}}')
    states("at-behind", "The time stands behind an inner object.", f'{{"a":{{}},"at":"{at}"}}')

    # Of a state no more than its time is looked at: what is signed is its octets.
    def passed(name, why, *spellings):
        rows = [raw_line("campaign", n, "campaign.opened", spelling) for n, spelling in enumerate(spellings, 1)]
        good(f"state-{name}", why, *a_note(note(rows), rows))

    passed("quoted", "Quotation marks, braces, backslashes and commas in a text before the time.", f'{{"act":"\\\\","at":"{at}"}}', f'{{"act":"{{\\"at\\":\\"2020\\",}}","alias":"\\\\\\"}}","at":"{at}","z":{{"at":"2019-11-24T04:35:00Z"}}}}', f'{{"aliases":["一","\\u2028\u2028","\x7f"],"at":"{at}"}}')
    passed("first", "The time of an inner object is another one.", f'{{"at":"{at}","b":{{"at":"2020-11-24T04:35:00Z"}}}}', f'{{"at":"{at}"}}')
    passed("deep", "A thousand levels.", f'{{"at":"{at}","b":{"[" * 1000}{"]" * 1000}}}')
    passed("odd", "It is not in its one spelling: `kalends audit check-pack` looks at that.", f'{{"at":"{at}","b": 1.0, "b":NaN}}')

    # Order.
    two = [line("campaign", 1, "campaign.opened", 5), line("campaign", 2, "campaign.revised", 5)]
    of("gap", "order", "A version is left out.", two[0], line("campaign", 3, "campaign.revised", 6))
    of("again", "order", "A version stands twice.", two[0], two[0])
    of("late", "order", "A stream begins with 2.", two[1])
    of("zero", "order", "A stream begins with 0.", line("campaign", 0, "campaign.opened", 5))
    of("less", "order", "Versions go back.", *two, two[0])
    of("gap-later", "order", "A gap, with another stream between.", LINES[0], LINES[1], line("campaign", 3, "campaign.revised", 6))
    of("time", "order", "A recorded time goes back by a second.", two[0], line("campaign", 2, "campaign.revised", 4))
    of("time-clock-elsewhere", "order", "A correction of the clock in another stream than the campaign's.", two[0], line("roster", 1, "clock.corrected", 4, reason="R"))
    of("time-clock-then", "order", "A recorded time goes back behind a correction of the clock.", two[0], line("campaign", 2, "clock.corrected", 4, reason="R"), line("campaign", 3, "campaign.revised", 3))
    of("time-streams", "order", "A recorded time goes back from one stream to another.", two[0], line("roster", 1, "department.registered", 4))
    of("first", "order", "The first thing wrong is said: order, then form.", two[1], b"x")
    of("first-form", "format", "The first thing wrong is said: form, then order.", b"x", two[1])


def write_packs():
    whole = pack()
    text = whole["manifest.json"].decode()

    def refused(name, code, why, content, *keys):
        forged(f"pack-{name}", code, why, ("pack", content), *(keys or K))

    # The manifest is the one that the files give, octet for octet.
    for name in ("manifest.json", "feeds/tag-专题会议.ics", "checkpoints/3.txt"):
        refused(f"lost-{name.partition('/')[0]}", "manifest", f"There is no {name}.", {k: v for k, v in whole.items() if k != name})
    for name in ("journal.jsonl", "checkpoint"):
        refused(f"no-{name}", "format", f"There is no {name}, and none is listed.", pack(drop=[name], lines=LINES))
        refused(f"lost-{name}", "format", f"There is no {name}, but it is listed.", {k: v for k, v in whole.items() if k != name})
    forged("pack-no-key", "format", "There is no key.txt, and no other key.", ("pack", pack(drop=["key.txt"])))
    refused("lost-key", "format", "There is no key.txt, but it is listed.", {k: v for k, v in whole.items() if k != "key.txt"})
    refused("folder-empty", "format", "It is a folder, but no pack.", {"x": b""})
    refused("unlisted", "manifest", "A file is not listed.", {**whole, "feeds/more.ics": b""})
    refused("hidden", "manifest", "A hidden file is not listed.", {**whole, ".more": b""})
    refused("changed", "manifest", "A feed is changed.", {**whole, "feeds/tag-专题会议.ics": b"BEGIN:VCALENDAR\r\n"})
    refused("changed-journal", "manifest", "The journal is cut off.", {**whole, "journal.jsonl": journal(LINES[:12])})
    refused("itself", "manifest", "The manifest lists itself.", pack(listed={"manifest.json": "0" * 64}))
    for name, bad in (("up", "../outside.txt"), ("dot", "./checkpoint"), ("feed", "x\nPROVED all")):
        refused(f"path-{name}", "manifest", f"The manifest lists a path that is not in the pack: {bad!a}.", pack(listed={bad: sha(note(LINES).encode()).hex()}))
    refused("manifest-size", "manifest", "The manifest's size is another.", pack(size=12))
    refused("manifest-origin", "manifest", "The manifest's origin is another.", pack(origin=ELSEWHERE))
    refused("manifest-format", "manifest", "The manifest is of another format.", {**whole, "manifest.json": text.replace("pack/1", "pack/2").encode()})
    refused("manifest-cut", "manifest", "The manifest's last line feed is missing.", {**whole, "manifest.json": text[:-1].encode()})
    refused("manifest-spaced", "manifest", "The manifest has other spaces.", {**whole, "manifest.json": json.dumps(json.loads(text), ensure_ascii=False, indent=2).encode() + b"\n"})
    refused("manifest-not-utf8", "manifest", "The manifest is no UTF-8.", {**whole, "manifest.json": b"\xff"})
    refused("manifest-unsorted", "manifest", "The files are not in order.", pack(drop=["checkpoints/3.txt"], listed=None, put={"checkpoints/3.txt": b""}) | {"manifest.json": document({"format": "kalends-pack/1", **{k: v for k, v in json.loads(text).items() if k != "format"}}).encode(), "checkpoints/3.txt": whole["checkpoints/3.txt"]})
    good("pack-sorted", "Names are in the order of their code points, not of UTF-16.", *a_pack(pack(put={"feeds/😀.ics": b"", "feeds/～.ics": b""})))
    # The key.
    theirs = {"checkpoint": note(LINES, FORGER).encode(), "checkpoints/3.txt": note(LINES[:3], FORGER).encode(), "checkpoints/10.txt": note(LINES[:10], FORGER).encode()}
    own = {**theirs, "key.txt": f"{FORGER.text}\n".encode()}
    refused("forger", "key", "Forged throughout, with the forger's key in key.txt, against the true key.", pack(put=own))
    good("pack-forger-believed", "The same without a key from outside: a pack's own key proves little, and that is said.", ("pack", pack(put=own)))
    refused("forger-beside", "key", "The forger's key was added to key.txt; the true key is given.", pack(put={**theirs, "key.txt": f"{TRUE.text}\n{FORGER.text}\n".encode()}))
    forged("pack-own-key-forger", "key", "Signed by a key that is not in the pack.", ("pack", pack(put=theirs)))
    refused("empty-key", "key", "The key given is empty: the pack's own does not stand in for it.", whole, "--key", "")
    refused("key-cut", "key", "--key stands last: the pack's own does not stand in for it.", whole, "--key")
    refused("other-log", "key", "The pack of another log.", pack(origin=ELSEWHERE, put={"checkpoint": note(LINES, FOREIGN, origin=ELSEWHERE).encode()}))
    # The checkpoint, and those kept.
    right, three_lines = three(13, root(LINES)), three(3, root(LINES[:3]))

    def at(name, code, why, **put):
        refused(name, code, why, pack(drop=["checkpoints/10.txt"], put={k.replace("_", "/") + (".txt" if "_" in k else ""): v.encode() for k, v in put.items()}))

    at("checkpoint-form", "format", "The checkpoint is cut off.", checkpoint=note(LINES)[:-1])
    at("checkpoint-signature", "signature", "The checkpoint's signature is wrong.", checkpoint=right + "\n" + TRUE.bare(bytes(64)))
    at("checkpoint-size", "size", "The checkpoint is of more lines.", checkpoint=note([*LINES, LINES[0]]))
    at("checkpoint-root", "root", "The checkpoint's root is another.", checkpoint=note(LINES, top=root(LINES[:12])))
    at("kept-form", "format", "A kept checkpoint is cut off.", checkpoints_3=note(LINES[:3])[:-1])
    at("kept-key", "key", "A kept checkpoint is the forger's.", checkpoints_3=note(LINES[:3], FORGER))
    at("kept-signature", "signature", "A kept checkpoint's signature is wrong.", checkpoints_3=three_lines + "\n" + TRUE.bare(bytes(64)))
    at("kept-beyond", "size", "A kept checkpoint is of more lines than there are.", checkpoints_14=note([*LINES, LINES[0]]))
    at("kept-root", "root", "A kept checkpoint has another root: two for one size.", checkpoints_3=note([*LINES[:2], LINES[3]]))
    at("kept-root-same", "root", "A kept checkpoint of the pack's own size has another root.", checkpoints_13=note([*LINES[:12], LINES[0]]))
    forged("pack-kept-outside", "root", "One that an auditor kept has another root.", ("pack", whole), ("kept.txt", note([*LINES[:6], LINES[7]])), *K)
    forged("pack-kept-outside-newer", "size", "One that an auditor kept is newer.", ("pack", whole), ("kept.txt", note([*LINES, act(ONE, 6, "held", 11)])), *K)
    forged("pack-kept-outside-key", "key", "One that an auditor kept is of a key that is not the pack's.", ("pack", whole), ("kept.txt", note(LINES[:6], SECOND)))
    good("pack-and-kept", "One that an auditor kept fits as well.", ("pack", whole), ("kept.txt", note(LINES[:6])), *K)
    forged("pack-not-covered", "size", "The journal holds more than the pack's checkpoint says.", ("pack", pack(put={"checkpoint": note(LINES[:12]).encode()})), *K)
    at("kept-misnamed", "size", "A kept checkpoint has another size than its name says.", checkpoints_4=note(LINES[:3]))
    refused("kept-stranger", "manifest", "A checkpoint stands under a name of no pack.", pack(put={"checkpoint-2": note(LINES[:3]).encode()}))
    for name in ("x", "feeds/x.txt", "feeds/a/b.ics", "feeds/.ics/x", "verify.js", "page.fr.html", "checkpoints/03.txt", "checkpoints/x.txt", "Journal.jsonl"):
        refused(f"name-{name.replace('/', '-')}", "manifest", f"A file that belongs to no pack, though it is listed: {name}.", pack(put={name: b""}))
    good("pack-full-names", "Every file that a pack may hold.", *a_pack(pack(put=dict.fromkeys(("feeds/full/all.ics", "README.txt", "verify.mjs", "page.zh.html", "page.en.html"), b""))))
    refused("size-cut", "size", "The newest events are cut off, and listed so.", pack(LINES[:12], put={"checkpoint": note(LINES).encode()}))
    refused("root", "root", "An event is changed, and listed so.", pack(put={"journal.jsonl": journal([*LINES[:12], act(ONE, 5, "held", 10)])}))
    refused("journal-cut", "size", "The journal's last line feed is missing.", pack(size=12, put={"journal.jsonl": journal(LINES)[:-1]}))
    refused("journal-format", "format", "A signed line is not in its form.", pack([*LINES, b"x"]))
    refused("journal-order", "order", "A signed line is not in order.", pack([*LINES, LINES[0]]))
    refused("rolled-back", "size", "Rolled back, with the newer checkpoint still among those kept.", pack(LINES[:10], put={"checkpoints/13.txt": note(LINES).encode()}))


# fmt: on


def main():
    for old in HERE.iterdir():
        if old.is_dir() and old.name != "__pycache__":
            shutil.rmtree(old)
    vectors.clear()
    places.clear()
    write_good()
    write_usage()
    write_proofs()
    write_notes()
    write_journals()
    write_packs()
    write_retired()
    rows = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    (HERE / "vectors.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
