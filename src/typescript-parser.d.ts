import type { BuildOptions, Metafile } from 'esbuild'

export const PARSER: string
export function bundleParser(root: string, folder: string, more?: BuildOptions): Promise<Metafile>
