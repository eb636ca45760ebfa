"""The kinds of trouble that `seenby new` can begin with, each with its own temptations.

In the texts `@a` is who starts it, `@b` whom it is about, `@c` somebody who sees it, `@d` whoever looks after things, `@what` the trainer's own words.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """What the player can do. `send` and `script` may be empty."""

    label: str
    thought: str
    because: str
    send: str = ""
    script: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind, as texts."""

    name: str
    what: str
    """What goes wrong when the trainer says nothing else."""
    blurb: str
    note: str
    opening: tuple[str, ...]
    opening_ask: str
    warm: Option
    careful: Option
    opening_silence: tuple[str, str]
    """Thought and because."""
    moment: tuple[str, ...]
    moment_ask: str
    join: Option
    speak: Option
    alone: Option
    tell: Option
    moment_silence: tuple[str, str]
    price: tuple[str, ...]
    price_ask: str
    truth: Option
    soothe: Option
    price_silence: tuple[str, str]
    days: dict[str, tuple[str, ...]]
    """What comes back after days, by what was done: join, speak, alone, tell, silence."""
    days_because: dict[str, str]
    months: dict[str, tuple[str, ...]]
    """After months: said, quiet, owned, always."""
    endings: tuple[tuple[str, str], ...]
    """Title and epilogue: said in the open, alone, joined in, let it go by."""
    cheapest: str
    questions: tuple[str, ...] = field(
        default=("When was it cheapest to act?", "What would you have needed in order to say one line?")
    )


