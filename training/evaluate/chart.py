"""Line and scatter charts as SVG, without a drawing library."""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#2463b0", "#c4451c", "#2f8a4c", "#8a4bb0", "#b08a1e", "#3a9aa8", "#666666")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 320, 64, 24, 34, 48


@dataclass(frozen=True)
class Series:
    """Points (x, y); joined by a line, or single points with their names."""

    name: str
    points: Sequence[tuple[float, float]]
    line: bool = True


@dataclass(frozen=True)
class Axes:
    """Titles of a panel and whether an axis is logarithmic."""

    title: str
    x: str
    y: str
    log_x: bool = False
    log_y: bool = False


def ticks(low: float, high: float, logarithmic: bool) -> list[float]:
    """Round values within the range."""
    if logarithmic:
        exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        return [m * 10.0**e for e in exponents for m in (1, 2, 5) if low <= m * 10.0**e <= high]
    step = 10 ** math.floor(math.log10((high - low) / 4))
    step = next(s for s in (step, 2 * step, 5 * step, 10 * step) if (high - low) / s <= 6)
    first = math.ceil(low / step)
    return [round((first + i) * step, 12) for i in range(math.floor(high / step) - first + 1)]


def limits(values: Sequence[float], logarithmic: bool) -> tuple[float, float]:
    low, high = min(values), max(values)
    if logarithmic:
        return low / 1.25, high * 1.25
    room = 0.06 * (high - low) or abs(high) * 0.05 or 1
    return low - room, high + room


def panel(axes: Axes, series: Sequence[Series], top: int) -> str:
    """One chart whose upper edge is at `top`."""
    kept = [Series(s.name, [p for p in s.points if all(map(math.isfinite, p))], s.line) for s in series]
    points = [p for s in kept for p in s.points]
    if not points:
        return f'<text x="{LEFT}" y="{top + 40}">{escape(axes.title)}: nothing yet</text>'
    (x0, x1), (y0, y1) = limits([p[0] for p in points], axes.log_x), limits([p[1] for p in points], axes.log_y)
    fraction = lambda v, a, b, log: math.log(v / a) / math.log(b / a) if log else (v - a) / (b - a)
    across = lambda v: LEFT + fraction(v, x0, x1, axes.log_x) * (WIDTH - LEFT - RIGHT)
    up = lambda v: top + HEIGHT - BOTTOM - fraction(v, y0, y1, axes.log_y) * (HEIGHT - TOP - BOTTOM)
    parts = [f'<text x="{LEFT}" y="{top + 18}" font-weight="bold">{escape(axes.title)}</text>']
    for v in ticks(x0, x1, axes.log_x):
        parts.append(f'<line x1="{across(v):.1f}" y1="{top + TOP}" x2="{across(v):.1f}" y2="{top + HEIGHT - BOTTOM}" stroke="#ddd"/>'
                     f'<text x="{across(v):.1f}" y="{top + HEIGHT - BOTTOM + 16}" text-anchor="middle">{v:g}</text>')
    for v in ticks(y0, y1, axes.log_y):
        parts.append(f'<line x1="{LEFT}" y1="{up(v):.1f}" x2="{WIDTH - RIGHT}" y2="{up(v):.1f}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 6}" y="{up(v) + 4:.1f}" text-anchor="end">{v:g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{top + HEIGHT - 10}" text-anchor="middle">{escape(axes.x)}</text>')
    parts.append(f'<text transform="translate(14 {top + HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(axes.y)}</text>')
    for i, s in enumerate(kept):
        colour = COLOURS[i % len(COLOURS)]
        if s.line:
            path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in s.points)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
                         f'<text x="{WIDTH - RIGHT}" y="{top + 18 + 15 * i}" text-anchor="end" fill="{colour}">{escape(s.name)}</text>')
        else:
            for x, y in s.points:
                room, side = (-7, ' text-anchor="end"') if across(x) > 0.6 * WIDTH else (7, "")
                parts.append(f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="4" fill="{colour}"/>'
                             f'<text x="{across(x) + room:.1f}" y="{up(y) + 4:.1f}" fill="{colour}"{side}>{escape(s.name)}</text>')
    return "\n".join(parts)


def chart(panels: Sequence[tuple[Axes, Sequence[Series]]]) -> str:
    """The panels below each other as one SVG document."""
    body = "\n".join(panel(axes, series, i * HEIGHT) for i, (axes, series) in enumerate(panels))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT * len(panels)}" font-family="sans-serif" font-size="12">\n'
            f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n')
