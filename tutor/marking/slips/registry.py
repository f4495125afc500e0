"""The registry of slips: every id with its group, its wrong rule in words, and how well the mistake is attested.

Ids are a promise: none ever changes or is used again. Wrong rules as transforms are in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

SKILLS: Final = {
    "P": "the power rule",
    "C": "constants and sums",
    "E": "exponentials and logarithms",
    "T": "trigonometric and activation functions",
    "R": "the product rule",
    "Q": "the quotient rule",
    "K": "the chain rule",
    "D": "partial derivatives",
    "V": "gradients",
    "G": "the gradient of the loss",
    "U": "the update step",
    "B": "back-propagation",
}
"First letter of an id to what it exercises, in a learner's words."


SKILL_IDS: Final = {
    "P": "power-rule",
    "C": "constants-and-sums",
    "E": "exponentials",
    "T": "functions",
    "R": "product-rule",
    "Q": "quotient-rule",
    "K": "chain-rule",
    "D": "partial-derivatives",
    "V": "gradients",
    "G": "loss-gradient",
    "U": "update-step",
    "B": "back-propagation",
}
"First letter of a slip's id to the id of the skill: a promise, as those of slips are."

OF_NO_RULE: Final = frozenset({"P10", "P11", "P12", "C9", "D9"})
"Slips about the question as a whole, which need no rule to be understood."


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """One wrong rule that learners apply in place of the right one."""

    id: str
    wrong_rule: str
    "What is done instead, in a line."
    evidence: str
    "A: peer feedback code or a study; B: a teaching page; C: known to teachers; D: met in our own lessons."
    case_of: str = ""
    "The slip that this one is a special case of: where both fit, they are one explanation, and this one's words are used."
    why_not: str = ""
    "Why no wrong answer can be made from the rule tree; empty where one can."

    @property
    def is_transform(self) -> bool:
        """Whether an answer can be diagnosed as this slip."""
        return not self.why_not

    @property
    def skill(self) -> str:
        """What it exercises, in a learner's words."""
        return SKILLS[self.id[0]]


_IN_A_CHOICE: Final = "A belief, seen in a choice and not in a formula."
_TABLE: Final = (
    """
P1 A | power lowered, coefficient lost
P2 B | coefficient put in front, exponent kept
P3 A | exponent raised by one
P4 A | integral given for the derivative
P5 B =P3 | negative exponent moved toward zero
P6 C =P3 | fractional exponent raised by one, or only halved
P7 B | of 1 over a power, the denominator differentiated alone
P8 A | power of a sum taken as the sum of the powers
P9 A | second derivative taken as the square of the first
P10 A | stopped after one derivative when more were asked
P11 D | differentiated once too often
P12 D | left as it was, not differentiated
P13 D | coefficient and exponent added, not multiplied
C1 B | constant kept
C2 B | constant differentiated to 1
C3 A | coefficient dropped
C4 C | derivative of a multiple taken as 0
C5 B | product rule on a constant multiple, its derivative taken as 1
C6 A | minus sign lost
C7 C =D2 | letter that stands for a constant treated as a variable
C8 B =C4 | derivative of x taken as 0
C9 A | answer in the wrong letter
C10 D | linear term left as it is
E1 B | power rule on an exponential
E2 B =E1 | power rule on e^x
E3 C | factor ln a lost
E4 A =K1 | factor of e^(kx) lost
E5 A =K3 | k e^x for e^(kx)
E6 A =K3 | k/x for ln kx
E7 A =K1 | 1/(kx) for ln kx
E8 B | 1/ln f for ln f
E9 A =K1 | sign of e^-x lost
E10 D | exponential rule alone where base and exponent both move
T1 A | cos to sin without its minus
T2 A | sin to -cos
T3 A =K3 | argument lost: m cos x for sin mx
T4 C | tanh to 1 - tanh, square lost
T5 C | sigmoid to s(1 + s), or to 1 - s
T6 C | slope of an activation taken at the activation, not at its input
T7 C | slope of relu taken as its value
R1 A | product of the derivatives
R2 A | each factor times its own derivative
R3 C | minus between the terms of the product rule
R4 C | one term of the product rule only
R5 A | sum of the derivatives
R6 C | of three factors, one term missing
Q1 A | quotient of the derivatives
Q2 A | plus in the numerator
Q3 B | numerator the wrong way round
Q4 A | denominator not squared
Q5 A | divided by the square of the numerator
Q6 A | upside down
Q7 B | brackets lost in the numerator
K1 A | inner derivative omitted
K2 B | outside differentiated at the inner derivative
K3 B | outside not taken at the inside
K4 B | inside kept instead of differentiated
K5 C | inner derivative added
K6 C | outside not differentiated
K7 A | inner derivative only
K8 A =K1 | stopped one layer short
K9 A ! Needs a table of separate derivatives beside the question; made in a composition it is K1, K4 or K7.
K10 C | product rule on a composition
K11 A | outside at x, and no inner derivative
D2 B | other variable differentiated too
D3 C =C1 | term without the variable kept
D4 C =C3 | factor in another variable dropped
D1 C =C3 | other variable replaced by 1
D5 C =C4 | whole product gone, since a factor in it is constant
D6 C | derivative in the other variable
D7 C =E1 | power and exponential exchanged
D8 C ! An answer with dy/dx or y' in it has no value to compare; the reading says that a derivative is left to do.
D9 C | values put in before differentiating
D10 C =P9 | mixed partial taken as the product of the partials
V1 C | components added into one number
V2 C | components in the wrong order
V3 B ! """
    + _IN_A_CHOICE
    + """
V4 B ! """
    + _IN_A_CHOICE
    + """
V5 C | a component left out
V6 B | one path only
V7 B | paths multiplied, not added
V8 A ! """
    + _IN_A_CHOICE
    + """
G1 C =K1 | input missing
G2 B | factor 2 missing, or the half forgotten
G3 C | residual reversed without the minus
G4 C | another feature's input
G5 C | weight used for input
G6 B | residual kept squared
G7 C | prediction used for residual
G8 C | bias treated like a weight
G9 B | 1/n missing or doubled
G10 B | features counted for n
G11 C | averages taken before the product
G12 C =D2 | data differentiated as a variable
U1 B | step with a plus sign
U2 C | learning rate missing
U3 C | replaced, not moved
U4 C | loss used for gradient
U5 B | weights moved one after another, not together
U6 B ! """
    + _IN_A_CHOICE
    + """
U7 B ! A matter of preparing data; it shows in a descent.
U8 B ! """
    + _IN_A_CHOICE
    + """
U9 C ! """
    + _IN_A_CHOICE
    + """
U10 B ! A fault of a program over many steps; one answer does not show it.
B1 C =K7 | slope of the activation omitted
B2 C =T6 | slope of the activation at the wrong value
B3 B =C3 | weight behind the activation omitted
B4 C =K1 | input omitted
B5 C | activation used where the input is meant
B6 C | own weight included
B7 C | input used where the activation is meant
B8 B | of two paths, the last one kept
B9 C ! Needs the step of the other weight, which the question of one derivative does not have.
B10 B ! A matter of shapes; answers are formulas of numbers.
B11 C ! The order of the work is wrong; in the formula it shows as another slip, or not at all.
"""
)


