"""Check, offline, what the key of a Kalends campaign has signed; audit.md has the formats.

python3 verify.py BUNDLE [--key KEY]...      a pack (.zip, or its folder) or a proof (.json)
python3 verify.py journal.jsonl CHECKPOINT... [--key KEY]...
The last line printed is the verdict: PROVED (exit 0), REFUSED code: why (8) or USAGE why (2).
"""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032, 5.1
D, BY = -121665 * pow(121666, -1, P) % P, 4 * pow(5, -1, P) % P
BX = 15112221349535400772501151409588531511454012693041857206046113283949847762202
ID, SIZE = "[0-9a-hjkmnp-tv-z]{12}", "(0|[1-9][0-9]{0,14})"
LINE = rf'{{"stream":"([0-9a-z-]+)","version":{SIZE},"topic":"[0-9a-z.-]+","state":(\{{.+\}})}}'
AT = "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
Keys = dict[tuple[str, bytes], bytes]  # of each trusted key its name, its hash and its octets
Notes = list[tuple[bytes, Container[int]]]  # checkpoints, each with the sizes it may have
ANY = range(10**15)


class RefusedError(Exception): ...  # a code, and why; any ValueError is as good as `format`


def need(is_so: object, code: str, why: str) -> None:
    if not is_so:
        raise RefusedError(code, why)


def parts(pattern: str, text: str, what: str) -> Any:
    match = re.fullmatch(pattern, text)
    need(match, "format", f"{what} is not in its form")
    return match and match.groups()


def added(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:  # RFC 8032, 5.1.4
    e, h = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    return (
        (h - e) * (d - c) % P,
        (d + c) * (h + e) % P,
        (d - c) * (d + c) % P,
        (h - e) * (h + e) % P,
    )


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:  # 5.1.7, without the cofactor
    sign, y = divmod(int.from_bytes(key, "little"), 2**255)  # 5.1.3: the key is a point, A
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    s = int.from_bytes(signature[32:], "little")
    if y >= P or x * x % P != square or sign > x or s >= L or len(signature) != 64:
        return False
    x = P - x if x % 2 == sign else x  # of -A
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    base, minus_a = (BX, BY, 1, BX * BY % P), (x, y, 1, x * y % P)
    r: tuple[int, ...] = (0, 1, 1, 0)
    for bit in reversed(range(253)):  # R must be [S]B - [k]A
        r = added(r, r)
        r = added(r, base) if s >> bit & 1 else r
        r = added(r, minus_a) if k >> bit & 1 else r
    x, y = r[0] * pow(r[2], -1, P) % P, r[1] * pow(r[2], -1, P) % P
    return (y + (x % 2 << 255)).to_bytes(32, "little") == signature[:32]


def sha(*octets: bytes) -> bytes:
    return hashlib.sha256(b"".join(octets)).digest()


def tree(lines: list[bytes]) -> list[list[bytes]]:  # RFC 9162, 2.1.1: full subtrees by height
    rows = [[sha(b"\0", line) for line in lines]]
    while len(rows[-1]) > 1:
        pairs = zip(rows[-1][::2], rows[-1][1::2], strict=False)
        rows.append([sha(b"\1", left, right) for left, right in pairs])
    return rows


def root_of(rows: list[list[bytes]], size: int) -> bytes:  # of the first `size` lines
    root = b""
    for height, row in enumerate(rows):
        if size >> height & 1:  # a full subtree, which stands to the left of all lower ones
            left = row[(size >> height) - 1]
            root = sha(b"\1", left, root) if root else left
    return root or sha()


def proved(node: bytes, index: int, size: int, hashes: list[bytes]) -> bytes:  # 2.1.3: the root
    if size == 1 or not hashes:
        return node if size == 1 and not hashes else b""
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return sha(b"\1", proved(node, index, split, hashes[:-1]), hashes[-1])
    return sha(b"\1", hashes[-1], proved(node, index - split, size - split, hashes[:-1]))


def unbase64(text: object, size: int) -> bytes:  # of any size, when that is 0
    octets = base64.b64decode(text) if isinstance(text, str) else b""
    is_strict = base64.b64encode(octets).decode() == text and size in {0, len(octets)}
    need(is_strict, "format", "base64 is not in its only spelling, or not of its length")
    return octets


def keys_in(text: str) -> Keys:
    keys: Keys = {}
    for line in text.removesuffix("\n").split("\n"):
        name, hexed, raw = parts(rf"(kalends/{ID})\+([0-9a-f]{{8}})\+(.+)", line, "a public key")
        key = unbase64(raw, 33)
        known = sha(f"{name}\n".encode(), key)[:4]
        need(key[0] == 1 and known.hex() == hexed, "format", "a public key is not of its hash")
        keys[name, known] = key[1:]
    return keys


def opened(note: bytes, keys: Keys, sizes: Container[int], origin: str = "") -> tuple[int, bytes]:
    text, _, rest = note.decode().partition("\n\n")
    name, size, root = parts(rf"(kalends/{ID})\n{SIZE}\n(.+)", text, "a checkpoint")
    *lines, end = rest.split("\n")
    need(lines and not end, "format", "a checkpoint is cut off")
    made = [parts("\u2014 ([^\0- +]+) ([^ ]+)", line, "a signature") for line in lines]
    root, signed = unbase64(root, 32), [(who, unbase64(raw, 0)) for who, raw in made]
    trusted = [(who, raw) for who, raw in signed if (who, raw[:4]) in keys]
    is_ours = name in dict(trusted) and origin in {"", name}
    need(is_ours, "key", "no trusted key of this log has signed a checkpoint")
    for who, raw in trusted:
        is_good = is_signed(keys[who, raw[:4]], f"{text}\n".encode(), raw[4:])
        need(is_good, "signature", "a trusted key did not make this signature")
    need(int(size) in sizes, "size", f"a checkpoint of {size} lines does not fit")
    print(f"The checkpoint of {size} lines is signed by {name}.")
    return int(size), root


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(dict(pairs)) == len(pairs), "format", "a JSON key stands twice")
    "".join(dict(pairs)).encode()  # half of a surrogate pair is no text
    return dict(pairs)


