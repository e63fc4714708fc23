// What every page does: tell screen readers, keep one menu open at a time, lead the eye to messages, work offline.

/** Say something to those who do not see it. */
document.addEventListener("say", (event) => {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = event.detail; });
});

document.querySelector(".messages")?.focus({ preventScroll: true });

// A menu closes when the visitor goes elsewhere: Escape, a click outside, or a Tab out of it.
const menus = document.querySelectorAll(".menu, .tongue");
for (const menu of menus) {
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
}
addEventListener("click", ({ target }) => {
  for (const menu of menus) if (!menu.contains(target)) menu.open = false;
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// One press of a button sends one form. The mark is taken off when the visitor comes back to the page.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

navigator.serviceWorker?.register("/sw.js").catch(() => {});
