"""Which precision the processor or GPU is fast at: bfloat16 where it has units for it, else float32."""
from pathlib import Path

import torch

BFLOAT16_FLAGS = {"amx_bf16", "avx512_bf16"}


def processor_flags() -> set[str]:
    """Flags of /proc/cpuinfo, empty where there is none."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return set()
    return next((set(line.split(":")[1].split()) for line in lines if line.startswith("flags")), set())


def choose_precision(device: torch.device, wanted: str = "auto") -> torch.dtype:
    """float32 or bfloat16; auto: bfloat16 on GPUs that compute with it and processors with AMX or AVX-512 BF16."""
    if wanted != "auto":
        return {"float32": torch.float32, "bfloat16": torch.bfloat16}[wanted]
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.get_device_capability(device)[0] >= 8 else torch.float32
    return torch.bfloat16 if processor_flags() & BFLOAT16_FLAGS else torch.float32
