// Runs before the page is drawn: style sheets show what needs scripts only where scripts run.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
// Tables under charts are open for readers without scripts, closed where the chart is drawn.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("details[data-collapse]").forEach((details) => details.removeAttribute("open"));
});
