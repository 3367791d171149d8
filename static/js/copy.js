// Copies what stands beside a button; without this, or where the browser won't, it is selected by hand.
(() => {
  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  document.querySelectorAll("[data-copy]").forEach((place) => {
    const [text, button, done] = ["text", "button", "done"].map((part) => place.querySelector(`[data-copy-${part}]`));
    button.hidden = false;
    button.addEventListener("click", async () => {
      select(text);
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        done.textContent = done.dataset.copied;
      } catch {
        done.textContent = done.dataset.failed;
      }
    });
  });
})();
