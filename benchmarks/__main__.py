"""`python -m benchmarks [name ...]`: run the benchmarks and rewrite RESULTS.md (all of them, or print those named)."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

SUITES = ("choices", "first_frame", "conversation", "reading", "worlds", "proving")
RESULTS = Path(__file__).parent / "RESULTS.md"


def main(names: list[str]) -> int:
    """Run the suites named, or all."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(SUITES)}.", file=sys.stderr)
        return 2
    tables = []
    for name in names or SUITES:
        table = import_module(f"benchmarks.{name}").run()
        print(table, flush=True)
        tables.append(str(table))
    if not names:
        head = (
            "# Results\n\nMeasured with `make bench` in one run. Machines differ: believe the ratios.\n\n"
            f"Python {platform.python_version()}, {platform.system()}, {platform.machine()}.\n\n"
        )
        RESULTS.write_text(head + "\n".join(tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
