"""docs/reference/json.md names every key that an answer in JSON holds, and no other."""

import json
import re
from pathlib import Path

import pytest

from docs.transcript import read

PAGE = read("docs/reference/json.md")
_SHAPES = ("activity", "when", "revision", "department", "event")
# What each section is about: a command that answers with its document.
_ANSWERS = {
    "add": "add 7月1日 团市委 清扫街道",
    "add --from": "add --from many.jsonl --keep-going",
    "undo": "undo",
    "init": "init another --title 另一项",
    "kalends": "",
    "agenda, search": "agenda --all",
    "show": "show p7q2",
    "history": "history 团市委",
    "log": "log",
    "diff": "diff 1",
    "late": "late",
    "report": "report",
    "when": "when 7月14日上午",
    "dept add, alias, short, rename, move, merge, close, reopen": "dept rename 城管执法局 城市管理局 --on 2021-01-01",
    "dept add --from": "dept add --from roster.csv",
    "dept ls": "dept ls",
    "dept show": "dept show tsw",
    "campaign show, set": "campaign show",
    "campaign clock": "campaign clock --reason 试",
    "publish": "publish",
    "feed ls": "feed ls",
    "feed secret new": "feed secret new all",
    "feed secret ls": "feed secret ls",
    "token new": "token new --actor zhang --role clerk --dept tsw --expires 90d --note phone --login zhang@example.org",
    "token ls": "token ls",
    "token log": "token log",
    "webhook new": "webhook new https://example.org/hook --note map",
    "webhook ls": "webhook ls",
    "webhook send": "webhook send",
    "digest new": "digest new json://127.0.0.1:1 --every week",
    "digest ls": "digest ls",
    "digest send": "digest send",
    "feed show": "feed show all",
    "feed explain": "feed explain p7q2",
    "feed check": "feed check",
    "audit verify": "audit verify",
    "audit checkpoint": "audit checkpoint",
    "audit check": "audit check proof.json",
    "audit pack": "audit pack -o pack.zip",
    "audit check-pack": "audit check-pack ../kept.zip",
    "audit replay": "audit replay",
    "audit served": "audit served feeds/all.ics",
    "store migrate": "store migrate sqlite",
    "store check": "store check",
    "store sql": "store sql",
    "doctor": "doctor",
}
# Here the answer is the proof itself, whose shape is in audit.md.
_ELSEWHERE = {"audit prove", "token link"}


def _sections():
    parts = re.split(r"^#{2,3} (.*)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


SECTIONS = _sections()


def _written(text):
    """Return the keys that a section names: those of its examples, and first in its tables."""
    examples = "\n".join(re.findall(r"^    .*$", text, re.MULTILINE))
    tables = "\n".join(re.findall(r"^\| (.*?) \|", text, re.MULTILINE))
    lists = "".join(re.findall(r'\{("\w+"(?:, "\w+")*)\}', examples))  # {"code", "message"}
    return {
        *re.findall(r'"(\w+)":', examples),
        *re.findall(r'"(\w+)"', lists),
        *re.findall(r"`(\w+)`", tables),
    }


def _keys(value):
    """Return all keys of a document, but those within states and changes."""
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    if not isinstance(value, dict):
        return set()
    if "spans" in value:  # its keys are the names of feeds
        value = {**value, "spans": None}
    inside = (item for name, item in value.items() if name not in {"state", "changes"})
    return set(value).union(*map(_keys, inside))


@pytest.fixture
def lived(settled):
    """Return somebody in a workspace where something was corrected and something refused."""
    line = {"when": "7月1日", "title": "志愿服务", "departments": ["团市委"]}
    line["source"] = {"document": "ab" * 32, "quote": "志愿服务", "span": [3, 7]}
    lines = [json.dumps(line), json.dumps({**line, "when": "2月30日"})]
    with open("many.jsonl", "w", encoding="utf-8") as file:  # noqa: PTH123 - of this test alone
        file.write("\n".join(lines))
    Path("roster.csv").write_text("name,code\n妇联,fulian\n", "utf-8")
    settled.types("kalends correct p7q2 --title 走访 --reason 更名")
    settled.types("kalends publish")
    settled.types("kalends audit pack -o ../kept.zip")
    settled.types("kalends held k3x9")
    settled.types("kalends audit prove k3x9 -o proof.json")
    return settled


def _answer(lived, command):
    code, said = lived.types(f"kalends --json {command}")
    assert code in {0, 6, 8, 9}, said
    return json.loads(said)


def test_every_section_is_a_shape_or_an_answer():
    assert set(SECTIONS) - {"What each command answers"} == {*_SHAPES, *_ANSWERS, *_ELSEWHERE}


@pytest.mark.campaign
@pytest.mark.parametrize("section", _ANSWERS)
def test_the_keys_of_an_answer_are_documented_where_it_is(lived, section):
    document = _answer(lived, _ANSWERS[section])

    assert set(document) <= _written(SECTIONS[section])


@pytest.mark.campaign
def test_every_key_of_every_answer_is_documented_and_no_other(lived):
    seen = set()
    for command in _ANSWERS.values():
        seen |= _keys(_answer(lived, command))
    _answer(lived, "dept close jyj --on 2020-09-01")
    seen |= _keys(_answer(lived, "dept reopen jyj --on 2020-10-01"))
    seen |= _keys(_answer(lived, "cancel k3x9 --reason 试 --dry-run"))
    seen |= _keys(_answer(lived, "add 7月2日 团市委 试 --dry-run"))
    mark = _answer(lived, "token ls")["tokens"][0]["mark"]
    seen |= _keys(_answer(lived, f"token link {mark}"))
    seen |= _keys(_answer(lived, "publish --site site"))
    Path("other.ics").write_bytes(Path("feeds/all.ics").read_bytes() + b"\r\n")
    Path("feeds/all.ics").write_bytes(b"")
    seen |= _keys(_answer(lived, "audit replay")) | _keys(_answer(lived, "audit served other.ics"))
    Path("events/journal.jsonl").write_bytes(b"{}\n")
    seen |= _keys(_answer(lived, "audit verify"))

    assert seen == _written(PAGE)


def test_from_standard_input_each_line_is_one_of_the_two_documented(lived):
    refused = json.loads(lived.types("kalends --json when 2月30日")[1])

    assert set(refused) == {"ok", "error"}
    assert set(refused["error"]) == {"code", "message", "hint"}
