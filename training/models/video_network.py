"""`video-fast`: the photo network with a memory: each level of the encoder also sees what the level held a frame ago."""
from collections.abc import Sequence

import torch
from torch import nn

from training.models.blocks import blocks, down, head, stem, up


class VideoNetwork(nn.Module):
    """One frame and the states to the restored frame and the next states; causal. Start with zeros (`first_states`).

    States are features at 1/2, 1/4, … resolution (N×`memory[i]`×H/2^(i+1)×W/2^(i+1)); at the coarse levels a motion of many
    pixels is a small shift, so no alignment is needed.
    """

    def __init__(self, channels: Sequence[int] = (32, 64, 128, 160), memory: Sequence[int] = (16, 32, 64, 80),
                 encoder: Sequence[int] = (1, 1, 1, 1), decoder: Sequence[int] = (1, 2, 2)):
        super().__init__()
        self.multiple_of = 2 ** len(channels)
        self.memory = tuple(memory)
        self.stem = stem(channels[0])
        self.merge = nn.ModuleList(nn.Conv2d(c + m, c, 3, padding=1) for c, m in zip(channels, memory))
        self.encoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, encoder))
        self.down = nn.ModuleList(down(a, b) for a, b in zip(channels, channels[1:]))
        self.up = nn.ModuleList(up(b, a) for a, b in zip(channels, channels[1:]))
        self.decoder = nn.ModuleList(blocks(c, n) for c, n in zip(channels, decoder))
        self.keep = nn.ModuleList(nn.Conv2d(c, m, 1) for c, m in zip(channels, memory))
        self.head = head(channels[0])

    def state_names(self) -> list[str]:
        """Names of the ONNX inputs; the outputs that follow them are called next_…."""
        return [f"state_{2 ** (i + 1)}" for i in range(len(self.memory))]

    def first_states(self, frame: torch.Tensor) -> list[torch.Tensor]:
        """Zeros in the sizes that go with an N×3×H×W frame."""
        count, _, height, width = frame.shape
        sizes = [(count, m, height >> i + 1, width >> i + 1) for i, m in enumerate(self.memory)]
        return [frame.new_zeros(size) for size in sizes]

    def forward(self, frame: torch.Tensor, *states: torch.Tensor) -> tuple[torch.Tensor, ...]:
        x, skips = self.stem(frame), []
        for level, state in enumerate(states):
            x = self.down[level - 1](x) if level else x
            x = self.encoder[level](x + torch.relu(self.merge[level](torch.cat([x, state], 1))))
            skips.append(x)
        features = [x]
        for level in reversed(range(len(self.up))):
            x = self.decoder[level](self.up[level](x) + skips[level])
            features.insert(0, x)
        next_states = [torch.tanh(keep(f)) for keep, f in zip(self.keep, features)]
        return frame + self.head(x), *next_states


def restore_clip(network: VideoNetwork, clip: torch.Tensor) -> torch.Tensor:
    """N×T×3×H×W frame after frame."""
    states, restored = network.first_states(clip[:, 0]), []
    for frame in clip.unbind(1):
        result, *states = network(frame, *states)
        restored.append(result)
    return torch.stack(restored, 1)