JOKE = Trouble(
    name="A joke about somebody",
    what="masked: a joke about how @b talks on the phone",
    blurb="Everybody laughed, and it was quite a good joke. One person has been reading along.",
    note="A colleague is laughed at. What is said is described, never spelled out.",
    opening=(
        "@a [cake]: there is cake by the printer. it is shaped like a printer",
        "@c: it has jammed already",
        "@b: I made it. The jam is on purpose",
        "> @a swapped a whole weekend with you last month, without being asked twice.",
    ),
    opening_ask="First week in this place that anybody has been glad to see you.",
    warm=Option(
        "Join in the fun",
        "This is the nicest lot I have ever worked with.",
        "They knew your name by lunch, and that you were quick with a line.",
        "Paper tray two is marzipan. I checked.",
        ("@c: 😂 keep this one",),
    ),
    careful=Option(
        "Ask what this place is for",
        "Better to ask now than to get it wrong later.",
        "@d thought it a sound question. The others thought it a strange one under a cake.",
        "Is this for work as well, or only for cake?",
        ("@a: it is for whatever is going",),
    ),
    opening_silence=("I have only just come. Let them talk.", "Nobody minds a quiet newcomer. Nobody knows one either."),
    moment=(
        "@a [joke]: @what",
        "@c reacts 😂 to joke",
        "... 30 seconds",
        "@c: stop it i am in the queue at the bank",
        "> @b is typing. Then @b is not.",
    ),
    moment_ask="Four people have laughed. It took eleven seconds.",
    join=Option(
        "Add a line of your own",
        "It is affection. One only teases people one likes.",
        "Yours was the funniest. That is why people remembered who wrote it.",
        "And then the pause. You have to do the pause.",
        ("@a: THE PAUSE 😂😂", "@c: crying"),
    ),
    speak=Option(
        "Say that you would leave @b's voice alone",
        "One of us has to be boring, and I have had cake.",
        "It went quiet for nine minutes. Two people were relieved and did not say so.",
        "I like how @b does the phone. Pick on my parking instead.",
        ("... 9 minutes", "@a: ok ok. noted. your parking IS a crime though"),
    ),
    alone=Option(
        "Write to @a alone",
        "@a would hear it from me, and nobody has to lose face.",
        "@a took it well. Everybody else still thought that nobody had minded.",
        "That one about @b. Funny, but I think it landed.",
        ("@a: oh. really? ok. thanks for not doing it in front of everyone",),
    ),
    tell=Option(
        "Mention it to @d",
        "It is @d's job to know how people are, not mine to put them right.",
        "@d had been told twice before and now had to do something. @a guessed who it was.",
        "Not a complaint. But somebody should keep an eye on the jokes about @b.",
        ("@d: Thank you. I will not say it was you. They will probably work it out.",),
    ),
    moment_silence=("It will have scrolled away by lunch.", "@b counted who had laughed, and then who had not said a word."),
    price=("@b: Can I ask you something", "@b: Do I really talk like that?"),
    price_ask="It is twenty to eleven at night. @b has never written to you before.",
    truth=Option(
        "Say what you saw and what you did",
        "I would want somebody to tell me straight.",
        "It was not comfortable to read. It was the first honest thing anybody had said about it.",
        "I saw it, and I did too little about it. You talk fine. They listen to you on the phone because you are kind to people.",
        ("@b: ok", "@b: thank you for not saying it was only a joke"),
    ),
    soothe=Option(
        "Tell @b that it is only because they are liked",
        "Why make it bigger than it is? It would only hurt.",
        "It stopped the conversation, which is what you both wanted that night. @b stopped answering the phone when others were in the room.",
        "Honestly, they only do it to people they like.",
        ("@b: sure. good night",),
    ),
    price_silence=("If I answer now I will say something wrong.", "Two blue ticks. @b looked at them for a while."),
    days={
        "join": ("@c: do the pause again", "> There is a voice note of it now. It has reached the next floor."),
        "speak": ("@a [rule-note]: new rule. nobody does voices except the printer", "@b reacts 🙂 to rule-note"),
        "alone": ("> @a brings @b a coffee and says something short. You are too far away to hear it.",),
        "tell": ("> @d has had a word. @a is polite to everybody, like a person carrying a tray.",),
        "silence": ("@a: part two", "> It is about the same phone call. @b is not in the room any more when you look up."),
    },
    days_because={
        "join": "It was passed on with your line in it, to people who have never met @b.",
        "speak": "Once one person had said it, it was easy for the others to agree.",
        "alone": "@a put it right in private, and @b slept.",
        "tell": "It stopped. Nobody was sure any more what could be said, and the cake stopped too.",
        "silence": "What nobody objects to is done again.",
    },
    months={
        "said": ("> @b trains the new ones on the phone now. They are told to do the pause.",),
        "quiet": ("> @b has asked to be moved to a room without a telephone.",),
        "owned": ("@b: you were the only one who answered properly that night",),
        "always": ("> A newcomer scrolls up to see what sort of place this is. It is all still there.",),
    },
    endings=(
        ("A rule about voices", "It is still a funny place. It is funny about the printer."),
        ("In private", "@a never did it again. Most people think that nobody ever minded."),
        ("The pause", "People you have never met do your line. They do not know whom it is about. @b does."),
        ("Scrolled by", "You never said anything unkind. You have looked, several times, and it is true."),
    ),
    cheapest="One line under the first joke would have cost nine quiet minutes.",
)

