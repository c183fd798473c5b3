"""Short blurred and sharp clips for recurrent networks: objects and background that move along paths, and real frames."""
from dataclasses import dataclass

import numpy as np
import torch

from training.data import camera, motion_fields
from training.data.batches import BlurBatches
from training.data.camera_shake import paths_to_psfs
from training.data.light import to_linear, to_srgb

REAL_SHARE = 0.4
EXPOSED, STRIDES = (5, 7, 9, 11), (8, 10, 12)


@dataclass(frozen=True)
class Clips:
    """B×T×3×patch×patch sRGB in [0,1]."""

    blurred: torch.Tensor
    sharp: torch.Tensor


def segment_psfs(paths: torch.Tensor, frame: int, frames: int, exposure: float, side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """PSFs (B×side×side) of a frame: its part of the paths (B×samples×2), and the whole pixel where it is at mid-exposure."""
    samples = paths.shape[1] // frames
    start, length = frame * samples, max(2, round(samples * exposure))
    part = paths[:, start:start + length]
    middle = part[:, length // 2:length // 2 + 1]
    whole = middle.round()
    return paths_to_psfs(part + (whole - middle), side), paths_to_psfs(whole, side)


class ClipBatches:
    """Draws clips of `frames` frames with the pictures, frames and paths of `batches`."""

    def __init__(self, batches: BlurBatches, frames: int = 6):
        self.batches, self.frames = batches, frames
        real = batches.frames
        self.has_real = real is not None and len(real.frames) >= STRIDES[-1] * frames

    def batch(self, step: int, count: int) -> Clips:
        """`count` clips, the same for the same step."""
        random = np.random.default_rng([self.batches.seed, 3, step])
        generator = torch.Generator(self.batches.device).manual_seed(int(random.integers(2**62)))
        real = int(random.binomial(count, REAL_SHARE)) if self.has_real else 0
        parts = ([self._real(random, real)] if real else []) + ([self._moving(random, generator, count - real)] if real < count else [])
        blurred, sharp = (torch.cat([p[i] for p in parts]) for i in (0, 1))
        photographed = camera.photograph(blurred.flatten(0, 1), generator, self.batches.settings.clean).view_as(blurred)
        return Clips(photographed, to_srgb(sharp))

    def _real(self, random: np.random.Generator, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        patch, blurred, sharp = self.batches.settings.patch, [], []
        for _ in range(count):
            exposed, stride = int(random.choice(EXPOSED)), int(random.choice(STRIDES))
            exposed = min(exposed, stride - 1)
            window = to_linear(self.batches.frames.window(random, patch, stride * self.frames, self.batches.settings.choice))
            intervals = window.view(self.frames, stride, *window.shape[1:])[:, :exposed]
            blurred.append(intervals.mean(1))
            sharp.append(intervals[:, exposed // 2])
        return torch.stack(blurred), torch.stack(sharp)

    def _moving(self, random: np.random.Generator, generator: torch.Generator, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        batches, side = self.batches, 2 * self.batches.settings.margin + 1
        background, objects = batches.linear_pictures(random, generator, count), batches.linear_pictures(random, generator, count)
        masks = motion_fields.random_masks(count, background.shape[-1], int(random.integers(3, 7)), generator)
        behind, front = batches.shake_paths(random, count), batches.shake_paths(random, count)
        exposure = float(random.uniform(0.4, 1))
        blurred, sharp = [], []
        for frame in range(self.frames):
            moved, still = zip(*(segment_psfs(p, frame, self.frames, exposure, side) for p in (behind, front)))
            blurred.append(motion_fields.layers(background, objects, masks, *moved)[0].clamp_min(0))
            sharp.append(motion_fields.layers(background, objects, masks, *still)[0].clamp_min(0))
        return torch.stack(blurred, 1), torch.stack(sharp, 1)
