// Leads the keyboard to the points of charts: Tab to a chart, arrow keys from point to point. A point that has
// the focus says its name and figures, as one does that somebody points at.
(() => {
  const STEPS = { ArrowRight: ["left", 1], ArrowLeft: ["left", -1], ArrowDown: ["top", 1], ArrowUp: ["top", -1] };
  const ENDS = { Home: 0, End: -1 };

  /** The marks that say something, each text once: where two marks of a row say the same, the first. */
  const speaking = (place) => {
    const marks = new Map();
    place.querySelectorAll(".scatterlayer .trace").forEach((group) => {
      const { trace } = group.__data__[0];
      group.querySelectorAll("path.point").forEach((mark) => {
        const { i } = mark.__data__;
        const text = trace.hoverinfo === "text" && trace.hovertext[i];
        if (text && !marks.has(text)) marks.set(text, { mark, at: { curveNumber: trace.index, pointNumber: i } });
      });
    });
    return marks;
  };

  const inOrder = (marks, side) =>
    marks
      .map((mark) => [mark, mark.getBoundingClientRect()[side]])
      .sort(([, a], [, b]) => a - b)
      .map(([mark]) => mark);

  const follow = (event, marks, place) => {
    if (event.key === "Escape") Plotly.Fx.unhover(place);
    const [side, step] = STEPS[event.key] ?? ["left", 0];
    const ordered = inOrder(marks, side);
    const next = event.key in ENDS ? ordered.at(ENDS[event.key]) : step && ordered[ordered.indexOf(event.target) + step];
    if (step || event.key in ENDS) event.preventDefault();
    if (next) next.focus();
  };

  /** Anew after each drawing, as Plotly makes new marks then. */
  const prepare = (place) => {
    const points = speaking(place);
    const marks = [...points.values()].map(({ mark }) => mark);
    const stop = (mark) => marks.forEach((other) => other.setAttribute("tabindex", other === mark ? "0" : "-1"));
    points.forEach(({ mark, at }, text) => {
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", text.replaceAll("<br>", ". "));
      mark.onfocus = () => {
        stop(mark);
        Plotly.Fx.hover(place, [at]);
      };
      mark.onblur = () => Plotly.Fx.unhover(place);
      mark.onkeydown = (event) => follow(event, marks, place);
    });
    stop(inOrder(marks, "left")[0]);
  };

  const lead = (figure, hint) => {
    const place = figure.querySelector(".app-figure__plot");
    const said = document.createElement("p");
    said.className = "govuk-body-s app-points";
    said.textContent = hint;
    place.after(said);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", `${figure.querySelector(".app-figure__title").textContent}. ${hint}`);
    place.on("plotly_afterplot", () => prepare(place));
    prepare(place);
  };

  /** Once it is drawn. */
  const drawn = (figure) =>
    new Promise((resolve) => {
      const look = () => figure.dataset.drawn && resolve();
      new MutationObserver(look).observe(figure, { attributes: true, attributeFilter: ["data-drawn"] });
      look();
    });

  document.querySelectorAll("[data-points]").forEach(async (around) => {
    const figure = around.querySelector("[data-chart]");
    await drawn(figure);
    lead(figure, around.dataset.points);
  });
})();
