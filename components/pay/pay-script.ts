/**
 * The one script of the payer's pages; all of them work without it. A press of a button sends its form once and says so (a
 * form whose answer does not come may be sent again after ten seconds: the desk takes it once), the total follows the ticks, and the receipt can be printed. It stands in the page as it is written here, and the page's policy
 * allows it by its hash. Money is written as `moneyFormat` does.
 */
export const PAY_SCRIPT = `(() => {
  const words = new Map();
  const sent = new Map();
  addEventListener("submit", (event) => {
    const form = event.target;
    if (performance.now() - sent.get(form) < 10000) return event.preventDefault();
    sent.set(form, performance.now());
    for (const button of form.elements) {
      const said = button.dataset.pending && button.firstElementChild;
      if (!said) continue;
      if (!words.has(button)) words.set(button, said.textContent);
      button.setAttribute("aria-disabled", "true");
      said.textContent = button.dataset.pending;
    }
  });

  const follow = () => {
    for (const total of document.querySelectorAll("[data-total-of]")) {
      const { totalOf, currency, digits } = total.dataset;
      const form = document.getElementById(totalOf);
      const ticked = [...form.querySelectorAll("input[name=invoice]:checked")];
      const [label, amount] = total.children;
      if (ticked.some((box) => box.dataset.currency !== currency)) {
        label.textContent = "One currency at a time, please";
        amount.textContent = "";
        continue;
      }
      const sum = ticked.reduce((all, box) => all + BigInt(box.dataset.minor), 0n).toString().padStart(3, "0");
      const fraction = { minimumFractionDigits: +digits, maximumFractionDigits: +digits };
      const money = new Intl.NumberFormat("en", { style: "currency", currency, ...fraction });
      amount.textContent = money.format(sum.slice(0, -2) + "." + sum.slice(-2));
      const count = ticked.length;
      label.textContent = count ? "Paying " + count + " invoice" + (count > 1 ? "s" : "") : "Nothing ticked";
    }
  };
  follow();
  addEventListener("change", follow);

  addEventListener("pageshow", () => {
    sent.clear();
    for (const [button, said] of words) {
      button.removeAttribute("aria-disabled");
      button.firstElementChild.textContent = said;
    }
    words.clear();
    follow();
  });

  for (const place of document.querySelectorAll("[data-print]")) {
    place.hidden = false;
    place.addEventListener("click", () => print());
  }
})();`;
