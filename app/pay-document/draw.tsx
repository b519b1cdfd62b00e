import "server-only";
import { isValidElement, type ReactNode } from "react";
import { accentStyle } from "#components/accent-rules.ts";
import { PAY_SCRIPT } from "#components/pay/pay-script.ts";
import { env } from "#lib/core/env.ts";
import { documentPolicy } from "#lib/core/web/security-headers.ts";
import { Html } from "../html.tsx";
import { PayPage, type PayPageProps } from "../pay/pay-page.tsx";
import { Head } from "./head.tsx";
import { staticMarkup } from "./static-markup.ts";
import { stylesheet } from "./stylesheet.ts";

type Drawing = { title: string; status?: number };

/** A component as a whole document with its policy, for this request alone. Throws what the component throws. */
export async function draw(root: ReactNode, { title, status = 200 }: Drawing): Promise<Response> {
  const { node, firm, hasScript } = await settled(root);
  const document = <Html head={<Head title={title} stylesheet={stylesheet()} />}>{node}</Html>;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "private, no-cache, no-store, max-age=0, must-revalidate",
    "content-security-policy": documentPolicy({
      simulator: env().SIMULATOR_URL,
      scripts: hasScript ? [PAY_SCRIPT] : [],
      styles: firm?.accent ? [accentStyle(firm.accent)] : [],
    }),
  };
  return new Response(`<!DOCTYPE html>${staticMarkup()(document)}`, { status, headers });
}

type Settled = { node: ReactNode; firm: PayPageProps["firm"]; hasScript: boolean };

/** Calls the components at the root, which may wait for what they read. What is left is drawn at once. */
async function settled(root: ReactNode): Promise<Settled> {
  let node = root;
  let page: PayPageProps | null = null;
  while (isValidElement<PayPageProps>(node) && isComponent(node.type)) {
    if (node.type === PayPage) page = node.props;
    node = await node.type(node.props);
  }
  return { node, firm: page?.firm ?? null, hasScript: page !== null };
}

type Component = (props: unknown) => ReactNode | Promise<ReactNode>;

function isComponent(type: unknown): type is Component {
  return typeof type === "function";
}
