"""English words that mean no harm, so that no disguise is seen in them.

They are the vocabulary of the sentence model that comes with the program (BERT's: the 22,000 most
frequent words of English books and of Wikipedia), without the few that are harm themselves, and
with words that are known to trip word filters.
"""

from functools import lru_cache
from typing import Final

import msgspec

from console.base.errors import BugError
from console.base.paths import resources

_VOCABULARY = ("models", "all-MiniLM-L6-v2", "tokenizer.json")

_HARM = """
anal arse ass asshole assholes bastard bastards bitch bitches bollocks boobs bullshit cock cocks
crap cum cunt damn damned dick dicks dildo fag faggot fuck fucked fucker fucking goddamn homo idiot
idiots jerk loser moron nazi nazis negro nigger orgasm penis piss pissed porn pussy rape raped
rapist retard retarded shit shitty slut sluts sucks tits vagina whore whores
"""
"""Those of the vocabulary that are insults, slurs or obscene in most of their uses."""

_TRIPPED_OVER = """
analemma assam assyrian balzac bassinet bassoon blackcock boneyard bonner booger bumpkin bustard
buttercup butterfingers buttermilk butternut buttonhole circumvent clitheroe cockatoo cockburn
cockcrow cockermouth cockeye cockeyed cockfight cockfighting cockfosters cockle cockpit cockroach
cockscomb cocktail coonhound coonskin cumbersome cumin cumulus custard dastard dickens dickinson
dickson document dotard essex evaluate hancock headbutt hellcat hellfire hellhole hellhound
horseradish hostler jackscrew jackstraw lightwater matsushita moby niggard niggardly niggle
niggling nigher nutcracker nuthatch nuthouse peacock penistone phuc phuoc pigheaded pizzazz pusey
pussycat screwworm scunthorpe sextant sextet sexton shiitake shitake shitzu shuttlecock shyster
skunk snigger sniggering stopcock sussex titmouse titrate titrating titular titus tromp unsex
uranus weathercock whiner woodcock woodpecker wristwatch
"""
"""Words and names that filters of profanity are known to trip over, also rare ones."""

_FORMS = """
ologies ological ically ability isms ists ology ation ments able ably ally ment less like ism ist
ity dom ful ings ness ers ing ish est es ed ly al s y"""
_ENDINGS: Final = tuple(_FORMS.split())
_ENDINGS_FOR_Y: Final = ("iness", "ily", "ies")
_SHORTEST_STEM = 3
_SHORTEST = 2


class CommonWords:
    """Asks whether a word is one that people use without harm, or a form of one."""

    def __init__(self, frequent: frozenset[str], rare: frozenset[str]) -> None:
        """``rare`` words are common, too, but tell nothing of what stands in them."""
        self.words = frequent | rare
        # To see in which of them a listed word stands, all at once.
        self._row = " ".join(sorted(frequent))

    def has(self, word: str) -> bool:
        """Whether ``word`` (folded) is common, or a grammatical form of what is."""
        if word in self.words:
            return True
        return any(
            stem in self.words or any(each in self.words for each in _stems(stem))
            for stem in _stems(word)
        )

    def hold(self, word: str) -> bool:
        """Whether ``word`` stands within a frequent one: "cock" in "cocktail"."""
        return word in self._row


def _stems(word: str) -> list[str]:
    """What ``word`` may be a grammatical form of."""
    found: list[str] = []
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if _SHORTEST_STEM <= len(stem) < len(word):
            found += (stem, f"{stem}e")
            if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    for ending in _ENDINGS_FOR_Y:
        stem = word.removesuffix(ending)
        if _SHORTEST_STEM <= len(stem) < len(word):
            found.append(f"{stem}y")
    return found


@lru_cache(maxsize=1)
def common_words() -> CommonWords:
    """The words; read once, when a list first asks for them.

    Raises:
        BugError: the file that came with the program is not there, or holds something else.
    """
    path = resources().joinpath(*_VOCABULARY)
    try:
        vocabulary = msgspec.json.decode(path.read_bytes())["model"]["vocab"]
    except (OSError, msgspec.DecodeError, KeyError, TypeError) as error:
        raise BugError(f"The words of {path} cannot be read: {error}.") from error
    usual = {
        word for word in vocabulary if len(word) >= _SHORTEST and word.isascii() and word.isalpha()
    }
    return CommonWords(frozenset(usual.difference(_HARM.split())), frozenset(_TRIPPED_OVER.split()))
