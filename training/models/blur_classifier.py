"""`blur-classifier`: says for each 16×16 block whether the picture is sharp, moved or out of focus there."""
from collections.abc import Sequence

import torch
from torch import nn

from training.models.blocks import ResidualBlock, blocks, down, stem
from training.models.contrast import LocalContrast


class BlurClassifier(nn.Module):
    """N×3×H×W sRGB in [0,1] to N×3×H/16×W/16 logits of sharp, motion, defocus. Pooling is left to the caller: tiles agree."""

    def __init__(self, channels: Sequence[int] = (16, 32, 64, 96), depths: Sequence[int] = (1, 1, 2, 2)):
        super().__init__()
        self.multiple_of = 2 ** len(channels)
        layers: list[nn.Module] = [LocalContrast(), stem(channels[0]), blocks(channels[0], depths[0])]
        for before, after, depth in zip(channels, channels[1:], depths[1:]):
            layers += [down(before, after), blocks(after, depth)]
        self.features = nn.Sequential(*layers)
        self.classify = nn.Conv2d(channels[-1], 3, 1)
        self.apply(keep_scale)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.classify(torch.relu(self.features(picture)))


def keep_scale(layer: nn.Module) -> None:
    """Weights with which signals neither fade nor grow on their way (He et al. 2015); blocks start as nearly the identity."""
    if isinstance(layer, nn.Conv2d):
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)
    if isinstance(layer, ResidualBlock):
        with torch.no_grad():
            layer.second.weight *= 0.1


def picture_probabilities(logits: torch.Tensor) -> torch.Tensor:
    """N×3: the mean over the blocks of the probabilities of each."""
    return logits.softmax(1).mean((2, 3))
