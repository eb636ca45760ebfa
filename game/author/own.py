"""Where a trainer's own scenarios are kept."""

from __future__ import annotations

from pathlib import Path

from game.packs import ORGANISATION_FILE, PACK_FILE, SLOTS_FILE, user_folder

OWN_PACK = "my-scenarios"


def own_folder(user: Path | None = None) -> Path:
    """The folder for scenarios of one's own: the packs folder itself when scenarios stand in it, else a pack inside it.

    A folder is one pack or holds packs, so a scenario put beside packs would hide them.
    """
    folder = user if user is not None else user_folder()
    if folder.is_dir():
        known = (PACK_FILE, SLOTS_FILE, ORGANISATION_FILE)
        for entry in folder.iterdir():
            if entry.suffix in (".yaml", ".yml") and entry.name not in known and not entry.name.startswith((".", "_")):
                return folder
    return folder / OWN_PACK
