"""Threads that meet the type of an event at once: what is known of it is built at the first use."""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
from threading import Barrier, Thread

sys.path.insert(0, sys.argv[1])
from kalends.log import codec
from log_examples import EXAMPLES

sys.setswitchinterval(1e-6)


def meet(barrier, event):
    barrier.wait()
    assert codec.decode(event.TOPIC, codec.encode(event)) == event
    met.append(event)


met = []
for event in EXAMPLES.values():
    barrier = Barrier(4)
    threads = [Thread(target=meet, args=(barrier, event)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
assert len(met) == 4 * len(EXAMPLES), len(met)
"""


def test_threads_read_and_write_events_of_the_same_type_for_the_first_time_at_once():
    for _ in range(3):
        command = [sys.executable, "-c", PROGRAM, str(TESTS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (done.returncode, done.stderr)
