/** Finds the extensions of Swift that hold only under a condition: `extension Plan where Step == String {`. */

const MAX_LINE = 400
const BEFORE = /^\s*(?:public |open |internal |package |fileprivate |private )?$/

/** For each line, the head of the conditional extension around it; `undefined` outside of them. */
export function extensionHeads(lines: readonly string[]): (string | undefined)[] {
  let head: string | undefined
  let end = ''
  return lines.map((whole) => {
    if (head !== undefined && whole.startsWith(end)) head = undefined
    if (head !== undefined || !whole.trimEnd().endsWith('{')) return head
    const line = whole.slice(0, MAX_LINE)
    const at = line.indexOf('extension ')
    if (at < 0 || !line.includes(' where ', at) || !BEFORE.test(line.slice(0, at))) return undefined
    head = line.slice(at).trimEnd().replace(/\{$/, '').trimEnd()
    end = `${line.slice(0, line.search(/\S/))}}`
    return undefined
  })
}
