"""Multiply–accumulates and weights of a network.

    python -m training.models.macs [names]
"""
import sys

import torch
from torch import nn

from training.models.catalogue import NETWORKS, create, task_of


def count_macs(network: nn.Module, side: int = 256) -> int:
    """Multiply–accumulates of the convolutions for one side×side picture or frame."""
    total = 0

    def add(layer: nn.Conv2d, _, output: torch.Tensor) -> None:
        nonlocal total
        total += output[0].numel() * layer.weight[0].numel()

    hooks = [m.register_forward_hook(add) for m in network.modules() if isinstance(m, nn.Conv2d)]
    picture = torch.zeros(1, 3, side, side)
    states = network.first_states(picture) if task_of(network) == "video" else []
    with torch.no_grad():
        network(picture, *states)
    for hook in hooks:
        hook.remove()
    return total


def count_weights(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


if __name__ == "__main__":
    for name in sys.argv[1:] or NETWORKS:
        network = create(name)
        weights = count_weights(network)
        print(f"{name:16} {count_macs(network) / 1e9:7.3f} GMAC per 256²  {weights:9,} weights  {2 * weights / 1e6:6.2f} MB as float16")
