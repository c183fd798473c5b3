"""The random generator of @deblur/core: xoshiro128** (Blackman and Vigna 2018) whose state SplitMix32 fills."""
import math

MASK = 0xFFFFFFFF


def _split_mix(seed: int):
    state = seed

    def draw() -> int:
        nonlocal state
        state = (state + 0x9E3779B9) & MASK
        mixed = ((state ^ (state >> 16)) * 0x21F0AAAD) & MASK
        mixed = ((mixed ^ (mixed >> 15)) * 0x735A2D97) & MASK
        return mixed ^ (mixed >> 15)

    return draw


class SeededRandom:
    """A stream that depends on its seed (0 to 2³² − 1) only, the same as core's `createRandom`."""

    def __init__(self, seed: int):
        if not 0 <= seed <= MASK:
            raise ValueError(f"a seed is a whole number from 0 to 2^32 - 1, not {seed}")
        fill = _split_mix(seed)
        self._state = [fill() for _ in range(4)]
        self._spare: float | None = None

    def bits(self) -> int:
        """Next 32 random bits."""
        a, b, c, d = self._state
        product = (b * 5) & MASK
        result = (((product << 7) | (product >> 25)) * 9) & MASK
        shifted = (b << 9) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = ((d << 11) | (d >> 21)) & MASK
        self._state = [a, b, c, d]
        return result

    def uniform(self) -> float:
        """Uniform in [0, 1)."""
        return self.bits() / 2**32

    def normal(self) -> float:
        """Mean 0, standard deviation 1, by Marsaglia's polar method."""
        if self._spare is not None:
            value, self._spare = self._spare, None
            return value
        while True:
            x, y = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            square = x * x + y * y
            if 0 < square < 1:
                scale = math.sqrt(-2 * math.log(square) / square)
                self._spare = y * scale
                return x * scale
