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
  else if (e.key === "u") (lastUndo() || document.querySelector("[data-key=u]"))?.click();
  else if ("are".includes(e.key)) current()?.querySelector(`[data-key=${e.key}]`)?.click();
  else if (e.key === "Enter" && document.activeElement?.matches("[data-item]")) current()?.querySelector("[data-open]")?.click();
  else return;
  e.preventDefault();
});

const lastUndo = () => window.lastDecided?.isConnected && window.lastDecided.querySelector("form[action='/undo'] button");
document.addEventListener("htmx:afterSwap", (e) => {
  const li = e.detail.target.closest?.("[data-item]");
  if (li) { window.lastDecided = li; li.focus({ preventScroll: true }); }
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
