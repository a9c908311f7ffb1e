"""Somebody who reads the documents and types what they say."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docs.transcript import ROOT, Reader


@pytest.fixture
def reader(monkeypatch, tmp_path):
    """Return somebody in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Reader(monkeypatch)


@pytest.fixture
def settled(reader):
    """Return somebody in a workspace with a roster, a planned activity and a recorded one."""
    return settle(reader)


@pytest.fixture
def office(reader):
    """Return somebody in a workspace that has seen some weeks, on 23 July."""
    reader.now = datetime(2020, 7, 10, 2, tzinfo=UTC)
    settle(reader)
    line = {"when": "7月1日", "departments": ["团市委"]}
    lines = [json.dumps(line | {"title": f"第{n}次志愿服务"}) for n in range(50)]
    Path("many.jsonl").write_text("\n".join(lines), "utf-8")
    _type(reader, "kalends add --from many.jsonl")
    reader.now = datetime(2020, 7, 23, 2, tzinfo=UTC)
    return reader


@pytest.fixture
def here(reader, tmp_path):
    """Return somebody in a clone of this repository's workspace, today."""
    shutil.copy(ROOT / "kalends.toml", tmp_path)
    shutil.copytree(ROOT / "events", tmp_path / "events", ignore=shutil.ignore_patterns("*.db*"))
    shutil.copytree(ROOT / "feeds", tmp_path / "feeds", ignore=shutil.ignore_patterns("full"))
    reader.now = datetime.now(UTC)
    return reader


def settle(reader):
    _type(reader, "kalends --lang en init w --title 创城 --from 2020-06-01 --to 2020-12-31")
    os.chdir("w")
    _type(reader, "kalends dept add 辽源市 --code city --alias 我市")
    _type(reader, "kalends dept add 共青团辽源市委员会 --code tsw --alias 团市委 --parent city")
    _type(reader, "kalends dept add 辽源市教育局 --code jyj --alias 市教育局 --parent city")
    _type(reader, "kalends dept add 城管执法局 --code cgj --parent city")
    reader.ids = ["k3x9c5ma7v2q"]
    _type(reader, "kalends add 8月14日 团市委 召开推进会 '#推进会' @会议室")
    reader.ids = ["p7q2n8w4te0y"]
    _type(reader, "kalends add 7月14日上午 团市委 走访社区")
    return reader


def _type(reader, command):
    code, said = reader.types(command)
    assert code == 0, said
