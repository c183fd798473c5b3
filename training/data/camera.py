"""What a camera does besides blurring: exposure and colour, highlights that clip, noise, JPEG. Batched, on the device."""
import torch

from training.data.jpeg import jpeg
from training.data.light import to_srgb


def between(low: float, high: float, count: int, generator: torch.Generator) -> torch.Tensor:
    """count×1×1×1 uniform numbers."""
    return low + (high - low) * torch.rand((count, 1, 1, 1), generator=generator, device=generator.device)


def chosen(share: float, count: int, generator: torch.Generator) -> torch.Tensor:
    """count×1×1×1 booleans, true for about this share."""
    return between(0, 1, count, generator) < share


def expose(linear: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Other exposures (−1.2 to +0.4 stops) and colour casts (±15 %) for half of the pictures."""
    count = len(linear)
    stops = between(-1.2, 0.4, count, generator)
    cast = 0.85 + 0.3 * torch.rand((count, 3, 1, 1), generator=generator, device=generator.device)
    return torch.where(chosen(0.5, count, generator), linear * 2**stops * cast, linear)


def raise_highlights(linear: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """What is nearly white becomes 1 to 6 times brighter in a third of the pictures: sources of light that will clip."""
    count = len(linear)
    gain = torch.where(chosen(0.33, count, generator), between(0, 5, count, generator), 0.0)
    brightest = linear.amax(1, keepdim=True)
    return linear * (1 + gain * ((brightest - 0.75) / 0.25).clamp(0, 1))


def add_noise(linear: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Photon and read noise, up to about 2 % of white, in two thirds of the pictures."""
    count = len(linear)
    strength = torch.where(chosen(0.67, count, generator), between(0, 1, count, generator) ** 2, 0.0)
    deviation = strength * torch.sqrt(4e-4 * linear.clamp_min(0) + 1e-5)
    return linear + deviation * torch.randn(linear.shape, generator=generator, device=generator.device)


def photograph(linear: torch.Tensor, generator: torch.Generator, clean: float = 0.0) -> torch.Tensor:
    """Linear light to the 8-bit sRGB that a camera stores: clipped, noisy, two in five of them as JPEG of quality 60 to 98.
    A share of `clean` has neither noise nor JPEG."""
    count = len(linear)
    light = linear.clamp(0, 1)
    picture = to_srgb(add_noise(light, generator))
    compressed = jpeg(picture, between(60, 98, count, generator).flatten())
    picture = torch.where(chosen(0.4, count, generator), compressed, picture)
    if clean:
        picture = torch.where(chosen(clean, count, generator), to_srgb(light), picture)
    return (picture * 255).round() / 255
