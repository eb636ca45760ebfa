"""What could become of it: leaks, worlds, exposure, trust and delay, each with its arithmetic in plain sight.

The odds of a leak are a ledger of their own. Nothing here changes a dial, a flag or an ending.
Only `engine.futures.worlds` needs NumPy; import it when worlds are asked for. See `docs/futures.md` for every formula and number.
"""
