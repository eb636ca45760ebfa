"""When something goes wrong that should not: it is written down, and the player hears where, not a traceback."""

from __future__ import annotations

import contextlib
import sys
import traceback
from datetime import datetime
from pathlib import Path

from game.words import _


def mishap_words(error: BaseException, folder: Path | None = None, now: datetime | None = None) -> str:
    """Write an unexpected error down in the data folder. Returns what to tell the player.

    `folder` is where to write; `now` the clock on the wall.
    """
    file = _write(error, folder, now if now is not None else datetime.now().astimezone())
    what = _("Something went wrong that should not have. Your play is saved up to your last decision.")
    if file is None:
        return _("{what} It could not be written down: {error}").format(what=what, error=f"{type(error).__name__}: {error}")
    return _("{what} What happened is written down in {file}; please send it to whoever gave you Seenby.").format(
        what=what, file=file
    )


def _write(error: BaseException, folder: Path | None, now: datetime) -> Path | None:
    with contextlib.suppress(OSError):
        if folder is None:
            import platformdirs

            folder = platformdirs.user_data_path("seenby", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"mishap-{now:%Y%m%d-%H%M%S}.log"
        # Textual wraps what happened in a worker; what matters is inside.
        inner = getattr(error, "error", None)
        text = "".join(traceback.format_exception(inner if isinstance(inner, BaseException) else error))
        file.write_text(f"Seenby, Python {sys.version.split()[0]}, {sys.platform}, {now.isoformat()}\n\n{text}", "utf-8")
        return file
    return None
