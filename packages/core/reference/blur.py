"""References for src/blur, computed by SciPy 1.17.1 and NumPy 2.4.6.

    python packages/core/reference/blur.py        # from the repository root; writes src/blur/fixtures/blur.json

Random numbers come from NumPy's PCG64 seeded with 2. Arrays are float32, base64.

convolutions   scipy.ndimage.convolve of a random plane (modes reflect, wrap, nearest), scipy.signal.fftconvolve (valid)
gaussian       scipy.ndimage.gaussian_filter of a point
coverage       motion lines and disks on 64 x 64 samples in each pixel: what their area coverage tends to
rotated        scipy.ndimage.rotate (bilinear), which turns counter-clockwise on the screen
colour         an 8-bit sRGB picture blurred in linear light with scipy.ndimage.convolve
heat           steps of the explicit 5-point scheme with scipy.ndimage.laplace (its reflecting boundary), and their regularised
               inverse by scipy.fft.dctn, which diagonalises that boundary
"""
import base64
import json
import pathlib

import numpy as np
from scipy import fft, ndimage, signal

MODES = {"reflect": "reflect", "wrap": "wrap", "replicate": "nearest"}
RANDOM = np.random.default_rng(2)


def encode(values):
    return base64.b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()


def convolutions():
    cases = []
    for height, width, kernel_height, kernel_width in [(9, 13, 3, 5), (12, 10, 4, 6), (5, 4, 11, 9), (1, 7, 1, 4), (40, 33, 15, 15)]:
        plane = RANDOM.random((height, width)).astype(np.float32)
        kernel = RANDOM.random((kernel_height, kernel_width)) * (RANDOM.random((kernel_height, kernel_width)) < 0.7)
        kernel[kernel_height // 2, kernel_width // 2] += 0.5
        kernel = (kernel / kernel.sum()).astype(np.float32)
        double, weights = plane.astype(float), kernel.astype(float)
        case = dict(width=width, height=height, plane=encode(plane), psf=dict(width=kernel_width, height=kernel_height, data=encode(kernel)))
        for name, mode in MODES.items():
            case[name] = encode(ndimage.convolve(double, weights, mode=mode))
        if height >= kernel_height and width >= kernel_width:
            case["valid"] = encode(signal.fftconvolve(double, weights, mode="valid"))
        cases.append(case)
    return cases


def point(side):
    plane = np.zeros((side, side))
    plane[side // 2, side // 2] = 1
    return plane


def gaussians():
    cases = []
    for sigma in (0.4, 1.6, 3.0):
        side = 2 * int(4 * sigma + 0.5) + 1
        cases.append(dict(sigma=sigma, side=side, data=encode(ndimage.gaussian_filter(point(side), sigma, mode="constant"))))
    return cases


def covered(inside, radius, samples=64):
    steps = (np.arange((2 * radius + 1) * samples) + 0.5) / samples - radius - 0.5
    x, y = np.meshgrid(steps, steps)
    share = inside(x, y).reshape(2 * radius + 1, samples, 2 * radius + 1, samples).mean((1, 3))
    return encode(share / share.sum())


def coverage():
    cases = []
    for length, angle in [(15, 30), (7.3, 111), (1.5, 45), (4, 0), (9, 90)]:
        c, s = np.cos(np.radians(angle)), -np.sin(np.radians(angle))
        inside = lambda x, y: (abs(x * c + y * s) <= length / 2) & (abs(y * c - x * s) <= 0.5)
        cases.append(dict(psf=f"motion:{length},{angle}", radius=9, data=covered(inside, 9)))
    for radius in (0.3, 1.5, 4.25):
        cases.append(dict(psf=f"disk:{radius}", radius=6, data=covered(lambda x, y: x * x + y * y <= radius * radius, 6)))
    return cases


def rotated():
    kernel = np.zeros((15, 15))
    kernel[4:10, 5:9] = RANDOM.random((6, 4))
    kernel /= kernel.sum()
    turned = ndimage.rotate(kernel, 25, reshape=False, order=1, mode="constant")
    return dict(side=15, angle=25, kernel=encode(kernel), data=encode(turned / turned.sum()))


def to_linear(x):
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


def to_srgb(x):
    return np.where(x <= 0.0031308, x * 12.92, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)


def colour():
    picture = RANDOM.integers(0, 256, (8, 9, 3), np.uint8)
    kernel = np.array([[1, 2, 0], [0, 3, 1], [1, 0, 0]]) / 8
    linear = to_linear(picture / 255)
    blurred = np.stack([ndimage.convolve(linear[..., c], kernel, mode="reflect") for c in range(3)], -1)
    direct = np.stack([ndimage.convolve(picture[..., c] / 255, kernel, mode="reflect") for c in range(3)], -1)
    return dict(width=9, height=8, data=picture.reshape(-1).tolist(), kernel=kernel.reshape(-1).tolist(), linear=encode(to_srgb(blurred)), srgb=encode(direct))


def heat():
    plane = RANDOM.random((11, 14)).astype(np.float32)
    u = plane.astype(float)
    for _ in range(20):
        u = u + 0.2 * ndimage.laplace(u, mode="reflect")
    across, down = (2 - 2 * np.cos(np.pi * np.arange(side) / side) for side in (14, 11))
    laplacian = down[:, None] + across
    spread = (1 - 0.2 * laplacian) ** 20
    inverse = fft.idctn(fft.dctn(u, norm="ortho") * spread / (spread ** 2 + 0.01 * laplacian), norm="ortho")
    return dict(width=14, height=11, steps=20, timeStep=0.2, plane=encode(plane), data=encode(u), inverse=encode(inverse))


def main():
    reference = dict(
        convolutions=convolutions(), gaussians=gaussians(), coverage=coverage(), rotated=rotated(), colour=colour(), heat=heat(),
    )
    target = pathlib.Path(__file__).resolve().parent.parent / "src" / "blur" / "fixtures" / "blur.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
