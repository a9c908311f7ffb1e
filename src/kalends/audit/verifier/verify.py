"""Check, offline, what the key of a Kalends campaign has signed; audit.md has the formats.

python3 verify.py FOLDER | PROOF.json | journal.jsonl CHECKPOINT...   [--key KEY]...
The last line printed is the verdict: PROVED (exit 0), REFUSED code: why (8) or USAGE why (2).
"""

import json
import re
import sys
from base64 import b64decode
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032, 5.1
D = -121665 * pow(121666, -1, P) % P
EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL = {0, 1, P - 1, EIGHTH, P - EIGHTH}  # y of the points of small order: nobody's own
BASE = (0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A, 4 * pow(5, -1, P) % P)
ID, SIZE, B = "[0-9a-hjkmnp-tv-z]{12}", "(0|[1-9][0-9]{0,14})", "[+/-9A-Za-z]"
END, HASH = "[048AEIMQUYcgkosw]=", f"{B}{{42}}[048AEIMQUYcgkosw]="  # base64 in its one spelling
KEY = rf"((kalends/{ID})\+[0-9a-f]{{8}})\+(A[Q-Za-f]{B}{{42}})(?: {SIZE})?"
WHO = r"[^\0- +\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+"
SIGNED = rf"\u2014 ({WHO}) ((?:{B}{{4}})*(?:{B}{{2}}{END}|{B}[AQgw]==|{B}{{4}}))\n"
NOTE = rf"((kalends/{ID})\n{SIZE}\n({HASH})\n)\n((?:{SIGNED})+)"
AT = "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
STATE = rf'\{{(?:(?:[^"{{}}\n]|"(?:[^"\\\n]|\\[^\n])*")*,)?"at":"({AT})"[^\n]*\}}'
PACKED = rf"manifest\.json|journal\.jsonl|checkpoint|key\.txt|README\.txt|checkpoints/{SIZE}\.txt"
PACKED += r"|verify\.(py|mjs)|page\.(zh|en)\.html|feeds/(full/)?[^/]+\.ics"
LINE = rf'\{{"stream":"([0-9a-z-]+)","version":{SIZE},"topic":"([0-9a-z.-]+)","state":{STATE}\}}'
SPELT = json.JSONEncoder(ensure_ascii=False, indent=1).encode  # the one spelling of a document


def need(is_so: Any, code: str, why: str) -> Any:
    if not is_so:
        raise AssertionError(f"REFUSED {code}: {why}" if code else f"USAGE {why}")
    return is_so


def sha(*octets: bytes) -> bytes:
    return sha256(b"".join(octets)).digest()


def root_of(lines: list[bytes]) -> bytes:  # RFC 9162, 2.1.1
    if len(lines) < 2:
        return sha(b"\0", *lines) if lines else sha()
    middle = 1 << (len(lines) - 1).bit_length() - 1
    return sha(b"\1", root_of(lines[:middle]), root_of(lines[middle:]))


def added(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:  # on the curve of RFC 8032
    k = D * a[0] * b[0] * a[1] * b[1]
    x, y = a[0] * b[1] + a[1] * b[0], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + k, -1, P) % P, y * pow(1 - k, -1, P) % P


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:  # 5.1.7, without the cofactor
    sign, y = divmod(int.from_bytes(key, "little"), 2**255)  # 5.1.3: the key is a point, A
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    s = int.from_bytes(signature[32:], "little")
    small = SMALL & {y, int.from_bytes(signature[:32], "little") % 2**255}  # neither A nor R
    is_so = not small and y < P and x * x % P == square and s < L and len(signature) == 64
    k = int.from_bytes(sha512(signature[:32] + key + text).digest(), "little") % L
    r, minus_a = (0, 1), (P - x if x % 2 == sign else x, y)
    table = (r, BASE, minus_a, added(BASE, minus_a))
    for bit in reversed(range(253)):  # R must be [S]B - [k]A
        r = added(added(r, r), table[(s >> bit & 1) + 2 * (k >> bit & 1)])
    return is_so and (r[1] + (r[0] % 2 << 255)).to_bytes(32, "little") == signature[:32]


Keys = dict[str, tuple[int, bytes]]  # by name and hash: up to which size it signs, its octets


def keys_in(given: list[str]) -> Keys:
    files = {arg for arg in given if not re.fullmatch(KEY, arg) and Path(arg).is_file()}
    texts = [Path(arg).read_bytes().decode() if arg in files else arg for arg in given]
    keys: Keys = {}
    for line in re.findall("[^\n]+", "\n".join(texts)):
        known, name, raw, until = need(re.fullmatch(KEY, line), "format", "no key").groups()
        is_so = sha(f"{name}\n".encode(), b64decode(raw)).hex()[:8] == known[-8:]
        need(is_so, "format", "a key is not of its hash")
        most = min(int(until or 1e15), keys.get(known, (1e15,))[0])  # retired once is retired
        keys[known] = int(most), b64decode(raw)[1:]
    return keys


