"""Batches of blurred and sharp pictures made on the training device. Batch `step` depends on the seed and `step` only."""
from dataclasses import dataclass, field

import numpy as np
import torch

from training.data import camera, motion_fields, psfs
from training.data.camera_shake import draw_paths, paths_to_psfs
from training.data.frames import FrameBank
from training.data.light import blur_valid, crop_centre, to_linear, to_srgb
from training.data.picture_bank import PictureBank

KINDS = ("identity", "shake", "motion", "defocus", "gaussian", "layers", "rotation", "frames")
BY_PSF = KINDS[:5]
CLASSES = ("sharp", "motion", "defocus")
CLASS_OF_KIND = (0, 1, 1, 2, 2, 1, 1, 1)
PATHS = 2048
CHOICE = 6  # places that a crop is usually chosen from


def default_shares() -> dict[str, float]:
    """How often each kind of blur is made."""
    return {"identity": 0.06, "shake": 0.22, "motion": 0.08, "defocus": 0.08, "gaussian": 0.06, "layers": 0.14,
            "rotation": 0.14, "frames": 0.22}


def class_shares() -> dict[str, float]:
    """Each of CLASSES as often as the others, by kinds that are of one class everywhere."""
    return {"identity": 2, "shake": 0.8, "motion": 0.6, "rotation": 0.6, "defocus": 1.2, "gaussian": 0.8}


@dataclass(frozen=True)
class BlurSettings:
    """What is made. Blur reaches at most `margin` pixels to each side; `patch` is a multiple of 16; a share of `clean` is made
    without noise and JPEG; each crop is the most detailed of `choice` of a picture (of real frames, the one that moves most), as there is
    nothing to be learned from sky."""

    patch: int = 192
    margin: int = 32
    shares: dict[str, float] = field(default_factory=default_shares)
    smallest_blur: float = 1.5
    clean: float = 0.0
    choice: int = 1

    def __post_init__(self) -> None:
        if self.choice < 1:
            raise ValueError(f"a crop is chosen from at least 1 place, not {self.choice}")
        if not 0 <= self.clean <= 1:
            raise ValueError(f"the share of clean pictures lies between 0 and 1, not at {self.clean:g}")


@dataclass(frozen=True)
class Batch:
    """B×3×patch×patch sRGB in [0,1]; `kinds` (B) are indices into KINDS."""

    blurred: torch.Tensor
    sharp: torch.Tensor
    kinds: torch.Tensor

    @property
    def classes(self) -> torch.Tensor:
        """B indices into CLASSES."""
        return torch.tensor(CLASS_OF_KIND, device=self.kinds.device)[self.kinds]