PHOTO = Trouble(
    name="A photo with a name in it",
    what="Everybody round the cake, grinning. Behind them a board with a name, a room and a date of birth",
    blurb="It is a lovely photo. It is a very lovely photo, and there is a board behind it.",
    note="Somebody's private matter is visible in a picture. It is described, not shown.",
    opening=(
        "@c: eleven days without a complaint. ELEVEN",
        "@a: we should have a photo. we never have photos of anything but faults",
        "@b: not my left side please",
        "> They have been short of two people since spring. Nobody from outside has said thank you.",
    ),
    opening_ask="There is cake, and for once everybody is on shift together.",
    warm=Option(
        "Offer to take it",
        "They deserve one good picture.",
        "You got everybody in, even the one who hides. They liked you for it.",
        "Budge up. @b, other left.",
        ("@c: finally somebody who counts to three before pressing",),
    ),
    careful=Option(
        "Ask whether photos are allowed here",
        "There is bound to be a page about this somewhere.",
        "@d said that {policy} has a page on it. By then the cake was cut.",
        "Are we all right to take photos in here? I honestly do not know.",
        ("@a: its only us",),
    ),
    opening_silence=("I would rather eat the cake.", "They took it without you. You were the only one who was not in it."),
    moment=(
        "@a [photo] (picture): @what.",
        "@c reacts ❤ to photo",
        "@a: posting this everywhere. people should see us like this",
        "> You make it bigger, to find yourself. Then you see the board.",
    ),
    moment_ask="Seven hearts already. Nobody has looked past the cake.",
    join=Option(
        "Share it on",
        "My mother asks every week what I do all day.",
        "Yours was the copy that travelled. Your friends were proud, and some of them read the board.",
        "This is us. Best shift of the year.",
        ("> Sixty-one people like it before you have found your coat.",),
    ),
    speak=Option(
        "Point at the board, where all can read it",
        "They would want to know before it is on the news.",
        "It came down in four minutes, and everybody then knew exactly where to look.",
        "Gorgeous. But look at the board behind us. Can it come down and go up again cropped?",
        ("... 4 minutes", "@a: oh no", "@a: taken down. i feel sick"),
    ),
    alone=Option(
        "Ring @a and crop it for them",
        "@a was so pleased. I would not want to be told in front of everyone.",
        "@a put up the cropped one and thanked you. Nobody told those who had already saved the first.",
        "",
        ("> @a says a word that is not in {policy}. Then: “Show me how one crops.”",),
    ),
    tell=Option(
        "Tell {data_route}",
        "There is somebody whose job this is, and I am not them.",
        "It was written down within the hour, which turned out to matter. @a heard of it from a form.",
        "A photo of our team is going round and there is a name and a date of birth on the board behind.",
        ("> A calm voice asks how many people have seen it. You count the hearts.",),
    ),
    moment_silence=(
        "Nobody reads a board behind a cake.",
        "Somebody reads everything. This time it was the sister of the name on the board.",
    ),
    price=("@b: That name on the board", "@b: I know the family. They have not told anybody yet. Did you see it?"),
    price_ask="It is the evening of the same day.",
    truth=Option(
        "Say that you saw it, and when",
        "If I leave out the when, it is not the truth.",
        "@b rang the family first, so that they heard it from a person. It cost you some of @b's good opinion.",
        "I saw it about a minute after it went up. I will help you put it right.",
        ("@b: ok. then we ring them tonight, before somebody else does",),
    ),
    soothe=Option(
        "Tell @b that you can hardly read it",
        "At that size you really cannot, unless you know.",
        "It was a comfort until about nine o'clock, when somebody sent @b the enlarged one.",
        "You can hardly read it unless you make it really big.",
        ("@b: I made it really big",),
    ),
    price_silence=(
        "I was not the one who posted it.",
        "@b asked the next person. By then the family had been told by a stranger.",
    ),
    days={
        "join": ("> A message from somebody you were at school with: “Is that the one from our street?”",),
        "speak": ("@a: i have drawn a line on the floor. photos face THIS way", "@c: it is a good line"),
        "alone": (
            "> The cropped one hangs in the tea room. The first one is on nine phones, and nobody has asked for it back.",
        ),
        "tell": ("> A short letter has gone to the family. It says what happened, when, and whom they can ring. They ring.",),
        "silence": ("> Someone has put a circle round the board and sent it to @d without a word.",),
    },
    days_because={
        "join": "A picture goes where one's friends are, and so does everything in it.",
        "speak": "It had been up for five minutes and not for five days.",
        "alone": "The one on the wall was harmless. @a slept. That was worth something.",
        "tell": "The family heard it from those who had done it, with a number to ring.",
        "silence": "It was found by somebody who did not like you.",
    },
    months={
        "said": ("> There is a line on the floor with a camera painted on it. Visitors take photos of the line.",),
        "quiet": ("> The family moves to another service. In the letter there is a printout, in colour.",),
        "owned": ("@b: they asked who rang that night. i said one of us",),
        "always": ("> Somebody searches for the name on the board. The picture comes up third.",),
    },
    endings=(
        ("This way up", "There are photos of your team now. One can see everybody, and nobody."),
        (
            "Cropped",
            "It was put right, mostly. Nine phones still have the other one, and so does whatever keeps things for nine phones.",
        ),
        ("Sixty-one likes", "It is the best picture ever taken of you. You cannot look at the left half."),
        ("Behind the cake", "You were the first to see it. Nobody knows that."),
    ),
    cheapest="Before it was taken, somebody only had to turn round.",
)

