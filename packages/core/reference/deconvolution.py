"""References for src/deconvolution, computed by scikit-image 0.26.0, SciPy 1.17.1 and NumPy 2.4.6 in double precision.

    python packages/core/reference/deconvolution.py    # from the repository root; writes src/deconvolution/fixtures/deconvolution.json

The picture is a crop of a photograph of the Kodak set (../shared/data/kodak24), reduced, with a black frame, so that circular and
zero boundaries agree; the PSF is a slanted stroke. Wiener, Richardson-Lucy and the wavelet noise estimate are scikit-image's. Total
variation, hyper-Laplacian, accelerated RL-TV and accelerated saturated RL follow their papers with SciPy's transforms and convolutions; the hyper-Laplacian
shrinkage searches a fine grid. The wrapped boundary is solved directly by SciPy's sparse solver.
Planes are stored as 16-bit codes of [-0.5, 1.5].
"""
import base64
import json
import pathlib

import numpy as np
import scipy.fft
import scipy.sparse
import scipy.sparse.linalg
from PIL import Image
from scipy.ndimage import convolve, correlate, gaussian_filter
from skimage.restoration import estimate_sigma, richardson_lucy, wiener

HERE = pathlib.Path(__file__).resolve().parent
PICTURE = HERE.parents[3] / "shared" / "data" / "kodak24" / "05.png"
WIDTH, HEIGHT, FRAME = 64, 48, 9


def encode(values):
    codes = np.round((np.clip(values, -0.5, 1.5) + 0.5) / 2 * 65535).astype("<u2")
    return base64.b64encode(codes.tobytes()).decode()


