/** Tells lines of code fences from other lines of Markdown. */

const MARKS = /^\s*(`{3,}|~{3,})/

export class Fences {
  /** The marks that opened the current fence; '' outside of fences. */
  #open = ''

  /** Reads the next line, and returns whether it belongs to a fence, as its opening and closing lines do. */
  read(line: string): boolean {
    const [start = '', marks = ''] = MARKS.exec(line) ?? []
    const rest = line.slice(start.length)
    if (this.#open === '') {
      // Text in three backticks on one line is a code span.
      if (marks === '' || (marks.startsWith('`') && rest.includes('`'))) return false
      this.#open = marks
    } else if (marks.startsWith(this.#open) && rest.trim() === '') this.#open = ''
    return true
  }

  get isOpen(): boolean {
    return this.#open !== ''
  }
}

/** Applies a change to the text outside of fences. */
export function outsideFences(text: string, change: (text: string) => string): string {
  const fences = new Fences()
  const parts: { isFence: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isFence = fences.read(line)
    const last = parts.at(-1)
    if (last?.isFence === isFence) last.lines.push(line)
    else parts.push({ isFence, lines: [line] })
  }
  return parts.map(({ isFence, lines }) => (isFence ? lines.join('\n') : change(lines.join('\n')))).join('\n')
}
