"""Pictures that no network was trained on: pairs of blurred and sharp, read one at a time."""
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.data.camera_shake import camera_shake_psf
from training.data.light import blur_valid, to_linear, to_srgb
from training.data.picture_bank import read_picture
from training.paths import DATA, list_pictures

SHAKE_LENGTHS = (8, 14, 20, 28)


@dataclass(frozen=True)
class Pair:
    """3×H×W float sRGB in [0,1]; both are whole 8-bit levels."""

    name: str
    blurred: torch.Tensor
    sharp: torch.Tensor


@dataclass(frozen=True)
class PictureSet:
    """A name for commands, what it is, and its pairs."""

    name: str
    title: str
    paths: list[Path]
    read: object

    def pairs(self, limit: int | None = None) -> Iterator[Pair]:
        for i, path in enumerate(self.paths[:limit]):
            yield self.read(i, path)


def read_float(path: Path) -> torch.Tensor:
    return read_picture(path).float() / 255


def shake(picture: torch.Tensor, length: float, seed: int) -> torch.Tensor:
    """Blurred by core's camera shake of that length and seed in linear light, mirrored at the edges, rounded to 8 bits."""
    kernel = torch.from_numpy(camera_shake_psf(length, seed))
    radius = max(kernel.shape) // 2
    top, left = (radius - n // 2 for n in kernel.shape)
    psf = torch.nn.functional.pad(kernel, (left, left, top, top))[None].double()
    mirrored = np.pad(picture.numpy(), ((0, 0), (radius, radius), (radius, radius)), mode="symmetric")
    linear = to_linear(torch.from_numpy(mirrored).double())
    return (to_srgb(blur_valid(linear[None], psf)[0]) * 255).round().float() / 255


def gopro_pair(_: int, path: Path) -> Pair:
    return Pair(path.name.removesuffix("_gt.png"), read_float(path.with_name(path.name.replace("_gt", ""))), read_float(path))


def shaken_pair(index: int, path: Path) -> Pair:
    sharp = read_float(path)
    return Pair(path.stem, shake(sharp, SHAKE_LENGTHS[index % len(SHAKE_LENGTHS)], index), sharp)


def sharp_pair(_: int, path: Path) -> Pair:
    sharp = read_float(path)
    return Pair(path.stem, sharp, sharp)


def picture_sets(data: Path = DATA) -> dict[str, PictureSet]:
    """Those whose pictures are there."""
    found = {}
    if (data / "pairs" / "gopro240").is_dir():
        paths = sorted((data / "pairs" / "gopro240").glob("GOPR0374*_gt.png"))
        found["gopro"] = PictureSet("gopro", "GoPro, four pairs of GOPR0374, 1280×720", paths, gopro_pair)
    if (data / "kodak24").is_dir():
        kodak = list_pictures(data / "kodak24")
        lengths = ", ".join(map(str, SHAKE_LENGTHS))
        found["kodak-shake"] = PictureSet("kodak-shake", f"Kodak, 24 pictures, camera shake of length {lengths}, seeds 0 to 23", kodak, shaken_pair)
        found["kodak-sharp"] = PictureSet("kodak-sharp", "Kodak, 24 sharp pictures to themselves", kodak, sharp_pair)
    return found
