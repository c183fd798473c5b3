"""Pictures made by programs: dead leaves, text, line art, gradients. Training runs on them where there is no data."""
import string

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

SIDE, FINE = 448, 2


def colour(random: np.random.Generator) -> tuple[int, int, int]:
    return tuple(int(c) for c in random.integers(0, 256, 3))


def dead_leaves(random: np.random.Generator, side: int) -> Image.Image:
    """Disks and polygons that cover each other, radii distributed as r⁻³ (Lee, Mumford and Huang 2001)."""
    image = Image.new("RGB", (side, side), colour(random))
    draw = ImageDraw.Draw(image)
    smallest, largest = side / 200, side / 5
    for _ in range(900):
        radius = (smallest**-2 - random.random() * (smallest**-2 - largest**-2)) ** -0.5
        x, y = random.uniform(0, side, 2)
        corners = int(random.integers(3, 9))
        if random.random() < 0.5:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour(random))
        else:
            draw.regular_polygon((x, y, radius), corners, rotation=float(random.uniform(0, 360)), fill=colour(random))
    return image


def text(random: np.random.Generator, side: int) -> Image.Image:
    """Lines of random words in several sizes."""
    light, dark = ((int(c),) * 3 for c in (random.integers(190, 256), random.integers(0, 70)))
    paper, ink = (light, dark) if random.random() < 0.7 else (colour(random), colour(random))
    image = Image.new("RGB", (side, side), paper)
    draw = ImageDraw.Draw(image)
    letters = list(string.ascii_letters + string.digits + ".,;:!?-")
    y = 0.0
    while y < side:
        size = float(random.uniform(side / 45, side / 12))
        words = ["".join(random.choice(letters, int(random.integers(1, 10)))) for _ in range(14)]
        draw.text((float(random.uniform(-size, size)), y), " ".join(words), fill=ink, font=ImageFont.load_default(size))
        y += size * 1.25
    return image


def line_art(random: np.random.Generator, side: int) -> Image.Image:
    """Lines, arcs and outlines of several widths."""
    image = Image.new("RGB", (side, side), colour(random))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        width, ink = int(random.integers(1, side // 60)), colour(random)
        x0, x1, y0, y1 = (float(v) for v in (*np.sort(random.uniform(-0.2, 1.2, 2)) * side, *np.sort(random.uniform(-0.2, 1.2, 2)) * side))
        shape = random.integers(4)
        if shape == 0:
            draw.line((x0, y0, x1, y1) if random.random() < 0.5 else (x0, y1, x1, y0), fill=ink, width=width)
        elif shape == 1:
            draw.arc((x0, y0, x1 + 1, y1 + 1), *(float(a) for a in random.uniform(0, 360, 2)), fill=ink, width=width)
        elif shape == 2:
            draw.rectangle((x0, y0, x1, y1), outline=ink, width=width)
        else:
            draw.line([tuple(p) for p in random.uniform(0, side, (5, 2))], fill=ink, width=width, joint="curve")
    return image


def gradient(random: np.random.Generator, side: int) -> Image.Image:
    """A smooth field of colours with a few hard-edged shapes and stripes on it."""
    knots = random.uniform(0, 255, (4, 4, 3)).astype(np.uint8)
    image = Image.fromarray(knots).resize((side, side), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    period = float(random.uniform(side / 60, side / 12))
    left, top = random.uniform(0, side * 0.7, 2)
    for i in range(12):
        draw.rectangle((left + i * period, top, left + (i + 0.5) * period, top + side * 0.3), fill=colour(random))
    for _ in range(6):
        x, y, radius = random.uniform(0, side, 2).tolist() + [float(random.uniform(side / 60, side / 8))]
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour(random))
    return image


GENERATORS = (dead_leaves, text, line_art, gradient)


def procedural_pictures(count: int, seed: int, side: int = SIDE) -> list[torch.Tensor]:
    """`count` pictures 3×side×side uint8, each kind in turn; drawn at twice the size and reduced, so edges are smooth."""
    pictures = []
    for i in range(count):
        random = np.random.default_rng([seed, i])
        image = GENERATORS[i % len(GENERATORS)](random, side * FINE).resize((side, side), Image.Resampling.BOX)
        pictures.append(torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous())
    return pictures
