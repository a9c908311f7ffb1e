"""Every hint leads out: each kind of error is provoked, its hint followed, and the thing then works.

`tests/test_hints.py` does the same in a shell where files are moved and git has a part.
"""

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kalends.audit.note import PrivateKey
from kalends.cli.environment import settings_folder
from kalends.cli.hints import HINTS
from kalends.domain import errors
from kalends.presentation.error_answers import hint_of

LINE = {"when": "2020-07-16", "departments": ["tsw"], "title": "走访"}


def file(name, text, encoding="utf-8"):
    """Return a step that writes a file."""

    def write(_):
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))

    return write


def line(**more):
    return json.dumps({**LINE, **more}, ensure_ascii=False) + "\n"


def table(**cells):
    """Return a table in CSV with one activity."""
    row = {"date": "2020-07-16", "title": "走访", "departments": "tsw", **cells}
    return f"{','.join(row)}\n{','.join(row.values())}\n"


def workbook(date):
    """Return a step that makes a workbook with one activity."""

    def write(_):
        with Workbook("t.xlsx") as book:
            sheet = book.add_worksheet("七月")
            sheet.write_row(0, 0, ["date", "title", "departments"])
            sheet.write_row(1, 0, [date, "走访", "tsw"])

    return write


def at(stamp):
    """Return a step that sets the clock."""

    def turn(machine):
        machine.now = machine.now.replace(**stamp)

    return turn


def aside(name):
    return lambda _: Path(name).rename(f"{name}.aside")


def newer_lost(_):
    """Restore the workspace from a journal that lacks the newest event."""
    journal = Path("events/journal.jsonl")
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    for path in Path("events").glob("kalends.db*"):
        path.unlink()


def signed_put_by(_):
    """Take the checkpoints away for a while: nothing shows that the log was longer."""
    Path("../by").mkdir()
    for path in Path("events").glob("checkpoint*"):
        shutil.move(path, "../by")


def signed_back(_):
    for path in Path("events").glob("checkpoint*"):
        path.unlink() if path.is_file() else shutil.rmtree(path)
    for path in Path("../by").iterdir():
        shutil.move(path, "events")


def signed_aside(_):
    for path in Path("events").glob("checkpoint*"):
        shutil.move(path, "..")


def removed(*names):
    def remove(_):
        for name in names:
            for path in Path().glob(name):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def key_gone(_):
    shutil.rmtree(settings_folder() / "keys")


def key_unreadable(_):
    (path,) = (settings_folder() / "keys").glob("*.key")
    path.rename(path.with_suffix(".aside"))
    os.mkfifo(path)


def key_readable(_):
    (path,) = (settings_folder() / "keys").glob("*.aside")
    path.replace(path.with_suffix(".key"))


def key_begun(_):
    (path,) = (settings_folder() / "keys").glob("*.key")
    key = PrivateKey(PrivateKey.read(path.read_text("ascii").strip()).public.name, bytes(32))
    begun = path.with_name(f"{path.name}.new")
    begun.touch(0o600)
    begun.write_text(key.written(), "ascii")


def old_key_back(_):
    keys = settings_folder() / "keys"
    older = next(path for path in keys.glob("*.*.key"))
    older.replace(keys / f"{older.name.split('.')[0]}.key")


def other_key(_):
    """Let the settings trust another key of this campaign."""
    text = Path("kalends.toml").read_text("utf-8")
    (name,) = set(re.findall(r"kalends/[0-9a-z]{12}", text))
    key = PrivateKey(name, bytes(32)).public.written()
    Path("kalends.toml").write_text(re.sub(r"kalends/[^\"]*", lambda _: key, text), "utf-8")


def stray(_):
    shutil.copy("feeds/all.ics", "feeds/all (1).ics")


def unfinished(_):
    manifest = json.loads(Path("feeds/manifest.json").read_text("utf-8"))
    manifest["publishing"] = [manifest["position"]]
    Path("feeds/manifest.json").write_text(json.dumps(manifest), "utf-8")


def spoilt_views(_):
    Path(".kalends/views.db").write_bytes(b"SQLite format 3\0" + b"x" * 9000)


