"""sRGB and linear light (IEC 61966-2-1), and blur by Fourier transform."""
import torch


def to_linear(value: torch.Tensor) -> torch.Tensor:
    """sRGB [0,1] to linear light [0,1]."""
    return torch.where(value <= 0.04045, value / 12.92, ((value.clamp_min(0.04) + 0.055) / 1.055) ** 2.4)


def to_srgb(value: torch.Tensor) -> torch.Tensor:
    """Linear light [0,1] to sRGB [0,1]; values outside are clipped."""
    value = value.clamp(0, 1)
    return torch.where(value <= 0.0031308, value * 12.92, 1.055 * value.clamp_min(0.003) ** (1 / 2.4) - 0.055)


def blur_valid(pictures: torch.Tensor, psfs: torch.Tensor) -> torch.Tensor:
    """B×C×H×W pictures convolved with B×k×k PSFs, only where nothing from outside is needed: (H−k+1)×(W−k+1)."""
    height, width = pictures.shape[-2:]
    side = psfs.shape[-1]
    spectra = torch.fft.rfft2(pictures) * torch.fft.rfft2(psfs, s=(height, width))[:, None]
    return torch.fft.irfft2(spectra, s=(height, width))[..., side - 1:, side - 1:]


def crop_centre(pictures: torch.Tensor, margin: int) -> torch.Tensor:
    """Without `margin` pixels along each edge."""
    return pictures[..., margin:pictures.shape[-2] - margin, margin:pictures.shape[-1] - margin]
