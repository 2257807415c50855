"""Parquet, read with pyarrow where it is installed: it is large, so it is an extra."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from console.base.errors import WorldError
from console.policy.inputs.table_rows import TableRow, read_table
from console.policy.inputs.understood import Asked, Reading

MISSING = WorldError(
    "Parquet files are read with pyarrow, which is not installed.",
    "Install it with: pip install 'moderator-console[parquet]'",
)
BATCH = 1_000


def read_parquet(file: BinaryIO, _size: int, asked: Asked) -> Reading:
    """The texts of a Parquet file, a thousand rows at a time.

    Raises:
        WorldError: pyarrow is not installed, or the file is damaged.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise MISSING from None
    try:
        table = ParquetFile(file)
        names = [str(name) for name in table.schema_arrow.names]
    except (ArrowException, OSError, ValueError) as error:
        raise WorldError(
            f"The Parquet file could not be read: {str(error).rstrip('. ')}."
        ) from error
    return read_table("Parquet", names, _rows(table), asked)


def _rows(table: Any) -> Iterator[TableRow]:
    number = 0
    for batch in table.iter_batches(batch_size=BATCH):
        for cells in batch.to_pylist():
            number += 1
            yield TableRow(number, cells)
