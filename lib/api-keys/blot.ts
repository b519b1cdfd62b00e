/** Fields of whatever is sent that hold what is a person's own. */
const PERSONAL = new Set(["name", "email", "phone", "address", "buyer", "fileName"]);
/** What stands in an address's place: an order with it can still be looked at again. */
const NOBODY = "blotted@example.invalid";

/** The most characters that are kept of what was sent or answered. */
const MOST = 20_000;

/** JSON as it may be kept: texts of personal fields blotted out, cut off where it is long. What is no JSON is not kept. */
export function blotted(json: string): string {
  try {
    const kept = JSON.stringify(JSON.parse(json), function (this: { found?: unknown }, field, value) {
      if (typeof value !== "string") return value;
      if (field === "email") return NOBODY;
      // What is wrong with a contact is told with its name.
      const isPersonal = PERSONAL.has(field) || (field === "detail" && this.found === "contact");
      return isPersonal ? "…" : value;
    });
    return kept.length > MOST ? `${kept.slice(0, MOST)}…` : kept;
  } catch {
    return `(${json.length} characters that are no JSON)`;
  }
}

/** An address as it may be kept: what its query says of a person blotted out. */
export function blottedPath(path: string): string {
  return path.replace(/([?&]fileName=)[^&]*/g, "$1…");
}
