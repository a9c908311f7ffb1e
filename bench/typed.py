"""A sentence is read again at each letter: how long that takes at a thousand departments."""

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from statistics import median, quantiles

from kalends.application.recording.reading import read_as
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import RegisterDepartment
from kalends.domain.errors import KalendsError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from served_campaign import campaign_at

_AREAS = ["龙山", "西安", "东丰", "东辽", "辽源", "长春", "吉林", "四平", "通化", "白山"]
_KINDS = [
    "教育局",
    "公安局",
    "财政局",
    "住房和城乡建设局",
    "卫生健康委员会",
    "文化广播电视和旅游局",
    "市场监督管理局",
    "生态环境局",
    "交通运输局",
    "农业农村局",
]
_PARTS = (
    "",
    *[
        "一大队",
        "二大队",
        "三大队",
        "办公室",
        "第一小学",
        "第二小学",
        "社区服务中心",
        "监察大队",
        "执法支队",
    ],
)
# A roster and what is typed: names alike in what they are, in their numbers, and in English.
_ROSTERS = {
    "offices": (
        [
            (name := "".join(parts), f"{name[:1]}{name[2:4]}{number}")
            for number, parts in enumerate(product(_AREAS, _KINDS, _PARTS))
        ],
        (
            "7月14日上午 龙山教育局一大队召开创城工作推进会 #推进会 @市政府会议室",
            "8月3日 通化卫生健康委 义诊 #志愿服务 @广场",
            "明天下午三点 团市 走访",
            "东辽农业",
            "July 14 meeting of Longshan",
        ),
    ),
    "numbered streets": (
        [(f"第{number}街道办事处", f"第{number}街") for number in range(1_000)],
        (
            "团市委、第77街",
            "明天上午 第77街道办、第1000街道 清扫大街 50人参加",
            "7月14日 街道办事处 走访",
        ),
    ),
    "English": (
        [(f"Ward Office {number} of the City", f"Ward {number}") for number in range(1_000)],
        (
            "July 14 Ward Offices 77 of the Town hold a meeting @City Hall",
            "tomorrow 9am Office of Wards and Ward Number 12 clean the streets",
        ),
    ),
}
_REACH = 20.0


def run(folder: Path, short: bool) -> None:
    """Print how long reading takes, in processor time: the least of some rounds for each text."""
    took: dict[str, float] = {}
    for kind, (names, sentences) in _ROSTERS.items():
        campaign = campaign_at(folder / kind.replace(" ", "-"))
        with campaign.opened() as workspace:
            register(workspace, names[:100] if short else names)
            texts = [text[:end] for text in sentences for end in range(1, len(text) + 1)]
            for _ in range(2 if short else 5):
                for text in texts:
                    took[text] = min(
                        took.get(text, float("inf")), seconds(workspace, text) * 1_000
                    )
    longest = max(took, key=lambda text: took[text])
    verdict = "reached" if took[longest] <= _REACH else "NOT reached"
    print(
        f"typed, a sentence read again at each letter, {100 if short else 1_000:,} departments of "
        f"{len(_ROSTERS)} kinds: median {median(took.values()):.1f} ms, 95 % within "
        f"{quantiles(took.values(), n=20)[-1]:.1f} ms, the longest {took[longest]:.1f} ms, for "
        f"“{longest}” (at most {_REACH:.0f} ms: {verdict})"
    )


def register(workspace: Workspace, names: Sequence[tuple[str, str]]) -> None:
    """Register departments with a name and an alias each."""
    for number, (name, alias) in enumerate(names):
        command = RegisterDepartment(code=f"x{number}", name=name, aliases=(alias,))
        workspace.service.change_roster(command)


def seconds(workspace: Workspace, text: str) -> float:
    """Return how much processor time it takes to read a text."""
    began = time.process_time()
    with suppress(KalendsError):
        read_as(workspace, text)
    return time.process_time() - began
