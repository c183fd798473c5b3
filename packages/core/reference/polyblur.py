"""References for src/polyblur, computed by SciPy and NumPy in double precision.

    python packages/core/reference/polyblur.py    # from the repository root; writes src/polyblur/fixtures/polyblur.json

The picture is smoothed random blocks. Polynomials of the blur are sums of scipy.ndimage's gaussian_filter and convolve, applied one after
another; for the slanted blur on a mirrored picture, since its mirror image is another blur. Slopes and halos follow the paper (Delbracio et al. 2021) with NumPy's shifts. Planes are stored as 16-bit codes of [-0.5, 1.5].
"""
import base64
import json
import pathlib

import numpy as np
from scipy.ndimage import convolve, gaussian_filter, uniform_filter

OUT = pathlib.Path(__file__).resolve().parents[1] / "src" / "polyblur" / "fixtures" / "polyblur.json"
WIDTH, HEIGHT = 48, 40


def encode(values):
    codes = np.round((np.clip(values, -0.5, 1.5) + 0.5) / 2 * 65535).astype("<u2")
    return base64.b64encode(codes.tobytes()).decode()


def polynomial(v, blur, alpha, beta):
    once = blur(v)
    twice = blur(once)
    return (alpha / 2 - beta + 2) * blur(twice) + (3 * beta - alpha - 6) * twice + (5 - 3 * beta + alpha / 2) * once + beta * v


def steered(sigma, rho, theta):
    radius = int(4 * sigma + 0.5)
    y, x = np.mgrid[radius : -radius - 1 : -1, -radius : radius + 1]
    turn = np.deg2rad(theta)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    precision = np.linalg.inv(rotation @ np.diag([sigma**2, (rho * sigma) ** 2]) @ rotation.T)
    points = np.stack([x, y], -1)
    kernel = np.exp(-0.5 * np.einsum("...i,ij,...j", points, precision, points))
    return kernel / kernel.sum()


def gradient(a):
    padded = np.pad(a, 1, mode="edge")
    return (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2, (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2


def without_halos(v, z):
    (vx, vy), (zx, zy) = gradient(v), gradient(z)
    turned = -(vx * zx + vy * zy)
    share = np.where(turned > 0, turned / np.maximum(turned + vx**2 + vy**2, 1e-300), 0)
    return share * v + (1 - share) * z


def without_noise(v, z, variance):
    d = z - v
    energy = uniform_filter(d * d, 5, mode="constant") / uniform_filter(np.ones_like(d), 5, mode="constant")
    return v + np.maximum(0, 1 - 2 * variance / energy) * d


def estimate(v):
    low, high = np.quantile(v, [1e-4, 1 - 1e-4])
    v = np.clip((v - low) / (high - low), 0, 1)
    dx, dy = (v[1:-1, 2:] - v[1:-1, :-2]) / 2, (v[2:, 1:-1] - v[:-2, 1:-1]) / 2
    turns = np.deg2rad(np.arange(0, 180, 5))
    slopes = np.array([np.abs(np.cos(t) * dx - np.sin(t) * dy).max() for t in turns])
    sigma = lambda f: np.sqrt((0.352 / f) ** 2 - 0.764**2)
    wide = int(slopes.argmin())
    return {"sigma": sigma(slopes[wide]), "narrow": sigma(slopes[(wide + 18) % 36]), "theta": 5 * wide}


random = np.random.default_rng(7)
blocks = np.kron(random.uniform(0.05, 0.95, (HEIGHT // 8, WIDTH // 8)), np.ones((8, 8)))
kernel = steered(1.8, 0.5, 30)
picture = gaussian_filter(convolve(blocks, kernel, mode="reflect"), 0.7)
picture = np.round((picture + 0.5) / 2 * 65535) / 65535 * 2 - 0.5
isotropic = polynomial(picture, lambda a: gaussian_filter(a, 1.2, mode="reflect", truncate=4), 2, 3)
padded = np.pad(picture, 32, mode="symmetric")
anisotropic = polynomial(padded, lambda a: convolve(a, kernel, mode="reflect"), 6, 1)[32:-32, 32:-32]
delta = np.zeros((129, 129))
delta[64, 64] = 1
gain = float(((polynomial(delta, lambda a: convolve(a, kernel, mode="constant"), 6, 1) - delta) ** 2).sum())
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps({
    "width": WIDTH, "height": HEIGHT, "picture": encode(picture), "isotropic": encode(isotropic), "anisotropic": encode(anisotropic),
    "gain": gain, "withoutHalos": encode(without_halos(picture, anisotropic)),
    "withoutNoise": encode(without_noise(picture, anisotropic, 0.01**2 * gain)), "estimate": estimate(picture),
}, indent=1) + "\n")
