"""Tiles that a teacher restored: blurred pictures with its results as targets, where there is no sharp original."""
from pathlib import Path

import numpy as np
import torch

EDGE = 16


class TeacherTiles:
    """`blurred` and `restored` of a file made by `python -m training.train.teacher` (N×256×256×3 uint8)."""

    def __init__(self, path: Path, device: torch.device):
        with np.load(path) as stored:
            tiles = [torch.from_numpy(stored[k]).permute(0, 3, 1, 2).contiguous().to(device) for k in ("blurred", "restored")]
        self.tiles = torch.stack(tiles, 1)

    def crops(self, random: np.random.Generator, count: int, patch: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Blurred and target count×3×patch×patch in [0,1], away from the edges of the tiles, where the teacher lacks context."""
        side = self.tiles.shape[-1]
        room = side - 2 * EDGE - patch
        if room < 0:
            raise ValueError(f"patches of {patch} do not fit into tiles of {side} without their edges of {EDGE}")
        pairs = []
        for _ in range(count):
            top, left = (EDGE + int(random.integers(room + 1)) for _ in range(2))
            pair = self.tiles[random.integers(len(self.tiles)), :, :, top:top + patch, left:left + patch].float() / 255
            pair = pair.flip(-1) if random.random() < 0.5 else pair
            pairs.append(pair.transpose(-1, -2) if random.random() < 0.5 else pair)
        return tuple(torch.stack(pairs).unbind(1))
