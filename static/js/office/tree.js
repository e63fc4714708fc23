// Drag a category by its handle, or press Alt with an arrow. Both press the form's own buttons.
const form = document.querySelector("form[data-tree]");
const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

form?.addEventListener("keydown", (event) => {
  if (!event.altKey || !KEYS[event.key] || event.target.name !== "node") return;
  event.preventDefault();
  event.target.checked = true;
  form.querySelector(`button[value="${KEYS[event.key]}"]`).click();
});

// Handles appear when a row is pointed at, so that thousands of rows cost nothing.
form?.addEventListener("pointerover", ({ target }) => {
  const row = target.closest?.(".office-node");
  if (row && !row.querySelector(".office-grip")) row.prepend(gripFor(row));
});
for (const row of [...document.querySelectorAll(".office-node")].slice(0, 200)) row.prepend(gripFor(row));
form?.querySelector("input[name=node]:checked")?.focus({ preventScroll: true });

function gripFor(row) {
  const grip = document.createElement("button");
  grip.type = "button";
  grip.className = "office-grip";
  grip.tabIndex = -1;
  grip.ariaHidden = "true";
  grip.textContent = "⠿";
  grip.addEventListener("pointerdown", (event) => drag(event, grip, row));
  return grip;
}

function drag(event, grip, row) {
  if (event.button) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");
  let goal = null, place = "";
  const clear = () => goal?.classList.remove("is-before", "is-after", "is-inside");
  const move = ({ clientX, clientY }) => {
    clear();
    goal = document.elementsFromPoint(clientX, clientY).map((each) => each.closest(".office-node")).find(Boolean) ?? null;
    if (!goal || row.parentElement.contains(goal)) { goal = null; return; }
    const box = goal.getBoundingClientRect(), part = (clientY - box.top) / box.height;
    place = part < 0.3 ? "before" : part > 0.7 ? "after" : "inside";
    goal.classList.add(`is-${place}`);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", () => {
    grip.removeEventListener("pointermove", move);
    row.classList.remove("is-dragged");
    clear();
    if (goal) send(row.dataset.node, goal.dataset.node, place);
  }, { once: true });
}

function send(node, target, place) {
  form.querySelector(`input[name=node][value="${node}"]`).checked = true;
  form.elements.place.value = place;
  const choice = form.elements.target;
  if (![...choice.options].some((option) => option.value === target)) choice.add(new Option(target, target));
  choice.value = target;
  form.querySelector('button[value="to"]').click();
}
