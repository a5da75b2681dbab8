/** Reads the directives of go.mod and go.work line by line. */

const MAX_LINES = 10_000

/** `require (`, also without the space, and an empty block. */
const BLOCK = /^(\w+)\s*\(\s*(\))?$/

/** `// indirect`, alone or before another remark, as Go reads it. */
const INDIRECT = /^\/\/\s*indirect(?:\s*$|;\s+\S)/

export interface GoDirective {
  verb: string
  /** The words after the verb, without quotes. */
  words: string[]
  /** Whether it is a dependency with the comment `// indirect`. */
  isIndirect: boolean
  /** The line, counted from 1. */
  line: number
}

/** Reads `verb words` and `verb ( words… )`. */
export function directivesOf(text: string): GoDirective[] {
  const directives: GoDirective[] = []
  let block: string | undefined
  for (const [index, raw] of text.split('\n', MAX_LINES).entries()) {
    const comment = raw.indexOf('//')
    const code = (comment < 0 ? raw : raw.slice(0, comment)).trim()
    const words = code.match(/"[^"]*"|`[^`]*`|\S+/g) ?? []
    const [, opened, close] = BLOCK.exec(code) ?? []
    const isIndirect = comment >= 0 && INDIRECT.test(raw.slice(comment))
    const add = (verb: string, rest: readonly string[]): void => {
      directives.push({ verb, words: rest.map(unquoted), isIndirect, line: index + 1 })
    }
    if (words[0] === ')') block = undefined
    else if (block !== undefined) {
      if (words.length > 0) add(block, words)
    } else if (opened !== undefined) block = close === undefined ? opened : undefined
    else if (words[0] !== undefined && words.length > 1) add(words[0], words.slice(1))
  }
  return directives
}

/** The path of the module that a go.mod declares. */
export function moduleIn(directives: readonly GoDirective[]): string | undefined {
  return directives.find(({ verb }) => verb === 'module')?.words[0]
}

/** The folder of `replace module => ./folder`, relative to that of the file. */
export function replacementIn({ verb, words }: GoDirective): string | undefined {
  const target = words.slice(words.indexOf('=>') + 1).join(' ')
  return verb === 'replace' && /^\.\.?(?:\/|$)/.test(target) ? target : undefined
}

const unquoted = (word: string): string => word.replace(/^["`]|["`]$/g, '')
