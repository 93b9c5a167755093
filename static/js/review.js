// Keys for reviewers: j and k go from change to change, n to the note, c to a comment on the change
// in view, e edits it, a goes to the decision. Nothing is sent by a key alone.
(() => {
  const changes = [...document.querySelectorAll(".change")];
  const decision = document.querySelector("#decision-form");
  if (!changes.length) return;

  let here = -1;
  const go = (number) => {
    here = Math.max(0, Math.min(changes.length - 1, number));
    const change = changes[here];
    change.tabIndex = -1;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "start" });
  };
  const talk = () => {
    let next = changes[Math.max(here, 0)].nextElementSibling;
    while (next && !next.matches(".talk, .change")) next = next.nextElementSibling;
    return next?.matches(".talk") ? next : null;
  };
  const keys = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    a: () => decision?.querySelector('[name="checklist"], [name="decision"]').focus(),
    n: () => decision?.querySelector('[name="note"]').focus(),
    e: () => talk()?.querySelector('a[href$="/edit/"]')?.click(),
    c: () => {
      const fold = talk()?.querySelector("details");
      if (!fold) return;
      fold.open = true;
      fold.querySelector("textarea").focus();
    },
  };
  // Whoever speaks to their computer, or rests a hand on the keys, turns them off.
  const hint = document.querySelector(".keys");
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
    if (!on) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const box = typing?.matches('[type="checkbox"]');
    if ((typing && !box) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
