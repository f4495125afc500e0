"""The worked examples of the registry of mistakes, one row or more an id, as the tests and the benchmark use them."""

from __future__ import annotations

from tutor.lesson.model import AnyExercise, Derivative, Expression, Gradient, NumberAnswer

HOUSE = "(w1*x1 + w2*x2 + b - y)^2"
HOUSE_AT = {"w1": "2", "w2": "1", "b": "1", "x1": "3", "x2": "5", "y": "20"}
TWO_HOUSES = "((w*1 + b - 4)^2 + (w*2 + b - 13)^2)/2"
NET = "(v*tanh(w*x + b1) + b2 - y)^2"
NET_AT = {"x": "2", "w": "0.5", "b1": "-0.5", "v": "1.5", "b2": "0.2", "y": "1"}
UPDATE = "w1 - 0.01*2*(w1*x1 + w2*x2 + b - y)*x1"
UPDATE_2 = "w2 - 0.01*2*(w1*x1 + w2*x2 + b - y)*x2"


def d(of: str, by: str = "x", variables: tuple[str, ...] = ()) -> Derivative:
    """A derivative; `by` may hold several letters, parted by blanks."""
    return Derivative(ask="", of=of, by=tuple(by.split()), variables=variables)


def grad(of: str, by: str) -> Gradient:
    return Gradient(ask="", of=of, by=tuple(by.split()))


def number(of: str, by: str = "", at: dict[str, str] | None = None) -> NumberAnswer:
    return NumberAnswer(ask="", of=of, by=tuple(by.split()), at=at or {})


def house(by: str) -> NumberAnswer:
    return number(HOUSE, by, HOUSE_AT)


def net(by: str) -> NumberAnswer:
    return number(NET, by, NET_AT)


