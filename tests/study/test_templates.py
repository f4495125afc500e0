"""Every formula of practice, with many seeds: it can be read, its own answer is right, and its slips are told."""

from __future__ import annotations

import pytest

from tutor.lesson.model import AnyExercise
from tutor.lesson.page import parse_page
from tutor.lesson.vary import variant
from tutor.marking.kinds import mark, solve
from tutor.marking.prove import SympyProver
from tutor.marking.verdict import Outcome
from tutor.study.skills import RULES, skills_of
from tutor.study.templates import LEVELS, PRACTISED, level_of, of_level, rule_of, template_of, templates

SEEDS = (*range(1, 7), 123_456, 999_999)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_every_level(rule: str) -> None:
    for level in range(1, LEVELS + 1):
        made = of_level(rule, level)
        assert made
        assert all((rule_of(each.id), level_of(each.id)) == (rule, level) for each in made)
        assert all(RULES[rule] in skills_of(PRACTISED, each) for each in made)
        assert all(len(each.hints) == 2 for each in made)


@pytest.mark.parametrize("template", templates().values(), ids=lambda each: each.id)
def test_each_template_makes_good_exercises(template: AnyExercise) -> None:
    made = [variant(template, seed) for seed in SEEDS]
    assert len({each.ask for each in made}) >= 3, "there is something new each time"
    for each in made:
        assert "{" not in each.ask
        answer = solve(each)
        assert answer != "0"
        assert mark(each, answer, SympyProver()).outcome is Outcome.CORRECT
        assert len(each.reject) == len(template.reject), "no two of its wrong answers are the same"
        for text, slip in each.reject.items():
            found = mark(each, text, SympyProver())
            assert found.outcome is Outcome.INCORRECT
            assert not slip or slip in found.slips
        assert parse_page(each.ask).maths or rule_of(template.id) == "gradients", "the formula is set as mathematics"


def test_only_practice_has_templates() -> None:
    assert template_of("+practice", "chain-rule-2b") is templates()["chain-rule-2b"]
    assert template_of("chain-rule", "chain-rule-2b") is None
    assert template_of("+practice", "gone") is None


def test_ids_are_promises() -> None:
    """A new formula goes behind the others of its level; these are some that learners have in their journals."""
    known = {
        "power-rule-1a": "x^{n}",
        "chain-rule-2b": "e^({a}x^{n})",
        "quotient-rule-4c": "ln(x)/x^{n}",
        "back-propagation-4b": "(v1*tanh(w1*x) + v2*tanh(w2*x + {b}) - y)^2/2",
    }
    assert {id: getattr(templates()[id], "of", None) for id in known} == known
