"""Writes Hindi in Latin letters and Arabic with chat digits, as people type both. Pure.

No standard is followed by those who type so: each choice between usual spellings is drawn, so that
the same word comes in several of them.
"""

import random

_CONSONANTS = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh",
    "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d",
    "ध": "dh", "न": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r",
    "ल": "l", "व": "v", "श": "sh", "ष": "sh", "स": "s", "ह": "h", "ळ": "l",
    "क़": "q", "ख़": "kh", "ग़": "g", "ज़": "z", "ड़": "d", "ढ़": "dh", "फ़": "f",
}  # fmt: skip
_DOTTED = {"k": "q", "kh": "kh", "g": "g", "j": "z", "d": "d", "dh": "dh", "ph": "f"}
_ALONE = {
    "अ": "a", "आ": "aa", "इ": "i", "ई": "ee", "उ": "u", "ऊ": "oo", "ऋ": "ri", "ए": "e", "ऐ": "ai",
    "ओ": "o", "औ": "au", "ऑ": "o",
}  # fmt: skip
_AFTER = {
    "ा": "aa", "ि": "i", "ी": "ee", "ु": "u", "ू": "oo", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o",
    "ौ": "au", "ॉ": "o",
}  # fmt: skip
_SILENT, _DOT = "्", "़"
_NASAL = {"ं", "ँ"}
_ENDS = {"।": ".", "॥": "."}
_HABITS = {
    "है": ("hai", "hai", "h", "he"), "हैं": ("hain", "hai", "hein"), "नहीं": ("nahi", "nahin", "nhi"),
    "में": ("mein", "me", "main"), "मैं": ("main", "mai", "mein"), "और": ("aur", "or"),
    "यह": ("yeh", "ye"), "ये": ("ye", "yeh"), "वह": ("woh", "wo"), "वो": ("wo", "vo", "woh"),
    "बहुत": ("bahut", "bohot", "bahot"), "क्यों": ("kyun", "kyu", "kyon"), "हूं": ("hoon", "hu", "hun"),
    "हूँ": ("hoon", "hu", "hun"), "को": ("ko",), "के": ("ke",), "से": ("se",), "लोग": ("log",),
    "मुझे": ("mujhe", "muje"), "तुम्हें": ("tumhe",), "उन्हें": ("unhe",), "क्या": ("kya",),
    "चाहिए": ("chahiye", "chahie"), "औरतें": ("auratein", "aurte"), "इनको": ("inko",),
}  # fmt: skip
_SPELLINGS = (
    ("aa", ("a", "a", "a", "aa")),
    ("ee", ("i", "i", "ee")),
    ("oo", ("u", "u", "oo")),
    ("v", ("v", "w")),
    ("ph", ("f", "ph")),
    ("chh", ("ch", "chh")),
)

_ARABIC = {
    "ا": ("a",), "أ": ("a",), "إ": ("i", "e"), "آ": ("a", "2a"), "ب": ("b",), "ت": ("t",),
    "ث": ("th", "s"), "ج": ("j", "g"), "ح": ("7",), "خ": ("kh", "5", "7'"), "د": ("d",),
    "ذ": ("th", "z"), "ر": ("r",), "ز": ("z",), "س": ("s",), "ش": ("sh", "ch"), "ص": ("s", "9"),
    "ض": ("d", "9'"), "ط": ("t", "6"), "ظ": ("z",), "ع": ("3",), "غ": ("gh", "3'"), "ف": ("f",),
    "ق": ("q", "9", "2"), "ك": ("k",), "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("h",),
    "ة": ("a", "e", "eh"), "ى": ("a",), "ء": ("2",), "ئ": ("2",), "ؤ": ("2",), "ڤ": ("v",),
    "؟": ("?",), "،": (",",),
}  # fmt: skip
_LONG = {"و": ("o", "u", "ou"), "ي": ("i", "y", "ee")}
_STARTS = {"و": "w", "ي": "y"}
_VOWELS = set("aeiouy")
_ARTICLE = "ال"


def in_latin(hindi: str, rng: random.Random) -> str:
    """Hindi in Latin letters; what is no Devanagari stays."""
    return " ".join(_hindi_word(word, rng) for word in hindi.split())


def is_devanagari(text: str) -> bool:
    return any("\u0900" <= each <= "\u097f" for each in text)


def with_digits(arabic: str, rng: random.Random) -> str:
    """Arabic in Latin letters and digits; short vowels are guessed."""
    return " ".join(_arabic_word(word, rng) for word in arabic.split())


def _hindi_word(word: str, rng: random.Random) -> str:
    bare = word.strip("\"'?,.!।")
    if bare in _HABITS:
        return word.replace(bare, rng.choice(_HABITS[bare])).replace("।", ".")
    written = "".join(_sounds(word))
    for sound, ways in _SPELLINGS:
        if sound in written:
            written = written.replace(sound, rng.choice(ways))
    return written


def _sounds(word: str) -> list[str]:
    """Consonants and vowels, without the short a that is not spoken."""
    found: list[str] = []
    spoken: list[bool] = []  # whether a part is a short a that may be silent
    for sign in word:
        if sign == _DOT and found and spoken[-1]:
            found[-2] = _DOTTED.get(found[-2], found[-2])
        elif sign in _CONSONANTS:
            found += [_CONSONANTS[sign], "a"]
            spoken += [False, True]
        elif sign in _AFTER and found and spoken[-1]:
            found[-1], spoken[-1] = _AFTER[sign], False
        elif sign == _SILENT and found and spoken[-1]:
            found[-1], spoken[-1] = "", False
        else:
            found.append(_ALONE.get(sign, "n" if sign in _NASAL else _ENDS.get(sign, sign)))
            spoken.append(False)
    _silence(found, spoken)
    return found


def _silence(found: list[str], spoken: list[bool]) -> None:
    """Take short a off the end of a word, and from between two spoken syllables."""
    letters = [at for at, part in enumerate(found) if part.isalpha() or part == ""]
    last = letters[-1] if letters else -1
    for at in reversed(range(len(found))):
        if not spoken[at]:
            continue
        begins = at < 2 or not any(part.isalpha() for part in found[: at - 1])
        if at == last and not begins:
            found[at] = ""
        elif 2 <= at < len(found) - 2 and not begins:
            before, after = found[at - 2], found[at + 2]
            vowel_before = before != "" and before[0] in _VOWELS
            if vowel_before and found[at + 1].isalpha() and after != "" and after[0] in _VOWELS:
                found[at] = ""


def _arabic_word(word: str, rng: random.Random) -> str:
    """Letter by letter; a short vowel between two consonants, mostly."""
    head = ""
    if word.startswith(_ARTICLE) and len(word) > 3:
        head, word = rng.choice(("al", "el", "al ", "el ")), word[2:]
    made: list[str] = []
    for at, sign in enumerate(word):
        if sign in _LONG:
            made.append(_STARTS[sign] if at == 0 else rng.choice(_LONG[sign]))
            continue
        if sign not in _ARABIC:
            made.append(sign if not "\u064b" <= sign <= "\u0652" else "")
            continue
        sound = rng.choice(_ARABIC[sign])
        joins = bool(made) and made[-1][-1:] not in _VOWELS | {""} and sound[0] not in _VOWELS
        if joins and sign not in "؟،" and (len(made) < 2 or rng.random() < 0.6):
            made.append(rng.choice("aaie"))
        made.append(sound)
    return head + "".join(made)
