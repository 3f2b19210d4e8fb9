// One live stream a browser: a leader tab holds it and tells the others. Browsers open few connections to one host, so a
// stream a tab would soon leave none for pages. Without locks (no secure connection) each tab holds its own.
const NAME = "returndesk.live";
const RETRY_MS = 5000;

// Calls `hear` with the topics that changed, or with null when some were missed. Gives back what ends it.
export function listen(address, topics, resync, hear) {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = (event) => hear(event.data);
  const tell = (heard) => {
    hear(heard);
    channel.postMessage(heard);
  };
  let source;
  let timer;
  let over = false;
  let release;

  const open = (again) => {
    if (over) return;
    source = new EventSource(address);
    let opened = again;
    source.onopen = () => {
      // Whatever happened between two streams was not heard.
      if (opened) tell(null);
      opened = true;
    };
    source.addEventListener(topics, (event) => tell(JSON.parse(event.data)));
    source.addEventListener(resync, () => tell(null));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(() => open(true), RETRY_MS);
    };
  };

  if (navigator.locks) {
    let first = true;
    navigator.locks.request(NAME, () => {
      open(!first);
      return new Promise((resolve) => { release = resolve; });
    }).catch(() => {});
    // Who becomes leader later takes over from a tab that closed.
    setTimeout(() => { first = false; }, 1000);
  } else {
    open(false);
  }

  return () => {
    over = true;
    clearTimeout(timer);
    source?.close();
    channel.close();
    release?.();
  };
}
