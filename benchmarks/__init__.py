"""Figures, as ratios against a peer or a floor in the same run. `make bench` runs them all and rewrites RESULTS.md."""
