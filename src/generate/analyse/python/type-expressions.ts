/** Parses annotations into names with arguments. Quotes are dropped, so `"A | None"` reads like `A | None`. */

export interface Expression {
  /** Dotted name; `|` for a union, `[]` for a bare list, `...`, '' for anything else. */
  readonly name: string
  readonly args: readonly Expression[]
}

/** Limit on nested brackets. */
const MAX_DEPTH = 12

const TOKEN = /[\p{L}_][\p{L}\p{N}_.]*|\.\.\.|[[\],|()]|[^\s"']/gu

const NOTHING: Expression = { name: '', args: [] }

interface Tokens {
  readonly list: readonly string[]
  at: number
}

/** `undefined` if nothing can be read. */
export function parseType(text: string): Expression | undefined {
  const list = text.match(TOKEN)
  if (list === null) return undefined
  return parseUnion({ list, at: 0 }, 0)
}

function parseUnion(tokens: Tokens, depth: number): Expression {
  const options = [parseOne(tokens, depth)]
  while (tokens.list[tokens.at] === '|') {
    tokens.at++
    options.push(parseOne(tokens, depth))
  }
  const [only] = options
  return options.length === 1 && only !== undefined ? only : { name: '|', args: options }
}

function parseOne(tokens: Tokens, depth: number): Expression {
  const token = tokens.list[tokens.at]
  if (token === undefined || depth > MAX_DEPTH) return NOTHING
  if (token === '[' || token === '(') {
    const args = parseArguments(tokens, depth)
    const [only] = args
    return token === '(' && only !== undefined ? only : { name: '[]', args }
  }
  if (token === ']' || token === ')' || token === ',') return NOTHING
  tokens.at++
  const args = tokens.list[tokens.at] === '[' ? parseArguments(tokens, depth) : []
  return { name: /^[\p{L}_.]/u.test(token) ? token : '', args: /(?:^|\.)Literal$/.test(token) ? [] : args }
}

/** The parts up to the closing bracket, which is consumed. */
function parseArguments(tokens: Tokens, depth: number): Expression[] {
  const args: Expression[] = []
  tokens.at++
  for (;;) {
    const token = tokens.list[tokens.at]
    if (token === undefined) return args
    if (token === ']' || token === ')') {
      tokens.at++
      return args
    }
    const before = tokens.at
    if (token !== ',') args.push(parseUnion(tokens, depth + 1))
    if (tokens.at === before) tokens.at++
  }
}
