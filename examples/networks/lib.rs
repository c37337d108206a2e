//! Networks from papers, layer by layer as `keras.applications` builds them.

mod mobilenet;
mod xception;

pub use mobilenet::MobileNet;
pub use xception::xception;
