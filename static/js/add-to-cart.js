// <add-to-cart>: puts the goods in the cart without leaving the page; the confirmation takes the focus.
customElements.define("add-to-cart", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    if (event.submitter && "plain" in event.submitter.dataset) return; // a wish list: a page of its own
    const form = event.target;
    const button = form.querySelector("button:not([type=button])");
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } });
      const text = await answer.text();
      if (!this.tell(text)) throw new Error("no confirmation");
    } catch {
      form.submit(); // the plain way: a whole page
      return;
    }
    button.removeAttribute("aria-busy");
  }

  /** Show the confirmation beside the button, and the new number in the head. */
  tell(text) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const added = answer.getElementById("added");
    if (!added) return false;
    document.getElementById("added")?.remove();
    this.append(added);
    const link = answer.getElementById("cart-link");
    if (link) document.getElementById("cart-link")?.replaceWith(link);
    added.querySelector("[data-stay]")?.addEventListener("click", (event) => {
      event.preventDefault();
      added.remove();
      this.querySelector("form button:not([type=button])").focus();
    });
    added.focus();
    return true;
  }
});
