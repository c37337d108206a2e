//! Models as the Rust source that builds them.

mod compile;
mod layer;
mod names;
mod network;
mod option;
mod value;

use crate::instance::{Instance, Nested};
use crate::network::key;
use crate::{Model, Result};
use names::Identifiers;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

impl Model {
    /// Rust source with a function that builds the model, with weights still to be drawn or loaded.
    ///
    /// What it builds has the same [JSON](Model::to_json). Options that have their defaults are left out, and so are
    /// names that the layers get anyway. Nested models have functions of their own. What the model is compiled with
    /// follows, as [`compile`](Model::compile) or [`compile_with`](Model::compile_with) take it; a configuration that they
    /// have no words for, such as one that another version of Keras wrote, is kept as JSON.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`](crate::Problem::Mismatch) that names the layer if it is of a class of your own or called in a
    /// way that the chain has no words for, or the class of your own that the model is compiled with.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let mut model = Sequential::new().input([8, 3]).conv_1d(4, 3).activation(Relu).flatten().dense(2).build()?;
    /// model.compile(Adam::new().learning_rate(0.01), MeanSquaredError::new(), ["mae"])?;
    /// assert_eq!(model.to_rust()?, r#"use argali::prelude::*;
    ///
    /// /// Builds `sequential`.
    /// ##[rustfmt::skip]
    /// pub fn model() -> argali::Result<Model> {
    ///     let mut model = Sequential::new()
    ///         .input([8, 3])
    ///         .conv_1d(4, 3).activation(Relu)
    ///         .flatten()
    ///         .dense(2)
    ///         .build()?;
    ///     model.compile(Adam::new().learning_rate(0.01), MeanSquaredError::new(), ["mae"])?;
    ///     Ok(model)
    /// }
    /// "#);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn to_rust(&self) -> Result<String> {
        let mut source = Source::default();
        let compile = compile::statement(self, &mut source.imports)?;
        source.function("pub fn model", &self.instance(), self.nested(), true, &compile)?;
        Ok(source.text())
    }
}

/// Source while it is written.
#[derive(Debug, Default)]
struct Source {
    imports: Imports,
    functions: Vec<String>,
    names: Identifiers,
    /// Names of the functions of nested models.
    nested: HashMap<usize, String>,
}

impl Source {
    /// Writes the function of a model.
    fn function(
        &mut self,
        head: &str,
        instance: &Arc<Instance>,
        nested: &Nested,
        with_name: bool,
        compile: &str,
    ) -> Result<()> {
        let place = self.functions.len();
        self.functions.push(String::new());
        let body = self.body(instance, nested, with_name, compile)?;
        let name = instance.display_name().replace(['`', '\n', '\r'], " ");
        self.functions[place] =
            format!("/// Builds `{name}`.\n#[rustfmt::skip]\n{head}() -> argali::Result<Model> {{\n{body}}}\n");
        Ok(())
    }

    /// The name of the function of a nested model, which is written if it has not been.
    fn nested(&mut self, instance: &Arc<Instance>, nested: &Nested, with_name: bool) -> Result<String> {
        if let Some(name) = self.nested.get(&key(instance)) {
            return Ok(name.clone());
        }
        let name = format!("build_{}", self.names.of(&instance.display_name()));
        self.nested.insert(key(instance), name.clone());
        self.function(&format!("fn {name}"), instance, nested, with_name, "")?;
        Ok(name)
    }

    fn text(self) -> String {
        let imports: String = self.imports.0.iter().map(|path| format!("use {path};\n")).collect();
        format!("{imports}use argali::prelude::*;\n\n{}", self.functions.join("\n"))
    }
}

/// Paths that the source imports besides the prelude.
#[derive(Clone, Debug, Default)]
struct Imports(BTreeSet<String>);

impl Imports {
    /// The last part of a path, which is imported.
    fn name(&mut self, path: &str) -> String {
        self.0.insert(path.to_owned());
        path.rsplit("::").next().unwrap_or(path).to_owned()
    }
}
