"""Typed forms and how each is read: `typed :: tree`, the tree as `reading.py` writes it; variables x and y, or those named."""

import pytest
from maths.reading import Form, forms, reading

from tutor.maths.grammar import Vocabulary
from tutor.maths.parse import parse

NUMBERS = r"""
0       :: 0
7       :: 7
3.      :: 3
.5      :: 1/2
0.10    :: 1/10
1.e5    :: 100000
1e5     :: 100000
1E5     :: 100000
1e-3    :: 1/1000
2.5e+2  :: 250
1e-3x   :: (* 1/1000 x)
2½      :: 5/2
½       :: 1/2
½x      :: (* 1/2 x)
5½x     :: (* 11/2 x)
2½²     :: (^ 5/2 2)
⅔       :: 2/3
１２      :: 12
3.x     :: (* 3 x)
1000    :: 1000
12.50   :: 25/2
"""

SIGNS_AND_SUMS = r"""
x+y        :: (+ x y)
x-y        :: (+ x (- y))
x − y      :: (+ x (- y))
x – y      :: (+ x (- y))
x + y - 1  :: (+ x y (- 1))
-x         :: (- x)
+x         :: x
--x        :: (- (- x))
+-x        :: (- x)
x--y       :: (+ x (- (- y)))
-x+y       :: (+ (- x) y)
x+-y       :: (+ x (- y))
-(x+y)     :: (- [(+ x y)])
2-3-4      :: (+ 2 (- 3) (- 4))
"""

PRODUCTS_WRITTEN_OUT = r"""
x*y    :: (* x y)
x·y    :: (* x y)
x×y    :: (* x y)
x⋅y    :: (* x y)
x ∙ y  :: (* x y)
2*3    :: (* 2 3)
2·3    :: (* 2 3)
x*y*2  :: (* x y 2)
x*-y   :: (* x (- y))
x·−y   :: (* x (- y))
-2*-3  :: (- (* 2 (- 3)))
"""

PRODUCTS_RUN_TOGETHER = r"""
2x          :: (* 2 x)
2xy         :: (* 2 x y)
2 x y       :: (* 2 x y)
xy          :: (* x y)
x y         :: (* x y)
x 2         :: (* x 2)
3x^2        :: (* 3 (^ x 2))
2(x+1)      :: (* 2 [(+ x 1)])
(x+1)2      :: (* [(+ x 1)] 2)
x(x+1)      :: (* x [(+ x 1)])
(x)(y)      :: (* [x] [y])
(x+1)(x-1)  :: (* [(+ x 1)] [(+ x (- 1))])
2(3)        :: (* 2 [3])
x(2)y       :: (* x [2] y)
2x(y+1)x    :: (* 2 x [(+ y 1)] x)
2πx         :: (* 2 pi' x)
2pi x       :: (* 2 pi' x)
πx²         :: (* pi' (^ x 2))
2e          :: (* 2 e')
2ex         :: (* 2 e' x)
xe^x        :: (* x (^ e' x))
xyx         :: (* x y x)
4xy^2       :: (* 4 x (^ y 2))
[x+1][y]    :: (* [(+ x 1)] [y])
{x+1}{y}    :: (* (+ x 1) y)
"""

QUOTIENTS = r"""
x/y          :: (/ x y)
x÷y          :: (/ x y)
x∕y          :: (/ x y)
x⁄y          :: (/ x y)
1/2x         :: (* (/ 1 2) x)
1/2 x        :: (* (/ 1 2) x)
1/(2x)       :: (/ 1 [(* 2 x)])
x/y/2        :: (/ (/ x y) 2)
x/2y         :: (* (/ x 2) y)
1/xy         :: (* (/ 1 x) y)
x/(y)(2)     :: (* (/ x [y]) [2])
x/-y         :: (/ x (- y))
-x/y         :: (- (/ x y))
(x+1)/(x-1)  :: (/ [(+ x 1)] [(+ x (- 1))])
x/y^2        :: (/ x (^ y 2))
2x/3y        :: (* (/ (* 2 x) 3) y)
x/y*2        :: (* (/ x y) 2)
"""

