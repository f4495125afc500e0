"""The registry of slips: every id with its group, its wrong rule in words, and how well the mistake is attested.

Ids are a promise: none ever changes or is used again. Wrong rules as transforms are in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from tutor.words import tr

SKILLS: Final = {
    "P": tr("the power rule"),
    "C": tr("constants and sums"),
    "E": tr("exponentials and logarithms"),
    "T": tr("trigonometric and activation functions"),
    "R": tr("the product rule"),
    "Q": tr("the quotient rule"),
    "K": tr("the chain rule"),
    "D": tr("partial derivatives"),
    "V": tr("gradients"),
    "G": tr("the gradient of the loss"),
    "U": tr("the update step"),
    "B": tr("back-propagation"),
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


def _made(head: str, wrong_rule: str) -> Slip:
    id_, evidence, *case = head.split()
    return Slip(id=id_, evidence=evidence, wrong_rule=wrong_rule, case_of=case[0][1:] if case else "")


def _unmade(head: str, why_not: str) -> Slip:
    id_, evidence = head.split()
    return Slip(id=id_, evidence=evidence, wrong_rule="", why_not=why_not)


_ALL: Final = (
    _made("P1 A", tr("power lowered, coefficient lost")),
    _made("P2 B", tr("coefficient put in front, exponent kept")),
    _made("P3 A", tr("exponent raised by one")),
    _made("P4 A", tr("integral given for the derivative")),
    _made("P5 B =P3", tr("negative exponent moved toward zero")),
    _made("P6 C =P3", tr("fractional exponent raised by one, or only halved")),
    _made("P7 B", tr("of 1 over a power, the denominator differentiated alone")),
    _made("P8 A", tr("power of a sum taken as the sum of the powers")),
    _made("P9 A", tr("second derivative taken as the square of the first")),
    _made("P10 A", tr("stopped after one derivative when more were asked")),
    _made("P11 D", tr("differentiated once too often")),
    _made("P12 D", tr("left as it was, not differentiated")),
    _made("P13 D", tr("coefficient and exponent added, not multiplied")),
    _made("C1 B", tr("constant kept")),
    _made("C2 B", tr("constant differentiated to 1")),
    _made("C3 A", tr("coefficient dropped")),
    _made("C4 C", tr("derivative of a multiple taken as 0")),
    _made("C5 B", tr("product rule on a constant multiple, its derivative taken as 1")),
    _made("C6 A", tr("minus sign lost")),
    _made("C7 C =D2", tr("letter that stands for a constant treated as a variable")),
    _made("C8 B =C4", tr("derivative of x taken as 0")),
    _made("C9 A", tr("answer in the wrong letter")),
    _made("C10 D", tr("linear term left as it is")),
    _made("E1 B", tr("power rule on an exponential")),
    _made("E2 B =E1", tr("power rule on e^x")),
    _made("E3 C", tr("factor ln a lost")),
    _made("E4 A =K1", tr("factor of e^(kx) lost")),
    _made("E5 A =K3", tr("k e^x for e^(kx)")),
    _made("E6 A =K3", tr("k/x for ln kx")),
    _made("E7 A =K1", tr("1/(kx) for ln kx")),
    _made("E8 B", tr("1/ln f for ln f")),
    _made("E9 A =K1", tr("sign of e^-x lost")),
    _made("E10 D", tr("exponential rule alone where base and exponent both move")),
    _made("T1 A", tr("cos to sin without its minus")),
    _made("T2 A", tr("sin to -cos")),
    _made("T3 A =K3", tr("argument lost: m cos x for sin mx")),
    _made("T4 C", tr("tanh to 1 - tanh, square lost")),
    _made("T5 C", tr("sigmoid to s(1 + s), or to 1 - s")),
    _made("T6 C", tr("slope of an activation taken at the activation, not at its input")),
    _made("T7 C", tr("slope of relu taken as its value")),
    _made("R1 A", tr("product of the derivatives")),
    _made("R2 A", tr("each factor times its own derivative")),
    _made("R3 C", tr("minus between the terms of the product rule")),
    _made("R4 C", tr("one term of the product rule only")),
    _made("R5 A", tr("sum of the derivatives")),
    _made("R6 C", tr("of three factors, one term missing")),
    _made("Q1 A", tr("quotient of the derivatives")),
    _made("Q2 A", tr("plus in the numerator")),
    _made("Q3 B", tr("numerator the wrong way round")),
    _made("Q4 A", tr("denominator not squared")),
    _made("Q5 A", tr("divided by the square of the numerator")),
    _made("Q6 A", tr("upside down")),
    _made("Q7 B", tr("brackets lost in the numerator")),
    _made("K1 A", tr("inner derivative omitted")),
    _made("K2 B", tr("outside differentiated at the inner derivative")),
    _made("K3 B", tr("outside not taken at the inside")),
    _made("K4 B", tr("inside kept instead of differentiated")),
    _made("K5 C", tr("inner derivative added")),
    _made("K6 C", tr("outside not differentiated")),
    _made("K7 A", tr("inner derivative only")),
    _made("K8 A =K1", tr("stopped one layer short")),
    _unmade(
        "K9 A", "Needs a table of separate derivatives beside the question; made in a composition it is K1, K4 or K7."
    ),
    _made("K10 C", tr("product rule on a composition")),
    _made("K11 A", tr("outside at x, and no inner derivative")),
    _made("D2 B", tr("other variable differentiated too")),
    _made("D3 C =C1", tr("term without the variable kept")),
    _made("D4 C =C3", tr("factor in another variable dropped")),
    _made("D1 C =C3", tr("other variable replaced by 1")),
    _made("D5 C =C4", tr("whole product gone, since a factor in it is constant")),
    _made("D6 C", tr("derivative in the other variable")),
    _made("D7 C =E1", tr("power and exponential exchanged")),
    _unmade(
        "D8 C",
        "An answer with dy/dx or y' in it has no value to compare; the reading says that a derivative is left to do.",
    ),
    _made("D9 C", tr("values put in before differentiating")),
    _made("D10 C =P9", tr("mixed partial taken as the product of the partials")),
    _made("V1 C", tr("components added into one number")),
    _made("V2 C", tr("components in the wrong order")),
    _unmade("V3 B", "A belief, seen in a choice and not in a formula."),
    _unmade("V4 B", "A belief, seen in a choice and not in a formula."),
    _made("V5 C", tr("a component left out")),
    _made("V6 B", tr("one path only")),
    _made("V7 B", tr("paths multiplied, not added")),
    _unmade("V8 A", "A belief, seen in a choice and not in a formula."),
    _made("G1 C =K1", tr("input missing")),
    _made("G2 B", tr("factor 2 missing, or the half forgotten")),
    _made("G3 C", tr("residual reversed without the minus")),
    _made("G4 C", tr("another feature's input")),
    _made("G5 C", tr("weight used for input")),
    _made("G6 B", tr("residual kept squared")),
    _made("G7 C", tr("prediction used for residual")),
    _made("G8 C", tr("bias treated like a weight")),
    _made("G9 B", tr("1/n missing or doubled")),
    _made("G10 B", tr("features counted for n")),
    _made("G11 C", tr("averages taken before the product")),
    _made("G12 C =D2", tr("data differentiated as a variable")),
    _made("U1 B", tr("step with a plus sign")),
    _made("U2 C", tr("learning rate missing")),
    _made("U3 C", tr("replaced, not moved")),
    _made("U4 C", tr("loss used for gradient")),
    _made("U5 B", tr("weights moved one after another, not together")),
    _unmade("U6 B", "A belief, seen in a choice and not in a formula."),
    _unmade("U7 B", "A matter of preparing data; it shows in a descent."),
    _unmade("U8 B", "A belief, seen in a choice and not in a formula."),
    _unmade("U9 C", "A belief, seen in a choice and not in a formula."),
    _unmade("U10 B", "A fault of a program over many steps; one answer does not show it."),
    _made("B1 C =K7", tr("slope of the activation omitted")),
    _made("B2 C =T6", tr("slope of the activation at the wrong value")),
    _made("B3 B =C3", tr("weight behind the activation omitted")),
    _made("B4 C =K1", tr("input omitted")),
    _made("B5 C", tr("activation used where the input is meant")),
    _made("B6 C", tr("own weight included")),
    _made("B7 C", tr("input used where the activation is meant")),
    _made("B8 B", tr("of two paths, the last one kept")),
    _unmade("B9 C", "Needs the step of the other weight, which the question of one derivative does not have."),
    _unmade("B10 B", "A matter of shapes; answers are formulas of numbers."),
    _unmade("B11 C", "The order of the work is wrong; in the formula it shows as another slip, or not at all."),
)

SLIPS: Final[dict[str, Slip]] = {slip.id: slip for slip in _ALL}
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