def _read(line: str) -> Slip:
    head, mark, words = line.partition(" ! ") if " ! " in line else line.partition(" | ")
    id_, evidence, *case = head.split()
    if mark == " ! ":
        return Slip(id=id_, evidence=evidence, wrong_rule="", why_not=words)
    return Slip(id=id_, evidence=evidence, wrong_rule=words, case_of=case[0][1:] if case else "")


SLIPS: Final[dict[str, Slip]] = {slip.id: slip for slip in map(_read, _TABLE.strip().splitlines())}
"Id to slip, group by group."


def kin(id_: str) -> str:
    """The most general slip that a slip is a case of: slips of one kin are one explanation.

    >>> kin("G1"), kin("K1")
    ('K1', 'K1')
    """
    while SLIPS[id_].case_of:
        id_ = SLIPS[id_].case_of
    return id_


def is_taught(id_: str, skills: Collection[str] | None) -> bool:
    """Whether a slip is in a rule that has been taught; a special case asks for the general rule too.

    Args:
        skills: ids of those taught; None where nothing is known of that, and then everything is.

    >>> is_taught("E7", ["exponentials"]), is_taught("E7", ["exponentials", "chain-rule"]), is_taught("P12", [])
    (False, True, True)
    """
    needed = {SKILL_IDS[id_[0]], SKILL_IDS[kin(id_)[0]]}
    return skills is None or id_ in OF_NO_RULE or needed <= set(skills)


_ORDER: Final = {id_: place for place, id_ in enumerate(SLIPS)}
_COMMONEST: Final = "K1"
"Seen far more often than others that are as well attested: 16 nodes of STK 6, STT, MM, PTB, MN."


def rank(id_: str) -> tuple[bool, str, bool, int]:
    """What to sort by, likeliest first: slips of training, which few questions allow; better attested ones; K1."""
    slip = SLIPS[id_]
    return not is_of_training(id_), slip.evidence, kin(id_) != _COMMONEST, _ORDER[id_]


def is_of_training(id_: str) -> bool:
    """Whether it is a slip with losses, updates or back-propagation."""
    return id_[0] in "GUB"