PUBLISHED = "+ publish"
GONE = "+ dept close jyj --on 2020-07-01"
FILE = "add --from lines.jsonl"
TABLE = "add --from t.csv"
# The first command without a plus is refused with the error's code; all others work, in this
# order: what comes behind it is what the hint proposes, then the thing itself. `ID` is the
# activity that the workspace holds: 14 July, 团市委, 召开推进会.
CASES = {
    "usage": ["feed show", "feed show --help", "feed show all"],
    "nothing-said": ["add", "add July 14 2pm 团市委 visit '#youth' '@Town Hall'"],
    "not-a-folder": [file("f", ""), "init f --title T", "init g --title T"],
    "bad-format": [file("old.toml", ""), lambda _: shutil.copy("kalends.toml", "old.toml"), file("kalends.toml", "= nothing"), "agenda", lambda _: shutil.copy("old.toml", "kalends.toml"), "agenda"],
    "repeated-key": [file("lines.jsonl", '{"title": "a", ' + line()[1:]), FILE, file("lines.jsonl", line()), FILE],
    "bad-setting": [lambda _: shutil.copy("kalends.toml", "old.toml"), file("kalends.toml", 'colour = "red"'), "agenda", lambda _: shutil.copy("old.toml", "kalends.toml"), "agenda"],
    "bad-role": ["add 2020-07-16 走访 --dept tsw:boss", "add 2020-07-16 走访 --dept tsw:牵头"],
    "not-json": [file("lines.jsonl", '{"when": nothing}\n'), FILE, file("lines.jsonl", line()), FILE],
    "cut-line": [file("lines.jsonl", line()[:-20] + "\n"), FILE, file("lines.jsonl", line()), FILE],
    "wrong-encoding": [file("lines.jsonl", line(), "gb18030"), FILE, file("lines.jsonl", line()), FILE],
    "not-json-lines": [file("lines.jsonl", table()), FILE, lambda _: Path("lines.jsonl").rename("t.csv"), TABLE],
    "not-sentences": [file("t.txt", table()), "add --from t.txt", lambda _: Path("t.txt").rename("t.csv"), TABLE],
    "not-a-roster": [file("roster.csv", b"PK\3\4" + b"\0" * 200), "dept add --from roster.csv", file("roster.csv", "name,code\n文旅局,wlj\n"), "dept add --from roster.csv"],
    "bad-line": [file("lines.jsonl", line() + "{}\n"), FILE, file("lines.jsonl", line()), FILE],
    "bad-roster-line": [file("roster.csv", "name,code\n新局,Ä\n"), "dept add --from roster.csv", file("roster.csv", "name,code\n新局,new\n"), "dept add --from roster.csv"],
    "missing-field": [file("lines.jsonl", '{"when": "2020-07-16", "title": "走访"}\n'), FILE, file("lines.jsonl", line()), FILE],
    "unknown-field": [file("lines.jsonl", line(colour="red")), FILE, file("lines.jsonl", line()), FILE],
    "wrong-type": [file("lines.jsonl", line(title=3)), FILE, file("lines.jsonl", line()), FILE],
    "wrong-choice": [file("lines.jsonl", line(departments=[{"name": "tsw", "role": "boss"}])), FILE, file("lines.jsonl", line()), FILE],
    "not-a-table": [file("t.csv", "a,b\n1,2\n"), TABLE, file("t.csv", table()), TABLE],
    "missing-heading": [file("t.csv", "date,title\n2020-07-16,走访\n"), TABLE, file("t.csv", table()), TABLE],
    "empty-cell": [file("t.csv", table(date="")), TABLE, file("t.csv", table()), TABLE],
    "not-from-file": [file("t.csv", table(status="cancelled")), TABLE, file("t.csv", table(status="planned")), TABLE],
    "no-such-status": [file("t.csv", table(status="好")), TABLE, file("t.csv", table(status="held")), TABLE],
    "number-for-date": [workbook(7.1), "add --from t.xlsx", workbook("7月1日"), "add --from t.xlsx"],
    "no-sheet": [workbook("7月1日"), "add --from t.xlsx --sheet 八月", "add --from t.xlsx --sheet 七月"],
    "activity-not-found": ["show zzzz", "agenda --all", "search 推进", "show ID"],
    "department-not-found": ["history 天文台", "dept ls", "history 团市委"],
    "department-mistyped": ["history 团市委会", "dept ls", "history 团市委"],
    "not-shown": ["+ withhold ID --reason 未定", "feed show --only ID", "feed explain ID"],
    "feed-not-found": ["feed show nothing", "feed ls", "feed show all"],
    "position-not-found": ["agenda --known-at 99", "agenda --known-at 1"],
    "nothing-known": ["agenda --known-at 2019-01-01", "agenda --known-at 1"],
    "settings-gone": [lambda _: Path("kalends.toml").unlink(), "agenda", file("kalends.toml", ""), "agenda"],
    "workspace-not-found": ["-C / agenda", "init new --title T", "-C new agenda"],
    "file-not-found": ["add --from nothing.jsonl", file("nothing.jsonl", line()), "add --from nothing.jsonl"],
    "ambiguous-id": ["+ add 2020-07-16 团市委 走访", "show 0", "show ID"],
    "ambiguous-department": ["+ dept add 甲区教育局 --code a --alias 教育口", "+ dept add 乙区教育局 --code b", "history 区教育局", "history 甲区教育局", "history b"],
    "unreadable-date": ["correct ID --when 嘿嘿 --reason x", "when 7月15日", "correct ID --when 7月15日 --reason x"],
    "two-readings": ["add 7月14日3点 团市委 走访", "add 7月14日15:00 团市委 走访", "add 团市委学习 --when 7月14日下午3点"],
    "days-apart": ["add 7月24日、26日 团市委 走访", "add 7月24日 团市委 走访", "add 7月26日 团市委 走访"],
    "time-alone": ["add 团市委学习 --when 15:00", "add 团市委学习 --when 7月14日15:00"],
    "impossible-date": ["add 2020-06-31 团市委 走访", "add 2020-06-30 团市委 走访"],
    "wrong-weekday": ["add 2020年7月14日周三 团市委 走访", "add 2020年7月14日周二 团市委 走访"],
    "vague-date": ["correct ID --when 某日 --reason x", "correct ID --when 2020年8月 --reason x"],
    "half-read-date": ["add 7月14日 团市委 走访 9:00 15:42", "add 7月14日15:42 团市委 走访"],
    "half-read-place": ["add '7月14日 团市委 talk @main square drill'", "add '7月14日 团市委 talk @\"main square\"'", "add '7月15日 团市委 @\"main square\"' --title drill"],
    "half-read-tag": ["add '7月14日 团市委 走访 #志愿,先锋'", "add '7月14日 团市委 走访 #志愿 #先锋'", "add '7月14日 团市委 #志愿,先锋' --title 走访先锋"],
    "deadline": ["add 10月15日前 团市委 上报材料", "add 7月16日 团市委 --title 10月15日前上报材料"],
    "second-date": ["add 7月14日 团市委 走访 7月16日", "add 7月14日 团市委 --title '走访 7月16日'"],
    "no-date": ["add 团市委 走访", "add 7月16日 团市委 走访", "add 团市委 学习 --when 7月16日"],
    "no-department": ["add 7月16日 走访", "add 7月16日 走访 --dept tsw"],
    "near-department": ["add 7月16日教育局开会", "add 7月16日 开会 --dept 市教育局"],
    "no-title": ["add 7月16日 团市委", "add 7月16日 团市委 走访", "add 7月16日 团市委 --title 学习"],
    "not-taking-place": ["+ add 8月14日 团市委 联谊会", "add 8月14日 团市委 联谊会取消", "cancel 009a --reason 下雨", "add 8月14日 团市委 --title 联谊会取消"],
    "on-record": ["+ add 8月14日 团市委 走访", "add 8月14日 团市委 走访", "correct 009a --title 慰问 --reason x", "add 8月14日 团市委 走访"],
    "like-line": [file("lines.jsonl", line() + line(place="广场")), FILE, FILE + " --allow-duplicates"],
    "bad-text": ["add 7月16日 团市委 走访 --tag a:b", "add 7月16日 团市委 走访 --tag ab"],
    "empty-text": ["dept add ' ' --code x", "dept add 文旅局 --code x"],
    "long-text": [f"add 7月16日 团市委 --title {'长' * 300}", f"add 7月16日 团市委 --title 长 --description {'长' * 300}"],
    "bad-character": ["add 7月16日 团市委 --title 'a\u202eb'", "add 7月16日 团市委 --title ab"],
    "reason-required": ["retract ID", "retract ID --reason x"],
    "not-possible": ["reinstate ID --reason x", "show ID", "correct ID --title 会 --reason x"],
    "retracted": ["+ retract ID --reason x", "correct ID --title 会 --reason x", "add 7月14日上午 团市委 召开推进会"],
    "bad-span": ["add 8月2日至7月23日 团市委 走访", "add 7月23日至8月2日 团市委 走访"],
    "long-link": [f"add 7月16日 团市委 走访 --link https://x.cn/{'字' * 1500}", "add 7月16日 团市委 走访 --link https://x.cn/a"],
    "bad-number": ["add 7月16日 团市委 走访 --headcount 9999999999", "add 7月16日 团市委 走访 --headcount 20"],
    "too-many": ["add 7月16日 团市委 走访 " + " ".join(f"--link https://x.cn/{n}" for n in range(99)), "add 7月16日 团市委 走访 --link https://x.cn/1 --description https://x.cn/2"],
    "name-taken": ["dept add 团市委 --code new", "dept add 新局 --code new", "history 团市委"],
    "bad-code": ["dept add 新局 --code Ä", "dept add 新局 --code new"],
    "department-closed": [GONE, "add 7月16日 市教育局 走访", "add 6月16日 市教育局 走访"],
    "department-not-yet": ["+ dept add 新局 --code new --on 2020-07-10", "add 7月1日 新局 走访", "add 7月11日 新局 走访"],
    "department-paused": [GONE, "+ dept reopen jyj --on 2020-07-10", "add 7月5日 市教育局 走访", "add 7月11日 市教育局 走访"],
    "bad-parent": ["dept move city --parent tsw", "dept ls", "dept move jyj --parent tsw"],
    "not-an-alias": ["dept alias tsw 共青团辽源市委员会 --remove", "dept show tsw", "dept alias tsw 团市委 --remove"],
    "bad-merge": ["dept merge city tsw --on 2020-07-10", "dept ls", "dept merge tsw jyj --on 2020-07-10"],
    "merged": ["+ dept merge jyj tsw --on 2020-07-10", "dept reopen jyj --on 2020-07-15", "undo"],
    "registered-otherwise": [file("roster.csv", "name,code,parent\n辽源市教育局,jyj,tsw\n"), "dept add --from roster.csv", "dept move jyj --parent tsw", "dept add --from roster.csv"],
    "nothing-to-undo": ["undo --actor nobody", "log"],
    "bad-campaign": ["campaign set --timezone Mars/Base", "campaign set --help", "campaign set --timezone Asia/Urumqi"],
    "clock-ahead": [at({"year": 2099}), "add 2020-07-16 团市委 走访", "add 2020-07-16 团市委 走访 --yes"],
    "department-in-use": ["+ dept add 新局 --code new --actor a", "+ add 7月16日 新局 走访 --actor b", "undo --actor a", "undo --actor b", "undo --actor a"],
    "changed-since": ["+ add 7月16日 团市委 学习 --actor a", "+ correct 009a --title 会 --reason x --actor b", "undo --actor a", "log", "retract 009a --reason x"],
    "torn-date": ["add '7.1市教育局 4走访'", "add '7.14 市教育局 走访'", "add 市教育局走访 --when 7.15"],
    "clock-behind": [at({"year": 2018}), "add 2018-07-16 团市委 走访", at({"year": 2021}), "add 7月16日 团市委 走访"],
    "workspace-exists": ["init . --title T", "init other --title T"],
    "link": ["+ publish", lambda _: (Path("feeds/x.ics").symlink_to("/etc/hosts")), "agenda", removed("feeds/x.ics"), "agenda"],
    "special-file": ["+ publish", lambda _: os.mkfifo("feeds/x.ics"), "agenda", removed("feeds/x.ics"), "agenda"],
    "own-file": ["+ publish", "agenda --all --xlsx events/journal.jsonl", "agenda --all --xlsx ../july.xlsx", "audit verify"],
    "output-path": ["agenda --all --xlsx .", "agenda --all --xlsx reports/2020/july.xlsx"],
    "hard-link": [lambda _: os.link("events/journal.jsonl", "twin"), "agenda", lambda _: (shutil.copy("events/journal.jsonl", "new"), Path("new").replace("events/journal.jsonl")), "agenda"],
    "folder-for-file": [PUBLISHED, lambda _: (Path("feeds/manifest.json").unlink(), Path("feeds/manifest.json").mkdir()), "publish", aside("feeds/manifest.json"), "publish", "doctor"],
    "file-for-folder": [PUBLISHED, lambda _: (shutil.rmtree("events/checkpoints"), Path("events/checkpoints").write_bytes(b"")), "publish", aside("events/checkpoints"), "publish", "doctor"],
    "unpublished": ["doctor", "publish", "doctor"],
    "unfinished": [PUBLISHED, unfinished, "feed check", "publish", "feed check"],
    "no-key": [key_gone, "audit checkpoint", "audit checkpoint --new-key", "audit checkpoint"],
    "unreadable-key": [key_unreadable, "audit checkpoint", key_readable, "audit checkpoint"],
    "unfinished-key": ["+ publish", key_begun, "doctor", "audit checkpoint --new-key", "+ publish", "doctor"],
    "no-trusted-key": [signed_aside, file("kalends.toml", ""), "audit checkpoint", "audit checkpoint --new-key", "audit checkpoint"],
    "retired-key": ["+ audit checkpoint --new-key", old_key_back, "audit checkpoint", "audit checkpoint --new-key", "audit checkpoint"],
    "untrusted-key": [lambda _: shutil.copy("kalends.toml", "old.toml"), other_key, "audit checkpoint", lambda _: shutil.copy("old.toml", "kalends.toml"), "audit checkpoint"],
    "bad-manifest": [PUBLISHED, file("feeds/manifest.json", "<<<<<<<"), "feed check", "publish", "feed check"],
    "stray-files": [PUBLISHED, stray, "doctor", removed("feeds/all (1).ics"), "doctor"],
    "feeds-ahead": [PUBLISHED, lambda _: shutil.copy("events/journal.jsonl", ".."), newer_lost, signed_aside, "doctor", lambda _: (removed("events/kalends.db*")(_), shutil.copy("../journal.jsonl", "events")), "+ audit checkpoint", "doctor"],
    "feeds-differ": [PUBLISHED, file("feeds/all.ics", "x"), "doctor", "publish", "doctor"],
    "unsigned": [PUBLISHED, removed("events/checkpoint", "events/checkpoints"), "doctor", "audit checkpoint", "doctor"],
    "shortened": [newer_lost, "add 7月16日 团市委 走访", signed_aside, "audit checkpoint", "audit verify"],
    "rewritten": [newer_lost, signed_put_by, "+ add 7月16日 团市委 走访", signed_back, "audit checkpoint", signed_aside, "audit checkpoint", "audit verify"],
    "journal-cut": ["+ publish", lambda _: Path("events/journal.jsonl").unlink(), "doctor", "publish", "doctor"],
    "bad-checkpoint": [lambda _: shutil.copy("events/checkpoint", "kept"), file("bad", "x"), "agenda --known-at bad", "agenda --known-at kept"],
    "secret-not-found": ["feed secret revoke nothing", "feed secret ls"],
    "token-not-found": ["token revoke nothing", "token ls"],
    "clerk-department": ["token new --actor z --role clerk", "token new --actor z --role clerk --dept tsw"],
    "bad-lifetime": ["token new --actor z --role office --expires soon", "token new --actor z --role office --expires 90d"],
    "hook-not-found": ["webhook revoke nothing", "webhook ls"],
    "bad-hook-address": ["webhook new ftp://example.org/", "webhook new https://example.org/"],
    "insecure-hook": ["webhook new http://example.org/ --withheld", "webhook new https://example.org/ --withheld", "webhook new http://example.org/"],
    "digest-not-found": ["digest revoke nothing", "digest ls"],
    "bad-digest-address": ["digest new https://example.org/", "digest new json://127.0.0.1:1"],
    "digests-behind": ["+ digest new json://127.0.0.1:1 --from 0", "digest send", "digest ls"],
    "bad-hooks": ["+ webhook new https://example.org/", file(".kalends-secrets/subscriptions.json", "x"), "webhook ls", removed(".kalends-secrets/subscriptions.json"), "webhook ls"],
    "hooks-behind": ["+ webhook new http://127.0.0.1:1/ --from 0", "webhook send", "webhook ls"],
    "bad-access-record": ["+ token new --actor z --role office", file(".kalends-secrets/access.jsonl", "x\n"), "token ls", removed(".kalends-secrets/access.jsonl"), "token ls"],
    "bad-secrets": ["+ feed secret new all", file(".kalends-secrets/feeds.json", "x"), "feed secret ls", removed(".kalends-secrets/feeds.json"), "feed secret ls"],
    "open-secrets": ["+ feed secret new all", PUBLISHED, lambda _: Path(".kalends-secrets/feeds.json").chmod(0o644), "doctor", lambda _: Path(".kalends-secrets/feeds.json").chmod(0o600), "doctor"],
    "bad-key": [file("p", "x"), "audit check p --key nonsense", "audit prove ID -o p", "audit check p"],
    "pack-given": ["+ audit pack -o record.zip", "audit check record.zip", "audit check-pack record.zip"],
    "not-proved": ["+ audit prove ID -o p", lambda _: shutil.copy("p", "good"), file("p", "{}"), "audit check p", lambda _: shutil.copy("good", "p"), "audit check p"],
    "never-served": [PUBLISHED, file("x.ics", "BEGIN:VCALENDAR\r\n"), "audit served x.ics", "feed show all --known-at 5", "audit served feeds/all.ics"],
    "departs": [PUBLISHED, file("feeds/all.ics", "x"), "audit replay", "publish", "audit replay"],
    "partly-done": [file("lines.jsonl", line() + line(departments=["天文台"])), FILE + " --keep-going", file("lines.jsonl", line(departments=["jyj"])), FILE],
    "empty-journal": [lambda _: shutil.copytree("events", "kept"), removed("events/kalends.db*", "events/journal.jsonl"), "agenda", lambda _: shutil.copy("kept/journal.jsonl", "events/journal.jsonl"), "agenda"],
    "bad-journal": [lambda _: shutil.copy("events/journal.jsonl", "kept"), removed("events/kalends.db*", ".kalends"), file("events/journal.jsonl", "no line\n"), "agenda", lambda _: shutil.copy("kept", "events/journal.jsonl"), "agenda"],
    "damaged-views": ["+ agenda", spoilt_views, "agenda"],
}  # fmt: skip
IN_A_SHELL = {"diverged", "corrupt-database", "forged-journal", "journal-behind"}
# What the program mends by itself before anybody is told: the command works at once.
MENDED = {"damaged-views"}
CANNOT = {
    "bad-address": "a web address: tests/web",
    "no-page": "a web address: tests/web",
    "page-fault": "a web address: tests/web/test_over_http.py",
    "shows-only": "a server: tests/web/test_over_postgres.py",
    "perhaps-recorded": "a server: tests/web/test_over_postgres.py",
    "page-not-now": "a web address: tests/web/test_over_http.py",
    "address-too-long": "a web address: tests/web/test_hostile.py",
    "method-not-allowed": "a web address: tests/web/test_hostile.py",
    "body-not-allowed": "a web address: tests/web/test_hostile.py",
    "too-many-readings": "the clerk's page: tests/web/clerk/test_reading_as_typed.py",
    "too-many-requests": "a web address: tests/web/test_over_http.py",
    "api-method": "a web address: tests/web/api",
    "bad-header": "a web address: tests/web/api",
    "body-too-long": "a web address: tests/web/api",
    "body-too-slow": "a web address: tests/web/api",
    "key-reused": "a web address: tests/web/api",
    "media-type": "a web address: tests/web/api",
    "token-missing": "a web address: tests/web/api",
    "proof-not-public": "a web address: tests/web",
    "log-not-public": "a web address: tests/web/test_log_files.py",
    "not-in-tree": "a web address: tests/web/test_log_files.py",
    "not-signed-yet": "a web address: tests/web/test_log_files.py",
    "long-entry": "a web address: tests/web/test_log_files.py",
    "fault": "a fault of the program is not provoked from outside",
    "refused": "a root: only its kinds are said",
    "integrity": "a root: only its kinds are said",
    "not-allowed": "a root: only its kinds are said",
    "not-found": "a root: only its kinds are said",
    "unclear": "a root: only its kinds are said",
    "not-own-file": "a root: only its kinds are said",
    "machine": "a disk that cannot be read: tests/test_disk.py",
    "disk": "a full disk: tests/test_disk.py and tests/test_small_disks.py",
    "file-not-read": "permissions, which root has: tests/audit/test_own_checkpoints.py",
    "no-place": "a folder of the system: tests/cli/test_upkeep.py",
    "unpublished-elsewhere": "a workspace of somebody else: tests/application/test_health.py",
    "remote-disk": "a network's disk would have to be mounted",
    "access-record-busy": "ten seconds' waiting, as with the log's own lock: tests/log",
    "ahead-of-log": "a log that was replaced: tests/application/test_webhooks.py",
    "hook-paused": "days of failure: tests/cli/test_webhooks.py",
    "no-notify": "installing a library: tests/application/test_digests.py",
    "hook-busy": "half a minute's waiting: tests/application/test_webhooks.py",
    "link-refused": "a web page: tests/web/clerk",
    "login-refused": "a web page: tests/web/clerk/test_oidc.py",
    "no-role": "a web page: tests/web/clerk/test_oidc.py",
    "provider-unreachable": "a web page: tests/web/clerk/test_oidc.py",
    "no-oidc": "installing libraries: tests/web/clerk/test_oidc.py",
    "form-refused": "a web page: tests/web/clerk",
    "session-over": "a web page: tests/web/clerk",
    "undo-other": "a web page: tests/web/clerk",
    "form-sent": "a web page: tests/web/clerk",
    "no-file-chosen": "a web page: tests/web/clerk",
    "long-roster": "a web page: tests/web/clerk",
    "long-file": "a file of 250,000 rows: tests/intake/test_file_size.py",
    **dict.fromkeys(
        ("inside-address", "closed-service", "hook-key-reused", "office-alone"),
        "over a server: tests/web/api/test_api_subscriptions.py",
    ),
    "hidden-events": "over a server: tests/cli/test_server_audit.py",
    "undo-unseen": "needs a token: tests/application/test_permissions.py",
    "token-refused": "a server: tests/application/test_permissions.py",
    "other-department": "a server: tests/application/test_permissions.py",
    "withheld-by-other": "a server: tests/application/test_permissions.py",
    "office-only": "a server: tests/application/test_permissions.py",
    "reads-only": "a server: tests/application/test_permissions.py",
    "locked": "half a minute's waiting: tests/test_publish.py and tests/log",
    "conflict": "two who change one activity in the same instant: tests/test_service.py",
    "clock-before": "asked before anything else; with --yes in tests/test_clock.py",
    "clock-unlikely": "a machine that knows when the program was installed: tests/cli/test_machine.py",
    "encoded-file": "the file has to be saved again: tests/cli/test_bad_input.py",
    "seen-key": "another home folder, in tests/cli/test_machine.py",
    "exposed-key": "another home folder, in tests/cli/test_machine.py",
    "tracked-cache": "a git repository, in tests/cli/test_links.py",
    "unknown-topic": "a newer Kalends must have written it",
    "bad-state": "its hint is to change nothing: a backup is compared",
    "out-of-course": "its hint is to change nothing: a backup is compared",
    "gap": "its hint is to change nothing: a backup is compared",
    "half-read-department": "tests/intake has its sentences, each said again as the hint says",
    "no-lead": "tests/intake has its sentences, each said again as the hint says",
    "department-closed-ever": "only an older program closed a department without a day",
    "campaign-not-found": "a web address: tests/web/test_campaigns.py",
    "no-campaigns": "a server: tests/web/test_campaigns.py",
    "bad-campaign-list": "a server: tests/web/test_campaign_list.py",
    "campaign-name": "a server: tests/web/test_campaigns.py",
    "campaign-name-taken": "a server: tests/web/test_campaigns.py",
    "answer-lost": "a server: tests/cli/test_server_faults.py",
    "recorded-unread": "a server: tests/cli/test_server_faults.py",
    "bad-answer": "a server: tests/cli/test_server_faults.py",
    "bad-certificate": "a server: tests/cli/test_server_faults.py",
    "bad-server": "a server: tests/cli/test_server_faults.py",
    "exposed-token": "a server: tests/cli/test_server_faults.py",
    "insecure-server": "a server: tests/cli/test_server_faults.py",
    "no-token": "a server: tests/cli/test_server_faults.py",
    "other-act": "a server: tests/cli/test_server_faults.py",
    "other-actor": "a server: tests/cli/test_server_faults.py",
    "other-server": "a server: tests/cli/test_server_faults.py",
    "server-moved": "a server: tests/cli/test_server_faults.py",
    "server-silent": "a server: tests/cli/test_server_faults.py",
    "folder-only": "a server: tests/cli/test_server.py",
    "mixed-commands": "a web address: tests/web/api/test_api_log.py",
    "no-web": "installing libraries: tests/web/test_serve.py",
    "port-in-use": "a server: tests/web/test_serve.py",
    "cannot-listen": "a server: tests/web/test_serve.py",
    "not-started": "a server: tests/web/test_serve.py",
    "not-a-site": "a folder of files: tests/web/test_site.py",
    "withheld-log": "a server: tests/web/test_serve.py",
    "no-office": "installing a library: tests/cli/test_tables.py",
    "bad-store-address": "settings: tests/cli/test_stores.py",
    "password-in-address": "settings: tests/cli/test_stores.py",
    "no-postgres": "installing a library: tests/cli/test_stores.py",
    "server-unreachable": "a server: tests/log/test_postgres.py",
    "server-refused": "a server: tests/log/test_postgres.py",
    "in-doubt": "a server: tests/log/test_postgres.py",
    "unsynced": "a disk that fails: tests/test_disk.py",
    "read-only-store": "a server: tests/test_survival.py",
    "unconfirmed": "a server: tests/log/test_postgres.py",
    "damaged-store": "a server: tests/log/test_postgres.py",
    "other-log": "a server: tests/cli/test_stores.py",
    "store-in-environment": "the environment: tests/cli/test_stores.py",
    "store-moved": "a server: tests/cli/test_stores.py",
    "cannot-undo": "each act has a cure of its own; tests/test_undo.py",
}


