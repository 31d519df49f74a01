// The brush: a span of time drawn over a chart with the pointer is the span the page then shows.
// The fields "From" and "To" do the same by keyboard. The years above a chart become a slider.

const DAY = 86_400_000;
const LEAST = 6; // pixels; less is a click

const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

for (const axis of document.querySelectorAll("figure.chart svg .oc-axis[data-first]")) {
  const svg = axis.ownerSVGElement;
  const { first, last, left, right, top, bottom } = Object.fromEntries(
    Object.entries(axis.dataset).map(([name, value]) => [name, Number(value)]));
  const box = svg.closest(".scroll");
  box.classList.add("brushed");
  let from = null;
  let drawn = null;
  // Pixels of the drawing, whatever its size on the screen.
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: Math.min(Math.max(point.x, left), right), inside: point.x >= left && point.x <= right && point.y >= top && point.y <= bottom };
  };
  const day = (x) => first + (x - left) / (right - left) * (last - first);
  const end = () => { drawn?.remove(); drawn = null; from = null; };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
    const { x, inside } = at(event);
    if (!inside) return;
    from = x;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const { x } = at(event);
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.setAttribute("class", "brush");
      drawn.setAttribute("y", top);
      drawn.setAttribute("height", bottom - top);
      svg.append(drawn);
    }
    drawn.setAttribute("x", Math.min(from, x));
    drawn.setAttribute("width", Math.abs(x - from));
  });
  svg.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const { x } = at(event);
    const [a, b] = [Math.min(from, x), Math.max(from, x)];
    end();
    if (b - a < LEAST) return;
    const to = new URL(location.href);
    to.searchParams.set("since", iso(Math.floor(day(a))));
    to.searchParams.set("until", iso(Math.ceil(day(b)) - 1));
    to.searchParams.delete("page");
    location.assign(to);
  });
  svg.addEventListener("pointercancel", end);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && from !== null) { event.preventDefault(); end(); } });
}

// The links to years, as a slider beside them: all years at its left end.
for (const years of document.querySelectorAll("nav.years")) {
  const links = [...years.querySelectorAll("a")];
  // Shown with the newest first; a slider goes with time.
  const stops = [links[0], ...links.slice(1).sort((a, b) => a.textContent.localeCompare(b.textContent))];
  if (stops.length < 3) continue;
  const label = document.createElement("label");
  label.className = "slider";
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: 0, max: stops.length - 1, step: 1 });
  range.value = String(Math.max(stops.findIndex((link) => link.hasAttribute("aria-current")), 0));
  const shown = document.createElement("output");
  const show = () => {
    shown.textContent = stops[Number(range.value)].textContent;
    range.setAttribute("aria-valuetext", shown.textContent);
  };
  range.addEventListener("input", show);
  range.addEventListener("change", () => location.assign(stops[Number(range.value)].href));
  show();
  label.append("Year ", range, shown);
  years.after(label);
}
