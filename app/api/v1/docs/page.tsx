import type { Metadata } from "next";
import { connection } from "next/server";
import type { Operation } from "#app/door/api/operation.ts";
import { PROBLEMS } from "#app/door/api/problems.ts";
import { REQUESTS_A_MINUTE } from "#app/door/api/serve.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { env } from "#lib/core/env.ts";
import { ORDER_FAULTS } from "#lib/orders/faults.ts";
import { apiDocument, everyProblem, problemsOf } from "../document.ts";
import { OPERATIONS } from "../operations.ts";
import { exampleOf, type Schema, SchemaList } from "./schema-list.tsx";

export const metadata: Metadata = { title: "API reference" };

/** The API's reference, made of what its handlers are made of. For anyone, and without a script. */
export default async function ApiReferencePage() {
  await connection();
  return (
    <DeskPage>
      <PageTitle
        title="API reference"
        lead="For systems that exchange their documents with Xero through this desk."
      />
      <div>
        <Section id="begin" title="Begin">
          <p>
            All addresses begin with <code>{base()}</code>. A firm's owner makes a key for your system under
            Settings → API keys; send it with each request:
          </p>
          <Code>{`curl -H "Authorization: Bearer $COUNTERFOIL_KEY" ${base()}/chart`}</Code>
          <p>
            A key is for one firm and one organisation, so no call names either. It may be used{" "}
            {REQUESTS_A_MINUTE} times a minute; <code>RateLimit</code> says what is left of that. New fields
            may come into answers at any time.
          </p>
          <p>
            The same as an <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a>, for tools.
          </p>
        </Section>
        {OPERATIONS.map((one) => (
          <Section key={one.id} id={one.id} title={one.summary}>
            <OperationPart operation={one} />
          </Section>
        ))}
        <Section
          id="problems"
          title="Problems"
          intro={
            <p>Answers of the type application/problem+json (RFC 9457). Go by the code; words may change.</p>
          }
        >
          <CodeList
            codes={everyProblem().map((code) => ({
              code,
              says: `${PROBLEMS[code].status} · ${PROBLEMS[code].title}`,
            }))}
          />
        </Section>
        <Section
          id="faults"
          title="Faults of orders"
          intro={<p>What the errors of a problem list, and the faults of an order that is held.</p>}
        >
          <CodeList
            codes={Object.entries(ORDER_FAULTS).map(([code, { title }]) => ({ code, says: title }))}
          />
        </Section>
      </div>
    </DeskPage>
  );
}

function OperationPart({ operation }: { operation: Operation }) {
  const document = apiDocument(env().PUBLIC_ORIGIN);
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const { parameters, sent, answers } = partsOf(document, operation);
  return (
    <>
      <p>
        <code className="font-semibold">{`${operation.method} ${operation.path}`}</code>{" "}
        <span className="text-muted text-sm">scope {operation.scope}</span>
      </p>
      <p>{operation.description}</p>
      {parameters.length > 0 && <ParameterList parameters={parameters} />}
      {sent && (
        <>
          <h3 className="font-semibold">Send</h3>
          <SchemaList schema={sent} schemas={schemas} />
          <Code>{JSON.stringify(exampleOf(sent, schemas), null, 2)}</Code>
        </>
      )}
      {operation.file && (
        <>
          <h3 className="font-semibold">Send</h3>
          <p>
            The file as it is, with the header <code>{`Content-Type: ${operation.file.mediaType}`}</code>; at
            most {operation.file.mostBytes / 1024 / 1024} MB.
          </p>
        </>
      )}
      <h3 className="font-semibold">Answers</h3>
      {answers.map(({ status, description, schema }) => (
        <div key={status} className="grid gap-2">
          <p>
            <code>{status}</code> {description}
          </p>
          <SchemaList schema={schema} schemas={schemas} />
        </div>
      ))}
      {answers[0] && <Code>{JSON.stringify(exampleOf(answers[0].schema, schemas), null, 2)}</Code>}
      <p className="text-sm">
        Problems:{" "}
        {problemsOf(operation).map((code) => (
          <a key={code} href={`/problems/${code}`} className="mr-2 inline-block">
            <code>{code}</code>
          </a>
        ))}
      </p>
    </>
  );
}

type Parameter = { name: string; in: string; required?: boolean; description?: string };

function ParameterList({ parameters }: { parameters: Parameter[] }) {
  return (
    <ul className="grid gap-1">
      {parameters.map(({ name, in: where, required, description }) => (
        <li key={name}>
          <code className="font-semibold">{name}</code>{" "}
          <span className="text-muted text-sm">{`${where}${required ? "" : ", may be left out"}`}</span>
          {description && <p className="text-sm">{description}</p>}
        </li>
      ))}
    </ul>
  );
}

type Content = { description: string; content?: Record<string, { schema?: Schema }> };
type Path = { parameters?: Parameter[]; requestBody?: Content; responses: Record<string, Content> };

/** What the document has of an operation. */
function partsOf(document: ReturnType<typeof apiDocument>, { path, method }: Operation) {
  const {
    parameters = [],
    requestBody,
    responses,
  } = ((document.paths?.[path] ?? {}) as Record<string, unknown>)[method.toLowerCase()] as Path;
  const schemaOf = (content: Content | undefined) => content?.content?.["application/json"]?.schema;
  const answers = Object.entries(responses).flatMap(([status, answer]) => {
    const schema = schemaOf(answer);
    return schema ? [{ status, description: answer.description, schema }] : [];
  });
  return { parameters, sent: schemaOf(requestBody), answers };
}

function CodeList({ codes }: { codes: { code: string; says: string }[] }) {
  return (
    <ul className="grid gap-1">
      {codes.map(({ code, says }) => (
        <li key={code}>
          <a href={`/problems/${code}`}>
            <code>{code}</code>
          </a>{" "}
          <span className="text-muted text-sm">{says}</span>
        </li>
      ))}
    </ul>
  );
}

function Code({ children }: { children: string }) {
  return (
    <pre className="wrap-anywhere whitespace-pre-wrap rounded border border-line bg-tint px-3 py-2 text-sm">
      <code>{children}</code>
    </pre>
  );
}

function base(): string {
  return `${env().PUBLIC_ORIGIN}/api/v1`;
}
