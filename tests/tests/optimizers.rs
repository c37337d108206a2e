//! Optimizers against real Keras: weights and state over five steps.

use argali::engine::{Buffer, DType, Graph, Plan};
use argali::optimizers::{Adam, AdamW, AnyOptimizer, Common, Ftrl, SGD, SlotInfo, VariableInfo};
use argali_tests::{Case, assert_equal, cases, run_plan};
use serde_json::json;

fn variables(case: &Case) -> Vec<VariableInfo> {
    let weights = case.json["weights"].as_array().unwrap();
    let info = |w: &argali::Json| VariableInfo {
        path: w["path"].as_str().unwrap().into(),
        shape: serde_json::from_value(w["shape"].clone()).unwrap(),
        dtype: case.dtype(),
    };
    weights.iter().map(info).collect()
}

/// The optimizer of a case, with what Keras does not save.
fn optimizer(case: &Case) -> AnyOptimizer {
    let optimizer = AnyOptimizer::from_json(&case.json["optimizer"]).unwrap();
    match case.json.get("exclude_from_weight_decay") {
        Some(names) => optimizer.with_common(Common {
            exclude_from_weight_decay: serde_json::from_value(names.clone()).unwrap(),
            ..optimizer.common().clone()
        }),
        None => optimizer,
    }
}

/// One step on learning rate, iteration, variables, gradients and state.
fn plan(optimizer: &AnyOptimizer, variables: &[VariableInfo], dtype: DType) -> Plan {
    let graph = Graph::new();
    let (rate, iteration) = (graph.input(dtype, &[]), graph.input(DType::I64, &[]));
    let inputs = || variables.iter().map(|v| graph.input(v.dtype, &v.shape)).collect::<Vec<_>>();
    let (weights, gradients) = (inputs(), inputs());
    let state: Vec<_> = optimizer.variables(variables).iter().map(|s| graph.input(s.dtype, &s.shape)).collect();
    let given: Vec<_> = gradients.iter().copied().map(Some).collect();
    let (mut new, new_state) = optimizer.apply(rate, iteration, variables, &weights, &given, &state);
    new.extend(new_state);
    graph.plan(&new).unwrap()
}

fn initial(slot: &SlotInfo) -> Buffer {
    Buffer::F64(vec![slot.initial; slot.shape.iter().product()]).cast(slot.dtype)
}

fn five_steps(case: &Case) {
    let (optimizer, infos, dtype) = (optimizer(case), variables(case), case.dtype());
    assert_eq!(optimizer.to_json_in(dtype), case.json["optimizer"]);
    let slots = optimizer.variables(&infos);
    let own = case.json["variables"].as_array().unwrap();
    let own: Vec<_> = own.iter().enumerate().filter(|(_, v)| !is_counter(v)).collect();
    let described =
        |s: &SlotInfo| json!({"name": s.name, "path": s.path, "shape": s.shape, "dtype": s.dtype.to_string()});
    assert_eq!(
        slots.iter().map(described).collect::<Vec<_>>(),
        own.iter().map(|(_, v)| (*v).clone()).collect::<Vec<_>>()
    );
    let plan = plan(&optimizer, &infos, dtype);
    let mut values: Vec<_> = case.list("start").iter().map(|t| t.buffer(dtype)).collect();
    let mut state: Vec<_> = slots.iter().map(initial).collect();
    for step in 0..case.json["steps"].as_u64().unwrap() {
        let rate = Buffer::F64(vec![optimizer.learning_rate(step)]).cast(dtype);
        let mut inputs = vec![rate, Buffer::I64(vec![step as i64])];
        inputs.extend(values);
        inputs.extend(case.list(&format!("gradient/{step}")).iter().map(|t| t.buffer(dtype)));
        inputs.extend(state);
        values = run_plan(&plan, &inputs);
        state = values.split_off(infos.len());
        let what = |kind: &str, index: usize| format!("{kind} {index} after step {step} of {}", case.json);
        for (index, value) in values.iter().enumerate() {
            let expected = case.tensor(&format!("weights/{step}/{index}"));
            assert_equal(&what("weight", index), &value.as_slice().to_f64(), &expected.elements, dtype);
        }
        for (value, (index, _)) in state.iter().zip(&own) {
            let expected = case.tensor(&format!("variables/{step}/{index}"));
            assert_equal(&what("state", *index), &value.as_slice().to_f64(), &expected.elements, dtype);
        }
    }
    optimizer.finalize(&mut values, &state);
    for (index, value) in values.iter().enumerate() {
        let expected = case.tensor(&format!("final/{index}"));
        assert_equal(&format!("final {index} of {}", case.json), &value.as_slice().to_f64(), &expected.elements, dtype);
    }
}

/// Whether a variable of Keras's optimizer is the iteration or the learning rate.
fn is_counter(variable: &argali::Json) -> bool {
    variable["name"] == "iteration" || variable["name"] == "learning_rate"
}

