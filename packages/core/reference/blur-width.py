"""Pictures of known blur to calibrate and check `estimateBlurWidth` with. Needs NumPy, SciPy, Pillow.

    python packages/core/reference/blur-width.py FOLDER      # writes FOLDER/*.pgm and FOLDER/cases.json (650 MB, 10 minutes)

Then `packages/core/reference/blur-width.ts FOLDER` measures them.

Kodak (../shared/data/kodak24): blurred in linear light by Gaussian, straight motion, disk and camera-shake kernels, then
sRGB-encoded, noise added, rounded to 8 bits; luma. The width of a kernel is sqrt(12) times its standard deviation along
its widest direction, which is the length of the straight streak of that spread. GoPro (../shared/data/pairs/gopro240): the
true width varies over the picture; in each 96 x 96 patch the streak is found that turns the sharp patch into the blurred
one with the least error, and quantiles over patches, weighted by their gradient energy, are stored.
"""
import json
import math
import pathlib
import sys

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from scipy.signal import fftconvolve

DATA = pathlib.Path(__file__).resolve().parents[4] / "shared" / "data"
LUMA = np.array([0.299, 0.587, 0.114])


def linear(x):
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


def encoded(x):
    x = np.clip(x, 0, 1)
    return np.where(x <= 0.0031308, x * 12.92, 1.055 * x ** (1 / 2.4) - 0.055)


def gaussian(sigma):
    r = math.ceil(4 * sigma)
    k = np.zeros((2 * r + 1,) * 2)
    k[r, r] = 1
    return gaussian_filter(k, sigma) if sigma else k


def path(points):
    """PSF of a path given by points (x, y), drawn 8 times finer than the pixels."""
    points = np.asarray(points)
    r = int(np.ceil(np.abs(points).max())) + 1
    fine = np.zeros(((2 * r + 1) * 8,) * 2)
    i = np.round((points + r + 0.5) * 8 - 0.5).astype(int)
    np.add.at(fine, (i[:, 1], i[:, 0]), 1)
    k = fine.reshape(2 * r + 1, 8, 2 * r + 1, 8).sum((1, 3))
    return k / k.sum()


def motion(length, degrees):
    t = np.linspace(-length / 2, length / 2, 64 * int(length) + 1)
    return path(np.stack([t * math.cos(math.radians(degrees)), t * math.sin(math.radians(degrees))], 1))


def shake(length, seed):
    """A smooth random path, scaled to the wanted width."""
    random = np.random.default_rng(seed)
    p = gaussian_filter(np.cumsum(random.normal(size=(2000, 2)), 0), (150, 0))
    p -= p.mean(0)
    p *= length / math.sqrt(12 * np.linalg.eigvalsh(np.cov(p.T)).max())
    return path(p)


def disk(radius):
    y, x = np.mgrid[-20:21, -20:21]
    k = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return k / k.sum()


def width(k):
    y, x = np.mgrid[: k.shape[0], : k.shape[1]].astype(float)
    x, y = x - (x * k).sum(), y - (y * k).sum()
    covariance = [[(x * x * k).sum(), (x * y * k).sum()], [(x * y * k).sum(), (y * y * k).sum()]]
    return math.sqrt(12 * np.linalg.eigvalsh(covariance).max())


def kernels():
    yield "sharp", np.ones((1, 1))
    for sigma in (1, 2, 3, 4.5, 6.5, 9, 12):
        yield "gaussian", gaussian(sigma)
    for i, length in enumerate((5, 9, 13, 18, 25, 35, 45)):
        yield "motion", motion(length, (0, 30, 90, 65, 135, 10, 45)[i])
        yield "motion", motion(length, (90, 120, 20, 0, 75, 160, 0)[i])
    for i, length in enumerate((6, 10, 14, 18, 24, 36)):
        yield "shake", shake(length, i)
    for radius in (2, 4, 7, 11):
        yield "disk", disk(radius)


def blurred(sharp, k):
    r = k.shape[0] // 2
    padded = np.pad(linear(sharp), ((r, r), (r, r), (0, 0)), mode="reflect")
    return encoded(np.stack([fftconvolve(padded[..., c], k, mode="valid") for c in range(3)], 2))


def write(folder, name, grey):
    Image.fromarray(np.round(np.clip(grey, 0, 1) * 255).astype(np.uint8)).save(folder / name)


def kodak(folder):
    random = np.random.default_rng(3)
    for picture in range(1, 25):
        sharp = np.asarray(Image.open(DATA / "kodak24" / f"{picture:02d}.png").convert("RGB")) / 255
        for index, (kind, k) in enumerate(kernels()):
            luma = blurred(sharp, k) @ LUMA
            for noise in (0, 3):
                name = f"kodak{picture:02d}-{index:02d}-{noise}.pgm"
                write(folder, name, luma + random.normal(size=luma.shape) * noise / 255)
                yield {"file": name, "set": "kodak", "picture": picture, "kind": kind, "width": width(k), "noise": noise}


def streaks():
    """Straight streaks and their spectra for patches of 96 pixels with a margin of 32."""
    for length in (1, 3, 5, 7, 9, 12, 15, 18, 22, 27, 33, 40, 48):
        for degrees in range(0, 180, 15) if length > 1 else (0,):
            k = motion(length, degrees)
            yield length, k.shape[0] // 2, np.fft.rfft2(k, (256, 256))


def streak_length(sharp, target, candidates):
    """Length of the straight streak that turns `sharp` (with a margin of 32) best into `target`."""
    spectrum, best = np.fft.rfft2(sharp, (256, 256)), (math.inf, 0)
    for length, r, kernel in candidates:
        v = np.fft.irfft2(spectrum * kernel)[32 + r : 128 + r, 32 + r : 128 + r]
        best = min(best, (((v - target) ** 2).mean(), length))
    return best[1]


def gopro(folder):
    candidates = list(streaks())
    for path_sharp in sorted((DATA / "pairs" / "gopro240").glob("*_gt.png")):
        sharp = np.asarray(Image.open(path_sharp)) / 255
        blurry = np.asarray(Image.open(str(path_sharp).replace("_gt", ""))) / 255
        a, b = linear(sharp) @ LUMA, linear(blurry) @ LUMA
        lengths, weights = [], []
        for y in range(32, a.shape[0] - 128, 96):
            for x in range(32, a.shape[1] - 128, 96):
                part = sharp[y : y + 96, x : x + 96] @ LUMA
                energy = np.hypot(*np.gradient(part))
                lengths.append(streak_length(a[y - 32 : y + 128, x - 32 : x + 128], b[y : y + 96, x : x + 96], candidates))
                weights.append((energy ** 2).sum())
        order = np.argsort(lengths)
        share = np.cumsum(np.array(weights)[order]) / np.sum(weights)
        q = {str(p): float(np.array(lengths)[order][np.searchsorted(share, p / 100)]) for p in (25, 50, 75)}
        for name, grey, quantiles in (("sharp", sharp @ LUMA, None), ("blurred", blurry @ LUMA, q)):
            file = f"{path_sharp.stem.replace('_gt', '')}-{name}.pgm"
            write(folder, file, grey)
            yield {"file": file, "set": "gopro", "picture": path_sharp.stem, "kind": name, "noise": 0, "quantiles": quantiles}


if __name__ == "__main__":
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    cases = [*kodak(out), *gopro(out)]
    (out / "cases.json").write_text(json.dumps(cases, indent=1))
    print(len(cases), "pictures")
