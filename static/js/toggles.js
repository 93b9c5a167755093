// @ts-check
// Legend tags narrow the page in place, with the choice in the address. Without this script the
// form asks the server, which shows the same (entries/reading/narrowing.py).
(() => {
  /** @typedef {{ element: HTMLElement, tags: string[], below: Entry[] }} Entry */
  /** @typedef {{ section: HTMLElement | null, rank: number, entries: Entry[] }} Block */

  const FOLDED_TOO = ["", ".entries > ", ".folded > ", ".folded > .entries > "];
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
  const words = form?.querySelector(".tagbar__words");
  /** @type {HTMLSelectElement | null | undefined} */
  const mode = form?.querySelector("select[name=tag_mode]");
  if (!form || !main || !ways || !submit || !status || !showAllLink || !words || !mode) return;

  /** @type {Map<HTMLInputElement, Element>} */
  const boxes = new Map(); // by box: where it says how many entries it would leave
  for (const box of form.querySelectorAll("input[name=tag]")) {
    const count = box.parentElement?.querySelector(".tagbar__count");
    if (box instanceof HTMLInputElement && count) boxes.set(box, count);
  }
  /** @type {HTMLInputElement[]} */
  const hideBoxes = [...form.querySelectorAll("input[name=hide]")].filter(
    (box) => box instanceof HTMLInputElement,
  );
  const checkedBoxes = () => [...boxes.keys()].filter((box) => box.checked);
  const hidingBoxes = () => hideBoxes.filter((box) => box.checked);

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
    [...element.querySelectorAll(FOLDED_TOO.map((within) => `:scope > ${within}.entry`).join())]
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
   * Show the entries that carry the chosen tags, and what stands above and below them; an entry
   * with a hidden tag goes with all below it.
   * @param {string[]} chosen
   * @param {string[]} hide
   */
  const narrow = (chosen, hide) => {
    const isAny = mode.value === "any";
    /** @param {string[]} tags */
    const fits = (tags) =>
      isAny && chosen.length
        ? chosen.some((slug) => tags.includes(slug))
        : chosen.every((slug) => tags.includes(slug));
    let shown = 0;
    let total = 0;
    /** @type {Map<string, number>} */
    const counts = new Map();
    /**
     * @param {Entry} entry
     * @param {boolean} isWithin whether an entry above it carries the tags
     * @param {boolean} isHidden whether an entry above it has a hidden tag
     * @returns {boolean} whether it or an entry below it does
     */
    const mark = (entry, isWithin, isHidden) => {
      total += 1;
      isHidden ||= hide.some((slug) => entry.tags.includes(slug));
      const carries = !isHidden && fits(entry.tags);
      if (carries) shown += 1;
      if (carries || (isAny && !isHidden)) {
        for (const slug of entry.tags) counts.set(slug, (counts.get(slug) ?? 0) + 1);
      }
      isWithin = (isWithin || carries) && !isHidden;
      const isAbove = entry.below.map((nested) => mark(nested, isWithin, isHidden)).some(Boolean);
      entry.element.classList.toggle("entry--above", isAbove && !isWithin);
      const fold = entry.element.querySelector(":scope > .folded");
      if (fold instanceof HTMLDetailsElement && isAbove && !isWithin) fold.open = true;
      entry.element.hidden = !(isAbove || isWithin);
      return carries || isAbove;
    };
    const marked = blocks.map((block) => ({
      ...block,
      stays:
        block.entries.map((entry) => mark(entry, false, false)).some(Boolean) ||
        !(chosen.length || block.entries.length),
    }));
    let kept = 0; // rank of the heading whose headings above are still to come
    for (const { section, rank, stays } of marked.reverse()) {
      const isAbove = rank < kept;
      if (isAbove) kept = rank;
      else if (stays) kept = Math.max(kept, rank);
      if (!section) continue;
      section.hidden = !(stays || isAbove || !(chosen.length || hide.length));
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
    const isFullOfHidden = hidingBoxes().length >= MOST;
    for (const box of hideBoxes) box.disabled = !box.checked && isFullOfHidden;
  };

  /**
   * Write what was chosen, as templates/entries/_choice.html does.
   * @param {(string | HTMLElement)[]} parts
   * @param {HTMLInputElement[]} checked
   */
  const list = (parts, checked) => {
    checked.forEach((box, number) => {
      if (number) parts.push(number === checked.length - 1 ? " and " : ", ");
      const link = document.createElement("a");
      link.className = "choice__tag";
      link.href = "?";
      link.title = "Take this back";
      const [sign, name] = [...(box.nextElementSibling?.children ?? [])].filter(
        (part) => !part.classList.contains("unseen"),
      );
      const before = document.createElement("span");
      const behind = document.createElement("span");
      for (const mark of [before, behind]) mark.ariaHidden = "true";
      before.textContent = `${sign?.textContent} `;
      behind.textContent = " ×";
      link.append(before, name?.textContent ?? "", behind);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        box.checked = false;
        choose();
        box.focus();
      });
      parts.push(link);
    });
  };

  /** A link that combines the chosen tags the other way. */
  const otherMode = () => {
    const link = document.createElement("a");
    link.className = "choice__mode";
    link.href = "?";
    link.textContent = mode.value === "any" ? "All of them instead" : "Any of them instead";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      mode.value = mode.value === "any" ? "all" : "any";
      choose();
      mode.focus();
    });
    return link;
  };

  const say = () => {
    /** @type {(string | HTMLElement)[]} */
    const parts = [];
    const [tags, hidden] = [checkedBoxes(), hidingBoxes()];
    if (tags.length || hidden.length) parts.push("Showing bullets");
    if (tags.length) {
      const all = mode.value === "any" ? "any of " : "all of ";
      parts.push(` with ${tags.length > 1 ? all : ""}`);
      list(parts, tags);
    }
    if (hidden.length) {
      parts.push(tags.length ? ", without " : " without ");
      list(parts, hidden);
    }
    if (parts.length) parts.push(".");
    if (tags.length > 1) parts.push(" ", otherMode());
    words.replaceChildren(...parts);
  };

  const choose = () => {
    const chosen = checkedBoxes().map((box) => box.value);
    const hide = hidingBoxes().map((box) => box.value);
    const { shown, total, counts } = narrow(chosen, hide);
    for (const [box, count] of boxes) count.textContent = String(counts.get(box.value) ?? 0);
    closeIdle();
    const isAny = mode.value === "any" && chosen.length > 1;
    const query = new URLSearchParams([
      ...chosen.map((slug) => ["tag", slug]),
      ...(isAny ? [["tag_mode", "any"]] : []),
      ...hide.map((slug) => ["hide", slug]),
    ]).toString();
    const isChosen = chosen.length + hide.length > 0;
    say();
    status.textContent = isChosen
      ? `${shown} of ${total} ${total === 1 ? "entry" : "entries"}`
      : "";
    ways.hidden = !isChosen;
    if (elsewhere) elsewhere.search = query;
    form.querySelector(".tagbar__none")?.remove();
    const { pathname, hash } = location;
    history.replaceState(history.state, "", pathname + (query && `?${query}`) + hash);
  };

  const showAll = () => {
    for (const box of [...boxes.keys(), ...hideBoxes]) box.checked = false;
    choose();
  };

  submit.hidden = true;
  if (checkedBoxes().length + hidingBoxes().length) say();
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
