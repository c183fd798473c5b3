"""Validation on held-out data: the same pairs each time."""
from dataclasses import dataclass

import torch
from torch import nn

from training.data.batches import BlurBatches
from training.data.clips import ClipBatches
from training.models.blur_classifier import picture_probabilities
from training.models.video_network import restore_clip


COUNTED = 40.0


@dataclass(frozen=True)
class Scores:
    """PSNR in dB of restored, blurred, and of sharp pictures given to the network; for a classifier its accuracy.

    Of the first two, at most 40 dB a picture are counted: flat crops reach 60 dB blurred or not and would hide the others.
    """

    score: float
    before: float
    sharp: float


def psnr(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """B decibels (peak 1) of B×… pictures, at most 100."""
    error = (a.float().clamp(0, 1) - b.float()).square().flatten(1).mean(1)
    return -10 * torch.log10(error.clamp_min(1e-10))


class Validation:
    """Holds the pairs (or clips) and scores networks by them."""

    def __init__(self, batches: BlurBatches, task: str, pairs: int, clip_frames: int, chunk: int = 8):
        self.task = task
        if task == "video":
            clips = ClipBatches(batches, clip_frames).batch(0, max(2, pairs // clip_frames))
            self.blurred, self.sharp, self.chunk = clips.blurred, clips.sharp, 2
        else:
            batch = batches.batch(0, pairs)
            self.blurred, self.sharp, self.classes, self.chunk = batch.blurred, batch.sharp, batch.classes, chunk

    @torch.no_grad()
    def __call__(self, network: nn.Module, dtype: torch.dtype) -> Scores:
        run = lambda pictures: torch.cat([self._run(network, part, dtype) for part in pictures.split(self.chunk)])
        if self.task == "classify":
            found = run(self.blurred).argmax(1)
            most = torch.bincount(self.classes).max() / len(self.classes)
            return Scores(float((found == self.classes).float().mean()), float(most), 0.0)
        frames = lambda pictures: pictures.flatten(0, 1) if self.task == "video" else pictures
        blurred, sharp = frames(self.blurred), frames(self.sharp)
        few = self.sharp[:max(1, len(self.sharp) // 4)]
        counted = lambda pictures: float(psnr(pictures, sharp).clamp_max(COUNTED).mean())
        return Scores(counted(frames(run(self.blurred))), counted(blurred),
                      float(psnr(frames(run(few)), frames(few)).mean()))

    def _run(self, network: nn.Module, pictures: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
        with torch.autocast(pictures.device.type, dtype, enabled=dtype != torch.float32):
            if self.task == "video":
                return restore_clip(network, pictures).float()
            result = network(pictures).float()
        return picture_probabilities(result) if self.task == "classify" else result
