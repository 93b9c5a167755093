// @ts-check
// Comfort for readers: the table of contents follows the text. Pages work without it.
(() => {
  /** @type {HTMLElement | null} */
  const toc = document.querySelector(".toc");
  if (!toc) return;

  const fold = toc.querySelector("details");
  if (fold && matchMedia("(max-width: 60rem)").matches) fold.open = false;

  /** @type {Map<Element, HTMLAnchorElement>} */
  const links = new Map(); // by the section that they lead to
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const anchors = toc.querySelectorAll('a[href^="#"]');
  for (const link of anchors) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (!links.size) return;

  /** @type {HTMLAnchorElement | undefined} */
  let marked;
  /** @param {HTMLAnchorElement} link */
  const mark = (link) => {
    if (link === marked) return;
    marked?.classList.remove("toc__here");
    link.classList.add("toc__here");
    const { offsetTop, offsetHeight } = link;
    if (offsetTop < toc.scrollTop || offsetTop + offsetHeight > toc.scrollTop + toc.clientHeight) {
      toc.scrollTop = offsetTop - toc.clientHeight / 3;
    }
    marked = link;
  };
  /** @type {Set<Element>} */
  const visible = new Set();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      for (const [section, link] of links) {
        if (visible.has(section)) return mark(link);
      }
    },
    { rootMargin: "-10% 0px -70% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
})();
