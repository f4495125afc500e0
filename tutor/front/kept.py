"""What a picture says that shows a sample of the examples and not all of them."""

from tutor.descent.problem import Problem
from tutor.words import tr


def kept_of(problem: Problem) -> str:
    """For the end of a title: `   200 of 100000 examples`; nothing where all of them are there."""
    if not problem.is_sample:
        return ""
    return tr("   {kept} of {count} examples", kept=len(problem.rows), count=problem.count)
