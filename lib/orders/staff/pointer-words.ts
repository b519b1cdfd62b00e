const NAMES: Record<string, string> = {
  lines: "line",
  payments: "payment",
  tracking: "tracking option",
  quantity: "quantity",
  unitPrice: "unit price",
  unitCost: "unit cost",
  itemCode: "item",
  discountPercent: "discount",
  externalId: "your own id",
  contactId: "Xero's id",
  dueDate: "due date",
  taxTotal: "tax total",
  cash: "nobody named",
};

/** "#/lines/1/kind" as a person says it: "line 2, kind". */
export function pointerInWords(pointer: string): string {
  const parts = pointer.split("/").slice(1);
  const words: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? "";
    const name = NAMES[part] ?? part;
    const next = parts[at + 1] ?? "";
    if (/^\d+$/.test(next)) {
      words.push(`${name} ${Number(next) + 1}`);
      at += 1;
    } else words.push(part === "lines" || part === "payments" ? part : name);
  }
  return words.length === 0 ? "the order" : words.join(", ");
}
