// Drag the rows of a list into another order with mouse, pen or finger; the buttons beside them do the same.
for (const form of document.querySelectorAll("form[data-arrange]")) {
  const list = form.querySelector("ol");
  for (const row of list.children) {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "office-grip";
    grip.tabIndex = -1;
    grip.ariaHidden = "true";
    grip.textContent = "⠿";
    grip.addEventListener("pointerdown", (event) => drag(event, grip, row));
    row.querySelector(".office-row").prepend(grip);
  }

  function drag(event, grip, row) {
    if (event.button) return;
    event.preventDefault();
    const before = order();
    grip.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    const move = ({ clientY }) => {
      const over = [...list.children].find((each) => {
        const box = each.getBoundingClientRect();
        return each !== row && clientY >= box.top && clientY <= box.bottom;
      });
      if (!over) return;
      const box = over.getBoundingClientRect();
      over[clientY < box.top + box.height / 2 ? "before" : "after"](row);
    };
    const drop = () => {
      grip.removeEventListener("pointermove", move);
      row.classList.remove("is-dragged");
      if (order().join() !== before.join()) keep();
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  }

  function order() {
    return [...list.children].map((row) => row.dataset.key);
  }

  async function keep() {
    const body = new FormData(form);
    body.set("do", "arrange");
    for (const key of order()) body.append("order", key);
    const response = await fetch(location.href, { method: "POST", body }).catch(() => null);
    form.querySelector("[data-voice]").textContent = response?.ok ? form.dataset.said : form.dataset.failed;
    [...list.children].forEach((row, place, all) => {
      row.querySelector("[value^='up:']").disabled = place === 0;
      row.querySelector("[value^='down:']").disabled = place === all.length - 1;
    });
  }
}
