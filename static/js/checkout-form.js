// <checkout-form>: another country or another saved address reckons the page anew, in place, keeping the focus.
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
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("checkout");
      // Something stands in the way (sold out, say): the server led elsewhere, so go there.
      if (!fresh) return location.assign(answer.url);
      this.swap(form, fresh);
    } catch {
      form.querySelector("[name=update]").click();
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  /** Replace the form, but leave the cursor where it is. */
  swap(form, fresh) {
    const here = document.activeElement?.id;
    for (const details of form.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`details.${details.className}`);
      if (same) same.open = true;
    }
    form.replaceWith(fresh);
    if (here) document.getElementById(here)?.focus({ preventScroll: true });
    const said = fresh.querySelector("#place").innerText;
    document.dispatchEvent(new CustomEvent("say", { detail: said }));
  }
});
