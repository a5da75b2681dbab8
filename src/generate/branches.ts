/** Finds the branches that lines of Python, Ruby and PHP are in, by their margins. */

const BRANCH = /^(?:if|unless|elif|elsif|elseif|else|except|refine)\b/
/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400
/** `include Loud if defined?(Loud)` */
const MODIFIER = /^[^#'"]{1,200}?\s((?:if|unless)\s.{1,200})$/

/** The condition at the end of a line of Ruby. */
export function modifierOf(line: string): string | undefined {
  const words = line.trim().slice(0, MAX_LINE)
  const found = BRANCH.test(words) ? undefined : MODIFIER.exec(words)?.[1]
  return found === undefined ? undefined : plain(found)
}

interface Block {
  readonly margin: number
  readonly words: string
  /** The first branch of the `if` chain that this block belongs to. */
  readonly opener: string
}

/**
 * For each line, the condition of the innermost block around it; `undefined` if that is not a branch. A refinement of Ruby
 * is one: it holds where a file uses it.
 */
export function branchesByMargin(lines: readonly string[]): (string | undefined)[] {
  const stack: Block[] = []
  return lines.map((line) => {
    if (/^\s*(?:#|$)/.test(line)) return undefined
    const margin = marginOf(line)
    // A brace of PHP closes the branch before.
    const words = line
      .trim()
      .slice(0, MAX_LINE)
      .replace(/^\}\s*(?=else)/, '')
    // The brace of a block may have a line of its own.
    if (words === '{' && stack.at(-1)?.margin === margin) return undefined
    let before: Block | undefined
    while ((stack.at(-1)?.margin ?? -1) >= margin) before = stack.pop()
    const isNext = before?.margin === margin && /^(?:else|elif|elsif|elseif)\b/.test(words)
    const around = stack.at(-1)
    stack.push({ margin, words, opener: isNext ? (before?.opener ?? '') : words })
    return around === undefined ? undefined : conditionOf(around)
  })
}

function conditionOf({ words, opener }: Block): string | undefined {
  if (!/^else\b/.test(words)) return BRANCH.test(words) ? plain(words) : undefined
  const [, word = '', condition = ''] = /^(if|unless)\b(.*)/.exec(opener) ?? []
  if (word === '') return undefined
  const inner = plain(condition)
  if (word === 'unless') return `if ${inner}`
  return opener.endsWith('{') ? `if (!${inner})` : `if not (${inner})`
}

function plain(words: string): string {
  const remark = words.search(/\s(?:#|\/\/)\s/)
  const code = remark < 0 ? words : words.slice(0, remark)
  return code
    .trim()
    .replace(/(?::|\{| then| do)$/, '')
    .trim()
}

function marginOf(line: string): number {
  return /^\s*/.exec(line.replace(/\t/g, '        '))?.[0].length ?? 0
}
