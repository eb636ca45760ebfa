"""The other road in words: what each front end says of it, without its looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.debrief import Motion, dial_labels, shown_points
from engine.futures.ledger import Stake
from engine.futures.show import MONTH, in_worlds
from engine.play.play import Play
from engine.script.times import duration_words
from game.words import _, n_

if TYPE_CHECKING:
    from engine.roads import Crossing, Hanging, Odds, Outlook, Parting, Road, Shut

FEW = 1_000
"""Up to so many ways on are counted out; more are said by the hundred."""


def line(text: str) -> str:
    """A text of the story on one line; what is masked stays marked, for whoever shows it."""
    return " ".join(text.split())


def label_of(road: Road) -> str:
    """What a road is called."""
    return "; ".join(line(label) for label in road.labels) or _("Nothing of it")


def whose(crossing: Crossing, number: int) -> str:
    """Whose road it is, or which of the others: `Yours`, `Other road 2 of 5`."""
    if number == 0:
        return _("Yours")
    words = _("Other road {n} of {count}").format(n=number, count=len(crossing.others))
    why = {
        "nothing": _("the least"),
        "everything": _("the most"),
        "rule": _("singled out by the story"),
    }.get(crossing.roads[number].why, "")
    return f"{words} ({why})" if why else words


def left_out_words(crossing: Crossing) -> str:
    """Which of many ways have a road, where there were many."""
    if not crossing.left_out:
        return ""
    return n_(
        "{count} more way was possible. Told are yours, the least, the most, and the nearest to yours that the story singles out.",
        "{count} more ways were possible. Told are yours, the least, the most, and the nearest to yours that the story singles out.",
        crossing.left_out,
    ).format(count=f"{crossing.left_out:,}")


def said_words(road: Road) -> list[str]:
    """The first lines of what is shown at once."""
    lines: list[str] = []
    for message in road.said:
        if not message.text:
            continue
        who = _("You") if message.sender == "you" else message.name
        lines.append(f"{who}: {line(message.text)}" if who and message.kind not in ("prose", "notice") else line(message.text))
    return lines


def motion_words(road: Road, motion: Motion) -> str:
    """Something that was set going: when, what, and where it comes; with what becomes of it on this way on."""
    time = capital(duration_words(motion.delay))
    title = line(motion.title)
    where = _place_of(road.play, motion.scene)
    if motion.came == "prevented":
        return _("{time} later something would have come; on this way on it does not").format(time=time)
    if motion.came == "beyond":
        return _("{time} later: still out there").format(time=time)
    words = _("{time} later: {title}").format(time=time, title=title)
    return f"{words} ({where})" if where and where != title else words


def _place_of(play: Play, scene: str | None) -> str:
    """The name of the place of a scene, and whose phone it is where that is not the player's."""
    found = play.story.scenes.get(scene or "")
    if found is None or found.place is None:
        return ""
    place = play.story.places[found.place]
    name = play.teller.place_names.get(place.id, "")
    if place.phone:
        return _("{name}’s phone").format(name=play.words[place.phone])
    return name


def shut_words(play: Play, shut: Shut) -> str:
    """What was not on offer, and why."""
    label = line(shut.label)
    if "“" not in label:
        label = _("“{option}”").format(option=label)
    if shut.why:
        return _("{option}: {why}").format(option=label, why=line(shut.why))
    from game.guide.conditions import ConditionWords

    condition = ConditionWords(play.story, play.words).say(shut.condition)
    return _("{option}: only when {condition}").format(option=label, condition=line(condition))


def span_words(low: int, high: int) -> str:
    """A dial over all ways on, in whole points: `-3 to +4`, `+2 in any case`. In hundredths."""
    least, most = shown_points(low), shown_points(high)
    if least == most:
        return _("{value} in any case").format(value=signed(least))
    return _("{low} to {high}").format(low=signed(least), high=signed(most))


