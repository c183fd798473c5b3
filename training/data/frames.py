"""Real motion blur: means of consecutive frames of a high-frame-rate video, in linear light."""
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from training.data.light import to_linear
from training.data.picture_bank import read_picture, reduce_to, turn

FEWEST, MOST = 5, 15


class FrameBank:
    """Consecutive frames (T×3×H×W uint8) on the training device; at most `most` of them are averaged."""

    def __init__(self, frames: torch.Tensor, most: int = MOST):
        if len(frames) < FEWEST:
            raise ValueError(f"{len(frames)} frames are too few to be averaged; at least {FEWEST} are needed")
        self.frames, self.most = frames, most

    @classmethod
    def read(cls, paths: Sequence[Path], device: torch.device) -> "FrameBank":
        return cls(torch.stack([read_picture(p) for p in tqdm(paths, desc="reading frames", disable=None)]).to(device))

    def window(self, random: np.random.Generator, side: int, frames: int, choice: int = 1) -> torch.Tensor:
        """frames×3×side×side float sRGB in [0,1]: consecutive frames, forwards or backwards in time, of the place that changes
        most of `choice` places."""
        places = [self._place(random, side, frames) for _ in range(choice)]
        place = max(places, key=lambda p: float((p[0, 1].float() - p[-1, 1].float()).abs().mean()))
        crop = turn(reduce_to(place.float() / 255, side), int(random.integers(8)))
        return crop.flip(0) if random.random() < 0.5 else crop

    def _place(self, random: np.random.Generator, side: int, frames: int) -> torch.Tensor:
        """Consecutive squares of bytes, `side` or up to half more wide."""
        start = int(random.integers(len(self.frames) - frames + 1))
        height, width = self.frames.shape[-2:]
        taken = min(round(side * random.uniform(1, 1.5)), height, width) if random.random() < 0.5 else side
        top, left = int(random.integers(height - taken + 1)), int(random.integers(width - taken + 1))
        return self.frames[start:start + frames, :, top:top + taken, left:left + taken]

    def pair(self, random: np.random.Generator, side: int, choice: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
        """Blurred and sharp 3×side×side, linear light: the mean of an odd number of frames and the one in the middle."""
        most = min(self.most, len(self.frames) - 1 + len(self.frames) % 2)
        count = 2 * int(random.integers(FEWEST // 2, most // 2 + 1)) + 1
        linear = to_linear(self.window(random, side, count, choice))
        return linear.mean(0), linear[count // 2]
