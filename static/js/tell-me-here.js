// "Tell me here": asks the browser for its permission after a press, never before, and sends what it answers.
const key = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

class TellMeHere extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!("PushManager" in window) || !navigator.serviceWorker || Notification.permission === "denied") return;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.device.value) return;
      event.preventDefault();
      this.ask(form, event.submitter);
    });
  }

  async ask(form, button) {
    button.disabled = true;
    try {
      if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
      const worker = await navigator.serviceWorker.ready;
      const options = { userVisibleOnly: true, applicationServerKey: key(this.dataset.key) };
      const given = (await worker.pushManager.getSubscription()) ?? (await worker.pushManager.subscribe(options));
      form.elements.device.value = JSON.stringify(given);
      button.disabled = false;
      delete form.dataset.sent;
      form.requestSubmit(button);
    } catch {
      button.disabled = false;
      delete form.dataset.sent;
      const said = this.querySelector(".said") ?? this.appendChild(document.createElement("p"));
      said.className = "said hint";
      said.setAttribute("role", "status");
      said.textContent = this.dataset.failed;
    }
  }
}
customElements.define("tell-me-here", TellMeHere);
