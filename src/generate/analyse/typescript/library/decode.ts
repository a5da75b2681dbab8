/**
 * Reads the text of `table.ts`. One line a type, without spaces but between its rows:
 *
 * - `Name<parameters>:Base,Base` TAB rows for an interface, `-` before the TAB where it is not complete, `&&Other` instead of rows for
 *   the rows of another; a name alone for one without rows; `Name<parameters>=type` for an alias, without a type for one that computes;
 * - parameters: `constraint=default`, both or one or none, with commas between them;
 * - a row: a type, `!` for methods or `:` for properties, and names with commas between them; or `!Map` for the methods that take
 *   listeners of the events of a map.
 *
 * Types: `s n b i y` for string, number, boolean, bigint and symbol, `u` nothing, `_` outside, `-` unknown, `@` this, `&` the name of
 * the line, `"a"` a literal, `0` and `$0` parameters of the type and of the signature, `*T` an array, `Name<A,B>`, `|(A,B)`, `&(A,B)`,
 * `[A,.B]`, `{rows;rows}`, `^T` keys, `#(T,I)` indexed, `~(T,V)` mapped with `'` for the item, `?T` a predicate. A function is `%`
 * (`+` with `new`), then signatures `<parameters>(T,T?,.T)R` with `/` between them, and `;`.
 */

import type {
  LibraryElement,
  LibraryMember,
  LibraryParameter,
  LibrarySignature,
  LibraryType,
  PrimitiveName,
  TypeParameter,
} from './types.ts'

const OUTSIDE: LibraryType = { kind: 'outside' }
const UNKNOWN: LibraryType = { kind: 'unknown' }

const PRIMITIVES: Readonly<Record<string, PrimitiveName>> = {
  s: 'string',
  n: 'number',
  b: 'boolean',
  i: 'bigint',
  y: 'symbol',
}

/** What a letter stands for on its own. */
const LETTERS: ReadonlyMap<string, LibraryType> = new Map<string, LibraryType>([
  ...Object.entries(PRIMITIVES).map(([letter, name]) => [letter, { kind: 'primitive', name }] as const),
  ['u', { kind: 'nothing' }],
  ['_', OUTSIDE],
  ['-', UNKNOWN],
  ['@', { kind: 'this' }],
  ["'", { kind: 'item' }],
])

/** Reads one text from a place on. What it reads was made by the project: an error is one of its own. */
export class Decoder {
  readonly #text: string
  readonly #self: string
  /** What a type is taken for whose arguments are not written. */
  readonly #defaultsOf: (name: string) => readonly LibraryType[]
  #at = 0

  constructor(text: string, self: string, defaultsOf: (name: string) => readonly LibraryType[]) {
    this.#text = text
    this.#self = self
    this.#defaultsOf = defaultsOf
  }

  /** Rows up to the end, by name. */
  rows(): Map<string, LibraryMember> {
    const members = new Map<string, LibraryMember>()
    while (this.#at < this.#text.length) {
      this.#row(members)
      this.#take(' ')
    }
    return members
  }

  types(): LibraryType[] {
    const types: LibraryType[] = []
    while (this.#at < this.#text.length) {
      types.push(this.type())
      this.#take(',')
    }
    return types
  }

