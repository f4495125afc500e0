"""Typed forms and how each is read: lists, left sides that are read past, pasted LaTeX, and names that an exercise brings."""

import pytest
from maths.reading import Form, forms, reading

from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import free_vocabulary, parse, parse_free

LISTS = r"""
x,y               :: (, x y)
x;y               :: (, x y)
(x,y)             :: (, x y)
(x, y)            :: (, x y)
[x,y]             :: (, x y)
[x; y]            :: (, x y)
((x,y))           :: (, x y)
([x,y])           :: (, x y)
{x,y}             :: (, x y)
<x, y>            :: (, x y)
⟨x, y⟩            :: (, x y)
2x, 3y            :: (, (* 2 x) (* 3 y))
(2x + 1, sin(x))  :: (, (+ (* 2 x) 1) (sin x))
(x)(y),(y)        :: (, (* [x] [y]) [y])
(1, 2, 3)         :: (, 1 2 3)
max(x,y), 1       :: (, (max x y) 1)
"""

LEFT_SIDES = r"""
dy/dx = 2x                                      :: (* 2 x)
dy/dx=2x                                        :: (* 2 x)
dy / dx = 2x                                    :: (* 2 x)
df(x)/dx = 2x                                   :: (* 2 x)
df/dx(x, y) = 2x                                :: (* 2 x)
d²y/dx² = 2                                     :: 2
d^2y/dx^2 = 2                                   :: 2
d^{2}y/dx^{2} = 2                               :: 2
∂f/∂x = 2x                                      :: (* 2 x)
∂f/∂x(x,y) = 2x                                 :: (* 2 x)
∂²f/∂x² = 2                                     :: 2
∂²f/∂x∂y = 2                                    :: 2
∂^2f/(∂x∂y) = 2                                 :: 2
∂E/∂w₁ = 2x                                     :: (* 2 x)   with w1 x
∂E/∂w_1 = 2x                                    :: (* 2 x)   with w1 x
dE/dw1 = 2x                                     :: (* 2 x)   with w1 x
∂L/∂θ = 2θ                                      :: (* 2 θ)   with θ
∂L/∂\theta = 2θ                                 :: (* 2 θ)   with θ
∂loss/∂w_beds = 2x                              :: (* 2 x)
dprice/dsqft = 2x                               :: (* 2 x)
∂E/∂sqft = x                                    :: x
f'(x) = 2x                                      :: (* 2 x)
f’(x) = 2x                                      :: (* 2 x)
f′(x) = 2x                                      :: (* 2 x)
f'(x)=2x                                        :: (* 2 x)
f''(x) = 2                                      :: 2
f″(x) = 2                                       :: 2
f''''(x) = 2                                    :: 2
f' = 2x                                         :: (* 2 x)
y' = 2x                                         :: (* 2 x)
y'' = 2                                         :: 2
f^(3)(x) = 6                                    :: 6
f_x = 2x                                        :: (* 2 x)
f_{x} = 2x                                      :: (* 2 x)
fₓ = 2x                                         :: (* 2 x)
f_xy = 2                                        :: 2
f_{xy} = 2                                      :: 2
f_{xy}=2                                        :: 2
f_{x,y} = 2                                     :: 2
f_x(x,y) = 2x                                   :: (* 2 x)
L_{w_1} = 2                                     :: 2
∇f = (2x, 2y)                                   :: (, (* 2 x) (* 2 y))
∇f(x,y) = (2x, 2y)                              :: (, (* 2 x) (* 2 y))
∇ = [2x, 2y]                                    :: (, (* 2 x) (* 2 y))
grad f = (x, y)                                 :: (, x y)
gradient = (x, y)                               :: (, x y)
d/dx (x^2) = 2x                                 :: (* 2 x)
d/dx x^2 = 2x                                   :: (* 2 x)
d/dx f(x) = 2x                                  :: (* 2 x)
(d/dx) f = 2x                                   :: (* 2 x)
∂/∂x f = 2x                                     :: (* 2 x)
= 2x                                            :: (* 2 x)
\frac{dy}{dx} = 2x                              :: (* 2 x)
\frac{d}{dx} x^2 = 2x                           :: (* 2 x)
\frac{d}{dx}\left(x^2\right) = 2x               :: (* 2 x)
\frac{\partial f}{\partial x} = 2x              :: (* 2 x)
\dfrac{\partial f}{\partial x}=2x               :: (* 2 x)
\frac{∂f}{∂x} = 2x                              :: (* 2 x)
\frac{\partial^2 f}{\partial x \partial y} = 2  :: 2
\frac{\partial^{2} f}{\partial x^{2}} = 2       :: 2
\frac{\partial E}{\partial w_{1}} = 2x          :: (* 2 x)
\frac{\mathrm{d}y}{\mathrm{d}x} = 2x            :: (* 2 x)
\partial f/\partial x = 2x                      :: (* 2 x)
\nabla f = (2x, 2y)                             :: (, (* 2 x) (* 2 y))
f^{\prime}(x) = 2x                              :: (* 2 x)
f^\prime(x) = 2x                                :: (* 2 x)
f '(x) = 2x                                     :: (* 2 x)
f'x = 2x                                        :: (* 2 x)
z'_x = 2x                                       :: (* 2 x)
f'(x): 2x                                       :: (* 2 x)
f'(x) := 2x                                     :: (* 2 x)
dy/dx -> 2x                                     :: (* 2 x)
dy/dx ⇒ 2x                                      :: (* 2 x)
=> 2x                                           :: (* 2 x)
dy/dx|_{x=2} = 4                                :: 4
(x^2)' = 2x                                     :: (* 2 x)
[x^2]' = 2x                                     :: (* 2 x)
(sin(x) + 1)'' = x                              :: x
D(x^2) = 2x                                     :: (* 2 x)
D_x(x^2) = 2x                                   :: (* 2 x)
d(x^2)/dx = 2x                                  :: (* 2 x)
d(x^2 + (x))/dx = 2x                            :: (* 2 x)
y = 2x                                          :: (* 2 x)   with x
y(x) = 2x                                       :: (* 2 x)   with x
y: 2x                                           :: (* 2 x)   with x
f(x) = 2x                                       :: (* 2 x)
f(2) = 4                                        :: 4
g(x, y) = 2x                                    :: (* 2 x)
E = 2x                                          :: (* 2 x)
fx = 2x                                         :: (* 2 x)
fxy = 2                                         :: 2
df = 2x                                         :: (* 2 x)
dw1 = 2x                                        :: (* 2 x)   with w1 x
slope = 2x                                      :: (* 2 x)
Answer: 2x                                      :: (* 2 x)
derivative = 2x                                 :: (* 2 x)
gradient: (2x, 2y)                              :: (, (* 2 x) (* 2 y))
f'(x)=\boxed{2x}                                :: (* 2 x)
"""