def kinds():
    """Return the message and the hint of every kind of error, by its code."""
    assert dir(errors)  # which loads every module
    found, every = {}, [errors.KalendsError]
    for kind in every:
        every += kind.__subclasses__()
        found[kind.code] = (kind.message, hint_of(kind, HINTS))
    return found


KINDS = kinds()


def pattern(template):
    """Return what finds a message, whatever fills it."""
    return re.sub(r"\\{[a-z_]+\\}", ".*", re.escape(template))


def test_every_kind_of_error_is_here_or_it_is_said_why_not():
    assert sorted(set(KINDS) - set(CASES) - IN_A_SHELL - set(CANNOT)) == []
    assert set(CASES) | IN_A_SHELL | set(CANNOT) <= set(KINDS)
    assert not set(CASES) & (IN_A_SHELL | set(CANNOT))


@pytest.mark.campaign
@pytest.mark.parametrize("code", CASES)
def test_whoever_follows_the_hint_can_go_on(recorded, machine, code):
    kalends, activity = recorded
    is_refused = code in MENDED
    for step in CASES[code]:
        if callable(step):
            step(machine)
            continue
        words = [
            activity if word == "ID" else word for word in shlex.split(step.removeprefix("+ "))
        ]
        said = kalends(*words)
        if step.startswith("+ ") or is_refused:
            assert said.code == 0, (step, said)
            continue
        is_refused = True
        assert said.code != 0, (step, said)
        message, hint = (pattern(text) for text in KINDS[code])
        assert re.search(message, said.out + said.err, re.DOTALL), (step, said)
        assert re.search(hint, said.out + said.err, re.DOTALL), (step, said)
    assert is_refused
