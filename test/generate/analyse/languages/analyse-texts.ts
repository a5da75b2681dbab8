/** A small repository of one family of languages, written down in a test, and what is found in it, as lines. */

import type { CodeAnalysis } from '#generate/analyse/analyser.ts'
import { createFamilyAnalyser } from '#generate/analyse/engine/analyse-family.ts'
import type { FileFacts } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { loadReader } from '#generate/analyse/engine/reader.ts'
import { Incidents } from '#generate/incidents.ts'
import { detectLanguage } from '#generate/inventory/languages.ts'
import type { Component, SourceFile } from '#generate/model.ts'

export interface Analysed {
  readonly analysis: CodeAnalysis
  /** `from -kind-> to (origin)`, sorted. */
  readonly edges: readonly string[]
  /** Path, reason and message of each. */
  readonly incidents: readonly string[][]
  /** @throws {Error} There is no such component. */
  component(id: string): Component
  /** The edges that leave one component or file, as lines. */
  from(id: string): readonly string[]
}

/** @param texts - By path. */
export async function analyseTexts(
  specs: readonly LanguageSpec[],
  texts: Readonly<Record<string, string>>,
): Promise<Analysed> {
  const files = Object.entries(texts).map(([path, text]) => sourceFile(path, text))
  const incidents = new Incidents()
  const context = {
    incidents,
    signal: new AbortController().signal,
    onProgress: () => {},
    paths: new Set(Object.keys(texts)),
    files: new Map(files.map((file) => [file.path, file])),
  }
  const languages = new Set(specs.map((spec) => spec.language))
  const own = files.filter((file) => languages.has(file.language ?? ''))
  const analysis = await createFamilyAnalyser(specs, (read) => readAll(specs, read)).analyse(own, context)
  const edges = analysis.edges.map(({ from, to, kind, origin }) => `${from} -${kind}-> ${to} (${origin})`).sort()
  return {
    analysis,
    edges,
    incidents: incidents.list.map(({ file, reason, message }) => [file, reason, message]),
    component(id) {
      const found = analysis.components.find((component) => component.id === id)
      if (found === undefined) throw new Error(`no ${id} in ${analysis.components.map((one) => one.id).join(', ')}`)
      return found
    },
    from: (id) => edges.filter((edge) => edge.startsWith(`${id} -`)),
  }
}

function sourceFile(path: string, text: string): SourceFile {
  return {
    path,
    blob: path,
    bytes: text.length,
    lines: text.split('\n').length,
    language: detectLanguage(path, text.split('\n', 1)[0] ?? ''),
    role: 'code',
    generated: false,
    vendored: false,
    text,
  }
}

async function readAll(specs: readonly LanguageSpec[], files: readonly SourceFile[]): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>()
  for (const spec of specs) {
    const reader = await loadReader(spec)
    for (const file of files.filter((one) => one.language === spec.language)) {
      const read = await reader.read(file.path, file.text ?? '')
      if (typeof read !== 'string') facts.set(file.path, read)
    }
  }
  return facts
}
