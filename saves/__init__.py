"""Journals of plays, kept safe."""
