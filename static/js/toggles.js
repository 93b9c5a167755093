// Legend tags narrow the page in place, with the choice in the address. Without this script the
// form asks the server, which answers the same (entries/narrowing.py).
(() => {
  const form = document.querySelector(".tagbar");
  if (!form) return;

  const MOST = 5; // tags chosen at once
  const main = document.getElementById("main");
  const boxes = [...form.querySelectorAll("input[name=tag]")];
  const status = form.querySelector("[role=status]");
  const ways = form.querySelector(".tagbar__ways");
  const elsewhere = form.querySelector(".tagbar__elsewhere");

  const slugs = (element) =>
    [...element.querySelectorAll(":scope > .tags > .tag")].map(
      (tag) => tag.getAttribute("href").split("/").at(-2),
    );
  const read = (element) => ({ element, tags: slugs(element), below: entriesIn(element) });
  const entriesIn = (element) =>
    [...element.querySelectorAll(":scope > .entry, :scope > .entries > .entry")].map(read);

  // Sections stand one after the other; the rank of the heading tells which is above which.
  // The entries right under the heading of the page come first and have no section of their own.
  const blocks = [...main.querySelectorAll(".column")].map((column) => {
    const section = column.closest(".section");
    const heading = section?.querySelector(".section__heading");
    return { section, rank: heading ? Number(heading.tagName[1]) : 0, entries: entriesIn(column) };
  });
  const inContents = new Map();
  for (const link of document.querySelectorAll('.toc a[href^="#"]')) {
    inContents.set(decodeURIComponent(link.hash.slice(1)), link.closest("li"));
  }

  const narrow = (chosen) => {
    const found = { shown: 0, total: 0, counts: new Map() };
    const mark = (entry, within) => {
      found.total += 1;
      const carries = chosen.every((slug) => entry.tags.includes(slug));
      if (carries) {
        found.shown += 1;
        for (const slug of entry.tags) found.counts.set(slug, (found.counts.get(slug) ?? 0) + 1);
      }
      within ||= carries;
      const below = entry.below.map((one) => mark(one, within)).some(Boolean);
      entry.element.classList.toggle("entry--above", below && !within);
      entry.element.hidden = !(below || within);
      return carries || below;
    };
    const stay = blocks.map(({ entries }) => entries.map((one) => mark(one, false)).some(Boolean));
    let kept = 0; // rank of the heading whose headings above are still to come
    for (let at = blocks.length - 1; at >= 0; at -= 1) {
      const { section, rank } = blocks[at];
      const isAbove = rank < kept;
      if (isAbove) kept = rank;
      else if (stay[at]) kept = Math.max(kept, rank);
      if (!section) continue;
      const isKept = stay[at] || isAbove || !chosen.length;
      section.hidden = !isKept;
      const line = inContents.get(section.id);
      if (line) line.hidden = !isKept;
    }
    return found;
  };

  // What would leave nothing cannot be chosen.
  const countOf = (box) => box.parentElement.querySelector(".tagbar__count");
  const closeIdle = () => {
    const isFull = boxes.filter((box) => box.checked).length >= MOST;
    for (const box of boxes) {
      box.disabled = !box.checked && (isFull || countOf(box).textContent === "0");
    }
  };

  const choose = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    const { shown, total, counts } = narrow(chosen);
    for (const box of boxes) countOf(box).textContent = counts.get(box.value) ?? 0;
    closeIdle();
    const query = new URLSearchParams(chosen.map((slug) => ["tag", slug])).toString();
    status.textContent = chosen.length
      ? `${shown} of ${total} ${total === 1 ? "entry" : "entries"}`
      : "";
    ways.hidden = !chosen.length;
    if (elsewhere) elsewhere.search = query;
    form.querySelector(".tagbar__none")?.remove();
    const { pathname, hash } = location;
    history.replaceState(history.state, "", pathname + (query && `?${query}`) + hash);
  };

  const showAll = () => {
    for (const box of boxes) box.checked = false;
    choose();
  };

  form.querySelector("[type=submit]").hidden = true;
  closeIdle();
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".tagbar__all").addEventListener("click", (event) => {
    event.preventDefault();
    showAll();
    boxes[0]?.focus();
  });
  // A link to something hidden shows it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    showAll();
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
