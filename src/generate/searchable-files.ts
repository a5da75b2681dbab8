/** Selects the code files whose words are in the index of a set. Pure. */

import { buildFileWords } from '#search/file-words.ts'
import type { Standing } from '#search/search-weights.ts'
import type { FileRole, Inventory } from './model.ts'

const ROLES: ReadonlySet<FileRole> = new Set(['code', 'test', 'example'])
/** Configuration and manifests may be code as well. */
const LANGUAGES: ReadonlySet<string> = new Set([
  ...['bash', 'c', 'cpp', 'csharp', 'go', 'java', 'javascript', 'kotlin', 'php', 'python', 'ruby', 'rust', 'scala'],
  ...['svelte', 'swift', 'typescript', 'tsx', 'vue'],
])

/** The bytes of `file-words.bin`. */
export function fileWordsOf({ files }: Inventory, standings: ReadonlyMap<string, Standing>): Uint8Array {
  return buildFileWords(
    files.flatMap(({ path, role, language, text }) =>
      text === null || (!ROLES.has(role) && !LANGUAGES.has(language ?? ''))
        ? []
        : [{ path, text, isTest: standings.get(path) === 'test' }],
    ),
  )
}
