// The reading half of ZXing: loaded only where the browser itself reads no codes.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import file from "zxing-wasm/reader/zxing_reader.wasm";

const FORMATS = ["Code128", "Code39", "DataMatrix", "EAN13", "EAN8", "ITF", "QRCode"];
const UNSURE = ["Code39", "Code39Std", "Code39Ext", "ITF", "ITF14"];
// The text as a gun sends it: separators as they are, no brackets around what a GS1 code names.
const OPTIONS = { formats: FORMATS, textMode: "Plain", maxNumberOfSymbols: 8 };

export async function open() {
  // From our own server: by itself the library would ask another's.
  const locateFile = () => new URL(file, import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  return async (canvas) => {
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pixels, OPTIONS);
    return found.filter(({ isValid }) => isValid).map(({ text, format, position }) => {
      const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight];
      const middle = (side) => corners.reduce((sum, corner) => sum + corner[side], 0) / corners.length;
      return { text, sure: !UNSURE.includes(format), x: middle("x"), y: middle("y") };
    });
  };
}
