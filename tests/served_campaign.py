"""A small campaign that is served while tests record into it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from kalends import bootstrap
from kalends.application.recording import changing, recording
from kalends.application.recording.given import Correction
from kalends.application.workspaces.machine import Machine
from kalends.application.workspaces.making import create
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign import Settings
from kalends.domain.commands import (
    CancelActivity,
    OpenCampaign,
    RegisterDepartment,
    WithholdActivity,
)
from kalends.words import words

SECRET = "绝密演练"  # noqa: S105 - the title of a withheld activity
NOW = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai


class Campaign:
    """A workspace that a test records into while it is served."""

    def __init__(self, folder: Path, **made: Any) -> None:
        """`made` replaces what makes ids and seeds."""
        self.folder = folder
        self.settings = folder.parent / "keys"
        self.now = NOW
        self.ids: dict[str, str] = {}  # of activities that a test needs, by what happened to them
        seconds = count(1)
        self.machine = Machine(
            now=lambda: self.now + timedelta(seconds=next(seconds)),
            new_id=made.get("new_id", bootstrap.new_id),
            new_seed=made.get("new_seed", bootstrap.new_seed),
            pause=lambda _: None,
            user=lambda: "li",
        )

    def opened(self, **how) -> Workspace:
        return Workspace(self.folder, machine=self.machine, settings=self.settings, **how)

    def add(self, sentence: str) -> str:
        return self.add_all(sentence)[0]

    def add_all(self, *sentences: str) -> list[str]:
        """Record activities; return their ids."""
        ids = []
        with self.opened() as workspace:
            for sentence in sentences:
                found = recording.read_activity(workspace, sentence, recording.Given())
                ids.append(recording.record(workspace, words("en"), found).id)
        return ids

    def move(self, activity: str, to: str, reason: str) -> None:
        with self.opened() as workspace:
            changing.move(workspace, activity, to=to, reason=reason)

    def cancel(self, activity: str, reason: str) -> None:
        with self.opened() as workspace:
            workspace.service.change(activity, CancelActivity(reason=reason))

    def correct(self, activity: str, *, reason: str, **given: Any) -> None:
        with self.opened() as workspace:
            changing.correct(workspace, activity, Correction(**given), reason=reason)

    def withhold(self, activity: str) -> None:
        with self.opened() as workspace:
            workspace.service.change(activity, WithholdActivity(reason="not public"))


def campaign_at(folder: Path, language: str = "zh") -> Campaign:
    made = Campaign(folder)
    settings = Settings(
        title="辽源市创建全国文明城市",
        zone="Asia/Shanghai",
        language=language,
        uid_domain="x.kalends",
        feed_format=2,
    )
    create(
        folder, OpenCampaign(id="0123456789ab", settings=settings), language=language,
        machine=made.machine, by="li", settings=made.settings, unsigned=lambda _: None,
    )  # fmt: skip
    with made.opened() as workspace:
        for code, name, *aliases in (
            ("tsw", "共青团辽源市委员会", "团市委"),
            ("ls", "龙山区"),
            ("jyj", "辽源市教育局", "市教育局"),
        ):
            workspace.service.change_roster(
                RegisterDepartment(code=code, name=name, aliases=tuple(aliases))
            )
    return made
