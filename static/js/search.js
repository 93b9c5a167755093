// Suggestions under the search box while typing (an ARIA combobox), and “/” to reach it.
// Without this script the box is a plain form.
(() => {
  const field = document.querySelector("[data-suggest]");
  if (!field) return;

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
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
  const said = document.createElement("span");
  said.className = "unseen";
  said.role = "status";
  field.after(list, said);
  field.role = "combobox";
  field.ariaExpanded = "false";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  let chosen = -1;
  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.ariaExpanded = "false";
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    const items = list.children;
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = number < -1 ? items.length - 1 : number >= items.length ? -1 : number;
    field.removeAttribute("aria-activedescendant");
    if (chosen < 0) return;
    items[chosen].setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", items[chosen].id);
  };
  const line = (name, text) => {
    const part = document.createElement("span");
    part.className = `suggestions__${name}`;
    part.textContent = text;
    return part;
  };
  const show = (suggestions) => {
    close();
    list.replaceChildren(
      ...suggestions.map(({ label, hint, url }, number) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `${list.id}-${number}`;
        item.ariaSelected = "false";
        item.append(line("label", label), line("hint", hint));
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => location.assign(url));
        return item;
      }),
    );
    list.hidden = !suggestions.length;
    field.ariaExpanded = String(!list.hidden);
    const count = suggestions.length;
    said.textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}` : "";
  };

  let timer, asked;
  const ask = async () => {
    const typed = field.value.trim();
    asked?.abort();
    if (typed.length < 2) return close();
    asked = new AbortController();
    try {
      const address = `${field.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Given up for a newer text, or offline: the form still works.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("blur", () => {
    clearTimeout(timer);
    asked?.abort();
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
      list.children[chosen].click();
    }
  });
})();
