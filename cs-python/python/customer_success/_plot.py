"""What a notebook shows of a picture."""

import importlib
from types import ModuleType


def altair() -> ModuleType | None:
    """The module altair, where it is installed."""
    try:
        return importlib.import_module("altair")
    except ImportError:
        return None


class Svg(str):
    """A picture as SVG, which notebooks show."""

    def _repr_svg_(self) -> str:
        return str(self)
