# -*- coding: utf-8 -*-
"""Set everything up beside this file and show what Kalends does, or run its tests.

    python3 try.py              publish Liaoyuan's feeds, then show an example of your own
    python3 try.py serve        open Liaoyuan's pages in a browser
    python3 try.py tests        run the tests
    python3 try.py tests all    run the long campaigns too: kills, full disks, spoiled files

The packages go into `.venv`, as `requirements.lock` says, and the example into `example` or
`example-zh`. Nothing else is touched, but for your settings folder, where the key is kept that
signs the example.
"""

from __future__ import print_function

import sys

# An older Python must be able to read all of this file, to come to this line: no annotations, no
# f-strings, nothing new.
if sys.version_info < (3, 11):
    sys.exit("Kalends needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import locale
import os
import re
import subprocess
import venv
import webbrowser
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
LOCK = ROOT / "requirements.lock"
DONE = HOME / "installed"


EXAMPLES = {"en": ROOT / "example", "zh": ROOT / "example-zh"}
# Commands of an example: `{0}` and `{1}` are the ids of the activities recorded first and second.
STEPS = {
    "zh": (
        ("dept", "add", "市图书馆", "--code", "lib", "--alias", "图书馆"),
        ("dept", "add", "市教育局", "--code", "edu", "--alias", "教育局"),
        ("add", "4月10日下午 图书馆 少儿故事会 @少儿阅览室"),
        ("add", "4月23日上午9点 图书馆、教育局 世界读书日启动仪式 @人民广场 #读书"),
        ("move", "{1}", "--to", "4月24日上午9点", "--reason", "预报有雨"),
        ("correct", "{0}", "--place", "二楼报告厅", "--reason", "地点写错"),
        ("history", "图书馆"),
    ),
    "en": (
        ("dept", "add", "City Library", "--code", "lib", "--alias", "Library"),
        ("dept", "add", "Education Bureau", "--code", "edu"),
        ("add", "10 April afternoon, Library: story hour @Children's Room"),
        ("add", "23 April 9am Library and Education Bureau: World Book Day opening @Main Square"),
        ("move", "{1}", "--to", "24 April 9am", "--reason", "rain is forecast"),
        ("correct", "{0}", "--place", "Lecture Hall", "--reason", "wrong room"),
        ("history", "Library"),
    ),
}
TITLES = {"zh": "读书月", "en": "Reading month"}
NEXT = {
    "zh": """
上面的改期和更正没有覆盖原来的记录：历史中写着谁在何时、因何修改。

接下来可以试试：
    {activate}
    cd {folder}
    kalends add 4月30日下午 图书馆 总结会
    kalends                      现状，以及下一步做什么
    kalends audit verify         证明没有人改过记录
    cd ..
    kalends history 团市委        辽源市 2020 年的真实记录
教程：docs/tutorial.zh.md
""",
    "en": """
The move and the correction overwrote nothing: the history says who made them and why.

What to try next:
    {activate}
    cd {folder}
    kalends add 30 April afternoon Library closing meeting
    kalends                      where things stand, and what to do next
    kalends audit verify         proves that nobody changed the record
    cd ..
    kalends history 团市委        the real record of the city of Liaoyuan, 2020
Tutorial: docs/tutorial.md
""",
}


def language():
    """Return the language this machine speaks: "zh" or "en"."""
    variables = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next(filter(None, variables), None) or ""
    if not spoken and sys.platform == "win32":
        spoken = locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


def run(*command):
    """Show a command and run it in this folder; leave with its code when it fails."""
    return run_in(ROOT, *command)


def run_in(folder, *command):
    """Show a command and run it; leave with its code when it fails."""
    show(*command)
    done = subprocess.run([str(word) for word in command], cwd=folder, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def show(*command):
    """Print a command as it would be typed."""
    words = [
        (word.name if word.parent == BIN else str(word.relative_to(ROOT)))
        if isinstance(word, Path)
        else word
        for word in command
    ]
    quoted = ['"%s"' % word if re.search("[ @#&']", word) else word for word in words]
    print("$", " ".join(quoted), flush=True)


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
    asked = sys.argv[1:2]
    if asked not in ([], ["serve"], ["tests"]):
        print((__doc__ or "").split("\n\n")[1])
        sys.exit(0 if asked[0] in ("-h", "--help") else 2)
    set_up()
    if sys.argv[1:2] == ["tests"]:
        which = ("-m", "") if sys.argv[2:] == ["all"] else ()
        run(BIN / "python", "-m", "pytest", "-n", "auto", *which)
        return
    spoken = language()
    if sys.argv[1:2] == ["serve"]:
        serve(spoken)
        return
    run(BIN / "kalends", "publish", "--lang", spoken)
    example(spoken)


def serve(spoken):
    """Serve the pages of this folder, and open them where there is a browser."""
    port = [] if any(word.startswith("--port") for word in sys.argv) else ["--port", "0"]
    options = ["serve"] + port + sys.argv[2:]
    show(BIN / "kalends", *options)
    command = [str(BIN / "kalends"), "--lang", spoken] + options
    environment = dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONUNBUFFERED="1")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    is_open = False
    try:
        for line in server.stderr:  # where people are spoken to, and requests are listed
            said = line.decode("utf-8")
            sys.stderr.write(said)
            sys.stderr.flush()
            found = not is_open and re.search(r"http://\S+", said)
            if found:
                webbrowser.open(found.group())
                is_open = True
        code = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        code = server.wait()
    server.stderr.close()
    sys.exit(code)


def example(spoken):
    """Record an example's activities, unless they are there, and show a department's history."""
    kalends, ids, folder = BIN / "kalends", [], EXAMPLES[spoken]
    steps = STEPS[spoken]
    if folder.exists():
        steps = steps[-1:]
    else:
        dates = ("--from", "2027-04-01", "--to", "2027-04-30")
        run(*(kalends, "init", folder, "--title", TITLES[spoken], "--lang", spoken) + dates)
    show("cd", folder)
    for step in steps:
        words = [word.format(*ids) if word in ("{0}", "{1}") else word for word in step]
        if step[0] != "add":
            run_in(folder, kalends, *words)
            continue
        ids.append(recorded(folder, kalends, *words))
    activate = ". .venv/bin/activate" if sys.platform != "win32" else ".venv\\Scripts\\activate"
    print(NEXT[spoken].format(activate=activate, folder=folder.name), end="")


def recorded(folder, *command):
    """Record an activity of the example and return its id, which is new each time."""
    show(*command)
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        check=False,
        env=dict(os.environ, PYTHONIOENCODING="utf-8"),
        stdout=subprocess.PIPE,
    )
    said = done.stdout.decode("utf-8")
    print(said, end="", flush=True)
    found = re.search("([0-9a-z]{4,})[:：]", said)
    if done.returncode or not found:
        sys.exit(done.returncode or 1)
    return found.group(1)


if __name__ == "__main__":
    main()
