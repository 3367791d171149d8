// Moves the bar of a check that runs in the background, and shows the page anew when it is over.
// Whatever goes wrong, the link to refresh the page stays.
const EVERY = 1000;

const place = document.querySelector("[data-progress]");
const bar = place.querySelector("progress");
const words = place.querySelector("[data-progress-words]");

/** Words are changed only when there are others, as a screen reader reads them out each time. */
const show = ({ step, done, total }) => {
  bar.max = total;
  bar.value = done;
  if (words.textContent !== step) {
    words.textContent = step;
  }
};

/** Whether there is more to come. Without an answer there may be one next time. */
const ask = async () => {
  try {
    const response = await fetch(place.dataset.progress, { cache: "no-store", redirect: "manual" });
    if (!response.ok) {
      return response.status >= 500;
    }
    const progress = await response.json();
    if (progress.is_finished) {
      window.location.reload();
      return false;
    }
    show(progress);
  } catch {
    // The connection is away for a moment.
  }
  return true;
};

const watch = async () => {
  if (await ask()) {
    window.setTimeout(watch, EVERY);
  }
};

watch();
