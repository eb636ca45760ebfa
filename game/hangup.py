"""A terminal that goes away takes its program with it.

Mostly the system sees to that: it sends SIGHUP to whoever runs on a terminal that closes. It does not when the program leads no session
there, as when it was started by another program that is gone now. Such a program would read the end of its input for ever, as fast as it
can. So somebody sits and listens: a thread that sleeps in `poll` until the terminal hangs up, and costs nothing while it sleeps.

Where there is no `poll` (Windows) or it knows nothing of terminals, nothing is done.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
from collections.abc import Callable
from threading import Thread


def is_hangup(error: BaseException) -> bool:
    """Whether something failed because the terminal is gone: reading and writing plain lines fail so."""
    return isinstance(error, OSError) and error.errno == errno.EIO and error.filename is None


def end_quietly() -> None:
    """End as a hangup ends a program, even one that was told to ignore it. All that was played is on the disk already."""
    # Nothing is said or tidied up: whoever writes to a terminal that is gone waits for ever.
    os.kill(os.getpid(), signal.SIGHUP)
    os._exit(128 + signal.SIGHUP)


def watch(terminal: int | None = None, gone: Callable[[], None] = end_quietly) -> Thread | None:
    """Call `gone`, in a thread, when a terminal hangs up; by its file number, else the one that is typed on. None: that cannot be seen here."""
    if terminal is None:
        terminal = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
    if not hasattr(select, "poll") or terminal < 0 or not os.isatty(terminal):
        return None
    listener = select.poll()
    listener.register(terminal, select.POLLHUP)

    def listen() -> None:
        if any(event & select.POLLHUP for _file, event in listener.poll()):
            gone()

    thread = Thread(target=listen, name="hangup", daemon=True)
    thread.start()
    return thread


__all__ = ["end_quietly", "is_hangup", "watch"]