LATEX = r"""
\frac{x}{y}                           :: (/ x y)
\dfrac{x}{y}                          :: (/ x y)
\frac{x+1}{x-1}                       :: (/ (+ x 1) (+ x (- 1)))
\frac{1}{2}x                          :: (* (/ 1 2) x)
\frac12                               :: (/ 1 2)
\frac12x                              :: (* (/ 1 2) x)
\frac1x                               :: (/ 1 x)
\frac1{2x}                            :: (/ 1 (* 2 x))
\frac{1}2                             :: (/ 1 2)
\frac xy                              :: (/ x y)
\frac\pi2                             :: (/ pi' 2)
\frac{\frac{x}{2}}{y}                 :: (/ (/ x 2) y)
\frac{x}{y}^2                         :: (^ (/ x y) 2)
\frac{\sin x}{x}                      :: (/ (sin x) x)
x^\frac12                             :: (^ x (/ 1 2))
x^{\frac{1}{2}}                       :: (^ x (/ 1 2))
e^{-\frac{x^2}{2}}                    :: (^ e' (- (/ (^ x 2) 2)))
\sqrt{x}                              :: (sqrt x)
\sqrt x                               :: (sqrt x)
\sqrt2                                :: (sqrt 2)
\sqrt[3]{x}                           :: (cbrt x)
\sqrt[n]{x}                           :: (^ x (/ 1 n))   with n x
\sqrt2 x                              :: (* (sqrt 2) x)
\sqrt 2x                              :: (* (sqrt 2) x)
\sqrt12                               :: (sqrt 12)
\sqrt xy                              :: (* (sqrt x) y)
\sqrt x^2                             :: (^ (sqrt x) 2)
\sqrt w_1 x                           :: (* (sqrt w1) x)   with w1 x
\sqrt\pi x                            :: (* (sqrt pi') x)
\sqrt\mathrm{x}y                      :: (* (sqrt x) y)
\sqrt(x)y                             :: (* (sqrt [x]) y)
\sqrt\left(x\right)y                  :: (* (sqrt [x]) y)
\sqrt\frac12 x                        :: (* (sqrt (/ 1 2)) x)
\sqrt{\frac{x}2}y                     :: (* (sqrt (/ x 2)) y)
\sqrt\sin x                           :: (sqrt (sin x))
\sqrt[3](x)                           :: (cbrt [x])
\sqrt[3]x y                           :: (* (cbrt x) y)
\sqrt[4] {x}                          :: (^ x (/ 1 4))
\sqrt[x] + 1                          :: (+ (sqrt [x]) 1)
\frac x2                              :: (/ x 2)
\frac{1}2 x                           :: (* (/ 1 2) x)
\frac1\sqrt2 x                        :: (* (/ 1 (sqrt 2)) x)
\frac{\sqrt2}2                        :: (/ (sqrt 2) 2)
\frac(x+1)(y)                         :: (/ [(+ x 1)] [y])
\tfrac12 \cfrac{x}{y}                 :: (* (/ 1 2) (/ x y))
x^\frac12 y                           :: (* (^ x (/ 1 2)) y)
2^\sqrt2 x                            :: (* (^ 2 (sqrt 2)) x)
\sin\frac x2                          :: (sin (/ x 2))
arc\tan x                             :: (atan x)
\frac{1}{\sqrt{x}}                    :: (/ 1 (sqrt x))
\sin x                                :: (sin x)
\sin{x}                               :: (sin x)
\sin(x)                               :: (sin x)
\sin\left(x\right)                    :: (sin x)
\cos^{2} x                            :: (^ (cos x) 2)
\tan^{-1} x                           :: (atan x)
\ln x                                 :: (ln x)
\ln\left|x\right|                     :: (ln (abs x))
\log_2 x                              :: (log2 x)
\log_{10} x                           :: (log10 x)
\log_{2}{x}                           :: (log2 x)
\arctan x                             :: (atan x)
\max(x,y)                             :: (max x y)
\max\{x,y\}                           :: (max x y)
\exp\left(-x\right)                   :: (exp (- x))
x\cdot y                              :: (* x y)
x\times y                             :: (* x y)
x \div y                              :: (/ x y)
2\pi x                                :: (* 2 pi' x)
2\,x                                  :: (* 2 x)
x\;y                                  :: (* x y)
x\quad y                              :: (* x y)
2\cdot 10^{3}                         :: (* 2 (^ 10 3))
\left|x\right|                        :: (abs x)
\lvert x\rvert                        :: (abs x)
\left(x+1\right)^2                    :: (^ [(+ x 1)] 2)
\left[x, y\right]                     :: (, x y)
\left\{x\right\}                      :: x
\mathrm{e}^{x}                        :: (^ e' x)
\operatorname{relu}(x)                :: (relu x)
\mathrm{sigmoid}(x)                   :: (sigmoid x)
\text{ReLU}(x)                        :: (relu x)
a\sin x                               :: (* a (sin x))   with a x
\theta x                              :: (* θ x)   with θ x
\theta_1                              :: θ1   with θ1
\mathbf{w}_1 x                        :: (* w1 x)   with w1 x
w_{\text{beds}}                       :: w_beds   with w_beds
w_\text{b} x                          :: (* w_b x)   with w_b x
\begin{pmatrix} x \\ y \end{pmatrix}  :: (, x y)
\begin{bmatrix} x & y \end{bmatrix}   :: (, x y)
$x^2$                                 :: (^ x 2)
$$x^2$$                               :: (^ x 2)
\(x^2\)                               :: (^ x 2)
\[x^2\]                               :: (^ x 2)
$x^2$.                                :: (^ x 2)
\boxed{2x+1}                          :: (+ (* 2 x) 1)
{\rm e}^x                             :: (^ e' x)
\operatorname*{max}(x,y)              :: (max x y)
\operatorname{sech}^2 x               :: (^ (sech x) 2)
2~x                                   :: (* 2 x)
"""

