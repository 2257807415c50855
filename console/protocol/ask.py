"""Questions of the window and their answers: one form for all of them."""

from typing import ClassVar

from msgspec import Struct


class _WithId(Struct, frozen=True):
    request_id: str


class Ask(_WithId, frozen=True):
    """A question. Its answer repeats its ``request_id``.

    Attributes:
        newest_only: only the newest question of this class is answered.
        repeatable: asking twice does no harm, so a question that an engine did not answer is asked
            again of the next engine. One that is not repeatable is failed with a sentence instead.
    """

    newest_only: ClassVar[bool] = False
    repeatable: ClassVar[bool] = True


class Answer(_WithId, frozen=True, kw_only=True):
    """What came of a question.

    Attributes:
        asks: the classes of questions that this class answers.
        sentence: empty when all went well; otherwise what to tell the user instead.
        advice: what the user can do about it.
    """

    asks: ClassVar[tuple[type[Ask], ...]] = ()

    sentence: str = ""
    advice: str = ""
