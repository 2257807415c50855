"""Figures of speech said plainly before a model reads a text. Pure. English only.

A small sentence model takes "I will kill it on stage" for a threat, as it was shown far more
threats than stages. What a figure means is put in its place; a text without one comes back as it
is.
"""

import re

_SOMEBODY = "(?:me|you|him|her|us|them)"
_WHOSE = "(?:my|your|his|her|our|their)"
_FIGURES = (
    # success and failure
    (
        r"(?:kill(?:ed|ing|s)?|slay(?:ed|ing|s)?|murdered|slaughtered|destroyed|crush(?:ed|ing)?"
        r"|nail(?:ed|ing)?|smash(?:ed|ing)?) it",
        "do well",
    ),
    (rf"(?:shoot|shot|shooting) {_WHOSE} (?:best )?shot", "try"),
    (r"(?:take|taking|took|have|having|had|give it) a (?:shot|stab|crack|swing)(?: at)?", "try"),
    (rf"(?:knock|slay)(?:ed)? (?:'em|{_SOMEBODY}) dead", "impress people"),
    (r"break a leg", "good luck"),
    (r"(?:make|makes|made|making) a killing", "earn well"),
    (
        rf"bomb(?:ed|ing|s)? (?:the|that|an?|{_WHOSE})"
        r" (?:test|exam|audition|interview|set|gig|show|quiz)",
        "fail the test",
    ),
    (
        r"(?:will|would|could|might|going to|gonna) bomb (?:if|unless|when|on stage|again)",
        "fail if",
    ),
    (rf"hit {_WHOSE} (?:marks?|stride|targets?|cue|goals?)", "reach the goal"),
    (r"(?:i am|i'm|he is|he's|she is|she's|we are) dying (?:up|out) there", "it goes badly"),
    # wishes and feelings
    (r"to die for", "wonderful"),
    (r"(?:would|could|'d) (?:kill|murder|die) for (?:an?|some|the|one)", "would like a"),
    (r"(?:would|could|'d) murder (?:an?|some|one)", "would like a"),
    (r"dying to (?=\w)", "eager to "),
    (
        r"(?:dying|dead|died|die|dies) (?:of|from|with) "
        r"(?:laughter|laughing|boredom|hunger|thirst|embarrassment|curiosity|shame|envy)",
        "very tired",
    ),
    (r"(?:die|dying|died) laughing", "laugh"),
    (r"dead (?:tired|inside|on my feet)", "very tired"),
    (rf"(?:love|scare|bore|tickle|work|talk|freeze)[sd]? {_SOMEBODY} to death", "very much"),
    (
        r"(?:mum|mom|dad|mother|father|boss|wife|husband|coach|teacher|parents?|director)"
        r" (?:will|would|is going to|are going to|gonna|'ll) (?:kill|murder) me",
        "will be cross with me",
    ),
    (
        r"(?:feet|foot|back|knees?|legs?|shoes|head|heels|stairs|heat|commute|wait|suspense)"
        r" (?:is|are) killing me",
        "is bad",
    ),
    (r"you(?:'re| are) killing me", "you make me laugh"),
    (rf"blow(?:s|n)? {_WHOSE} (?:head|mind|socks|doors?)(?: (?:off|away))?", "amaze"),
    (r"drop dead gorgeous", "beautiful"),
    (r"over my dead body", "never"),
    (r"(?:i'm|i am|he's|he is|she's|she is|we're|we are|you're|you are) on fire", "doing great"),
    # guns and bullets that are none
    (r"bite the bullet", "accept it"),
    (r"dodged? a bullet", "was lucky"),
    (r"silver bullet", "simple answer"),
    (r"bullet points?", "items"),
    (r"pull(?:ed|ing)? the trigger", "decide"),
    (r"jump(?:ed|ing)? the gun", "start early"),
    (rf"(?:stick|stuck|sticking) to {_WHOSE} guns", "insist"),
    (r"(?:top|nail|glue|spray|heat|squirt|water|massage|radar) guns?", "tool"),
    (
        rf"shoot(?:ing)? {_SOMEBODY} (?:over )?(?:an? )?(?:quick )?"
        r"(?:e-?mail|mail|message|text|line|note|dm)",
        "send a message",
    ),
    (
        r"(?:shoot|shot|shooting) (?:the |some |a few |an? |that )?"
        r"(?:breeze|hoops|baskets|pool|scene|film|video|photos?|pictures?|movie|episode|trailer)",
        "make a film",
    ),
    (r"fire away", "go on and ask"),
    (r"friendly fire", "a mistake"),
    (r"drop(?:ped|ping)? (?:a |the )?(?:bomb|bombshell|beat|bass|mic)", "surprise"),
    (r"(?:photo|bath|cherry) ?bomb(?:s|ed)?", "surprise"),
    # things that are stopped, kitchens, games, stages
    (
        r"kill(?:s|ed|ing)? (?:the |some |that |a |two )?(?:time|lights?|music|sound|volume|mic"
        r"|heat|engine|power|process|job|task|tab|app|server|session|mood|vibe|buzz|birds)",
        "stop it",
    ),
    (r"kill (?:streak|count|feed|cam|switch|joy|score)s?", "score"),
    (r"(?:stole|steal|stealing|took|take|taking) my kill", "took my point"),
    (
        r"beat (?:the |two |three |four |some |all the )?"
        r"(?:eggs?|butter|cream|batter|mixture|dough|whites|yolks|sugar)",
        "stir the eggs",
    ),
    (
        rf"beat(?:ing)? (?:the|an?|{_WHOSE}) (?:man|marker|opponent|defender|keeper|goalkeeper"
        r"|clock|traffic|heat|drums?|record|crowd|queue|odds)",
        "pass the opponent",
    ),
    (r"suicide (?:sprints?|runs?|drills?|squeeze|doors?)", "hard training"),
    (r"death (?:scene|metal|star|march|valley|note|certificate|knight)", "scene"),
    (r"(?:smash|hit|punch) (?:that|the) (?:like|subscribe|bell|follow)(?: button)?", "press like"),
    (rf"put(?:ting)? {_SOMEBODY} (?:on hold|through|on speaker)", "let people wait"),
    (
        r"(?:hang|hung|hanging) (?:out|in there|tight|around|on a|the (?:pictures?|washing"
        r"|laundry|coats?|curtains?|backdrop|lights?|banner|door|posters?))",
        "wait",
    ),
    (rf"stab(?:bed)? {_SOMEBODY} in the back", "was not loyal"),
    (r"stab in the dark", "guess"),
    (r"burn(?:ing|ed|t)? (?:some |the |off )?(?:calories|fat|candle|bridges|rubber)", "use"),
    (r"bloody (?:good|brilliant|lovely|marvellous|cold|hot|mary|great)", "very good"),
)
_EVERY = [
    (re.compile(rf"(?<!\w){figure}(?!\w)", re.IGNORECASE), plain) for figure, plain in _FIGURES
]
_HINT = re.compile(
    r"kill|slay|murder|slaughter|destroyed|crush|nail|smash|sho[ot]t?|stab|crack|swing|dead|die"
    r"|break a leg|bomb|\bhit|dying|death|blow|on fire|bullet|trigger|\bguns?\b|fire|drop|beat"
    r"|suicide|punch|\bput|hang|hung|burn|bloody",
    re.IGNORECASE,
)


def said_plainly(text: str) -> str:
    """``text`` with its figures of speech replaced by what they mean."""
    if _HINT.search(text) is None:
        return text
    for figure, plain in _EVERY:
        text = figure.sub(plain, text)
    return text
