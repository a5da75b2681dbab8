export const THREADS: readonly string[]
export function findBundle(): Promise<string>
export function bundle(entries: readonly string[], folder: string): Promise<void>
