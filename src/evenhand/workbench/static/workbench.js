// Comfort only: keys, and words selected in the text. Everything works without this file.
const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");
const items = () => [...document.querySelectorAll("[data-item]")].filter((i) => i.offsetParent);
let here = -1;

function go(step) {
  const all = items();
  if (!all.length) return;
  const focused = all.findIndex((i) => i.contains(document.activeElement));
  here = Math.max(0, Math.min(all.length - 1, (focused >= 0 ? focused : here) + step));
  all.forEach((i) => i.classList.remove("here"));
  all[here].classList.add("here");
  all[here].focus({ preventScroll: true });
  all[here].scrollIntoView({ block: "nearest" });
}

function current() {
  const all = items();
  return all.find((i) => i.contains(document.activeElement)) || all[here];
}

document.addEventListener("keydown", (e) => {
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "j") go(1);
  else if (e.key === "k") go(-1);
  else if (e.key === "/") document.getElementById("find")?.focus();
  else if (e.key === "?") location.href = "/help";
  else if (e.key === "u") { if (waiting) undoNext = true; else undo(); }
  else if ("are".includes(e.key)) current()?.querySelector(`[data-key=${e.key}]`)?.click();
  else if (e.key === "Enter" && document.activeElement?.matches("[data-item]")) current()?.querySelector("[data-open]")?.click();
  else return;
  e.preventDefault();
});

// What was decided last: `u` pressed while the answer is on its way takes that back, once it is there, and nothing else.
let waiting = false, undoNext = false, lastDecided = null;
function undo() {
  const last = lastDecided?.isConnected && lastDecided.querySelector("form[action='/undo'] button");
  (last || document.querySelector("[data-key=u]"))?.click();
}
document.addEventListener("htmx:beforeRequest", () => { waiting = true; });
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => { waiting = undoNext = false; });
document.addEventListener("htmx:afterSettle", (e) => {
  waiting = false;
  const li = e.detail.target.closest?.("[data-item]") ?? document.activeElement?.closest?.("[data-item]");
  if (!li) return;
  lastDecided = li;
  li.focus({ preventScroll: true });
  if (undoNext) { undoNext = false; undo(); }
});
// an answer that is no success is shown where it belongs: as a page of its own
document.addEventListener("htmx:responseError", (e) => {
  const form = e.detail.elt.closest("form");
  if (form) { form.removeAttribute("hx-post"); const b = document.createElement("input"); b.type = "hidden"; b.name = "action"; b.value = e.detail.requestConfig.parameters.action ?? ""; form.append(b); form.submit(); }
});

// A selection in the text as exact words and the code point where they begin.
const text = document.getElementById("text");
const form = document.getElementById("add-form");
if (text && form) {
  const codePoints = (s) => [...s].length;
  const shown = (node) => node.nodeType === 3 && !node.parentElement.closest(".ref, .sr, .anchor, .hidden");
  const at = (node, offset) => {
    const piece = node.parentElement.closest("[data-at]");
    let before = 0;
    const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n && n !== node; n = walk.nextNode()) before += n.parentElement.matches(".control") ? 1 : codePoints(n.data);
    return Number(piece.dataset.at) + before + (node.parentElement.matches(".control") ? 0 : codePoints(node.data.slice(0, offset)));
  };
  const take = () => {
    const sel = document.getSelection();
    if (!sel.rangeCount || sel.isCollapsed || !text.contains(sel.anchorNode) || !text.contains(sel.focusNode)) return;
    const range = sel.getRangeAt(0);
    const nodes = [];
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (shown(n) && range.intersectsNode(n)) nodes.push(n);
    let words = "", start = null;
    for (const n of nodes) {
      const from = n === range.startContainer ? range.startOffset : 0;
      const to = n === range.endContainer ? range.endOffset : n.data.length;
      if (to <= from) continue;
      if (start === null) start = at(n, from);
      words += n.parentElement.matches(".control") ? String.fromCodePoint(parseInt(n.data.slice(2), 16)) : n.data.slice(from, to);
    }
    const lead = words.length - words.trimStart().length;
    if (start === null || !words.trim()) return;
    form.elements.words.value = words.trim();
    const where = document.getElementById("add-at");
    where.value = String(start + codePoints(words.slice(0, lead)));
    where.disabled = false;
    offer(range);
  };
  let box = null;
  const offer = (range) => {
    box?.remove();
    box = document.createElement("div");
    box.className = "floating";
    box.setAttribute("role", "toolbar");
    box.setAttribute("aria-label", "Add the selected words");
    for (const [kind, name] of [["statement", "Someone says it"], ["claim", "It happened"], ["entity", "A name"], ["passage", "Sensitive"]]) {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = name;
      b.addEventListener("click", () => { form.elements.kind.value = kind; form.submit(); });
      box.append(b);
    }
    const r = range.getBoundingClientRect();
    box.style.top = `${r.bottom + scrollY + 6}px`;
    box.style.insetInlineStart = `${Math.max(8, r.left + scrollX)}px`;
    document.body.append(box);
  };
  text.addEventListener("mouseup", take);
  text.addEventListener("keyup", take);
  document.addEventListener("touchend", () => setTimeout(take, 50));
  document.addEventListener("mousedown", (e) => { if (box && !box.contains(e.target)) { box.remove(); box = null; } });
  form.elements.words.addEventListener("input", () => { document.getElementById("add-at").disabled = true; });
}

// Steps of a long decision go on by themselves.
document.querySelector("form[data-go-on]")?.requestSubmit();

// The point on the map: dragged, clicked, or moved with the arrow keys; the fields beside it follow.
const map = document.querySelector("[data-point]");
const fields = document.getElementById("point-form")?.elements;
if (map && fields) {
  const svg = map.querySelector("svg"), dot = map.querySelector("[data-dot]");
  const [west, north, unit, k] = ["west", "north", "unit", "k"].map((name) => Number(map.dataset[name]));
  const digits = Math.max(2, Math.round(Math.log10(unit)) + 1);
  const around = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const put = (x, y) => {
    dot.setAttribute("transform", `translate(${x} ${y})`);
    fields.place_lat.value = Math.max(-90, Math.min(90, north - y / unit)).toFixed(digits);
    fields.place_lon.value = around(west + x / unit / k).toFixed(digits);
  };
  const from = (e) => { const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse()); put(p.x, p.y); };
  const show = () => {
    const [lat, lon] = [Number(fields.place_lat.value), Number(fields.place_lon.value)];
    if (Number.isFinite(lat) && Number.isFinite(lon)) dot.setAttribute("transform", `translate(${(lon - west) * k * unit} ${(north - lat) * unit})`);
  };
  svg.classList.add("drags");
  svg.addEventListener("click", (e) => e.preventDefault());
  svg.addEventListener("dragstart", (e) => e.preventDefault());
  svg.addEventListener("pointerdown", (e) => { e.preventDefault(); svg.setPointerCapture(e.pointerId); from(e); });
  svg.addEventListener("pointermove", (e) => { if (svg.hasPointerCapture(e.pointerId)) from(e); });
  dot.setAttribute("tabindex", "0");
  dot.setAttribute("role", "img");
  dot.setAttribute("aria-label", "The point; the arrow keys move it");
  dot.addEventListener("keydown", (e) => {
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[e.key];
    if (!step) return;
    e.preventDefault();
    const [x, y] = dot.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const far = e.shiftKey ? 20 : 4;
    put(x + far * step[0], y + far * step[1]);
  });
  for (const name of ["place_lat", "place_lon"]) fields[name].addEventListener("input", show);
}
