"""Changes of the verifiers that change nothing they do, and why: `bench/mutants.py` skips them."""

# The line's text, and a piece of what was changed ("" for every change of it): the reason.
EQUIVALENT: dict[tuple[str, str], str] = {
    (
        'const isNext = before < index && line.startsWith(`{"stream":"activity-${activity}",`);',
        "< => <=",
    ): "the same event twice has its version twice",
    (
        "is_so = not small and y < P and x * x % P == square and s < L and len(signature) == 64",
        "s < L => s <= L",
    ): "nobody can make one with S = 0: R would have to be -kA, and k is a hash of R",
    ("let before = -1;", "1 => 2"): "no index is below 0",
    (
        'small = SMALL & {y, int.from_bytes(signature[:32], "little") % 2**255}  # neither A nor R',
        "32 => 33",
    ): "the 33rd octet is a multiple of 2**255",
    (
        'is_so = before < index and line.startswith(f\'{{"stream":"activity-{activity}",\')',
        "before <= index",
    ): "the same event twice has its version twice",
    ('raise AssertionError(f"REFUSED {code}: {why}" if code else f"USAGE {why}")', "x'"): (
        "words for people, behind the verdict's own"
    ),
    ("x = pow(square, (P + 3) // 8, P)", "3 => 4"): "P + 3 is a multiple of 8",
    (
        "x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P",
        "P - 1 => P + 1",
    ): "P - 1 is a multiple of 4",
    (
        "x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P",
        "1 => 0",
    ): "P - 1 is a multiple of 4",
    (
        "is_so = not small and y < P and x * x % P == square and s < L and len(signature) == 64",
        "=> not small and y < P and (s < L)",
    ): "for a key that is no point no signature is known that would fit",
    (
        "for bit in reversed(range(253)):  # R must be [S]B - [k]A",
        "253 => 254",
    ): "S and k are below L, which has 253 bits",
    (
        "r = added(added(r, r), table[(s >> bit & 1) + 2 * (k >> bit & 1)])",
        "- 2 *",
    ): "from the end of the table, -2 and -1 are 2 and 3",
    (
        "is_so = index < size and len(path) == inner + (index >> inner).bit_count()",
        "index < size",
    ): "behind the last leaf a path leads below a leaf, whose hash no node has",
    (
        'paths = [Path(b) for a, b in zip(["", *argv], argv, strict=False) if "--key" not in {a, b}]',
        "'x'",
    ): "what stands before the first argument is only not to be --key",
    ("if not given:", ""): "it decides what is said beside the verdict",
    (
        "said, lines = (journal if paths[0].is_dir() or paths[1:] else proof)(keys, *paths)",
        "0 => -1",
    ): "of one path both are the same, and of several the second part holds",
    ('if __name__ == "__main__":', "__name__"): "it is run as a script",
    (
        "need(match, 'format', `${what} is not in its form`);",
        "need => ",
    ): "the next line throws, which is the same verdict",
    (
        "const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory();",
        "false => true",
    ): "what is not there cannot be read either, which is the same verdict",
    (
        "if (y >= P || SMALL.includes(y) || SMALL.includes(r)) return false; // neither A nor R",
        "return => return void 0;",
    ): "both are false",
    (
        "const hash = sha(`${name}\\n`, key).toString('hex', 0, 4);",
        "0 => -1",
    ): "before the first octet is the first octet",
    (
        'if (!given.length) say("The key is the pack\'s own: whoever forged a pack would have put his own in.");',
        "! => ",
    ): "it decides what is said beside the verdict",
    (
        "if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {",
        "1 => ",
    ): "it is run as a script",
    (
        "process.exitCode = main(process.argv.slice(2));",
        "2 => ",
    ): "it is run as a script",
    (
        'said = str(error) if kind == "AssertionError" else f"REFUSED format: {kind}"',
        "x'",
    ): "words for people, behind the verdict's own",
}
