"""What a run may cost: processor time and memory of the main job, from a cold start."""

import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
MAX_CPU_S = 15
"""Seconds of processor time, since a busy machine makes every clock slow."""
MAX_MEMORY_KB = 1_500_000


MEASURE = (
    "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode; "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)"
)
"""Runs a command from a process that is small itself: what a command begins with is the memory of its parent."""


def test_the_seeds_build_in_seconds_and_little_memory(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "kgbuild", "build", str(SEEDS), "-q", "-o", str(tmp_path / "out"), "--workers", "1"]
    done = subprocess.run([sys.executable, "-c", MEASURE, *build], capture_output=True, text=True, check=True)
    code, cpu_s, memory_kb = map(float, done.stdout.split())
    assert code == 0
    assert cpu_s < MAX_CPU_S
    assert memory_kb < MAX_MEMORY_KB