#[test]
fn common_optimizers() {
    cases("training/optimizers").iter().for_each(five_steps);
}

#[test]
fn other_optimizers() {
    cases("training/optimizers_more").iter().for_each(five_steps);
}

#[test]
fn names() {
    for name in
        "adadelta adafactor adagrad adam adamw adamax ftrl lamb lion muon nadam rmsprop sgd SGD RMSprop".split(' ')
    {
        let optimizer: AnyOptimizer = name.parse().unwrap();
        assert_eq!(AnyOptimizer::from_json(&optimizer.to_json()).unwrap().to_json(), optimizer.to_json());
    }
    let json = AnyOptimizer::from(Adam::new().clipnorm(1).name("mine")).to_json_in(DType::F64);
    assert_eq!((&json["config"]["clipnorm"], &json["config"]["name"]), (&json!(1), &json!("mine")));
    assert_eq!(
        AnyOptimizer::from(SGD::new()).to_json_in(DType::F32)["config"]["learning_rate"],
        json!(0.009999999776482582)
    );
}

#[test]
fn older_files() {
    let saved = json!({"class_name": "Adam", "config": {
        "name": "Adam", "lr": 0.5, "decay": 0.0, "beta_1": 0.9, "amsgrad": false, "jit_compile": true}});
    assert_eq!(AnyOptimizer::from_json(&saved).unwrap().learning_rate(3), 0.5);
}

#[test]
fn refused() {
    let read = |class: &str, config: argali::Json| {
        AnyOptimizer::from_json(&json!({"class_name": class, "config": config})).unwrap_err().to_string()
    };
    assert_eq!(read("Adma", json!({})), "no optimizer class is registered as `Adma`");
    assert_eq!(read("Adam", json!({"beta1": 1})), "key `config.beta1` is unknown, did you mean `beta_1`?");
    assert_eq!(read("SGD", json!({"momentum": 2})), "has momentum 2, expected a number from 0 to 1");
    assert_eq!(
        read("SGD", json!({"learning_rate": {"class_name": "CosineDecay", "config": {}}})),
        "key `config.learning_rate.config.initial_learning_rate` is missing"
    );
    let check = |optimizer: AnyOptimizer| optimizer.validate().unwrap_err().to_string();
    assert_eq!(
        check(SGD::new().clipnorm(1.0).clipvalue(2.0).into()),
        "has clipvalue 2.0, expected none beside clipnorm"
    );
    assert_eq!(
        check(SGD::new().gradient_accumulation_steps(1).into()),
        "has gradient_accumulation_steps 1, expected 2 or more"
    );
    assert_eq!(
        check(SGD::new().use_ema(true).ema_momentum(1.5).into()),
        "has ema_momentum 1.5, expected a number from 0 to 1"
    );
    assert_eq!(
        check(Ftrl::new().beta(1).learning_rate_power(0.5).into()),
        "has learning_rate_power 0.5, expected a number up to 0"
    );
    let mut no_decay = AdamW::new();
    no_decay.common.weight_decay = None;
    assert_eq!(check(no_decay.into()), "has weight_decay none, expected a number");
}

#[test]
fn variables_without_gradient_stay() {
    let infos = vec![VariableInfo { path: "a/w".into(), shape: vec![2], dtype: DType::F32 }; 2];
    let optimizer = AnyOptimizer::from(SGD::new().weight_decay(0.1));
    let graph = Graph::new();
    let inputs: Vec<_> = (0..3).map(|_| graph.input(DType::F32, &[2])).collect();
    let (rate, iteration) = (graph.full(DType::F32, &[], 0.5), graph.full(DType::I64, &[], 0.0));
    let gradients = [None, Some(inputs[2])];
    let (new, _) = optimizer.apply(rate, iteration, &infos, &inputs[..2], &gradients, &[]);
    let plan = graph.plan(&new).unwrap();
    let found = run_plan(&plan, &[vec![1.0f32, 2.0].into(), vec![1.0f32, 2.0].into(), vec![1.0f32, 1.0].into()]);
    assert_eq!(found[0], vec![1.0f32, 2.0].into());
    assert_eq!(found[1], vec![1.0f32 - 0.05 - 0.5, 2.0 - 0.1 - 0.5].into());
}

#[test]
fn lists_of_other_lengths_are_the_graphs_error() {
    let graph = Graph::new();
    let (rate, iteration) = (graph.full(DType::F32, &[], 0.5), graph.full(DType::I64, &[], 0.0));
    AnyOptimizer::from(Adam::new()).apply(rate, iteration, &[], &[rate], &[None], &[]);
    assert!(graph.error().is_some_and(|e| e.operation == "optimizer"));
}

#[test]
fn loss_scale() {
    let graph = Graph::new();
    let loss = graph.full(DType::F64, &[], 2.0);
    let scaled = AnyOptimizer::from(SGD::new().loss_scale_factor(8)).scale_loss(loss);
    assert_eq!(argali_tests::run(&graph, &[], &[scaled]), [[16.0]]);
}
