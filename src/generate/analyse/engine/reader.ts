/** Reads files of one language into facts, with its grammar, query and rules. */

import { readFile } from 'node:fs/promises'
import { runWithTimeLimit } from '#base/interruptible.ts'
import { loadMatcher, type Matcher, type Matches } from '#generate/analyse/load-matcher.ts'
import { failureOf, type ReadFailure } from '#generate/analyse/read-failure.ts'
import { NO_READS } from '#generate/analyse/reads/file-reads.ts'
import { findReads } from '#generate/analyse/reads/find-reads.ts'
import { treeOfNodes } from '#generate/analyse/reads/read-tree.ts'
import { collect } from './collect.ts'
import type { FileFacts } from './facts.ts'
import type { LanguageSpec } from './language.ts'
import type { Prepared } from './read-rules.ts'

/** Time limit for parsing one file, and for running the query on it. */
const DEADLINE_MS = 5_000

export interface Reader {
  /** @returns Facts, or the reason for failure. */
  read(path: string, text: string): Promise<FileFacts | ReadFailure>
}

export async function loadReader(spec: LanguageSpec): Promise<Reader> {
  const query = await readFile(spec.query, 'utf8')
  const matcher: Matcher = await loadMatcher({ wasm: spec.wasm, sha256: spec.sha256, query })
  return {
    read: async (path, raw) => {
      const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
      const prepared = prepare(spec, text)
      if (typeof prepared === 'string') return prepared
      return matcher.match(prepared?.text ?? text, DEADLINE_MS, (matches) =>
        readAll(text, path, matches, spec, prepared),
      )
    },
  }
}

function prepare({ reading }: LanguageSpec, text: string): Prepared | undefined | ReadFailure {
  try {
    return reading.prepare && runWithTimeLimit(DEADLINE_MS, () => reading.prepare?.(text))
  } catch (error) {
    return failureOf(error)
  }
}

function readAll(
  text: string,
  path: string,
  matches: Matches,
  spec: LanguageSpec,
  prepared: Prepared | undefined,
): FileFacts {
  const facts = collect(text, path, matches, spec.reading, spec.language, prepared)
  const reads = findReads(treeOfNodes(text, matches.nodes, matches.names), spec.language)
  return { ...facts, reads: reads === NO_READS ? null : reads }
}
