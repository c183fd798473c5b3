"""Everything that decides a training run; stored in its folder, so that the run is repeated or resumed as it was."""
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from training.data.batches import BlurSettings
from training.data.sources import SourceSettings
from training.losses.restoration import DEFAULT


@dataclass(frozen=True)
class TrainSettings:
    """A run ends after `steps` steps or `minutes` minutes of training, whichever comes first."""

    network: str
    sources: SourceSettings
    blur: BlurSettings
    minutes: float | None = None
    steps: int | None = None
    batch: int = 16
    learning_rate: float = 1e-3
    final_learning_rate: float = 1e-6
    warm_up: float = 0.02
    weight_decay: float = 1e-4
    gradient_limit: float = 0.5
    ema_decay: float = 0.999
    losses: dict[str, float] = field(default_factory=lambda: dict(DEFAULT))
    clip_frames: int = 6
    validations: int = 20
    validation_pairs: int = 32
    seed: int = 0
    precision: str = "auto"
    start_from: str | None = None
    teacher: str | None = None
    teacher_share: float = 0.25
    features: str | None = None

    def __post_init__(self) -> None:
        if self.minutes is None and self.steps is None:
            raise ValueError("say when to stop: --minutes or --steps")

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> "TrainSettings":
        values = json.loads(text)
        sources = {k: tuple(v) if isinstance(v, list) else v for k, v in values.pop("sources").items()}
        return cls(sources=SourceSettings(**sources), blur=BlurSettings(**values.pop("blur")), **values)


def settle(folder: Path, settings: TrainSettings) -> None:
    """Writes the settings of a new run; raises ValueError if the folder holds a run with others."""
    path = folder / "settings.json"
    if path.exists():
        if TrainSettings.from_json(path.read_text()) != settings:
            raise ValueError(f"{folder} holds a run with other settings; see {path}, or choose another folder")
        return
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(settings.to_json() + "\n")