RUMOUR = Trouble(
    name="A rumour to pass on",
    what="They are closing us in March. It is from somebody who was in the room",
    blurb="It may be true. It would be kind to warn people. It has been forwarded many times.",
    note="People are afraid for their work.",
    opening=(
        "@c: anyone know why there are strangers measuring the ceiling",
        "@a: maybe we get air",
        "@b: I have signed for the house on Monday, so let us say it is air",
        "> Nobody has told you anything official since the spring.",
    ),
    opening_ask="Two people with a laser are writing down how wide you are.",
    warm=Option(
        "Guess along",
        "It is only talk, and it keeps spirits up.",
        "You made them laugh. The guess was the first thing that @b could not stop thinking about.",
        "They are measuring us for a swimming pool.",
        ("@c: deep end in accounts",),
    ),
    careful=Option(
        "Ask @d, alone, what it is about",
        "There is probably a dull answer.",
        "@d did not know either, and was glad that somebody asked instead of guessing.",
        "",
        ("> “I have been told that I will be told,” says @d.",),
    ),
    opening_silence=("Not my ceiling.", "The guessing went on without you and got better every hour."),
    moment=(
        "@a [word] (forwarded many times): @what.",
        "@a: you did NOT get this from me",
        "... 20 seconds",
        "@c: oh my god",
        "@b: Is this real?",
    ),
    moment_ask="@b has asked twice now. Twenty people are reading.",
    join=Option(
        "Warn those whom it would hit",
        "If it were me I would want to know today.",
        "People were grateful to you all evening. Two rang their landlord, and one an agency.",
        "I would not normally. But if you are about to sign anything, wait.",
        ("@b: what should I do about the house",),
    ),
    speak=Option(
        "Ask where it comes from, in front of all",
        "Somebody has to ask, and I have no house.",
        "@a had it from a cousin, who had it from a car park. It stung @a to say so.",
        "Who was in the room? Do we know one name?",
        ("... 6 minutes", "@a: a cousin", "@a: of somebody who parks there"),
    ),
    alone=Option(
        "Write to @b alone",
        "@b is the one it would hurt. The rest is noise.",
        "@b had one calm voice that night. The other nineteen had the rumour.",
        "I do not think anybody knows. Do not undo the house because of a forwarded line.",
        ("@b: ok. breathing",),
    ),
    tell=Option(
        "Ask @d to say something official, now",
        "Silence from above is what this thing eats.",
        "@d got a line out of somebody by nine in the evening. It had cost you a name as the one who makes trouble.",
        "There is something going round about March. People need one true sentence tonight, even if it is “we do not know yet”.",
        ("@d: I will try. You are the third today. The first to ask and not to tell me.",),
    ),
    moment_silence=(
        "If I say it is nonsense and it is not, what then?",
        "Twenty people read it. With nobody doubting it, it was true by the evening.",
    ),
    price=("@b: I rang the bank", "@b: I told them to wait with the house. Was that right? You always seem to know things"),
    price_ask="Half past seven. The bank closes at eight.",
    truth=Option(
        "Say what you know, which is nothing",
        "It is not much, but it is true.",
        "@b rang the bank back with ten minutes left. You looked less clever than before.",
        "I do not know. Nobody here does, me included. If it were me, I would undo nothing tonight.",
        ("@b: ringing them back now",),
    ),
    soothe=Option(
        "Say that waiting never hurts",
        "A week more or less. Better safe.",
        "It sounded wise. The house went to the next on the list on Friday.",
        "You can always sign next week.",
        ("@b: right. yes. next week",),
    ),
    price_silence=("I am not a bank.", "At eight the bank closed. @b had taken no answer for an answer."),
    days={
        "join": ("> Your message has come back to you from another town, with a month added.",),
        "speak": ("@c: update from the car park. the cousin meant the OTHER building", "@a: ok i deserved that"),
        "alone": ("> @b is calm. The agency has rung eleven others.",),
        "tell": (
            "> A mail to all: new ceilings, from March. Two sentences and a telephone number. It is printed out and pinned up.",
        ),
        "silence": ("> Two people have handed in their notice. One was the only one who knew how the heating works.",),
    },
    days_because={
        "join": "A warning from a decent person is what a rumour travels in.",
        "speak": "Once it had a source it had a size, and that was small.",
        "alone": "@b kept a cool head and a place on the list.",
        "tell": "One true sentence, late, did more than twenty kind guesses.",
        "silence": "People act on what they have, and this was all they had.",
    },
    months={
        "said": ("> The ceilings are done. When something goes round now, somebody asks: “Who was in the room?”",),
        "quiet": ("> The ceilings are done. It is colder than before, and there are two empty desks under them.",),
        "owned": ("@b: we moved in. there is no ceiling in the bathroom but it is ours",),
        "always": ("> They did close something in March. It was the car park.",),
    },
    endings=(
        ("Who was in the room", "You are asked for sources now, at birthdays too."),
        (
            "One calm voice",
            "@b says that you kept the roof on. Others there still look up when somebody comes in with a laser.",
        ),
        ("A month added", "You only wanted to warn people. It still comes round, now and then, in your words."),
        ("New ceilings", "You never believed it. You might have mentioned that."),
    ),
    cheapest="While it was still about a laser and a ceiling, one dull answer would have been enough.",
)

