/** Before the first request. Next builds this file for its edge runtime too, which has nothing that boot needs. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next reads this very expression to leave the rest out of its edge build
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { boot } = await import("#lib/core/boot.ts");
    boot("web");
    const { startRenderer } = await import("#app/pay/renderer.ts");
    startRenderer();
    process.send?.("ready");
  }
}
