/** The code of READMEs and of other documents that shows how something is used. */

import type { Code, Nodes } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'

/** Blocks of code in READMEs that are looked at, those in all documents, and characters of each. */
export const MAX_BLOCKS = 40
const MAX_ALL_BLOCKS = 400
export const MAX_BLOCK = 4_000
const README = /(?:^|\/)readme\.\w+$/i
/** Shows what was, or what is to be done by those who work on the repository. */
const OF_ANOTHER_TIME = /chang(?:es|elog)|contribut|develop|histor|migrat|news|release|upgrad/i
const NO_CODE = /^(?:ba|z|fi)?sh$|^(?:shell|console|text|txt|json|ya?ml|toml|xml|html|diff|ini|http|dockerfile)\b/i
/** A call on a line of its own of what stands above. */
const CHAINED = /\n[ \t]*\./g
/** A call whose only argument is a block: `flow.test {`. */
const BLOCK_CALL = /(?<=\.[a-z]\w{0,60}) ?(?=\{)/g
/** `loader.setup` at the end of a line, or before an argument. */
const BARE_CALL = /(?<=\w)\.[a-z_]\w{0,60}[!?]?(?=[^\S\n]|$)/gm

/** `int main(void)`, `static async Task Main(` */
const MAIN = /^[ \t]{0,12}(?:[A-Za-z]{2,8}[ \t]{1,4}){1,4}[Mm]ain[ \t]{0,2}\(/m

/** A block of code. */
export interface UsageCode {
  readonly path: string
  readonly code: Code
  /** In a form that tells what is called. */
  readonly calls: string
}

/** In READMEs, that of the repository first; also in other documents that tell how something is used today. */
export function usageCode({ guides }: Writing, withOthers = false): UsageCode[] {
  const blocks: UsageCode[] = []
  const all = [...(guides?.guides.values() ?? [])]
  const readmes = all.filter(({ path }) => README.test(path)).sort((a, b) => a.path.length - b.path.length)
  const others = withOthers ? all.filter(({ path }) => !README.test(path) && !OF_ANOTHER_TIME.test(path)) : []
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

/** Calls on one line with what they are called on, and with parentheses behind what Ruby calls without. */
export function asCalls(code: string, language = ''): string {
  const joined = mainFirst(code.slice(0, MAX_BLOCK)).replace(CHAINED, '.')
  if (/^(?:kotlin|kts?)$/i.test(language)) return joined.replace(BLOCK_CALL, '(')
  return /^(?:rb|ruby)$/i.test(language) ? joined.replace(BARE_CALL, '$&(') : joined
}

/** What a program does when it runs, before what it defines for that. */
function mainFirst(code: string): string {
  const at = code.search(MAIN)
  return at <= 0 ? code : `${code.slice(at)}\n${code.slice(0, at)}`
}
