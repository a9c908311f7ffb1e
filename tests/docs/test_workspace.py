"""docs/reference/workspace.md and feeds.md: files, settings and properties, none left out."""

import re
from pathlib import Path

from docs.transcript import ROOT, read

WORKSPACE = read("docs/reference/workspace.md")
FEEDS = read("docs/reference/feeds.md")


def test_the_variables_documented_are_the_variables_read():
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    there = set(re.findall(r'"(KALENDS_[A-Z_]+)"', source))
    section = WORKSPACE.split("## Environment variables")[1].split("\n## ")[0]
    written = re.findall(
        r"`([A-Z_]+)`", "\n".join(re.findall(r"^\| (.*?) \|", section, re.MULTILINE))
    )

    assert {name for name in written if name.startswith("KALENDS_")} == there
    assert {"XDG_CONFIG_HOME", "LC_ALL", "LC_MESSAGES", "LANG", "SHELL"} < set(written)


def test_git_s_files_are_as_documented(settled):
    assert settled.now.year == 2020
    for name in (".gitattributes", ".gitignore"):
        for line in Path(name).read_text("utf-8").splitlines():
            assert f"    {line}\n" in WORKSPACE


def test_every_file_of_a_workspace_is_documented(settled):
    settled.types("kalends publish")
    there = {
        path.relative_to(Path.cwd()).parts
        for path in Path.cwd().rglob("*")
        if path.is_file() and path.suffix != ".db-journal"
    }
    for parts in there:
        path, folder = "/".join(parts), "/".join(parts[:-1])
        documented = path if folder in {"", "events"} else f"{folder}/"
        assert f"`{documented}`" in WORKSPACE, path


def test_the_settings_of_a_place_are_documented(settled):
    assert settled
    keys = re.findall(r"^(\w+) =", Path("kalends.toml").read_text("utf-8"), re.MULTILINE)

    assert keys
    assert all(f"| `{key}` |" in WORKSPACE for key in keys)


def test_every_property_of_a_feed_is_documented(settled):
    settled.types("kalends campaign set --site https://example.org/feeds")
    settled.types("kalends correct k3x9 --link https://example.org/1 --reason 补充")
    code, said = settled.types("kalends feed show all")

    assert code == 0
    names = set(re.findall(r"^([A-Z-]+)[:;]", said, re.MULTILINE)) - {"BEGIN", "END"}
    tables = FEEDS.split("## The calendar")[1].split("## When")[0]
    cells = " ".join(re.findall(r"^\| (.*?) \|", tables, re.MULTILINE))
    assert names == set(re.findall(r"`([A-Z-]+)`", cells))


def test_the_manifest_is_documented(settled):
    settled.types("kalends publish")
    keys = set(re.findall(r'"(\w+)":', Path("feeds/manifest.json").read_text("utf-8")))
    section = FEEDS.split("## The manifest")[1]

    assert all(f'"{key}"' in section for key in keys)
