"""An exported chat: read in all its styles, and nobody in it can be found again."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.play.play import Play
from engine.script.read import read
from engine.story.compile import compile_story
from game.author.chat import NoChat, read_chat
from game.author.importing import imported, report, steady
from game.cli import main

CHAT = """\ufeff12/11/2026, 21:09 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
12/11/2026, 21:09 - Sarah Jenkins created group "Ward 6 Nights"
12/11/2026, 21:09 - Sarah Jenkins added +44 7700 123456 and Dave Smith
12/11/2026, 21:10 - Sarah Jenkins: evening all, sarah here. DAVE ring me on 07911 123456
12/11/2026, 21:11 - Dave Smith: Big Dave is in. see https://trust.nhs.uk/rota?x=1 or mail dave.smith@nhs.net
- bring the key from Mill Lane

// {if x} Post it to SW1A 1AA. car is AB12 CDE {x}
12/11/2026, 21:12 - +44 7700 123456: <Media omitted>
13/11/2026, 03:05 - +44 7700 123456: look at @447700123456 and @sazj ❤️👍🏽 card 4111 1111 1111 1111 ref INC0012345
13/11/2026, 03:06 - Dave Smith: This message was deleted
13/11/2026, 03:07 - Sarah Jenkins changed the subject from “Ward 6 Nights” to “Ward: 6 Lates”
13/11/2026, 03:08 - Sarah Jenkins: Daves right. IBAN GB29 NWBK 6016 1331 9268 19 <This message was edited>
13/11/2026, 03:09 - Dave Smith left
"""
ORIGINALS = (
    "Sarah", "Jenkins", "Dave", "Smith", "Daves", "07911 123456", "+44 7700 123456", "447700123456", "trust.nhs.uk", "nhs.net", "SW1A 1AA", "AB12 CDE",
    "4111 1111 1111 1111", "INC0012345", "GB29", "sazj", "Ward 6 Nights", "Ward: 6 Lates", "2026", "12/11",
)  # fmt: skip


def made(text: str, **how: object):  # type: ignore[no-untyped-def]
    return imported(read_chat(text.encode()), text, scenario="a-chat", title="A chat", **how)  # type: ignore[arg-type]


def stands(original: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(original.casefold())}(?!\w)", text.casefold()) is not None


def test_nobody_can_be_found_in_the_skeleton() -> None:
    text = made(CHAT, also=["Big Dave"]).text
    assert [original for original in ORIGINALS if stands(original, text)] == []


def test_the_same_person_is_the_same_everywhere() -> None:
    found = made(CHAT, also=["Big Dave"])
    sarah, dave = found.people["Sarah Jenkins"], found.people["Dave Smith"]
    assert sarah != dave
    assert f"{sarah}: evening all, {sarah.lower()} here. {dave.upper()} ring me" in found.text
    assert f"{dave}: {dave} is in." in found.text
    assert f"{sarah} [last] (edited): {dave}s right." in found.text
    assert f"look at @{found.people['+44 7700 123456']} and" in found.text


def test_the_same_seed_makes_the_same_names_and_another_makes_others() -> None:
    assert made(CHAT, seed=3).text == made(CHAT, seed=3).text
    assert made(CHAT, seed=3).people != made(CHAT, seed=4).people


def test_the_skeleton_plays_to_each_of_its_endings() -> None:
    story = compile_story(read(made(CHAT).text.encode(), "a.yaml"))
    endings = set()
    for choice in ("say-something", "tell-one-person", "silence"):
        play = Play.begin(story, seed=1)
        from engine.play.inputs import Input

        play.take(Input("friday", choice=choice))
        assert play.ended
        endings.add(getattr(play.ending, "id", play.ending))
    assert len(endings) == 3


def test_times_media_notices_and_the_second_day() -> None:
    text = made(CHAT).text
    assert "begins: Thursday 21:09" in text
    assert "when: day 2, 03:05" in text
    assert "[picture-1] (picture): A picture. Write what it shows." in text
    assert " took a message back." in text
    assert "end-to-end" not in text
    assert "{{x}}" in text


def test_several_lines_stay_one_message() -> None:
    story = compile_story(read(made(CHAT).text.encode(), "a.yaml"))
    play = Play.begin(story, seed=1)
    said = " ".join(str(event) for event in play.events)
    assert "bring the key" in said
    assert "/ / {if x} Post it" in said


def test_the_player_can_stand_for_somebody() -> None:
    text = made(CHAT, me="sarah jenkins").text
    assert "You: evening all" in text


def test_the_report_counts_and_shows_no_originals_unless_told() -> None:
    found = made(CHAT, also=["Big Dave"])
    told = "\n".join(report(found))
    assert "phone numbers: 2 different" in told
    assert "Mill Lane" in told, "what is left over is listed"
    assert not stands("Sarah Jenkins", told)
    assert "07911" not in told
    assert "Sarah Jenkins  →" in "\n".join(report(found, show=True))
    for eye in found.eyes:
        assert found.text.split("\n")[eye.line - 1].strip()[:20] == eye.text[:20]


LINES = {
    "12/11/2026, 21:10 - Ann: hello": datetime(2026, 11, 12, 21, 10),
    "[13/11/2026, 21:10:33] Ann: hello": datetime(2026, 11, 13, 21, 10, 33),
    "\u200e[13/11/2026, 9:10:33\u202fPM] Ann: hello": datetime(2026, 11, 13, 21, 10, 33),
    "13.11.26, 21:10 - Ann: hello": datetime(2026, 11, 13, 21, 10),
    "[13.11.26, 21:10:33] Ann: hello": datetime(2026, 11, 13, 21, 10, 33),
    "11/13/26, 9:10\u202fpm - Ann: hello": datetime(2026, 11, 13, 21, 10),
    "11/13/26, 12:10 AM - Ann: hello": datetime(2026, 11, 13, 0, 10),
    "13/11/2026, 12:10 p.m. - Ann: hello": datetime(2026, 11, 13, 12, 10),
    "2026-11-13, 21:10 - Ann: hello": datetime(2026, 11, 13, 21, 10),
    "13-11-2026 21:10 - Ann: hello": datetime(2026, 11, 13, 21, 10),
}


@pytest.mark.parametrize(("line", "at"), LINES.items())
def test_both_styles_and_their_dates(line: str, at: datetime) -> None:
    message = read_chat(line.encode()).messages[0]
    assert (message.at, message.who, message.text) == (at, "Ann", "hello")


def test_the_order_of_dates_is_found_over_the_whole_file() -> None:
    american = "1/2/26, 10:00 - A: x\n1/3/26, 10:00 - A: y\n1/14/26, 10:00 - A: z\n"
    assert (read_chat(american.encode()).order, read_chat(american.encode()).sure) == ("mdy", True)
    running = "1/12/26, 10:00 - A: x\n2/1/26, 10:00 - A: y\n3/1/26, 10:00 - A: z\n"
    assert read_chat(running.encode()).order == "mdy", "time does not run backwards"
    unsure = read_chat(b"1/2/26, 10:00 - A: x\n2/3/26, 10:00 - A: y\n")
    assert (unsure.order, unsure.sure) == ("dmy", False)
    assert read_chat(b"1/2/26, 10:00 - A: x\n", "mdy").messages[0].at == datetime(2026, 1, 2, 10)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("<Media omitted>", "picture", ""),
        ("\u200eimage omitted", "picture", ""),
        ("\u200evideo omitted", "video", ""),
        ("\u200eaudio omitted", "voice", ""),
        ("\u200esticker omitted", "sticker", ""),
        ("\u200eGIF omitted", "gif", ""),
        ("rota for Ann.pdf \u2022 2 pages \u200edocument omitted", "document", ""),
        ("IMG-20261112-WA0001.jpg (file attached)", "picture", ""),
        ("\u200e<attached: 00000012-AUDIO-2026-11-12.opus>", "voice", ""),
        ("\u200e<attached: 00000012-PHOTO.jpg>\nlook at this", "picture", "look at this"),
        ("Ann Smith.vcf (file attached)", "contact", ""),
        ("This message was deleted", "deleted", ""),
        ("You deleted this message", "deleted", ""),
        ("\u200eLocation: https://maps.google.com/?q=51.5,-0.1", "location", ""),
        ("", "picture", ""),
        ("fine: see you: there", "text", "fine: see you: there"),
    ],
)
def test_what_is_no_plain_text(text: str, kind: str, words: str) -> None:
    for line in (f"12/11/2026, 21:10 - Ann: {text}", f"[12/11/2026, 21:10:33] Ann: {text}"):
        message = read_chat(line.encode()).messages[0]
        assert (message.kind, message.text, message.who) == (kind, words, "Ann")


@pytest.mark.parametrize(
    "line",
    [
        "12/11/2026, 21:10 - Ann added Bob",
        "12/11/2026, 21:10 - Ann left",
        "12/11/2026, 21:10 - Ann changed this group's icon",
        "12/11/2026, 21:10 - Ann changed the subject to “Late: shift”",
        "[12/11/2026, 21:10:33] Ann: \u200eAnn added Bob",
        "[12/11/2026, 21:10:33] Ward 6: \u200eMessages and calls are end-to-end encrypted.",
        "12/11/2026, 21:10 - Your security code with Bob changed. Tap to learn more.",
    ],
)
def test_lines_that_nobody_wrote(line: str) -> None:
    message = read_chat(line.encode()).messages[0]
    assert (message.who, message.kind) == (None, "notice")


@pytest.mark.parametrize(
    "data", [b"", b"hello\nworld", b"\xff\xfe\x00", b"99/99/2026, 21:10 - A: x", b"12/11/2026, 29:10 - A: x"]
)
def test_what_is_no_chat_is_told(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NoChat):
        read_chat(data)
    file = tmp_path / "chat.txt"
    file.write_bytes(data)
    assert main(["new", str(tmp_path / "x.yaml"), "--from", str(file)]) == 2
    err = capsys.readouterr().err
    assert "is no exported chat" in err
    assert "Traceback" not in err
    assert not (tmp_path / "x.yaml").exists()


def test_other_encodings_are_read() -> None:
    assert read_chat("12/11/2026, 21:10 - Zoë: é".encode("utf-16")).messages[0].who == "Zoë"
    assert read_chat("12/11/2026, 21:10 - Zoë: é".encode("cp1252")).messages[0].who == "Zoë"


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chat = tmp_path / "Chat with Sarah Jenkins.txt"
    chat.write_text(CHAT, "utf-8")
    file, told = tmp_path / "x.yaml", tmp_path / "report.txt"
    assert main(["new", str(file), "--from", str(chat), "--also", "Big Dave", "--report", str(told)]) == 0
    assert [original for original in ORIGINALS if stands(original, file.read_text("utf-8") + told.read_text("utf-8"))] == []
    assert "Big Dave" not in capsys.readouterr().out
    assert main(["new", str(file), "--from", str(chat)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["new", str(file), "--from", str(chat), "--me", "Nobody", "--force"]) == 2
    assert main(["new", str(file), "--from", str(tmp_path / "no.txt"), "--force"]) == 2
    assert main(["new", str(file), "--from", str(chat), "--locale", "xx_YY", "--force"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_emoji_that_terminals_disagree_about_become_steady() -> None:
    assert steady("a ❤️ b 👍🏽 c 🇬🇧 d 👨‍👩‍👧") == "a ❤ b 👍 c  d 👨"


NAMES = st.from_regex(r"[A-Z][a-zéöñł]{2,9}( [A-Z][a-zéöñ]{2,9})?", fullmatch=True)
SECRETS = st.one_of(
    st.from_regex(r"07[0-9]{3} [0-9]{6}", fullmatch=True),
    st.from_regex(r"\+[1-9][0-9]{1,2} [0-9]{3} [0-9]{3} [0-9]{4}", fullmatch=True),
    st.from_regex(r"[a-z]{2,9}\.[a-z]{2,9}@[a-z]{3,9}\.(co\.uk|com|org)", fullmatch=True),
    st.from_regex(r"https://[a-z]{3,9}\.[a-z]{2,5}/[a-zA-Z0-9?=&/]{1,12}", fullmatch=True),
    st.from_regex(r"@[a-z]{4,12}[0-9]", fullmatch=True),
    st.from_regex(r"[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}", fullmatch=True),
    st.from_regex(r"[A-Z]{2}[0-9]{2} [A-Z]{3}", fullmatch=True),
    st.from_regex(r"[A-Z]{2}[0-9]{2}( [0-9A-Z]{4}){4} [0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.from_regex(r"[A-Z]{3}[0-9]{6}", fullmatch=True),
)  # fmt: skip
OWN_WORDS = frozenset(re.findall(r"\w+", made("1/1/26, 10:00 - Q: x\n").text.casefold())) | {
    "the",
    "and",
    "of",
    "from",
    "van",
    "der",
    "den",
    "von",
    "bin",
    "big",
    "little",
    "old",
    "young",
    "mad",
    "wee",
    "new",
    "work",
    "home",
    "team",
}


@given(
    names=st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold),
    secrets=st.lists(SECRETS, min_size=1, max_size=5),
    nick=NAMES,
    data=st.data(),
    seed=st.integers(0, 50),
)
@settings(max_examples=120, deadline=None)
def test_no_original_survives(names: list[str], secrets: list[str], nick: str, data: st.DataObject, seed: int) -> None:
    lines = [f"12/11/2026, 20:{number:02} - {name}: hello" for number, name in enumerate(names)]
    for number, secret in enumerate(secrets):
        who = data.draw(st.sampled_from(names))
        spoken = data.draw(st.sampled_from([*names, nick]))
        form = data.draw(st.sampled_from([str, str.lower, str.upper, lambda name: name.split()[0]]))
        mark = data.draw(st.sampled_from(["", ".", "!", ",", ")", "'s", "\nand more"]))
        lines.append(f"12/11/2026, 21:{number:02} - {who}: {form(spoken)}{mark} it is {secret} ({form(spoken)})")
    text = "\n".join(lines)
    found = made(text, also=[nick], seed=seed)
    originals = [*(word for name in [*names, nick] for word in name.split()), *secrets]
    left = [one for one in originals if one.casefold() not in OWN_WORDS and stands(one, found.text)]
    assert left == []
    compile_story(read(found.text.encode(), "a.yaml"))


@given(text=st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_message_breaks_the_skeleton(text: str) -> None:
    found = made(f"12/11/2026, 21:10 - Ann: {text}\n12/11/2026, 21:11 - Bob: {{if x}} {text}")
    compile_story(read(found.text.encode(), "a.yaml"))


@pytest.mark.parametrize("answer", ["m", "d", None])
def test_a_person_is_asked_for_the_order_of_dates(answer: str | None, tmp_path: Path) -> None:
    import argparse

    from game.author.commands import add_new_arguments, new

    chat = tmp_path / "chat.txt"
    chat.write_text("1/2/26, 10:00 - Ann: x\n2/3/26, 10:00 - Ann: y\n", "utf-8")
    parser = argparse.ArgumentParser()
    add_new_arguments(parser)
    file = tmp_path / "x.yaml"
    asked: list[str] = []

    def read_line(prompt: str) -> str | None:
        asked.append(prompt)
        return answer

    status = new(parser.parse_args([str(file), "--from", str(chat)]), read_line, interactive=True)
    assert len(asked) == 1
    assert "(d/m)" in asked[0]
    assert status == (2 if answer is None else 0)
    assert file.exists() == (answer is not None)
    if answer == "m":
        assert "begins: Friday 10:00" in file.read_text("utf-8"), "2 January 2026 was a Friday"
    if answer == "d":
        assert "begins: Sunday 10:00" in file.read_text("utf-8"), "1 February 2026 was a Sunday"


def test_a_long_chat_gives_its_end_and_says_what_was_left_out() -> None:
    text = "".join(
        f"12/11/2026, {minute // 60:02}:{minute % 60:02} - Ann: message {minute} is from 079{minute:08}\n"
        for minute in range(1200)
    )
    found = made(text, most=50)
    assert (found.messages, found.left_out) == (50, 1150)
    assert "message 1199" in found.text
    assert "message 1100 " not in found.text
    assert "1150 earlier ones were left out" in report(found)[0]
