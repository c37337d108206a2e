//! `predict_into` allocates nothing after the first call.

use argali::View;
use argali::engine::with_threads;
use argali::prelude::*;
use ndarray::{Array2, Array3};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promises are those of the system's allocator.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from `alloc` above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn predict_into_allocates_nothing() {
    let model = Sequential::new()
        .input([32, 3])
        .separable_conv_1d(8, 5)
        .padding(Same)
        .activation(Relu)
        .batch_normalization()
        .max_pooling_1d(2)
        .global_average_pooling_1d()
        .dense(4)
        .activation(Softmax)
        .build()
        .unwrap();
    let (x, mut y) = (Array3::<f32>::ones((2, 32, 3)), Array2::<f32>::zeros((2, 4)));
    with_threads(1, || {
        let mut run = || {
            let before = ALLOCATIONS.load(Ordering::Relaxed);
            model.predict_into(&[View::of(&x)], &mut [y.view_mut().into_dyn()]).unwrap();
            ALLOCATIONS.load(Ordering::Relaxed) - before
        };
        assert!(run() > 0, "the first call plans");
        assert_eq!((run(), run()), (0, 0));
    });
    assert_eq!(y.into_dyn(), model.predict(&x).unwrap());
}
