"""Letters of other scripts and symbols that pass for a Latin letter.

A choice from Unicode Technical Standard 39's confusables, limited to what reads as one Latin letter
at normal size. What NFKD already reduces (full width, mathematical, circled) is not repeated here.
"""

_ROWS = {
    "a": "аАαΑɑ∂",
    "b": "ВвьЬΒƄʙ",
    "c": "сСϲϹ¢ᴄ",
    "d": "ԁᏧᴅ",
    "e": "еЕєΕε℮ɛᴇ",
    "f": "ƒϜ",
    "g": "ɡɢ",
    "h": "һНнҺΗʜ",
    "i": "іІιΙɩıɪӀ",
    "j": "јЈϳͿ",
    "k": "кКκΚᴋ",
    "l": "ӏɭʟ",
    "m": "мМΜᴍ",
    "n": "пΝոɴ",
    "o": "оОοΟσօɔᴏ",
    "p": "рРρΡᴘ",
    "q": "ԛԚ",
    "r": "гᴦʀ",
    "s": "ѕЅꜱ",
    "t": "тТτΤᴛ",
    "u": "υՍսᴜ",
    "v": "ѵѴνᴠ",
    "w": "ԝԜѡωᴡ",
    "x": "хХχΧ×",
    "y": "уУүҮΥγʏ",
    "z": "ΖᴢƵƶ",
    "ae": "æÆ",
    "oe": "œŒ",
    "ss": "ß",
}

# Squared, negative-circled and regional letters have no decomposition but are read as letters.
_BLOCKS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)

LOOK_ALIKES: dict[str, str] = {
    look_alike: letter for letter, row in _ROWS.items() for look_alike in row
} | {chr(start + at): chr(ord("a") + at) for start in _BLOCKS for at in range(26)}
LOOK_ALIKES |= {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ħ": "h", "ŧ": "t"}
