"""What a run may cost: processor time and memory of the main job, from a cold start."""

import os
import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
MAX_CPU_S = 15
"""Seconds of processor time, since a busy machine makes every clock slow."""
MAX_MEMORY_KB = 1_500_000


def test_the_seeds_build_in_seconds_and_little_memory(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kgbuild",
        "build",
        str(SEEDS),
        "-q",
        "-o",
        str(tmp_path / "out"),
        "--workers",
        "1",
    ]
    with subprocess.Popen(command) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert used.ru_utime + used.ru_stime < MAX_CPU_S
    assert used.ru_maxrss < MAX_MEMORY_KB
