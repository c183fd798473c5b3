"""References for src/image, computed by scikit-image 0.26.0 (sRGB curve, luminance, block mean) and Pillow 13.0.0 (enlargement).

    python packages/core/reference/image.py        # from the repository root; writes src/image/fixtures/image.json
"""
import json
import pathlib

import numpy as np
from PIL import Image
from skimage.color import rgb2xyz
from skimage.measure import block_reduce

OUT = pathlib.Path(__file__).resolve().parent.parent / "src" / "image" / "fixtures" / "image.json"


def rounded(x, digits=9):
    return [round(float(v), digits) for v in np.asarray(x).ravel()]


def main():
    random = np.random.default_rng(7)
    levels = np.arange(256) / 255
    curve = rgb2xyz(np.repeat(levels[:, None], 3, 1)[None])[0, :, 1]  # Y of grey is its linear value
    colours = random.integers(0, 256, (12, 3))
    luminance = rgb2xyz(colours[None] / 255)[0, :, 1]

    reduced = []
    for width, height, factor in ((8, 6, 2), (7, 5, 2), (7, 10, 3), (9, 10, 4), (3, 1, 4)):
        picture = random.integers(0, 256, (height, width))
        padded = np.pad(picture, ((0, -height % factor), (0, -width % factor)), mode="edge")
        mean = block_reduce(padded / 255, (factor, factor), np.mean)
        reduced.append({"width": width, "height": height, "factor": factor, "data": picture.ravel().tolist(), "result": rounded(mean)})

    enlarged = []
    for factor in (2, 3, 4):
        for kernel, method in (("bicubic", Image.Resampling.BICUBIC), ("bilinear", Image.Resampling.BILINEAR)):
            small = random.random((7, 6)).astype(np.float32)
            large = Image.fromarray(small).resize((6 * factor, 7 * factor), method)
            # Pillow leaves taps beyond the edge out and renormalises: only the inner part follows the same rule.
            enlarged.append({"width": 6 * factor, "height": 7 * factor, "factor": factor, "kernel": kernel, "margin": 2 * factor,
                             "data": rounded(small), "result": rounded(np.asarray(large), 7)})

    OUT.parent.mkdir(parents=True, exist_ok=True)
    result = {"curve": rounded(curve), "colours": colours.tolist(), "luminance": rounded(luminance), "reduced": reduced, "enlarged": enlarged}
    OUT.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
