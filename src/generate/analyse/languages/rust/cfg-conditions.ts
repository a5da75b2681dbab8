/**
 * Evaluates `#[cfg(…)]`: whether an item is compiled in an ordinary build for Linux, and whether only for tests. A crate
 * may declare an item once for each system; an edge points to the one for Linux, as with the files of a Go package.
 */

/** Options without a value. Options that are not listed, such as `debug_assertions`, may or may not hold. */
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
  /** Values that never hold; others may or may not hold. */
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

/** Whether an option holds; `undefined` if it may or may not. */
type Options = (name: string, value: string | undefined) => boolean | undefined

const onLinux: Options = (name, value) => {
  // `anyhow_no_core_error` is set by a build script for old compilers.
  if (value === undefined) return OPTIONS.get(name) ?? (/_no_/.test(name) ? false : undefined)
  if (name === 'feature' && value === 'std') return true
  // A feature that leaves something out is rarely a default.
  if (name === 'feature' && /^no[-_]/.test(value)) return false
  const { only, never } = VALUES.get(name) ?? {}
  if (only !== undefined) return value === only
  return never?.has(value) === true ? false : undefined
}

const withoutTests: Options = (name, value) => (name === 'test' && value === undefined ? false : undefined)

/** Whether an item with these attributes may be compiled in an ordinary build for Linux. */
export function isForLinux(attributes: string): boolean {
  return conditionsIn(attributes).every((condition) => evaluate(condition, onLinux) !== false)
}

/** Whether an item is compiled only for tests: `#[cfg(test)]`, `#[cfg(all(unix, test))]`. */
export function isOnlyForTests(attributes: string): boolean {
  return conditionsIn(attributes).some((condition) => evaluate(condition, withoutTests) === false)
}

function conditionsIn(attributes: string): string[] {
  return [...attributes.matchAll(/#\[cfg\(([^\][]*)\)\]/g)].map(([, condition = '']) => condition)
}

/** The value of a condition; `undefined` if it may or may not hold. */
function evaluate(condition: string, options: Options): boolean | undefined {
  const tokens = condition.match(/\w+|"[^"]*"|[(),=]/g)?.slice(0, 300) ?? []
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
    if (tokens[at] !== '=') return options(name, undefined)
    at++
    return options(name, (tokens[at++] ?? '').slice(1, -1))
  }
  return one()
}
