"""Batched PSFs of known shape on the training device: B×side×side, sum 1, side odd, centre in the middle.

They agree with @deblur/core's generators: the Gaussian exactly, disk and motion (where core weighs pixels by covered
area) as far as 4×4 samples a pixel do, each weighted by how far the edge reaches into it.
"""
import torch

SUBSAMPLES = 4


def _offsets(side: int, device: torch.device) -> torch.Tensor:
    return torch.arange(side, device=device, dtype=torch.float32) - side // 2


def _normalise(psfs: torch.Tensor) -> torch.Tensor:
    return psfs / psfs.sum((1, 2), keepdim=True)


def _fine_grid(side: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """x (1×1×n) and y (1×n×1) of the samples, n = side·SUBSAMPLES."""
    n = side * SUBSAMPLES
    line = (torch.arange(n, device=device, dtype=torch.float32) + 0.5) / SUBSAMPLES - side / 2
    return line.view(1, 1, n), line.view(1, n, 1)


def _covered(depth: torch.Tensor) -> torch.Tensor:
    """Weights from how deep each sample lies inside the shape, in pixels."""
    inside = (depth * SUBSAMPLES + 0.5).clamp(0, 1)
    return _normalise(torch.nn.functional.avg_pool2d(inside[:, None], SUBSAMPLES)[:, 0])


def delta_psfs(count: int, side: int, device: torch.device) -> torch.Tensor:
    """No blur."""
    psfs = torch.zeros(count, side, side, device=device)
    psfs[:, side // 2, side // 2] = 1
    return psfs


def gaussian_psfs(sigmas: torch.Tensor, side: int) -> torch.Tensor:
    """Gaussians of standard deviation `sigmas` (B) in pixels, cut at ⌊4σ + ½⌋ as core does."""
    line = _offsets(side, sigmas.device)[None]
    sigma = sigmas[:, None]
    weights = torch.exp(-line**2 / (2 * sigma**2)) * (line.abs() <= torch.floor(4 * sigma + 0.5))
    return _normalise(weights[:, :, None] * weights[:, None, :])


def disk_psfs(radii: torch.Tensor, side: int) -> torch.Tensor:
    """Defocus of an ideal lens: disks of `radii` (B) in pixels."""
    x, y = _fine_grid(side, radii.device)
    return _covered(radii.view(-1, 1, 1) - torch.hypot(x, y))


def motion_psfs(lengths: torch.Tensor, angles: torch.Tensor, side: int) -> torch.Tensor:
    """Straight motion over `lengths` (B) pixels at `angles` (B) degrees, counter-clockwise: a line one pixel wide."""
    x, y = _fine_grid(side, lengths.device)
    turn = torch.deg2rad(angles).view(-1, 1, 1)
    along = x * torch.cos(turn) - y * torch.sin(turn)
    across = x * torch.sin(turn) + y * torch.cos(turn)
    return _covered(torch.minimum(lengths.view(-1, 1, 1) / 2 - along.abs(), 0.5 - across.abs()))
