"""Several series along the same labels: what is said of them at each label."""

from app.ui.charts import scales
from app.ui.charts.plots import Series


def words_of(series: Series, place: int) -> str:
    """How the value of a series at a place is read."""
    return series.words[place] if series.words else scales.written(series.values[place])


def said_at(label: str, place: int, series: tuple[Series, ...]) -> str:
    """« 11/26 : En atelier 12 · Individuels 34 »."""
    parts = " · ".join(f"{one.name} {words_of(one, place)}" for one in series)
    return f"{label}\u00a0: {parts}"
