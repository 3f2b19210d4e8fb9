// Starts the desk: the page's policy allows no script inside the page itself.
import init from "wasm-app";

init();
