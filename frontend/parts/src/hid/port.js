// Guns in HID-POS mode: usage page 0x8C, usage 0x02. Usage 0x01 of that page is what keyboards and mice keep their settings
// on, so both are looked at.
const PAGE = 0x8c;
const USAGE = 0x02;
const isGun = (device) => device.collections.some((one) => one.usagePage === PAGE && one.usage === USAGE);

// Why guns cannot be reached past the keyboard here; empty when they can.
export function obstacle() {
  if (!isSecureContext) return "insecure";
  const policy = document.featurePolicy ?? document.permissionsPolicy;
  if (navigator.hid && policy && policy.features().includes("hid") && !policy.allowsFeature("hid")) return "forbidden";
  return navigator.hid ? "" : "unsupported";
}

const open = new Map();
let tell = () => {};

async function use(device) {
  if (!isGun(device) || open.has(device)) return;
  const hear = (event) => {
    const { buffer, byteOffset, byteLength } = event.data;
    tell("report", device.productName, new Uint8Array(buffer, byteOffset, byteLength), event.timeStamp);
  };
  open.set(device, hear);
  try {
    if (!device.opened) await device.open();
    device.addEventListener("inputreport", hear);
    tell("connected", device.productName, new Uint8Array(), 0);
  } catch (error) {
    open.delete(device);
    tell("failed", device.productName, new Uint8Array(), 0);
  }
}

// Calls `hear` with what happens to guns: connected, gone, failed, report. Opens those that were granted before.
export function start(hear) {
  tell = hear;
  if (obstacle()) return;
  navigator.hid.addEventListener("connect", (event) => use(event.device));
  navigator.hid.addEventListener("disconnect", (event) => {
    const own = open.get(event.device);
    if (!own) return;
    event.device.removeEventListener("inputreport", own);
    open.delete(event.device);
    tell("gone", event.device.productName, new Uint8Array(), 0);
  });
  navigator.hid.getDevices().then((all) => all.forEach(use)).catch(() => {});
}

// Asks the person for a gun: how many were chosen that are guns, -1 when none of them is.
export async function grant() {
  const chosen = await navigator.hid.requestDevice({ filters: [{ usagePage: PAGE, usage: USAGE }] });
  const guns = chosen.filter(isGun);
  await Promise.all(guns.map(use));
  return chosen.length && !guns.length ? -1 : guns.length;
}

// The names of the guns that are open.
export function names() {
  return [...open.keys()].map((device) => device.productName);
}
