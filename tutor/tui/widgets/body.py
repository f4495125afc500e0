"""What is scrolled where a step or a page is longer than the screen; the arrows that go sideways are left to the screen."""

from textual.binding import Binding
from textual.containers import VerticalScroll


class Body(VerticalScroll, inherit_bindings=False):
    """Up, down and by the page."""

    BINDINGS = [  # noqa: RUF012  (Textual's own type)
        Binding("down,j", "scroll_down", show=False),
        Binding("up,k", "scroll_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]
