"""The simulation of a province: its laws in small, and the table that the documents show."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Only while it is loaded: bench has modules that are named like folders of tests.
with pytest.MonkeyPatch.context() as _patch:
    _patch.syspath_prepend(str(ROOT / "bench"))
    import province

SMALL = {"cities": 4, "departments": 10, "tags": 3, "subscribers": 40_000, "sample": 2_000}


def played(**more):
    inputs = province.Inputs(**{**SMALL, **more})
    return inputs, province.play(inputs)


def test_everybody_asks_once_in_each_interval():
    for interval in (3_600, 7_200):
        _, day = played(interval=interval)
        assert day.requests.total() == SMALL["sample"] * province.DAY // interval


def test_without_a_record_nothing_is_sent_again():
    _, day = played(recorded_weekly=0.0)
    assert day.whole.total() == 0
    assert not any(day.appends)
    assert dict(province.table(played(recorded_weekly=0.0)[0]))["answered with 304"] == "100.0%"


def test_who_asks_as_the_hour_strikes_makes_the_busiest_seconds():
    peaks = [province.peak_of(*played(on_the_hour=share)).requests for share in (0.0, 0.3, 1.0)]
    assert peaks == sorted(peaks)
    assert peaks[2] > 10 * peaks[0]


def test_a_cancelled_activity_is_shown_half_an_interval_later_on_average_and_a_cdn_adds_to_it():
    _, day = played(on_the_hour=0.0, cancelled=1.0)
    for seconds, found in day.late.items():
        average = sum(found) / len(found)
        assert abs(average - 1_800 - seconds / 2) < 120
        assert max(found) <= 3_600 + seconds + 1


def test_a_shield_lets_less_pass_and_nothing_lets_more_pass_than_asked():
    inputs, _ = played()
    for requests in (0.0, 1.0, 100.0, 1e6):
        alone, shielded = (province.passing(inputs, requests, places) for places in (30, 1))
        assert 0 <= shielded <= alone <= requests + 1e-9
    # A shield keeps each feed once, whatever is asked.
    feeds = inputs.cities * (1 + inputs.departments + inputs.tags)
    assert abs(province.passing(inputs, 1e9, 1) - feeds) < 1e-6


def test_the_script_takes_its_inputs_as_options_and_prints_a_table():
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "province.py", "--cities", "3", "--sample", "500"],
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode().splitlines()
    assert lines[:2] == ["| what | |", "|---|---|"]
    assert all(re.fullmatch(r"\| .+ \| .+ \|", line) for line in lines[2:])
    assert "| machines behind the shield | 2 |" in lines


@pytest.mark.campaign
def test_the_documents_show_what_the_script_prints():
    rows = [f"| {name} | {figure} |" for name, figure in province.table(province.Inputs())]
    text = (ROOT / "docs/explanation/scale.md").read_text("utf-8")
    assert "\n".join(rows) in text
    chinese = (ROOT / "docs/explanation/scale.zh.md").read_text("utf-8")
    for row in rows:
        for number in re.findall(r"\d[\d,.]*", row):
            assert number.rstrip(".,") in chinese, row