def transfer(psf, shape):
    plane = np.zeros(shape)
    plane[: psf.shape[0], : psf.shape[1]] = psf
    return scipy.fft.fft2(np.roll(plane, (-(psf.shape[0] // 2), -(psf.shape[1] // 2)), (0, 1)))


def half_quadratic(y, psf, lam, schedule, shrink):
    kernel, dx = transfer(psf, y.shape), transfer(np.array([[1, -1.0, 0]]), y.shape)
    dy = transfer(np.array([[1, -1.0, 0]]).T, y.shape)
    fft, ifft = scipy.fft.fft2, lambda a: np.real(scipy.fft.ifft2(a))
    observed, x = np.conj(kernel) * fft(y), y
    for beta, iterations in schedule:
        for _ in range(iterations):
            spectrum = fft(x)
            gx, gy = shrink(ifft(dx * spectrum), ifft(dy * spectrum), beta)
            top = lam * observed + beta * (np.conj(dx) * fft(gx) + np.conj(dy) * fft(gy))
            x = ifft(top / (lam * np.abs(kernel) ** 2 + beta * (np.abs(dx) ** 2 + np.abs(dy) ** 2)))
    return x


def soft(gx, gy, beta):
    length = np.hypot(gx, gy) + 1e-30
    factor = np.maximum(length - 1 / beta, 0) / length
    return gx * factor, gy * factor


def power(alpha):
    grid = np.linspace(0, 1.5, 20001)

    def one(v, beta):
        flat = np.abs(v).ravel()
        best = np.empty_like(flat)
        for i, value in enumerate(flat):
            candidates = grid[grid <= value + 1e-3]
            cost = candidates**alpha + beta / 2 * (candidates - value) ** 2
            best[i] = candidates[np.argmin(cost)]
        return np.sign(v) * best.reshape(v.shape)

    return lambda gx, gy, beta: (one(gx, beta), one(gy, beta))


def lucy(y, psf, iterations, weight, saturation=None):
    blur, back = (lambda a: convolve(a, psf, mode="wrap")), (lambda a: correlate(a, psf, mode="wrap"))
    y = np.maximum(y, 1e-6)
    x, before, step, momentum = y.copy(), y.copy(), np.zeros_like(y), 0.0
    for _ in range(iterations):
        start = np.maximum(x + momentum * (x - before), 0)
        b = blur(start)
        if saturation is None:
            ratio = y / np.maximum(b, 1e-6)
        else:
            z = b / saturation
            response, slope = z - np.log1p(np.exp(50 * (z - 1))) / 50, 1 / (1 + np.exp(50 * (z - 1)))
            ratio = y * slope / np.maximum(response * saturation, 1e-6) + 1 - slope
        factor = back(ratio)
        gx, gy = np.roll(start, -1, 1) - start, np.roll(start, -1, 0) - start
        length = np.sqrt(gx**2 + gy**2 + (8 * weight * (start + 0.02)) ** 2)
        gx, gy = gx / length, gy / length
        factor = factor / (1 - weight * (gx - np.roll(gx, 1, 1) + gy - np.roll(gy, 1, 0)))
        before, x = x, start * factor
        last, step = step, x - start
        energy = (last**2).sum()
        momentum = np.clip((step * last).sum() / energy, 0, 0.8) if energy else 0.0
    return x


def wrap(y, shape):
    known = np.zeros(shape, bool)
    known[: y.shape[0], : y.shape[1]] = True
    index = np.arange(known.size).reshape(shape)
    matrix = scipy.sparse.lil_matrix((known.size, known.size))
    right = np.zeros(known.size)
    for i in index.ravel():
        r, c = divmod(i, shape[1])
        matrix[i, i] = 1 if known[r, c] else 4
        if known[r, c]:
            right[i] = y[r, c]
            continue
        for dr, dc in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            matrix[i, index[(r + dr) % shape[0], (c + dc) % shape[1]]] -= 1
    return scipy.sparse.linalg.spsolve(matrix.tocsr(), right).reshape(shape)


def taper(y, psf):
    def line(profile, length):
        lags = np.correlate(profile, profile, "full")[len(profile) - 1 :]
        lags = np.concatenate([lags, np.zeros(length)])[:length] / lags[0]
        return 1 - np.maximum(lags, lags[::-1])
    weight = np.outer(line(psf.sum(1), y.shape[0]), line(psf.sum(0), y.shape[1]))
    return weight * y + (1 - weight) * convolve(y, psf, mode="wrap")


def main():
    random = np.random.default_rng(1)
    grey = np.asarray(Image.open(PICTURE).convert("L"), np.float64)[120:312, 260:516] / 255
    full = grey.reshape(HEIGHT, 4, WIDTH, 4).mean((1, 3))
    sharp = np.zeros_like(full)
    sharp[FRAME:-FRAME, FRAME:-FRAME] = full[FRAME:-FRAME, FRAME:-FRAME]
    psf = np.zeros((5, 7))
    psf[[0, 1, 1, 2, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6]] = [1, 2, 3, 4, 3, 2, 2]
    psf = (psf / psf.sum()).astype(np.float32).astype(np.float64)
    decode = lambda text: np.frombuffer(base64.b64decode(text), "<u2").reshape(HEIGHT, WIDTH) / 65535 * 2 - 0.5
    picture = encode(full)
    framed = encode(np.maximum(convolve(sharp, psf, mode="wrap"), 0))
    blurred = encode(convolve(full, psf, mode="wrap") + random.normal(0, 0.01, full.shape))
    y, f, p = decode(blurred), np.maximum(decode(framed), 0), decode(picture)
    tv = [(2.0**i, 1 if i < 6 else 2) for i in range(9)]
    hyper = [(2 ** (1.5 * i), 1) for i in range(6)]
    noisy = encode(gaussian_filter(full, 1.5) + random.normal(0, 0.02, full.shape))
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    response = np.abs(convolve(y, mask))[1:-1, 1:-1]
    response = response[((y > 0) & (y < 1))[1:-1, 1:-1]]
    result = {
        "width": WIDTH, "height": HEIGHT, "psf": {"width": 7, "height": 5, "weights": psf.ravel().tolist()},
        "picture": picture, "noisy": noisy, "framed": framed, "blurred": blurred,
        "wiener": encode(wiener(y, psf, 0.05, clip=False)),
        "richardsonLucy": encode(richardson_lucy(f, psf, 20, clip=False)),
        "richardsonLucyTotalVariation": encode(lucy(y, psf, 15, 0.005)),
        "saturated": encode(lucy(np.minimum(y, 0.7), psf, 15, 0.005, 0.7)),
        "totalVariation": encode(half_quadratic(y, psf, 500, tv, soft)),
        "hyperLaplacian": encode(half_quadratic(y, psf, 1000, hyper, power(2 / 3))),
        "wrapped": {"width": 80, "height": 60, "values": encode(wrap(p, (60, 80)))},
        "edgetaper": encode(taper(p, psf)),
        "noise": {"mean": float(np.sqrt(np.pi / 2) / 6 * response.mean()),
                  "wavelet": float(estimate_sigma(decode(noisy)))},
    }
    target = HERE.parent / "src" / "deconvolution" / "fixtures" / "deconvolution.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
