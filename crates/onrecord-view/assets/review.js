// The review queue by keys: one key judges the current row and goes on. Without this script
// the buttons do the same, a page at a time.
const queue = document.querySelector("[data-review]");

if (queue) {
  const left = () => [...queue.querySelectorAll(".review:not(.gone)")];
  const say = document.createElement("p");
  say.className = "note";
  say.setAttribute("role", "status");
  say.hidden = true;
  queue.before(say);
  let done = null;

  const current = () => queue.querySelector(".review.current:not(.gone)") ?? left()[0];

  function choose(card) {
    for (const old of queue.querySelectorAll(".current")) old.classList.remove("current");
    if (!card) { location.reload(); return; }
    card.classList.add("current");
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function next(card) {
    const all = left();
    const at = all.indexOf(card);
    return all[at + 1] ?? all[at - 1] ?? null;
  }

  async function send(fields) {
    const answer = await fetch("/correct", {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told.corrections;
  }

  function tell(text, warn) {
    say.textContent = text;
    say.className = warn ? "warn" : "note";
    say.hidden = false;
  }

  async function judge(card, what) {
    const then = next(card);
    card.classList.add("gone");
    choose(then);
    try {
      const [id] = await send({ what, row: card.dataset.row });
      done = { id, card };
      tell(`${what === "accept" ? "Accepted" : what === "reject" ? "Rejected" : "Suppressed"} ${card.dataset.row.slice(0, 13)}. Key u takes it back.`);
    } catch (error) {
      card.classList.remove("gone");
      tell(`Not written: ${error.message}`, true);
    }
  }

  queue.addEventListener("submit", (event) => {
    const button = event.submitter;
    const card = event.target.closest(".review");
    if (!card || button?.name !== "what") return;
    event.preventDefault();
    judge(card, button.value);
  });

  for (const skip of queue.querySelectorAll("[data-skip]")) {
    skip.hidden = false;
    skip.addEventListener("click", () => {
      const card = skip.closest(".review");
      const then = next(card);
      card.classList.add("gone");
      choose(then);
    });
  }

  for (const button of queue.querySelectorAll("[data-judge]")) {
    const kbd = document.createElement("kbd");
    kbd.textContent = button.dataset.judge;
    kbd.setAttribute("aria-hidden", "true");
    button.append(" ", kbd);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!document.documentElement.classList.contains("keys-on")) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "u" && done) {
      event.preventDefault();
      const { id, card } = done;
      done = null;
      send({ what: "undo", correction: id })
        .then(() => { card.classList.remove("gone"); choose(card); tell("Taken back."); })
        .catch((error) => tell(`Not taken back: ${error.message}`, true));
      return;
    }
    const key = event.key === "Enter" && !event.target.closest("a, button, summary") ? "a" : event.key;
    const card = current();
    const button = card?.querySelector(`[data-judge="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button.click();
    if (key === "e") card.querySelector("details input, details select")?.focus();
  }, true);

  choose(left()[0]);
}
