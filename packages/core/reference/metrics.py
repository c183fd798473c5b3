"""References for src/metrics, computed by scikit-image 0.26.0, SciPy 1.17.1 and NumPy 2.4.6.

    python packages/core/reference/metrics.py        # from the repository root; writes src/metrics/fixtures/metrics.json

The pictures are crops of one pair of the GoPro set (Nah, Kim, Lee 2017; CC BY 4.0), read from ../shared/data/pairs/gopro240.
MATLAB's ssim of an RGB array is a 3-D filter with edges repeated, which scikit-image does not offer: it is written down
here with scipy.ndimage.gaussian_filter. The aligned PSNR follows its definition with an FFT phase shift.
"""
import base64
import json
import math
import pathlib

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

HERE = pathlib.Path(__file__).resolve().parent
PAIRS = HERE.parents[3] / "shared" / "data" / "pairs" / "gopro240"
STEM = "GOPR0374_11_00_st_frame-815_n_avg-10"
WANG = dict(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1)
LUMA = np.array([0.299, 0.587, 0.114])


def matlab_ssim(a, b):
    def smooth(x):
        return gaussian_filter(x, 1.5, mode="nearest", truncate=3.5)  # radius 5 along every axis
    ua, ub = smooth(a), smooth(b)
    va, vb, cov = smooth(a * a) - ua * ua, smooth(b * b) - ub * ub, smooth(a * b) - ua * ub
    return np.mean((2 * ua * ub + 1e-4) * (2 * cov + 9e-4) / ((ua**2 + ub**2 + 1e-4) * (va + vb + 9e-4)))


def figures(a, b, crop):
    if crop:
        a, b = a[crop:-crop, crop:-crop], b[crop:-crop, crop:-crop]
    axis = dict(channel_axis=-1) if a.ndim == 3 else {}
    luma = (lambda x: x @ LUMA) if a.ndim == 3 else (lambda x: x)
    return {
        "psnr": peak_signal_noise_ratio(a, b, data_range=1),
        "wang": structural_similarity(a, b, **axis, **WANG),
        "wang-luma": structural_similarity(luma(a), luma(b), **WANG),
        "skimage-default": structural_similarity(a, b, **axis, data_range=1),
        "matlab-rgb": float(matlab_ssim(a, b)),
    }


def clipped_psnr(a, b):
    return 10 * math.log10(1 / np.mean((np.clip(a, 0, 1) - b) ** 2))


def aligned_psnr(x, sharp, border=15, reach=4):
    inner = (slice(border, -border),) * 2
    best, dy0, dx0 = max(
        (clipped_psnr(np.roll(x, (dy, dx), (0, 1))[inner], sharp[inner]), dy, dx)
        for dy in range(-reach, reach + 1)
        for dx in range(-reach, reach + 1)
    )
    shift, padded = (dy0, dx0), np.pad(x, 8, mode="reflect")
    fy, fx = np.fft.fftfreq(padded.shape[0])[:, None], np.fft.fftfreq(padded.shape[1])[None]
    spectrum = np.fft.fft2(padded)
    for dy in np.arange(-0.75, 0.76, 0.25):
        for dx in np.arange(-0.75, 0.76, 0.25):
            phase = np.exp(-2j * np.pi * (fy * (dy0 + dy) + fx * (dx0 + dx)))
            moved = np.real(np.fft.ifft2(spectrum * phase))[8:-8, 8:-8]
            value = clipped_psnr(moved[inner], sharp[inner])
            if value > best:
                best, shift = value, (dy0 + dy, dx0 + dx)
    return {"psnr": best, "dy": float(shift[0]), "dx": float(shift[1])}


def encode(x):
    return base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()


def main():
    sharp = np.asarray(Image.open(PAIRS / f"{STEM}_gt.png"))
    blurred = np.asarray(Image.open(PAIRS / f"{STEM}.png"))
    top, left = most_detailed(sharp, 48, 64)
    a = sharp[top : top + 48, left : left + 64]
    b = blurred[top : top + 48, left : left + 64]
    unit = lambda x: x.astype(np.float64) / 255
    pair = {"width": 64, "height": 48, "sharp": encode(a), "blurred": encode(b), "figures": []}
    for crop in (0, 5):
        pair["figures"].append({"crop": crop, "channels": 3, **figures(unit(a), unit(b), crop)})
        pair["figures"].append({"crop": crop, "channels": 1, **figures(unit(a[..., 1]), unit(b[..., 1]), crop)})

    # Quarter-pixel displacements of a real picture: means of 4 x 4 pixels, taken at two offsets on the 4 x finer grid.
    size, top, left = 80, 180, 400
    luma = unit(sharp) @ LUMA
    soft = unit(blurred) @ LUMA
    fine = lambda x, dy, dx: x[top + dy : top + dy + 4 * size, left + dx : left + dx + 4 * size]
    coarse = lambda x: np.round(x.reshape(size, 4, size, 4).mean((1, 3)) * 255).astype(np.uint8)
    reference = coarse(fine(luma, 0, 0))
    aligned = {"size": size, "sharp": encode(reference), "cases": []}
    for dy, dx, source, name in ((0, 0, soft, "blurred"), (9, -6, soft, "blurred"), (-3, 7, luma, "sharp"), (-14, 15, luma, "sharp")):
        moved = coarse(fine(source, dy, dx))
        aligned["cases"].append({"source": name, "fine": [dy, dx], "image": encode(moved), **aligned_psnr(unit(moved), unit(reference))})

    out = HERE.parent / "src" / "metrics" / "fixtures" / "metrics.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    attribution = f"Crops of {STEM} of the GoPro set by Nah, Kim and Lee (2017), CC BY 4.0. Made by packages/core/reference/metrics.py."
    out.write_text(json.dumps({"attribution": attribution, "pair": pair, "aligned": aligned}, indent=1) + "\n")
    print(json.dumps(pair["figures"], indent=1))
    print([{k: v for k, v in c.items() if k != "image"} for c in aligned["cases"]])


def most_detailed(picture, height, width):
    """Upper left corner of the window, on a grid of 16 pixels, with the most gradient energy."""
    grey = picture.astype(np.float64).mean(2)
    energy = np.hypot(*np.gradient(grey))
    places = [(y, x) for y in range(0, grey.shape[0] - height, 16) for x in range(0, grey.shape[1] - width, 16)]
    return max(places, key=lambda p: energy[p[0] : p[0] + height, p[1] : p[1] + width].sum())


if __name__ == "__main__":
    main()
