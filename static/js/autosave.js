// @ts-check
// Saves the form of an editor while you type, per person and place. Without this script the
// form works the same, and is kept when it is sent.
(() => {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form.editor[data-autosave]");
  /** @type {HTMLInputElement | null | undefined} */
  const key = form?.querySelector("input[name=form_key]");
  const status = form?.querySelector(".autosave__status");
  const address = form?.dataset.autosave;
  if (!form || !key || !status || !address) return;

  // Back may fetch the page again, with a new key. If the browser put the words back, it is still
  // the same form, and not a second one.
  /** @param {Element} field */
  const isChanged = (field) =>
    (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) &&
    field.type !== "hidden" &&
    field.value !== field.defaultValue;
  window.addEventListener("pageshow", () => {
    const before = history.state?.formKey;
    if (before && [...form.elements].some(isChanged)) key.value = before;
    else history.replaceState({ ...history.state, formKey: key.value }, "");
  });

  let stopped = new AbortController(); // while the form itself is on its way
  const fields = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") data.append(name, value); // a file is sent with the form alone
    }
    data.append("autosave_place", location.pathname);
    return data;
  };
  /** @type {string | null} */
  let saved = fields().toString();
  let timer = 0;

  /** @param {Response} response */
  const report = (response) => {
    if (response.ok) {
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      status.textContent = `Saved as you type, ${time}.`;
      form.dispatchEvent(new Event("autosaved"));
    } else if (response.status === 413) {
      status.textContent = "This is too long to be saved as you type.";
    } else {
      status.textContent = "Not saved: your session has ended. Log in in another tab.";
    }
  };
  const save = async (keepalive = false) => {
    clearTimeout(timer);
    const data = fields();
    const text = data.toString();
    if (stopped.signal.aborted || text === saved) return;
    saved = text;
    /** @type {RequestInit} */
    const options = { method: "POST", body: data, redirect: "manual", keepalive };
    try {
      report(await fetch(address, { ...options, signal: stopped.signal }));
    } catch {
      saved = null;
      if (!stopped.signal.aborted) status.textContent = "Not saved: no connection.";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (stopped.signal.aborted) stopped = new AbortController();
    timer = setTimeout(save, 2000);
  });
  form.addEventListener("submit", () => stopped.abort());
  window.addEventListener("pagehide", () => save(true));
})();
