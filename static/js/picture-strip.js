// <picture-strip>: a thumbnail brings its picture into view; the one in view is marked.
customElements.define("picture-strip", class extends HTMLElement {
  connectedCallback() {
    const strip = this.querySelector(".gallery-strip");
    const thumbs = [...this.querySelectorAll(".gallery-thumbs a")];
    if (!strip || !thumbs.length) return;
    const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const thumb of thumbs) {
      thumb.addEventListener("click", (event) => {
        event.preventDefault();
        const picture = this.querySelector(thumb.hash);
        strip.scrollTo({ left: picture.offsetLeft - strip.firstElementChild.offsetLeft, behavior: quiet ? "instant" : "smooth" });
      });
    }
    strip.addEventListener("scroll", () => {
      const at = this.inView(strip);
      thumbs.forEach((thumb, number) => {
        if (number === at) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      });
    }, { passive: true });
  }

  /** The number of the picture that leads; on a phone the next one looks in, and the last never reaches the edge. */
  inView(strip) {
    const pictures = [...strip.children];
    const left = strip.scrollLeft;
    if (left > 0 && left + strip.clientWidth >= strip.scrollWidth - 2) return pictures.length - 1;
    const away = pictures.map((picture) => Math.abs(picture.offsetLeft - pictures[0].offsetLeft - left));
    return away.indexOf(Math.min(...away));
  }
});
