/** Finds the extensions of Swift that hold only under a condition: `extension Plan where Step == String {`. */

const MAX_LINE = 400
const BEFORE = /^\s*(?:public |open |internal |package |fileprivate |private )?$/

/** For each line, the head of the enclosing conditional extension, on one line; `undefined` outside them. */
export function extensionHeads(lines: readonly string[]): (string | undefined)[] {
  let head: string | undefined
  let end = ''
  /** A head whose brace is on a later line. */
  let begun = ''
  return lines.map((whole) => {
    if (head !== undefined && whole.startsWith(end)) head = undefined
    if (head !== undefined) return head
    const line = whole.slice(0, MAX_LINE).trimEnd()
    const at = line.indexOf('extension ')
    if (at >= 0 && BEFORE.test(line.slice(0, at))) {
      begun = line.slice(at)
      end = `${line.slice(0, line.search(/\S/))}}`
    } else if (begun !== '') begun += ` ${line.trim()}`
    const brace = begun.indexOf('{')
    if (brace >= 0 && brace === begun.length - 1 && begun.includes(' where ')) head = begun.slice(0, brace).trimEnd()
    if (brace >= 0 || begun.length > MAX_LINE) begun = ''
    return undefined
  })
}
