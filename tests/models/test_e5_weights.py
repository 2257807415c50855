"""The weights of another package are read only with the bytes that we know."""

import numpy as np
import pytest

from console.base.errors import WorldError
from console.models.e5_evened import places, read_factors, rounded
from console.models.e5_weights import BLOCK, FourBits, e5_file, read_e5
from tests.languages_extra import need_languages


def test_other_bytes_are_refused(tmp_path):
    (tmp_path / "weights").write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(WorldError, match="is not the file that we know"):
        read_e5(tmp_path / "weights")


def test_a_missing_or_empty_file_is_said(tmp_path):
    with pytest.raises(WorldError, match="could not be read"):
        read_e5(tmp_path / "none")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(WorldError, match="could not be read"):
        read_e5(tmp_path / "empty")


def test_four_bits_become_numbers():
    packed = np.full((1, 1, BLOCK // 2), 0x98, np.uint8)  # 8, then 9: 0 and 1 steps
    plain = FourBits(packed, np.array([[0.5]], np.float32)).plain()
    assert plain.shape == (1, BLOCK)
    assert plain[0, :4].tolist() == [0.0, 0.5, 0.0, 0.5]


def test_rounding_keeps_the_largest_of_a_row():
    numbers, scales = rounded(np.array([[1.0, -4.0], [0.5, 0.25]], np.float32))
    assert numbers.T.tolist() == [[32, -127], [127, 64]]
    assert scales.tolist() == pytest.approx([4 / 127, 0.5 / 127])


def test_factors_of_another_length_or_below_zero_are_refused(tmp_path):
    file = tmp_path / "factors.npy"
    np.save(file, np.ones(3))
    with pytest.raises(WorldError, match="other factors"):
        read_factors(file)
    np.save(file, -np.ones(sum(columns for _, columns in places().values())))
    with pytest.raises(WorldError, match="other factors"):
        read_factors(file)
    file.write_bytes(b"no numbers")
    with pytest.raises(WorldError, match="could not be read"):
        read_factors(file)


def test_the_package_holds_the_model_that_we_know():
    need_languages()
    weights = read_e5(e5_file())
    assert weights.hidden == 384
    assert weights.rows("emb.word", 384, [5, 6]).plain().shape == (2, 384)
    pieces, written = weights.vocabulary()
    assert pieces[3][0] == "<unk>"
    assert written[ord("½")] == "1⁄2"
