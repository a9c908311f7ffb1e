"""A sentence is read again at each letter: how long that takes at a thousand departments."""

import sys
import time
from contextlib import suppress
from itertools import product
from pathlib import Path
from statistics import median, quantiles

from kalends.application.reading import read_as
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
_SENTENCES = (
    "7月14日上午 龙山教育局一大队召开创城工作推进会 #推进会 @市政府会议室",
    "8月3日 通化卫生健康委 义诊 #志愿服务 @广场",
    "明天下午三点 团市 走访",
    "东辽农业",
    "July 14 meeting of Longshan",
)
_REACH = 20.0


def run(folder: Path, short: bool) -> None:
    """Print how long reading takes, in processor time: the least of some rounds for each text."""
    campaign = campaign_at(folder / "typed")
    with campaign.opened() as workspace:
        names = ("".join(parts) for parts in product(_AREAS, _KINDS, _PARTS))
        for number, name in enumerate(names):
            command = RegisterDepartment(
                code=f"x{number}", name=name, aliases=(f"{name[:1]}{name[2:4]}{number}",)
            )
            workspace.service.change_roster(command)
            if short and number == 99:
                break
        texts = [text[:end] for text in _SENTENCES for end in range(1, len(text) + 1)]
        took = dict.fromkeys(texts, float("inf"))
        for _ in range(2 if short else 5):
            for text in texts:
                began = time.process_time()
                with suppress(KalendsError):
                    read_as(workspace, text)
                took[text] = min(took[text], (time.process_time() - began) * 1_000)
    worst = quantiles(took.values(), n=20)[-1]
    verdict = "reached" if worst <= _REACH else "NOT reached"
    print(
        f"typed, a sentence read again at each letter, {100 if short else 1_000:,} departments: "
        f"median {median(took.values()):.1f} ms, 95 % within {worst:.1f} ms "
        f"(at most {_REACH:.0f} ms: {verdict}), the longest {max(took.values()):.1f} ms"
    )
