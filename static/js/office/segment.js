// While a segment is put together: buttons without a new page, and numbers as one types. Without this they do the same.
const form = document.querySelector("form[data-segment]");
let timer, asked = 0;

// What does not belong to the choice beside it is put away: days where "at any time" is chosen.
function tidy() {
  for (const box of form.querySelectorAll("[data-only]")) {
    const [name, values] = box.dataset.only.split("=");
    box.hidden = !values.split(",").includes(form.elements[name]?.value);
  }
}

async function ask(button) {
  const turn = ++asked;
  const body = new FormData(form);
  body.set("do", button);
  const response = await fetch(location.href, { method: "POST", body, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  return turn === asked ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

const show = (page, id) => document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);

async function press(button, focused) {
  const page = await ask(button);
  if (!page) return;
  show(page, "builder");
  show(page, "found");
  tidy();
  const again = focused && (form.querySelector(`[name="do"][value="${CSS.escape(focused)}"]:not(:disabled)`) ?? document.getElementById(focused));
  (again || form.querySelector("#builder select")).focus();
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter?.value;
  if (!button || button === "save") return;
  event.preventDefault();
  const [verb, path] = button.split(":");
  // One's place is kept: after adding, the button that adds; after moving, the one that moves on.
  press(button, verb === "add" || verb === "group" ? `new-${path}` : button).catch(() => form.submit());
});

form?.addEventListener("input", (event) => {
  tidy();
  if (event.target.name?.startsWith("new-")) return;
  clearTimeout(timer);
  // Another list of goods, or another word to look for: the choices beside it change, too.
  const redraw = event.target.matches("[data-find]") || event.target.name?.endsWith("-goods");
  if (redraw) timer = setTimeout(() => press("look", event.target.id).catch(() => {}), event.target.matches("select") ? 0 : 600);
  else if ("live" in form.dataset) timer = setTimeout(() => ask("look").then((page) => page && show(page, "found")).catch(() => {}), 450);
});

if (form) tidy();
