// <cart-page>: changing a line redraws the cart in place; the scroll position and the focus stay.
customElements.define("cart-page", class extends HTMLElement {
  connectedCallback() {
    this.classList.add("alive");
    this.addEventListener("change", ({ target }) => {
      if (target.name === "quantity") target.form.requestSubmit();
    });
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    const form = event.target;
    if ("plain" in form.dataset) return; // leads to a page of its own
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const typed = new FormData(form, event.submitter);
    const here = document.activeElement?.id;
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("cart-page");
      if (!fresh) return location.assign(answer.url);
      document.title = page.title;
      document.getElementById("cart-link")?.replaceWith(page.getElementById("cart-link"));
      this.replaceWith(fresh);
      const focus = fresh.querySelector("[aria-invalid]") || (here && document.getElementById(here)) || fresh.querySelector("#removed button, #saved button");
      focus?.focus({ preventScroll: true });
      const sum = fresh.querySelector(".sums-total")?.innerText.replace(/\s+/g, " ");
      document.dispatchEvent(new CustomEvent("say", { detail: sum || "" }));
    } catch {
      form.submit();
    }
  }
});
