// Prices as the reader's locale writes them.
const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
for (const price of document.querySelectorAll("data")) price.textContent = money.format(Number(price.value));
