import type { Hidden } from "./types.ts";

export function HiddenFields({ fields }: { fields: Hidden }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
