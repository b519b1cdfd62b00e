/** Fields of whatever is sent that hold what is a person's own. */
const PERSONAL = new Set(["name", "email", "phone", "address"]);

/** The most characters that are kept of what was sent or answered. */
const MOST = 20_000;

/** JSON as it may be kept: texts of personal fields blotted out, cut off where it is long. What is no JSON is not kept. */
export function blotted(json: string): string {
  try {
    const kept = JSON.stringify(JSON.parse(json), (field, value) =>
      PERSONAL.has(field) && typeof value === "string" ? "…" : value,
    );
    return kept.length > MOST ? `${kept.slice(0, MOST)}…` : kept;
  } catch {
    return `(${json.length} characters that are no JSON)`;
  }
}
