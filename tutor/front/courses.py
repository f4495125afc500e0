"""Where, in the list of lessons, a course of somebody else begins."""

from tutor.front.ports import AnyCourse


def added_title(course: AnyCourse, index: int) -> str:
    """The title of an added course whose first lesson this is; otherwise nothing."""
    name, before = (course.lessons[at].id.rpartition("/")[0] if at >= 0 else "" for at in (index, index - 1))
    return course.titles.get(name, "") if name != before else ""
