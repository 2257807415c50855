from collections import Counter

from console.domain.act import ActKind
from console.domain.act_table import ACTS, Scope


def test_every_kind_has_exactly_one_row():
    assert set(ACTS) == set(ActKind)
    assert all(kind is spec.kind for kind, spec in ACTS.items())


def test_no_key_is_given_twice():
    keys = Counter(spec.key for spec in ACTS.values() if spec.key)
    assert [key for key, n in keys.items() if n > 1] == []


def test_an_undo_exists_and_has_the_same_scope():
    for spec in ACTS.values():
        if spec.undo is not None:
            assert ACTS[spec.undo].scope is spec.scope


def test_every_act_says_what_it_did_and_to_whom():
    for spec in ACTS.values():
        assert ("{who}" in spec.done) == (spec.scope is not Scope.CALL)
        assert spec.consequence.endswith(".")
