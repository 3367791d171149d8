// Draws each figure's chart from the data that stands beside it.
(() => {
  const config = {
    displaylogo: false,
    displayModeBar: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    responsive: true,
  };
  const NARROW = 600;
  const PAPER_WIDTH = 660;
  // The name of the words that say across a plot that its figures aren't real.
  const STANDING = "standing";

  /** On a narrow screen the chart keeps its marks and gives up space around them. */
  const fitted = (layout) =>
    window.innerWidth >= NARROW
      ? layout
      : {
          ...layout,
          font: { ...layout.font, size: 11 },
          margin: { ...layout.margin, l: Math.min(layout.margin.l, 44), r: 8 },
          annotations: layout.annotations?.map((one) => (one.name === STANDING ? { ...one, font: { ...one.font, size: 12 } } : one)),
        };

  /** Names that were put beside points for a wide chart would cover each other on a narrow one. */
  const withRoom = (data) =>
    window.innerWidth >= NARROW ? data : data.map((trace) => (trace.meta === "names" ? { ...trace, mode: "markers" } : trace));

  /** The image says by itself what it shows, of what standing, and of which release. */
  const saveImage = async (figure, plot, format) => {
    const title = figure.querySelector(".app-figure__title").textContent.trim();
    const shown = figure.querySelector(".app-figure__caption").cloneNode(true);
    shown.querySelectorAll("[data-not-in-image], .app-figure__standing").forEach((part) => part.remove());
    const caption = shown.textContent.replace(/\s+/g, " ").trim();
    const standing = figure.querySelector(".app-figure__standing").textContent.trim();
    const wrapped = (text, width) => text.replace(new RegExp(`(.{1,${width}})(\\s|$)`, "g"), "$1<br>");
    const layout = {
      ...plot.layout,
      width: 1200,
      height: plot.layout.height + 200,
      margin: { ...plot.layout.margin, t: plot.layout.margin.t + 90, b: plot.layout.margin.b + 110 },
      title: { text: wrapped(title, 110), x: 0.01, xanchor: "left", y: 1, yanchor: "top", pad: { t: 20 }, font: { size: 18, weight: 700 } },
      annotations: [
        ...(plot.layout.annotations ?? []),
        { text: standing, x: 0, y: 0, yshift: -56, xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", showarrow: false, font: { size: 12, weight: 700 } },
        { text: wrapped(caption, 165), x: 0, y: 0, yshift: -74, xref: "paper", yref: "paper", xanchor: "left", yanchor: "top", align: "left", showarrow: false, font: { size: 12 } },
      ],
    };
    const image = await Plotly.toImage({ data: plot.data, layout }, { format, scale: 2 });
    const link = document.createElement("a");
    link.href = image;
    link.download = `${figure.dataset.image}.${format}`;
    link.click();
  };

  const draw = async (figure) => {
    const name = figure.dataset.chart;
    const plot = JSON.parse(document.getElementById(`${name}-data`).textContent);
    const place = document.getElementById(`${name}-plot`);
    place.style.minHeight = `${plot.layout.height}px`;
    await Plotly.newPlot(place, withRoom(plot.data), fitted(plot.layout), config);
    figure.querySelector("[data-save-images]").hidden = false;
    figure
      .querySelectorAll("[data-save-image]")
      .forEach((button) => button.addEventListener("click", () => saveImage(figure, plot, button.dataset.saveImage)));
    // The table stays open for readers without scripts, and where a chart could not be drawn.
    figure.querySelector("details[data-collapse]")?.removeAttribute("open");
    figure.dataset.drawn = "true";
  };

  /** Paper is narrower than most screens, and a chart doesn't follow by itself. One that is drawn anew for paper is
      left alone: Plotly can't give back a width that such a drawing never had. */
  const fitToPaper = (width) =>
    document
      .querySelectorAll("[data-drawn]:not([data-own-paper]) .app-figure__plot")
      .forEach((place) => Plotly.relayout(place, { width, autosize: !width }));

  document.querySelectorAll("[data-chart]").forEach(draw);
  window.addEventListener("beforeprint", () => fitToPaper(PAPER_WIDTH));
  window.addEventListener("afterprint", () => fitToPaper(null));
})();