def opened(note: str, keys: Keys) -> tuple[int, bytes]:  # its size and root
    need(len(note.encode()) <= 2**16, "format", "no note is that large")
    text, name, size, top, end, *_ = need(re.fullmatch(NOTE, note), "format", "odd note").groups()
    signers = set()
    for who, raw in [(who, b64decode(raw)) for who, raw in re.findall(SIGNED, end)]:
        until, key = keys.get(f"{who}+{raw[:4].hex()}", (-1, b""))
        if int(size) <= until:  # a retired key signs nothing after it: it is passed over
            need(is_signed(key, text.encode(), raw[4:]), "signature", "it is not the key's")
            signers.add(who)
    need(name in signers, "key", "no trusted key of this log has signed a checkpoint")
    return int(size), b64decode(top)


def proof(keys: Keys, top: Path) -> tuple[str, list[bytes]]:
    made = json.loads(text := top.read_bytes().decode(), parse_float=int, parse_constant=int)
    activity, events = made["activity"], made["events"]
    held = [(item["index"], item["line"], item["hashes"]) for item in events]
    is_so = len(made) == 4 and made["format"] == "kalends-proof/1" and f"{SPELT(made)}\n" == text
    need(is_so and {*map(len, events)} == {3} and re.fullmatch(ID, activity), "format", "spelling")
    for index, line, path in held:
        is_so = (type(index), type(line), type(path)) == (int, str, list) and 0 <= index < 1e15
        need(is_so and all(re.fullmatch(HASH, text) for text in path), "format", "an odd event")
    (size, root), before = opened(made["checkpoint"], keys), -1
    for index, line, path in held:
        node, inner = sha(b"\0", line.encode()), (index ^ size - 1).bit_length()
        for height, text in enumerate(path):  # RFC 9162, 2.1.3; from `inner` on all are left ones
            other, is_left = b64decode(text), height >= inner or index >> height & 1
            node = sha(b"\1", other, node) if is_left else sha(b"\1", node, other)
        is_so = index < size and len(path) == inner + (index >> inner).bit_count()
        need(is_so and node == root, "inclusion", "an event is not where the proof says it is")
        is_so = before < index and line.startswith(f'{{"stream":"activity-{activity}",')
        before = need(is_so, "order", "of another activity, or indexes do not rise") and index
    said = f"{len(events)} events of activity {activity} are as signed; later ones are not shown"
    return said, [line.encode() for _, line, _ in held]


def journal(keys: Keys, top: Path, *others: Path) -> tuple[str, list[bytes]]:
    files = {p.relative_to(top).as_posix(): p.read_bytes() for p in top.rglob("*") if p.is_file()}
    *lines, end = (top / "journal.jsonl" if files else top).read_bytes().split(b"\n")
    if top.is_dir():
        hashes = {n: sha(held).hex() for n, held in sorted(files.items()) if n != "manifest.json"}
        origin = files["checkpoint"].decode().partition("\n")[0]
        made = {"files": hashes, "format": "kalends-pack/1", "origin": origin, "size": len(lines)}
        is_so = f"{SPELT(made)}\n".encode() == files.get("manifest.json")
        is_so = is_so and all(re.fullmatch(PACKED, name) for name in files)
        need(is_so, "manifest", "files differ")
        print("Page and feeds were not looked at; `kalends audit check-pack` makes them again.")
    names = [name for name in sorted(files) if name.startswith("checkpoint")]
    notes = [*others, *(top / name for name in names)]
    for size, root in (signed := [opened(note.read_bytes().decode(), keys) for note in notes]):
        need(size <= len(lines) and not end, "size", "the journal is cut off")
        need(root_of(lines[:size]) == root, "root", "the lines are not those that were signed")
    for name, (size, _) in zip(names, signed[len(others) :], strict=True):
        fitting = {f"checkpoints/{size}.txt", "checkpoint" if 0 < size == len(lines) else ""}
        need(name in fitting, "size", "a checkpoint is not of the size that the pack says")
    return f"the first {max(signed)[0]} of {len(lines)} events are as they were signed", lines


def run(argv: list[str]) -> str:
    given = [b for a, b in zip(argv, [*argv[1:], ""], strict=False) if a == "--key"]
    paths = [Path(b) for a, b in zip(["", *argv], argv, strict=False) if "--key" not in {a, b}]
    is_so = paths and (given or paths[0].is_dir()) and all(path.exists() for path in paths)
    need(is_so, "", "give a FOLDER; or PROOF.json or journal.jsonl CHECKPOINT... and --key KEY")
    if not given:
        print("The key is the pack's own: whoever forged a pack would have put his own in.")
    own = keys_in([str(paths[0] / "key.txt")]) if paths[0].is_dir() else {}
    need(own or not paths[0].is_dir(), "key", "the pack brings no key")
    keys = keys_in(given) if given else own
    kind = journal if paths[0].is_dir() or paths[1:] else proof
    said, lines = kind(keys, *paths)
    versions, last = dict[str, int](), ""
    for row in lines:
        stream, n, topic, at = need(re.fullmatch(LINE, row.decode()), "format", "a line").groups()
        is_so = at >= last or kind is proof or f"{stream} {topic}" == "campaign clock.corrected"
        need(is_so and int(n) == versions.get(stream, 0) + 1, "order", "gap, or back in time")
        versions[stream], last = int(n), at
    return said


if __name__ == "__main__":
    try:
        said = f"PROVED {run(sys.argv[1:])}"
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing is proved
        kind = type(error).__name__
        said = str(error) if kind == "AssertionError" else f"REFUSED format: {kind}"
    print(said)
    sys.exit({"P": 0, "R": 8, "U": 2}[said[0]])
