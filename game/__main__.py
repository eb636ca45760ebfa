"""`python -m game` is `seenby`."""

import sys

from game.cli import main

sys.exit(main())
