/** Test only: holds an answer of the API against its OpenAPI document. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Answered = { method: string; path: string; status: number; type: string | null; body: unknown };
type Check = (answered: Answered) => string[];

/**
 * Says what is wrong with an answer by the schema that the document has for its operation, status and media type; a status or a type
 * that the document does not have is wrong too. `path`: as the document writes it, "/orders/{id}".
 */
export function checkOf(document: object): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", ...document });
  return ({ method, path, status, type, body }) => {
    const at = ["paths", path, method.toLowerCase(), "responses", status, "content", type, "schema"];
    const pointer = at.map((part) => encodeURIComponent(escaped(String(part)))).join("/");
    const validate = ajv.getSchema(`api#/${pointer}`);
    if (!validate) return [`The document has no ${status} of type ${type} for ${method} ${path}`];
    return validate(body) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath}: ${one.message}`);
  };
}

/** What a JSON Pointer in a URI fragment leads to (RFC 6901, 6). Throws RangeError where it leads nowhere. */
export function pointedTo(document: unknown, pointer: string): unknown {
  const [root, ...parts] = pointer.split("/");
  if (root !== "#") throw new RangeError(`${pointer} is no pointer`);
  return parts.reduce<unknown>((inside, part) => {
    const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, name))
      throw new RangeError(`${pointer} leads nowhere`);
    return (inside as Record<string, unknown>)[name];
  }, document);
}

function escaped(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
