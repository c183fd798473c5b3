"""Trains a head on what the trunk made, which stays as it is."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.losses.restoration import restoration_loss
from training.slim.head import DetailHead
from training.train.run import Run
from training.train.settings import TrainSettings
from training.train.validate import COUNTED, Scores, psnr

SCORED = 320


@dataclass(frozen=True)
class Crops:
    """`blurred`, `sharp` B×3×p×p in [0,1], `features` B×32×p/2×p/2 and `correction` B×3×p/2×p/2."""

    blurred: torch.Tensor
    sharp: torch.Tensor
    features: torch.Tensor
    correction: torch.Tensor

    def restored_by(self, network: nn.Module) -> torch.Tensor:
        layout = {"memory_format": torch.channels_last}
        return network(self.blurred.contiguous(**layout), self.features.contiguous(**layout), self.correction.contiguous(**layout))


class FeatureItems:
    """The items of a folder made by `python -m training.slim.features`."""

    def __init__(self, folder: Path, device: torch.device):
        self.paths, self.device = sorted(folder.glob("*.npz")), device
        if not self.paths:
            raise FileNotFoundError(f"{folder} holds no items; make them with python -m training.slim.features -o {folder.parent}")

    def crop(self, number: int, top: int, left: int, patch: int) -> Crops:
        """One item's crop; `top`, `left` and `patch` are even."""
        with np.load(self.paths[number]) as stored:
            cut = lambda name, step: torch.from_numpy(stored[name][None, :, top // step:(top + patch) // step, left // step:(left + patch) // step])
            parts = cut("blurred", 1).float() / 255, cut("sharp", 1).float() / 255, cut("features", 2).float(), cut("correction", 2).float()
        return Crops(*(p.to(self.device) for p in parts))

    def side(self) -> int:
        with np.load(self.paths[0]) as stored:
            return stored["blurred"].shape[-1]


class HeadObjective:
    """Restoration losses on random crops of random items."""

    def __init__(self, items: FeatureItems, settings: TrainSettings):
        self.items, self.settings, self.side = items, settings, items.side()

    def draw(self, step: int) -> tuple[Crops, torch.Tensor]:
        random, patch = np.random.default_rng([self.settings.seed, 5, step]), self.settings.blur.patch
        place = lambda: 2 * int(random.integers((self.side - patch) // 2 + 1))
        crops = [self.items.crop(int(random.integers(len(self.items.paths))), place(), place(), patch) for _ in range(self.settings.batch)]
        together = Crops(*(torch.cat([vars(c)[name] for c in crops]) for name in vars(crops[0])))
        return together, together.sharp

    def loss(self, network: nn.Module, given: Crops, target: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
        with torch.autocast(target.device.type, dtype, enabled=dtype != torch.float32):
            result = given.restored_by(network)
        return restoration_loss(result, target, self.settings.losses)


class HeadValidation:
    """Scores a head on the middles of the held-out items."""

    def __init__(self, folder: Path, device: torch.device):
        middles = lambda items: [items.crop(n, (items.side() - SCORED) // 2, (items.side() - SCORED) // 2, SCORED) for n in range(len(items.paths))]
        self.items = middles(FeatureItems(folder / "held-out", device))
        self.sharp = middles(FeatureItems(folder / "sharp", device))

    @torch.no_grad()
    def __call__(self, network: nn.Module, dtype: torch.dtype) -> Scores:
        counted = lambda pairs: float(torch.cat([psnr(a, b).clamp_max(COUNTED) for a, b in pairs]).mean())
        return Scores(counted([(c.restored_by(network), c.sharp) for c in self.items]), counted([(c.blurred, c.sharp) for c in self.items]),
                      float(torch.cat([psnr(c.restored_by(network), c.sharp) for c in self.sharp]).mean()))


class HeadRun(Run):
    """`settings.features` names the folder of the items."""

    def create_network(self) -> nn.Module:
        return DetailHead()

    def open_data(self):
        folder = Path(self.settings.features)
        return HeadObjective(FeatureItems(folder / "train", self.device), self.settings), HeadValidation(folder, self.device)
