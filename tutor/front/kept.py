"""What a picture says that shows a sample of the examples and not all of them."""

from tutor.descent.problem import Problem
from tutor.words import tr


def kept_of(problem: Problem) -> str:
    """For the end of a title: `   200 of 100000 examples`; nothing where all of them are there."""
    if not problem.is_sample:
        return ""
    return tr("   {kept} of {count} examples", kept=len(problem.rows), count=problem.count)


def titled(title: str, problem: Problem, width: int) -> str:
    """A title and what is to be said of a sample, shorter or left out where there is no room: half a number misleads."""
    parts = title.split("   ")
    shorter = ["   ".join(parts[:count]) for count in range(len(parts), 0, -1)]
    title = next((each for each in shorter if len(each) <= width), shorter[-1])
    if not problem.is_sample:
        return title
    brief = tr("   {kept} of {count}", kept=len(problem.rows), count=problem.count)
    head = shorter[-1]
    wanted = (f"{title}{kept_of(problem)}", f"{title}{brief}", f"{head}{kept_of(problem)}", f"{head}{brief}")
    return next((each for each in wanted if len(each) <= width), title)
