/** Collects the code of READMEs and other documents that shows usage. */

import type { Code, Nodes } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'

/** Limits on the code blocks of READMEs, on those of all documents, and on the characters of each. */
export const MAX_BLOCKS = 40
const MAX_ALL_BLOCKS = 400
export const MAX_BLOCK = 4_000
/** Matches a README in any folder. */
export const ANY_README = /(?:^|\/)readme\.\w+$/i
/** Matches documents about past or future versions, or for the contributors of the repository. */
export const OF_ANOTHER_TIME =
  /chang(?:es|elog)|contribut|develop|histor|migrat|news|release|upgrad|[-_]plan\.|(?:^|[/_-])(?:adrs?|proposals?|rfcs?|roadmap)(?=[/_.\d-])/i
const NO_CODE = /^(?:ba|z|fi)?sh$|^(?:shell|console|text|txt|json|ya?ml|toml|xml|html|diff|ini|http|dockerfile)\b/i
/** Matches a chained call on a new line. */
const CHAINED = /\n[ \t]*\./g
/** Matches a call whose only argument is a block: `flow.test {`. */
const BLOCK_CALL = /(?<=\.[a-z]\w{0,60}) ?(?=\{)/g
/** Matches `loader.setup` at the end of a line or before an argument. */
const BARE_CALL = /(?<=\w)\.[a-z_]\w{0,60}[!?]?(?=[^\S\n]|$)/gm

/** Matches `int main(void)`, `static async Task Main(`. */
const MAIN = /^[ \t]{0,12}(?:[A-Za-z]{2,8}[ \t]{1,4}){1,4}[Mm]ain[ \t]{0,2}\(/m

/** A block of code. */
export interface UsageCode {
  readonly path: string
  readonly code: Code
  /** The code in a form that shows calls. */
  readonly calls: string
}

/** Code of READMEs, that of the repository first, optionally also of other documents that show current usage. */
export function usageCode({ guides }: Writing, withOthers = false): UsageCode[] {
  const blocks: UsageCode[] = []
  const all = [...(guides?.guides.values() ?? [])]
  const readmes = all.filter(({ path }) => ANY_README.test(path)).sort((a, b) => a.path.length - b.path.length)
  const others = withOthers ? all.filter(({ path }) => !ANY_README.test(path) && !OF_ANOTHER_TIME.test(path)) : []
  for (const { path, blocks: own } of [...readmes, ...others]) {
    const read = (node: Nodes): void => {
      if (blocks.length >= (withOthers ? MAX_ALL_BLOCKS : MAX_BLOCKS)) return
      if (node.type === 'code' && !NO_CODE.test(node.lang ?? ''))
        blocks.push({
          path,
          code: node,
          calls: asCalls(node.value, node.lang ?? ''),
        })
      else if ('children' in node) for (const child of node.children) read(child)
    }
    own.forEach(read)
  }
  return blocks
}

/** Joins chained calls into one line, and adds parentheses to Ruby calls without them. */
export function asCalls(code: string, language = ''): string {
  const joined = mainFirst(code.slice(0, MAX_BLOCK)).replace(CHAINED, '.')
  if (/^(?:kotlin|kts?)$/i.test(language)) return joined.replace(BLOCK_CALL, '(')
  return /^(?:rb|ruby)$/i.test(language) ? joined.replace(BARE_CALL, '$&(') : joined
}

/** Moves the main function of a program before its other definitions. */
function mainFirst(code: string): string {
  const at = code.search(MAIN)
  return at <= 0 ? code : `${code.slice(at)}\n${code.slice(0, at)}`
}
