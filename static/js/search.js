// @ts-check
// Suggestions under the search box while typing (an ARIA combobox), and “/” to reach it.
// Without this script the box is a plain form.
(() => {
  /** @typedef {{ label: string, hint: string, url: string }} Suggestion */

  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("[data-suggest]");
  if (!field) return;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof Element)) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "unseen";
  status.role = "status";
  field.after(list, status);
  field.role = "combobox";
  field.ariaExpanded = "false";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  /** @type {HTMLLIElement[]} */
  let items = [];
  let chosen = -1; // number of the chosen item
  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.ariaExpanded = "false";
    field.removeAttribute("aria-activedescendant");
  };
  /** @param {number} number */
  const choose = (number) => {
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = number < -1 ? items.length - 1 : number >= items.length ? -1 : number;
    field.removeAttribute("aria-activedescendant");
    const item = items[chosen];
    if (!item) return;
    item.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", item.id);
  };
  /**
   * @param {"label" | "hint"} name
   * @param {string} text
   */
  const line = (name, text) => {
    const part = document.createElement("span");
    part.className = `suggestions__${name}`;
    part.textContent = text;
    return part;
  };
  /**
   * @param {Suggestion} suggestion
   * @param {number} number
   */
  const option = ({ label, hint, url }, number) => {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `${list.id}-${number}`;
    item.ariaSelected = "false";
    item.append(line("label", label), line("hint", hint));
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(url));
    return item;
  };
  /** @param {Suggestion[]} suggestions */
  const show = (suggestions) => {
    close();
    items = suggestions.map(option);
    list.replaceChildren(...items);
    list.hidden = !items.length;
    field.ariaExpanded = String(!list.hidden);
    const count = items.length;
    status.textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}` : "";
  };

  let timer = 0;
  /** @type {AbortController | undefined} */
  let request;
  const suggest = async () => {
    const typed = field.value.trim();
    request?.abort();
    if (typed.length < 2) return close();
    request = new AbortController();
    try {
      const address = `${field.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal: request.signal });
      if (response.ok) show((await response.json()).suggestions);
    } catch {
      // Given up for a newer text, or offline: the form still works.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 120);
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    request?.abort();
    close();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      items[chosen]?.click();
    }
  });
})();
