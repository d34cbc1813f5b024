
"use strict";
(() => {
  const table = document.querySelector("table.origins");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const texts = rows.map(row => row.textContent.toLowerCase());
  const controls = document.querySelector(".controls");

  if (controls) {
    const search = document.getElementById("search");
    const verdict = document.getElementById("verdict");
    const shown = document.getElementById("shown");
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
      let count = 0;
      rows.forEach((row, i) => {
        row.hidden = (verdict.value && row.dataset.verdict !== verdict.value) || !words.every(word => texts[i].includes(word));
        count += row.hidden ? 0 : 1;
      });
      shown.textContent = count + " of " + rows.length + " shown";
    };
    search.addEventListener("input", filter);
    verdict.addEventListener("change", filter);
    controls.hidden = false;
    filter();
  }

  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const sort = (header, column) => {
    const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    rows.slice().sort((a, b) => direction * keyOf(a, column).localeCompare(keyOf(b, column), "en", { numeric: true })).forEach(row => body.append(row));
  };
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header, column));
    header.replaceChildren(button);
  });

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
