"""The loss of one step, by task. Data depend on the step only."""
import numpy as np
import torch
from torch import nn

from training.data.batches import BlurBatches
from training.data.clips import ClipBatches
from training.losses.blur_class import class_loss
from training.losses.restoration import restoration_loss
from training.models.video_network import restore_clip
from training.train.settings import TrainSettings
from training.train.teacher_tiles import TeacherTiles


class Objective:
    """Draws the data of a step and computes its loss."""

    def __init__(self, task: str, batches: BlurBatches, settings: TrainSettings, teacher: TeacherTiles | None):
        self.task, self.batches, self.settings, self.teacher = task, batches, settings, teacher
        self.clips = ClipBatches(batches, settings.clip_frames) if task == "video" else None

    def draw(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Input and target."""
        count = self.settings.batch
        if self.clips is not None:
            clips = self.clips.batch(step, count)
            return clips.blurred, clips.sharp
        taught = round(count * self.settings.teacher_share) if self.teacher else 0
        batch = self.batches.batch(step, count - taught)
        if self.task == "classify":
            return batch.blurred, batch.classes
        if not taught:
            return batch.blurred, batch.sharp
        random = np.random.default_rng([self.settings.seed, 4, step])
        blurred, target = self.teacher.crops(random, taught, self.batches.settings.patch)
        return torch.cat([batch.blurred, blurred]), torch.cat([batch.sharp, target])

    def loss(self, network: nn.Module, given: torch.Tensor, target: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
        with torch.autocast(given.device.type, dtype, enabled=dtype != torch.float32):
            if self.clips is not None:
                result = restore_clip(network, given)
            else:
                result = network(given.contiguous(memory_format=torch.channels_last))
        if self.task == "classify":
            return class_loss(result, target)
        return restoration_loss(result.flatten(0, -4), target.flatten(0, -4), self.settings.losses)
