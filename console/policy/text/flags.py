"""Flags, which are pairs of regional letters, are no letters. Pure.

Two flags side by side spell a word by accident: Argentina and Sweden do. A row of regional letters
that is not shown as flags only is letters.
"""

import re

_FLAG_RUN = re.compile("[\U0001f1e6-\U0001f1ff]+")
_FIRST = 0x1F1E6
# ISO 3166-1 alpha-2 and the other codes that have a flag (Unicode, emoji-sequences.txt).
_CODES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br
bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cp cq cr cu cv cw cx cy cz de dg dj dk dm
do dz ea ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs
gt gu gw gy hk hm hn hr ht hu ic id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt
mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw
py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td tf
tg th tj tk tl tm tn to tr tt tv tw tz ua ug um un us uy uz va vc ve vg vi vn vu wf ws xk ye yt
za zm zw
"""
_FLAGS = frozenset(_CODES.split())


def without_flags(text: str) -> str:
    """``text`` with a space for each sign of a row that is shown as flags only.

    A row that is not stands for letters, whatever a part of it may show.
    """
    return _FLAG_RUN.sub(_flags_gone, text) if not text.isascii() else text


def _flags_gone(run: re.Match[str]) -> str:
    letters = "".join(chr(ord("a") + ord(char) - _FIRST) for char in run.group())
    pairs = [letters[at : at + 2] for at in range(0, len(letters), 2)]
    return " " * len(letters) if all(pair in _FLAGS for pair in pairs) else run.group()
