"""What is said of a lesson that this terminal cannot show whole, and what it is called there."""

import msgspec

from tutor import display
from tutor.lesson.model import Course, Lesson
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


def with_legible_titles(course: Course) -> Course:
    """The course, in which a lesson or a course whose title would be question marks goes by its id."""
    titles = [*(lesson.title for lesson in course.lessons), *course.titles.values()]
    if "".join(titles).isascii() or not display.is_ascii():
        return course
    from tutor.front.ascii import has_unspelt  # as above

    lessons = tuple(
        msgspec.structs.replace(lesson, title=lesson.id) if has_unspelt(lesson.title) else lesson
        for lesson in course.lessons
    )
    named = {id: id if has_unspelt(title) else title for id, title in course.titles.items()}
    return msgspec.structs.replace(course, lessons=lessons, titles=named)
