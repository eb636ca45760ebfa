"""What could have become of it: the odds of what was at stake, whose trust it was, and one world told as a story.

Quiet at first: a sentence for each thing and how it grows over the times. The numbers behind it, with their sources, and the world
are one key away. Every number is worked out in `engine.futures`, and `docs/futures.md` says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.style import Style

from engine.futures import delay
from engine.futures.show import Line as Working
from engine.futures.show import in_worlds, inner
from engine.script.times import duration_words
from engine.text import plain
from game.debrief.paper import BESIDE, MEASURE, Block, Line, Paper, flat, quoted
from game.widgets.lines import beside, measure
from game.widgets.wrap import cells, shorten
from game.words import _, n_

if TYPE_CHECKING:
    from engine.debrief.model import Debrief
    from engine.futures.outlook import BoardSeen, Forecast, OneWorld, Outlook
    from engine.futures.trust import Held
    from engine.play.play import Play

ID = "futures"
COLUMN = 12
"""Cells of one of the times in a row."""
BAR = 20
"""Cells of a bar of trust."""
NAME = 34
"""Cells of a name beside such a bar."""
STEPS = "▁▂▃▄▅▆▇█"


@dataclass(slots=True)
class FuturesAtHand:
    """The outlook of a play, worked out when it is first shown, and the one world, told when it is asked for."""

    play: Play
    found: Outlook | None = None
    world: OneWorld | None = None

    def outlook(self) -> Outlook:
        """The odds and the rest: some milliseconds."""
        from engine.futures.outlook import outlook

        if self.found is None:
            self.found = outlook(self.play)
        return self.found

    @property
    def untold(self) -> bool:
        """There is a world to tell, and it is not told yet."""
        return self.world is None and self.outlook().main is not None

    def tell(self) -> None:
        """Tell the one world: some tenths of a second, and NumPy."""
        from engine.futures.outlook import one_world

        main = self.outlook().main
        if self.world is None and main is not None:
            self.world = one_world(self.play, main)


def futures(_debrief: Debrief, paper: Paper) -> Iterator[Block]:
    """The panel. Nothing where nothing was at stake."""
    at_hand = paper.futures
    if at_hand is None or at_hand.outlook().empty:
        return
    outlook = at_hand.outlook()
    whole = ID in paper.open
    lines: list[Line] = [[("  " + _("What could have become of it"), paper.strong)], []]
    lines += paper.write(preamble(), paper.dim, indent=2)
    lines.append([])
    if whole:
        lines += _world(at_hand, paper)
    wide = paper.width >= BESIDE + 24 and bool(outlook.trust)
    left = [*_stakes(outlook, paper, whole), *_boards(outlook, paper, whole), *_late(outlook, paper, whole)]
    right = _trust(outlook, paper, whole, min(paper.width - MEASURE - 8, MEASURE) if wide else None)
    lines += beside(left, MEASURE + 4, right, gap=2) if wide else [*left, *right]
    lines.append([("  f ", paper.own), (hint(outlook, whole), paper.dim)])
    yield Block([*lines, []], id=ID)


def preamble() -> str:
    """What the numbers are, and are not."""
    return _("The odds that it gets out. No dial moved by them. They are reasoned guesses, and can be argued with.")


def hint(outlook: Outlook, whole: bool) -> str:
    """What the key does."""
    if whole:
        return _("fold the numbers")
    return _("the numbers behind it, and one world as a story") if outlook.main is not None else _("the numbers behind it")


# What was at stake


def _stakes(outlook: Outlook, paper: Paper, whole: bool) -> list[Line]:
    lines: list[Line] = []
    for forecast in outlook.forecasts:
        stake = forecast.stake
        lines.append(
            [("  " + flat(stake.title()), paper.strong), *([(f"  {more(forecast)}", paper.dim)] if forecast.alike else [])]
        )
        lines += [[("  ", Style()), (shorten(quoted(stake.text), min(paper.width - 4, MEASURE)), paper.voice)]]
        lines += paper.write(stake.leak.explain(), paper.text, indent=2)
        lines += _row(stake.odds, paper)
        lines += paper.write(forecast.first_way(), paper.soft, indent=2) if forecast.first_way() else []
        if stake.rule:
            lines += paper.write(_("It was said there: “{rule}”.").format(rule=flat(stake.rule)), paper.soft, indent=2)
        if forecast.told is not None:
            lines += paper.write(forecast.told.explain(), paper.time, indent=2)
        if whole:
            lines += _working(stake.working(), paper)
        lines.append([])
    for words in beside_those(outlook):
        lines += paper.write(words, paper.dim, indent=2)
    return [*lines, []] if outlook.public or outlook.left_out else lines


def more(forecast: Forecast) -> str:
    """`and 2 more of yours there`"""
    count = len(forecast.alike)
    return n_("and one more of yours there", "and {n} more of yours there", count).format(n=count)


def beside_those(outlook: Outlook) -> Iterator[str]:
    """What is not told of one by one: what was public, and what is less likely to get out."""
    if outlook.public:
        count = len(outlook.public)
        yield n_(
            "One thing was public from the first minute, and so is out in every world: {what}",
            "{n} things were public from the first minute, and so are out in every world: {what}",
            count,
        ).format(
            n=count,
            what="; ".join(shorten(quoted(stake.text), 40) for stake in outlook.public[:3]) + (" …" if count > 3 else ""),
        )
    if outlook.left_out:
        yield n_(
            "One more thing was at stake, and was less likely to get out or said less.",
            "{n} more things were at stake, and were less likely to get out or said less.",
            outlook.left_out,
        ).format(n=outlook.left_out)


def _row(odds: Iterable[tuple[float, float]], paper: Paper) -> list[Line]:
    """How it grows: a time above, a step and a number below."""
    times: Line = [("    ", Style())]
    marks: Line = [("    ", Style())]
    for seconds, chance in odds:
        times.append((f"{duration_words(int(seconds)):<{COLUMN}}", paper.dim))
        marks.append((f"{step(chance)} ", paper.own))
        marks.append((f"{hundred(chance):<{COLUMN - 2}}", paper.text))
    marks.append((_("in 100 worlds"), paper.dim))
    return [times, marks]


def step(chance: float) -> str:
    """A block as high as a chance."""
    return STEPS[min(len(STEPS) - 1, int(chance * len(STEPS)))]


def hundred(chance: float) -> str:
    """A chance in worlds out of a hundred, never sharper than that."""
    if 0 < chance < 0.005:
        return "<1"
    return ">99" if 0.995 <= chance < 1 else str(int(chance * 100 + 0.5))


def _working(rows: Iterable[Working], paper: Paper, indent: int = 4) -> list[Line]:
    """The numbers behind something: what, how, what comes out; the source steps back."""
    lines: list[Line] = []
    for row in rows:
        text = paper.write(said(row), paper.soft, first="· ", indent=indent)
        source = f"  [{row.source}]"
        if measure(text[-1]) + cells(source) <= min(paper.width, MEASURE):
            text[-1].append((source, paper.dim))
        else:
            text += paper.write(source.strip(), paper.dim, indent=indent + 2)
        lines += text
    return lines


def said(row: Working) -> str:
    """A line of a working: what, how, and what comes out; a factor is not said twice, and parameters go by their letters."""
    what = row.what.replace("`pass_on`", "q").replace("`found`", "λ")
    how = row.formula if row.formula.startswith("×") else f"{row.formula} = {row.value}"
    return f"{what}: {how}" if what else how


def _boards(outlook: Outlook, paper: Paper, whole: bool) -> list[Line]:
    lines: list[Line] = []
    for board in outlook.boards:
        lines.append([("  " + flat(board.title), paper.strong), ("  " + _("to a stranger who looks"), paper.dim)])
        for exposure in board.exposures:
            lines += paper.write(exposure.explain(), paper.text, first="– ", indent=2)
            if whole:
                lines += _working(exposure.working(), paper)
        lines.append([])
    return lines


def _late(outlook: Outlook, paper: Paper, whole: bool) -> list[Line]:
    lines: list[Line] = []
    if outlook.late:
        lines.append([("  " + _("What came late"), paper.strong)])
    for late in outlook.late:
        lines += paper.write(f"{flat(late.label)}. {late.explain()}", paper.text, first="– ", indent=2)
    if outlook.late:
        lines += _working(delay.working(), paper) if whole else []
        lines.append([])
    return lines


# Trust


def _trust(outlook: Outlook, paper: Paper, whole: bool, width: int | None) -> list[Line]:
    if not outlook.trust:
        return []
    lines: list[Line] = [[("  " + _("Whose trust it was"), paper.strong), ("  " + _("from 0 to 1"), paper.dim)], []]
    for held in outlook.trust:
        lines.append(_held(held, paper))
        for each in held.steps:
            tail = f"  {each.before:.2f} → {each.after:.2f}"
            text = paper.write(each.happening.what, paper.soft, width=(width or MEASURE) - cells(tail), first="· ", indent=4)
            text[-1].append((tail, paper.dim))
            lines += text
            if whole:
                lines += _working((replace(row, what="") for row in each.working()[:-1]), paper, 6)
        if not held.steps:
            lines += paper.write(_("Nothing of it reached them."), paper.dim, indent=4, width=width)
        lines.append([])
    return [*lines, *paper.write(caution(), paper.dim, indent=2, width=width), []]


def _held(held: Held, paper: Paper) -> Line:
    filled = int(held.now * BAR + 0.5)
    return [
        (f"  {shorten(flat(held.name), NAME - 1):<{NAME}}", paper.text),
        ("━" * filled, paper.own),
        ("·" * (BAR - filled), paper.rule),
        (f"  {held.now:.2f}", paper.strong),
        (f"  {_('from')} {held.starts:.2f}", paper.dim),
    ]


def caution() -> str:
    """What is to be known of the numbers of trust."""
    return _(
        "How much each thing weighs is its author’s guess. That a loss weighs four times a gain is our default, and contested."
    )


# One world


def _world(at_hand: FuturesAtHand, paper: Paper) -> list[Line]:
    main = at_hand.outlook().main
    if main is None:
        return []
    lines: list[Line] = [[("  " + _("One world"), paper.strong), (f"  {flat(main.title())}", paper.dim)]]
    if at_hand.world is None:
        return [*lines, *paper.write(_("Looking into a few thousand worlds…"), paper.dim, indent=2), []]
    for words, style in zip(world_words(at_hand.world), (paper.dim, paper.time, paper.dim), strict=True):
        lines += paper.write(words, style, indent=2)
    return [*lines, []]


def world_words(world: OneWorld) -> tuple[str, str, str]:
    """Which world it is, what happened in it, and how it mostly goes."""
    return world.opening(), world.text, world.reach


# Plain lines


def plain_hint(at_hand: FuturesAtHand) -> tuple[str, ...]:
    """How to get at the numbers in plain mode; nothing where there are none."""
    outlook = at_hand.outlook()
    if outlook.empty:
        return ()
    return (_("f tells {what}.").format(what=hint(outlook, False)),)


def plain_answer(at_hand: FuturesAtHand, given: str) -> list[str]:
    """The lines that answer `f`: all of the panel, with its numbers and the one world. Nothing when it was another question."""
    return list(plain_lines(at_hand, whole=True)) if given.strip().casefold() == "f" else []


def plain_lines(at_hand: FuturesAtHand, *, whole: bool = False) -> Iterator[str]:
    """The panel read out, for plain mode; with `whole` also the numbers behind it and the one world, which is told for it."""
    return map(plain, _lines(at_hand, whole))


def _lines(at_hand: FuturesAtHand, whole: bool) -> Iterator[str]:
    outlook = at_hand.outlook()
    if outlook.empty:
        return
    yield _("What could have become of it.")
    yield preamble()
    for forecast in outlook.forecasts:
        stake = forecast.stake
        yield ""
        title = flat(stake.title())
        yield f"{title}, {more(forecast)}: {_spoken(stake.text)}" if forecast.alike else f"{title}: {_spoken(stake.text)}"
        yield stake.leak.explain()
        yield _("Out after {rows}.").format(
            rows=", ".join(f"{duration_words(int(at))}: {in_worlds(chance)}" for at, chance in stake.odds)
        )
        for words in (forecast.first_way(), forecast.told.explain() if forecast.told is not None else ""):
            if words:
                yield words
        if stake.rule:
            yield _("It was said there: “{rule}”.").format(rule=flat(stake.rule))
        if whole:
            yield from _spoken_rows(stake.working())
    left = list(beside_those(outlook))
    yield from ("", *left) if left else ()
    for board in outlook.boards:
        yield from _spoken_board(board, whole)
    if outlook.late:
        yield ""
        yield _("What came late:")
        yield from (f"- {flat(late.label)}. {late.explain()}" for late in outlook.late)
        if whole:
            yield from _spoken_rows(delay.working())
    for held in outlook.trust:
        yield ""
        yield held.explain()
        yield from (f"- {each.explain()}" for each in held.steps)
        if whole:
            yield from _spoken_rows(held.working())
    if outlook.trust:
        yield caution()
    if whole and outlook.main is not None:
        at_hand.tell()
        assert at_hand.world is not None
        yield ""
        yield _("One world. {title}.").format(title=flat(outlook.main.title()))
        yield from world_words(at_hand.world)


def _spoken(text: str) -> str:
    return flat(text if text.startswith("[") else f"“{inner(text)}”")


def _spoken_board(board: BoardSeen, whole: bool) -> Iterator[str]:
    yield ""
    yield _("{board}, to a stranger who looks:").format(board=flat(board.title))
    for exposure in board.exposures:
        yield f"- {exposure.explain()}"
        if whole:
            yield from _spoken_rows(exposure.working())


def _spoken_rows(rows: Iterable[Working]) -> Iterator[str]:
    return (f"  {said(row)} [{row.source}]" for row in rows)
