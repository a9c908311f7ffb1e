"""Documents, run: each console block is called as a reader would type it, and compared whole.

A block is fenced as `console`; one fenced as `jsonl NAME` is a file. A line that begins with `$ `
is called, what stands behind `> ` under a question is its answer, all other lines are what is
said. The clock and the ids are set, so that is the same each time. `KALENDS_REWRITE=1 pytest
tests/docs` writes what is said now into the documents, to be read and judged before it is kept.
"""

import gc
import hashlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from click import termui

from kalends.application.workspaces.machine import Machine
from kalends.cli.app import main
from kalends.cli.context import Context
from kalends.cli.environment import settings_folder

ROOT = Path(__file__).resolve().parents[2]
# These pages are typed to a server.
SERVED = ("use-the-api", "use-the-api.zh")
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"[^→√]*[)）]> ")
_FENCE = re.compile(
    r"^```(console|jsonl|csv|text|python)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def pages():
    """Return every document that is meant to be read."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(name):
    return (ROOT / name).read_text("utf-8")


def blocks(text):
    """Return the console blocks, each a list of (command, answers, what is said)."""
    return [_steps(match.group(1)) for match in _BLOCK.finditer(text)]


def commands(text):
    return [command for block in blocks(text) for command, _, _ in block]


def _steps(block):
    steps = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            steps.append((line[2:].rstrip("\n"), [], ""))
            continue
        command, answers, said = steps[-1]
        if command.endswith("\\"):
            steps[-1] = (f"{command}\n{line.rstrip()}", answers, said)
            continue
        if prompt := _PROMPT.match(line):
            answers.append(line[prompt.end() :].rstrip("\n"))
        steps[-1] = (command, answers, said + line)
    return steps


def spoken(command):
    """Return the words of a command as a shell would, without the comment that follows ` # `."""
    return shlex.split(re.sub(r"\s#\s.*$", "", command.replace("\\\n", " ")))


class Reader:
    """Somebody who types what a document says, at a clock and with ids that are set."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self.now = datetime(2020, 7, 20, 1, 59, tzinfo=UTC)
        self.ids = []
        self._made = count(1)
        self._seeds = count(1)
        self.pause = lambda _: None
        for name in ("LC_ALL", "LC_MESSAGES", "LANG", "KALENDS_DEBUG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("KALENDS_ACTOR", "li")

    @property
    def machine(self):
        """Return what this machine lends to a call."""
        return Machine(
            now=lambda: self.now,
            new_id=self.new_id,
            new_seed=self.new_seed,
            pause=self.pause,
            user=lambda: os.environ["KALENDS_ACTOR"],
        )

    def new_id(self):
        """Return an id that looks like one, the same in every run."""
        if self.ids:
            return self.ids.pop(0)
        digest = hashlib.sha256(f"document {next(self._made)}".encode()).digest()
        return "".join(_BASE32[byte & 31] for byte in digest[:12])

    def new_seed(self):
        """Return the seed of a key, the same in every run: so are the signatures."""
        return hashlib.sha256(f"key {next(self._seeds)}".encode()).digest()

    def types(self, command, answers=()):
        """Type a line and return its exit code and all that is said, as on a terminal."""
        self.now += timedelta(minutes=1)
        words = spoken(command)
        if words[0] == "cd":
            os.chdir(words[1])
            return 0, ""
        if words[0] == "kalends":
            return self._kalends(words[1:], answers)
        return _shell(command)

    def _kalends(self, words, answers):
        said = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)
        waiting = list(answers)

        def answer(prompt):
            said.write(f"{prompt}{waiting[0]}\n")
            return waiting.pop(0)

        with self._monkeypatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
            if answers:
                patch.setattr(Context, "can_ask", True)
                patch.setattr(termui, "visible_prompt_func", answer)
            with pytest.raises(SystemExit) as left:
                main(words, machine=self.machine)
        gc.collect()  # the database is let go of, as when a process ends
        text = said.buffer.getvalue().decode().replace("\r\n", "\n")
        return left.value.code, text.replace(str(settings_folder()), "~/.config/kalends")


def _shell(command):
    """Run what is not ours: git, or a look at a file."""
    needed = spoken(command)[0]
    bash = shutil.which("bash")
    if bash is None or shutil.which(needed) is None or sys.platform != "linux":
        pytest.skip(f"needs {needed}")
    surroundings = {
        "PATH": os.environ["PATH"], "HOME": str(Path.cwd()), "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat",
        "GIT_AUTHOR_NAME": "li", "GIT_AUTHOR_EMAIL": "li@example.org",
        "GIT_COMMITTER_NAME": "li", "GIT_COMMITTER_EMAIL": "li@example.org",
        "GIT_AUTHOR_DATE": "2020-07-20T10:00:00+08:00",
        "GIT_COMMITTER_DATE": "2020-07-20T10:00:00+08:00",
    }  # fmt: skip
    done = subprocess.run(
        [bash, "-c", command], env=surroundings, capture_output=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode().replace("\r\n", "\n")


def run(path, reader):
    """Return the document with each console block as it is said now."""

    def again(block):
        kind, name, body = block.groups()
        if kind != "console" and not name:
            return block.group()
        if kind != "console":
            Path(name).write_text(body, "utf-8", newline="\n")
            return block.group()
        steps = []
        for command, answers, _ in _steps(body):
            _, said = reader.types(command, answers)
            if said and not said.endswith("\n"):
                said += "\n"
            steps.append(f"$ {command}\n{said}")
        return f"```console\n{''.join(steps)}```"

    return _FENCE.sub(again, path.read_text("utf-8"))


def rewritten(path, reader):
    """Return the document as it is said now; write it too when that is asked for."""
    text = run(path, reader)
    if os.environ.get("KALENDS_REWRITE"):
        path.write_text(text, "utf-8", newline="\n")
    return text
