// Closes the table of a map where there is room for names and figures on the tiles. Without scripts, on a narrow screen
// and on paper it stands open.
(() => {
  const ROOM = 641;
  const doors = document.querySelectorAll("details[data-collapse-wide]");
  const close = () => window.innerWidth >= ROOM && doors.forEach((door) => door.removeAttribute("open"));
  close();
  window.addEventListener("beforeprint", () => doors.forEach((door) => door.setAttribute("open", "")));
  window.addEventListener("afterprint", close);
})();
