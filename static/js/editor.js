// Around the editor of django-markdownx: Tab leaves the text, files are not uploaded, and
// leaving the page with unsent words asks first.
(() => {
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
  const stopFiles = (event) => {
    const files = (event.clipboardData ?? event.dataTransfer)?.files;
    if (isEditor(event.target) && files?.length) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  document.addEventListener("paste", stopFiles, true);
  document.addEventListener("drop", stopFiles, true);

  const form = document.querySelector("form.editor");
  let dirty = false;
  form?.addEventListener("input", () => (dirty = true));
  form?.addEventListener("submit", () => (dirty = false));
  form?.addEventListener("autosaved", () => (dirty = false));
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
