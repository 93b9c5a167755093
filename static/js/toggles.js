// @ts-check
// Legend tags narrow the page in place, with the choice in the address. Without this script the
// form asks the server, which shows the same (entries/reading/narrowing.py).
(() => {
  /** @typedef {{ element: HTMLElement, tags: string[], below: Entry[] }} Entry */
  /** @typedef {{ section: HTMLElement | null, rank: number, entries: Entry[] }} Block */

  const MOST = 5; // tags chosen at once

  /** @type {HTMLFormElement | null} */
  const form = document.querySelector(".tagbar");
  const main = document.getElementById("main");
  /** @type {HTMLElement | null | undefined} */
  const ways = form?.querySelector(".tagbar__ways");
  /** @type {HTMLButtonElement | null | undefined} */
  const submit = form?.querySelector("[type=submit]");
  const status = form?.querySelector("[role=status]");
  const showAllLink = form?.querySelector(".tagbar__all");
  /** @type {HTMLAnchorElement | null | undefined} */
  const elsewhere = form?.querySelector(".tagbar__elsewhere");
  if (!form || !main || !ways || !submit || !status || !showAllLink) return;

  /** @type {Map<HTMLInputElement, Element>} */
  const boxes = new Map(); // by box: where it says how many entries it would leave
  for (const box of form.querySelectorAll("input[name=tag]")) {
    const count = box.parentElement?.querySelector(".tagbar__count");
    if (box instanceof HTMLInputElement && count) boxes.set(box, count);
  }
  const checkedBoxes = () => [...boxes.keys()].filter((box) => box.checked);

  /** @param {Element} element */
  const slugs = (element) =>
    [...element.querySelectorAll(":scope > .tags > .tag")].map(
      (tag) => tag.getAttribute("href")?.split("/").at(-2) ?? "",
    );
  /**
   * @param {HTMLElement} element
   * @returns {Entry}
   */
  const read = (element) => ({ element, tags: slugs(element), below: entriesIn(element) });
  /** @param {Element} element */
  const entriesIn = (element) =>
    [...element.querySelectorAll(":scope > .entry, :scope > .entries > .entry")]
      .filter((entry) => entry instanceof HTMLElement)
      .map(read);

  // Sections stand one after the other; the rank of the heading tells which is above which.
  // The entries right under the heading of the page come first and have no section of their own.
  /** @type {Block[]} */
  const blocks = [...main.querySelectorAll(".column")].map((column) => {
    /** @type {HTMLElement | null} */
    const section = column.closest(".section");
    const heading = section?.querySelector(".section__heading");
    return { section, rank: Number(heading?.tagName[1] ?? 0), entries: entriesIn(column) };
  });
  /** @type {Map<string, HTMLElement | null>} */
  const inContents = new Map(); // lines of the contents by the anchor that they lead to
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const anchors = document.querySelectorAll('.toc a[href^="#"]');
  for (const link of anchors) {
    inContents.set(decodeURIComponent(link.hash.slice(1)), link.closest("li"));
  }

  /**
   * Show the entries that carry all chosen tags, and what stands above and below them.
   * @param {string[]} chosen
   */
  const narrow = (chosen) => {
    let shown = 0;
    let total = 0;
    /** @type {Map<string, number>} */
    const counts = new Map();
    /**
     * @param {Entry} entry
     * @param {boolean} isWithin whether an entry above it carries the tags
     * @returns {boolean} whether it or an entry below it does
     */
    const mark = (entry, isWithin) => {
      total += 1;
      const carries = chosen.every((slug) => entry.tags.includes(slug));
      if (carries) {
        shown += 1;
        for (const slug of entry.tags) counts.set(slug, (counts.get(slug) ?? 0) + 1);
      }
      isWithin ||= carries;
      const isAbove = entry.below.map((nested) => mark(nested, isWithin)).some(Boolean);
      entry.element.classList.toggle("entry--above", isAbove && !isWithin);
      entry.element.hidden = !(isAbove || isWithin);
      return carries || isAbove;
    };
    const marked = blocks.map((block) => ({
      ...block,
      stays: block.entries.map((entry) => mark(entry, false)).some(Boolean),
    }));
    let kept = 0; // rank of the heading whose headings above are still to come
    for (const { section, rank, stays } of marked.reverse()) {
      const isAbove = rank < kept;
      if (isAbove) kept = rank;
      else if (stays) kept = Math.max(kept, rank);
      if (!section) continue;
      section.hidden = !(stays || isAbove || !chosen.length);
      const line = inContents.get(section.id);
      if (line) line.hidden = section.hidden;
    }
    return { shown, total, counts };
  };

  // What would leave nothing cannot be chosen.
  const closeIdle = () => {
    const isFull = checkedBoxes().length >= MOST;
    for (const [box, count] of boxes) {
      box.disabled = !box.checked && (isFull || count.textContent === "0");
    }
  };

  const choose = () => {
    const chosen = checkedBoxes().map((box) => box.value);
    const { shown, total, counts } = narrow(chosen);
    for (const [box, count] of boxes) count.textContent = String(counts.get(box.value) ?? 0);
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
    for (const box of boxes.keys()) box.checked = false;
    choose();
  };

  submit.hidden = true;
  closeIdle();
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  showAllLink.addEventListener("click", (event) => {
    event.preventDefault();
    showAll();
    [...boxes.keys()][0]?.focus();
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
