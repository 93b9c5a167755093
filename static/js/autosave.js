// Saves the form of an editor while one types, per person and place. Without this script the
// form works the same, and is kept when it is sent.
(() => {
  const form = document.querySelector("form.editor[data-autosave]");
  if (!form) return;

  // Back may fetch the page anew, with a new key. If the browser put the words back, it is still
  // the same form, and not a second one.
  const key = form.elements.form_key;
  const isChanged = (field) => "defaultValue" in field && field.value !== field.defaultValue;
  const isRestored = () => [...form.elements].some((f) => f.type !== "hidden" && isChanged(f));
  window.addEventListener("pageshow", () => {
    const before = history.state?.formKey;
    if (before && isRestored()) key.value = before;
    else history.replaceState({ ...history.state, formKey: key.value }, "");
  });

  const status = form.querySelector(".autosave__status");
  let stopped = new AbortController(); // while the form itself is on its way
  const fields = () => {
    const data = new URLSearchParams(new FormData(form));
    data.append("autosave_place", location.pathname);
    return data;
  };
  let saved = fields().toString();
  let timer = null;

  const tell = (response) => {
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
    const options = { method: "POST", body: data, redirect: "manual", keepalive };
    try {
      tell(await fetch(form.dataset.autosave, { ...options, signal: stopped.signal }));
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
