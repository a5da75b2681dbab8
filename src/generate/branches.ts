/** Finds the branches that lines of Python, Ruby and PHP are in, by their margins. */

const BRANCH = /^(?:if|unless|elif|elsif|elseif|else|except|refine)\b/
/** Matches their first letters, and PHP's braces. */
const MAY_BEGIN = /^[eiru{}]/
/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400
/** Limit on the branches of a chain. */
const MAX_CHAIN = 20

interface Block {
  readonly margin: number
  readonly words: string
  /** The branches of the `if` chain before this one, from the first; for the first itself, only that. */
  readonly chain: readonly string[]
  /** The condition of the directly enclosing branch, if there is one. */
  readonly outer: string | undefined
  /** Its own condition after that one, once a line in it was met. */
  inside?: { readonly condition: string | undefined }
}

/**
 * For each line, the condition of the innermost enclosing block; `undefined` if that is not a branch. A refinement of Ruby
 * is one: it holds where a file uses it.
 */
export function branchesByMargin(lines: readonly string[]): (string | undefined)[] {
  const stack: Block[] = []
  return lines.map((line) => {
    const code = line.trimStart()
    if (code === '' || code.startsWith('#')) return undefined
    const margin = marginOf(line, line.length - code.length)
    // In PHP, a brace closes the previous branch. Most lines do not begin a branch, so their words do not matter.
    const words = MAY_BEGIN.test(code)
      ? code
          .trimEnd()
          .slice(0, MAX_LINE)
          .replace(/^\}\s*(?=else)/, '')
          .replace(/^else\s+if\b/, 'elseif')
      : ''
    // The brace of a block may have a line of its own.
    if (words === '{' && stack.at(-1)?.margin === margin) return undefined
    let before: Block | undefined
    while ((stack.at(-1)?.margin ?? -1) >= margin) before = stack.pop()
    const isNext = before?.margin === margin && /^(?:else|elif|elsif|elseif)\b/.test(words)
    const around = stack.at(-1)
    if (around !== undefined) around.inside ??= { condition: conditionOf(around) }
    const outer = around?.inside?.condition
    const chain = isNext && before !== undefined ? [...before.chain, words].slice(-MAX_CHAIN) : [words]
    stack.push({ margin, words, chain, outer })
    return outer
  })
}

/** With that of the directly enclosing branch: `if A, if B`. */
function conditionOf(block: Block): string | undefined {
  const own = ownCondition(block)
  return own === undefined || block.outer === undefined ? own : `${block.outer}, ${own}`.slice(0, MAX_LINE)
}

function ownCondition({ words, chain }: Block): string | undefined {
  if (!/^else\b/.test(words)) return BRANCH.test(words) ? plain(words) : undefined
  const [first = ''] = chain
  const before = chain.slice(0, -1).map((one) => plain(one.replace(/^\w+\b/, '')))
  if (!/^(?:if|unless)\b/.test(first)) return undefined
  if (first.startsWith('unless')) return before.length === 1 ? `if ${before[0]}` : undefined
  return first.endsWith('{')
    ? `if (${before.map((one) => `!${one}`).join(' && ')})`
    : `if ${before.map((one) => `not (${one})`).join(' and ')}`
}

function plain(words: string): string {
  const remark = words.search(/\s(?:#|\/\/)\s/)
  const code = remark < 0 ? words : words.slice(0, remark)
  return code
    .trim()
    .replace(/(?::|\{| then| do)$/, '')
    .trim()
}

/** @param width - The number of spaces and tabs before a line; a tab counts as eight. */
function marginOf(line: string, width: number): number {
  let margin = width
  for (let at = 0; at < width; at++) if (line.charCodeAt(at) === 9) margin += 7
  return margin
}
