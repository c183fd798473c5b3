"""Camera shake: random paths of a point of light (Boracchi and Foi, IEEE TIP 2012), as @deblur/core draws them.

`camera_shake_psf` repeats core's `cameraShakePsf` number for number from a seed. `draw_paths` draws many paths at once on
the training device with fewer samples; tremor, pull and jerks are scaled so that the paths are distributed alike.
"""
import math
from dataclasses import dataclass

import numpy as np
import torch

from training.data.seeded_random import SeededRandom

ANXIETY, SAMPLES = 0.005, 2000


@dataclass(frozen=True)
class Hand:
    """How a hand moves: pull to the start, tremor, rate of jerks, first direction in radians; numbers or tensors."""

    centripetal: float | torch.Tensor
    tremor: float | torch.Tensor
    jerks: float | torch.Tensor
    direction: float | torch.Tensor


def hand_from(uniform) -> Hand:
    """A hand from four draws in [0, 1)."""
    return Hand(0.7 * uniform(), 10 * uniform(), 0.2 * uniform(), 2 * math.pi * uniform())


def advance(maths, position, velocity, hand: Hand, step, anxiety, jerk, turn, noise):
    """Velocity after one sample. `jerk` is 1 where the hand jerks by `turn` radians, else 0; `maths` is math or torch."""
    (x, y), (vx, vy), (nx, ny) = position, velocity, noise
    jerk_x = 2 * jerk * (vx * maths.cos(turn) - vy * maths.sin(turn))
    jerk_y = 2 * jerk * (vx * maths.sin(turn) + vy * maths.cos(turn))
    vx = vx + (jerk_x + anxiety * (hand.tremor * nx - hand.centripetal * x) * step)
    vy = vy + (jerk_y + anxiety * (hand.tremor * ny - hand.centripetal * y) * step)
    speed = maths.hypot(vx, vy)
    return vx * (step / speed), vy * (step / speed)


def seeded_path(length: float, seed: int, anxiety: float = ANXIETY, samples: int = SAMPLES) -> np.ndarray:
    """samples×2 positions (x, y) in pixels from the start, as core draws them."""
    random = SeededRandom(seed)
    step = length / (samples - 1)
    hand = hand_from(random.uniform)
    position = (0.0, 0.0)
    velocity = (math.cos(hand.direction) * step, math.sin(hand.direction) * step)
    path = [position]
    for _ in range(samples - 1):
        jerk, turn = 0, 0.0
        if random.uniform() < hand.jerks * anxiety:
            jerk, turn = 1, math.pi + random.uniform() - 0.5
        noise = (random.normal(), random.normal())
        velocity = advance(math, position, velocity, hand, step, anxiety, jerk, turn, noise)
        position = (position[0] + velocity[0], position[1] + velocity[1])
        path.append(position)
    return np.array(path)


def camera_shake_psf(length: float, seed: int, anxiety: float = ANXIETY, samples: int = SAMPLES) -> np.ndarray:
    """H×W float32 of sum 1, odd sides, centre of gravity in the middle: core's `cameraShakePsf`."""
    path = seeded_path(length, seed, anxiety, samples)
    path -= path.mean(0)
    radius_x, radius_y = (math.ceil(r) for r in np.abs(path).max(0))
    weights = np.zeros((2 * radius_y + 1, 2 * radius_x + 1))
    x, y = path[:, 0] + radius_x, path[:, 1] + radius_y
    for column, row in ((np.floor(x), np.floor(y)), (np.floor(x) + 1, np.floor(y)),
                        (np.floor(x), np.floor(y) + 1), (np.floor(x) + 1, np.floor(y) + 1)):
        weight = (1 - np.abs(x - column)) * (1 - np.abs(y - row))
        inside = weight > 0
        np.add.at(weights, (row[inside].astype(int), column[inside].astype(int)), weight[inside])
    return (weights / weights.sum()).astype(np.float32)


def draw_paths(lengths: torch.Tensor, generator: torch.Generator, samples: int = 500, anxiety: float = ANXIETY) -> torch.Tensor:
    """B×samples×2 positions (x, y) in pixels around their centre of gravity, on the device of `lengths` (B)."""
    count, device = len(lengths), lengths.device
    ratio = SAMPLES / samples
    uniform = lambda: torch.rand(count, generator=generator, device=device)
    hand = hand_from(uniform)
    step = lengths / (samples - 1)
    scaled = Hand(hand.centripetal * ratio, hand.tremor * math.sqrt(ratio), hand.jerks * ratio, hand.direction)
    position = (torch.zeros_like(step), torch.zeros_like(step))
    velocity = (torch.cos(hand.direction) * step, torch.sin(hand.direction) * step)
    path = [torch.stack(position, 1)]
    for _ in range(samples - 1):
        jerk = (uniform() < scaled.jerks * anxiety).float()
        turn = math.pi + uniform() - 0.5
        noise = torch.randn((2, count), generator=generator, device=device)
        velocity = advance(torch, position, velocity, scaled, step, anxiety, jerk, turn, noise)
        position = (position[0] + velocity[0], position[1] + velocity[1])
        path.append(torch.stack(position, 1))
    paths = torch.stack(path, 1)
    return paths - paths.mean(1, keepdim=True)


def paths_to_psfs(paths: torch.Tensor, side: int) -> torch.Tensor:
    """B×side×side PSFs of sum 1 (side odd, origin in the middle): each sample spread bilinearly; outside is dropped."""
    count, radius = len(paths), side // 2
    place = paths + radius
    corner = place.floor()
    part = place - corner
    psfs = torch.zeros(count, side * side, device=paths.device)
    for dx in (0, 1):
        for dy in (0, 1):
            x, y = corner[..., 0] + dx, corner[..., 1] + dy
            weight = (part[..., 0] if dx else 1 - part[..., 0]) * (part[..., 1] if dy else 1 - part[..., 1])
            inside = (x >= 0) & (x < side) & (y >= 0) & (y < side)
            index = (y.clamp(0, side - 1) * side + x.clamp(0, side - 1)).long()
            psfs.scatter_add_(1, index, weight * inside)
    return (psfs / psfs.sum(1, keepdim=True).clamp_min(1e-6)).view(count, side, side)
