//! Elementary functions without branches or calls, which the compiler turns into vector instructions.

/// `eˣ` within two units in the last place, with infinities, NaN and subnormal results as they should be.
///
/// `x = n ln 2 + r`, a polynomial for `eʳ` (Cephes), and `2ⁿ` in two factors so that both ends are reached.
#[inline(always)]
#[allow(clippy::excessive_precision)]
pub(crate) fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    const LN_2: [f32; 2] = [0.693_359_375, -2.121_944_4e-4];
    const TERMS: [f32; 6] =
        [1.987_569_15e-4, 1.398_199_95e-3, 8.333_451_9e-3, 4.166_579_6e-2, 1.666_666_55e-1, 5.000_000_1e-1];
    let x = if x > 89.0 { 89.0 } else { x };
    let x = if x < -104.0 { -104.0 } else { x };
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let (power, n) = (rounded.to_bits() as i32 - ROUND.to_bits() as i32, rounded - ROUND);
    let r = x - n * LN_2[0] - n * LN_2[1];
    let polynomial = TERMS[1..].iter().fold(TERMS[0], |sum, term| sum * r + term);
    let half = power >> 1;
    let scale = |n: i32| f32::from_bits((n.wrapping_add(127) as u32) << 23);
    (polynomial * r * r + r + 1.0) * scale(half) * scale(power.wrapping_sub(half))
}

/// Hyperbolic tangent within a few units in the last place: a quotient of polynomials (as in Eigen).
#[inline(always)]
#[allow(clippy::excessive_precision)]
pub(crate) fn tanh(x: f32) -> f32 {
    const ABOVE: [f32; 7] = [
        -2.760_768_477_423_55e-16,
        2.000_187_904_824_77e-13,
        -8.604_671_522_137_35e-11,
        5.122_297_090_371_14e-8,
        1.485_722_357_179_79e-5,
        6.372_619_288_754_36e-4,
        4.893_524_558_917_86e-3,
    ];
    const BELOW: [f32; 4] =
        [1.198_258_394_667_02e-6, 1.185_347_056_866_54e-4, 2.268_434_632_439_00e-3, 4.893_525_185_543_85e-3];
    const END: f32 = 7.905_311_1;
    let x = if x > END { END } else { x };
    let x = if x < -END { -END } else { x };
    let square = x * x;
    let above = ABOVE[1..].iter().fold(ABOVE[0], |sum, term| sum * square + term);
    let below = BELOW[1..].iter().fold(BELOW[0], |sum, term| sum * square + term);
    x * (above / below)
}

#[cfg(test)]
mod tests {
    /// All floats of both signs, a few thousand apart.
    fn floats() -> impl Iterator<Item = f32> {
        (0..=u32::MAX).step_by(2_003).map(f32::from_bits)
    }

    fn error(found: f32, expected: f64) -> f64 {
        (f64::from(found) - expected).abs() / expected.abs()
    }

    #[test]
    fn exp_is_exact_to_two_units() {
        for x in floats() {
            let (found, expected) = (super::exp(x), f64::from(x).exp());
            match expected as f32 {
                e if e.is_nan() => assert!(found.is_nan(), "{x}: {found} is a number"),
                e if e.is_infinite() || e == 0.0 => assert_eq!(found, e, "{x}"),
                e if e.is_subnormal() => assert!((found - e).abs() <= 3e-45, "{x}: {found} is not {e}"),
                _ => assert!(error(found, expected) < 2.4e-7, "{x}: {found} is not {expected}"),
            }
        }
        assert_eq!(super::exp(0.0), 1.0);
    }

    #[test]
    fn tanh_is_exact_to_a_few_units() {
        for x in floats() {
            let (found, expected) = (super::tanh(x), f64::from(x).tanh());
            if x.is_nan() || x == 0.0 {
                assert!(found.is_nan() == x.is_nan() && (found == 0.0) == (x == 0.0));
            } else if !(expected as f32).is_subnormal() {
                assert!(error(found, expected) < 5e-7 && found.abs() <= 1.0, "{x}: {found} is not {expected}");
            }
        }
    }
}
