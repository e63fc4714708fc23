// While a rule is written: count what fits, and look for what is typed. Without this the buttons do the same.
const form = document.querySelector("form[data-rule]");
let timer, asked = 0;

async function look(find) {
  const turn = ++asked;
  const body = new FormData(form);
  body.set("do", "look");
  const response = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "text/html" } });
  if (!response.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.getElementById("fits").replaceChildren(...page.getElementById("fits").childNodes);
  if (find) {
    const fresh = page.getElementById(find);
    document.getElementById(find)?.replaceChildren(...fresh.childNodes);
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.name?.startsWith("new-")) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(event.target.dataset.find).catch(() => {}), 350);
});
