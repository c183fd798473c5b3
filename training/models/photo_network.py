"""`photo-fast`: a U-Net of plain convolutions from half to sixteenth resolution that adds a correction to the picture."""
from collections.abc import Sequence

import torch
from torch import nn

from training.models.blocks import blocks, down, head, stem, up


class PhotoNetwork(nn.Module):
    """N×3×H×W sRGB in [0,1] to the same, not clipped; H and W multiples of `multiple_of`."""

    def __init__(self, channels: Sequence[int] = (32, 64, 128, 160), encoder: Sequence[int] = (1, 2, 2, 2),
                 decoder: Sequence[int] = (2, 2, 2)):
        super().__init__()
        self.multiple_of = 2 ** len(channels)
        self.stem = stem(channels[0])
        self.encoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, encoder))
        self.down = nn.ModuleList(down(a, b) for a, b in zip(channels, channels[1:]))
        self.up = nn.ModuleList(up(b, a) for a, b in zip(channels, channels[1:]))
        self.decoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, decoder))
        self.head = head(channels[0])

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        x = self.encoder[0](self.stem(picture))
        skips = []
        for level in range(len(self.down)):
            skips.append(x)
            x = self.encoder[level + 1](self.down[level](x))
        for level in reversed(range(len(self.up))):
            x = self.decoder[level](self.up[level](x) + skips[level])
        return picture + self.head(x)
