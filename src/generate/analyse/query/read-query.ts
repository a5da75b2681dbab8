/**
 * Reads the text of a query: tree-sitter's own language of S-expressions
 * (https://tree-sitter.github.io/tree-sitter/using-parsers/queries/1-syntax.html), except `+`, `*`, groups of
 * several siblings and `(MISSING)`, which no query here needs.
 */

import type { Pattern, Predicate, RootPattern, Shape } from './pattern.ts'

/** Thrown when a query has a syntax error or uses an unsupported feature. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery'
}

const TOKEN = /\s+|;[^\n]*|"(?:[^"\\]|\\.)*"|#[\w-]+[?!]|@[\w.-]+|[\w.\-/]+:(?!:)|![\w-]+|[A-Za-z_][\w-]*|[()[\]?.]/y

export function readQuery(text: string): RootPattern[] {
  return new QueryReader(text).read()
}

interface Token {
  readonly text: string
  readonly line: number
}

class QueryReader {
  readonly #tokens: Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  read(): RootPattern[] {
    const roots: RootPattern[] = []
    while (this.#at < this.#tokens.length) {
      const line = this.#tokens[this.#at]?.line ?? 0
      const predicates: Predicate[] = []
      roots.push({ pattern: this.#pattern(predicates, false), predicates, line })
    }
    return roots
  }

  #pattern(predicates: Predicate[], isImmediate: boolean): Pattern {
    let field: string | null = null
    if (this.#peek().endsWith(':')) field = this.#next().slice(0, -1)
    const inside = this.#body(predicates)
    const captures = [...inside.captures]
    let isOptional = false
    for (;;) {
      const token = this.#peek()
      if (token.startsWith('@')) captures.push(this.#next().slice(1))
      else if (token === '?' && !isOptional) {
        this.#next()
        isOptional = true
      } else break
    }
    return { ...inside, field: field ?? inside.field, captures, isOptional, isImmediate }
  }

  #body(predicates: Predicate[]): Pattern {
    const token = this.#next()
    if (token.startsWith('"')) return leaf({ kind: 'anonymous', name: unquoted(token) })
    if (token === '_') return leaf({ kind: 'wildcard', isNamed: false })
    if (token === '[') {
      const choices: Pattern[] = []
      while (this.#peek() !== ']') choices.push(this.#pattern(predicates, false))
      this.#next()
      return leaf({ kind: 'choice', choices })
    }
    if (token !== '(') throw this.#bad(`"${token}" begins no pattern`)
    const first = this.#peek()
    if (first === '(' || first === '[' || first.startsWith('"')) return this.#group(predicates)
    const name = this.#next()
    if (!/^[A-Za-z_][\w-]*$/.test(name)) throw this.#bad(`"${name}" is not the name of a node`)
    const shape: Shape = name === '_' ? { kind: 'wildcard', isNamed: true } : { kind: 'named', name }
    return { ...leaf(shape), ...this.#inside(predicates) }
  }

  /** `((a) (#eq? …))`: parentheses around one pattern and its predicates. */
  #group(predicates: Predicate[]): Pattern {
    const pattern = this.#pattern(predicates, false)
    while (this.#peek() === '(' && this.#peek(1).startsWith('#')) predicates.push(this.#predicate())
    if (this.#next() !== ')') throw this.#bad('a group of several siblings')
    return pattern
  }

  /** Reads up to the closing parenthesis of a node. */
  #inside(predicates: Predicate[]): Pick<Pattern, 'children' | 'absent' | 'isLastImmediate'> {
    const children: Pattern[] = []
    const absent: string[] = []
    let isImmediate = false
    for (;;) {
      const token = this.#peek()
      if (token === ')') break
      if (token === '.') {
        this.#next()
        isImmediate = true
      } else if (token.startsWith('!')) absent.push(this.#next().slice(1))
      else if (token === '(' && this.#peek(1).startsWith('#')) predicates.push(this.#predicate())
      else {
        children.push(this.#pattern(predicates, isImmediate))
        isImmediate = false
      }
    }
    this.#next()
    return { children, absent, isLastImmediate: isImmediate }
  }

  #predicate(): Predicate {
    this.#next()
    const name = this.#next().slice(1)
    const capture = this.#next()
    if (!capture.startsWith('@')) throw this.#bad(`#${name} without a capture`)
    const values: string[] = []
    while (this.#peek() !== ')') {
      const value = this.#next()
      if (!value.startsWith('"')) throw this.#bad(`#${name} takes texts, not "${value}"`)
      values.push(unquoted(value))
    }
    this.#next()
    return { name, capture: capture.slice(1), values }
  }

  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.text ?? ''
  }

  #next(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw this.#bad('the text ends within a pattern')
    this.#at++
    return token.text
  }

  #bad(what: string): BadQuery {
    return new BadQuery(`line ${this.#tokens[Math.max(0, this.#at - 1)]?.line ?? 1}: ${what}`)
  }
}

function leaf(shape: Shape): Pattern {
  const nothing = { field: null, captures: [], children: [], absent: [] }
  return { shape, ...nothing, isOptional: false, isImmediate: false, isLastImmediate: false }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)?.[0]
    if (found === undefined) throw new BadQuery(`line ${line}: "${text.slice(at, at + 20)}"`)
    if (!/^[\s;]/.test(found)) tokens.push({ text: found, line })
    line += found.split('\n').length - 1
  }
  return tokens
}

function unquoted(token: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' }
  return token.slice(1, -1).replace(/\\(.)/gs, (_, one: string) => named[one] ?? one)
}
