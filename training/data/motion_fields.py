"""Blur that differs from place to place: turning and zooming cameras, objects that move in front of a background."""
import torch

from training.data.light import blur_valid, crop_centre

INSTANTS = 16


def rotate_and_zoom(linear: torch.Tensor, paths: torch.Tensor, generator: torch.Generator, margin: int) -> torch.Tensor:
    """Mean of B×C×n×n pictures seen by a camera that shifts along `paths` (B×samples×2, pixels), turns and zooms.

    The centre of turning lies anywhere up to two sides away, so some crops see mostly shift and some mostly turning.
    Edges of `margin` pixels are cut off. No shift, turn or zoom at mid-exposure.
    """
    count, side = len(linear), linear.shape[-1]
    device = linear.device
    draw = lambda low, high: low + (high - low) * torch.rand(count, generator=generator, device=device)
    half = side / 2
    centre = torch.stack([draw(-2, 2), draw(-2, 2)], 1) * side
    reach = half + centre.norm(dim=1)
    angle, zoom = (draw(-0.6, 0.6) * margin / reach for _ in range(2))
    path = paths[:, torch.linspace(0, paths.shape[1] - 1, INSTANTS, device=device).long()]
    path = path - path.mean(1, keepdim=True)
    line = torch.arange(side, device=device) + 0.5 - half
    grid = torch.stack(torch.meshgrid(line, line, indexing="xy"), -1)[None]
    offset = grid - centre[:, None, None]
    total = torch.zeros_like(linear)
    for i in range(INSTANTS):
        time = i / (INSTANTS - 1) - 0.5
        turned = torch.stack([-offset[..., 1], offset[..., 0]], -1) * angle[:, None, None, None] + offset * zoom[:, None, None, None]
        place = grid + path[:, None, None, i] + time * (turned - turned_at_centre(centre, angle, zoom))
        total += torch.nn.functional.grid_sample(linear, place / half, padding_mode="reflection", align_corners=False)
    return crop_centre(total / INSTANTS, margin)


def turned_at_centre(centre: torch.Tensor, angle: torch.Tensor, zoom: torch.Tensor) -> torch.Tensor:
    """Half of the shift that turning and zooming bring to the middle of the crop, so that blur stays within the margin."""
    away = -centre
    shift = torch.stack([-away[:, 1], away[:, 0]], 1) * angle[:, None] + away * zoom[:, None]
    return 0.5 * shift[:, None, None]


def random_masks(count: int, side: int, knots: int, generator: torch.Generator) -> torch.Tensor:
    """count×1×side×side smooth shapes in [0,1] that cover about half of the picture, edges about two pixels wide; more
    `knots` (3 to 6 are usual) make smaller shapes."""
    noise = torch.randn((count, 1, knots, knots), generator=generator, device=generator.device)
    field = torch.nn.functional.interpolate(noise, (side, side), mode="bicubic", align_corners=True)
    slope = (field.diff(dim=-1).abs().mean((1, 2, 3)) + field.diff(dim=-2).abs().mean((1, 2, 3))).view(-1, 1, 1, 1)
    return (0.5 + field / (2 * slope)).clamp(0, 1)


def layers(background: torch.Tensor, objects: torch.Tensor, masks: torch.Tensor, behind: torch.Tensor, front: torch.Tensor):
    """Blurred and sharp B×3×m×m of objects, cut out by masks (B×1×n×n), over a background, each with its own PSFs (B×k×k)."""
    margin = front.shape[-1] // 2
    moved = blur_valid(torch.cat([objects * masks, masks], 1), front)
    blurred = moved[:, :3] + (1 - moved[:, 3:]) * blur_valid(background, behind)
    sharp = objects * masks + (1 - masks) * background
    return blurred, crop_centre(sharp, margin)
