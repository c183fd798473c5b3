"""Sharp pictures held on the training device as bytes; crops of them, reduced, flipped and transposed."""
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tqdm import tqdm

LARGEST_REDUCTION = 2.0


def read_picture(path: Path, longest: int | None = None) -> torch.Tensor:
    """3×H×W uint8 sRGB, reduced so that its long side is at most `longest`."""
    with Image.open(path) as file:
        image = file.convert("RGB")
    if longest and max(image.size) > longest:
        scale = longest / max(image.size)
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    return torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous()


def reduce_to(crops: torch.Tensor, side: int) -> torch.Tensor:
    """N×3×n×n to N×3×side×side, averaged so that nothing aliases."""
    if crops.shape[-1] == side:
        return crops
    return torch.nn.functional.interpolate(crops, (side, side), mode="bilinear", antialias=True)


def turn(picture: torch.Tensor, variant: int) -> torch.Tensor:
    """One of the eight flips and transpositions of the last two dimensions."""
    if variant & 1:
        picture = picture.flip(-1)
    if variant & 2:
        picture = picture.flip(-2)
    return picture.transpose(-1, -2) if variant & 4 else picture


class PictureBank:
    """Pictures (3×H×W uint8) from which square crops are drawn, each picture as often as any other."""

    def __init__(self, pictures: Sequence[torch.Tensor]):
        if not pictures:
            raise ValueError("a picture bank needs at least one picture; name a folder that holds some, or use procedural pictures")
        self.pictures = list(pictures)

    @classmethod
    def read(cls, paths: Sequence[Path], device: torch.device, longest: int | None = None) -> "PictureBank":
        return cls([read_picture(p, longest).to(device) for p in tqdm(paths, desc="reading pictures", disable=None)])

    def __len__(self) -> int:
        return len(self.pictures)

    def crop(self, random: np.random.Generator, side: int, choice: int = 1) -> torch.Tensor:
        """3×side×side float sRGB in [0,1], the most detailed of `choice` places of a picture; pictures smaller than that are
        mirrored at their edges."""
        picture = self.pictures[random.integers(len(self.pictures))]
        places = [any_place(picture, random, side) for _ in range(choice)]
        place = max(places, key=lambda p: detail(p, side))
        return turn(reduce_to(place[None].float() / 255, side)[0], int(random.integers(8)))

    def crops(self, random: np.random.Generator, count: int, side: int, choice: int = 1) -> torch.Tensor:
        """count×3×side×side."""
        return torch.stack([self.crop(random, side, choice) for _ in range(count)])


def any_place(picture: torch.Tensor, random: np.random.Generator, side: int) -> torch.Tensor:
    """A square of bytes, `side` or up to twice that wide."""
    room = min(picture.shape[1:]) / side
    scale = random.uniform(1, min(room, LARGEST_REDUCTION)) if room > 1 and random.random() < 0.5 else 1.0
    taken = round(side * scale)
    picture = enlarge(picture, taken)
    top, left = (int(random.integers(n - taken + 1)) for n in picture.shape[1:])
    return picture[:, top:top + taken, left:left + taken]


def detail(place: torch.Tensor, side: int) -> float:
    """How much blur changes a square of bytes once it is reduced to `side`: the mean absolute step of green."""
    stride = round(place.shape[-1] / side)
    green = place[1, ::stride, ::stride].float()
    return float(green.diff(dim=-1).abs().mean() + green.diff(dim=-2).abs().mean())


def enlarge(picture: torch.Tensor, side: int) -> torch.Tensor:
    """Mirrored at the right and lower edge until both sides are at least `side`."""
    while min(picture.shape[1:]) < side:
        height, width = picture.shape[1:]
        if height < side:
            picture = torch.cat([picture, picture.flip(1)], 1)
        if width < side:
            picture = torch.cat([picture, picture.flip(2)], 2)
    return picture
