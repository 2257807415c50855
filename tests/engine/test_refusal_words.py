"""No refusal reaches a moderator in the words of the API."""

import re

import pytest

from console.domain.acts.table import ACTS
from console.domain.call import capability_words
from console.engine.wire.refusals import RefusedError

API_WORDS = re.compile(r"[a-z][A-Z]|failed with error|\b\w+-\w+-?\w*\b(?<!sign-in)|_")

CODES = (-1, 0, 2, 3, 4, 5, 9, 16, 17, 22, 40, 41, 42, 43, 46, 60, 69, 70, 73, 99, 1000)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 413, 500, 502, 503])
def test_a_refusal_is_a_plain_sentence_and_stream_is_quoted_in_the_details(code, status):
    said = "MuteUsers failed with error: \"user 'ann' is not allowed to send-audio\""

    refused = RefusedError(code, status, said, retryable=False)

    assert not API_WORDS.search(refused.sentence), refused.sentence
    assert refused.sentence.endswith((".", "?"))
    assert str(refused) == refused.sentence
    assert refused.details == said


CAPABILITIES = sorted({spec.capability for spec in ACTS if spec.capability})


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_what_a_role_may_not_do_is_named_in_plain_words(capability):
    assert "-" not in capability_words(capability)
