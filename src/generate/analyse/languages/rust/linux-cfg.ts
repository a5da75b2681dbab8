/**
 * Decides from `#[cfg(…)]` whether an item is compiled in an ordinary build for Linux: not in that of tests or
 * documentation. A crate may declare an item once for each system; an edge leads to the one for Linux, as with the files
 * of a Go package.
 */

/** Options without a value. Options that are not listed, such as `debug_assertions`, may hold or not. */
const OPTIONS: ReadonlyMap<string, boolean> = new Map<string, boolean>([
  ['true', true],
  ['false', false],
  ['unix', true],
  ['windows', false],
  // Set by the tools that build tests and documentation, or that check code.
  ...['test', 'doc', 'doctest', 'docsrs', 'miri', 'loom', 'kani', 'rust_analyzer'].map(
    (name) => [name, false] as [string, boolean],
  ),
])

interface ValueRule {
  /** The only value that holds. */
  only?: string
  /** Values that never hold; others may hold or not. */
  never?: ReadonlySet<string>
}

/** Options with a value. */
const VALUES: ReadonlyMap<string, ValueRule> = new Map<string, ValueRule>([
  ['target_os', { only: 'linux' }],
  ['target_family', { only: 'unix' }],
  ['target_arch', { never: new Set(['wasm32', 'wasm64', 'avr', 'msp430', 'nvptx64', 'amdgpu', 'bpf']) }],
  ['target_env', { never: new Set(['msvc', 'sgx', 'newlib', 'p1', 'p2', 'p3', 'macabi', 'sim', 'relibc']) }],
  ['target_vendor', { never: new Set(['apple', 'pc', 'uwp', 'win7', 'fortanix', 'nintendo', 'sony', 'espressif']) }],
])

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
    if (tokens[at] !== '=') return OPTIONS.get(name)
    at++
    const value = (tokens[at++] ?? '').slice(1, -1)
    const { only, never } = VALUES.get(name) ?? {}
    if (only !== undefined) return value === only
    return never?.has(value) === true ? false : undefined
  }
  return one() !== false
}
