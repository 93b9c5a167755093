// Comfort for readers: the table of contents follows the text. Pages work without it.
(() => {
  const toc = document.querySelector(".toc");
  if (!toc) return;

  const fold = toc.querySelector("details");
  if (matchMedia("(max-width: 60rem)").matches) fold.open = false;

  const links = new Map();
  for (const link of toc.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (!links.size) return;

  let marked = null;
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
  const visible = new Set();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        isIntersecting ? visible.add(target) : visible.delete(target);
      }
      const first = [...links.keys()].find((section) => visible.has(section));
      if (first) mark(links.get(first));
    },
    { rootMargin: "-10% 0px -70% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
})();