MISTAKES: tuple[tuple[AnyExercise, str, str, str], ...] = (
    # exercise, wrong answer, id, a phrase of what is told (empty where another slip fits too and is told first)
    (d("x^5"), "x^4", "P1", "left out the exponent in front"),
    (d("x^5"), "5x^5", "P2", "kept it in its place too"),
    (d("x^5"), "5x^6", "P3", "goes down by one, not up"),
    (d("x^5"), "x^6", "P3", "raised the exponent of x⁵"),
    (d("x^3"), "x^4/4", "P4", "integrated"),
    (d("x^2 + sin x"), "x^3/3 - cos x", "P4", "x² + sin(x) is the derivative of what you typed"),
    (d("x^-3"), "-3x^-2", "P5", "toward zero"),
    (d("1/x^3"), "-3x^-2", "P5", "toward zero"),
    (d("x^(3/2)"), "(3/2)x^(5/2)", "P6", "did not lower the exponent"),
    (d("sqrt x"), "sqrt(x)/2", "P6", "did not lower the exponent of √(x)"),
    (d("1/x^3"), "1/(3x^2)", "P7", "only the denominator of 1/x³"),
    (d("(x+3)^2"), "2x", "P8", "took (x + 3)² apart"),
    (Expression(ask="", answer="(x + h)^2 - x^2", variables=("x", "h")), "h^2", "P8", "took (x + h)² apart"),
    (d("x^3", "x x"), "9x^4", "P9", "squared the first derivative"),
    (d("x^4", "x x"), "4x^3", "P10", "stopped after one derivative"),
    (d("x^3"), "6x", "P11", "differentiated twice"),
    (d("x^3 + x"), "x^3 + x", "P12", "gave the function as it is"),
    (d("7x^3"), "10x^2", "P13", "added the coefficient and the exponent"),
    (d("3x^2+7"), "6x+7", "C1", "kept the constant 7"),
    (d("3x^2+7"), "6x+1", "C2", "gave the constant 7 the derivative 1"),
    (d("5x^3"), "3x^2", "C3", "dropped the factor 5 of 5x³"),
    (d("5x^3"), "0", "C4", "because 5 is constant"),
    (d("3x^2"), "x^2+6x", "C5", "took the derivative of 3 as 1"),
    (d("x^3-4x"), "3x^2+4", "C6", "lost the minus sign of −4x"),
    (d("a x^2"), "2ax + x^2", "C7", "differentiated"),
    (d("t - ln t", "t"), "-1/t", "C8", "gave t the derivative 0"),
    (d("t^2", "t", ("x",)), "2x", "C9", "wrote x where the question has t"),
    (d("x^2 - 4x"), "2x - 4x", "C10", "left −4x as it is"),
    (d("2^x"), "x*2^(x-1)", "E1", "used the power rule on 2^x"),
    (d("x^x"), "x*x^(x-1)", "E1", "used the power rule on x^x"),
    (d("e^x"), "x e^(x-1)", "E2", "used the power rule on e^x"),
    (d("2^x"), "2^x", "E3", "left out a factor in the derivative of 2^x"),
    (d("e^(3x)"), "e^(3x)", "E4", "left e^(3x) as it is"),
    (d("e^(3x)"), "3e^x", "E5", "changed the exponent 3x"),
    (d("ln(3x)"), "3/x", "E6", "at x, not at 3x"),
    (d("ln(3x)"), "1/(3x)", "E7", "left out the inside, 3x"),
    (d("ln x"), "1/ln x", "E8", "one over ln(x) itself"),
    (d("e^-x"), "e^-x", "E9", ""),
    (d("x^x"), "x^x ln x", "E10", "let only the exponent of x^x move"),
    (d("cos x"), "sin x", "T1", "lost a sign"),
    (d("sin x"), "-cos x", "T2", "minus sign"),
    (d("sin 3x"), "3cos x", "T3", "from 3x to x"),
    (d("tanh x"), "1 - tanh x", "T4", "lost the square"),
    (d("sigmoid(x)"), "sigmoid(x)(1 + sigmoid(x))", "T5", "mistook the derivative of σ(x)"),
    (d("sigmoid(x)"), "1 - sigmoid(x)", "T5", "mistook"),
    (d("sigmoid(x)"), "sigmoid(sigmoid(x))(1 - sigmoid(sigmoid(x)))", "T6", "at the wrong value"),
    (d("relu(x)"), "x", "T7", "slope"),
    (d("max(0, x)"), "max(0, x)", "T7", ""),
    (d("x^2 sin x"), "2x cos x", "R1", "multiplied the derivatives of x² and sin(x)"),
    (d("x^2 sin x"), "2x^3 + sin x cos x", "R2", "by its own derivative"),
    (d("x^2 sin x"), "2x sin x - x^2 cos x", "R3", "minus between the two terms"),
    (d("x^2 sin x"), "2x sin x", "R4", "let only one of x² and sin(x) move"),
    (d("x^2 sin x"), "2x + cos x", "R5", "as for a sum"),
    (d("x*sin(x)*e^x"), "sin(x)*e^x + x*cos(x)*e^x", "R6", "left out one term"),
    (d("(x^2+1)/(x-3)"), "2x", "Q1", "divided the derivative of x² + 1 by the derivative of x − 3"),
    (d("(x^2+1)/(x-3)"), "(2x(x-3) + x^2+1)/(x-3)^2", "Q2", "added in the numerator"),
    (d("(x^2+1)/(x-3)"), "(x^2+1 - 2x(x-3))/(x-3)^2", "Q3", "wrong way round"),
    (d("(x^2+1)/(x-3)"), "(2x(x-3) - (x^2+1))/(x-3)", "Q4", "divided by x − 3 once"),
    (d("(x^2+1)/(x-3)"), "(2x(x-3) - (x^2+1))/(x^2+1)^2", "Q5", "the square of x² + 1"),
    (d("(x^2+1)/(x-3)"), "(x^2+1 - 2x(x-3))/(x^2+1)^2", "Q6", "differentiated x − 3 over x² + 1"),
    (d("(x^2+1)/(x-3)"), "(2x(x-3) - x^2 + 1)/(x-3)^2", "Q7", "lost brackets"),
    (d("(3x+1)^5"), "5(3x+1)^4", "K1", "left out the inside"),
    (d("sin(x^2)"), "cos(x^2)", "K1", "Multiply by the derivative of x², which is 2x."),
    (d("sin(x^2)"), "cos(2x)", "K2", "put the derivative of the inside, 2x, into sin"),
    (d("sin(x^2)"), "2x cos x", "K3", "at x"),
    (d("(1-e^x)^3"), "3(1-e^x)^3", "K4", "multiplied by the inside, 1 − e^x"),
    (d("(3x+1)^5"), "5(3x+1)^4 + 3", "K5", "added the derivative of the inside"),
    (d("sin(x^2)"), "2x sin(x^2)", "K6", "left the outside, sin, as it was"),
    (d("(3x+1)^5"), "3", "K7", "only the inside, 3x + 1"),
    (d("(3x+1)^2/2"), "3", "K7", "only the inside, 3x + 1"),
    (d("sin((2x+1)^3)"), "3(2x+1)^2 cos((2x+1)^3)", "K8", "one layer short"),
    (d("sin(x^2)"), "cos(x)*x^2 + sin(x)*2x", "K10", "used the product rule on sin(x²)"),
    (d("sin(x^2)"), "cos(x^2)*x^2 + sin(x^2)*2x", "K10", "used the product rule on sin(x²)"),
    (d("asin(2x^2)"), "1/sqrt(1-x^2)", "K11", "as if x alone stood inside"),
    (d("x^2 y + y^3"), "2x + 3y^2", "D1", "put 1 in the place of y"),
    (d("x^2 y + y^3"), "2x", "D1", ""),
    (d("x^2 y + y^3"), "2xy + x^2 + 3y^2", "D2", "Only x moves"),
    (d("x^2 y + y^3"), "2xy + y^3", "D3", "kept the term y³"),
    (d("x^2 y"), "2x", "D4", "the factor y of x²y"),
    (d("x^2 y"), "0", "D5", "because y stands still"),
    (d("x^2 y"), "x^2", "D6", "differentiated in y"),
    (d("x^y", "y"), "y x^(y-1)", "D7", "for a power of y"),
    (number("x^2 y", "x", {"x": "1", "y": "3"}), "0", "D9", ""),
    (d("x^3*y^2", "x y"), "6x^5*y^3", "D10", "multiplied the two partials"),
    (grad("x^2 + y^2", "x y"), "2x + 2y", "V1", "added the components up"),
    (grad("x^2 + 3x*y", "x y"), "(3x, 2x + 3y)", "V2", "wrong order"),
    (grad(HOUSE, "w1 w2 b"), "(2(w1*x1 + w2*x2 + b - y)x1, 2(w1*x1 + w2*x2 + b - y)x2)", "V5", "left a component out"),
    (number("5*3 + 4*2"), "15", "V6", "one path only"),
    (number("5*3 + 4*2"), "8", "V6", "one path only"),
    (number("5*3 + 4*2"), "6", "V7", "multiplied the paths"),
    (number("5*3 + 4*2"), "120", "V7", "multiplied the paths"),
    (house("w1"), "-16", "G1", "left out the input"),
    (house("w1"), "-24", "G2", "lost the 2 that comes down"),
    (house("w1"), "48", "G3", "sign the wrong way round"),
    (house("w1"), "-80", "G4", "another weight's input"),
    (house("w1"), "-32", "G5", "the weight w₁ itself"),
    (house("w1"), "384", "G6", "kept the residual squared"),
    (house("w1"), "72", "G7", "used the prediction"),
    (house("b"), "-48", "G8", "treated the bias b like a weight"),
    (d("(y - w*x - b)^2", "w"), "2(y - w*x - b)x", "G3", "target less prediction"),
    (d("(w*x + b - y)^2/2", "w"), "2(w*x + b - y)x", "G2", "factor 2 too many"),
    (d(TWO_HOUSES, "w"), "2(w + b - 4) + 4(2w + b - 13)", "G9", "as the mean does"),
    (d(TWO_HOUSES, "w"), "(w + b - 4)/2 + (2w + b - 13)", "G9", "as the mean does"),
    (number("(-8*3 + 1*1 + 1*2)/3"), "-21", "G9", "left the sum undivided"),
    (number("(-8*3 + 1*1 + 1*2)/3"), "-10.5", "G10", "the number of features"),
    (number("(-8*3 + 1*1 + 1*2)/3"), "-4", "G11", "averaged the two sides separately"),
    (d(TWO_HOUSES, "w"), "(3w + 2b - 17)*3/2", "G11", "separately"),
    (d("(w*x + b - y)^2", "w"), "2(w*x + b - y)(x + w)", "G12", "let the data move"),
    (d("(w*x + b - y)^2", "w"), "2(w*x + b - y)(x - 1)", "G12", "let the data move"),
    (number(UPDATE, "", HOUSE_AT), "1.52", "U1", "added the step"),
    (number(UPDATE, "", HOUSE_AT), "50", "U2", "took the whole partial away"),
    (number(UPDATE, "", HOUSE_AT), "0.48", "U3", "gave the step alone"),
    (number(UPDATE, "", HOUSE_AT), "1.36", "U4", "used the error where its partial is meant"),
    (number(UPDATE_2, "", HOUSE_AT), "1.656", "U5", "moved the other weight first"),
    (net("w"), "-0.641", "B1", "passed through tanh without its slope"),
    (net("w"), "-0.481", "B2", "at the wrong value"),
    (net("w"), "-0.521", "B2", "at the wrong value"),
    (net("w"), "-0.336", "B3", "left out the weight v"),
    (net("w"), "-0.252", "B4", ""),
    (net("w"), "-0.116", "B5", "used the output of the activation"),
    (net("w"), "-0.252", "B6", ""),
    (net("v"), "-0.427", "B7", "used an input where v has an activation"),
    (d("a + a", "a"), "1", "B8", ""),
)
