// The form of a promotion: only what the chosen benefit needs is shown. What is hidden keeps its value and is not asked.
const NEEDS = {
  percent: ["percent"],
  amount: ["amount"],
  price: ["amount"],
  buy_get: ["percent", "buy_quantity", "get_quantity", "most_times", "rewards"],
  cheapest: ["percent", "get_quantity"],
  bundle: ["amount", "buy_quantity", "most_times"],
  gift: ["get_quantity", "gift"],
  order_percent: ["percent"],
  order_amount: ["amount"],
  free_delivery: ["delivery_methods"],
  delivery_percent: ["percent", "delivery_methods"],
  delivery_amount: ["amount", "delivery_methods"],
  delivery_price: ["amount", "delivery_methods"],
};
const benefit = document.getElementById("id_benefit");

function show() {
  const needed = NEEDS[benefit.value];
  for (const name of new Set(Object.values(NEEDS).flat())) {
    const line = document.querySelector(`.field-line.field-${name}`);
    // A fault has to be seen wherever it is.
    line?.classList.toggle("not-needed", Boolean(needed) && !needed.includes(name) && !line.matches(".errors"));
  }
}

if (benefit) {
  benefit.addEventListener("change", show);
  show();
}
