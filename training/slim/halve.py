"""Half the size: bicubic with antialiasing (Keys 1981, a = −0.5, widened by two), as one convolution that ONNX can hold."""
import numpy as np
import torch

TAPS, EDGE = 8, 3


def halving_kernel() -> np.ndarray:
    """8 weights of sum 1; the window starts 3 pixels before each pair."""
    distance = np.abs((np.arange(TAPS) - (TAPS - 1) / 2) / 2)
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1
    far = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    weights = np.where(distance < 1, near, far)
    return weights / weights.sum()


def halving_weights() -> np.ndarray:
    """3×1×8×8 float32, for a convolution of three groups with stride 2 on pictures continued by 3 pixels at each edge."""
    line = halving_kernel()
    return np.repeat(np.outer(line, line)[None, None], 3, 0).astype(np.float32)


def halve(pictures: torch.Tensor) -> torch.Tensor:
    """B×3×H×W of even sides to half of them; edges are continued by repeating their pixels."""
    continued = torch.nn.functional.pad(pictures, [EDGE] * 4, mode="replicate")
    return torch.nn.functional.conv2d(continued, torch.from_numpy(halving_weights()).to(pictures), stride=2, groups=3)
