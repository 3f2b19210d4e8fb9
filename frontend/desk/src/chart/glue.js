// Between the desk's Rust and ECharts: loads the library once, keeps one chart an element, follows its size, and gives it
// the colours of the page.
const charts = new Map();
let library;

function load() {
  library ??= import("@desk/chart/echarts.js").catch((error) => {
    library = undefined; // A lost network must not break charts until the page is loaded again.
    throw error;
  });
  return library;
}

// The tokens as they are now: light or dark.
function themed(element, option) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  const axis = (own) => ({
    ...own,
    axisLine: { lineStyle: { color: token("grey-5") } },
    axisLabel: { color: token("grey-8") },
    nameTextStyle: { color: token("grey-8") },
    splitLine: { lineStyle: { color: token("grey-4") } },
  });
  const all = (axes) => (Array.isArray(axes) ? axes.map(axis) : axes && axis(axes));
  return {
    animation: false,
    aria: { enabled: false },
    color: ["accent", "waiting-text", "attention-text", "good-text", "bad-text", "grey-7", "accent-border", "waiting-border"].map(token),
    textStyle: { color: token("grey-10"), fontFamily: style.fontFamily },
    ...option,
    xAxis: all(option.xAxis),
    yAxis: all(option.yAxis),
    legend: option.legend && { ...option.legend, textStyle: { color: token("grey-10") } },
    // Tips are painted on the canvas: as HTML they would carry style attributes, which the page's policy forbids.
    tooltip: {
      ...option.tooltip,
      renderMode: "richText",
      backgroundColor: token("grey-1"),
      borderColor: token("grey-5"),
      textStyle: { color: token("grey-10") },
    },
  };
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
  entry.chart.setOption(themed(element, JSON.parse(entry.option)), { notMerge: true });
}

export function dispose(element) {
  const entry = charts.get(element);
  charts.delete(element);
  entry?.sizes?.disconnect();
  entry?.chart?.dispose();
}
