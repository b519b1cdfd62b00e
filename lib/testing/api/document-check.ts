/** Test only: holds an answer of the API against its OpenAPI document. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Answered = {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  body: unknown;
};
type Check = (answered: Answered) => string[];
type Header = { required?: boolean; schema: { type?: string } };

/** What HTTP itself says of any answer, and OpenAPI lets nobody document. */
const OF_HTTP = new Set(["content-type", "cache-control"]);

/**
 * Says what is wrong with an answer by what the document has for its operation, status and media type: its body by the schema, its
 * headers each by theirs. A status, a type or a header that the document does not have is wrong too, and a header that must be there
 * and is not. `path`: as the document writes it, "/orders/{id}".
 */
export function checkOf(document: object): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", ...document });
  return ({ method, path, status, headers, body }) => {
    const type = headers.get("content-type");
    const response = ["paths", path, method.toLowerCase(), "responses", String(status)];
    const at = [...response, "content", String(type), "schema"];
    const validate = ajv.getSchema(`api#/${at.map((part) => encodeURIComponent(escaped(part))).join("/")}`);
    if (!validate) return [`The document has no ${status} of type ${type} for ${method} ${path}`];
    const ofBody = validate(body)
      ? []
      : (validate.errors ?? []).map((one) => `${one.instancePath}: ${one.message}`);
    return [...ofBody, ...wrongHeaders(ajv, headersAt(document, response), headers)];
  };
}

function headersAt(document: object, response: string[]): Map<string, Header> {
  const { headers = {} } = pointedTo(document, ["#", ...response.map(escaped)].join("/")) as {
    headers?: Record<string, Header | { $ref: string }>;
  };
  return new Map(
    Object.entries(headers).map(([name, header]) => [
      name.toLowerCase(),
      ("$ref" in header ? pointedTo(document, header.$ref) : header) as Header,
    ]),
  );
}

function wrongHeaders(ajv: Ajv2020, documented: Map<string, Header>, sent: Headers): string[] {
  const unknown = [...sent.keys()].filter((name) => !documented.has(name) && !OF_HTTP.has(name));
  const wrong = [...documented].flatMap(([name, { required, schema }]) => {
    const text = sent.get(name);
    if (text === null) return required ? [`The header ${name} is missing`] : [];
    const value = schema.type === "integer" ? Number(text) : text;
    return ajv.validate(schema, value) ? [] : [`${name}: ${text}: ${ajv.errorsText()}`];
  });
  return [...unknown.map((name) => `The document has no header ${name} here`), ...wrong];
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
