/** Shows the numbers at the ends of lines of code to which the list below refers: `plan() // <1>` becomes `plan() // ①`. */

const LAST_CALLOUT = /<(\.|\d{1,2})>$/
/** The code of `①`; numbers up to 20 have a character. */
const FIRST = 0x2460
const MAX = 20

/** A function for the lines of one block, in order; `<.>` stands for the next number. */
export function withCallouts(): (line: string) => string {
  let next = 1
  return (line) => {
    let code = line.trimEnd()
    const found: string[] = []
    for (let match = LAST_CALLOUT.exec(code); match !== null; match = LAST_CALLOUT.exec(code)) {
      found.unshift(match[1] ?? '')
      code = code.slice(0, match.index).trimEnd()
    }
    if (found.length === 0) return code
    const signs = found.map((text) => {
      const number = text === '.' ? next : Number(text)
      next = number + 1
      return number >= 1 && number <= MAX ? String.fromCharCode(FIRST + number - 1) : `(${number})`
    })
    return `${code} ${signs.join(' ')}`.trimStart()
  }
}