ACCOUNT = Trouble(
    name="A post from the wrong account",
    what="Well that was a complete waste of everybody's evening",
    blurb="It was meant for four friends. It has gone out under a name that eleven thousand people know.",
    note="",
    opening=(
        "@a: i have the login for tonight. i have never felt such power",
        "@c: do not post the cat",
        "@b: Is the meeting streamed? I am speaking at half past seven and I am so nervous",
        "> You have the login too. It is on the same phone as everything else you own.",
    ),
    opening_ask="A long evening, a public meeting, one phone.",
    warm=Option(
        "Cheer @b on from the official account",
        "@b is terrified, and it is only a thumb.",
        "@b saw it just before going on, and stood straighter. Somebody asked since when the account has favourites.",
        "@b at half past seven. Worth staying up for.",
        ("@b: was that YOU? 😭 thank you",),
    ),
    careful=Option(
        "Put the official account on another phone",
        "I know what I am like after nine o'clock.",
        "It took twenty minutes and a code that had gone to @d. @d was not amused.",
        "",
        ("... 20 minutes", "> You now have two phones, and two chargers, and both are in the other room."),
    ),
    opening_silence=(
        "I will just listen.",
        "Nobody from the account said a word while @b was speaking. The stream had a comment section.",
    ),
    moment=(
        "> Half past nine. @b has spoken. Somebody heckled.",
        "@a: um",
        "@a: look at the account. NOW",
        "> It has gone out four minutes ago, under {org}'s name: “@what.” You know the wording. It was yours, and it was meant for four friends.",
        "@c: forty people have seen it. @b follows the account",
    ),
    moment_ask="Nobody has asked yet who wrote it. Three people have the login.",
    join=Option(
        "Delete it and say nothing",
        "Forty people. By the time anybody asks, it was never there.",
        "It was gone in a second. Forty people had it, and one had made a picture of it.",
        "",
        ("> It is gone. You refresh, to make sure. You refresh again.",),
    ),
    speak=Option(
        "Say on the account that it was you, and what you meant",
        "An honest mistake looks best when it is still warm.",
        "It was shared more than the slip. People were kind, some at length, and @d was rung at home.",
        "That last post was meant for a private chat and was about a heckler. It was my mistake, not {org}'s. @b was splendid.",
        ("... 10 minutes", "> Four hundred hearts. One of them is from the heckler, which you do not know how to take."),
    ),
    alone=Option(
        "Write to @b before anything else",
        "Eleven thousand strangers can wait. @b cannot.",
        "@b read your message first and the post second, and that order mattered. The post stood for nine minutes longer.",
        "You will see something on the account. It was mine, it was about the heckler, and it went to the wrong place. You were good.",
        ("... 9 minutes", "@b: ok. thank you for telling me. now take it DOWN"),
    ),
    tell=Option(
        "Ring @d",
        "There is surely a way one does this.",
        "There was a way, and it worked, and it began with your name on a form.",
        "",
        (
            "> “Do not delete yet,” says @d, very awake. “Picture first. Then correct it. Then we talk about why you had it on your own phone.”",
        ),
    ),
    moment_silence=(
        "Three people have the login. It need not have been me.",
        "It stood there all night, under somebody else's good name.",
    ),
    price=("@b: People are sending me that post", "@b: They say it is about my speech. Was it one of you three?"),
    price_ask="A quarter to seven the next morning. @a has been asked too, and said: not me.",
    truth=Option(
        "Say that it was you",
        "@a has a child in the bath and a boss on the phone. It was me.",
        "It cost you the login for a month. @a found out who had not let the question stand.",
        "It was me. It was about the man who heckled you. I am sorry that you have to read it.",
        ("@b: he WAS a waste of an evening", "@b: thank you for not making me guess"),
    ),
    soothe=Option(
        "Say that the account must have a glitch",
        "It hurts nobody, and it is almost true.",
        "@b believed it until somebody asked the firm, which writes down who was logged in.",
        "The account has been odd all week. I would not read anything into it.",
        ("@b: oh. ok. odd that it can spell",),
    ),
    price_silence=("If I do not answer, I do not lie.", "@a was asked a second time, by somebody with a list."),
    days={
        "join": ("> A local page has the picture, with a red ring and the words: “What did they delete?”",),
        "speak": ("> A teacher uses it in a lesson: how to say sorry in four lines. She has corrected one comma.",),
        "alone": ("@b: next time i speak, sit in the front and keep your hands where i can see them",),
        "tell": ("> There is a form, with a box for “what we learned”. @d has written: “two phones”.",),
        "silence": ("> They have asked all three of you for your phones. @a has stopped saying good morning.",),
    },
    days_because={
        "join": "What was deleted without a word is worth more than what was said.",
        "speak": "People forgave a person. They would not have forgiven a logo.",
        "alone": "@b had been told first, and told others so.",
        "tell": "It was boring by Thursday, which is what one wants.",
        "silence": "Somebody else was suspected, and knew that you knew.",
    },
    months={
        "said": ("> A page in {policy} has a footnote that only you understand.",),
        "quiet": ("> The account needs two people for every post now. It has not made anybody laugh since.",),
        "owned": ("@a: i never thanked you for saying it was you",),
        "always": ("> @b speaks again. You listen, on a phone that can do nothing else.",),
    },
    endings=(
        (
            "Four lines",
            "You are known for the worst post and for the best correction. You would not have it otherwise, most days.",
        ),
        ("First to know", "@b tells it as a story about friendship. @d tells it as a story about phones."),
        ("What did they delete", "Nobody ever proved it. Everybody ever after knew."),
        ("Somebody with the login", "It was never settled. You still have the login. You have never used it."),
    ),
    cheapest="Before the meeting began, with twenty minutes and another phone.",
)

