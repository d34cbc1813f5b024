
"use strict";
(() => {
  const table = document.querySelector("table.origins");
  if (!table) return;
  const body = table.tBodies[0];
  let rows = Array.from(body.rows);
  const textOf = new Map();
  const cards = Array.from(document.querySelectorAll("article.cause, .short > li, table.kind tbody tr"));
  for (const item of rows.concat(cards)) {
    textOf.set(item, item.textContent.toLowerCase());
  }
  const controls = document.querySelector(".controls");
  const pager = document.querySelector(".pager");
  const phone = window.matchMedia("(max-width: 40rem)");
  let current = 0;
  let matching = rows;

  const number = count => count.toLocaleString("en-US");

  const turn = () => {
    const perPage = phone.matches ? 10 : 25;
    const pages = Math.max(1, Math.ceil(matching.length / perPage));
    current = Math.min(Math.max(current, 0), pages - 1);
    const visible = new Set(matching.slice(current * perPage, (current + 1) * perPage));
    for (const row of rows) {
      row.hidden = !visible.has(row);
    }
    pager.hidden = pages === 1;
    document.getElementById("page").textContent = "Page " + (current + 1) + " of " + pages;
    document.getElementById("previous").disabled = current === 0;
    document.getElementById("next").disabled = current === pages - 1;
  };
  document.getElementById("previous").addEventListener("click", () => { current -= 1; turn(); });
  document.getElementById("next").addEventListener("click", () => { current += 1; turn(); });

  phone.addEventListener("change", turn);

  const value = id => document.getElementById(id).value;
  const filter = () => {
    const words = controls ? value("search").toLowerCase().split(/\s+/).filter(word => word) : [];
    const rule = controls ? value("rule") : "";
    const severity = controls ? value("severity") : "";
    const verdict = controls ? value("verdict") : "";
    const fits = item => words.every(word => textOf.get(item).includes(word))
      && (!rule || (item.dataset.rule ?? "").split(" ").includes(rule))
      && (!severity || item.dataset.severity === severity);
    matching = rows.filter(row => fits(row) && (!verdict || row.dataset.verdict === verdict));
    for (const card of cards) {
      card.hidden = card.querySelector("table.kind tbody tr") ? !Array.from(card.querySelectorAll("table.kind tbody tr")).some(fits) : !fits(card);
    }
    for (const section of document.querySelectorAll("main > section:has(.cause, .short)")) {
      section.hidden = !section.querySelector("article.cause:not([hidden]), .short > li:not([hidden])");
    }
    if (words.length || rule || severity) {
      document.querySelectorAll("details.rows").forEach(details => { details.open = true; });
    }
    current = 0;
    turn();
    if (controls) {
      const shown = document.getElementById("shown");
      shown.textContent = number(matching.length) + " of " + number(rows.length) + (shown.dataset.all ? " listed origins, " + shown.dataset.all + " in all" : " origins") + (words.length && !matching.length && shown.dataset.unlisted ? ". " + shown.dataset.unlisted : "");
    }
  };
  if (controls) {
    for (const id of ["search", "verdict", "severity", "rule"]) {
      document.getElementById(id).addEventListener("input", filter);
    }
    controls.hidden = false;
  }
  filter();

  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const sort = (header, column) => {
    const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    rows = rows.slice().sort((a, b) => direction * keyOf(a, column).localeCompare(keyOf(b, column), "en", { numeric: true }));
    rows.forEach(row => body.append(row));
    filter();
  };
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header, column));
    header.replaceChildren(button);
  });

  const reveal = () => {
    const target = /^#[\w-]+$/.test(location.hash) && document.querySelector(location.hash);
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") {
        node.open = true;
      }
    }
    if (target) {
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", reveal);
  reveal();
  window.addEventListener("beforeprint", () => { rows.forEach(row => { row.hidden = !matching.includes(row); }); });
  window.addEventListener("afterprint", turn);

  for (const commands of document.querySelectorAll(".commands")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(commands.querySelector("code").textContent);
      button.textContent = "Copied";
    });
    commands.append(button);
  }
})();
