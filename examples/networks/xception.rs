use argali::Put;
use argali::layers::BatchNormalization;
use argali::prelude::*;

/// Xception for images of some rows and columns with three channels: separable convolutions between shortcuts.
///
/// # Errors
///
/// If the images have no room for the windows, or there are no classes.
///
/// Chollet, *Xception: Deep Learning with Depthwise Separable Convolutions*, <https://arxiv.org/abs/1610.02357>. Keras:
/// `keras.applications.Xception`.
pub fn xception(rows: usize, columns: usize, classes: usize) -> argali::Result<Model> {
    let image = input([rows, columns, 3]);
    let x = exit_flow(&middle_flow(entry_flow(&image)));
    let x = x.global_average_pooling_2d().name("avg_pool").dense(classes).activation(Softmax).name("predictions");
    Ok(Model::new(&image, x)?.named("xception"))
}

fn entry_flow(image: &Tensor) -> Tensor {
    let x = image
        .conv_2d(32, 3)
        .strides(2)
        .use_bias(false)
        .name("block1_conv1")
        .batch_normalization()
        .name("block1_conv1_bn")
        .activation(Relu)
        .name("block1_conv1_act")
        .conv_2d(64, 3)
        .use_bias(false)
        .name("block1_conv2")
        .batch_normalization()
        .name("block1_conv2_bn")
        .activation(Relu)
        .name("block1_conv2_act")
        .tensor();
    let convolved = active_separable(separable(&x, 128, "block2_sepconv1"), 128, "block2_sepconv2");
    let x = halved(convolved, &x, 128, "block2_pool");
    [(256, "block3"), (728, "block4")].into_iter().fold(x, |x, (filters, block)| {
        let convolved = active_separable(&x, filters, &format!("{block}_sepconv1"));
        let convolved = active_separable(convolved, filters, &format!("{block}_sepconv2"));
        halved(convolved, &x, filters, &format!("{block}_pool"))
    })
}

fn middle_flow(x: Tensor) -> Tensor {
    (5..13).fold(x, |x, block| {
        let convolved = active_separable(&x, 728, &format!("block{block}_sepconv1"));
        let convolved = active_separable(convolved, 728, &format!("block{block}_sepconv2"));
        let convolved = active_separable(convolved, 728, &format!("block{block}_sepconv3"));
        add([&convolved.tensor(), &x]).tensor()
    })
}

fn exit_flow(x: &Tensor) -> Tensor {
    let convolved = active_separable(x, 728, "block13_sepconv1");
    let convolved = active_separable(convolved, 1024, "block13_sepconv2");
    let x = halved(convolved, x, 1024, "block13_pool");
    [(1536, "block14_sepconv1"), (2048, "block14_sepconv2")].into_iter().fold(x, |x, (filters, name)| {
        separable(&x, filters, name).activation(Relu).name(format!("{name}_act")).tensor()
    })
}

/// Half the rows and columns: pooled features on a shortcut that skips them.
fn halved(features: BatchNormalization<Tensor>, from: &Tensor, filters: usize, pool: &str) -> Tensor {
    let shortcut = from.conv_2d(filters, 1).strides(2).padding(Same).use_bias(false).batch_normalization().tensor();
    let pooled = features.max_pooling_2d(3).strides(2).padding(Same).name(pool).tensor();
    add([&pooled, &shortcut]).tensor()
}

fn active_separable<P: Put<Done = Tensor>>(x: P, filters: usize, name: &str) -> BatchNormalization<Tensor> {
    separable(x.activation(Relu).name(format!("{name}_act")), filters, name)
}

fn separable<P: Put<Done = Tensor>>(x: P, filters: usize, name: &str) -> BatchNormalization<Tensor> {
    x.separable_conv_2d(filters, 3)
        .padding(Same)
        .use_bias(false)
        .name(name)
        .batch_normalization()
        .name(format!("{name}_bn"))
}