POWERS = r"""
x^2             :: (^ x 2)
x**2            :: (^ x 2)
x²              :: (^ x 2)
x^10            :: (^ x 10)
x¹⁰             :: (^ x 10)
x^{10}          :: (^ x 10)
x^(10)          :: (^ x [10])
x^-1            :: (^ x (- 1))
x⁻¹             :: (^ x (- 1))
x^{-1}          :: (^ x (- 1))
x^(-1)          :: (^ x [(- 1)])
x**-2           :: (^ x (- 2))
x^+2            :: (^ x 2)
x^--2           :: (^ x (- (- 2)))
x^y             :: (^ x y)
xⁿ              :: (^ x n)   with x n
x^2^3           :: (^ x (^ 2 3))
2^x^2           :: (^ 2 (^ x 2))
(x^2)^3         :: (^ [(^ x 2)] 3)
-x^2            :: (- (^ x 2))
(-x)^2          :: (^ [(- x)] 2)
x^2y            :: (* (^ x 2) y)
x²y             :: (* (^ x 2) y)
x²y³            :: (* (^ x 2) (^ y 3))
x^(2y)          :: (^ x [(* 2 y)])
x^1/2           :: (/ (^ x 1) 2)
x^(1/2)         :: (^ x [(/ 1 2)])
x^½             :: (^ x 1/2)
x^.5            :: (^ x 1/2)
x^0.5           :: (^ x 1/2)
2^-x            :: (^ 2 (- x))
e^x             :: (^ e' x)
e^-x            :: (^ e' (- x))
e^-x^2          :: (^ e' (- (^ x 2)))
e^(-x^2)        :: (^ e' [(- (^ x 2))])
e^(-x²/2)       :: (^ e' [(- (/ (^ x 2) 2))])
e^2x            :: (* (^ e' 2) x)
e^(2x)          :: (^ e' [(* 2 x)])
e^{2x}          :: (^ e' (* 2 x))
e⁻ˣ             :: (^ e' (- x))
eˣ⁺ʸ            :: (^ e' (+ x y))
eˣ              :: (^ e' x)
e^x^2           :: (^ e' (^ x 2))
e^sin x         :: (^ e' (sin x))
e^sin(x)cos(x)  :: (* (^ e' (sin x)) (cos x))
x^sin x         :: (^ x (sin x))
(x+1)^2         :: (^ [(+ x 1)] 2)
2(x+1)^2        :: (* 2 (^ [(+ x 1)] 2))
(2x)^3          :: (^ [(* 2 x)] 3)
x^(y+1)         :: (^ x [(+ y 1)])
1/2 x^(-1/2)    :: (* (/ 1 2) (^ x [(- (/ 1 2))]))
x⁽²⁾            :: (^ x [2])
x^π             :: (^ x pi')
10^-3           :: (^ 10 (- 3))
ℯ^x             :: (^ e' x)
"""

