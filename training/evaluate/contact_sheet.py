"""Contact sheets: the best, the median and the worst result beside input and sharp picture."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

CROP, LABEL = 320, 18


@dataclass(frozen=True)
class Entry:
    """A crop of a result; PSNR of the whole picture before and after."""

    name: str
    before: float
    after: float
    crops: tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def busiest_crop(sharp: torch.Tensor) -> tuple[slice, slice]:
    """Where the picture has most edges."""
    edges = sharp.mean(0).diff(dim=1)[:-1].abs() + sharp.mean(0).diff(dim=0)[:, :-1].abs()
    side = min(CROP, *edges.shape)
    energy = torch.nn.functional.avg_pool2d(edges[None], side, stride=max(1, side // 4))[0]
    row, column = divmod(int(energy.argmax()), energy.shape[1])
    top, left = (v * max(1, side // 4) for v in (row, column))
    return slice(top, top + side), slice(left, left + side)


def entry(name: str, before: float, after: float, pictures: tuple[torch.Tensor, torch.Tensor, torch.Tensor]) -> Entry:
    """From whole pictures: blurred, restored, sharp (3×H×W)."""
    rows, columns = busiest_crop(pictures[2])
    return Entry(name, before, after, tuple(p[:, rows, columns].clone() for p in pictures))


def picked(entries: list[Entry]) -> list[tuple[str, Entry]]:
    """By gain in dB."""
    ordered = sorted(entries, key=lambda e: e.after - e.before)
    return [("best", ordered[-1]), ("median", ordered[len(ordered) // 2]), ("worst", ordered[0])]


def write_sheet(path: Path, entries: list[Entry]) -> None:
    """Three rows of blurred, restored, sharp."""
    rows = picked(entries)
    height, width = rows[0][1].crops[0].shape[1:]
    sheet = Image.new("RGB", (3 * width, len(rows) * (height + LABEL)), "white")
    draw = ImageDraw.Draw(sheet)
    for i, (label, e) in enumerate(rows):
        top = i * (height + LABEL)
        draw.text((4, top + 3), f"{label}: {e.name}, {e.before:.2f} to {e.after:.2f} dB; blurred, restored, sharp", fill="black")
        for j, crop in enumerate(e.crops):
            pixels = (crop.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
            sheet.paste(Image.fromarray(np.ascontiguousarray(pixels)), (j * width, top + LABEL))
    sheet.save(path)
