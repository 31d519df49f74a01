// Files dropped anywhere on the page go into the form; the bar follows their reading.

const form = document.querySelector("form[data-drop]");
if (form) {
  const input = form.querySelector("input[type=file]");
  const over = (event, yes) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", yes);
  };
  addEventListener("dragenter", (event) => over(event, true));
  addEventListener("dragover", (event) => over(event, true));
  addEventListener("dragleave", (event) => { if (event.relatedTarget === null) over(event, false); });
  addEventListener("drop", (event) => {
    over(event, false);
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0) return;
    input.files = files;
    form.requestSubmit();
  });
}

const busy = document.querySelector("[data-adding]");
if (busy) {
  const told = document.getElementById("adding-told");
  const bar = document.getElementById("adding-bar");
  const look = async () => {
    const answer = await fetch("/add.json", { headers: { accept: "application/json" } });
    const at = await answer.json();
    if (at.state !== "busy") { location.reload(); return; }
    const stage = at.stage || "Beginning";
    told.textContent = at.all > 0 ? `${stage}: ${Math.min(at.done, at.all)} of ${at.all}` : `${stage} …`;
    if (at.all > 0) { bar.max = at.all; bar.value = Math.min(at.done, at.all); } else { bar.removeAttribute("value"); }
    setTimeout(look, 500);
  };
  setTimeout(look, 500);
}
