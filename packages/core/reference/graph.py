"""References for src/graph/operations: resize by Pillow (antialiased) and SciPy (not), pad by NumPy, luma by scikit-image.

    python packages/core/reference/graph.py        # from the repository root; writes src/graph/fixtures/operations.json
"""
import json
import pathlib

import numpy as np
import PIL
import scipy
import skimage
from PIL import Image
from scipy.ndimage import map_coordinates
from skimage.color import rgb2xyz, rgb2yuv, yuv2rgb

OUT = pathlib.Path(__file__).resolve().parents[1] / "src" / "graph" / "fixtures" / "operations.json"


def rounded(x):
    return [round(float(v), 7) for v in np.asarray(x).ravel()]


def interpolated(picture, height, width):
    rows = np.clip((np.arange(height) + 0.5) * picture.shape[0] / height - 0.5, 0, picture.shape[0] - 1)
    columns = np.clip((np.arange(width) + 0.5) * picture.shape[1] / width - 0.5, 0, picture.shape[1] - 1)
    return map_coordinates(picture, np.meshgrid(rows, columns, indexing="ij"), order=1, mode="nearest")


def main():
    random = np.random.default_rng(3)
    resized = []
    for size, target in (((6, 5), (12, 10)), ((8, 6), (4, 3)), ((9, 7), (4, 10)), ((5, 1), (2, 3))):
        picture = random.random(size[::-1]).astype(np.float32)
        for antialias in (True, False):
            if antialias:
                result = np.asarray(Image.fromarray(picture).resize(target, Image.Resampling.BILINEAR))
            else:
                result = interpolated(picture.astype(np.float64), target[1], target[0])
            resized.append({"size": size, "target": target, "antialias": antialias, "data": rounded(picture), "result": rounded(result)})

    padded = []
    for size, target in (((3, 2), (4, 4)), ((4, 3), (9, 11)), ((1, 2), (3, 3))):
        picture = random.integers(0, 100, (size[1], size[0], 3))
        added = ((0, target[1] - size[1]), (0, target[0] - size[0]), (0, 0))
        for mode, name in (("reflect", "reflect"), ("replicate", "edge")):
            padded.append({"size": size, "target": target, "mode": mode, "data": picture.ravel().tolist(),
                           "result": np.pad(picture, added, mode=name).ravel().tolist()})

    colours = random.random((6, 3))
    yuv = rgb2yuv(colours[None])
    recoloured = yuv.copy()
    recoloured[..., 0] += 0.125
    result = {
        "made with": {"numpy": np.__version__, "scipy": scipy.__version__, "Pillow": PIL.__version__, "scikit-image": skimage.__version__},
        "resized": resized,
        "padded": padded,
        "colours": rounded(colours),
        "luma": rounded(yuv[0, :, 0]),
        "luminance of linear light": rounded(rgb2xyz(skimage.util.img_as_float(encoded(colours))[None])[0, :, 1]),
        "brightened luma": rounded(recoloured[0, :, 0]),
        "brightened": rounded(yuv2rgb(recoloured)),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result) + "\n")


def encoded(linear):
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


if __name__ == "__main__":
    main()
