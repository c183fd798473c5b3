"""Losses of restored pictures (B×3×H×W, sRGB in [0,1]) against sharp ones; a weighted sum, each computed in float32."""
import torch

NAMES = ("charbonnier", "frequency", "edge", "decibel")
DEFAULT = {"charbonnier": 1.0, "frequency": 0.05, "edge": 0.05}


def charbonnier(restored: torch.Tensor, sharp: torch.Tensor, epsilon: float = 1e-3) -> torch.Tensor:
    """√(difference² + ε²): L1 that is smooth at 0 (Charbonnier et al. 1994)."""
    return torch.sqrt((restored - sharp) ** 2 + epsilon**2).mean()


def frequency(restored: torch.Tensor, sharp: torch.Tensor) -> torch.Tensor:
    """L1 of the Fourier transforms (Cho et al. 2021), orthonormal, real and imaginary parts."""
    difference = torch.fft.rfft2(restored - sharp, norm="ortho")
    return torch.view_as_real(difference).abs().mean()


def edge(restored: torch.Tensor, sharp: torch.Tensor) -> torch.Tensor:
    """Charbonnier of the Laplacians."""
    difference = restored - sharp
    laplacian = 4 * difference[..., 1:-1, 1:-1] - difference[..., :-2, 1:-1] - difference[..., 2:, 1:-1] \
        - difference[..., 1:-1, :-2] - difference[..., 1:-1, 2:]
    return torch.sqrt(laplacian**2 + 1e-6).mean()


def decibel(restored: torch.Tensor, sharp: torch.Tensor, floor: float = 1e-5) -> torch.Tensor:
    """log₁₀ of each picture's mean squared error over the floor (PSNR loss, Chen et al. 2022): pictures count alike, however wide their blur."""
    return torch.log10(1 + (restored - sharp).square().flatten(1).mean(1) / floor).mean()


LOSSES = {"charbonnier": charbonnier, "frequency": frequency, "edge": edge, "decibel": decibel}


def parse_losses(text: str) -> dict[str, float]:
    """Weights from text such as charbonnier=1,frequency=0.05. Raises ValueError for unknown names or no weight above 0."""
    weights = {}
    for part in text.split(","):
        name, _, weight = part.partition("=")
        if name not in LOSSES:
            raise ValueError(f"there is no loss {name}; choose from {', '.join(NAMES)}")
        weights[name] = float(weight or 1)
    if not any(w > 0 for w in weights.values()):
        raise ValueError("at least one loss needs a weight above 0")
    return weights


def restoration_loss(restored: torch.Tensor, sharp: torch.Tensor, weights: dict[str, float]) -> torch.Tensor:
    """The weighted sum, a scalar."""
    restored, sharp = restored.float(), sharp.float()
    return sum(w * LOSSES[name](restored, sharp) for name, w in weights.items() if w > 0)
