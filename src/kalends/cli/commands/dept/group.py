"""The commands of `kalends dept`."""

from kalends.cli.command_classes import Group
from kalends.domain.errors import N_

LAZY = {
    "add": ("dept.names:add", N_("Register a department.")),
    "alias": ("dept.names:alias", N_("Give a department a further name, or take one back.")),
    "short": ("dept.names:short", N_("Set the short name that lists and feeds use.")),
    "rename": ("dept.names:rename", N_("Give a department a new name.")),
    "move": ("dept.ends:move", N_("Let a department belong to another parent.")),
    "merge": ("dept.ends:merge", N_("Let a department go up in another one.")),
    "close": ("dept.ends:close", N_("End a department.")),
    "reopen": ("dept.ends:reopen", N_("Let a closed department act again.")),
    "ls": ("dept.lists:ls", N_("List the departments.")),
    "show": ("dept.lists:show", N_("Show a department and its whole history.")),
}
dept = Group("dept", lazy=LAZY, help=N_("Register departments and change them."))
