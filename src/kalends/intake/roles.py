"""Reads a department with its role as typed: `NAME` or `NAME:ROLE`."""

from kalends.domain.details import Participation, Role, usual_role
from kalends.domain.errors import RoleError
from kalends.domain.patterns import Pattern
from kalends.domain.roster import Roster
from kalends.intake.vocabulary.naming import department

_ROLES: dict[str, Role] = {
    "lead": "lead", "牵头": "lead",
    "joint": "joint", "联合": "joint",
    "participant": "participant", "参加": "participant", "参与": "participant",
}  # fmt: skip
_BRACKETED = Pattern(r"(.+)[(（]([^()（）]+)[)）]", needs="(（")


def split_role(text: str) -> tuple[str, Role | None]:
    """Return a name, and the role after a colon or in brackets; None if there is none."""
    name, _, role = text.replace("：", ":").rpartition(":")
    if found := _BRACKETED.fullmatch(text):
        name, role = found.groups()
    if name and role.strip() in _ROLES:
        return name.strip(), _ROLES[role.strip()]
    return text, None


def with_role(roster: Roster, text: str, usual: Role) -> tuple[str, Role]:
    """Return the name and the role; `usual` if no role is typed.

    Raises `RoleError` if a department's name is followed by something that is not a role.
    """
    name, _, role = text.replace("：", ":").rpartition(":")
    if name and role in _ROLES:
        return name, _ROLES[role]
    if name and roster.find(name) is not None and roster.find(text) is None:
        raise RoleError(name=role)
    return text, usual


def participations(roster: Roster, texts: tuple[str, ...]) -> tuple[Participation, ...]:
    """Return the departments with their roles; by default the first leads and the others join.

    Raises `DepartmentNotFoundError`, `AmbiguousDepartmentError` or `RoleError`.
    """
    found = []
    for n, text in enumerate(texts):
        name, role = with_role(roster, text, usual_role(n))
        found.append(Participation(code=department(roster, name).code, role=role))
    return tuple(found)
