"""The polynomial of `gelu` in `crates/onrecord-language/src/net/math.rs`.

Fits half the error function of x/√2 on [-4, 4] by x times a polynomial in x², reweighted until
the largest error of x times it is least; prints degree, largest error and coefficients.
"""

import math

import numpy as np
from numpy.polynomial import chebyshev, polynomial

LIMIT = 4.0


def fit(degree: int) -> np.ndarray:
    points = 4000
    x = LIMIT / 2 * (1 - np.cos(np.pi * (np.arange(points) + 0.5) / points))
    x = x[x > 1e-3]
    t = 2 * x * x / LIMIT**2 - 1
    y = np.array([math.erf(v / math.sqrt(2)) / 2 / v for v in x])
    weight = x * x
    basis = chebyshev.chebvander(t, degree)
    for _ in range(60):
        c = np.linalg.lstsq(basis * weight[:, None], y * weight, rcond=None)[0]
        error = np.abs(basis @ c - y) * x * x
        weight = weight * (0.5 + error / error.max())
        weight /= weight.max()
    # from t back to u = x²
    found, power = np.zeros(1), np.ones(1)
    for coefficient in chebyshev.cheb2poly(c):
        found = polynomial.polyadd(found, coefficient * power)
        power = polynomial.polymul(power, np.array([-1, 2 / LIMIT**2]))
    return found.astype(np.float32)


def error(c: np.ndarray) -> float:
    x = np.linspace(-8, 8, 200_001).astype(np.float32)
    cut = np.clip(x, -LIMIT, LIMIT)
    found = x * (np.float32(0.5) + cut * polynomial.polyval(cut * cut, c).astype(np.float32))
    truth = x * (0.5 + np.array([math.erf(v / math.sqrt(2)) for v in x]) / 2)
    return float(np.abs(found - truth).max())


if __name__ == "__main__":
    for degree in (6, 7, 8):
        c = fit(degree)
        print(degree, f"{error(c):.6f}", [float(v) for v in c])
