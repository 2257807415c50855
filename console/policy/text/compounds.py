"""What people write together with a word of abuse: "dumb", "head", "my". Pure.

Written from what English does, not from a list of compounds: parts of the body, animals, people,
containers, rubbish, what is done with it, and the little words of a phrase without its spaces.
"""

from functools import lru_cache

_BEFORE = """
absolute any ape bad bat bear big bird black blow brain broke brother brown bug bull bum butt
camel carpet cat chicken circle cluster complete cotton cow crack crap cum cyber dad daddy damn
dead dip dirty dog donkey double drunk dry duck dude dumb dune dung ear eat egg every face fart
fat filthy finger fish fist foot freak freaking frog fudge full gang garbage gay ghetto giga goat
god gold good grass great green gutter hair half hand hard hate head hell high hog holy horse hot
house huge ice island jack jelly jerk jungle junk kick kiss knob lady lame lard lazy lick little
long mass meat mega mental mind mo moda mom mommy money monkey monster moose moth motha mother
mouth mthr mud muff mule mutha muthah muther nasty neck night nose nut old pee pig piss poop poor
pop porch power prairie prick punk rabbit rage rat raw red rice rich river rock rug rump sand scum
sheep shovel sick silly sister skull slap slime small smart smelly snot snow sod sonofa spank spit
spunk stink stinking stupid suck sugar super swamp sweat sweet swine tail tar thick thunder tight
timber tiny toad toe toilet total towel trailer trash trouser turd ugly ultra urine utter water
wax weed wet white wild wise wood worth yak yellow young zipper
"""

_ABUSIVE_BEFORE = """
crap cum dirty dumb eat fat filthy fuck kiss lame lard lazy lick moda mofo motha mother mutha
muther nasty piss punk shit smelly stinking stupid suck ugly
"""

_AFTER = """
arm back bag bait ball balls bandit bang banger banging basket bath beard beast beat biscuit bite
biter biting blast blaster blimp blossom blow boat bomb boot boss bowl box boy boys brain brained
brains bread breath breather bubble bucket buddy bug burger burglar butt butter cake cam camel
candy captain cat cave chaser cheese chin chugger chute clam clown cluster coat cock cocks cop cow
cowboy cracker cream crumb crumpet cup dance dick dip dish dog doll donkey dribble drip drizzle
drop dump dumper dumpster dunk dust eat eater eaters eating face faced faces factory farm feast
fest fight fire fish fit flap flaps flip flower fool freak friend fruit fudge garbage garden gasm
girl girls goat gobbler goblin god grabber grease guzzler hair hammer hand hands hard hat hater
head headed heads heap herd hog hole holes hook hopper hose hound house hugger hump hunter hunting
jam jerk jerky job jobs jockey joint juice jumper kicker killer king kiss kisser kissing kitten
knob knocker knuckle land lard leaf lick licker lickers licking line lip lips liquor load lord
lover lovers maggot magnet man master meal meat melt men milk mind monger mongle mongler monkey
monkeys monster mouse mouth muffin munch muncher munchers munching nazi neck nibbler nose nugget
nut nuts nuzzler oyster pack packer pants party paste patrol pic pie pig pile pilot pimple pipe
pirate pit plug plugger poker pole pony pot potato pouch pound pounder puff puller pump pumper
puncher puppet queen rag raider ram ramming ranger rape rash rat rider riding ring rocket rod roll
rubber sack salad sandwich sauce scratcher scum shark shit shits shop shot show shower sickle
sicle slap slapper slave slime slinger slit slot slug smack smacker smear smell smoker smuggler
snack snake sniff sniffer snot sock spank spanker spear spit splash splat squad squirt stain star
stick sticks stink storm strap stream stroke stroker stuffer suck sucker suckers sucking sucks
surprise swab swallower sweat swine tard tards tart taste taster thirsty thrower tickler toast
toilet tongue tool tower toy trail train trap trash trick tube tunnel twat virus waffle wagon
warrior wash waste water weasel weed whacker whiskey whistle wipe wiper wipes wit wits wizard wolf
woman women worm wrangler yard zip
"""

_HARMLESS_AFTER = """
back ball bird boat box boy cake cat coat crow dog eye fight fire fish girl hand horse hound house
king land leaf line man master men mouth nut pie pit pot queen ring roll shop star tail tube wash
water weed wood worm yard
"""

_GLUE = """
all am and are around as at ate away be big by can da dat destroy dis do dont down eat fat for get
give go goes he her here him his hot in into is it its just kiss know lick like little me mom
mothers mum my need no now of off oh on out over please rent right see she shut so some son stop
stupid such suck take that thats the their them they this to too totally up us want was we what
who why will with ya yo you your youre yours yourself
"""

_GRAMMAR = """
y iest ily in ez z er ing ers es ings ish s ed erz ier ies
"""

_SLANG = """
ator z inator ified tards licious inz ors ie erz face ur oid ola tastic tard as az ville en ah ez
aholic uh o arific alicious a or
"""

_NAMES_END = """
ur oid in ar ward age ola as o az ie ville a en ah
"""

BEFORE = frozenset(_BEFORE.split())
"""Words that go before a word of abuse."""
ABUSIVE_BEFORE = frozenset(_ABUSIVE_BEFORE.split())
"""Those that leave no doubt; "black", "pig" and "horse" go with many a harmless word."""
AFTER = frozenset(_AFTER.split())
"""Words that go behind one."""
HARMLESS_AFTER = frozenset(_HARMLESS_AFTER.split())
"""Those that make plants, animals, tools and dishes of words that may be harmless: "cockboat"."""
GLUE = frozenset(_GLUE.split())
"""Little words of phrases that are written without their spaces."""
OWNERS = ("my", "your", "ur", "the", "his", "her", "that", "this", "ya", "yo", "their")
"""Little words in front of what somebody has or is."""
FORMS = frozenset(_GRAMMAR.split())
"""Grammatical endings, and how they are spoken."""
SLANG_ENDINGS = frozenset(_SLANG.split())
"""What else is put behind a word of abuse."""
NAMES_END = frozenset(_NAMES_END.split())
"""Endings that many names have: too much together with a misspelling."""

_FORMS_OF_PARTNERS = ("s", "z", "y", "er", "ers", "ed", "in", "ing")
_MOST_PIECES = 4


def is_partner(letters: str, partners: frozenset[str]) -> bool:
    """Whether ``letters`` are one of ``partners``, or a form of one: "beater"."""
    return letters in partners or any(
        letters.endswith(ending) and _stem(letters, ending) in partners
        for ending in _FORMS_OF_PARTNERS
    )


def _stem(letters: str, ending: str) -> str:
    stem = letters[: -len(ending)]
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


@lru_cache(maxsize=4096)
def is_phrase(letters: str, pieces: int = _MOST_PIECES) -> bool:
    """Whether ``letters`` are a few little words without their spaces: "kissmy", "yourself"."""
    if letters in GLUE:
        return True
    if pieces < 2:
        return False
    return any(
        letters[:at] in GLUE and is_phrase(letters[at:], pieces - 1)
        for at in range(1, len(letters))
    )
