"""What a notebook shows of a picture."""

from types import ModuleType


def altair() -> ModuleType | None:
    """The module altair, where it is installed."""
    try:
        import altair as installed
    except ImportError:
        return None
    return installed


class Svg(str):
    """A picture as SVG, which notebooks show."""

    def _repr_svg_(self) -> str:
        return str(self)
