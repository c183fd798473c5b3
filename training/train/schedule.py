"""How far a run is, and its learning rate."""
import math


def progress(step: int, seconds: float, steps: int | None, minutes: float | None) -> float:
    """0 at the start, 1 when the budget of steps or of time is used."""
    parts = [step / steps if steps else 0.0, seconds / (60 * minutes) if minutes else 0.0]
    return min(1.0, max(parts))


def learning_rate(part: float, peak: float, final: float, warm_up: float) -> float:
    """Linear to the peak over the first `warm_up` of the budget, then a half cosine to `final`."""
    if part < warm_up:
        return peak * max(part, warm_up / 20) / warm_up
    return final + (peak - final) * 0.5 * (1 + math.cos(math.pi * (part - warm_up) / (1 - warm_up)))
