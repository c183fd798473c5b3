"""How far from a tile's edge the result differs from that of the whole picture."""
import numpy as np

STEP, PROMISE = 8, 50.0


def distances(side: int) -> np.ndarray:
    """side×side: pixels to the nearest edge."""
    line = np.minimum(np.arange(side), np.arange(side)[::-1])
    return np.minimum(line[:, None], line[None])


def psnr_inside(difference: np.ndarray) -> dict[int, float]:
    """PSNR of the pixels at least that far from the edge, for distances in steps of 8, of a side×side×3 difference."""
    far = distances(len(difference))
    squares = (difference.astype(np.float64) ** 2).mean(-1)
    return {d: float(-10 * np.log10(max(squares[far >= d].mean(), 1e-12))) for d in range(0, len(difference) // 2, STEP)}


def measure_halo(run, picture: np.ndarray, multiple_of: int) -> tuple[int, dict[int, float]]:
    """The smallest halo inside which a tile of half the side agrees with the whole picture to 50 dB, and all figures.

    `run` maps H×W×3 float32 to the same; `picture` is square, of a side that is 4 times a multiple of `multiple_of`.
    """
    side = len(picture) // 2
    start = side // 2 // multiple_of * multiple_of
    place = slice(start, start + side)
    whole = run(picture)[place, place]
    figures = psnr_inside(run(np.ascontiguousarray(picture[place, place])) - whole)
    good = [d for d in figures if all(figures[e] >= PROMISE for e in figures if e >= d)]
    return (min(good) if good else side // 2 - STEP), figures
