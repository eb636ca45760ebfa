"""`python -m benchmarks [name ...]`: run the benchmarks and rewrite RESULTS.md (all of them, or print those named)."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

SUITES = ("choices", "first_frame", "conversation", "reading", "proving", "worlds")
RESULTS = Path(__file__).parent / "RESULTS.md"


def main(names: list[str]) -> int:
    """Run the suites named, or all."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(SUITES)}.", file=sys.stderr)
        return 2
    tables = []
    for name in names or SUITES:
        # Each in a process of its own: what one leaves in memory makes the collector slower for the next.
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"The benchmark {name} failed.", file=sys.stderr)
            return 1
        print(done.stdout, flush=True)
        tables.append(done.stdout.strip() + "\n")
    if not names:
        head = (
            "# Results\n\nMeasured with `make bench` in one run. Machines differ: believe the ratios.\n\n"
            f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}.\n\n"
        )
        RESULTS.write_text(head + "\n".join(tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
