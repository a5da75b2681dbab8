/** Masks private keys in PEM and PGP format, on several lines or joined into one. */

/** The text that replaces a secret. */
export const SECRET = '[secret]'

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const END = '-----END '
/** A line of such a block, possibly within quotes and operators of a language. */
const BODY_LINE =
  /^[\s"'`+,#*/|>]{0,40}(?:[A-Za-z0-9+/=]{1,2000}|(?:Proc-Type|DEK-Info|Comment|Version|Hash): ?[^\n]{0,200})?(?:\\[nr]){0,4}[\s"'`+,;)\\|]{0,20}$/
/** The rest of the header line if the block continues below. */
const HEAD_REST = /^(?:\\{1,4}[nr]|[\s"'`+,;)|])*$/
const LONG_LINE = /[A-Za-z0-9+/=]{16}|: /
/** A block on one line, with escaped line breaks, or with its lines joined by spaces. */
const BODY_INLINE = /(?: (?=[A-Za-z0-9+/=]{24}))?(?:\\{1,4}[nr]|[A-Za-z0-9+/=]| (?=[A-Za-z0-9+/=]{16})){24,20000}/y
const MORE_INLINE = /(?:\\{1,4}[nr]|[A-Za-z0-9+/=]| (?=[A-Za-z0-9+/=]{16})){1,20000}/y

export function maskPrivateKeys(text: string): string {
  if (!text.includes('PRIVATE KEY')) return text
  let masked = ''
  let from = 0
  BEGIN.lastIndex = 0
  for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
    const start = begin.index + begin[0].length
    masked += text.slice(from, start)
    BODY_INLINE.lastIndex = start
    const inline = BODY_INLINE.exec(text)
    if (inline !== null) {
      masked += SECRET
      MORE_INLINE.lastIndex = BODY_INLINE.lastIndex
      do from = MORE_INLINE.lastIndex
      while (MORE_INLINE.test(text))
    } else {
      const block = blockFrom(text, start)
      masked += block.masked
      from = block.end
    }
    BEGIN.lastIndex = from
  }
  return masked + text.slice(from)
}

/** Masks the rest of the line, and the lines below while they look like a key. */
function blockFrom(text: string, start: number): { masked: string; end: number } {
  let end = lineEnd(text, start)
  let masked = text.slice(start, end)
  if (end - start > 100 || !HEAD_REST.test(masked)) return { masked, end }
  let isIn = false
  while (end < text.length) {
    const next = lineEnd(text, end + 1)
    // No line of a key is longer.
    if (next - end > 3_000) break
    const line = text.slice(end + 1, next)
    if (line.includes(END) || !BODY_LINE.test(line)) break
    // The first line of a key is long; otherwise something else follows the header.
    isIn ||= LONG_LINE.test(line)
    if (!isIn && line.trim() !== '') break
    masked += /[A-Za-z0-9]/.test(line) ? `\n${SECRET}` : `\n${line}`
    end = next
  }
  return { masked, end }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
}
