// An open camera: its picture, its light, and a look at what stands in the finder, several times a second.
import { decoder } from "@parts/camera/decoder.js";

const PAUSE_MS = 60;
// More than the finder, so that the white around a code that fills it is seen too.
const MARGIN = 0.06;
// No code that a hand holds up needs more; large pictures only take longer.
const MAX_SIDE = 1280;
const WANTED = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
};
const REASONS = {
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  AbortError: "busy",
};

function isForbidden() {
  const policy = document.featurePolicy ?? document.permissionsPolicy;
  return Boolean(policy?.features?.().includes("camera") && !policy.allowsFeature("camera"));
}

function reason(error) {
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return isForbidden() ? "forbidden" : "refused";
  return REASONS[error?.name] ?? "failed";
}

function next(video) {
  if (video.requestVideoFrameCallback) return new Promise((done) => video.requestVideoFrameCallback(done));
  return new Promise(requestAnimationFrame);
}

// What the finder shows of the picture, which fills its box and is cut at the edges; nothing while neither is on screen.
function cut(video, finder, pen) {
  const box = video.getBoundingClientRect();
  const aim = finder.getBoundingClientRect();
  if (!box.width || !aim.width || !video.videoWidth) return null;
  const scale = Math.max(box.width / video.videoWidth, box.height / video.videoHeight);
  const side = (start, length, boxStart, boxLength, whole) => {
    const from = (start - length * MARGIN - boxStart - boxLength / 2) / scale + whole / 2;
    const to = from + (length * (1 + 2 * MARGIN)) / scale;
    const first = Math.max(0, Math.floor(from));
    return [first, Math.min(whole, Math.ceil(to)) - first];
  };
  const [x, width] = side(aim.left, aim.width, box.left, box.width, video.videoWidth);
  const [y, height] = side(aim.top, aim.height, box.top, box.height, video.videoHeight);
  if (width <= 0 || height <= 0) return null;
  const shrink = Math.min(1, MAX_SIDE / Math.max(width, height));
  pen.canvas.width = Math.round(width * shrink);
  pen.canvas.height = Math.round(height * shrink);
  pen.drawImage(video, x, y, width, height, 0, 0, pen.canvas.width, pen.canvas.height);
  return pen.canvas;
}

// Labels carry several codes: the one that is aimed at is the one nearest to the middle.
function aimedAt(codes, { width, height }) {
  const far = ({ x, y }) => Math.hypot(x - width / 2, y - height / 2);
  return codes.filter(({ text }) => text).sort((one, two) => far(one) - far(two))[0];
}

// Runs until `own.stop`; `say` hears "open", "read", "ended" and why it cannot be done.
export function watch(own, video, finder, say) {
  if (!isSecureContext) return say("insecure");
  if (!navigator.mediaDevices?.getUserMedia) return say("absent");
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  let stream;
  // Whoever waited for something of a round before this one has nothing to do any more.
  let round = 0;

  const rest = () => {
    round += 1;
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    video.srcObject = null;
  };
  const fail = (why) => {
    rest();
    say(why);
  };

  const look = async (mine, read) => {
    while (mine === round) {
      await next(video);
      const picture = mine === round && cut(video, finder, pen);
      const codes = picture ? await read(picture) : [];
      const code = mine === round && aimedAt(codes, pen.canvas);
      if (code) say("read", code.text, code.sure);
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  };

  const start = async () => {
    const mine = (round += 1);
    const reading = decoder();
    reading.catch(() => {}); // Said below, once there is a picture.
    let came;
    try {
      came = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch (error) {
      if (mine === round) say(reason(error));
      return;
    }
    if (mine !== round) return came.getTracks().forEach((track) => track.stop());
    stream = came;
    const [track] = stream.getVideoTracks();
    track.addEventListener("ended", () => mine === round && fail("ended"));
    video.srcObject = stream;
    video.play().catch(() => {}); // Stopped before it began.
    let read;
    try {
      read = await reading;
    } catch {
      if (mine === round) fail("unloaded");
      return;
    }
    if (mine !== round) return;
    say("open", track.getCapabilities?.().torch ? "light" : "");
    await look(mine, read).catch(() => mine === round && fail("unloaded"));
  };

  // Nobody looks through a page that is hidden.
  const turn = () => (document.hidden ? rest() : start());
  document.addEventListener("visibilitychange", turn);
  own.stop = () => {
    document.removeEventListener("visibilitychange", turn);
    rest();
  };
  own.light = (on) => stream?.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on }] }).catch(() => {});
  start();
}
