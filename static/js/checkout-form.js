// <checkout-form>: another country or another saved address reckons the page anew, in place, keeping the focus and
// whatever is typed while the answer is on its way.
const stateOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);

customElements.define("checkout-form", class extends HTMLElement {
  connectedCallback() {
    this.classList.add("alive");
    this.addEventListener("change", ({ target }) => {
      if (target.name === "country" || target.name === "billing-country" || target.hasAttribute("data-reckons")) this.reckon();
    });
  }

  async reckon() {
    const form = this.querySelector("form");
    const typed = new FormData(form);
    typed.set("update", "country");
    this.sent = new Map([...form.elements].filter(({ id }) => id).map((field) => [field.id, stateOf(field)]));
    this.asked?.abort();
    this.asked = new AbortController();
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, signal: this.asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("checkout");
      // Something stands in the way (sold out, say): the server led elsewhere, so go there.
      if (!fresh) return location.assign(answer.url);
      this.swap(form, fresh);
    } catch (trouble) {
      if (trouble.name === "AbortError") return; // asked anew meanwhile
      form.querySelector("[name=update]").click();
    }
    this.removeAttribute("aria-busy");
  }

  /** Replace the form, but leave the cursor where it is. */
  swap(form, fresh) {
    const here = document.activeElement;
    for (const details of form.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`details.${details.className}`);
      if (same) same.open = true;
    }
    for (const field of form.elements) this.keep(field, fresh);
    form.replaceWith(fresh);
    if (here?.id && form.contains(here)) this.focusLike(here);
    const said = fresh.querySelector("#place").innerText;
    document.dispatchEvent(new CustomEvent("say", { detail: said }));
  }

  /** What was typed after the question was sent is not in the answer. */
  keep(field, fresh) {
    const same = field.id && fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (!same || stateOf(field) === this.sent.get(field.id)) return;
    if (same.type === "checkbox" || same.type === "radio") same.checked = field.checked;
    else same.value = field.value;
  }

  focusLike(field) {
    const same = document.getElementById(field.id);
    same?.focus({ preventScroll: true });
    if (same && typeof field.selectionStart === "number") same.setSelectionRange(field.selectionStart, field.selectionEnd);
  }
});
