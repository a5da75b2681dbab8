/** Parses the messages, services and imports of a .proto file. Options and the bodies of enums are skipped. */

export interface Declaration {
  kind: 'message' | 'service' | 'rpc' | 'enum'
  /** Qualified: `Outer.Inner`, `Service.Method`. */
  name: string
  /** Types of the fields, or of request and response, as written. */
  types: string[]
  start: number
  end: number
}

export interface Proto {
  package: string
  imports: { path: string; isPublic: boolean }[]
  declarations: Declaration[]
}

const MAX_TOKENS = 300_000
/** Limit on nesting: qualified names grow with each level. */
const MAX_DEPTH = 50
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\.?[A-Za-z_][\w.]*|[{}()<>;=,[\]]|\d[\w.]*/g
const LABELS = new Set(['optional', 'required', 'repeated'])
/** Statements in a body that are not fields. */
const OTHERS = new Set(['option', 'reserved', 'extensions', 'syntax', 'edition', 'import', 'package', 'group'])

export function readProto(text: string): Proto {
  const tokens: { text: string; position: number }[] = []
  for (const match of text.slice(0, 1_000_000).matchAll(TOKEN)) {
    if (match[0].startsWith('/')) continue
    if (tokens.push({ text: match[0], position: match.index }) >= MAX_TOKENS) break
  }
  const proto: Proto = { package: '', imports: [], declarations: [] }
  /** The declaration of each open brace; `undefined` for skipped bodies. */
  const open: (Declaration | undefined)[] = []
  let statement: string[] = []
  let start = 0
  /** Whether the statement has reached its options in brackets. */
  let hasOptions = false
  /** The number of open braces in the value of an option: `[(rules) = { min: 1 }]`. */
  let valueDepth = 0
  for (const { text: token, position } of tokens) {
    if (statement.length === 0) {
      start = position
      hasOptions = false
    }
    const around = open.at(-1)
    if (valueDepth > 0) valueDepth += token === '{' ? 1 : token === '}' ? -1 : 0
    else if (token === '{' && (hasOptions || statement.at(-1) === '=')) valueDepth = 1
    else if (token === '{') {
      const made = openedBy(statement, open, start)
      if (made !== undefined) proto.declarations.push(made)
      open.push(made ?? (statement[0] === 'oneof' || statement[0] === 'extend' ? around : undefined))
      statement = []
    } else if (token === '}') {
      const closed = open.pop()
      if (closed !== undefined && closed !== open.at(-1)) closed.end = position
      statement = []
    } else if (token === ';') {
      addStatement(statement, around, proto, start, position)
      statement = []
    } else {
      statement.push(token)
      hasOptions ||= token === '['
    }
  }
  return proto
}

/** The message, service, enum or rpc whose body starts after a statement. */
function openedBy(
  statement: readonly string[],
  open: readonly (Declaration | undefined)[],
  start: number,
): Declaration | undefined {
  const [kind, name] = statement
  const around = open.at(-1)
  if (name === undefined || open.length > MAX_DEPTH || (open.length > 0 && around === undefined)) return undefined
  const qualified = around === undefined ? name : `${around.name}.${name}`
  const made = { name: qualified, types: [], start, end: start }
  if (kind === 'message' || kind === 'enum') return { kind, ...made }
  if (kind === 'service' && open.length === 0) return { kind, ...made }
  return kind === 'rpc' && around?.kind === 'service' ? { kind, ...made, types: rpcTypes(statement) } : undefined
}

/** Adds the declarations of a statement without a body. */
function addStatement(
  statement: readonly string[],
  around: Declaration | undefined,
  proto: Proto,
  start: number,
  end: number,
): void {
  const [first = '', second = '', third = ''] = statement
  const unquoted = (text: string): string => text.slice(1, -1)
  if (first === 'package') proto.package = second
  else if (first === 'import') {
    const isModified = second === 'public' || second === 'weak'
    proto.imports.push({ path: unquoted(isModified ? third : second), isPublic: second === 'public' })
  } else if (first === 'rpc' && around?.kind === 'service') {
    proto.declarations.push({ kind: 'rpc', name: `${around.name}.${second}`, types: rpcTypes(statement), start, end })
  } else if (around?.kind === 'message' && !OTHERS.has(first)) {
    if (first === 'map' && second === '<') around.types.push(statement[4] ?? '')
    else if (statement.includes('=')) around.types.push(LABELS.has(first) ? second : first)
  }
}

/** `rpc Name ( [stream] Request ) returns ( [stream] Response )` */
function rpcTypes(statement: readonly string[]): string[] {
  return statement.flatMap((token, index) =>
    statement[index + 1] === ')' && token !== '(' && (statement[index - 1] === '(' || statement[index - 1] === 'stream')
      ? [token]
      : [],
  )
}
