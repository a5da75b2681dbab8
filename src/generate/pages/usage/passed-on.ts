/** Recognises top-level statements that only export a definition, which is not a use. */

import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Matches exports, and checks that a type implements an interface: `var _ Router = &Mux{}`. */
const HANDS_ON = /^(?:module\.exports|exports)\b|^export\b(?!\s*(?:const|let|var)\b)|^__all__\b|^var\s+_\s/
/** Limit on the lines of a statement before a use. */
const MAX_ABOVE = 200

/** Whether a top-level use is in such a statement, which begins at a line without indentation. */
export function isPassedOn(
  { files }: Pick<RepoIndex, 'files'>,
  { file, line }: Pick<Occurrence, 'file' | 'line'>,
): boolean {
  const above = codeLines({ files }, file, Math.max(1, line - MAX_ABOVE), line)
  const head = above.findLast((one) => /^[^\s)\]}]/.test(one))
  return head !== undefined && HANDS_ON.test(head)
}
