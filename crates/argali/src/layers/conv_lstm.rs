//! LSTM cells whose products are convolutions, over any number of spatial axes.

use super::convolution::{Drawn, Frame};
use super::window::{Sliding, Spatial};
use super::*;
use crate::Dim;
use argali_engine::{OperationError, Window};

/// A convolutional LSTM.
pub(crate) struct ConvLstm<'l> {
    pub(crate) frame: Frame<'l>,
    pub(crate) filters: usize,
    pub(crate) recurrent_activation: &'l AnyActivation,
    pub(crate) kernel: Drawn<'l>,
    pub(crate) recurrent: Drawn<'l>,
    pub(crate) unit_forget_bias: bool,
    pub(crate) dropout: Number,
    pub(crate) recurrent_dropout: Number,
    pub(crate) seed: Option<i64>,
    pub(crate) sequence: Sequence,
}

/// How a recurrent layer goes through a sequence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sequence {
    pub(crate) return_sequences: bool,
    pub(crate) return_state: bool,
    pub(crate) go_backwards: bool,
    pub(crate) stateful: bool,
    pub(crate) zero_output_for_mask: bool,
}

impl ConvLstm<'_> {
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive("filters", &[self.filters])?;
        self.frame.sliding.validate()?;
        self.frame.sliding.not_causal()?;
        self.frame.sliding.strided_or_dilated()?;
        noise::validate("dropout", self.dropout)?;
        noise::validate("recurrent_dropout", self.recurrent_dropout)?;
        for (option, function) in
            [("activation", self.frame.activation), ("recurrent_activation", self.recurrent_activation)]
        {
            function.validate()?;
            if function.function() == Some(ActivationFunction::Glu) {
                return Err(Problem::argument(option, function, "a function that keeps the shape", "take another one"));
            }
        }
        Ok(())
    }

    pub(crate) fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        let (Some(input), 1 | 3) = (inputs.first(), inputs.len()) else {
            return Err(Problem::Inputs { expected: "one tensor, or a tensor and two states", found: inputs.len() });
        };
        let (time, state) = (self.step(input)?.0, self.state_shape(input)?);
        if let Some(given) = inputs[1..].iter().find(|given| !compatible(given, &state)) {
            let message = format!("starts from states of shape {state}, found {given}");
            return Err(Problem::mismatch(message, "give two states of this shape, hidden and carry"));
        }
        if self.sequence.stateful && state.dim(0).is_none() {
            let help = "give the first layer a `.batch_size(..)`, or the input one";
            return Err(Problem::argument("stateful", true, "false where the batch size is not fixed", help));
        }
        let mut output = state.clone();
        if self.sequence.return_sequences {
            output.0.insert(1, time);
        }
        let states = if self.sequence.return_state { vec![state; 2] } else { Vec::new() };
        Ok([output].into_iter().chain(states).collect())
    }

    /// Number of time steps, and the shape of one of them.
    fn step(&self, input: &Shape) -> Result<(Dim, Shape), Problem> {
        let axes = self.frame.sliding.axes();
        if input.rank() != axes + 3 {
            return Err(Problem::Rank { expected: self.frame.data_format.sequence_axes(axes), found: input.rank() });
        }
        if input.dim(1) == Some(0) {
            return Err(Problem::mismatch("goes through no time steps", "give the time axis at least one step"));
        }
        let mut step = input.clone();
        let time = step.0.remove(1);
        Ok((time, step))
    }

    fn state_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, .. } = self.frame.split(&self.step(input)?.1)?;
        if lengths.contains(&None) {
            return Err(Problem::Unknown { axis: "spatial", what: "states" });
        }
        let lengths = self.frame.sliding.output(&lengths)?;
        Ok(self.frame.data_format.join(Spatial { batch, lengths, channels: Some(self.filters) }))
    }

    pub(crate) fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = self.frame.channels(&self.step(input)?.1, "kernel")?;
        let gates = self.filters.checked_mul(4).ok_or_else(|| {
            Problem::argument("filters", self.filters, "a number that four gates can have", "take fewer")
        })?;
        let kernel = self.kernel.weight("kernel", self.frame.kernel(channels, gates));
        let recurrent = self.recurrent.weight("recurrent_kernel", self.frame.kernel(self.filters, gates));
        let mut weights = self.frame.with_bias(vec![kernel, recurrent], gates);
        if let Some(bias) = weights.get_mut(2) {
            bias.unit_forget_bias = self.unit_forget_bias;
        }
        if self.sequence.stateful {
            let shape = self.state_shape(input)?.known();
            let shape = shape.ok_or(Problem::Unknown { axis: "batch", what: "states" })?;
            weights.extend(["hidden_state", "carry_state"].map(|name| Weight::state(name, shape.clone())));
        }
        Ok(weights)
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let windows = step_mask(call).and_then(|()| self.windows(&call.input().shape()));
        let run = windows.map(|windows| Run { lstm: self, call, windows }.outputs());
        run.unwrap_or_else(|problem| {
            call.graph.fail(OperationError { operation: "conv_lstm", message: problem.to_string() });
            vec![call.input()]
        })
    }

    /// The windows over an input, and those over the states.
    fn windows(&self, input: &[usize]) -> Result<[Vec<Window>; 2], Problem> {
        let lengths = |shape: &Shape| -> Result<Vec<usize>, Problem> {
            Ok(self.frame.split(shape)?.lengths.into_iter().flatten().collect())
        };
        let input = Shape::from(input);
        let (step, state) = (lengths(&self.step(&input)?.1)?, lengths(&self.state_shape(&input)?)?);
        let ones = vec![1; state.len()];
        let (padding, sliding) = (Padding::Same, &self.frame.sliding);
        let recurrent = Sliding { strides: &ones, dilation: &ones, padding, ..*sliding };
        Ok([sliding.windows(&step)?, recurrent.windows(&state)?])
    }

    pub(crate) fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        vec![call.mask().filter(|_| self.sequence.return_sequences)]
    }
}

