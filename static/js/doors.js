// What stands open for readers without scripts is closed for the others until they open it, or come to a place in it.
document.querySelectorAll("details[data-collapse]").forEach((door) => {
  if (!door.closest("[data-chart]") && !door.querySelector(":target")) door.removeAttribute("open");
});
