/** Finds the fenced code of a Markdown text line by line, without parsing it. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const INDENTED_FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s{1,4}){0,3}(`{3,}|~{3,})/

export class Fences {
  #open = ''
  readonly #fence: RegExp

  /** @param isIndented - Accept fences in list items and with any indentation; by default, at most three spaces. */
  constructor({ isIndented = false } = {}) {
    this.#fence = isIndented ? INDENTED_FENCE : FENCE
  }

  /** The fence of the code block that is still open, or ''. */
  get open(): string {
    return this.#open
  }

  /** Whether the next line is in fenced code or is itself a fence. Must be called for every line in order. */
  isCode(line: string): boolean {
    const [before = '', mark = ''] = this.#fence.exec(line) ?? []
    const rest = line.slice(before.length)
    if (this.#open !== '') {
      if (mark.startsWith(this.#open) && line.trim() === mark) this.#open = ''
      return true
    }
    // Backticks after the mark make it inline code.
    if (!mark.startsWith('`') || !rest.includes('`')) this.#open = mark
    return this.#open !== ''
  }
}

/** Applies a change to the text outside of fences. */
export function outsideFences(text: string, change: (text: string) => string): string {
  const fences = new Fences({ isIndented: true })
  const parts: { isFence: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isFence = fences.isCode(line)
    const last = parts.at(-1)
    if (last?.isFence === isFence) last.lines.push(line)
    else parts.push({ isFence, lines: [line] })
  }
  return parts.map(({ isFence, lines }) => (isFence ? lines.join('\n') : change(lines.join('\n')))).join('\n')
}
