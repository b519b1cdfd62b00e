/** Before the first request. Next builds this file for its edge runtime too, which has nothing that boot needs. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { boot } = await import("#lib/core/boot.ts");
    boot();
  }
}
