"""Seenby's engine: stories and plays. Knows no screen, no files of saves, no network and no wall clock."""
