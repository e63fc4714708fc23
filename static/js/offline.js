// On the offline page: come back by itself when the network does.
addEventListener("online", () => location.reload());
setInterval(() => fetch("/healthz", { cache: "no-store" }).then((answer) => answer.ok && location.reload(), () => {}), 15000);
