// Draws the charts of a page with Vega, without eval: expressions go through Vega's interpreter.
const root = document.documentElement;
const views = new Map();

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

let libraries;
function loadLibraries(element) {
  libraries ??= load(element.dataset.vega)
    .then(() => load(element.dataset.vegaLite))
    .then(() => load(element.dataset.vegaEmbed));
  return libraries;
}

function theme() {
  const chosen = root.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

async function draw(element) {
  const { spec, themes } = JSON.parse(document.getElementById(element.dataset.chart).textContent);
  views.get(element)?.finalize();
  const result = await window.vegaEmbed(element, spec, {
    ast: true,
    actions: false,
    config: themes[theme()],
    defaultStyle: false,
    renderer: "svg",
    tooltip: false,
  });
  views.set(element, result);
  // The frame around the drawing carries the text; Vega's own roles would say it twice.
  element.querySelector("svg")?.setAttribute("aria-hidden", "true");
}

async function start(element) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = "yes";
  await loadLibraries(element);
  let width = 0;
  new ResizeObserver(() => {
    if (element.clientWidth !== width && element.clientWidth > 0) {
      width = element.clientWidth;
      draw(element);
    }
  }).observe(element);
}

function redraw() {
  for (const element of views.keys()) draw(element);
}

function startAll() {
  for (const element of document.querySelectorAll("[data-chart]")) start(element);
}

document.addEventListener("mycelia:theme", redraw);
document.addEventListener("htmx:afterSwap", startAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
startAll();
