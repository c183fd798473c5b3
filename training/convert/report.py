"""Where measurements go: one JSON file per script in `results/`."""
import json
import platform
from pathlib import Path

import onnxruntime

RESULTS = Path(__file__).parent / "results"


def processor() -> str:
    """Model name of the processor, and the vector extensions that matter to ONNX Runtime."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return f"{name} ({', '.join(f for f in ('avx2', 'avx512f', 'amx_tile') if f in flags)})"


def write(name: str, command: str, content: dict) -> None:
    """Writes `results/<name>.json` and prints it."""
    RESULTS.mkdir(exist_ok=True)
    head = {"command": command, "onnxruntime": onnxruntime.__version__, "processor": processor()}
    text = json.dumps({**head, **content}, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text)
