"""Exponential moving average of the weights, and gradient clipping that steps over bad gradients."""
import copy

import torch
from torch import nn


class WeightAverage:
    """Keeps a slowly following copy of a network; faster at the start, so that it forgets the first weights."""

    def __init__(self, network: nn.Module, decay: float):
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(list(self.network.parameters()), list(network.parameters()), 1 - decay)


@torch.no_grad()
def limit_gradients(parameters: list[torch.Tensor], limit: float) -> torch.Tensor:
    """Scales all gradients so that their norm is at most `limit`; to zero if it is not finite. Returns the norm before."""
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))
    factor = torch.where(norm.isfinite(), (limit / (norm + 1e-6)).clamp(max=1), 0)
    for gradient in gradients:
        gradient.mul_(factor).nan_to_num_(0, 0, 0)
    return norm
