# -*- coding: utf-8 -*-
"""Set everything up beside this file and show what Kalends does, or run its tests.

    python3 try.py              restore Liaoyuan's log, print a history, publish the feeds
    python3 try.py tests        run the tests
    python3 try.py tests all    run the long campaigns too: kills, full disks, spoiled files

Nothing outside this folder is touched: the packages go into `.venv`, as `requirements.lock` says.
"""

from __future__ import print_function

import sys

# An older Python must be able to read all of this file, to come to this line: no annotations, no
# f-strings, nothing new.
if sys.version_info < (3, 11):
    sys.exit("Kalends needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import subprocess
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
LOCK = ROOT / "requirements.lock"
DONE = HOME / "installed"


def run(*command):
    """Show a command and run it in this folder; leave with its code when it fails."""
    shown = [str(word.relative_to(ROOT)) if isinstance(word, Path) else word for word in command]
    print("$", *shown, flush=True)
    done = subprocess.run([str(word) for word in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def set_up():
    """Make `.venv` and install what the lock file names, unless that was done already."""
    wanted = LOCK.read_text("utf-8") + (ROOT / "pyproject.toml").read_text("utf-8")
    if DONE.exists() and DONE.read_text("utf-8") == wanted:
        return
    if not HOME.exists():
        if find_spec("ensurepip") is None:
            sys.exit("This Python cannot make a virtual environment: apt install python3-venv")
        venv.create(HOME, with_pip=True)
    pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip + ("--require-hashes", "-r", LOCK))
    run(*pip + ("--no-deps", "--no-build-isolation", "-e", "."))
    run(BIN / "python", "-m", "compileall", "-q", "src")
    DONE.write_text(wanted, "utf-8")


def main():
    """Set up, then do what was asked."""
    set_up()
    if sys.argv[1:2] == ["tests"]:
        which = ("-m", "") if sys.argv[2:] == ["all"] else ()
        run(BIN / "python", "-m", "pytest", "-n", "auto", *which)
        return
    run(BIN / "kalends", "history", "团市委")
    run(BIN / "kalends", "publish")


if __name__ == "__main__":
    main()
