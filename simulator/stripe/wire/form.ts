/** Stripe's form bodies: `line_items[0][price_data][currency]=aud`, `expand[]=a`. */
export type Tree = { [name: string]: Tree | string };

export function parseForm(pairs: URLSearchParams): Tree {
  const tree: Tree = Object.create(null);
  for (const [name, value] of pairs) put(tree, splitName(name), value);
  return tree;
}

function splitName(name: string): string[] {
  const [head = ""] = name.split("[", 1);
  return [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map(([, part = ""]) => part)];
}

function put(tree: Tree, [head = "", ...rest]: string[], value: string): void {
  const key = head === "" ? String(Object.keys(tree).length) : head;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const inner = tree[key];
  const branch: Tree = inner === undefined || typeof inner === "string" ? Object.create(null) : inner;
  tree[key] = branch;
  put(branch, rest, value);
}
