//! How an input and its owner share a value: a signal in, a callback out, or simply an `RwSignal`.

use leptos::prelude::*;

/// A value an input shows and changes. Made from an `RwSignal<T>` or from `(Signal<T>, Callback<T>)`.
pub struct Bind<T: Send + Sync + 'static> {
    read: Signal<T>,
    write: Callback<T>,
}

impl<T: Send + Sync + 'static> Clone for Bind<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Bind<T> {}

impl<T: Clone + Send + Sync + 'static> Bind<T> {
    /// From what to show and what to do with a change.
    pub fn new(read: impl Fn() -> T + Send + Sync + 'static, write: impl Fn(T) + Send + Sync + 'static) -> Self {
        Self { read: Signal::derive(read), write: Callback::new(write) }
    }

    /// The value now, followed by views.
    pub fn get(self) -> T {
        self.read.get()
    }

    /// The value now, for event handlers.
    pub fn get_untracked(self) -> T {
        self.read.get_untracked()
    }

    /// Looks at the value without cloning it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.read.with(look)
    }

    /// Hands the owner a new value.
    pub fn set(self, value: T) {
        self.write.run(value);
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Bind<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self { read: signal.into(), write: Callback::new(move |value| signal.set(value)) }
    }
}

impl<T: Clone + Send + Sync + 'static> From<(Signal<T>, Callback<T>)> for Bind<T> {
    fn from((read, write): (Signal<T>, Callback<T>)) -> Self {
        Self { read, write }
    }
}
