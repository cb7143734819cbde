//! Logistic regression on the log-odds of three probabilities.

/// An offset, and a weight for each probability.
pub(super) const N_WEIGHTS: usize = 4;

/// Keeps weights finite where the rows are few: as if so many rows had been seen at even odds.
const RIDGE: f64 = 1.0;

/// A fitted curve.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logistic {
    pub(super) weights: [f64; N_WEIGHTS],
}

/// The largest log-odds that count: beyond them lies rounding.
const FURTHEST: f64 = 7.0;

fn features(probabilities: [f64; 3]) -> [f64; N_WEIGHTS] {
    let log_odds = |p: f64| (p / (1.0 - p)).ln().clamp(-FURTHEST, FURTHEST);
    let [cue, source, content] = probabilities.map(log_odds);
    [1.0, cue, source, content]
}

impl Logistic {
    /// The weights of the highest likelihood, by Newton's method.
    pub(super) fn fit(samples: impl Iterator<Item = ([f64; 3], bool)>) -> Self {
        let samples: Vec<_> = samples.map(|(it, right)| (features(it), right)).collect();
        let mut fit = Self { weights: [0.0; N_WEIGHTS] };
        for _ in 0..30 {
            let mut gradient = fit.weights.map(|weight| -RIDGE * weight);
            let mut curvature = [[0.0; N_WEIGHTS]; N_WEIGHTS];
            for (x, right) in &samples {
                let p = fit.at(x);
                let off = f64::from(u8::from(*right)) - p;
                for i in 0..N_WEIGHTS {
                    gradient[i] += off * x[i];
                    for j in 0..N_WEIGHTS {
                        curvature[i][j] += p * (1.0 - p) * x[i] * x[j];
                    }
                }
            }
            (0..N_WEIGHTS).for_each(|i| curvature[i][i] += RIDGE);
            let step = solve(curvature, gradient);
            fit.weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
        }
        fit
    }

    pub(super) fn probability(&self, probabilities: [f64; 3]) -> f64 {
        self.at(&features(probabilities))
    }

    fn at(&self, x: &[f64; N_WEIGHTS]) -> f64 {
        let sum: f64 = self.weights.iter().zip(x).map(|(weight, x)| weight * x).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Solves `matrix · x = right` by elimination; the matrix is symmetric and positive.
fn solve(
    mut matrix: [[f64; N_WEIGHTS]; N_WEIGHTS],
    mut right: [f64; N_WEIGHTS],
) -> [f64; N_WEIGHTS] {
    for i in 0..N_WEIGHTS {
        for j in i + 1..N_WEIGHTS {
            let share = matrix[j][i] / matrix[i][i];
            for k in i..N_WEIGHTS {
                matrix[j][k] -= share * matrix[i][k];
            }
            right[j] -= share * right[i];
        }
    }
    for i in (0..N_WEIGHTS).rev() {
        for j in i + 1..N_WEIGHTS {
            right[i] -= matrix[i][j] * right[j];
        }
        right[i] /= matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_finds_the_shares() {
        // Of the rows with odds of 9 to 1 seven of ten are right, of those of 1 to 9 two of ten.
        let rows = (0..2000).map(|at| {
            let high = at % 2 == 0;
            let right = if high { at % 20 < 14 } else { at % 20 < 4 };
            ([if high { 0.9 } else { 0.1 }, 0.5, 0.5], right)
        });
        let fit = Logistic::fit(rows);
        assert!((fit.probability([0.9, 0.5, 0.5]) - 0.7).abs() < 0.01);
        assert!((fit.probability([0.1, 0.5, 0.5]) - 0.2).abs() < 0.01);
    }
}
