/** Runs the Python analyser on files given as texts. */

import { createHash } from 'node:crypto'
import type { CodeAnalysis, KeptResults } from '#generate/analyse/analyser.ts'
import { analysePython } from '#generate/analyse/python/python.ts'
import type { Edge, SourceFile } from '#generate/model.ts'

export type Texts = Readonly<Record<string, string>>

export interface Options {
  signal?: AbortSignal
  /** False: in the order in which the texts are given. */
  isSorted?: boolean
  kept?: KeptResults | undefined
  onWork?: (path: string) => void
}

export async function analyseTexts(
  texts: Texts,
  { signal = new AbortController().signal, isSorted = true, kept, onWork = () => {} }: Options = {},
): Promise<CodeAnalysis> {
  const files = Object.entries(texts).map(([path, text]) => sourceFile(path, text))
  if (isSorted) files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const python = files.filter((file) => file.language === 'python')
  const context = {
    signal,
    onProgress() {},
    kept,
    paths: new Set(files.map((file) => file.path)),
    files: new Map(files.map((file) => [file.path, file])),
  }
  return analysePython(python, context, onWork)
}

function sourceFile(path: string, text: string): SourceFile {
  const isPython = /\.pyi?$/.test(path)
  return {
    path,
    blob: createHash('sha1').update(text).digest('hex'),
    bytes: text.length,
    lines: text.split('\n').length,
    language: isPython ? 'python' : null,
    role: isPython ? 'code' : 'manifest',
    generated: false,
    vendored: false,
    text,
  }
}

/** `from -kind-> to (origin)`, sorted. */
export function edgeTexts(analysis: CodeAnalysis, wanted: (edge: Edge) => boolean = () => true): string[] {
  return analysis.edges
    .filter(wanted)
    .map((edge) => `${edge.from} -${edge.kind}-> ${edge.to} (${edge.origin})`)
    .sort()
}

/** The component of this qualified name; fails when there is none or several. */
export function componentNamed(analysis: CodeAnalysis, qualifiedName: string) {
  const found = analysis.components.filter((component) => component.qualifiedName === qualifiedName)
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} components named ${qualifiedName}`)
  return only
}
