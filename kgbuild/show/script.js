"use strict";
// Joins drawing and panel: what is chosen, which filters are on, what is searched for.

function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const off = { statuses: new Set(), kinds: new Set() };
  const shows = {
    node: (row) => !off.kinds.has(data.entities[row].kind),
    link: (row) => !off.statuses.has(data.links[row].status) && panel.ends[row].every(shows.node),
  };
  const query = document.getElementById("query");
  let selection = null;

  const panel = new Panel(document.getElementById("panel"), data, choose, shows);
  const drawing = new Drawing(document.getElementById("canvas"), data, choose);

  function choose(chosen, fromList = false) {
    selection = chosen;
    drawing.select(chosen, fromList);
    panel.show(chosen, query.value.trim());
    if (fromList) panel.root.focus({ preventScroll: true });
  }

  function toggle(set, key, button) {
    if (set.has(key)) set.delete(key);
    else set.add(key);
    button.setAttribute("aria-pressed", String(!set.has(key)));
    drawing.filter(shows);
    panel.show(selection, query.value.trim());
  }

  function chips(id, set, entries) {
    for (const [key, n, sample, name, help] of entries) {
      if (!n) continue;
      const button = el("button", { type: "button", "aria-pressed": "true", title: help }, sample, name + " ", el("span", { class: "count" }, String(n)));
      button.addEventListener("click", () => toggle(set, key, button));
      document.getElementById(id).append(button);
    }
  }

  const count = (rows, key, value) => rows.filter((row) => row[key] === value).length;
  chips("statuses", off.statuses, Object.entries(STATUS).map(([key, { name, help }]) => [key, count(data.links, "status", key), lineSample(key, false), name, help]));
  chips("kinds", off.kinds, Object.entries(KIND).map(([key, name]) => [key, count(data.entities, "kind", key), shapeSample(key), name, "Show or hide " + name]));
  document.getElementById("counts").textContent = [
    plural(data.articles.length, "article"), plural(count(data.entities, "named", true), "name"), plural(data.links.length, "link"), plural(data.summary.statements, "statement"),
  ].join(" · ");

  query.addEventListener("input", () => choose(null));
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    panel.root.querySelector(".list button")?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    query.value = "";
    choose(null);
  });
  document.getElementById("zoom-in").addEventListener("click", () => drawing.zoom(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", () => drawing.fit(true));
  choose(null);
  return { data, drawing, panel };
}

// For the browser's console: what the page knows and shows.
const { data, drawing, panel } = start();
