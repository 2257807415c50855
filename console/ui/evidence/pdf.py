"""The page of an evidence as a PDF; what is there already is not overwritten."""

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QUrl
from PySide6.QtGui import QImage, QPageSize, QPdfWriter, QTextDocument

from console.base.errors import WorldError
from console.protocol.evidence import EvidencePage


def pdf_of(page: EvidencePage) -> bytes:
    """The bytes of the PDF. The page is escaped text without scripts; it fetches nothing."""
    document = QTextDocument()
    for name, jpeg in page.pictures:
        image = QImage.fromData(jpeg)
        document.addResource(int(QTextDocument.ResourceType.ImageResource.value), QUrl(name), image)
    document.setHtml(page.html)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setTitle("Evidence")
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def write_new(path: Path, data: bytes) -> None:
    """Write a new file, readable by its owner only.

    Raises:
        WorldError: it exists already, or the disk refused.
    """
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
    except FileExistsError as error:
        raise WorldError(f"{path} exists already.", "Choose another name.") from error
    except OSError as error:
        raise WorldError(f"{path} could not be written: {error.strerror}.") from error
