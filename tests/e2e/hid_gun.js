// A gun in HID-POS mode that a test holds in its hand, in the place of the browser's own way to such devices.
(() => {
  const PAGE = 0x8c;
  const report = { reportId: 2, items: [] };
  class Gun extends EventTarget {
    opened = false;
    vendorId = 0x05e0;
    productId = 0x1300;
    productName = "Test gun";
    collections = [{ usagePage: PAGE, usage: 2, type: 1, children: [], inputReports: [report], outputReports: [], featureReports: [] }];
    async open() {
      if (this.opened) throw new DOMException("already open", "InvalidStateError");
      this.opened = true;
    }
    async close() {
      this.opened = false;
    }
  }
  const KEPT = "test.hid.granted";
  const gun = new Gun();
  const hid = new EventTarget();
  hid.getDevices = async () => (localStorage.getItem(KEPT) ? [gun] : []);
  hid.requestDevice = async ({ filters }) => {
    if (!navigator.userActivation.isActive) throw new DOMException("needs a gesture", "SecurityError");
    if (filters[0].usagePage !== PAGE || filters[0].usage !== 2) return [];
    localStorage.setItem(KEPT, "1");
    return [gun];
  };
  Object.defineProperty(Navigator.prototype, "hid", { get: () => hid, configurable: true });
  const tell = (name) => {
    const event = new Event(name);
    event.device = gun;
    hid.dispatchEvent(event);
  };
  const send = (bytes) => {
    if (!gun.opened) return;
    const event = new Event("inputreport");
    Object.assign(event, { reportId: 2, device: gun, data: new DataView(Uint8Array.from(bytes).buffer) });
    gun.dispatchEvent(event);
  };
  window.testGun = {
    unplug() {
      gun.opened = false;
      tell("disconnect");
    },
    plug() {
      tell("connect");
    },
    broken() {
      send([60, 1, 2, 3]);
    },
    scan(mark, text) {
      const bytes = [...new TextEncoder().encode(text)];
      for (let at = 0; at < bytes.length; at += 56) {
        const part = bytes.slice(at, at + 56);
        const sent = new Array(63).fill(0);
        sent[0] = part.length;
        [...mark].forEach((letter, place) => { sent[1 + place] = letter.charCodeAt(0); });
        part.forEach((byte, place) => { sent[4 + place] = byte; });
        sent[62] = at + 56 < bytes.length ? 1 : 0;
        send(sent);
      }
    },
  };
})();
