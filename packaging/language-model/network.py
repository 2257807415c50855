"""multilingual-e5-small in PyTorch, from the package's weights, with additions that can be learned.

As ``console/models/e5_encoder.py`` computes it, but for the rounding; products in 16 bits,
which processors with AMX compute four times as fast.
"""

import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from console.models.e5_adapters import LAYERS, WIDTHS  # noqa: E402
from console.models.e5_weights import E5Weights  # noqa: E402

WIDTH, PARTS = 384, 12
EPSILON = 1e-12
RANK = 16
FIRST = 6
"""The first layer that learns; those below stay as they are and are computed once."""
DROPPED = 0.1
SHARPNESS = 20.0
"""What vectors of length 1 are times before the heads."""
HALF = torch.bfloat16


class Product(nn.Module):
    """Inputs times the weights ``name``, and an addition of low rank."""

    def __init__(
        self, weights: E5Weights, name: str, wide: int, high: int, *, learns: bool
    ) -> None:
        super().__init__()
        plain = weights.rows(f"{name}.w", wide).plain()
        self.register_buffer("plain", torch.tensor(plain).to(HALF))
        self.register_buffer("bias", torch.tensor(weights.floats(f"{name}.b").copy()).to(HALF))
        self.learns = learns
        if learns:
            self.down = nn.Parameter(torch.randn(RANK, wide) / math.sqrt(wide))
            self.up = nn.Parameter(torch.zeros(high, RANK))

    def forward(self, inputs: Tensor) -> Tensor:
        half = inputs.to(HALF)
        found = functional.linear(half, self.plain, self.bias).float()
        if self.learns:
            low = functional.linear(half, self.down.to(HALF))
            found = found + functional.linear(low, self.up.to(HALF)).float()
        return found


class Layer(nn.Module):
    """Attention, then two products, each added to what went in."""

    def __init__(self, weights: E5Weights, number: int, *, learns: bool) -> None:
        super().__init__()
        self.products = nn.ModuleDict(
            {
                part: Product(
                    weights, f"l{number}.{part}", wide * WIDTH, high * WIDTH, learns=learns
                )
                for part, (wide, high) in WIDTHS.items()
            }
        )
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            flat = torch.tensor(weights.floats(f"l{number}.{name}").copy())
            self.register_buffer(name.replace(".", "_"), flat)
        self.dropped = nn.Dropout(DROPPED) if learns else nn.Identity()

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        many, tokens, _ = states.shape
        asked = [
            self.products[part](states).view(many, tokens, PARTS, -1).transpose(1, 2)
            for part in "qkv"
        ]
        seen = functional.scaled_dot_product_attention(*asked, attn_mask=mask[:, None, None, :])
        seen = seen.transpose(1, 2).reshape(many, tokens, WIDTH)
        states = states + self.dropped(self.products["ao"](seen))
        states = functional.layer_norm(states, (WIDTH,), self.aln_w, self.aln_b, EPSILON)
        inner = self.products["fo"](functional.gelu(self.products["fi"](states)))
        states = states + self.dropped(inner)
        return functional.layer_norm(states, (WIDTH,), self.oln_w, self.oln_b, EPSILON)


class Network(nn.Module):
    """The layers and one linear head a label."""

    def __init__(self, weights: E5Weights, labels: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [Layer(weights, number, learns=number >= FIRST) for number in range(LAYERS)]
        )
        self.heads = nn.Linear(WIDTH, labels)
        self.begin = [torch.tensor(weights.floats(f"emb.ln.{each}").copy()) for each in "wb"]

    @torch.no_grad()
    def below(self, words: Tensor, mask: Tensor) -> Tensor:
        """What goes into the first layer that learns."""
        states = functional.layer_norm(words, (WIDTH,), *self.begin, EPSILON)
        for layer in self.layers[:FIRST]:
            states = layer(states, mask)
        return states

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """The log odds of each label; ``states``: as of :meth:`below`."""
        for layer in self.layers[FIRST:]:
            states = layer(states, mask)
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.heads(functional.normalize(mean, dim=1) * SHARPNESS)

    def additions(self) -> tuple[np.ndarray, np.ndarray]:
        """What was learned, as ``console/models/e5_adapters.py`` reads it."""
        down, up = [], []
        for layer in self.layers[FIRST:]:
            for part in WIDTHS:
                low, high = (
                    each.detach().float().numpy()
                    for each in (layer.products[part].down, layer.products[part].up)
                )
                # 16 bits hold both best where they are of like size.
                share = math.sqrt(max(float(np.abs(high).max()), 1e-9) / float(np.abs(low).max()))
                down.append(low * share)
                up.append(high / share)
        return np.concatenate(down, axis=1), np.concatenate(up, axis=0)
