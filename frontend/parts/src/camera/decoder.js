// What finds codes in a picture: the browser where it can read all that we need, else a library that comes when it is needed.
const FORMATS = ["code_128", "code_39", "data_matrix", "ean_13", "ean_8", "itf", "qr_code"];
// They carry no check digit, so that a smear may read as another code.
const UNSURE = ["code_39", "itf"];

async function native() {
  const Detector = globalThis.BarcodeDetector;
  const known = (await Detector?.getSupportedFormats().catch(() => [])) ?? [];
  if (!FORMATS.every((format) => known.includes(format))) return null;
  const detector = new Detector({ formats: FORMATS });
  return async (canvas) => {
    const found = await detector.detect(canvas);
    return found.map(({ rawValue, format, boundingBox: { x, y, width, height } }) => {
      return { text: rawValue, sure: !UNSURE.includes(format), x: x + width / 2, y: y + height / 2 };
    });
  };
}

const library = async () => (await import("@parts/camera/zxing.js")).open();

async function choose() {
  let read = (await native()) ?? (await library());
  return async (canvas) => {
    try {
      return await read(canvas);
    } catch {
      // Some browsers promise what their system then lacks.
      read = await library();
      return read(canvas);
    }
  };
}

let chosen;

// A function from a canvas to the codes on it: text, middle, and whether the kind of code proves what was read.
export function decoder() {
  chosen ??= choose().catch((error) => {
    chosen = undefined;
    throw error;
  });
  return chosen;
}
