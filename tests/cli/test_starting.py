"""What one `add` loads and compiles: counted, so that starting cannot grow slower unseen.

A command's time is mostly that: each module takes a tenth of a millisecond to load, and a pattern
up to three to compile. Where a limit is passed, load or compile it only for those who need it (see
`Pattern`), or raise the limit by what it is worth.
"""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, os, re._compiler, sys
compile_, patterns = re._compiler.compile, []
def counted(source, flags=0):
    patterns.append(str(source))
    return compile_(source, flags)
re._compiler.compile = counted
import click
known, libraries = len(patterns), set(sys.modules)
def left(code):
    loaded = sorted(set(sys.modules) - libraries)
    print(json.dumps({"code": code, "modules": loaded, "patterns": patterns[known:]}))
    sys.stdout.flush()
    end(code)
end, os._exit = os._exit, left
sys.argv[0] = "kalends"
from kalends.cli.app import main
main()
"""
# How many of our modules each loads, and how many patterns it compiles.
FORMS = {
    "7月14日上午团市委召开推进会": (188, 34),
    "7月14日上午9点团市委牵头、市教育局协办推进会": (188, 45),
    "2020-07-14 14:30 tsw promotion meeting": (200, 46),
    "July 14 2pm tsw open day": (195, 49),
}
WIDE = 4  # patterns with all of Chinese in them, which alone take half a millisecond
# What no sentence needs: large, or only for others.
FORBIDDEN = {
    "typing_extensions", "dateparser", "icalendar", "rich", "eventsourcing", "psycopg", "asyncio",
    "json", "email", "starlette", "borax", "pypinyin", "tempfile", "subprocess", "logging",
    "kalends.log.sqlite.table", "kalends.feeds", "kalends.web", "kalends.store_address",
    "kalends.login_provider", "kalends.domain.roster_decider", "kalends.domain.errors.files",
    "kalends.domain.errors.stores", "hashlib", "textwrap", "msgspec.inspect",
}  # fmt: skip


@pytest.mark.campaign
@pytest.mark.parametrize("sentence", FORMS)
def test_a_sentence_loads_and_compiles_no_more_than_it_did(workspace, sentence):
    modules, patterns = FORMS[sentence]
    assert workspace("add", sentence).code == 0  # caches are there, the journal is as always
    command = [sys.executable, "-c", PROGRAM, "add", f"{sentence} 4", "--allow-duplicates"]

    said = subprocess.run(command, check=True, capture_output=True, text=True)

    document = json.loads(said.stdout.splitlines()[-1])
    assert document["code"] == 0, said
    assert not FORBIDDEN & set(document["modules"])
    ours = [name for name in document["modules"] if name.split(".")[0] == "kalends"]
    assert len(ours) <= modules, "\n".join(ours)
    assert len(document["patterns"]) <= patterns, "\n".join(document["patterns"])
    wide = [source for source in document["patterns"] if "一-鿿" in source]
    assert len(wide) <= WIDE, "\n".join(wide)
