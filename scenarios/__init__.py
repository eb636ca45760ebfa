"""Scenario packs: data, found through importlib.resources."""