/// Refuses a mask of anything but whole steps, such as `Masking` makes of a sequence of images.
fn step_mask(call: &Call<'_, '_>) -> Result<(), Problem> {
    match call.mask().map(|mask| Shape::from(&mask.shape()[..])) {
        Some(mask) if mask.rank() != 2 => {
            let message = format!("takes a mask of shape (batch, time), found {mask}");
            Err(Problem::mismatch(message, "mask whole steps"))
        }
        _ => Ok(()),
    }
}

/// Whether a shape can be what is expected, where lengths are known.
fn compatible(given: &Shape, expected: &Shape) -> bool {
    let agree = |(a, b): (&Dim, &Dim)| a.is_none() || b.is_none() || a == b;
    given.rank() == expected.rank() && given.0.iter().zip(&expected.0).all(agree)
}

/// One call on the graph, channels last.
struct Run<'r, 'g> {
    lstm: &'r ConvLstm<'r>,
    call: &'r Call<'r, 'g>,
    windows: [Vec<Window>; 2],
}

/// The hidden and the carry state.
type States<'g> = [Value<'g>; 2];

impl<'g> Run<'_, 'g> {
    fn outputs(&self) -> Vec<Value<'g>> {
        let gates = self.input_gates();
        let steps = gates.shape()[1];
        let mut order: Vec<_> = (0..steps).collect();
        if self.lstm.sequence.go_backwards {
            order.reverse();
        }
        let mut states = self.initial_states(&gates.shape());
        let noise = self.noise(self.lstm.recurrent_dropout, &states[0].shape());
        let mut outputs = Vec::with_capacity(steps);
        for step in order {
            let new = self.step(gates.index(1, step), states, noise.as_deref());
            let output;
            (output, states) = self.masked(step, states, new);
            outputs.push(output);
        }
        self.keep(states);
        let native = |state: Value<'g>| self.lstm.frame.data_format.back_from_channels_last(state);
        let last = outputs.last().copied().map(native).unwrap_or_else(|| self.call.input());
        let output = match self.lstm.sequence.return_sequences {
            true => self.call.graph.stack(&outputs.into_iter().map(native).collect::<Vec<_>>(), 1),
            false => last,
        };
        let returned = if self.lstm.sequence.return_state { &states[..] } else { &[] };
        [output].into_iter().chain(returned.iter().map(|state| native(*state))).collect()
    }

    /// What the inputs of all steps give the gates: `(batch, time, spatial axes.., 4 · filters)`.
    fn input_gates(&self) -> Value<'g> {
        let x = self.call.input();
        let mut shape = x.shape();
        let (batch, time) = (shape[0], shape[1]);
        shape.splice(..2, [batch * time]);
        let x = self.lstm.frame.data_format.to_channels_last(x.reshape(&shape));
        let mut step_shape = x.shape();
        step_shape[0] = batch;
        let noise = self.noise(self.lstm.dropout, &step_shape).map(|noise| {
            let over_time = |noise: &Value<'g>| {
                let spread = [&[batch, time], &step_shape[1..]].concat();
                noise.expand_dims(1).broadcast_to(&spread).reshape(&x.shape())
            };
            noise.iter().map(over_time).collect::<Vec<_>>()
        });
        let mut gates = self.convolve(x, self.call.weights[0], 0, noise.as_deref());
        if self.lstm.frame.bias.is_some() {
            gates = gates + self.call.weights[2];
        }
        let mut shape = gates.shape();
        shape.splice(..1, [batch, time]);
        gates.reshape(&shape)
    }

    /// A convolution to all gates; with noise, of another product for each.
    fn convolve(&self, x: Value<'g>, kernel: Value<'g>, windows: usize, noise: Option<&[Value<'g>]>) -> Value<'g> {
        let windows = &self.windows[windows];
        let Some(noise) = noise else { return x.conv(kernel, windows, 1) };
        let kernels = kernel.split(kernel.rank() - 1, noise.len());
        let gates: Vec<_> =
            kernels.iter().zip(noise).map(|(kernel, noise)| (x * *noise).conv(*kernel, windows, 1)).collect();
        self.call.graph.concat(&gates, x.rank() - 1)
    }

    /// In training, for each gate what every step's elements are multiplied by.
    fn noise(&self, rate: Number, shape: &[usize]) -> Option<Vec<Value<'g>>> {
        let keep = 1.0 - rate.get();
        let drops = self.call.training && 0.0 < keep && keep < 1.0;
        let kept = Distribution::Bernoulli { probability: keep };
        let draw = || self.call.random(self.lstm.seed, kept, shape) / keep;
        drops.then(|| (0..4).map(|_| draw()).collect())
    }

    /// The states given, kept from the last batch, or zeros.
    fn initial_states(&self, gates: &[usize]) -> States<'g> {
        let last = |state: Value<'g>| self.lstm.frame.data_format.to_channels_last(state);
        match (self.call.inputs, self.kept_states()) {
            ([_, hidden, carry], _) => [last(*hidden), last(*carry)],
            (_, Some(states)) => states.map(last),
            _ => {
                let mut shape = gates.to_vec();
                shape.remove(1);
                shape.pop();
                shape.push(self.lstm.filters);
                [self.call.graph.full(self.call.dtype, &shape, 0.0); 2]
            }
        }
    }

    /// The weights that hold the states of a stateful layer.
    fn kept_states(&self) -> Option<States<'g>> {
        match self.call.weights {
            [.., hidden, carry] if self.lstm.sequence.stateful => Some([*hidden, *carry]),
            _ => None,
        }
    }

    /// Leaves the states to the next batch.
    fn keep(&self, states: States<'g>) {
        for (kept, new) in self.kept_states().into_iter().flatten().zip(states) {
            self.call.graph.update(kept, self.lstm.frame.data_format.back_from_channels_last(new));
        }
    }

    fn step(&self, input: Value<'g>, [hidden, carry]: States<'g>, noise: Option<&[Value<'g>]>) -> States<'g> {
        let gates = input + self.convolve(hidden, self.call.weights[1], 1, noise);
        let gates = gates.split(gates.rank() - 1, 4);
        let [input, forget, candidate, output] = gates[..] else { return [hidden, carry] };
        let open = |gate: Value<'g>| self.activate(self.lstm.recurrent_activation, gate);
        let squash = |value: Value<'g>| self.activate(self.lstm.frame.activation, value);
        let carry = open(forget) * carry + open(input) * squash(candidate);
        [open(output) * squash(carry), carry]
    }

    /// A function of a tensor as it is in the layer's data format: some work along its last axis.
    fn activate(&self, function: &AnyActivation, value: Value<'g>) -> Value<'g> {
        let format = self.lstm.frame.data_format;
        match function.function().and_then(ActivationFunction::function) {
            Some(_) => function.apply(value),
            None => format.to_channels_last(function.apply(format.back_from_channels_last(value))),
        }
    }

    /// The output and the states after a step, which samples that the mask leaves out do not take.
    fn masked(&self, step: usize, old: States<'g>, new: States<'g>) -> (Value<'g>, States<'g>) {
        let Some(mask) = self.call.mask() else { return (new[0], new) };
        let shape = new[0].shape();
        let ones = [&shape[..1], &vec![1; shape.len() - 1]].concat();
        let counts = mask.index(1, step).reshape(&ones).broadcast_to(&shape);
        let states = [counts.select(new[0], old[0]), counts.select(new[1], old[1])];
        match self.lstm.sequence.zero_output_for_mask {
            true => (counts.select(new[0], new[0].zeros_like()), states),
            false => (states[0], states),
        }
    }
}

/// Defines a layer that is a [`ConvLstm`].
macro_rules! conv_lstm {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Number of output channels.
                filters: usize,
                /// Length of the window along each spatial axis.
                kernel_size: Size<$axes> as impl Into<Size<$axes>>,
                ..
                /// Steps the window moves over the input at a time; above 1 only without dilation. Default 1.
                strides: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Borders of the input's spatial axes; states are always padded. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Steps between two taps of `kernel`; above 1 only without strides. Default 1.
                dilation_rate: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Function of the candidate and the carry state. Default `Tanh`.
                activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Tanh.into(),
                /// Function of the gates. Default `Sigmoid`.
                recurrent_activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Sigmoid.into(),
                /// Whether to add a bias. Default `true`.
                use_bias: bool = true,
                /// How `kernel` is drawn. Default `GlorotUniform`.
                kernel_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
                /// How `recurrent_kernel` is drawn. Default `Orthogonal`.
                recurrent_initializer: Initializer as impl Into<Initializer> = InitializerKind::orthogonal(1.0).into(),
                /// How `bias` is drawn. Default `Zeros`.
                bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
                /// Whether the bias of the forget gate starts as ones. Default `true`.
                unit_forget_bias: bool = true,
                /// Loss on `kernel`. Default none.
                kernel_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `recurrent_kernel`. Default none.
                recurrent_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `bias`. Default none.
                bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// What holds for `kernel` after every training step. Default nothing.
                kernel_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `recurrent_kernel` after every training step. Default nothing.
                recurrent_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `bias` after every training step. Default nothing.
                bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// Share of the inputs to drop in training, the same at every step. Default 0.
                dropout: Number as impl Into<Number> = 0.0.into(),
                /// Share of the hidden states to drop in training, the same at every step. Default 0.
                recurrent_dropout: Number as impl Into<Number> = 0.0.into(),
                /// Seed that what is dropped depends on beside the step and the layer's place. Default: the model's.
                seed: Option<i64> as impl Into<Option<i64>> = None,
                /// Whether to return the outputs of all steps rather than that of the last. Default `false`.
                return_sequences: bool = false,
                /// Whether to return the last hidden and carry state too. Default `false`.
                return_state: bool = false,
                /// Whether to go from the last step to the first; outputs are in the order of going. Default `false`.
                go_backwards: bool = false,
                /// Whether a batch starts from the states that the last one ended with. Default `false`.
                stateful: bool = false,
                /// Kept for Keras; steps are always unrolled here. Default `false`.
                unroll: bool = false,
                /// Whether the output is zero at steps that a mask leaves out, rather than that of the step before;
                /// not with `unroll`. Default `false`.
                zero_output_for_mask: bool = false,
            }
        }

        impl $Layer {
            fn lstm(&self) -> conv_lstm::ConvLstm<'_> {
                conv_lstm::ConvLstm {
                    frame: convolution::frame!(self),
                    filters: self.filters,
                    recurrent_activation: &self.recurrent_activation,
                    kernel: convolution::Drawn {
                        initializer: &self.kernel_initializer,
                        regularizer: &self.kernel_regularizer,
                        constraint: &self.kernel_constraint,
                    },
                    recurrent: convolution::Drawn {
                        initializer: &self.recurrent_initializer,
                        regularizer: &self.recurrent_regularizer,
                        constraint: &self.recurrent_constraint,
                    },
                    unit_forget_bias: self.unit_forget_bias,
                    dropout: self.dropout,
                    recurrent_dropout: self.recurrent_dropout,
                    seed: self.seed,
                    sequence: conv_lstm::Sequence {
                        return_sequences: self.return_sequences,
                        return_state: self.return_state,
                        go_backwards: self.go_backwards,
                        stateful: self.stateful,
                        zero_output_for_mask: self.zero_output_for_mask && !self.unroll,
                    },
                }
            }
        }

        impl Layer for $Layer {
            const WRITES_ACTIVITY_REGULARIZER: bool = true;
            const TRAINING_ARGUMENT: bool = true;
            const MASK_ARGUMENT: bool = true;
            const MORE_INPUTS: Option<&'static str> = Some("initial_state");

            fn validate(&self) -> Result<(), Problem> {
                self.lstm().validate()
            }

            fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
                self.lstm().output_shapes(inputs)
            }

            fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
                self.lstm().weights(input)
            }

            fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
                self.lstm().call(call)
            }

            fn supports_masking(&self) -> bool {
                true
            }

            fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
                self.lstm().masks(call)
            }
        }
    };
}

