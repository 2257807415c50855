"""Write a BERT-like sentence model in ONNX form with weights in 8 bits.

Usage: export.py FOLDER OUTPUT. FOLDER is a published model in the layout of sentence-transformers.
"""

import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoTokenizer

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUT = "last_hidden_state"
# The newest one that the exporter without tracing of symbols writes and all runtimes read.
OPSET = 17


class Hidden(torch.nn.Module):
    """Only the last layer's output, under a name of its own."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        found = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return found.last_hidden_state


def export(folder: Path, output: Path) -> None:
    """Write ``output/model.onnx`` and ``output/tokenizer.json``."""
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    sample = AutoTokenizer.from_pretrained(folder)(
        ["two texts of", "different length, both short"], return_tensors="pt", padding=True
    )
    sizes = {0: "batch", 1: "sequence"}
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "model.onnx"
        torch.onnx.export(
            Hidden(model),
            tuple(sample[name] for name in INPUTS),
            str(whole),
            input_names=INPUTS,
            output_names=[OUTPUT],
            dynamic_axes=dict.fromkeys((*INPUTS, OUTPUT), sizes),
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole, output / "model.onnx", weight_type=QuantType.QInt8, per_channel=True
        )
    (output / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
