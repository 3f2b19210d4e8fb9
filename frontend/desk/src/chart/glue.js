// Between the desk's Rust and ECharts: loads the library once, keeps one chart an element, and follows its size.
const charts = new Map();
let library;

function load() {
  library ??= import("@desk/chart/echarts.js").catch((error) => {
    library = undefined; // A lost network must not break charts until the page is loaded again.
    throw error;
  });
  return library;
}

export async function draw(element, option) {
  charts.get(element) ?? charts.set(element, {});
  const entry = charts.get(element);
  entry.option = option;
  const { init } = await load();
  if (charts.get(element) !== entry) return; // Disposed of while the library was on its way.
  if (!entry.chart) {
    entry.chart = init(element, null, { renderer: "canvas" });
    entry.sizes = new ResizeObserver(() => entry.chart.resize());
    entry.sizes.observe(element);
  }
  // Tips are painted on the canvas: as HTML they would carry style attributes, which the page's policy forbids.
  const base = { animation: false, tooltip: { renderMode: "richText" }, aria: { enabled: false } };
  entry.chart.setOption({ ...base, ...JSON.parse(entry.option) }, { notMerge: true });
}

export function dispose(element) {
  const entry = charts.get(element);
  charts.delete(element);
  entry?.sizes?.disconnect();
  entry?.chart?.dispose();
}