FUNCTIONS_WITH_BRACKETS = r"""
sin(x)        :: (sin x)
sin (x)       :: (sin x)
sin[x]        :: (sin x)
sin{x}        :: (sin x)
cos(2x)       :: (cos (* 2 x))
tan(x)/x      :: (/ (tan x) x)
exp(-x)       :: (exp (- x))
exp(x)exp(y)  :: (* (exp x) (exp y))
ln(x)         :: (ln x)
log(x)        :: (ln x)
log10(x)      :: (log10 x)
lg(x)         :: (log10 x)
log2(x)       :: (log2 x)
lb(x)         :: (log2 x)
sqrt(x)       :: (sqrt x)
√(x)          :: (sqrt x)
√(x)y         :: (* (sqrt x) y)
cbrt(x)       :: (cbrt x)
∛(x)          :: (cbrt x)
abs(x)        :: (abs x)
sigmoid(x)    :: (sigmoid x)
σ(x)          :: (sigmoid x)
σ(x)(1-σ(x))  :: (* (sigmoid x) [(+ 1 (- (sigmoid x)))])
relu(x)       :: (relu x)
ReLU(x)       :: (relu x)
sign(x)       :: (sign x)
sgn(x)        :: (sign x)
step(x)       :: (step x)
heaviside(x)  :: (step x)
max(x,y)      :: (max x y)
max(0, x)     :: (max 0 x)
min(x; y; 1)  :: (min x y 1)
arcsin(x)     :: (asin x)
asin(x)       :: (asin x)
arctan(x)     :: (atan x)
arccot(x)     :: (acot x)
sinh(x)       :: (sinh x)
arsinh(x)     :: (asinh x)
arcosh(x)     :: (acosh x)
artanh(x)     :: (atanh x)
sech(x)       :: (sech x)
tanh(x)^2     :: (^ (tanh x) 2)
1-tanh(x)^2   :: (+ 1 (- (^ (tanh x) 2)))
sec(x)tan(x)  :: (* (sec x) (tan x))
cosec(x)      :: (csc x)
tg(x)         :: (tan x)
ctg(x)        :: (cot x)
sin(x)^2      :: (^ (sin x) 2)
sin(x)y       :: (* (sin x) y)
sin (x) y     :: (* (sin x) y)
sin(x)cos(y)  :: (* (sin x) (cos y))
2sin(x)       :: (* 2 (sin x))
xsin(x)       :: (* x (sin x))
2xsin(x)      :: (* 2 x (sin x))
sin(cos(x))   :: (sin (cos x))
sin((x))      :: (sin [x])
ln(ln(x))     :: (ln (ln x))
"""

FUNCTIONS_WITHOUT_BRACKETS = r"""
sin x         :: (sin x)
sinx          :: (sin x)
lnx           :: (ln x)
ln x y        :: (ln (* x y))
sin 2x        :: (sin (* 2 x))
sin xy        :: (sin (* x y))
sin x y       :: (sin (* x y))
sin 2xy       :: (sin (* 2 x y))
sin x cos x   :: (* (sin x) (cos x))
sin 2x cos x  :: (* (sin (* 2 x)) (cos x))
sin x*cos x   :: (* (sin x) (cos x))
sin 2x*y      :: (sin (* 2 x y))
sin 2x·3      :: (sin (* 2 x 3))
sin x + 1     :: (+ (sin x) 1)
sin x - 1     :: (+ (sin x) (- 1))
sin x/2       :: (/ (sin x) 2)
sin x^2       :: (sin (^ x 2))
sin (x+1)^2   :: (^ (sin (+ x 1)) 2)
sin -x        :: (sin (- x))
sin-x         :: (sin (- x))
sin−x         :: (sin (- x))
exp -x        :: (exp (- x))
exp x         :: (exp x)
xsinx         :: (* x (sin x))
2 x cos x^2   :: (* 2 x (cos (^ x 2)))
sin cos x     :: (sin (cos x))
sin √x        :: (sin (sqrt x))
sin|x|        :: (sin (abs x))
√x            :: (sqrt x)
√2            :: (sqrt 2)
√2x           :: (sqrt (* 2 x))
√x^2          :: (sqrt (^ x 2))
sqrt 2x       :: (sqrt (* 2 x))
sqrt x y      :: (sqrt (* x y))
sqrt2         :: (sqrt 2)
∛x            :: (cbrt x)
ln x^2        :: (ln (^ x 2))
ln 2x         :: (ln (* 2 x))
ln x/y        :: (/ (ln x) y)
ln x + ln y   :: (+ (ln x) (ln y))
log x         :: (ln x)
tan x sec x   :: (* (tan x) (sec x))
cos x sin(y)  :: (* (cos x) (sin y))
sin x √y      :: (* (sin x) (sqrt y))
x ln x - x    :: (+ (* x (ln x)) (- x))
σ x           :: (sigmoid x)
"""

