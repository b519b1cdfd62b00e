/** The part of JSON Schema that zod-openapi writes for our answers. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  format?: string;
  description?: string;
  examples?: unknown[];
  example?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
};

/** An answer's fields, one below the other, what is inside a list or an object under it. */
export function SchemaList({ schema, schemas }: { schema: Schema; schemas: Record<string, Schema> }) {
  const given = resolved(schema, schemas);
  if (given.anyOf?.some((one) => resolved(one, schemas).properties)) {
    return given.anyOf.map((one) => <SchemaList key={one.$ref ?? ""} schema={one} schemas={schemas} />);
  }
  const inside = insideOf(given, schemas);
  return (
    <ul className="grid gap-2 border-line border-l-2 pl-4">
      {Object.entries(inside.properties ?? {}).map(([name, given]) => {
        const field = resolved(given, schemas);
        return (
          <li key={name} className="grid gap-1">
            <p>
              <code className="font-semibold">{name}</code>{" "}
              <span className="text-muted text-sm">{typeOf(field, schemas)}</span>
            </p>
            {field.description && <p className="text-sm">{field.description}</p>}
            {insideOf(field, schemas).properties && <SchemaList schema={field} schemas={schemas} />}
          </li>
        );
      })}
    </ul>
  );
}

/** An answer as it may look, of the schema's own examples. */
export function exampleOf(given: Schema, schemas: Record<string, Schema>): unknown {
  const schema = resolved(given, schemas);
  const [example] = schema.examples ?? (schema.example === undefined ? [] : [schema.example]);
  if (example !== undefined) return example;
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field, schemas)]),
    );
  }
  if (schema.items) return [exampleOf(schema.items, schemas)];
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], schemas);
  if (schema.enum) return schema.enum[0];
  if (schema.format === "date-time") return "2026-12-01T09:30:00.000Z";
  return EXAMPLES[schema.format ?? [schema.type ?? []].flat()[0] ?? ""] ?? null;
}

const EXAMPLES: Record<string, unknown> = {
  date: "2026-11-30",
  uuid: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  email: "pat@example.com",
  string: "…",
  boolean: true,
  integer: 1,
};

function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return (name && schemas[name]) || schema;
}

function insideOf(schema: Schema, schemas: Record<string, Schema>): Schema {
  return schema.items ? insideOf(resolved(schema.items, schemas), schemas) : schema;
}

function typeOf(schema: Schema, schemas: Record<string, Schema>): string {
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(resolved(one, schemas), schemas)).join(" or ");
  if (schema.items) return `list of ${typeOf(resolved(schema.items, schemas), schemas)}`;
  return schema.format ?? [schema.type ?? []].flat().join(" or ");
}
