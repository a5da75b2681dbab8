import type { BuildOptions, Metafile } from 'esbuild'

export const THREADS: readonly string[]
export function findBundle(): Promise<string>
export function bundle(entries: readonly string[], folder: string, more?: BuildOptions): Promise<Metafile>
