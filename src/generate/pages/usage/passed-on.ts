/** Where the top of a file only hands on what it defines: that is no use. */

import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Statements that say what a file gives to others, or that a type fits: `var _ Router = &Mux{}`. */
const HANDS_ON = /^(?:module\.exports|exports)\b|^export\b(?!\s*(?:const|let|var)\b)|^__all__\b|^var\s+_\s/
/** Lines of a statement above a use. */
const MAX_ABOVE = 200

/** Whether a use at the top of a file stands in such a statement, which begins where a line has no margin. */
export function isPassedOn(
  { files }: Pick<RepoIndex, 'files'>,
  { file, line }: Pick<Occurrence, 'file' | 'line'>,
): boolean {
  const above = codeLines({ files }, file, Math.max(1, line - MAX_ABOVE), line)
  const head = above.findLast((one) => /^[^\s)\]}]/.test(one))
  return head !== undefined && HANDS_ON.test(head)
}
