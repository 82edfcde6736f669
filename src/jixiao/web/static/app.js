"use strict";
/* 填报页: cells are kept as they are typed; paste from Excel; copy; keyboard. Everything else works without this file. */
(() => {
  const grid = document.getElementById("grid");
  const waiting = new Map();
  let timer = null, flying = false, away = false;
  const count = () => document.getElementById("rows")?.dataset.rows ?? "";  // of a list: with another count a path is another row
  const store = () => `jixiao:${grid.dataset.key}/${count()}`;

  const grow = (area) => { if (!CSS.supports("field-sizing", "content")) { area.style.height = "0"; area.style.height = `${area.scrollHeight}px`; } };
  const cells = () => [...grid.querySelectorAll("textarea[data-path]")];

  function remember() {
    try {
      if (waiting.size) sessionStorage.setItem(store(), JSON.stringify([...waiting])); else sessionStorage.removeItem(store());
    } catch { /* a full or closed store: what was typed still stands in its cell */ }
  }

  function typed(area, delay) {
    waiting.set(area.dataset.path, area.value);
    area.closest("td").classList.add("unkept");
    remember();
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  async function send() {
    if (flying || !waiting.size) return;
    flying = true;
    const sent = new Map(waiting);
    const body = new URLSearchParams();
    for (const [path, text] of sent) { body.append("path", path); body.append("text", text); }
    if (count()) body.append("rows", count());
    try {
      const answer = await fetch(grid.dataset.cells, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        headers: { "X-CSRFToken": document.body.dataset.csrf, "HX-Request": "true" },
      });
      if (!answer.ok) throw Object.assign(new Error(answer.status), { answer });
      for (const [path, text] of sent) if (waiting.get(path) === text) waiting.delete(path);
      show(await answer.text(), new Set(sent.keys()));
      lost(false);
    } catch (problem) {
      lost(true, problem.answer ? await problem.answer.text() : "");
      clearTimeout(timer);
      timer = setTimeout(send, 5000);
    }
    flying = false;
    remember();
    if (waiting.size && !away) { clearTimeout(timer); timer = setTimeout(send, 50); }
  }

  function show(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const fresh of holder.content.querySelectorAll("[id][hx-swap-oob]")) {
      const old = document.getElementById(fresh.id);
      if (!old) continue;
      fresh.removeAttribute("hx-swap-oob");
      if (old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
      if (fresh.classList.contains("note")) mark(fresh);
    }
    for (const area of cells()) area.closest("td").classList.toggle("unkept", waiting.has(area.dataset.path));
  }

  function mark(note) {
    const cell = note.closest("td"), area = cell && cell.querySelector("textarea");
    if (!cell) return;
    const gravest = ["error", "warning", "note"].find((kind) => note.querySelector(`.${kind}`));
    cell.classList.remove("error", "warning");
    if (gravest && gravest !== "note") cell.classList.add(gravest);
    if (!area) return;
    if (gravest) area.setAttribute("aria-invalid", "true"); else area.removeAttribute("aria-invalid");
  }

  function lost(is, html) {
    away = is;
    const said = document.getElementById("lost");
    if (!said) return;
    if (is && html) {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const told = holder.content.querySelector(".problem p");
      if (told) { said.dataset.own ??= said.textContent; said.textContent = told.textContent; }
    } else if (said.dataset.own) { said.textContent = said.dataset.own; }
    said.hidden = !is;
  }

  /* Cells are neighbours on the page, not in the table's rows: merged cells have many rows. */
  function beside(area, dx, dy) {
    const here = area.closest("td").getBoundingClientRect();
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const [x, y] = middle(here);
    let best = null, least = Infinity;
    for (const other of cells()) {
      if (other === area) continue;
      const box = other.closest("td").getBoundingClientRect(), [ox, oy] = middle(box);
      const along = dx ? (ox - x) * dx : (oy - y) * dy, across = dx ? Math.abs(oy - y) : Math.abs(ox - x);
      const meets = dx ? box.top < here.bottom - 1 && box.bottom > here.top + 1 : box.left < here.right - 1 && box.right > here.left + 1;
      if (along > 1 && meets && along + across / 4 < least) { least = along + across / 4; best = other; }
    }
    return best;
  }

  function go(area, dx, dy) {
    const next = beside(area, dx, dy);
    if (next) { next.focus(); next.select(); next.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" }); }
    return Boolean(next);
  }

  /* Excel gives rows as lines and cells between tabs; a cell with a line break stands in quotes. */
  function table(text) {
    const rows = [[]];
    let cell = "", quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') { cell += '"'; at += 1; } else if (sign === '"') quoted = false; else cell += sign;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
      else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
      else if (sign !== "\r") cell += sign;
    }
    rows.at(-1).push(cell);
    if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    return rows;
  }

  function paste(event) {
    const area = event.target, text = event.clipboardData.getData("text/plain");
    const rows = table(text);
    if (rows.length < 2 && rows[0].length < 2) return;
    event.preventDefault();
    let first = area;
    for (const row of rows) {
      let at = first;
      for (const value of row) {
        if (!at) break;
        at.value = value.trim(); grow(at); typed(at, 100);
        at = beside(at, 1, 0);
      }
      if (!first) break;
      first = beside(first, 0, 1);
    }
  }

  /* The clipboard is for pages over HTTPS or on this machine; elsewhere what is selected is copied as it was before. */
  async function put(text) {
    if (navigator.clipboard) { await navigator.clipboard.writeText(text); return; }
    const holder = Object.assign(document.createElement("textarea"), { value: text });
    const here = document.activeElement;
    document.body.append(holder);
    holder.select();
    document.execCommand("copy");
    holder.remove();
    here?.focus();
  }

  function copier(cell, text) {
    document.querySelector(".copy")?.remove();
    if (!text()) return;
    const button = document.createElement("button");
    button.type = "button"; button.className = "copy"; button.tabIndex = -1; button.textContent = grid.dataset.copy;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      await put(text());
      button.textContent = grid.dataset.copied;
    });
    cell.append(button);
  }

  if (grid) {
    try { for (const [path, text] of JSON.parse(sessionStorage.getItem(store()) || "[]")) {
      const area = cells().find((one) => one.dataset.path === path);
      if (area && area.value !== text) { area.value = text; typed(area, 300); }
    } } catch { /* nothing was left */ }
    cells().forEach(grow);
    grid.addEventListener("input", (event) => { grow(event.target); typed(event.target, 500); });
    grid.addEventListener("change", (event) => typed(event.target, 50));
    grid.addEventListener("paste", paste);
    grid.addEventListener("keydown", (event) => {
      if (!event.target.matches("textarea")) return;
      const area = event.target, whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
      const still = area.selectionStart === area.selectionEnd;
      const first = still && !area.value.slice(0, area.selectionStart).includes("\n");
      const last = still && !area.value.slice(area.selectionEnd).includes("\n");
      const moved = (event.key === "Enter" && !event.shiftKey && !event.isComposing && go(area, 0, 1))
        || (event.key === "ArrowDown" && (last || whole) && go(area, 0, 1)) || (event.key === "ArrowUp" && (first || whole) && go(area, 0, -1))
        || (event.key === "ArrowRight" && whole && area.value !== "" && go(area, 1, 0)) || (event.key === "ArrowLeft" && whole && area.value !== "" && go(area, -1, 0))
        || (event.key === "ArrowRight" && area.value === "" && go(area, 1, 0)) || (event.key === "ArrowLeft" && area.value === "" && go(area, -1, 0));
      if (moved || (event.key === "Enter" && !event.shiftKey && !event.isComposing)) event.preventDefault();
    });
    const over = (event) => {
      const cell = event.target.closest("td");
      if (!cell) return;
      const area = cell.querySelector("textarea"), text = cell.querySelector("[data-copyable]");
      if (area || text) { if (!cell.querySelector(".copy")) copier(cell, () => (area ? area.value : text.innerText)); }
    };
    grid.addEventListener("mouseover", over);
    grid.addEventListener("focusin", over);
    addEventListener("beforeunload", (event) => { if (waiting.size) { send(); event.preventDefault(); } });
    /* A row is added or taken out when all that was typed has been kept; nothing is typed meanwhile. */
    document.addEventListener("htmx:confirm", async (event) => {
      if (!event.target.matches("form.rows") || !(waiting.size || flying)) return;
      event.preventDefault();
      for (let tries = 0; (waiting.size || flying) && tries < 40; tries += 1) { await send(); await new Promise((done) => setTimeout(done, 100)); if (away) return; }
      if (!waiting.size) event.detail.issueRequest(true);
    });
    document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches("form.rows")) grid.inert = true; });
    document.addEventListener("htmx:afterRequest", async (event) => {
      if (!event.detail.requestConfig?.elt.matches("form.rows")) return;  // the form itself has gone with its row
      grid.inert = false;
      lost(!event.detail.successful, event.detail.xhr?.responseText);
      cells().forEach(grow);
      grid.querySelector("[autofocus]")?.focus();
    });
    const save = document.getElementById("save");
    save?.addEventListener("submit", async (event) => {
      if (!waiting.size) return;
      event.preventDefault();
      clearTimeout(timer);
      for (let tries = 0; waiting.size && tries < 40; tries += 1) { await send(); await new Promise((done) => setTimeout(done, 100)); if (away) return; }
      save.submit();
    });
    const named = decodeURIComponent(location.hash.slice(1));
    cells().find((area) => area.dataset.path === named)?.focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (button?.dataset.ask && !confirm(button.dataset.ask)) { event.preventDefault(); return; }
    if (form.method === "post" && form.id !== "save") {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 4000);
    }
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  for (const zone of document.querySelectorAll(".drop")) {
    const field = zone.querySelector("input[type=file]");
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault(); zone.classList.remove("over");
      field.files = event.dataTransfer.files;
      if (field.files.length) zone.requestSubmit();
    });
  }

  /* A question that depends on others is hidden until one of them is answered so; without this file it may be left open. */
  for (const form of document.querySelectorAll("[data-respond]")) {
    const said = (code) => [...form.querySelectorAll(`[name="q-${CSS.escape(code)}"]:checked`)].map((one) => one.value);
    const settle = () => form.querySelectorAll("[data-when]").forEach((asked) => {
      const options = asked.dataset.options.split(" "), most = Number(asked.dataset.most ?? NaN);
      asked.hidden = !asked.dataset.when.split(" ").some((code) => said(code).some((one) => options.includes(one) || Number(one) <= most));
    });
    form.addEventListener("change", settle);
    settle();
    form.querySelector(".wrong input, .wrong textarea")?.focus();
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.elt?.matches?.("[data-reload]") || document.querySelector("[data-reload]")) location.reload();
    const opener = event.detail.requestConfig?.elt;
    if (opener?.matches?.("button.open")) opener.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("button.open[aria-expanded=true]");
    if (!opener) return;
    const shown = document.getElementById(opener.getAttribute("aria-controls"));
    shown.textContent = ""; opener.setAttribute("aria-expanded", "false");
    event.preventDefault(); event.stopImmediatePropagation();
  }, true);
})();
