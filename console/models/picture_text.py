"""Text in pictures, by PP-OCR's models out of the package rapidocr. Nothing is fetched."""

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rapidocr import RapidOCR

from console.base.errors import WorldError
from console.base.plain_file import read_bytes

MAX_BYTES = 64 << 20
LONGEST_SIDE = 960
"""Text is looked for in a larger picture after it was made as small as this."""

_MODELS = {
    "Det": (
        "PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ),
    "Cls": (
        "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
    ),
    "Rec": (
        "PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    ),
}
"""By part: file and SHA-256. Named to it, since it downloads what it misses by itself."""


class PictureText:
    """Reads text. Not safe in several threads."""

    def __init__(self) -> None:
        """Load the models.

        Raises:
            WorldError: one of them is missing, or not the one we know.
        """
        found = importlib.util.find_spec("rapidocr")
        folder = Path(str(found.origin if found else "")).parent / "models"
        settings: dict[str, object] = {
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # Its usual way makes small pictures larger before it looks for text, which costs ten
            # times as much: 2.5 s of a processor for a frame of 320 by 180.
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
        }
        for part, (name, sha256) in _MODELS.items():
            if hashlib.sha256(read_bytes(folder / name, MAX_BYTES)).hexdigest() != sha256:
                raise WorldError(
                    f"The model {name} of rapidocr is not the one that is known.",
                    "Install the extra “media” again; text in pictures is not read meanwhile.",
                )
            settings[f"{part}.model_path"] = str(folder / name)
        self._reader = RapidOCR(params=settings)

    def read(self, frame: Image.Image) -> tuple[str, ...]:
        """The lines of text in ``frame``, from the top."""
        bgr = np.ascontiguousarray(np.asarray(frame)[:, :, ::-1])
        found: Any = self._reader(bgr)  # its class depends on what was asked for
        return tuple(found.txts or ())