OWN = Trouble(
    name="Something else, in your own words",
    what="Something has been said that cannot be unsaid",
    blurb="It began as an ordinary day. Write here what a player sees on the card.",
    note="Write what a player may want to know beforehand.",
    opening=(
        "@a: morning all. who has my mug",
        "@c: define my",
        "@b: It has a chip and a moose. I am drinking from it. It is warm in here",
        "> Say here why this is a place worth staying in: somebody helped you last week, and nobody made a thing of it.",
    ),
    opening_ask="An ordinary morning.",
    warm=Option(
        "Play along",
        "One good line, and one belongs.",
        "They liked you. Now they expected you to be quick.",
        "I only borrow mugs with an animal on them.",
        ("@c: this one can stay",),
    ),
    careful=Option(
        "Keep to the point",
        "I am here to work. They seem nice.",
        "@d noticed that you keep to the point. The others noticed it too.",
        "Good morning. Is the rota out yet?",
        ("@a: and good morning to you",),
    ),
    opening_silence=(
        "I will say something when I have something to say.",
        "Nobody held it against you. Nobody held anything for you either.",
    ),
    moment=(
        "> @what",
        "@a: well. there it is",
        "@c: i did not see that coming",
        "> @b has read it. @b has not said anything.",
    ),
    moment_ask="Everybody is waiting for somebody.",
    join=Option(
        "Go along with it",
        "They are good people. They must have thought about it.",
        "It felt like belonging. To @b it looked like agreement.",
        "Can't say I am surprised. Fair enough.",
        ("@a: see",),
    ),
    speak=Option(
        "Say where all can read it that you see it differently",
        "If nobody says it, it is what we all think.",
        "It took the warmth out of the room for an hour. @b could breathe again.",
        "I see that differently. Could we leave @b out of it?",
        ("... 7 minutes", "@a: ok. did not mean it like that"),
    ),
    alone=Option(
        "Write to @a alone",
        "It is easier to change one's mind without an audience.",
        "@a thought again. The others never learned that anybody had minded.",
        "Can I say something about earlier? Just between us.",
        ("@a: go on then",),
    ),
    tell=Option(
        "Bring it to {reporting_route}",
        "It is too big for me, and there are people for that.",
        "It was taken seriously, and slowly. @a knew within a day.",
        "I would like to talk to somebody about what happened today.",
        ("> Somebody listens, and asks when it began. You find that you know.",),
    ),
    moment_silence=("I do not know enough to say anything.", "@b counted those who had kept quiet, and you were one."),
    price=("@b: Can I ask you something", "@b: Were you there when it happened?"),
    price_ask="The same evening. @b does not write to people easily.",
    truth=Option(
        "Say what you saw and what you did",
        "@b should not have to guess.",
        "It was hard to write and hard to read. After it, @b knew where you stood.",
        "I was there. I saw it, and I could have done more.",
        ("@b: thank you for saying so",),
    ),
    soothe=Option(
        "Say that it was not meant that way",
        "It was not. And it would be a comfort.",
        "It was kind, and it closed the door. @b asked nobody else.",
        "I am sure nobody meant anything by it.",
        ("@b: ok",),
    ),
    price_silence=("Whatever I say, it will be wrong.", "@b saw that you had read it."),
    days={
        "join": ("@c: remember what you said? that was the moment it was settled",),
        "speak": ("@c: glad you said something. i had it typed and took it out again",),
        "alone": ("> @a and @b stand at the window and talk. It is short. They both look lighter.",),
        "tell": ("> There are appointments in people's calendars now. @a nods to you, no more.",),
        "silence": ("> It has happened a second time. It was easier than the first.",),
    },
    days_because={
        "join": "Your line was the one that people quoted.",
        "speak": "Two others had been waiting for somebody to go first.",
        "alone": "@a put it right, and did not have to do it in public.",
        "tell": "Something was done about it, by people who had not been there.",
        "silence": "What nobody objects to is done again.",
    },
    months={
        "said": (
            "> It is spoken of as the day when somebody said something. Nobody remembers the words. They remember that it was quiet first.",
        ),
        "quiet": ("> @b has gone to another team. There was a card. You signed it.",),
        "owned": ("@b: i still have what you wrote that evening",),
        "always": ("> A newcomer scrolls up. It is all still there, with names and times.",),
    },
    endings=(
        ("Somebody said something", "It was not a brave sentence. It was there in time."),
        (
            "Between two people",
            "One person thought again because of you. The others never knew that there was anything to think about.",
        ),
        ("Fair enough", "You said two words that were easy. They are the ones you remember."),
        ("An ordinary day", "Nothing ever came of it, for you."),
    ),
    cheapest="While everybody was waiting for somebody.",
)

TROUBLES = {"joke": JOKE, "photo": PHOTO, "rumour": RUMOUR, "account": ACCOUNT, "own": OWN}
"""All kinds, by the word for `--kind`."""
