"""Draws what a network did to a picture, and why.

    python -m training.explain photo.jpg --run runs/photo-fast -o map.png [--classifier runs/blur-classifier] [--at ROW COLUMN]

Panels from left to right: the picture, the result, where it was changed (white: by a quarter of the range or more), which
pixels decide the marked pixel (square root of the gradient), and with a classifier the blur it sees (red motion, blue
defocus, green sharp).
"""
import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from training.data.picture_bank import read_picture
from training.explain.maps import blur_map, change_map, influence_map, most_changed, reach, run_frame
from training.train.load_run import load_run

LONGEST = 768


def whole_blocks(picture: torch.Tensor, multiple_of: int) -> torch.Tensor:
    """Without the rows and columns at the end that fill no block."""
    height, width = (n // multiple_of * multiple_of for n in picture.shape[1:])
    return picture[:, :height, :width]


def draw(panels: list[torch.Tensor], mark: tuple[int, int]) -> Image.Image:
    """Panels (3×H×W or H×W in [0,1]) side by side; the marked pixel is framed in each."""
    height, width = panels[0].shape[-2:]
    sheet = Image.new("RGB", (width * len(panels), height))
    pen = ImageDraw.Draw(sheet)
    for i, panel in enumerate(panels):
        colour = panel.expand(3, -1, -1) if panel.ndim == 2 else panel
        pixels = (colour.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).contiguous().numpy()
        sheet.paste(Image.fromarray(np.ascontiguousarray(pixels)), (i * width, 0))
        x, y = i * width + mark[1], mark[0]
        pen.rectangle((x - 4, y - 4, x + 4, y + 4), outline=(255, 220, 0))
    return sheet


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("picture", type=Path)
    parser.add_argument("--run", type=Path, required=True, help="folder of a run of a photo or video network")
    parser.add_argument("--classifier", type=Path, help="folder of a run of the blur classifier")
    parser.add_argument("-o", "--output", type=Path, default=Path("map.png"))
    parser.add_argument("--at", type=int, nargs=2, metavar=("ROW", "COLUMN"), help="the pixel to explain; default: where most was changed")
    options = parser.parse_args(arguments)
    network, _ = load_run(options.run)
    picture = whole_blocks(read_picture(options.picture, LONGEST).float() / 255, 16)
    with torch.no_grad():
        result = run_frame(network, picture[None])[0]
    change = change_map(picture, result)
    row, column = options.at or most_changed(change, 64)
    if not (0 <= row < picture.shape[1] and 0 <= column < picture.shape[2]):
        raise SystemExit(f"row {row}, column {column} lies outside the picture of {picture.shape[2]}×{picture.shape[1]}")
    influence = influence_map(network, picture, row, column)
    panels = [picture, result.clamp(0, 1), (4 * change).clamp(0, 1), influence.sqrt()]
    if options.classifier:
        panels.append(blur_map(load_run(options.classifier)[0], picture))
    draw(panels, (row, column)).save(options.output)
    print(f"{options.output}: changed by {255 * change.mean():.2f} levels on average, {255 * change.max():.0f} at most; "
          f"95 % of what decides row {row}, column {column} lies within {reach(influence, row, column)} pixels")


if __name__ == "__main__":
    main()
