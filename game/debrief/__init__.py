"""The debrief, as a page to read."""