WIDE_AND_ORNAMENTAL_SIGNS = r"""
３ｘ＋１  :: (+ (* 3 x) 1)
𝑥²    :: (^ x 2)
x y   :: (* x y)
xˆ2      :: (^ x 2)
x↑2      :: (^ x 2)
`2x`     :: (* 2 x)
```2x``` :: (* 2 x)
**2x**   :: (* 2 x)
2x.      :: (* 2 x)
(2x) .   :: [(* 2 x)]
"""

OWN_NAMES = r"""
e               :: e   with e
2e              :: (* 2 e)   with e
e^x             :: (^ e x)   with e x
1e-3            :: (+ (* 1 e) (- 3))   with e x
2e_1            :: (* 2 e1)   with e1
2e1             :: (* 2 e1)   with e1
2e1x            :: (* 2 e1 x)   with e1 x
e₁              :: e1   with e1
σ               :: σ   with σ
2σ              :: (* 2 σ)   with σ
σ(x)            :: (* σ [x])   with σ x
sigma x         :: (* σ x)   with σ x
\sigma x        :: (* σ x)   with σ x
sigmoid(σ)      :: (sigmoid σ)   with σ
pi x            :: (* π x)   with pi x
π x             :: (* π x)   with pi x
w1              :: w1   with w1
w_1             :: w1   with w1
w₁              :: w1   with w1
w_{1}           :: w1   with w1
w1x             :: (* w1 x)   with w1 x
2w1w2           :: (* 2 w1 w2)   with w1 w2
w_1^2           :: (^ w1 2)   with w1
w1 2            :: (* w1 2)   with w1
w_b x           :: (* w_b x)   with w_b x
w_bx            :: (* w_b x)   with w_b x
w_{b}x          :: (* w_b x)   with w_b x
sqft            :: sqft   with sqft
2sqft           :: (* 2 sqft)   with sqft
sqft*beds       :: (* sqft beds)   with sqft beds
sqft beds       :: (* sqft beds)   with sqft beds
xsqft           :: (* x sqft)   with x sqft
sqft sin(sqft)  :: (* sqft (sin sqft))   with sqft
d               :: d   with d
2d              :: (* 2 d)   with d x
d/x             :: (/ d x)   with d x
d*x             :: (* d x)   with d x
dy/dx           :: (* (/ (* d y) d) x)   with d x y
D(x)            :: (* D [x])   with D x
D x             :: (* D x)   with D x
dx              :: dx   with dx
dy/dx           :: (/ dy dx)   with dx dy
theta           :: θ   with θ
θ               :: θ   with theta
2theta x        :: (* 2 θ x)   with θ x
sin theta       :: (sin θ)   with θ
sinθ            :: (sin θ)   with θ
varphi          :: φ   with φ
Δx              :: (* Δ x)   with Δ x
λ               :: λ   with lambda
lb              :: (* l b)   with l b
sin x           :: (sin x)   with s i n x
X x             :: (* X x)   with X x
xX              :: (* x X)   with X x
E^2             :: (^ E 2)   with E
2E              :: (* 2 E)   with E
ab              :: (* a b)   with a b
abs(a)          :: (abs a)   with a b s
µ               :: μ   with mu
𝜃               :: θ   with θ
ηx              :: (* η x)   with eta x
max             :: max   with max
Sin(x)          :: (* S i n [x])   with S i n x
Sin(x)          :: (sin x)   with S x
LN              :: (* L N)   with L N
arc sin x       :: (* a r c (sin x))   with a c r x
sin2x(y)        :: (sin (* 2 x [y]))
"""


