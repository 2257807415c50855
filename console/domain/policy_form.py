"""What a person needs to write a policy: its words, with a sentence each."""

from msgspec import Struct


class Word(Struct, frozen=True):
    """One thing that may be written. ``insert`` is what is written for it, ``|`` the cursor."""

    name: str
    help: str = ""
    insert: str = ""

    @property
    def text(self) -> str:
        """What to write."""
        return self.insert or self.name
