/** Reads files of one language into facts: grammar, query and rules together. */

import { readFile } from 'node:fs/promises'
import { loadMatcher, type Matcher } from '#generate/analyse/load-matcher.ts'
import type { ParseFailure } from '#generate/analyse/tree-sitter.ts'
import { collect } from './collect.ts'
import type { FileFacts } from './facts.ts'
import type { LanguageSpec } from './language.ts'
import type { Prepared } from './read-rules.ts'

/** Time one file may take to parse, and its query to run. */
const DEADLINE_MS = 5_000

export interface Reader {
  /** @returns Facts, or why there are none. */
  read(path: string, text: string): Promise<FileFacts | ParseFailure>
}

export async function loadReader(spec: LanguageSpec): Promise<Reader> {
  const query = await readFile(spec.query, 'utf8')
  const matcher: Matcher = await loadMatcher({ wasm: spec.wasm, sha256: spec.sha256, query })
  return {
    read: async (path, raw) => {
      const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
      const prepared = prepare(spec, text)
      if (prepared === 'failed') return prepared
      return matcher.match(prepared?.text ?? text, DEADLINE_MS, (matches) =>
        collect(text, path, matches, spec.reading, prepared),
      )
    },
  }
}

function prepare({ reading }: LanguageSpec, text: string): Prepared | undefined | 'failed' {
  try {
    return reading.prepare?.(text)
  } catch {
    return 'failed'
  }
}