class BlurBatches:
    """Draws batches from sharp pictures and, where there are some, real frames."""

    def __init__(self, pictures: PictureBank, frames: FrameBank | None, settings: BlurSettings, seed: int, device: torch.device):
        self.pictures, self.frames, self.settings, self.seed, self.device = pictures, frames, settings, seed, device
        shares = {k: settings.shares.get(k, 0) for k in KINDS}
        if frames is None:
            shares["frames"] = 0
        total = sum(shares.values())
        if not total > 0:
            raise ValueError("no kind of blur has a share above 0")
        self.shares = [shares[k] / total for k in KINDS]
        lengths = np.random.default_rng([seed, 1]).uniform(np.log(0.35 * settings.margin), np.log(1.4 * settings.margin), PATHS)
        generator = torch.Generator(device).manual_seed(seed)
        self.lengths = self._on_device(np.exp(lengths))
        self.paths = draw_paths(self.lengths, generator)

    def batch(self, step: int, count: int) -> Batch:
        """`count` pairs in an order that groups the kinds; their number of each kind is random."""
        random = np.random.default_rng([self.seed, 2, step])
        generator = torch.Generator(self.device).manual_seed(int(random.integers(2**62)))
        kinds = np.sort(random.choice(len(KINDS), count, p=self.shares))
        counts = dict(zip(KINDS, np.bincount(kinds, minlength=len(KINDS)).tolist()))
        pairs = [self._by_psf(random, generator, {k: counts[k] for k in BY_PSF}), self._layers(random, generator, counts["layers"]),
                 self._rotation(random, generator, counts["rotation"]), self._frames(random, generator, counts["frames"])]
        blurred, sharp = (torch.cat([pair[i] for pair in pairs if pair is not None]) for i in (0, 1))
        photographed = camera.photograph(blurred, generator, self.settings.clean)
        return Batch(photographed, to_srgb(sharp), self._on_device(kinds))

    def _on_device(self, values: np.ndarray) -> torch.Tensor:
        """int64 or float32, copied without waiting for what the device is doing."""
        tensor = torch.from_numpy(values)
        return (tensor.float() if tensor.is_floating_point() else tensor).to(self.device, non_blocking=True)

    def linear_pictures(self, random: np.random.Generator, generator: torch.Generator, count: int) -> torch.Tensor:
        """Pictures in linear light with a margin around the patch, highlights above 1."""
        side = self.settings.patch + 2 * self.settings.margin
        linear = to_linear(self.pictures.crops(random, count, side, self.settings.choice))
        return camera.raise_highlights(camera.expose(linear, generator), generator)

    def _scales(self, random: np.random.Generator, count: int, largest: float) -> torch.Tensor:
        """Sizes of blur, as many small ones as large ones by ratio."""
        low = np.log(self.settings.smallest_blur)
        return self._on_device(np.exp(random.uniform(low, max(low, np.log(largest)), count)))

    def shake_paths(self, random: np.random.Generator, count: int) -> torch.Tensor:
        """count×samples×2: paths of the bank, turned, mirrored and scaled."""
        wanted = self._scales(random, count, 1.4 * self.settings.margin)
        index = self._on_device(random.integers(PATHS, size=count))
        angle = self._on_device(random.uniform(0, 2 * np.pi, count))
        x, y = (self.paths[index] * (wanted / self.lengths[index]).view(-1, 1, 1)).unbind(-1)
        cos, sin = torch.cos(angle)[:, None], torch.sin(angle)[:, None]
        return torch.stack([x * cos - y * sin, x * sin + y * cos], -1)

    def _psfs(self, random: np.random.Generator, kind: str, count: int) -> torch.Tensor:
        margin = self.settings.margin
        side = 2 * margin + 1
        if kind == "identity":
            return psfs.delta_psfs(count, side, self.device)
        if kind == "shake":
            return paths_to_psfs(self.shake_paths(random, count), side)
        if kind == "motion":
            angles = self._on_device(random.uniform(0, 180, count))
            return psfs.motion_psfs(self._scales(random, count, 1.4 * margin), angles, side)
        if kind == "defocus":
            return psfs.disk_psfs(self._scales(random, count, margin / 3), side)
        return psfs.gaussian_psfs(self._scales(random, count, margin / 4) * 0.6, side)

    def _by_psf(self, random, generator, counts: dict[str, int]):
        total = sum(counts.values())
        if total == 0:
            return None
        light = self.linear_pictures(random, generator, total)
        kernels = torch.cat([self._psfs(random, kind, n) for kind, n in counts.items() if n])
        return blur_valid(light, kernels).clamp_min(0), crop_centre(light, self.settings.margin)

    def _layers(self, random, generator, count: int):
        if count == 0:
            return None
        background, objects = self.linear_pictures(random, generator, count), self.linear_pictures(random, generator, count)
        masks = motion_fields.random_masks(count, background.shape[-1], int(random.integers(3, 7)), generator)
        kinds = random.choice(["identity", "shake", "motion", "defocus"], (2, count), p=[0.2, 0.3, 0.4, 0.1])
        behind, front = (torch.cat([self._psfs(random, kind, 1) for kind in row]) for row in kinds)
        blurred, sharp = motion_fields.layers(background, objects, masks, behind, front)
        return blurred.clamp_min(0), sharp

    def _rotation(self, random, generator, count: int):
        if count == 0:
            return None
        light = self.linear_pictures(random, generator, count)
        paths = self.shake_paths(random, count) * 0.6
        margin = self.settings.margin
        return motion_fields.rotate_and_zoom(light, paths, generator, margin), crop_centre(light, margin)

    def _frames(self, random, generator, count: int):
        if count == 0:
            return None
        pairs = [self.frames.pair(random, self.settings.patch, self.settings.choice) for _ in range(count)]
        return torch.stack([p[0] for p in pairs]), torch.stack([p[1] for p in pairs])
