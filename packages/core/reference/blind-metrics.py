"""References for kernelSimilarity and ssdErrorRatio, computed by SciPy 1.17.1 and NumPy 2.4.6 on random kernels and pictures.

    python packages/core/reference/blind-metrics.py        # writes src/metrics/fixtures/blind-metrics.json

Similarity is the largest value of the full cross-correlation of two kernels over the product of their norms (Hu and Yang 2012).
The error ratio is that of sums of squared differences, each the least over whole shifts up to 4 and quarter shifts around the best,
moved by an FFT phase shift (Levin et al. 2009).
"""
import json
import pathlib

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.signal import correlate

HERE = pathlib.Path(__file__).resolve().parent
rng = np.random.default_rng(7)


def kernel(height, width):
    weights = np.round(gaussian_filter(rng.random((height, width)) ** 6, 0.7), 4)
    return weights / weights.sum()


def similarity(a, b):
    return correlate(a, b, mode="full").max() / np.sqrt((a * a).sum() * (b * b).sum())


def least_ssd(x, sharp, border=15, reach=4):
    inner = (slice(border, -border),) * 2
    ssd = lambda moved: ((np.clip(moved, 0, 1)[inner] - sharp[inner]) ** 2).sum()
    best, dy0, dx0 = min(
        (ssd(np.roll(x, (dy, dx), (0, 1))), dy, dx) for dy in range(-reach, reach + 1) for dx in range(-reach, reach + 1)
    )
    padded = np.pad(x, 8, mode="reflect")
    fy, fx = np.fft.fftfreq(padded.shape[0])[:, None], np.fft.fftfreq(padded.shape[1])[None]
    spectrum = np.fft.fft2(padded)
    for dy in np.arange(-0.75, 0.76, 0.25):
        for dx in np.arange(-0.75, 0.76, 0.25):
            phase = np.exp(-2j * np.pi * (fy * (dy0 + dy) + fx * (dx0 + dx)))
            best = min(best, ssd(np.real(np.fft.ifft2(spectrum * phase))[8:-8, 8:-8]))
    return best


def main():
    kernels = [kernel(*shape) for shape in ((7, 7), (5, 9), (11, 8))]
    kernels.append(np.pad(kernels[0], ((3, 0), (0, 2))))
    size = 48
    sharp = gaussian_filter(rng.random((size, size)), 1.5, mode="reflect")
    sharp = np.round(255 * (sharp - sharp.min()) / np.ptp(sharp)).astype(np.uint8)
    moved = lambda sigma, shift: np.round(gaussian_filter(np.roll(sharp / 255, shift, (0, 1)), sigma) * 255).astype(np.uint8)
    blind, known = moved(1.1, (2, -3)), moved(0.8, (-1, 0))
    result = {
        "kernels": [{"width": k.shape[1], "height": k.shape[0], "weights": np.round(k, 9).ravel().tolist()} for k in kernels],
        "similarities": [[similarity(a, b) for b in kernels] for a in kernels],
        "size": size,
        "sharp": sharp.ravel().tolist(),
        "blind": blind.ravel().tolist(),
        "known": known.ravel().tolist(),
        "ratio": least_ssd(blind / 255, sharp / 255) / least_ssd(known / 255, sharp / 255),
    }
    (HERE.parent / "src" / "metrics" / "fixtures" / "blind-metrics.json").write_text(json.dumps(result) + "\n")
    print(result["similarities"], result["ratio"])


if __name__ == "__main__":
    main()
