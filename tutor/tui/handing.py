"""How a widget hands up what a key made of it, so that the keys behind that one find it done.

A message that a widget posts waits in the widget's own queue, behind keys that came in the same bunch; those were acted on
first. `2x`, Enter and ctrl+n in one read left the exercise before the answer was handed up, and it was judged for the next.
"""

from textual.message import Message
from textual.widget import Widget


def hand_up(widget: Widget, message: Message) -> bool:
    """Have a message go on from a widget's parent, ahead of the keys that wait in the widget's own queue."""
    parent = widget.parent
    return isinstance(parent, Widget) and parent.post_message(message)
