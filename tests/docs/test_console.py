"""What the documents say is said is said: every console block is run and compared whole."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docs.transcript import ROOT, SERVED, blocks, commands, read, rewritten, spoken

HOW_TO = sorted(
    path.stem
    for path in (ROOT / "docs" / "how-to").glob("*.md")
    if blocks(path.read_text("utf-8")) and path.stem not in SERVED
)
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize(
    ("page", "machine"), [("tutorial.md", "en_US.UTF-8"), ("tutorial.zh.md", "zh_CN.UTF-8")]
)
def test_the_tutorial_is_what_happens(reader, monkeypatch, page, machine):
    monkeypatch.setenv("LANG", machine)

    path = ROOT / "docs" / page
    assert rewritten(path, reader) == path.read_text("utf-8")


@pytest.mark.campaign
@pytest.mark.parametrize("page", HOW_TO)
def test_a_how_to_is_what_happens(settled, page):
    if page.endswith(".zh"):
        settings = Path("kalends.toml")
        settings.write_text(settings.read_text("utf-8").replace('"en"', '"zh"', 1), "utf-8")
    path = ROOT / "docs" / "how-to" / f"{page}.md"
    assert rewritten(path, settled) == path.read_text("utf-8")


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_readme_s_first_steps_begin_in_an_empty_folder_and_record_as_it_says(
    reader, monkeypatch, page, language
):
    monkeypatch.setenv("LANG", {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}[language])
    steps = next(
        block for block in blocks(read(page)) if any("kalends init" in step[0] for step in block)
    )
    answers = []
    for command, _, _ in steps:
        code, answer = reader.types(command)
        assert code == 0, (command, answer)
        answers.append(answer)

    assert [step[0].split()[:2] for step in steps] == [
        ["kalends", "init"], ["cd", "city"], ["kalends", "dept"], ["kalends", "add"],
    ]  # fmt: skip
    assert _masked(answers[-1]) == _masked(steps[-1][2])


@pytest.mark.parametrize("page", READMES)
def test_what_the_readme_records_can_be_recorded_in_its_order(reader, monkeypatch, page):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if page.endswith("zh.md") else "en_US.UTF-8")
    reader.now = datetime.now(UTC)
    (beginning, recording, *_) = _kalends(page)
    found = {}
    for command, said_there in [*beginning, *recording]:
        code, said = reader.types(re.sub("k3x9|p7q2", lambda name: found[name[0]], command))
        assert code == 0, (command, said)
        if said_there:
            name, given = (
                re.search(r"\b([0-9a-z]{4,})[:：]", text)[1] for text in (said_there, said)
            )
            found[name] = given
    assert len(found) == 2


@pytest.mark.parametrize("page", READMES)
def test_what_the_readme_asks_is_answered_in_this_repository(here, page):
    (_, _, *asking) = _kalends(page)
    asked = [command for block in asking for command, _ in block]

    assert len(asked) == 14
    for command in asked:
        code, said = here.types(command)
        assert code == 0, (command, said)
        assert said, command
        assert not re.search(r"(?:activities changed: |变动的活动：)0\b", said), command


def test_the_chinese_pages_have_the_commands_of_the_english_ones():
    for name in ("README", "docs/tutorial", "docs/how-to/audit", "docs/how-to/office"):
        english, chinese = (
            [spoken(command) for command in commands(read(f"{name}{end}.md"))]
            for end in ("", ".zh")
        )
        assert english == chinese


def _kalends(page):
    """Return the README's blocks of this program's commands: first steps, recording, asking.

    Each is a list of commands and what is said.
    """
    found = [[(command, said) for command, _, said in block] for block in blocks(read(page))]
    return [block for block in found if any(command.startswith("kalends") for command, _ in block)]


def _masked(text):
    """Return a text with its ids made one: they are new at each run."""
    return re.sub(r"\b[0-9a-z]{4,}(?=[:：])", "id", text)