def whole(text: str) -> int:
    return int(*parts(SIZE, text, "a number"))


STRICT = json.JSONDecoder(
    object_pairs_hook=unique, parse_int=whole, parse_float=whole, parse_constant=whole
).decode
SPELT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def shaped(value: Any, **kinds: type) -> Any:
    is_so = type(value) is dict and {key: type(one) for key, one in value.items()} == kinds
    need(is_so, "format", f"a JSON object has not just the keys {', '.join(kinds)}")
    return [value[key] for key in kinds]


def levels(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(levels, inner), default=0) if isinstance(value, dict | list) else 0


def read(lines: list[bytes], only: str = "") -> None:  # form and order
    versions: dict[str, int] = {}
    last = ""
    for line in lines:
        stream, version, spelt = parts(LINE, line.decode(), "a line")
        state = STRICT(spelt)
        is_spelt = SPELT(state) == spelt and levels(state) <= 16
        need(is_spelt, "format", "a state is not in its one spelling")
        (at,) = parts(f"({AT})", str(state.get("at")), "a recorded time")
        is_next = int(version) == versions.get(stream, 0) + 1
        need(is_next, "order", "a stream's versions have a gap")
        need(at >= last, "order", "recorded times go back")
        need(only in {"", stream}, "order", "an event is of another activity")
        versions[stream], last = int(version), at


def journal(octets: bytes, notes: Notes, keys: Keys, origin: str = "") -> str:
    *lines, end = octets.split(b"\n")
    need(not end, "format", "the journal does not end with a line feed")
    rows, size = tree(lines), 0
    for note, sizes in notes:
        signed, root = opened(note, keys, sizes, origin)
        need(
            signed <= len(lines),
            "size",
            f"the journal has {len(lines)} lines, {signed} are signed",
        )
        need(
            root == root_of(rows, signed), "root", f"the first {signed} lines are not those signed"
        )
        size = max(size, signed)
    read(lines)
    print(
        f"All {len(lines)} lines are in their form and order; {len(lines) - size} are not covered."
    )
    return f"the first {size} of {len(lines)} events are as they were signed"


def proof(text: str, keys: Keys) -> str:
    kinds = {"format": str, "activity": str, "checkpoint": str, "events": list}
    form, activity, note, events = shaped(STRICT(text), **kinds)
    is_proof = form == "kalends-proof/1" and re.fullmatch(ID, activity) and events
    need(is_proof, "format", "this is no proof")
    rows = [shaped(one, index=int, line=str, hashes=list) for one in events]
    paths = [(n, line.encode(), [unbase64(x, 32) for x in hashes]) for n, line, hashes in rows]
    size, root = opened(note.encode(), keys, ANY)
    for n, line, path in paths:
        is_there = n < size and proved(sha(b"\0", line), n, size, path) == root
        need(is_there, "inclusion", f"an event is not line {n + 1} of those signed")
    places = [n for n, _, _ in paths]
    need(places == sorted(set(places)), "order", "the indexes do not rise")
    read([line for _, line, _ in paths], f"activity-{activity}")
    print("Later events of this activity, if there are any, are not shown by a proof.")
    return f"{len(events)} events of activity {activity} are as they were signed"


