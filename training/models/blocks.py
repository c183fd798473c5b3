"""Parts of the networks: plain 3×3 convolutions with ReLU, which every execution provider runs fast; no normalisation."""
import torch
from torch import nn


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(x))); starts as nearly the identity."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        with torch.no_grad():
            self.second.weight *= 0.1
            self.second.bias.zero_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(torch.relu(self.first(x)))


def blocks(channels: int, count: int) -> nn.Sequential:
    """`count` residual blocks in a row."""
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(count)))


def stem(channels: int) -> nn.Conv2d:
    """Picture to half resolution: a 3×3 convolution of the picture pixel-unshuffled by 2, written as one 6×6 of stride 2.

    SpaceToDepth has no WebGPU kernel, and an input of 12 channels would be a multiple of 3.
    """
    return nn.Conv2d(3, channels, 6, stride=2, padding=2)


def down(inputs: int, outputs: int) -> nn.Conv2d:
    """Half the resolution."""
    return nn.Conv2d(inputs, outputs, 2, stride=2)


def up(inputs: int, outputs: int) -> nn.Sequential:
    """Twice the resolution."""
    return nn.Sequential(nn.Conv2d(inputs, 4 * outputs, 1), nn.PixelShuffle(2))


def head(channels: int) -> nn.Sequential:
    """Features at half resolution to a correction of the picture; starts as zero."""
    convolution = nn.Conv2d(channels, 12, 3, padding=1)
    nn.init.zeros_(convolution.weight)
    nn.init.zeros_(convolution.bias)
    return nn.Sequential(convolution, nn.PixelShuffle(2))
