/**
 * Finds the list that a loop variable iterates over: `for _, name := range names`, `for name in names`, `foreach
 * ($names as $name)`.
 */

/** Limits for finding the loop: characters before the use, and occurrences tried. */
const MAX_BEFORE = 2_000
const MAX_OCCURRENCES = 12
const WORD = String.raw`([A-Za-z_]\w{0,60})`
/** A list after its loop variable. */
const LIST_AFTER = new RegExp(
  String.raw`^[^\S\n]{0,4}(?::?=[^\S\n]{0,4}range|in|of|:)[^\S\n]{1,4}(?:\$|&(?:mut )?)?${WORD}[^\S\n]{0,4}[{):\n]`,
)
/** A list before its loop variable. */
const LIST_BEFORE = new RegExp(
  String.raw`(?:\$${WORD} as |\b${WORD}\.(?:each|forEach|find|map)(?: do |\()[^\S\n]{0,4}[|(]?)$`,
)

/**
 * @param from - Offset of the start of the function or file.
 * @param to - Offset of the use of the loop variable.
 * @returns The name of the list without `$` or `&`; `undefined` if it is uncertain.
 */
export function iteratedList(text: string, from: number, to: number, identifier: string): string | undefined {
  const before = text.slice(Math.max(from, to - MAX_BEFORE), to)
  const name = identifier.replace(/^\$/, '')
  let at = before.length
  for (let left = MAX_OCCURRENCES; left > 0; left--) {
    at = at <= 0 ? -1 : before.lastIndexOf(name, at - 1)
    if (at < 0) return undefined
    if (/[\w.]/.test(before[at - 1] ?? '') || /\w/.test(before[at + name.length] ?? '')) continue
    const line = before.slice(before.lastIndexOf('\n', at) + 1, at)
    if (/\bfor(?:each)?\b/.test(line.slice(-80))) {
      const list = LIST_AFTER.exec(before.slice(at + name.length, at + name.length + 120))?.[1]
      if (list !== undefined) return list
    }
    const [, listed, called] = LIST_BEFORE.exec(line.replace(/\$$/, '').slice(-120)) ?? []
    if (listed !== undefined || called !== undefined) return listed ?? called
  }
  return undefined
}
