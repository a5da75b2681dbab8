/** Text of the repository, or for users to type, in code style. The check does not look it up as a name of the code. */

import type { InlineCode } from 'mdast'
import { code } from '#markdown/build.ts'

export function quoted(text: string): InlineCode {
  return { ...code(text), data: { isQuoted: true } }
}
