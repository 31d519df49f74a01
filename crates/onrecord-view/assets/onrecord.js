// What makes pages quicker to use; all of them can be read without it.
// Keys, copying, showing which words a card is about.

const OFF = "onrecord-keys-off";
const stored = {
  get: () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set: (off) => { try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* private window */ } },
};
let on = !stored.get();

function label(element, key) {
  const kbd = document.createElement("kbd");
  kbd.textContent = key;
  kbd.setAttribute("aria-hidden", "true");
  element.append(element.closest("nav") ? "" : " ", kbd);
}

function shown() {
  document.documentElement.classList.toggle("keys-on", on);
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

// Rows of a list, one of which is the current one.
const rows = () => [...document.querySelectorAll(".row[data-row]")].filter((row) => row.offsetParent !== null);
let current = null;

function go(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(current);
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  current?.classList.remove("current");
  current = next;
  current.classList.add("current");
  current.tabIndex = -1;
  current.focus({ preventScroll: true });
  current.scrollIntoView({ block: "nearest" });
  light(current.dataset.row);
}

function light(id) {
  for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
  if (!id) return;
  for (const mark of document.querySelectorAll(`.reader .mark[data-row="${CSS.escape(id)}"]`)) mark.classList.add("lit");
}

function open() {
  const link = current?.querySelector("a[href^='/row/'], a[href^='/actor/'], a[href^='/article/'], a[href^='/story/']");
  if (!link) return false;
  link.click();
  return true;
}

function press(selector) {
  const found = document.querySelector(selector);
  if (!found || found.hidden) return false;
  found.click();
  return true;
}

let leader = false;
const plain = {
  j: () => go(1),
  k: () => go(-1),
  n: () => press("a[rel=next]"),
  p: () => press("a[rel=prev]"),
  "/": () => { document.querySelector("#q")?.focus(); document.querySelector("#q")?.select(); },
  "?": () => { location.href = "/help"; },
  Enter: () => open(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (typing(event.target)) event.target.blur();
    else if (history.length > 1) history.back();
    return;
  }
  if (!on || typing(event.target)) return;
  if (leader) {
    leader = false;
    const to = document.querySelector(`nav [data-go="${CSS.escape(event.key)}"]`);
    if (to) { event.preventDefault(); to.click(); }
    return;
  }
  if (event.key === "g") { leader = true; setTimeout(() => { leader = false; }, 1200); return; }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  // The queue has keys of its own.
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button && !button.hidden) { event.preventDefault(); button.click(); return; }
  const act = plain[event.key];
  if (act && act() !== false) event.preventDefault();
});

for (const link of document.querySelectorAll("nav [data-go]")) label(link, link.dataset.go);
for (const button of document.querySelectorAll("[data-key]")) label(button, button.dataset.key);
shown();

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  const input = box.querySelector("input");
  box.hidden = false;
  input.checked = on;
  input.addEventListener("change", () => { on = input.checked; stored.set(!on); shown(); });
}

// Copying.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    const before = button.firstChild.textContent;
    try {
      await navigator.clipboard.writeText(from.textContent);
      button.firstChild.textContent = "Copied";
    } catch {
      // Not allowed: the text is selected, for the reader to copy.
      getSelection().selectAllChildren(from);
      button.firstChild.textContent = "Selected: copy it";
    }
    setTimeout(() => { button.firstChild.textContent = before; }, 1500);
  });
}

// Cards and the words they are about.
for (const card of document.querySelectorAll(".cards .row")) {
  card.addEventListener("pointerenter", () => light(card.dataset.row));
  card.addEventListener("pointerleave", () => light(current?.dataset.row));
  card.addEventListener("focusin", () => light(card.dataset.row));
}
addEventListener("hashchange", () => light(location.hash.startsWith("#card-") ? location.hash.slice(6) : null));

// A chart as PNG: the SVG file drawn on a canvas, on this machine.
for (const box of document.querySelectorAll("[data-png]")) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    const text = await (await fetch(box.dataset.png)).text();
    const svg = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = svg;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(svg);
    const link = document.createElement("a");
    link.download = box.dataset.png.split("?")[0].split("/").pop().replace(/\.svg$/, ".png");
    canvas.toBlob((blob) => {
      link.href = URL.createObjectURL(blob);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }, "image/png");
  });
}
