/**
 * Decides from `#[cfg(…)]` whether an item is compiled on Linux. A crate may declare an item once for each system; an
 * edge leads to the one for Linux, as with the files of a Go package.
 */

const NAMED: Readonly<Record<string, boolean>> = { unix: true, windows: false, test: true, debug_assertions: true }

export function isForLinux(attributes: string): boolean {
  for (const [, condition] of attributes.matchAll(/#\[cfg\(([^\][]*)\)\]/g)) {
    if (condition !== undefined && !holds(condition)) return false
  }
  return true
}

/** An unknown option, such as a feature, may hold. */
function holds(condition: string): boolean {
  const tokens = condition.match(/[\w]+|"[^"]*"|[(),=]/g)?.slice(0, 300) ?? []
  let at = 0
  const list = (): (boolean | undefined)[] => {
    const values: (boolean | undefined)[] = []
    at++
    while (at < tokens.length && tokens[at] !== ')') {
      if (tokens[at] === ',') at++
      else values.push(one())
    }
    at++
    return values
  }
  const one = (): boolean | undefined => {
    const name = tokens[at++] ?? ''
    if (tokens[at] === '(') {
      const values = list()
      if (name === 'not') return values[0] === undefined ? undefined : !values[0]
      const isAll = name === 'all'
      if (values.includes(!isAll)) return !isAll
      return values.includes(undefined) ? undefined : isAll
    }
    if (tokens[at] !== '=') return NAMED[name]
    at++
    const value = tokens[at++] ?? ''
    if (name === 'target_os') return value === '"linux"'
    if (name === 'target_family') return value === '"unix"'
    return undefined
  }
  return one() !== false
}
