"""How much worse MAXIM is near the edge of a tile: the measurement behind its halo.

    python -m training.convert.measure_edges [maxim-s1|maxim-s2] [--pairs 4]

Side-by-side tiles share 128 columns. A shared pixel is d from the edge of one tile and 127 − d from that of the other,
so the errors at d and at 127 − d belong to the same pixels of the picture: content does not enter the comparison.
"""
import argparse

import numpy as np
from tqdm import tqdm

from training.convert import pairs, report, runtime
from training.convert.convert import folder_of

TILE, SHARED = 256, 128
BINS = (0, 2, 4, 8, 16, 32, 64)


def column_errors(result: np.ndarray, sharp: np.ndarray) -> np.ndarray:
    """Mean squared error of each column."""
    return np.mean((np.clip(result, 0, 1) - sharp) ** 2, axis=(0, 2))


def measure(id: str, count: int) -> dict:
    network = runtime.session(folder_of(id) / f"{id}.onnx")
    near, far = np.zeros(SHARED // 2), np.zeros(SHARED // 2)
    for name in tqdm(pairs.names()[:count], desc="pairs"):
        blurred, sharp = pairs.load(name)
        for top in (100, 360):
            lefts = [256 + SHARED * i for i in range(4)]
            cut = lambda picture, left: np.ascontiguousarray(picture[top:top + TILE, left:left + TILE])
            errors = [column_errors(runtime.run_maxim(network, cut(blurred, x)), cut(sharp, x)) for x in lefts]
            for left, right in zip(errors, errors[1:]):
                first, second = left[-SHARED:], right[:SHARED]
                near += second[:SHARED // 2] + first[::-1][:SHARED // 2]
                far += first[:SHARED // 2] + second[::-1][:SHARED // 2]
    ranges = list(zip(BINS, BINS[1:]))
    decibels = lambda errors: [round(-10 * float(np.log10(errors[a:b].mean() / (count * 12))), 2) for a, b in ranges]
    at_edge, inside = decibels(near), decibels(far)
    return {"distance_from_edge": [f"{a}–{b - 1}" for a, b in ranges], "psnr": at_edge, "psnr_same_pixels_deep_inside": inside,
            "loss": [round(i - e, 2) for i, e in zip(inside, at_edge)], "pairs": pairs.names()[:count]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("id", nargs="?", default="maxim-s1", choices=["maxim-s1", "maxim-s2"])
    parser.add_argument("--pairs", type=int, default=4)
    options = parser.parse_args()
    report.write(f"edges-{options.id}", f"python -m training.convert.measure_edges {options.id}",
                 measure(options.id, options.pairs))
