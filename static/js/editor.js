// @ts-check
// Around the editor of django-markdownx: Tab leaves the text, files are not uploaded, and
// leaving the page with unsent words asks first.
(() => {
  /** @param {EventTarget | null} target */
  const isEditor = (target) => target instanceof Element && target.matches(".markdownx-editor");

  // The widget would swallow Tab (nobody could leave by keyboard) and Ctrl+D, Ctrl+[ and Ctrl+].
  document.addEventListener(
    "keydown",
    (event) => {
      const keys = ["Tab", "d", "[", "]"];
      if (isEditor(event.target) && keys.includes(event.key)) event.stopPropagation();
    },
    true,
  );
  /** @param {ClipboardEvent | DragEvent} event */
  const stopFiles = (event) => {
    const data = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
    if (isEditor(event.target) && data?.files.length) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  document.addEventListener("paste", stopFiles, true);
  document.addEventListener("drop", stopFiles, true);

  const form = document.querySelector("form.editor");
  let hasUnsentWords = false;
  form?.addEventListener("input", () => (hasUnsentWords = true));
  form?.addEventListener("submit", () => (hasUnsentWords = false));
  form?.addEventListener("autosaved", () => (hasUnsentWords = false));
  window.addEventListener("beforeunload", (event) => {
    if (hasUnsentWords) event.preventDefault();
  });
})();
