"""Public labelled sentences for ``text_quality``, read from the files their makers publish.

Nothing of them is part of this project; whoever wants the figures fetches the files:

* HateCheck (Röttger and others, ACL 2021; CC BY 4.0): ``test_suite_cases.csv`` of
  github.com/paul-rottger/hatecheck-data.
* The offensive-language task of TweetEval (Barbieri and others, 2020; tweets of OLID, Zampieri and
  others, 2019): the folder ``datasets/offensive`` of github.com/cardiffnlp/tweeteval.
"""

import csv
import re
from pathlib import Path

from msgspec import Struct

from console.base.errors import WorldError

HATECHECK_COLUMNS = ("functionality", "test_case", "label_gold")
HATEFUL, NOT_HATEFUL = "hateful", "non-hateful"


class Case(Struct, frozen=True):
    """One sentence of HateCheck; ``functionality``: what it tries."""

    text: str
    functionality: str
    hateful: bool

    @property
    def threatens(self) -> bool:
        """Whether it is of a functionality of threats."""
        return self.functionality.startswith("threat_")


class Tweet(Struct, frozen=True):
    """One tweet of the offensive-language task."""

    text: str
    offensive: bool


def hatecheck(file: Path) -> list[Case]:
    """The cases, in their order.

    Raises:
        WorldError: the file cannot be read or lacks a column; a label is unknown.
    """
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in HATECHECK_COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise WorldError(f"{file} has no column {missing[0]!r} in its first line.")
            return [_case(file, reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WorldError(f"{file} could not be read: {error}.") from error


def _case(file: Path, line: int, row: dict[str, str]) -> Case:
    label = row["label_gold"].strip()
    if label not in (HATEFUL, NOT_HATEFUL):
        raise WorldError(f"{file}:{line}: the label {label!r} is neither hateful nor non-hateful.")
    return Case(row["test_case"], row["functionality"].strip(), label == HATEFUL)


def offensive(folder: Path) -> list[Tweet]:
    """The tweets of ``test_text.txt`` with their labels in ``test_labels.txt``.

    Raises:
        WorldError: a file cannot be read, or they do not have equally many lines.
    """
    try:
        texts = _lines(folder / "test_text.txt")
        labels = _lines(folder / "test_labels.txt")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"{folder} could not be read: {error}.") from error
    if len(texts) != len(labels):
        raise WorldError(f"{folder} has {len(texts)} texts and {len(labels)} labels.")
    for number, label in enumerate(labels, start=1):
        if label.strip() not in ("0", "1"):
            raise WorldError(
                f"{folder / 'test_labels.txt'}:{number}: {label!r} is neither 0 nor 1."
            )
    return [Tweet(text, label.strip() == "1") for text, label in zip(texts, labels, strict=True)]


def _lines(file: Path) -> list[str]:
    # Not splitlines: tweets hold other signs that end a line for Python.
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def same(text: str) -> str:
    """``text`` without what does not matter when two sentences are compared."""
    return " ".join(re.findall(r"\w+", text.lower()))
