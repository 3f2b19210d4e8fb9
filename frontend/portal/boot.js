// Starts the portal: the page's policy allows no script inside the page itself.
import init from "wasm-app";

// In a frame of a shop's own page: how tall the portal is, so that the frame need not scroll. Nothing else is told.
if (window.parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ type: "returndesk:height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
}

init();
