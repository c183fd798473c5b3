"""The head of `maxim-s1-lite`: enlarges the correction that MAXIM made at half the size, and mends it by what the picture shows at full size."""
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from training.models.blocks import blocks, down, head, stem, up
from training.slim.trunk import CHANNELS

TAPS, OPEN = 5, 2.0


def enlarging_weights() -> torch.Tensor:
    """12×3×5×5: bicubic (Keys 1981, a = −0.75, as PyTorch) to twice the size; output 4c + 2y + x is place (y, x) of channel c."""
    def phase(offset: float) -> np.ndarray:
        distance = np.abs(np.arange(TAPS) - TAPS // 2 - offset)
        near = 1.25 * distance**3 - 2.25 * distance**2 + 1
        far = -0.75 * distance**3 + 3.75 * distance**2 - 6 * distance + 3
        return np.where(distance <= 1, near, np.where(distance < 2, far, 0))

    phases = [phase(-0.25), phase(0.25)]
    weights = torch.zeros(12, 3, TAPS, TAPS)
    for channel in range(3):
        for place in range(4):
            weights[4 * channel + place, channel] = torch.from_numpy(np.outer(phases[place // 2], phases[place % 2]))
    return weights


class DetailHead(nn.Module):
    """N×3×H×W sRGB in [0,1], N×32×H/2×W/2 features and N×3×H/2×W/2 correction to N×3×H×W, not clipped; H and W multiples of 4.

    A fresh one enlarges 88 % of the correction and adds nothing. It learns where to hold the correction back, and what to add.
    """

    def __init__(self, channels: Sequence[int] = (32, 64), encoder: Sequence[int] = (0, 2), decoder: Sequence[int] = (1,)):
        super().__init__()
        self.enlarge = nn.Conv2d(3, 12, TAPS, padding=TAPS // 2, bias=False)
        with torch.no_grad():
            self.enlarge.weight.copy_(enlarging_weights())
        self.stem = stem(channels[0])
        self.merge = nn.Conv2d(channels[0] + CHANNELS, channels[0], 1)
        self.encoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, encoder))
        self.down = nn.ModuleList(down(a, b) for a, b in zip(channels, channels[1:]))
        self.up = nn.ModuleList(up(b, a) for a, b in zip(channels, channels[1:]))
        self.decoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, decoder))
        self.gate = nn.Conv2d(channels[0], 3, 1)
        nn.init.zeros_(self.gate.weight)
        nn.init.constant_(self.gate.bias, OPEN)
        self.head = head(channels[0])

    def forward(self, picture: torch.Tensor, features: torch.Tensor, correction: torch.Tensor) -> torch.Tensor:
        x, skips = self.merge(torch.cat([self.stem(picture), features], 1)), []
        for level in range(len(self.down)):
            skips.append(self.encoder[level](x))
            x = self.down[level](skips[-1])
        x = self.encoder[-1](x)
        for level in reversed(range(len(self.up))):
            x = self.decoder[level](self.up[level](x) + skips[level])
        trusted = correction * torch.sigmoid(self.gate(x))
        return picture + torch.nn.functional.pixel_shuffle(self.enlarge(trusted), 2) + self.head(x)
