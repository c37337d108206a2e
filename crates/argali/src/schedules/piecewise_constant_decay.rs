use super::{Schedule, keras};
use crate::{Numbers, Problem};

object! {
    /// One rate up to and including each boundary, and one after the last.
    ///
    /// ```
    /// use argali::schedules::{PiecewiseConstantDecay, Schedule};
    /// let schedule = PiecewiseConstantDecay::new([100], [0.1, 0.01]);
    /// assert_eq!((schedule.at(100), schedule.at(101)), (0.1, 0.01));
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.PiecewiseConstantDecay`.
    pub struct PiecewiseConstantDecay(keras("PiecewiseConstantDecay")) {
        /// Last step of each rate but the last, ascending. Fractions are cut off.
        boundaries: Numbers as impl Into<Numbers>,
        /// The rates: one more than boundaries.
        values: Numbers as impl Into<Numbers>,
        ..
        /// Name of the schedule. Default `"PiecewiseConstant"`.
        name: String as impl Into<String> = "PiecewiseConstant".to_owned(),
    }
}

impl Schedule for PiecewiseConstantDecay {
    fn at(&self, step: u64) -> f64 {
        let passed = self.boundaries.0.iter().take_while(|boundary| step as f64 > boundary.get().trunc()).count();
        self.values.0.get(passed).map_or(0.0, |rate| rate.get())
    }

    fn validate(&self) -> Result<(), Problem> {
        let (found, expected) = (self.values.0.len(), self.boundaries.0.len() + 1);
        match found == expected {
            true => Ok(()),
            false => Err(Problem::argument(
                "values",
                format!("of {found} rates"),
                format!("{expected}, one more than boundaries"),
                "",
            )),
        }
    }
}
