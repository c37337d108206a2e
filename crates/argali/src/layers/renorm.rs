//! Batch renormalization: what its correction may be.

use crate::{Number, Problem};
use serde::{Deserialize, Serialize};

/// Bounds of the corrections that batch renormalization makes.
///
/// ```
/// use argali::layers::RenormClipping;
/// let clipping = RenormClipping::new().rmin(0.5).rmax(2.0).dmax(0.7);
/// assert_eq!(serde_json::to_string(&clipping)?, r#"{"rmax":2.0,"rmin":0.5,"dmax":0.7}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenormClipping {
    /// Greatest factor. Default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rmax: Option<Number>,
    /// Least factor. Default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rmin: Option<Number>,
    /// Greatest distance of the offset from 0. Default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dmax: Option<Number>,
}

impl RenormClipping {
    /// No bounds.
    pub fn new() -> Self {
        RenormClipping::default()
    }

    /// Sets the greatest factor.
    #[must_use = "the changed bounds are returned"]
    pub fn rmax(mut self, rmax: impl Into<Number>) -> Self {
        self.rmax = Some(rmax.into());
        self
    }

    /// Sets the least factor.
    #[must_use = "the changed bounds are returned"]
    pub fn rmin(mut self, rmin: impl Into<Number>) -> Self {
        self.rmin = Some(rmin.into());
        self
    }

    /// Sets the greatest distance of the offset from 0.
    #[must_use = "the changed bounds are returned"]
    pub fn dmax(mut self, dmax: impl Into<Number>) -> Self {
        self.dmax = Some(dmax.into());
        self
    }

    pub(crate) fn validate(&self) -> Result<(), Problem> {
        let option = "renorm_clipping";
        if let (Some(rmax), Some(rmin)) = (self.rmax, self.rmin)
            && rmax.get() < rmin.get()
        {
            let help = format!("swap them, or take rmax of at least {rmin}");
            return Err(Problem::argument(option, format!("rmax {rmax}, rmin {rmin}"), "rmax from rmin on", help));
        }
        match self.dmax {
            Some(dmax) if dmax.get() < 0.0 => {
                Err(Problem::argument(option, format!("dmax {dmax}"), "dmax from 0 on", "take a bound of at least 0"))
            }
            _ => Ok(()),
        }
    }
}
