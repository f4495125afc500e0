"""The lesson that an author starts from: small, with a comment on each part, and right as it stands."""

from __future__ import annotations

import json
import re
from typing import Final

import msgspec

from tutor.words import tr

NAME_OF_FUNCTION: Final = "f"
_OTHER_LETTERS: Final = {"a": "b", "n": "k"}
"For the parameters of the lesson, where the variable has the letter itself. With these, seeds 1 to 3 make three exercises."
_PARAMETERS: Final = re.compile(r"\{\{.*?\}\}")
LONGEST_FORMULA: Final = 40
"Characters; with what stands around it a formula must fit on a line of the page."


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """What an author says to begin with."""

    id: str
    title: str
    goal: str
    "What a learner will be able to do, in a few words."
    formula: str
    "The function that the first example differentiates, as it would be typed."
    by: str
    "The variable to differentiate by, one of the formula's."
    schema: str
    "Where the JSON Schema lies, seen from the file."


def starter(start: Start) -> str:
    """The YAML of the lesson."""
    modeline = f"# yaml-language-server: $schema={start.schema}\n"
    return modeline + _PARAMETERS.sub(lambda found: _renamed(found[0], start.by), _LESSON).format(
        id=start.id,
        title=_quoted(start.title),
        goal=_quoted(start.goal),
        of=_quoted(start.formula),
        shown=start.formula,
        by=start.by,
    )


def id_from(stem: str) -> str:
    """The id of a lesson from the name of its file, without a number in front; empty where nothing is left.

    >>> id_from("15-Soft_max"), id_from("3d-plots")
    ('soft-max', 'lesson-3d-plots')
    """
    words = re.findall(r"[a-z0-9]+", stem.lower())
    if words and words[0].isdecimal():
        del words[0]
    return "-".join(words if not words or words[0][0].isalpha() else ["lesson", *words])


def _renamed(braces: str, by: str) -> str:
    """What stands in braces, with another letter for a parameter that is called as the variable."""
    return re.sub(rf"\b{by}\b", _OTHER_LETTERS[by], braces) if by in _OTHER_LETTERS else braces


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # what JSON quotes, YAML reads as the same text


_LESSON: Final = tr("""\
# `tutor check FILE` says what is wrong with this lesson, with line and column;
# `tutor preview FILE` shows it as a learner sees it, again whenever you save.
format: 1
id: {id}                  # never change it once somebody has begun the lesson
title: {title}
needs: []                 # ids of lessons that come first, such as [power-rule]
objectives:               # what a learner can do afterwards, one to five lines
  - {goal}

steps:
  # A page to read: one idea, at most 16 lines of 72 characters.
  # Mathematics stands between dollar signs, *new words* between stars.
  - read:
      id: idea
      text: |
        Begin with something that learners know: a car, a bill, a room that
        gets warmer. Then say your one idea, and show it at work.

        Here is a function:

        $$f = {shown}$$

        Its *derivative* says how fast $f$ moves when ${by}$ does.

  # A worked example. The tutor works out the steps by itself, and space
  # unfolds them.
  - worked:
      id: worked-example
      text: |
        The same function, worked line by line.
      of: {of}
      by: {by}

  # An exercise. The right answer is worked out from `of` and `by`; however
  # it is written, it is right. Common slips are found and named by themselves.
  - derivative:
      id: first
      ask: |
        What is the derivative of $f = {shown}$? You have just seen it.
      of: {of}
      by: {by}
      hints:              # each a little more telling; never the answer
        - Look back one page with ctrl+p, then try it without looking.
      because: This is the last line of the worked example.

  # An exercise with parameters: {{a}} and {{n}} are filled in, and what stands
  # in braces is worked out. Each seed is one variant.
  # `tutor check FILE --deploy 4` finds four good ones.
  - derivative:
      id: with-parameters
      ask: What is the derivative of $f = {{a}}{by}^{{n}}$?
      of: "{{a}}{by}^{{n}}"
      by: {by}
      vary: {{a: [2, 3, 5, 7], n: 3..6}}
      seeds: [1, 2, 3]
      hints:
        - The power comes down in front. What becomes of the power itself?
        - Multiply the number that comes down by the one that is there.
      because: The {{n}} comes down, {{n}} times {{a}} is {{n*a}}, and the power drops to {{n - 1}}.
      accept: ["{{n*a}}{by}^{{n - 1}}"]       # must be right, or `tutor check` says so
      reject:                            # must be wrong, by the slip that is named
        "{{a}}{by}^{{n - 1}}": P1
        "{{n*a}}{by}^{{n}}": P2

  # A question with answers to choose from.
  - choice:
      id: what-it-means
      ask: At some ${by}$ the derivative is negative. What does $f$ do there as ${by}$ grows?
      options:
        - wrong: It rises
          because: Then the slope would be positive.
        - right: It falls
          because: A negative slope goes down to the right.
        - wrong: It is below zero
          because: The derivative says where $f$ is going, not where it is.

summary: |                # what a learner would keep; `tutor notes` prints it
  The derivative of $f$ says how fast $f$ moves when ${by}$ does.
""")
