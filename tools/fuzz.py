"""Run the property tests with many examples, and another seed each time, until the minutes are up.

After each round, a minute of generated Markdown goes through the real Parsedown, where PHP is there.

    python tools/fuzz.py 10

A failing example is kept in .hypothesis/ and tried first by the next run of the tests; make it a case.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time


def fuzz(minutes: float) -> int:
    """The exit code of the first round that fails; 0 when none did."""
    end = time.monotonic() + minutes * 60
    rounds = 0
    while time.monotonic() < end:
        seed = random.SystemRandom().randrange(2**32)
        command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 1), "-m", "hypothesis",
                   "--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}"]
        code = subprocess.run(command, check=False, env=os.environ | {"GRAV_MIGRATE_SEED": str(seed)}).returncode
        if not code and shutil.which("php"):
            markdown = [sys.executable, "-m", "tests.fuzz_parsedown", "--minutes", "1", "--seed", str(seed)]
            code = subprocess.run(markdown, check=False).returncode
        if code:
            sys.stderr.write(f"round {rounds + 1} failed; seed {seed}\n")
            return code
        rounds += 1
    sys.stdout.write(f"{rounds} rounds, nothing found\n")
    return 0


if __name__ == "__main__":
    sys.exit(fuzz(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
