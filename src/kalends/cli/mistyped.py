"""Suggests what you probably meant by an unknown command or option."""

from collections.abc import Collection

# What other programs call it: what it is called here, the best suggestion first.
_COMMANDS = {
    "delete": ("retract", "cancel", "close"),
    "edit": ("correct", "rename", "set"),
    "list": ("agenda", "ls"),
    "create": ("add", "init"),
    "done": ("held",),
    "postpone": ("move",),
    "restore": ("reinstate",),
    "revert": ("undo",),
    "find": ("search",),
    "register": ("dept add", "add"),
    "backup": ("publish", "audit pack"),
    "events": ("log",),
    "calendar": ("agenda",),
    "today": ("agenda",),
    "hide": ("withhold",),
    "unhide": ("release",),
    "changes": ("diff",),
    "setup": ("init",),
    "check": ("doctor", "audit verify"),
    "verify": ("audit verify",),
    "checkpoint": ("audit checkpoint",),
    "prove": ("audit prove",),
    "replay": ("audit replay",),
    "pack": ("audit pack",),
    "departments": ("dept ls",),
    "rename": ("dept rename",),
    "close": ("dept close",),
    "merge": ("dept merge",),
    "alias": ("dept alias",),
    "settings": ("campaign show", "campaign set"),
    "feeds": ("feed ls",),
    "import": ("add",),
    "reopen": ("dept reopen", "reinstate"),
    "subscribe": ("feed ls",),
    "sync": ("publish",),
    "help": ("--help",),
}
_SAME_COMMANDS = {
    "delete": ("remove", "rm", "del", "drop", "erase", "删除", "移除"),
    "edit": ("change", "update", "modify", "fix", "amend", "修改", "编辑", "更正"),
    "list": ("ls", "ll", "dir", "all", "列表", "列出", "查看"),
    "create": ("new", "record", "plan", "insert", "enter", "新建", "新增", "添加", "记录", "登记"),
    "done": ("hold", "finish", "complete", "完成", "已开展"),
    "postpone": ("reschedule", "mv", "shift", "改期", "延期"),
    "restore": ("uncancel", "恢复"),
    "revert": ("rollback", "reset", "back", "撤回", "撤销"),
    "find": ("grep", "query", "搜索", "查找", "查询"),
    "events": ("journal", "tail", "日志"),
    "calendar": ("cal", "week", "month", "日历", "日程"),
    "check": ("status", "test", "health", "检查"),
    "departments": ("department", "depts", "org", "roster", "部门", "单位"),
    "settings": ("config", "configure", "设置"),
    "import": ("load", "upload", "导入"),
    "sync": ("push", "export", "generate", "build", "发布"),
    "help": ("man", "帮助"),
}
_OPTIONS = {
    "--date": ("--when", "--on", "--to"),
    "--department": ("--dept", "--parent"),
    "--location": ("--place",),
    "--name": ("--title", "--alias"),
    "--why": ("--reason",),
    "--tags": ("--tag",),
    "--note": ("--description",),
    "--people": ("--headcount",),
    "--url": ("--link", "--site"),
    "--user": ("--actor",),
    "--dir": ("-C",),
    "--language": ("--lang",),
    "--since": ("--from",),
    "--until": ("--to",),
    "--file": ("--from", "-o"),
    "--output": ("-o", "--xlsx"),
    "--tz": ("--timezone",),
    "--dryrun": ("--dry-run",),
    "--as-of": ("--known-at",),
    "--when": ("--to", "--on"),
    "--to": ("--parent", "--when"),
}
_SAME_OPTIONS = {
    "--date": ("--day", "--time", "--at", "--日期", "--时间"),
    "--department": ("--departments", "--depts", "--unit", "--部门", "--单位"),
    "--location": ("--where", "--venue", "--地点"),
    "--name": ("--subject", "--what", "--标题"),
    "--why": ("--because", "--message", "-m", "--原因"),
    "--note": ("--desc", "--details", "--text"),
    "--people": ("--count", "--attendance", "--participants"),
    "--user": ("--author", "--by", "--as"),
    "--dir": ("--directory", "--workspace", "--folder", "--path"),
    "--since": ("--after", "--start", "--begin"),
    "--until": ("--before", "--end"),
    "--file": ("--input", "-f"),
    "--output": ("--out", "--save"),
    "--tz": ("--zone",),
    "--dryrun": ("--simulate", "--try"),
    "--as-of": ("--asof", "--known"),
}


def commands(mistyped: str, known: Collection[str]) -> list[str]:
    """Return up to three suggestions for an unknown command; `known` are the group's commands.

    A command of a subgroup is suggested only if that subgroup is `known`.
    """
    typed = mistyped.casefold()
    meant = [name for name in _meant(typed, _COMMANDS, _SAME_COMMANDS) if _is_there(name, known)]
    return meant or _close(typed, known)


def options(mistyped: str, known: Collection[str]) -> list[str]:
    """Return up to three suggestions for an unknown option; `known` are the command's options."""
    typed = mistyped.partition("=")[0].casefold()
    meant = [name for name in _meant(typed, _OPTIONS, _SAME_OPTIONS) if name in known]
    return meant or _close(typed, known)


def _meant(
    typed: str, names: dict[str, tuple[str, ...]], same: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    first = next((name for name, others in same.items() if typed in others), typed)
    return names.get(first, ())


def _is_there(name: str, known: Collection[str]) -> bool:
    return name.startswith("--") or name.partition(" ")[0] in known


def _close(typed: str, known: Collection[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is mistyped

    return get_close_matches(typed, known)
