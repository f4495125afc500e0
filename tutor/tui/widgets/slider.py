"""A slider of learning rates, moved by keys of its screen or by a click on it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget

from tutor.tui.content import Content
from tutor.words import tr

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 1.0, 1.1, 1.3, 1.6, 2.0)
"Steps of about three as long as they tell little apart, finer where a run begins to swing and then to run away."


def rate_text(rate: float) -> str:
    """A rate as it is written: `0.1`, `1e−7`."""
    return f"{rate:.5g}".replace("e-0", "e−").replace("e-", "e−")


class RateSlider(Widget):
    """One cell a rate, two cells apart."""

    DEFAULT_CSS = """
    RateSlider {
        height: 1;
        width: auto;
    }
    """

    @dataclass
    class Moved(Message):
        """Another rate was chosen."""

        rate: float

    def __init__(self, rate: float, id: str | None = None) -> None:
        """
        Args:
            rate: the one at the start; taken into the scale where it is not one of `RATES`.
        """
        super().__init__(id=id)
        self._rates = tuple(sorted({*RATES, rate}))
        self.rate = rate
        self._edge: float | None = None

    def offer(self, rates: tuple[float, ...], rate: float, edge: float | None) -> None:
        """Change the scale.

        Args:
            rates: in order; `rate`, which is chosen from now on, is among them.
            edge: one of them that is marked: the largest that settles.
        """
        if (rates, rate, edge) != (self._rates, self.rate, self._edge):
            self._rates, self.rate, self._edge = rates, rate, edge
            self.refresh(layout=True)

    def move(self, by: int) -> None:
        """Choose the next larger rate, or the next smaller."""
        self._choose(self._rates.index(self.rate) + by)

    @property
    def long(self) -> int:
        """Cells of the label, the scale, the number."""
        return len(tr("rate ")) + self._long + 2 + max(5, len(rate_text(self.rate)))

    def get_content_width(self, *_: object) -> int:
        """As wide as it is long."""
        return self.long

    def render(self) -> Content:
        """The scale with a knob on it."""
        at = 2 * self._rates.index(self.rate)
        edge = 2 * self._rates.index(self._edge) if self._edge in self._rates else -1
        scale = [
            ("┃", "$warning") if x == edge else ("━", "$accent") if x < at else ("─", "$faint")
            for x in range(self._long)
        ]
        scale[at] = ("●", "bold $accent")
        return Content.assemble((tr("rate "), "$quiet"), *scale, (f"  {rate_text(self.rate):<5}", "bold $strong"))

    @property
    def _long(self) -> int:
        return 2 * len(self._rates) - 1

    def on_click(self, event: events.Click) -> None:
        """Choose the rate under the mouse."""
        event.stop()
        self._choose(round((event.x - len(tr("rate "))) / 2))

    def _choose(self, index: int) -> None:
        rate = self._rates[min(len(self._rates) - 1, max(0, index))]
        if rate != self.rate:
            self.rate = rate
            self.refresh(layout=True)  # the number may be longer
            self.post_message(self.Moved(rate))
