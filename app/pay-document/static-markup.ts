import "server-only";

type Renderer = Pick<typeof import("react-dom/server"), "renderToStaticMarkup">;

let renderer: Renderer | undefined;

/**
 * React's own renderer to HTML, loaded by Node from beside the server: where server components run, Next's compiler lets nobody
 * import it. next.config.ts puts it there.
 */
export function staticMarkup(): Renderer["renderToStaticMarkup"] {
  if (!renderer) {
    const { createRequire } = process.getBuiltinModule("node:module");
    const loaded: Renderer = createRequire(`${process.cwd()}/package.json`)("react-dom/server");
    renderer = loaded;
  }
  return renderer.renderToStaticMarkup;
}
