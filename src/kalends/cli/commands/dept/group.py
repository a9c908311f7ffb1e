"""The commands of `kalends dept`."""

from kalends.cli.command_classes import Group
from kalends.domain.errors import N_

LAZY = {
    "add": ("dept.names:add", N_("Register a department.")),
    "alias": ("dept.names:alias", N_("Give a department another name, or remove one.")),
    "short": ("dept.names:short", N_("Set the short name that lists and feeds use.")),
    "rename": ("dept.names:rename", N_("Rename a department.")),
    "move": ("dept.ends:move", N_("Put a department under another parent.")),
    "merge": ("dept.ends:merge", N_("Merge a department into another.")),
    "close": ("dept.ends:close", N_("End a department.")),
    "reopen": ("dept.ends:reopen", N_("Reopen a closed department.")),
    "ls": ("dept.lists:ls", N_("List the departments.")),
    "show": ("dept.lists:show", N_("Show a department and its whole history.")),
}
dept = Group("dept", lazy=LAZY, help=N_("Register departments and change them."))
