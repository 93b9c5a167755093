// @ts-check
// Keys for reviewers: j and k go from change to change, n to the note, c to a comment on the change
// in view, e edits it, a goes to the decision. Nothing is sent by a key alone.
(() => {
  /** @type {HTMLElement[]} */
  const changes = [...document.querySelectorAll(".change")].filter((e) => e instanceof HTMLElement);
  const decision = document.querySelector("#decision-form");
  if (!changes.length) return;

  let here = -1; // number of the change in view
  /** @param {number} number */
  const go = (number) => {
    here = Math.max(0, Math.min(changes.length - 1, number));
    const change = changes[here];
    if (!change) return;
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "start" });
  };
  const talk = () => {
    let next = changes[Math.max(here, 0)]?.nextElementSibling;
    while (next && !next.matches(".talk, .change")) next = next.nextElementSibling;
    return next?.matches(".talk") ? next : null;
  };
  /**
   * @param {Element | null} place
   * @param {string} selector
   * @returns {HTMLElement | null | undefined}
   */
  const find = (place, selector) => place?.querySelector(selector);
  /** @type {Record<string, () => void>} */
  const keys = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    a: () => find(decision, '[name="checklist"], [name="decision"]')?.focus(),
    n: () => find(decision, '[name="note"]')?.focus(),
    e: () => find(talk(), 'a[href$="/edit/"]')?.click(),
    c: () => {
      const fold = talk()?.querySelector("details");
      if (!fold) return;
      fold.open = true;
      find(fold, "textarea")?.focus();
    },
  };
  // People who speak to their computer, or rest a hand on the keys, turn them off.
  const hint = find(document.body, ".keys");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  let on = true;
  try {
    on = localStorage.getItem("review-keys") !== "off";
  } catch {
    // A browser that keeps nothing has them on.
  }
  const show = () => (button.textContent = on ? "Turn these keys off" : "Turn these keys on");
  button.addEventListener("click", () => {
    on = !on;
    show();
    try {
      localStorage.setItem("review-keys", on ? "on" : "off");
    } catch {
      // Then it holds for this page.
    }
  });
  if (hint) {
    show();
    hint.append(button);
    hint.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    if (!on || !(event.target instanceof Element)) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    const isTyping = field && !field.matches('[type="checkbox"]');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]?.();
  });
})();