POWERS_ON_FUNCTIONS = r"""
sin^2 x         :: (^ (sin x) 2)
sin²x           :: (^ (sin x) 2)
sin² x          :: (^ (sin x) 2)
sin²(x)         :: (^ (sin x) 2)
sin^2(x)        :: (^ (sin x) 2)
sin^2 2x        :: (^ (sin (* 2 x)) 2)
sin^2x cos^2x   :: (* (^ (sin x) 2) (^ (cos x) 2))
sin^2(x)cos(x)  :: (* (^ (sin x) 2) (cos x))
sin^n x         :: (^ (sin x) n)   with n x
sin^{2} x       :: (^ (sin x) 2)
tan^3 x^2       :: (^ (tan (^ x 2)) 3)
ln²x            :: (^ (ln x) 2)
log^2 x         :: (^ (ln x) 2)
sec²x           :: (^ (sec x) 2)
sin^-1 x        :: (asin x)
sin^-1(x)       :: (asin x)
sin^{-1} x      :: (asin x)
sin⁻¹ x         :: (asin x)
sin^(-1)(x)     :: (asin x)
cos⁻¹(x)        :: (acos x)
tanh^-1 x       :: (atanh x)
sin^-2 x        :: (^ (sin x) (- 2))
σ²(x)           :: (^ (sigmoid x) 2)
√x²             :: (sqrt (^ x 2))
"""

LOGARITHMS_TO_A_BASE = r"""
log_2 8       :: (log2 8)
log_2 x       :: (log2 x)
log_2(x)      :: (log2 x)
log₂ x        :: (log2 x)
log₂(x)       :: (log2 x)
log_{2}(x)    :: (log2 x)
log_10 x      :: (log10 x)
log₁₀(x)      :: (log10 x)
log10 x       :: (log10 x)
log_3 x       :: (log 3 x)
log_3x        :: (log 3 x)
log_3(x)      :: (log 3 x)
log₃(x)       :: (log 3 x)
log3(x)       :: (log 3 x)
log_x y       :: (log x y)
log_{x}(y)    :: (log x y)
log_{x+1}(y)  :: (log (+ x 1) y)
log_(x+1) y   :: (log (+ x 1) y)
log_e x       :: (ln x)
log_b(x)      :: (log b x)   with b x
log(x,2)      :: (log 2 x)
ln(x,2)       :: (log 2 x)
log_2^3 x     :: (^ (log2 x) 3)
log_2 x^2     :: (log2 (^ x 2))
"""

ABSOLUTE_VALUES = r"""
|x|         :: (abs x)
|x|^2       :: (^ (abs x) 2)
2|x|        :: (* 2 (abs x))
x|x|        :: (* x (abs x))
|x|x        :: (* (abs x) x)
|x|y        :: (* (abs x) y)
|x| |y|     :: (* (abs x) (abs y))
|x||y|      :: (* (abs x) (abs y))
|x|y|x|     :: (* (abs x) y (abs x))
||x||       :: (abs (abs x))
||x|-1|     :: (abs (+ (abs x) (- 1)))
|x+|y||     :: (abs (+ x (abs y)))
|x-|y||     :: (abs (+ x (- (abs y))))
|2|x||      :: (abs (* 2 (abs x)))
|x*|y||     :: (abs (* x (abs y)))
|x-1||y|    :: (* (abs (+ x (- 1))) (abs y))
|sin x|     :: (abs (sin x))
|-x|        :: (abs (- x))
|(x)|       :: (abs [x])
sin|x|+|y|  :: (+ (sin (abs x)) (abs y))
|x|/x       :: (/ (abs x) x)
|x|^|y|     :: (^ (abs x) (abs y))
-|x|        :: (- (abs x))
∣x∣         :: (abs x)
ln|x|       :: (ln (abs x))
(|x|)|y|    :: (* [(abs x)] (abs y))
"""


@pytest.mark.parametrize(
    "form",
    [
        *forms(NUMBERS),
        *forms(SIGNS_AND_SUMS),
        *forms(PRODUCTS_WRITTEN_OUT),
        *forms(PRODUCTS_RUN_TOGETHER),
        *forms(QUOTIENTS),
        *forms(POWERS),
        *forms(FUNCTIONS_WITH_BRACKETS),
        *forms(FUNCTIONS_WITHOUT_BRACKETS),
        *forms(POWERS_ON_FUNCTIONS),
        *forms(LOGARITHMS_TO_A_BASE),
        *forms(ABSOLUTE_VALUES),
    ],
    ids=str,
)
def test_is_read_as(form: Form) -> None:
    assert reading(parse(form.typed, Vocabulary.of(*form.names))) == form.reading
