"""What a card says of other names, and of what holds of somebody in the chat."""

from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT
from console.protocol.people import PersonCard
from console.ui.people.card_words import chat_chips, earlier_names


def card(*names):
    return PersonCard("1", cid="default:hall", user_id="ann", names=names)


def test_other_names_are_told_and_other_spellings_are_not():
    assert earlier_names(card("Ann Lee", "ANN  lee"), "Ann Lee") == ""
    assert earlier_names(card("Ann Lee", "Bo Lind", ""), "Ann Lee") == "earlier Bo Lind"
    assert earlier_names(card("Bo", "Cy"), "Ann") == "earlier Bo, Cy"


def test_a_hostile_name_is_made_visible_and_cut():
    words = earlier_names(card("x\u202e" + "y" * 5_000), "Ann")
    assert "\u202e" not in words
    assert len(words) < 300


def test_what_holds_in_the_chat_is_a_chip():
    assert chat_chips(BANNED_IN_CHAT) == [("chat", "banned from chat", "bad")]
    assert chat_chips(SHADOWED_IN_CHAT) == [("chat", "shadowed in chat", "bad")]
    assert chat_chips("") == []
