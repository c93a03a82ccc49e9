"use strict";
(() => {
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const items = all("details.item");
  const form = byId("filter");
  const said = byId("said");
  const passages = new Map();
  for (const node of all("[data-refs]")) {
    for (const key of node.dataset.refs.split(" ")) {
      if (!passages.has(key)) passages.set(key, []);
      passages.get(key).push(node);
    }
  }
  const say = (text) => { said.textContent = text; };
  const name = (item) => item.querySelector(".name").textContent;

  const clear = () => {
    for (const node of all(".on")) node.classList.remove("on");
    for (const item of items) {
      item.classList.remove("chosen", "related");
      item.querySelector("summary").removeAttribute("aria-current");
    }
  };

  const mark = (item, kind) => {
    item.classList.add(kind);
    if (kind === "chosen") item.querySelector("summary").setAttribute("aria-current", "true");
  };

  // Scrolls a pane, or the page where panes do not scroll, so that the node can be seen.
  const show = (node) => node.scrollIntoView({ block: "center" });

  const choose = (item, scroll) => {
    clear();
    mark(item, "chosen");
    const own = passages.get(item.id) || [];
    const near = own.length ? [] : passages.get("n" + item.id.slice(1)) || [];
    for (const node of own.concat(near)) node.classList.add("on");
    const first = own[0] || near[0];
    if (first && scroll) show(first);
    const count = all(".quotes > li", item).length;
    say(name(item) + "：" + (own.length ? "原文中标出" + count + "处" : near.length ? "没有依据，标出最接近的文字" : "原文中没有对应的文字"));
  };

  const supports = (keys) => items.filter((item) => keys.includes(item.id));

  const choosePassage = (keys) => {
    const found = supports(keys);
    if (!found.length) return;
    if (found.some((item) => item.closest(".row").hidden)) { form.elements.show.value = "all"; filter(); }
    choose(found[0], false);
    for (const item of found) { item.open = true; if (item !== found[0]) mark(item, "related"); }
    const summary = found[0].querySelector("summary");
    summary.focus({ preventScroll: true });
    show(summary);
    say("这段文字支持" + found.length + "项：" + found.map(name).join("、"));
  };

  const filter = () => {
    const kind = form.elements.show.value;
    let count = 0;
    for (const row of all(".row")) {
      const data = row.dataset;
      const keep = kind === "all" || (kind === "gap" && data.gap === "yes") ||
        (kind === "headline" && data.headline === "yes") || (kind === "finding" && data.kind === "finding");
      row.hidden = !keep;
      if (keep) count += 1;
    }
    for (const group of all(".group")) group.hidden = !group.querySelector(".row:not([hidden])") && kind !== "all";
    byId("shown").textContent = "显示" + count + "项";
  };

  document.documentElement.classList.add("js");
  form.hidden = false;
  for (const item of items) {
    item.open = false;
    item.querySelector("summary").addEventListener("click", () => {
      if (item.open) { clear(); say(""); } else choose(item, window.matchMedia("(min-width: 60rem)").matches);
    });
    for (const link of all("a[href^='#p']", item)) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        choose(item, false);
        const target = byId(link.getAttribute("href").slice(1));
        target.setAttribute("tabindex", "-1");
        target.focus({ preventScroll: true });
        show(target);
      });
    }
  }
  for (const link of all("a.ref")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choosePassage([link.getAttribute("href").slice(1)]);
    });
  }
  for (const node of all("mark[data-refs]")) {
    node.addEventListener("click", () => choosePassage(node.dataset.refs.split(" ")));
  }
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => { clear(); say("已取消标示"); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { clear(); say("已取消标示"); return; }
    if (event.target.tagName !== "SUMMARY" || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const visible = items.filter((item) => !item.closest(".row").hidden);
    const next = visible[visible.indexOf(event.target.parentElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.querySelector("summary").focus(); }
  });
  const fromAddress = () => {
    const item = items.find((candidate) => "#" + candidate.id === window.location.hash);
    if (item) { item.open = true; choose(item, false); }
  };
  window.addEventListener("hashchange", fromAddress);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = items.filter((item) => !item.open);
    for (const item of closed) item.open = true;
  });
  window.addEventListener("afterprint", () => { for (const item of closed) item.open = false; });
  filter();
  fromAddress();
})();
