// Opens and closes what the page of an organisation keeps behind doors, and fits one page of it to paper.
(() => {
  const PAPER = { width: 690, around: 26, all: 225, row: 13, font: 9.5, bar: 7, mark: 0.7 };
  const doors = [...document.querySelectorAll("details[data-collapse]")];
  const hasOnePage = document.querySelector(".app-one-page") !== null;

  /** Without scripts every door stands open; on paper too, where nothing else is made for paper. Those
      of charts stay open until the chart is drawn. */
  const open = () => doors.forEach((door) => door.setAttribute("open", ""));
  const close = () => doors.forEach((door) => door.removeAttribute("open"));
  doors.filter((door) => !door.closest("[data-chart]")).forEach((door) => door.removeAttribute("open"));
  if (!hasOnePage) {
    window.addEventListener("beforeprint", open);
    window.addEventListener("afterprint", close);
  }

  const button = document.querySelector("[data-print]");
  if (button) {
    button.hidden = false;
    document.querySelector("[data-print-words]").hidden = true;
    button.addEventListener("click", () => window.print());
  }

  /** The spine as a sheet has room for it: a line for each label, and smaller marks. */
  const onPaper = ({ data, layout }) => [
    data.map((trace) =>
      trace.mode === "lines"
        ? { ...trace, line: { ...trace.line, width: PAPER.bar } }
        : { ...trace, marker: { ...trace.marker, size: trace.marker.size * PAPER.mark } },
    ),
    {
      ...layout,
      width: PAPER.width,
      height: PAPER.around + Math.min(PAPER.all, PAPER.row * (layout.yaxis.range[0] - layout.yaxis.range[1])),
      margin: { ...layout.margin, t: 18, b: 8 },
      xaxis: { ...layout.xaxis, automargin: false },
      // The caption says what each mark is.
      showlegend: false,
      font: { ...layout.font, size: PAPER.font },
      annotations: layout.annotations.map((one) => ({ ...one, font: { ...one.font, size: PAPER.font } })),
      yaxis: { ...layout.yaxis, ticktext: layout.yaxis.ticktext.map((label) => label.replaceAll("<br>", " ")) },
    },
  ];

  // Drawn anew each time: a plot that is only changed keeps the room of a legend that it no longer has.
  const spine = document.getElementById("spine-plot");
  const draw = (data, layout) => Plotly.newPlot(spine, data, layout, { displayModeBar: false, responsive: true });
  if (spine) {
    let onScreen;
    spine.closest("[data-chart]").dataset.ownPaper = "true";
    window.addEventListener("beforeprint", () => {
      if (!spine.data) return;
      onScreen = { data: spine.data, layout: { ...spine.layout, width: undefined, autosize: true } };
      draw(...onPaper(JSON.parse(document.getElementById("spine-data").textContent)));
    });
    window.addEventListener("afterprint", () => onScreen && draw(onScreen.data, onScreen.layout));
  }
})();
