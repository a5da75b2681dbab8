export const THREADS: readonly string[]
export function findBundle(): Promise<string>
/** @param more - esbuild's own options. */
export function bundle(
  entries: readonly string[],
  folder: string,
  more?: object,
): Promise<{ outputs: Record<string, { inputs: Record<string, unknown> }> }>
