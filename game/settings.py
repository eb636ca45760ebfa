"""What a person has set: look, pace, motion, time limits. Kept for each player through the saves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.words import _

if TYPE_CHECKING:
    from game.play.manner import Manner
    from saves.store import Player, Store

GUEST = "Guest"
"""Who plays when nobody said a name."""
KEY = "settings"
"""Under which the settings of a player are kept."""

FILES = "files"
"""Under which the machine keeps the scenario files that were played by their path."""
MOST_FILES = 12

NIGHT, DAY, CONTRAST, PLAIN = "seenby-night", "seenby-day", "seenby-contrast", "seenby-plain"


@dataclass(frozen=True, slots=True)
class Settings:
    """How one person likes it."""

    theme: str = NIGHT
    pace: str = "normal"
    """How quickly messages arrive: slow, normal, fast, or off (all at once)."""
    reduced_motion: bool = False
    limits: str = "normal"
    """Time limits: normal, longer (three times), or off."""
    welcomed: bool = False
    """The three welcome screens were seen."""
    pronouns: str = "they"
    """For scenarios that speak of the player: they, she or he."""

    def manner(self) -> Manner:
        """These settings as the play screen wants them."""
        from game.play.manner import Manner

        return Manner(self.pace, self.reduced_motion, self.limits)  # type: ignore[arg-type]

    def with_(self, key: str, value: Any) -> Settings:
        """These settings with one changed. A value that cannot be is left out."""
        return settings_from({**asdict(self), key: value})


def choices() -> dict[str, tuple[tuple[str, str], ...]]:
    """What can be chosen for each setting: (value, words)."""
    return {
        "theme": ((NIGHT, _("Night")), (DAY, _("Day")), (CONTRAST, _("High contrast")), (PLAIN, _("No colour"))),
        "pace": (("slow", _("Slow")), ("normal", _("Normal")), ("fast", _("Fast")), ("off", _("All at once"))),
        "limits": (("normal", _("As the story says")), ("longer", _("Three times as long")), ("off", _("None"))),
        "pronouns": (("they", _("they, them")), ("she", _("she, her")), ("he", _("he, him"))),
    }


def settings_from(data: object) -> Settings:
    """Settings from what was kept; a value that makes no sense counts as not set."""
    if not isinstance(data, Mapping):
        return Settings()
    allowed = {key: {value for value, _words in some} for key, some in choices().items()}
    found: dict[str, Any] = {}
    for one in fields(Settings):
        value = data.get(one.name)
        if one.name in allowed:
            if value in allowed[one.name]:
                found[one.name] = value
        elif isinstance(value, bool):
            found[one.name] = value
    return replace(Settings(), **found)


def load_settings(store: Store, player: Player | None) -> Settings:
    """What a player has set. Raises SaveError."""
    return settings_from(store.setting(player, KEY)) if player is not None else Settings()


def keep_settings(store: Store, player: Player, settings: Settings) -> None:
    """Keep what a player has set. Raises SaveError."""
    store.set_setting(player, KEY, asdict(settings))


def last_player(store: Store) -> Player | None:
    """Who played last on this machine. Raises SaveError."""
    players = store.players()
    return players[0] if players else None


def own_files(store: Store) -> list[Path]:
    """The scenario files that were played by their path, the newest first. Raises SaveError."""
    found = store.setting(None, FILES)
    return [Path(one) for one in found if isinstance(one, str)] if isinstance(found, list) else []


def remember_file(store: Store, file: Path) -> None:
    """Remember a scenario file, so that a play of it can be gone on with from the home screen. Raises SaveError."""
    known = [str(one) for one in own_files(store)]
    name = str(file.resolve())
    if known[:1] != [name]:
        store.set_setting(None, FILES, [name, *(one for one in known if one != name)][:MOST_FILES])
