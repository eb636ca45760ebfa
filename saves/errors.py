"""What can go wrong with saves, each with a sentence that says what happened and one that says what to do."""

from __future__ import annotations

from pathlib import Path

from engine.words import _, n_


class SaveError(Exception):
    """Something went wrong with the saves. `message` says what, `mend` says what to do about it."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(f"{message} {mend}")


class DiskFull(SaveError):
    """There was no room to write. What was saved before is still there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no room left to save in {folder}. What was saved before is safe; the last step was not saved.").format(
                folder=path.parent
            ),
            _("Make some room on this disk, then take the step again."),
        )


class DiskTrouble(SaveError):
    """The disk refused to read or write. `detail` is what the system said."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            _("The disk could not read or write {path} ({detail}). The last step was not saved.").format(
                path=path, detail=detail
            ),
            _("Check that the disk or network folder is connected and has room, then take the step again."),
        )


class ReadOnly(SaveError):
    """The folder or file cannot be written. Earlier plays can still be read, where there are any."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("Nothing can be saved in {path}: this account may not write there.").format(path=path),
            _("Choose another folder with --saves DIR or the SEENBY_SAVES variable, or ask for the right to write there."),
        )


class Locked(SaveError):
    """Another program held the file for too long."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("Another program is holding {path}. The last step was not saved.").format(path=path),
            _("Wait a moment and try again. If it stays so, close other windows of Seenby, or the backup that is running."),
        )


class Corrupt(SaveError):
    """The file was damaged. It was kept aside as `kept`; `found` says in words what could be read back.

    The store goes on with what could be read, so the one thing to do is to open the play again.
    """

    def __init__(self, path: Path, kept: Path, found: str) -> None:
        self.kept = kept
        self.found = found
        super().__init__(
            _("The saves in {path} were damaged. The damaged file is kept as {kept}. {found}").format(
                path=path, kept=kept.name, found=found
            ),
            _("Open your play again from the home screen."),
        )


class Emptied(SaveError):
    """The file of saves was there and held nothing at all, as a copy or a crash of the machine may leave it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The file of saves, {path}, was empty, so a new one was begun.").format(path=path),
            _("If you had plays there before, put back a copy of that file while Seenby is closed."),
        )


class Foreign(SaveError):
    """A file stands where the saves should be and another program made it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} belongs to another program. Seenby has not touched it.").format(path=path),
            _("Move that file away, or choose another folder with --saves DIR or the SEENBY_SAVES variable."),
        )


class Newer(SaveError):
    """The saves were made by a later version of Seenby."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        self.version = version
        super().__init__(
            _(
                "{path} was made by a newer Seenby: its saves have version {version}, this one knows up to {known}. "
                "Nothing was changed."
            ).format(path=path, version=version, known=known),
            _("Update Seenby, or choose another folder with --saves DIR or the SEENBY_SAVES variable."),
        )


class OpenElsewhere(SaveError):
    """The play went on in another window since it was opened here. Nothing that was saved is lost."""

    def __init__(self, here: int, there: int) -> None:
        self.here = here
        self.there = there
        super().__init__(
            _(
                "This play went on in another window: it stands at {there} there and at {here} here. "
                "Everything saved there is safe; the last step here was not saved."
            ).format(here=decisions_words(here), there=decisions_words(there)),
            _("Open the play again to go on from there, and close one of the two windows."),
        )


class NoSuchPlay(SaveError):
    """There is no play with this id, or it was forgotten."""

    def __init__(self, play_id: str) -> None:
        super().__init__(
            _("There is no saved play “{play}”.").format(play=play_id),
            _("It may have been forgotten. `seenby saves list` shows what there is."),
        )


class NoSuchCareer(SaveError):
    """There is no career with this id, or it was forgotten."""

    def __init__(self, career_id: str) -> None:
        super().__init__(
            _("There is no saved career “{career}”.").format(career=career_id),
            _("It may have been forgotten. `seenby saves list` shows what there is."),
        )


class NotThere(SaveError):
    """A career no longer stands where it stood: another window went back in one of its parts, or on."""

    def __init__(self) -> None:
        super().__init__(
            _("This career went on in another window. Everything saved there is safe."),
            _("Open the career again to go on from there."),
        )


class PartOfCareer(SaveError):
    """A play cannot be forgotten by itself: later parts of a career begin from it."""

    def __init__(self, career_id: str, title: str) -> None:
        self.career = career_id
        super().__init__(
            _("This play is a part of the career “{title}” ({career}); it cannot be forgotten by itself.").format(
                title=title, career=career_id
            ),
            _("Forget the whole career: `seenby saves forget {career}`.").format(career=career_id),
        )


class NoSuchPlayer(SaveError):
    """There is no player of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Nobody called “{name}” has saved anything here.").format(name=name),
            _("`seenby saves list` shows the names that there are."),
        )


class BadName(SaveError):
    """A pseudonym without a visible character."""

    def __init__(self) -> None:
        super().__init__(_("A player needs a name."), _("Type at least one letter. It need not be your real name."))


class NothingToUndo(SaveError):
    """Undo at the very beginning."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to undo."), _("You are at the beginning of this play."))


class BadRule(SaveError):
    """A rule that cannot be kept: half of one, or one that nobody remembers."""

    @classmethod
    def too_long(cls, length: int, longest: int) -> BadRule:
        """One half has `length` characters, and `longest` are allowed."""
        return cls(
            _("Half of this rule has {length} characters; at most {longest} are kept.").format(length=length, longest=longest),
            _("Say it shorter: a rule works when you can say it in a breath."),
        )

    @classmethod
    def half_only(cls) -> BadRule:
        """One half is empty and the other is not."""
        return cls(
            _("A rule has two halves: if what happens, and what you do then."),
            _("Fill in both, or empty both to have no rule."),
        )


class BadExport(SaveError):
    """What should be imported is not an export of Seenby, or is damaged. `detail` says where."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            _("This is not something that Seenby exported: {detail}.").format(detail=detail.rstrip(".")),
            _("Export it again, then import that file."),
        )


def decisions_words(count: int) -> str:
    """`1 decision`, `7 decisions`."""
    return n_("{count} decision", "{count} decisions", count).format(count=count)
