import msgspec
import pytest

from console.base import documents
from console.base.errors import WorldError


class Note(msgspec.Struct):
    text: str
    count: int = 0


def test_what_is_saved_is_loaded(tmp_path):
    path = tmp_path / "folder" / "note.json"
    documents.save(path, Note("so — 中", 3))
    assert documents.load(path, Note) == Note("so — 中", 3)
    assert [file.name for file in path.parent.iterdir()] == ["note.json"]


def test_no_file_is_none(tmp_path):
    assert documents.load(tmp_path / "none.json", Note) is None


@pytest.mark.parametrize("content", [b"{", b'{"text": 1}', b"\xff\xfe", b'{"count": 1}'])
def test_a_bad_file_is_a_clear_error_and_stays(tmp_path, content):
    path = tmp_path / "note.json"
    path.write_bytes(content)
    with pytest.raises(WorldError, match=r"note\.json is not a file this version understands"):
        documents.load(path, Note)
    assert path.read_bytes() == content


def test_a_refused_write_keeps_the_earlier_file(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorldError, match="could not be written"):
        documents.save(tmp_path / "file" / "note.json", Note("a"))
    assert (tmp_path / "file").read_text() == "x"
