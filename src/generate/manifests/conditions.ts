/** Finds the conditions under which code in a manifest adds dependencies, by the indentation of its lines. */

import { lowerBound } from '#base/binary-search.ts'

/** Limits on the lines of a program, and on the characters of a line and of a condition. */
const MAX_LINES = 20_000
const MAX_LINE = 400
const MAX_SHOWN = 80
const OPENER = /^(?:if|unless|elif|elsif)\b/
/** `spec.add_dependency "a" if RUBY_ENGINE == "jruby"` */
const MODIFIER = /[)"'\]] {1,10}((?:if|unless) [^'"#]{1,100}(?:["'][^"'#]{0,60}["'][^"'#]{0,60})?)$/

interface Block {
  indent: number
  /** The condition for the lines inside; `null` for a block of another kind. */
  condition: string | null
}

/**
 * @param text - The code of a Python or Ruby program.
 * @returns A function that gives the condition for the line at an offset: `if self.options.with_zlib`, `unless
 * defined?(JRUBY_VERSION)`; `null` for a line that always runs.
 */
export function conditionsIn(text: string): (offset: number) => string | null {
  const starts: number[] = []
  const conditions: (string | null)[] = []
  const blocks: Block[] = []
  let start = 0
  for (const whole of text.split('\n', MAX_LINES)) {
    const line = whole.slice(0, MAX_LINE)
    const words = line.trim()
    starts.push(start)
    start += whole.length + 1
    if (words === '' || words.startsWith('#')) {
      conditions.push(null)
      continue
    }
    const indent = line.search(/\S/)
    let before: Block | undefined
    while ((blocks.at(-1)?.indent ?? -1) >= indent) before = blocks.pop()
    conditions.push(shown(MODIFIER.exec(line.trimEnd())?.[1]) ?? blocks.at(-1)?.condition ?? null)
    const opened = OPENER.test(words)
      ? shown(words)
      : /^else\b/.test(words) && before?.indent === indent && before.condition !== null
        ? shown(`not (${before.condition})`)
        : undefined
    blocks.push({ indent, condition: opened ?? null })
  }
  return (offset) => conditions[lowerBound(starts.length, (index) => (starts[index] ?? 0) <= offset) - 1] ?? null
}

function shown(words: string | undefined): string | undefined {
  const plain = words
    ?.trim()
    .replace(/(?::| then)$/, '')
    .replaceAll('`', "'")
  return plain !== undefined && plain.length > MAX_SHOWN ? `${plain.slice(0, MAX_SHOWN - 1)}…` : plain
}
