"""Honest work at random, killed at any change, for long: nothing may be said to be wrong.

python bench/honest.py [STEPS]      so many steps (300 without it), kills at every change, and looking
                                    beside those who record and publish
"""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    steps = sys.argv[1] if len(sys.argv) > 1 else "300"
    os.environ.update(KALENDS_HONEST=steps, KALENDS_HONEST_KILLS="1000", KALENDS_HONEST_LOOKS="60")
    os.environ.setdefault("KALENDS_HONEST_SEED", str(os.getpid()))
    print(f"KALENDS_HONEST_SEED={os.environ['KALENDS_HONEST_SEED']}")
    test = Path(__file__).parents[1] / "tests" / "test_honest.py"
    sys.exit(pytest.main(["-q", "-x", "-m", "", str(test)]))
