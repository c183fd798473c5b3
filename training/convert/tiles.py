"""Even tilings with a raised-cosine blend, for measuring halo and overlap; the SDK's own planner is in @deblur/core."""
from collections.abc import Callable

import numpy as np

Network = Callable[[np.ndarray], np.ndarray]


def starts(length: int, tile: int, overlap: int) -> list[int]:
    """First pixels of the fewest tiles that cover `length` and share at least `overlap`, evenly spread."""
    if length <= tile:
        return [0]
    count = -(-(length - overlap) // (tile - overlap))
    return [round(i * (length - tile) / (count - 1)) for i in range(count)]


def ramp(position: int, positions: list[int], tile: int, halo: int) -> np.ndarray:
    """Weight of each pixel of the tile at `position`: 0 in the halo, raised cosine in what else it shares."""
    weight = np.ones(tile, np.float64)
    own = positions.index(position)
    for neighbour in [*positions[max(own - 1, 0):own], *positions[own + 1:own + 2]]:
        shared = tile - abs(neighbour - position)
        blended = shared - 2 * halo
        if blended < 0:
            raise ValueError(f"tiles share {shared} pixels, two halos of {halo} need {2 * halo}")
        edge = np.concatenate([np.zeros(halo), 0.5 - 0.5 * np.cos(np.pi * (np.arange(blended) + 0.5) / max(blended, 1))])
        if neighbour < position:
            weight[:edge.size] = np.minimum(weight[:edge.size], edge)
        else:
            weight[tile - edge.size:] = np.minimum(weight[tile - edge.size:], edge[::-1])
    return weight


def plan(shape: tuple[int, ...], tile: int, overlap: int) -> list[tuple[int, int]]:
    """(top, left) of each tile."""
    return [(y, x) for y in starts(shape[0], tile, overlap) for x in starts(shape[1], tile, overlap)]


def compute(picture: np.ndarray, network: Network, tile: int, overlap: int) -> dict[tuple[int, int], np.ndarray]:
    """The network's result of each tile of the plan."""
    cut = lambda y, x: np.ascontiguousarray(picture[y:y + tile, x:x + tile])
    return {(y, x): network(cut(y, x)) for y, x in plan(picture.shape, tile, overlap)}


def stitch(shape: tuple[int, ...], results: dict[tuple[int, int], np.ndarray], tile: int, halo: int) -> np.ndarray:
    """The picture from its tiles."""
    rows, columns = (sorted({p[i] for p in results}) for i in range(2))
    total, weights = np.zeros(shape, np.float64), np.zeros(shape[:2], np.float64)
    for (y, x), result in results.items():
        weight = np.outer(ramp(y, rows, tile, halo), ramp(x, columns, tile, halo))[:shape[0] - y, :shape[1] - x]
        total[y:y + tile, x:x + tile] += weight[..., None] * result
        weights[y:y + tile, x:x + tile] += weight
    return (total / weights[..., None]).astype(np.float32)
