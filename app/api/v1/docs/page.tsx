import type { Metadata } from "next";
import { connection } from "next/server";
import type { Operation } from "#app/door/api/operation.ts";
import { PROBLEMS, type ProblemCode } from "#app/door/api/problems.ts";
import { REQUESTS_A_MINUTE } from "#app/door/api/serve.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { env } from "#lib/core/env.ts";
import { apiDocument } from "../document.ts";
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
          <ProblemList />
        </Section>
      </div>
    </DeskPage>
  );
}

function OperationPart({ operation }: { operation: Operation }) {
  const document = apiDocument();
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const schema = answerOf(document, operation);
  return (
    <>
      <p>
        <code className="font-semibold">{`${operation.method} ${operation.path}`}</code>{" "}
        <span className="text-muted text-sm">scope {operation.scope}</span>
      </p>
      <p>{operation.description}</p>
      <SchemaList schema={schema} schemas={schemas} />
      <Code>{JSON.stringify(exampleOf(schema, schemas), null, 2)}</Code>
    </>
  );
}

/** The schema of an operation's good answer, as the document has it. */
function answerOf(document: ReturnType<typeof apiDocument>, { path }: Operation): Schema {
  const answers = document.paths?.[path]?.get?.responses?.["200"] as {
    content?: Record<string, { schema?: Schema }>;
  };
  return answers.content?.["application/json"]?.schema ?? {};
}

function ProblemList() {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  return (
    <ul className="grid gap-1">
      {codes.map((code) => (
        <li key={code}>
          <a href={`/problems/${code}`}>
            <code>{code}</code>
          </a>{" "}
          <span className="text-muted text-sm">{`${PROBLEMS[code].status} · ${PROBLEMS[code].title}`}</span>
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
