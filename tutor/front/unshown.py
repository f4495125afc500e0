"""What is said of a lesson that this terminal cannot show whole."""

import msgspec

from tutor import display
from tutor.lesson.model import Lesson
from tutor.words import tr


def not_shown(lesson: Lesson) -> str:
    """That letters of it become question marks, in ASCII those of other scripts; empty where all are shown."""
    if not display.is_ascii():
        return ""
    from tutor.front.ascii import has_unspelt  # its tables are nothing that other terminals should wait for

    if not has_unspelt(msgspec.json.encode(lesson).decode()):
        return ""
    return tr(
        "This lesson has letters that plain ASCII lacks: question marks stand for them. With a UTF-8 locale, or with "
        "`tutor --no-ascii`, they are shown."
    )
