/** Reads the usage text of a program in C or C++: `"  -o, --output FILE  where to write\n"` in string literals. */

export interface UsageLine {
  /** `-o`, `--output`. */
  readonly names: readonly string[]
  /** The placeholder of the value; '' if it takes none. */
  readonly value: string
  readonly text: string
  /** In a line without columns, the words after a short name and one space: `file selection file`; '' in other lines. */
  readonly loose: string
  /** From 1. */
  readonly line: number
}

export interface Usage {
  /** The program that `usage: orbit [options]` names, or ''. */
  readonly program: string
  readonly lines: readonly UsageLine[]
  /** The lines below the literal that names the program; empty if none does. */
  readonly titled: readonly UsageLine[]
}

const MAX_LINES = 1_000
/** Limit on the lines of code between two lines of one usage text. */
const MAX_GAP = 4
const LITERAL = /^[^"\n]{0,80}"((?:[^"\\\n]|\\.){0,400})"/
const TITLE = /^\s{0,8}usage:\s{1,4}([a-z][\w.-]{0,40}(?: -[a-z] [a-z]\w{0,20}(?= \[options\]))?)(?=\s)/i
const NAME = /(?<![\w-])--?[A-Za-z\d?][\w-]{0,60}/g
const VALUE = /(?:=|\s|\[=?)\[?=?([A-Z<][^\s,\]]{0,40})/
/** The words after the last name: `dir`, `name value`. */
const LOWER_VALUE = /(?<=-[\w-]{1,60} )[a-z]\w{0,20}(?: [a-z]\w{0,20}){0,2}$/
/** A format in brackets, `[default=%d]`, whose value is known only at run time. */
const FORMAT = /\s?[[(][^\])]{0,80}%[-.\d]{0,6}[a-z][^\])]{0,80}[\])]/g

export function usageOf(text: string): Usage {
  const lines: UsageLine[] = []
  const titled: UsageLine[] = []
  let program = ''
  let last = Number.NEGATIVE_INFINITY
  let isTitled = false
  for (const [index, code] of text.split('\n').entries()) {
    const literal = LITERAL.exec(code)?.[1]
    if (literal === undefined || lines.length >= MAX_LINES) continue
    if (index - last > MAX_GAP) isTitled = false
    last = index
    for (const part of literal.split('\\n')) {
      const plain = part.replaceAll('\\t', '  ').replace(/\\(["'?\\])/g, '$1')
      const name = TITLE.exec(plain)?.[1]
      if (name !== undefined && program === '') [program, isTitled] = [name, true]
      const line = optionLine(plain, index + 1) ?? goesOn(plain, lines.at(-1), index + 1)
      if (line === undefined) continue
      for (const list of isTitled ? [lines, titled] : [lines]) {
        if (list.at(-1)?.names === line.names) list.pop()
        list.push(line)
      }
    }
  }
  return { program, lines, titled }
}

function optionLine(text: string, line: number): UsageLine | undefined {
  if (!/^\s{0,12}--?[A-Za-z\d?]/.test(text)) return undefined
  const columns = text.trim().split(/\s{2,}/)
  // A short and a long name may be columns of their own.
  const heads = columns.findIndex((column) => !/^--?[A-Za-z\d?]/.test(column))
  const head = columns.slice(0, heads < 0 ? columns.length : heads).join(' ')
  const names = head.match(NAME) ?? []
  const words = heads < 0 ? '' : columns.slice(heads).join(' ').replace(FORMAT, '').replaceAll('%%', '%')
  const loose = heads < 0 ? (/^-[A-Za-z\d] (\w[^%]{0,300})$/.exec(head)?.[1] ?? '') : ''
  const value = VALUE.exec(head)?.[1] ?? (heads < 0 ? '' : (LOWER_VALUE.exec(head)?.[0] ?? ''))
  return { names, value, text: /%[-.\d]{0,6}[a-z]/.test(words) ? '' : words, loose, line }
}

/** The line before, with an indented line that continues its text. */
function goesOn(text: string, before: UsageLine | undefined, line: number): UsageLine | undefined {
  if (before === undefined || before.text === '' || !/^\s{4,60}[^\s-]/.test(text) || line - before.line > 1)
    return undefined
  return { ...before, text: `${before.text} ${text.trim()}` }
}
