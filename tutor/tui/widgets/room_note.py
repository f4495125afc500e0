"""The line that says, once, that the terminal is cramped; it takes a place of its own and covers nothing."""

from textual.widgets import Static

from tutor.tui.content import Content


class RoomNote(Static):
    """Nothing at all while there is nothing to say."""

    DEFAULT_CSS = """
    RoomNote {
        display: none;
        height: auto;
        padding: 0 2;
        color: $quiet;
    }
    """

    def say(self, text: str) -> None:
        """Say this from now on; of an empty text nothing is left."""
        if text or self.display:
            self.update(Content(text))
            self.display = bool(text)