def span_short(low: int, high: int) -> str:
    """The same as short as can be: `-3…+4`."""
    least, most = shown_points(low), shown_points(high)
    return signed(least) if least == most else f"{signed(least)}…{signed(most)}"


def signed(value: int) -> str:
    """A whole number with its sign; nought has none."""
    return f"{value:+d}" if value else "0"


def outlook_words(outlook: Outlook) -> str:
    """Over how much of what may come the ranges go."""
    if not outlook.counted or not all(outlook.exact):
        return _("in {count} ways on that were tried; there are too many to try all").format(count=many(outlook.ways))
    if outlook.ways == 1:
        return _("there was one way on only")
    return _("whatever you did next: {count} ways on").format(count=many(outlook.ways))


def many(count: int) -> str:
    """A count as one says it: `980,800`, `about 162 million`."""
    for size, words in ((10**9, _("about {n} thousand million")), (10**6, _("about {n} million"))):
        if count >= 10 * size or (count >= size and size == 10**6):
            return words.format(n=f"{round(count / size):,}")
    return f"{count:,}"


def share_words(ways: int, total: int) -> str:
    """How many of the ways on lead somewhere."""
    if ways == total:
        return _("every way")
    if total <= FEW:
        return _("{n} of {count} ways").format(n=f"{ways:,}", count=f"{total:,}")
    share = ways / total
    if share < 0.005:
        return _("fewer than 1 in 100 ways")
    if share >= 0.995:
        return _("more than 99 in 100 ways")
    return _("about {n} in 100 ways").format(n=int(share * 100 + 0.5))


def endings_of(road: Road, outlook: Outlook) -> tuple[list[tuple[str, str]], list[str]]:
    """(title, share of the ways on) of the endings that can be reached, the likeliest first; and titles of those that cannot."""
    titles = {ending.id: line(road.play.text(ending.title)) for ending in road.play.story.endings}
    reached = sorted(outlook.open, key=lambda ending: -outlook.endings[ending])
    closed = [title for ending, title in titles.items() if not outlook.endings[ending]]
    return [(titles[ending], share_words(outlook.endings[ending], outlook.ways)) for ending in reached], closed


def again_words(road: Road) -> str:
    """How much of what the player did afterwards fits on this road."""
    if road.yours:
        return ""
    if not road.later:
        return _("It was the last decision.")
    if not road.partings:
        return n_(
            "Had you then done the same again: your {count} later decision still fits.",
            "Had you then done the same again: your {count} later decisions all still fit.",
            road.same,
        ).format(count=road.same)
    return n_(
        "Had you then done the same again: {same} of your {count} later decisions still fits. It parts here:",
        "Had you then done the same again: {same} of your {count} later decisions still fit. It parts here:",
        road.same,
    ).format(same=road.same, count=road.later)


def parting_words(parting: Parting) -> str:
    """Where a road parts from the player's, and what was done there instead."""
    did = line(parting.did) or _("nothing of it")
    if not parting.known:
        return _("“{scene}”, where you never were: {did}").format(scene=line(parting.title), did=did)
    if parting.why:
        return _("“{scene}”: {did}. ({why})").format(scene=line(parting.title), did=did, why=line(parting.why))
    return _("“{scene}”: {did}").format(scene=line(parting.title), did=did)


def compared_words(crossing: Crossing, road: Road) -> str:
    """Two outcomes, compared as a whole: nowhere worse and somewhere better, or side by side. Nothing for the player's own."""
    from engine.proof.pareto import better

    if road.yours:
        return ""
    mine, theirs = (tuple(one.shown.values()) for one in (crossing.yours, road))
    if mine == theirs:
        return _("The five dials end as yours did.")
    if better(theirs, mine):
        return _("No dial ends lower than yours, and at least one ends higher.")
    if better(mine, theirs):
        return _("No dial ends higher than yours, and at least one ends lower.")
    return _("Some dials end higher than yours, and some lower.")


