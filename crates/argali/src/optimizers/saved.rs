//! Optimizers as Keras writes and reads them.

use super::{
    Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, AnyOptimizer, Common, Ftrl, Lamb, Lion, Muon, Nadam, Optimizer,
    RMSprop, SGD,
};
use crate::config::nearest;
use crate::named::class_and_config;
use crate::schedules::{LearningRate, ScheduleClass};
use crate::{Class, Json, Keys, Problem};

/// An optimizer class that saved models may name: what reads its config.
#[derive(Clone, Copy, Debug)]
pub struct OptimizerClass {
    class: Class,
    read: fn(&mut Keys) -> Result<AnyOptimizer, Problem>,
    keys: &'static [&'static str],
}

impl OptimizerClass {
    /// The class of an optimizer, such as one of your own.
    pub const fn of<O: Optimizer>() -> Self {
        OptimizerClass { class: O::CLASS, read: |keys| O::read(keys).map(AnyOptimizer::from), keys: O::KEYS }
    }
}

/// Every optimizer of Keras that there is here.
const KERAS: &[OptimizerClass] = &[
    OptimizerClass::of::<Adadelta>(),
    OptimizerClass::of::<Adafactor>(),
    OptimizerClass::of::<Adagrad>(),
    OptimizerClass::of::<Adam>(),
    OptimizerClass::of::<AdamW>(),
    OptimizerClass::of::<Adamax>(),
    OptimizerClass::of::<Ftrl>(),
    OptimizerClass::of::<Lamb>(),
    OptimizerClass::of::<Lion>(),
    OptimizerClass::of::<Muon>(),
    OptimizerClass::of::<Nadam>(),
    OptimizerClass::of::<RMSprop>(),
    OptimizerClass::of::<SGD>(),
];

/// Every class of Keras.
#[cfg(test)]
pub(crate) fn classes() -> Vec<Class> {
    KERAS.iter().map(|c| c.class).collect()
}

pub(super) fn read(json: &Json, own: &[OptimizerClass], schedules: &[ScheduleClass]) -> Result<AnyOptimizer, Problem> {
    let registered = json.get("registered_name").and_then(Json::as_str);
    let (name, config) = class_and_config(json.clone(), "optimizer")?;
    let keras = || KERAS.iter().find(|c| c.class.name.eq_ignore_ascii_case(&name));
    let found = own.iter().find(|c| Some(c.class.key()) == registered || c.class.key() == name).or_else(keras);
    let Some(class) = found else {
        let known = own.iter().chain(KERAS).map(|c| c.class.key());
        return Err(Problem::Class { nearest: nearest(&name, known).map(str::to_owned), name, kind: "optimizer" });
    };
    read_config(class, config, schedules).map_err(|problem| problem.within("config"))
}

/// The learning rate is read apart, because its schedule may be one of the caller's own.
fn read_config(class: &OptimizerClass, mut config: Keys, schedules: &[ScheduleClass]) -> Result<AnyOptimizer, Problem> {
    let rate = config.take("learning_rate").or_else(|| config.take("lr"));
    let rate = rate.map(|json| LearningRate::from_json_with(&json, schedules)).transpose();
    let rate = rate.map_err(|problem| problem.within("learning_rate"))?;
    let mut optimizer = (class.read)(&mut config)?;
    config.finish(class.keys)?;
    if let Some(learning_rate) = rate {
        optimizer = optimizer.with_common(Common { learning_rate, ..optimizer.common().clone() });
    }
    optimizer.validate()?;
    Ok(optimizer)
}