def pack(files: dict[str, bytes], keys: Keys) -> str:
    kinds = {"format": str, "files": dict, "origin": str, "size": int}
    need("manifest.json" in files, "manifest", "there is no manifest.json")
    form, listed, origin, size = shaped(STRICT(files.pop("manifest.json").decode()), **kinds)
    need(form == "kalends-pack/1", "format", "this is no pack")
    parts(f"kalends/{ID}", origin, "the manifest's origin")
    [parts("[0-9a-f]{64}", str(one), "a hash") for one in listed.values()]
    is_whole = {"journal.jsonl", "checkpoint", "key.txt"} <= listed.keys() and listed == {
        name: sha(octets).hex() for name, octets in files.items()
    }
    need(is_whole, "manifest", "a file is missing, not listed, or not what its hash says")
    names = [name for name in files if name.startswith("checkpoints/")]
    kept = sorted(int(*parts(rf"checkpoints/{SIZE}\.txt", name, "a name")) for name in names)
    if not keys:
        print("The key is the pack's own: whoever forged a pack would have put his own in.")
    lines = files["journal.jsonl"].count(b"\n")
    notes: Notes = [(files["checkpoint"], {size} & {lines})]
    notes += [(files[f"checkpoints/{n}.txt"], {n}) for n in kept]
    print("Page and feeds are copies, and were not looked at: `kalends audit check-pack` does.")
    return journal(
        files["journal.jsonl"], notes, keys or keys_in(files["key.txt"].decode()), origin
    )


def unzip(data: bytes) -> dict[str, bytes]:  # stored files only, nothing between or behind them
    files: dict[str, bytes] = {}
    index, at = [], 0
    while data[at : at + 4] == b"PK\3\4":
        head, begin = (
            data[at : at + 30],
            at + 30 + int.from_bytes(data[at + 26 : at + 28], "little"),
        )
        name, end = data[at + 30 : begin], begin + int.from_bytes(head[22:26], "little")
        is_stored = head[6:10] in {b"\0\0\0\0", b"\0\10\0\0"} and head[18:22] == head[22:26]
        need(is_stored and head[28:] == b"\0\0", "format", "a ZIP file is not of stored files")
        index.append((head[4:], at.to_bytes(4, "little"), name))
        files[name.decode("utf-8" if head[7] else "ascii")], at = data[begin:end], end
    made, mode = data[at + 4 : at + 6], data[at + 36 : at + 42]  # by what, with which attributes
    each = [
        b"PK\1\2" + made + head + bytes(4) + mode + place + name for head, place, name in index
    ]
    tail = len(index).to_bytes(2, "little") * 2 + len(b"".join(each)).to_bytes(4, "little")
    each += [b"PK\5\6", bytes(4), tail, at.to_bytes(4, "little"), bytes(2)]
    need(data[at:] == b"".join(each), "format", "a ZIP file's directory is not that of its files")
    need(len(files) == len(index), "manifest", "a ZIP file has a file twice")
    return files


def run(paths: list[str]) -> str:
    keys: Keys = {}
    while "--key" in paths:
        at = paths.index("--key")
        key = "".join(paths[at + 1 : at + 2])
        del paths[at : at + 2]
        try:
            keys |= keys_in(Path(key).read_bytes().decode() if Path(key).is_file() else key)
        except (RefusedError, ValueError):
            need(is_so=False, code="usage", why="--key gives no public key")
    need(paths, "usage", "BUNDLE [--key KEY]... or journal.jsonl CHECKPOINT... [--key KEY]...")
    top, *others = map(Path, paths)
    if top.is_dir() and not others:
        found = [path for path in top.rglob("*") if path.is_file() and not path.is_symlink()]
        return pack({path.relative_to(top).as_posix(): path.read_bytes() for path in found}, keys)
    octets, notes = top.read_bytes(), [other.read_bytes() for other in others]
    if top.suffix == ".zip" and not notes:
        return pack(unzip(octets), keys)
    need(keys, "usage", "give the public key: --key KEY")
    if notes:
        return journal(octets, [(note, ANY) for note in notes], keys)
    need(top.suffix == ".json", "usage", "a bundle is a folder, a .zip or a .json")
    return proof(octets.decode(), keys)


def main(argv: list[str]) -> int:
    try:
        print(f"PROVED {run([*argv])}")
    except RefusedError as error:
        code, why = error.args
    except OSError as error:
        code, why = "usage", f"cannot be read: {error.strerror}"
    except (ValueError, OverflowError, RecursionError) as error:
        code, why = "format", ascii(str(error))
    else:
        return 0
    print(f"USAGE {why}" if code == "usage" else f"REFUSED {code}: {why}")
    return 2 if code == "usage" else 8


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