def hanging_words(one: Hanging) -> str:
    """How likely it is that any of it is out a month after it was sent."""
    if one.public:
        return _("Some of it is public: whoever looks has it.")
    if not one.stakes:
        return _("Nothing of what differs was sent here.")
    count = len(one.stakes)
    return n_("out within a month: {worlds}", "any of it out within a month: {worlds}", count).format(
        worlds=in_worlds(one.chance)
    )


def stake_words(stake: Stake) -> str:
    """One message that hangs on the decision, with its own odds."""
    if stake.leak.audience.public:
        return _("{what}: public").format(what=line(stake.title()))
    return _("{what}: {worlds}").format(what=line(stake.title()), worlds=in_worlds(stake.leak.at(MONTH)))


def odds_words(odds: Odds | None) -> str:
    """How far it went in the worlds where somebody outside has it."""
    if odds is None or not odds.hops:
        return ""
    hops = n_("from hand to hand once", "from hand to hand {n} times", odds.hops).format(n=odds.hops)
    if odds.hops == 2:
        hops = _("from hand to hand twice")
    people = n_("{n} person outside has it", "{n} people outside have it", odds.people).format(n=odds.people)
    return _("Where it was passed on: {hops}, {people}, in the middle one of those worlds.").format(hops=hops, people=people)


def dots(odds: Odds) -> str:
    """A bar of worlds: out, and not out by then."""
    from engine.roads.out import DOTS

    return "●" * odds.out + "○" * (DOTS - odds.out)


def plain_roads(crossing: Crossing, outlooks: list[Outlook], hung: list[Hanging], odds: list[Odds | None]) -> Iterator[str]:
    """A whole crossing as plain lines, the player's own road first."""
    yield _("The other road, from “{scene}”.").format(scene=line(crossing.title))
    if left_out_words(crossing):
        yield left_out_words(crossing)
    labels = dial_labels()
    for number, road in enumerate(crossing.roads):
        outlook, hanging, imagined = outlooks[number], hung[number], odds[number]
        yield ""
        yield _("{whose}: {label}.").format(whose=whose(crossing, number), label=label_of(road))
        for said in said_words(road)[:2]:
            yield f"  {said}"
        for reason in road.moment.reasons:
            if reason.because:
                yield f"  {line(reason.because)}"
        for flag in road.flags:
            yield _("  From then on: {flag}.").format(flag=line(flag))
        for motion in road.moment.motions:
            if motion.title or motion.came == "beyond":
                yield f"  {motion_words(road, motion)}."
        yield _("  How far the dials could still go, {how}:").format(how=outlook_words(outlook))
        spans = [
            f"{labels[dial]} {span_words(low, high)}"
            for dial, low, high in zip(road.play.dials, outlook.low, outlook.high, strict=True)
        ]
        yield f"    {'; '.join(spans)}."
        reached, closed = endings_of(road, outlook)
        yield _("  It could end with: {endings}.").format(endings="; ".join(f"{title} ({share})" for title, share in reached))
        if closed:
            yield _("  Closed for good: {endings}.").format(endings="; ".join(closed))
        if again_words(road):
            yield f"  {again_words(road)}"
        for parting in road.partings:
            yield f"    {parting_words(parting)}"
        ends = ", ".join(f"{labels[dial]} {signed(value)}" for dial, value in road.shown.items())
        yield _("  It ends with “{ending}”: {dials}.").format(ending=line(road.ending_title), dials=ends)
        if compared_words(crossing, road):
            yield f"  {compared_words(crossing, road)}"
        if any(one.stakes for one in hung):
            yield f"  {capital(hanging_words(hanging))}"
            for stake in hanging.stakes:
                yield f"    {stake_words(stake)}"
            if odds_words(imagined):
                yield f"    {odds_words(imagined)}"
    if crossing.shut:
        yield ""
        yield _("Not on offer:")
        for shut in crossing.shut:
            yield f"- {shut_words(crossing.yours.play, shut)}"


def capital(words: str) -> str:
    """With a capital letter at the beginning."""
    return words[:1].upper() + words[1:]
