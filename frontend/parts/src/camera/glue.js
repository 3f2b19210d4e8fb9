// Between Rust and the camera. All it needs comes when a camera is opened for the first time.
let part;

function load() {
  part ??= import("@parts/camera/watch.js").catch((error) => {
    part = undefined; // A lost network must not keep the camera shut until the page is loaded again.
    throw error;
  });
  return part;
}

// Opens the camera into `video` and reads what stands in `finder`. `tell` hears what happens and what is read: what, the
// text, whether the code proves itself, and when in ms. What comes back is for `close` and `light`.
export function open(video, finder, tell) {
  const own = { closed: false };
  const say = (what, text = "", sure = false) => {
    if (!own.closed) tell(what, text, sure, performance.now());
  };
  load().then(
    ({ watch }) => {
      if (!own.closed) watch(own, video, finder, say);
    },
    () => say("unloaded"),
  );
  return own;
}

export function close(own) {
  own.closed = true;
  own.stop?.();
}

export function light(own, on) {
  own.light?.(on);
}
