"""What the list of the search says while there is nothing in it."""

from console.ui.widgets.blank_page import Blank

EMPTY = Blank(
    "search",
    "Lines, chat, frames, acts, notes and names of all calls can be searched.",
    'Words, "phrases", from: call: severity:>=high act: after:today -not regex:',
)
NOT_UNDERSTOOD = Blank("search", "Nothing is searched for until the query can be understood.")
SIGNED_OUT = Blank("search", "What was said can be searched once you are signed in.")
