"""The rows of a run on disk, so that a million of them cost little memory."""

import tempfile
from array import array

import msgspec

from console.base.errors import WorldError
from console.protocol.lab_runs import RunRow

_encode = msgspec.json.Encoder().encode
_row = msgspec.json.Decoder(RunRow).decode


class _TextOnly(msgspec.Struct):
    text: str


_text = msgspec.json.Decoder(_TextOnly).decode


class RowFile:
    """Rows by number, in a file without a name that ends with its owner."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=1 << 18)  # noqa: SIM115  # closed by close()
        self._starts = array("Q")
        self._lengths = array("I")
        self._end = 0
        self._appending = True

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, row: RunRow) -> None:
        """Keep the next row. Raises WorldError: the disk has no room for it."""
        start = self._end
        self._lengths.append(self._write(row))
        self._starts.append(start)

    def change(self, number: int, row: RunRow) -> None:
        """Keep ``row`` in the place of row ``number``; the file grows by it."""
        start = self._end
        self._lengths[number] = self._write(row)
        self._starts[number] = start

    def _write(self, row: RunRow) -> int:
        data = _encode(row)
        try:
            if not self._appending:
                self._file.seek(self._end)
                self._appending = True
            self._file.write(data)
        except OSError as error:
            raise WorldError(
                f"The lines of the run could not be kept: {error.strerror}.",
                f"They are kept in {tempfile.gettempdir()} while the run is looked at.",
            ) from error
        self._end += len(data)
        return len(data)

    def row(self, number: int) -> RunRow:
        """Row ``number``, from 0."""
        return _row(self.raw(number))

    def text(self, number: int) -> str:
        """Its text alone."""
        return _text(self.raw(number)).text

    def raw(self, number: int) -> bytes:
        """The row as one JSON object without a line break."""
        self._file.seek(self._starts[number])
        self._appending = False
        data: bytes = self._file.read(self._lengths[number])
        return data

    def close(self) -> None:
        """Forget all rows."""
        self._file.close()
