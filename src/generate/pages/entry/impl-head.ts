/** Reads the head of an `impl` of Rust: `impl<T: Into<U>> From<T> for Wrapper<T> where T: Debug`. */

export interface ImplHead {
  /** With its type arguments, without its path: `From<io::Error>`. */
  readonly trait: string
  /** The last name of its path: `From`. */
  readonly name: string
  /** As written: `&'a mut Error`, `Result<T, E>`, `(A, B)`. */
  readonly target: string
  /** The name of the type; absent for tuples, arrays and paths into other crates or modules. */
  readonly type: string | undefined
  /** Bounds on the type parameters of the target: `A: Debug, B: Debug`; '' if there are none. */
  readonly bounds: string
}

/** Limit on a head, in characters. */
const MAX_HEAD = 1_000
/** Limit on the trait and its target, in characters. */
const MAX_TEXT = 600
/** Matches the keyword between a trait and its type. */
const FOR = ' for '

/** The position of the `{` or `;` that ends the head; -1 if it is too long. Braces in type arguments do not end it. */
export function headEnd(code: string, from: number): number {
  let depth = 0
  for (let at = from; at < Math.min(code.length, from + MAX_HEAD); at++) {
    const sign = code[at] ?? ''
    if (depth === 0 && (sign === '{' || sign === ';')) return at
    depth += depthChange(sign, code[at - 1])
  }
  return -1
}

/**
 * @param text - The text after `impl`, without comments.
 * @param isCrateRoot - Whether `crate::` is the module of the file.
 * @returns `undefined` if it implements no trait.
 */
export function readImplHead(text: string, isCrateRoot: boolean): ImplHead | undefined {
  const [head = '', where = ''] = text.replace(/\s+/g, ' ').split(/ where\b/)
  const { parameters, rest } = withoutGenerics(head.trim().slice(0, MAX_TEXT))
  const at = rest.indexOf(FOR)
  if (at < 0) return undefined
  const trait = rest
    .slice(0, at)
    .trim()
    .replace(/^const /, '')
  const target = rest.slice(at + FOR.length).trim()
  const path = trait.split('<')[0] ?? ''
  const name = path.split('::').at(-1) ?? ''
  if (trait.startsWith('!') || !/^\w{1,60}$/.test(name)) return undefined
  const local = target.replace(isCrateRoot ? /^(&?)(?:crate|self)::/ : /^(&?)self::/, '$1')
  return {
    trait: name + trait.slice(path.length),
    name,
    target,
    type: /^(?:&(?:'\w+ )?(?:mut )?)?(\w+)(?:<.*>)?$/.exec(local)?.[1],
    bounds: boundsOf(target, [...splitAtCommas(parameters), ...splitAtCommas(where)]),
  }
}

/** Bounds on the target's parameters. A target that is itself a parameter is at least `Sized`. */
function boundsOf(target: string, parts: readonly string[]): string {
  const words = new Set(target.match(/\w+/g))
  const bounds = parts.filter((part) => /^\w+ ?:/.test(part) && words.has(/^\w+/.exec(part)?.[0] ?? ''))
  const isBlanket = parts.some((part) => part === target)
  return bounds.length === 0 && isBlanket ? `${target}: Sized` : bounds.join(', ')
}

/** Splits at commas outside brackets. */
function splitAtCommas(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= list.length; at++) {
    const sign = list[at] ?? ','
    depth += depthChange(sign, list[at - 1])
    if (sign === ',' && depth === 0) {
      parts.push(list.slice(from, at).trim())
      from = at + 1
    }
  }
  return parts.filter((part) => part !== '')
}

/** `<T: Into<U>> From<T>` → `T: Into<U>` and `From<T>` */
function withoutGenerics(text: string): { parameters: string; rest: string } {
  if (!text.startsWith('<')) return { parameters: '', rest: text }
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    depth += depthChange(text[at] ?? '', text[at - 1])
    if (depth === 0) return { parameters: text.slice(1, at), rest: text.slice(at + 1) }
  }
  return { parameters: '', rest: '' }
}

/** How a character changes the depth of brackets; the `>` of `->` does not count. */
function depthChange(sign: string, before: string | undefined): number {
  if ('<([{'.includes(sign)) return 1
  return '>)]}'.includes(sign) && before !== '-' ? -1 : 0
}