@pytest.mark.parametrize(
    "form",
    [*forms(LISTS), *forms(LEFT_SIDES), *forms(LATEX), *forms(WIDE_AND_ORNAMENTAL_SIGNS), *forms(OWN_NAMES)],
    ids=str,
)
def test_is_read_as(form: Form) -> None:
    assert reading(parse(form.typed, Vocabulary.of(*form.names))) == form.reading


def test_signs_that_nobody_sees_are_read_past() -> None:
    assert reading(parse("x\u200by\ufeff", Vocabulary.of("x", "y"))) == "(* x y)"
    assert reading(parse("\u00a02\u2009x", Vocabulary.of("x", "y"))) == "(* 2 x)"


FREE = r"""
3x^2 + 2xy   :: (+ (* 3 (^ x 2)) (* 2 x y))
a b_1 c₂     :: (* a b1 c2)
theta_1 t    :: (* θ1 t)
2eta x       :: (* 2 η x)
\alpha x     :: (* α x)
sin x        :: (sin x)
e^(k t)      :: (^ e' (* k t))
d/2          :: (/ d 2)
(2x, 2y)     :: (, (* 2 x) (* 2 y))
foo(x)       :: (* f o o x)
"""


@pytest.mark.parametrize("form", forms(FREE), ids=str)
def test_an_authors_formula_may_use_any_letter(form: Form) -> None:
    assert reading(parse_free(form.typed)) == form.reading


def test_an_author_may_name_longer_names() -> None:
    assert reading(parse_free("w_1 sqft + b", ("sqft",))) == "(+ (* w1 sqft) b)"
    assert free_vocabulary("w_1 sqft + b", ("sqft",)) == Vocabulary.of("w1", "sqft", "b")