  /** `constraint=default,…` up to a `>` or the end. */
  parameters(): TypeParameter[] {
    const found: TypeParameter[] = []
    do {
      const isBare = this.#isOneOf('=,>') || this.#at === this.#text.length
      const constraint = isBare ? undefined : this.type()
      found.push({ constraint, default: this.#take('=') ? this.type() : undefined })
    } while (this.#take(','))
    return found
  }

  type(): LibraryType {
    const letter = this.#text[this.#at] ?? ''
    const single = LETTERS.get(letter)
    if (single !== undefined && !isOfName(this.#text[this.#at + 1])) {
      this.#at++
      return single
    }
    switch (letter) {
      case '*':
        this.#at++
        return { kind: 'reference', name: 'Array', arguments: [this.type()] }
      case '|':
        this.#at++
        return { kind: 'union', types: this.#list('(', ')', () => this.type()) }
      case '&':
        if (this.#text[this.#at + 1] !== '(') return this.#reference()
        this.#at++
        return { kind: 'intersection', types: this.#list('(', ')', () => this.type()) }
      case '[':
        return { kind: 'tuple', elements: this.#list('[', ']', () => this.#element()) }
      case '{':
        return this.#object()
      case '^':
        this.#at++
        return { kind: 'keys', of: this.type() }
      case '?':
        this.#at++
        return { kind: 'predicate', type: this.type() }
      case '#': {
        this.#at++
        const [object = UNKNOWN, index = UNKNOWN] = this.#list('(', ')', () => this.type())
        return { kind: 'indexed', object, index }
      }
      case '~': {
        this.#at++
        const [over = UNKNOWN, value = UNKNOWN] = this.#list('(', ')', () => this.type())
        return { kind: 'mapped', over, value }
      }
      case '"':
        return this.#literal()
      case '%':
      case '+':
        return this.#function()
      case '$':
        this.#at++
        return { kind: 'own', index: this.#number() }
      default:
        return isDigit(letter) ? { kind: 'parameter', index: this.#number() } : this.#reference()
    }
  }

  #row(members: Map<string, LibraryMember>): void {
    if (this.#take('!')) {
      const type = listenersOf(this.type())
      for (const name of ['addEventListener', 'removeEventListener']) members.set(name, { sort: 'method', type })
      return
    }
    const type = this.type()
    const sort = this.#take('!') ? 'method' : 'property'
    if (sort === 'property') this.#need(':')
    do members.set(this.#upTo(' ,;}'), { sort, type })
    while (this.#take(','))
  }

  #object(): LibraryType {
    const members = new Map<string, LibraryMember>()
    this.#need('{')
    while (!this.#take('}')) {
      this.#row(members)
      this.#take(';')
    }
    return { kind: 'object', members }
  }

  #function(): LibraryType {
    const isNew = this.#text[this.#at++] === '+'
    const signatures: LibrarySignature[] = []
    do {
      const own = this.#take('<') ? this.parameters() : []
      if (own.length > 0) this.#need('>')
      const parameters = this.#list('(', ')', () => this.#parameter())
      signatures.push({ own, parameters, result: this.type() })
    } while (this.#take('/'))
    this.#need(';')
    return { kind: 'function', isNew, signatures }
  }

  #parameter(): LibraryParameter {
    const element = this.#element()
    return { ...element, isOptional: this.#take('?') }
  }

  #element(): LibraryElement {
    const isRest = this.#take('.')
    return { isRest, type: this.type() }
  }

  #literal(): LibraryType {
    this.#at++
    const text = this.#upTo('"')
    this.#at++
    return { kind: 'literal', text }
  }

  #reference(): LibraryType {
    let name = this.#self
    if (!this.#take('&')) {
      const start = this.#at
      while (isOfName(this.#text[this.#at])) this.#at++
      name = this.#text.slice(start, this.#at)
      if (name === '') throw new Error(`no type at ${this.#at} of ${this.#text.slice(0, 200)}`)
    }
    const given = this.#isOneOf('<') ? this.#list('<', '>', () => this.type()) : []
    const defaults = this.#defaultsOf(name).slice(given.length)
    return { kind: 'reference', name, arguments: [...given, ...defaults] }
  }

  #list<T>(open: string, close: string, read: () => T): T[] {
    const items: T[] = []
    this.#need(open)
    while (!this.#take(close)) {
      items.push(read())
      this.#take(',')
    }
    return items
  }

  #number(): number {
    const start = this.#at
    while (isDigit(this.#text[this.#at])) this.#at++
    return Number(this.#text.slice(start, this.#at))
  }

  #upTo(ends: string): string {
    const start = this.#at
    while (this.#at < this.#text.length && !this.#isOneOf(ends)) this.#at++
    return this.#text.slice(start, this.#at)
  }

  #isOneOf(signs: string): boolean {
    return this.#at < this.#text.length && signs.includes(this.#text[this.#at] ?? '')
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #need(sign: string): void {
    if (!this.#take(sign)) throw new Error(`${sign} is missing at ${this.#at} of ${this.#text.slice(0, 200)}`)
  }
}

/** `<K extends keyof Map>(type: K, listener: (event: Map[K]) => any, options?)`, and for events of any other name. */
function listenersOf(map: LibraryType): LibraryType {
  const index: LibraryType = { kind: 'own', index: 0 }
  const parameter = (type: LibraryType, isOptional = false): LibraryParameter => ({ type, isOptional, isRest: false })
  const event: LibraryType = { kind: 'indexed', object: map, index }
  const listener: LibraryType = {
    kind: 'function',
    isNew: false,
    signatures: [{ own: [], parameters: [parameter(event)], result: OUTSIDE }],
  }
  const any: LibraryType = { kind: 'reference', name: 'EventListenerOrEventListenerObject', arguments: [] }
  const result: LibraryType = { kind: 'nothing' }
  const options = parameter(OUTSIDE, true)
  const own = [{ constraint: { kind: 'keys', of: map } as const, default: undefined }]
  return {
    kind: 'function',
    isNew: false,
    signatures: [
      { own, parameters: [parameter(index), parameter(listener), options], result },
      { own: [], parameters: [parameter({ kind: 'primitive', name: 'string' }), parameter(any), options], result },
    ],
  }
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9'
}

/** Of the names of types, those of namespaces with dots between them. */
function isOfName(sign: string | undefined): boolean {
  if (sign === undefined) return false
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || isDigit(sign) || sign === '_' || sign === '.'
}
