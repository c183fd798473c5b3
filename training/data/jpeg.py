"""JPEG as far as blur networks notice it: 8×8 DCT of YCbCr, quantised by the tables of ITU-T T.81 annex K, on the device."""
import math
from functools import cache

import torch

LUMA = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87,
    80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92,
    95, 98, 112, 100, 103, 99)
CHROMA = (
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99,
    99, 99) + (99,) * 32
TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))


@cache
def colour_matrices(device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """3×3 from RGB to YCbCr, and back."""
    matrix = torch.tensor(TO_YCC)
    return matrix.to(device), torch.linalg.inv(matrix).to(device)


@cache
def base_tables(device: torch.device) -> torch.Tensor:
    """1×3×8×8 quantisation steps of quality 50."""
    return torch.tensor([LUMA, CHROMA, CHROMA], dtype=torch.float32).view(1, 3, 8, 8).to(device)


@cache
def dct_matrix(device: torch.device) -> torch.Tensor:
    """8×8 orthonormal DCT-II."""
    k = torch.arange(8, device=device, dtype=torch.float32)
    matrix = torch.cos(math.pi / 8 * (k[None] + 0.5) * k[:, None]) / 2
    matrix[0] /= math.sqrt(2)
    return matrix


def tables(quality: torch.Tensor) -> torch.Tensor:
    """B×3×8×8 quantisation steps for qualities (B) of 1 to 100, scaled as libjpeg does."""
    scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50).view(-1, 1, 1, 1)
    return (base_tables(quality.device) * scale).round().clamp(1, 255)


def jpeg(pictures: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """B×3×H×W sRGB in [0,1] (sides multiples of 8) as JPEG of these qualities (B) gives them back, without chroma subsampling."""
    count, _, height, width = pictures.shape
    matrix, inverse = colour_matrices(pictures.device)
    ycc = torch.einsum("ij,bjhw->bihw", matrix, pictures) * 255
    ycc[:, 0] -= 128
    blocks = ycc.view(count, 3, height // 8, 8, width // 8, 8)
    dct = dct_matrix(pictures.device)
    steps = tables(quality)[:, :, None, :, None, :]
    levels = (torch.einsum("ui,bcyixj,vj->bcyuxv", dct, blocks, dct) / steps).round() * steps
    decoded = torch.einsum("ui,bcyuxv,vj->bcyixj", dct, levels, dct).reshape(count, 3, height, width)
    decoded[:, 0] += 128
    return (torch.einsum("ij,bjhw->bihw", inverse, decoded) / 255).clamp(0, 1)