pub(crate) use conv_lstm;

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use ndarray::Array4;
    use serde_json::json;

    #[test]
    fn states_go_from_batch_to_batch() -> crate::Result<()> {
        let x = InputLayer::new([2, 5, 3]).batch_size(1).tensor();
        let model = Model::new(&x, x.conv_lstm_1d(2, 3).padding(Same).stateful(true))?;
        let data = Array4::<f32>::from_elem((1, 2, 5, 3), 0.5);
        let (first, second) = (model.predict(&data)?, model.predict(&data)?);
        assert_ne!(first, second);
        model.reset_states();
        assert_eq!(first, model.predict(&data)?);
        assert_eq!(model.weights().len(), 3);
        Ok(())
    }

    #[test]
    fn forget_gates_start_open() -> crate::Result<()> {
        let x = input([2, 5, 3]);
        let model = Model::new(&x, x.conv_lstm_1d(2, 3).padding(Same))?;
        model.predict(&Array4::<f32>::zeros((1, 2, 5, 3)))?;
        let bias = model.weights()[2].value().map(|v| v.into_raw_vec_and_offset().0);
        assert_eq!(bias, Some(vec![0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]));
        Ok(())
    }

    #[test]
    fn saved_calls_name_the_initial_states() -> crate::Result<()> {
        let (x, hidden, carry) = (input([4, 8, 3]), input([8, 2]), input([8, 2]));
        let y = call_on(ConvLSTM1D::new(2, 3).padding(Same), [&x, &hidden, &carry]);
        let model = Model::new([&x, &hidden, &carry], &y)?;
        let json = model.to_value();
        let layer = &json["config"]["layers"][3];
        let call = &layer["inbound_nodes"][0];
        assert_eq!(call["args"].as_array().map(Vec::len), Some(1));
        assert_eq!(call["kwargs"].as_object().map(|kwargs| kwargs.len()), Some(1));
        assert_eq!(call["kwargs"]["initial_state"][1]["config"]["keras_history"], json!(["input_layer_2", 0, 0]));
        let shapes = json!({"sequences_shape": [null, 4, 8, 3], "initial_state_shape": [[null, 8, 2], [null, 8, 2]]});
        assert_eq!(layer["build_config"]["shapes_dict"], shapes);
        assert_eq!(Model::from_json(&model.to_json())?.to_value(), json);
        Ok(())
    }

    #[test]
    fn masks_of_parts_of_a_step_are_refused() -> crate::Result<()> {
        let model = Sequential::new().input([2, 5, 3]).masking(0.0).conv_lstm_1d(2, 3).build()?;
        let error = model.predict(&Array4::<f32>::zeros((1, 2, 5, 3))).unwrap_err().to_string();
        assert!(error.contains("takes a mask of shape (batch, time), found (1, 2, 5)"), "{error}");
        Ok(())
    }
}
