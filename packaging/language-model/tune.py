"""Teach the upper layers of multilingual-e5-small what harms: ``tune.py OUTPUT``.

Writes ``down.npy``, ``up.npy`` (the additions) and ``tuned.npz`` (the heads, the lines held back)
into OUTPUT; ``heads.py`` makes the rest of it. Takes about 20 minutes on one core with AMX. See
README.md.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sentences  # noqa: E402  (a neighbour; packaging is no package)
from network import HALF, Network  # noqa: E402

from console.models.e5_adapters import DOWN, UP  # noqa: E402
from console.models.e5_encoder import E5Encoder  # noqa: E402
from console.models.e5_weights import e5_file, read_e5  # noqa: E402
from console.models.plain_spelling import spelled_out  # noqa: E402

MODEL = ROOT / "resources" / "models" / "multilingual-e5-small"
EPOCHS = 3
LEARNED, OF_HEADS = 1e-3, 5e-3
"""How fast additions and heads learn at the start."""
DECAY = 0.01
WARMING = 50
BATCH_TOKENS = 1_000
LONGEST = 64
"""Tokens of an example; ours have 15."""
HELD = 8
"""Of so many lines one is held back."""
SURE, DOUBT = 0.97, 0.005
"""What is learned for a label is not quite 1 and 0, so that scores stay honest."""
SEED = 7


class Examples:
    """The examples as what goes into the first layer that learns."""

    def __init__(self, encoder: E5Encoder, network: Network, texts: Sequence[str]) -> None:
        self.sizes = [min(len(encoder.tokens(text)), LONGEST) for text in texts]
        self._states: list[Tensor] = []
        for text, size in zip(texts, self.sizes, strict=True):
            words = torch.tensor(encoder.looked_up(text)[:, :size])
            mask = torch.ones(1, size, dtype=torch.bool)
            self._states.append(network.below(words, mask)[0].to(HALF))

    def of(self, some: Sequence[int]) -> tuple[Tensor, Tensor]:
        """States and mask of ``some`` beside each other."""
        longest = max(self.sizes[each] for each in some)
        states = torch.zeros(len(some), longest, self._states[0].shape[1])
        mask = torch.zeros(len(some), longest, dtype=torch.bool)
        for row, each in enumerate(some):
            states[row, : self.sizes[each]] = self._states[each].float()
            mask[row, : self.sizes[each]] = True
        return states, mask

    def batches(self, some: Sequence[int]) -> list[list[int]]:
        """``some`` in batches of like length, in a new order each time."""
        order = sorted(some, key=lambda each: self.sizes[each] + random.random() * 6)
        found: list[list[int]] = [[]]
        for each in order:
            longest = max(self.sizes[other] for other in [*found[-1], each])
            if found[-1] and (len(found[-1]) + 1) * longest > BATCH_TOKENS:
                found.append([])
            found[-1].append(each)
        random.shuffle(found)
        return found


def held_back(lines: Sequence[str]) -> frozenset[str]:
    """The lines that nothing learns from."""
    known = sorted(set(lines))
    return frozenset(random.Random(SEED).sample(known, len(known) // HELD))


def rounds(examples: Examples, some: Sequence[int]) -> Iterator[list[int]]:
    """Batch after batch, without an end."""
    while True:
        yield from examples.batches(some)


def learn(network: Network, examples: Examples, wanted: Tensor, some: Sequence[int]) -> None:
    """Teach additions and heads."""
    heads = list(network.heads.parameters())
    added = [each for name, each in network.named_parameters() if "heads" not in name]
    groups = [{"params": added, "weight_decay": DECAY}, {"params": heads, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups)
    steps = len(examples.batches(some)) * EPOCHS
    network.train()
    for step, batch in zip(range(steps), rounds(examples, some), strict=False):
        left = max(0.02, 1 - step / steps)
        optimizer.param_groups[0]["lr"] = LEARNED * min(1.0, step / WARMING) * left
        optimizer.param_groups[1]["lr"] = OF_HEADS * left
        odds = network(*examples.of(batch))
        loss = functional.binary_cross_entropy_with_logits(
            odds, wanted[batch] * SURE + DOUBT, reduction="none"
        )
        loss = loss.sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(added, 1.0)
        optimizer.step()
        if step % 100 == 0:
            sys.stdout.write(f"{step} of {steps}: {loss.item():.3f}\n")
            sys.stdout.flush()
    network.eval()


def main() -> None:
    """Learn and write."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    random.seed(SEED)
    every = sentences.every()
    labels = sorted({label for each in every for label, _ in each.harm})
    wanted = torch.tensor([[float(x in dict(each.harm)) for x in labels] for each in every])
    held = held_back([each.line for each in every])
    some = [at for at, each in enumerate(every) if each.line not in held]
    weights = read_e5(e5_file())
    network = Network(weights, len(labels)).eval()
    texts = [spelled_out(each.text) for each in every]
    learn(network, Examples(E5Encoder(weights, MODEL), network, texts), wanted, some)
    output = Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    down, up = network.additions()
    np.save(output / DOWN, down.astype("<f2"))
    np.save(output / UP, up.astype("<f2"))
    heads = network.heads
    np.savez(
        output / "tuned.npz",
        labels=np.array(labels),
        weights=heads.weight.detach().numpy(),
        bias=heads.bias.detach().numpy(),
        held=np.array(sorted(held)),
    )


if __name__ == "__main__":
    main()
