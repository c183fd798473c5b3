"""References for src/deconvolution/plug-and-play, computed by NumPy in double precision.

    python packages/core/reference/plug-and-play.py    # from the repository root; writes fixtures/plug-and-play.json there

Half-quadratic splitting with a denoiser simple enough to be written twice: it mixes a pixel with its four neighbours (circular), the more
the higher the level. The picture is random blocks blurred by a slanted stroke, circular; the stroke and the picture are stored as 16-bit
codes of [-0.5, 1.5], as are the results.
"""
import base64
import json
import pathlib

import numpy as np

OUT = pathlib.Path(__file__).resolve().parents[1] / "src" / "deconvolution" / "plug-and-play" / "fixtures" / "plug-and-play.json"
WIDTH, HEIGHT, NOISE = 40, 30, 0.02


def encode(values):
    codes = np.round((np.clip(values, -0.5, 1.5) + 0.5) / 2 * 65535).astype("<u2")
    return base64.b64encode(codes.tobytes()).decode()


def decode(text):
    return np.frombuffer(base64.b64decode(text), "<u2") / 65535 * 2 - 0.5


def denoise(x, sigma):
    share = min(1.0, 4 * sigma)
    around = sum(np.roll(x, step, axis) for axis in (0, 1) for step in (-1, 1)) / 4
    return (1 - share) * x + share * around


def plug_and_play(y, psf, noise, iterations, lam, factor):
    kernel = np.zeros(y.shape)
    kernel[: psf.shape[0], : psf.shape[1]] = psf
    kernel = np.fft.fft2(np.roll(kernel, (-(psf.shape[0] // 2), -(psf.shape[1] // 2)), (0, 1)))
    z = y
    for sigma in np.logspace(np.log10(49 / 255), np.log10(noise), iterations):
        rho = lam * noise**2 / sigma**2
        x = np.real(np.fft.ifft2((np.conj(kernel) * np.fft.fft2(y) + rho * np.fft.fft2(z)) / (np.abs(kernel) ** 2 + rho)))
        z = denoise(np.clip(x, 0, 1), factor * sigma)
    return z


random = np.random.default_rng(5)
psf = np.array([[0, 0, 0, 1, 2], [0, 1, 3, 1, 0], [2, 1, 0, 0, 0]], float)
weights = psf.astype(int).ravel().tolist()
psf /= psf.sum()
channels = []
for _ in range(3):
    sharp = np.kron(random.uniform(0.05, 0.95, (HEIGHT // 5, WIDTH // 5)), np.ones((5, 5)))
    blurred = sum(psf[j, i] * np.roll(sharp, (j - 1, i - 2), (0, 1)) for j in range(3) for i in range(5))
    channels.append(decode(encode(blurred + random.normal(0, NOISE, sharp.shape))).reshape(sharp.shape))
planes = np.stack(channels)
colour = np.stack([plug_and_play(y, psf, NOISE, 5, 0.23, 1) for y in planes])
grey = plug_and_play(planes[0], psf, NOISE, 8, 0.4, np.sqrt(3))
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps({
    "width": WIDTH, "height": HEIGHT, "noise": NOISE, "psf": {"width": 5, "height": 3, "weights": weights},
    "planes": encode(planes), "colour": encode(colour), "grey": encode(grey),
}, indent=1) + "\n")
