/** Prints signatures on one line, without bodies and comments, with long defaults shortened. */

import { endOfQuote } from '#base/end-of-quote.ts'
import { ts } from '#generate/analyse/compiler.mjs'

const MAX_SIGNATURE = 500
const MAX_FUNCTION = 2_000
const MAX_DEFAULT = 30
/** Limit on the characters of a default inside a destructured parameter. */
const MAX_INNER_DEFAULT = 60
const MAX_CONSTRUCTORS = 20
/** Limit on the characters of a node that are read; most of them may be comments. */
const MAX_READ = 20_000

export function functionSignature(name: string, node: ts.SignatureDeclaration, prefix = ''): string {
  const declared = node.parameters.map((parameter) => parameterText(parameter)).join(', ')
  const parameters = declared === '' && readsArguments(node) ? namedArguments(node) : declared
  const result = node.type === undefined ? '' : `: ${sourceText(node.type)}`
  // A result type already says that it is a promise.
  const async = node.type === undefined && hasModifier(node, ts.SyntaxKind.AsyncKeyword) ? 'async ' : ''
  return clip(`${prefix}${async}${name}${typeParameters(node.typeParameters)}(${parameters})${result}`, MAX_FUNCTION)
}

/** Whether a function reads `arguments`, so that it takes more than its parameters say. Inner functions have their own. */
function readsArguments(node: ts.SignatureDeclaration): boolean {
  const body = ts.isArrowFunction(node) || !('body' in node) ? undefined : node.body
  if (body === undefined || !node.getSourceFile().text.slice(body.pos, body.end).includes('arguments')) return false
  const stack: ts.Node[] = [body]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (ts.isIdentifier(next) && next.text === 'arguments' && !isMemberName(next)) return true
    ts.forEachChild(next, (child) => {
      if (ts.isArrowFunction(child) || !(ts.isFunctionLike(child) || ts.isClassLike(child))) stack.push(child)
    })
  }
  return false
}

/** The parameters that a comment between the parentheses names, `target, ...sources`, or `...args`. */
function namedArguments(node: ts.SignatureDeclaration): string {
  const { pos } = node.parameters
  const text = node
    .getSourceFile()
    .text.slice(pos, pos + MAX_NAMES)
    .trimStart()
  const words = text.startsWith('/*') ? text.slice(2, Math.max(2, text.indexOf('*/'))) : ''
  const names = words.split(',').map((name) => name.trim().replace(/^\.{3} ?/, '...'))
  return names.every((name) => /^(?:\.{3})?[a-zA-Z_$][\w$]{0,40}$/.test(name)) ? names.join(', ') : '...args'
}

const MAX_NAMES = 200

/** Whether it names a member, not a variable: `call.arguments`, `{ arguments: 1 }`, `const { arguments: args } = call`. */
function isMemberName(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isShorthandPropertyAssignment(parent)) return false
  if (ts.isBindingElement(parent)) return parent.propertyName === name
  return (ts.isQualifiedName(parent) && parent.right === name) || ('name' in parent && parent.name === name)
}

export function classSignature(name: string, node: ts.ClassLikeDeclaration): string {
  const abstract = hasModifier(node, ts.SyntaxKind.AbstractKeyword) ? 'abstract ' : ''
  const built = node.members
    .filter((member) => ts.isConstructorDeclaration(member))
    .filter((member) => !hasModifier(member, ts.SyntaxKind.PrivateKeyword))
  // If there are overloads, the implementation cannot be called.
  const overloads = built.filter((one) => one.body === undefined).slice(0, MAX_CONSTRUCTORS)
  const offered = overloads.length > 0 ? overloads : built.slice(0, 1)
  const body =
    offered.length === 0 ? '' : ` { ${offered.map((one) => functionSignature('constructor', one)).join('; ')} }`
  const heritage = (node.heritageClauses ?? []).map((clause) => ` ${sourceText(clause)}`).join('')
  return clip(`${abstract}class ${name}${typeParameters(node.typeParameters)}${heritage}${body}`, MAX_FUNCTION)
}

export function interfaceSignature(name: string, node: ts.InterfaceDeclaration): string {
  const heritage = (node.heritageClauses ?? []).map((clause) => ` ${sourceText(clause)}`).join('')
  return clip(`interface ${name}${typeParameters(node.typeParameters)}${heritage}`)
}

export function typeSignature(name: string, node: ts.TypeAliasDeclaration): string {
  return clip(`type ${name}${typeParameters(node.typeParameters)} = ${sourceText(node.type)}`, MAX_FUNCTION)
}

export function enumSignature(name: string, node: ts.EnumDeclaration): string {
  const members = node.members.map((member) => sourceText(member)).join(', ')
  return clip(`enum ${name} { ${members} }`, MAX_FUNCTION)
}

/** A constant or field with its type, or its value when that is short. */
export function valueSignature(head: string, type: ts.TypeNode | undefined, value: ts.Expression | undefined): string {
  if (type !== undefined) return clip(`${head}: ${sourceText(type)}`)
  if (value !== undefined && isShortLiteral(value)) return clip(`${head} = ${sourceText(value)}`)
  return clip(head)
}

/** Modifiers such as `static `, `abstract ` and `readonly `, each followed by a space. */
export function memberPrefix(node: ts.Node): string {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  const word = ts.isGetAccessor(node) ? 'get ' : ts.isSetAccessor(node) ? 'set ' : ''
  const words = modifiers
    .filter(({ kind }) => kind !== ts.SyntaxKind.AsyncKeyword && kind !== ts.SyntaxKind.DeclareKeyword)
    .filter(({ kind }) => kind !== ts.SyntaxKind.PublicKeyword && kind !== ts.SyntaxKind.OverrideKeyword)
    .map((modifier) => `${ts.tokenToString(modifier.kind) ?? ''} `)
  return words.join('') + word
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false)
}

function parameterText(parameter: ts.ParameterDeclaration): string {
  const rest = parameter.dotDotDotToken === undefined ? '' : '...'
  const optional = parameter.questionToken === undefined ? '' : '?'
  const type = parameter.type === undefined ? '' : `: ${sourceText(parameter.type)}`
  const value = parameter.initializer
  const initial = value === undefined ? '' : ` = ${isShortLiteral(value) ? sourceText(value) : '…'}`
  return `${rest}${bindingText(parameter.name)}${optional}${type}${initial}`
}

/** A parameter's name, or what it takes apart, with long defaults shortened. */
function bindingText(name: ts.BindingName): string {
  const all = ts.isObjectBindingPattern(name) ? name.elements : []
  const isLong = ({ initializer }: ts.BindingElement): boolean =>
    initializer !== undefined && initializer.end - initializer.pos > MAX_INNER_DEFAULT
  if (!all.some(isLong)) return sourceText(name)
  const parts = all.map((one) => {
    const key = one.propertyName === undefined ? '' : `${sourceText(one.propertyName)}: `
    return isLong(one) ? `${key}${sourceText(one.name)} = …` : sourceText(one)
  })
  return `{ ${parts.join(', ')} }`
}

function typeParameters(parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined): string {
  if (parameters === undefined || parameters.length === 0) return ''
  return `<${parameters.map((parameter) => sourceText(parameter)).join(', ')}>`
}

function isShortLiteral(value: ts.Expression): boolean {
  const isPlain =
    ts.isLiteralExpression(value) ||
    ts.isPrefixUnaryExpression(value) ||
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isObjectLiteralExpression(value) && value.properties.length === 0) ||
    (ts.isArrayLiteralExpression(value) && value.elements.length === 0)
  return isPlain && value.end - value.pos <= MAX_DEFAULT
}

/** The source of a node on one line, without comments. Reads at most `MAX_READ` characters. */
export function sourceText(node: ts.Node): string {
  const file = node.getSourceFile()
  const start = node.getStart(file)
  const end = Math.min(node.end, start + MAX_READ)
  let text = ''
  let from = start
  for (const at of openEnds(node, file, end)) {
    text += `${withoutComments(file.text.slice(from, at))};`
    from = at
  }
  return collapse(`${text}${withoutComments(file.text.slice(from, end))}${end < node.end ? ' …' : ''}`)
}

/** The ends of members of object types without a `;` or `,`, which are needed on one line. Sorted. */
function openEnds(node: ts.Node, file: ts.SourceFile, end: number): number[] {
  const ends: number[] = []
  const stack: ts.Node[] = [node]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.pos >= end) continue
    if (ts.isTypeLiteralNode(next)) {
      for (const member of next.members.slice(0, -1))
        if (member.end < end && !/[;,]/.test(file.text[member.end - 1] ?? '')) ends.push(member.end)
    }
    ts.forEachChild(next, (child) => {
      stack.push(child)
    })
  }
  return ends.sort((a, b) => a - b)
}

function collapse(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/([([{]) /g, (_, open: string) => (open === '{' ? '{ ' : open))
    .replace(/,? ([)\]])/g, '$1')
    .replace(/([=:?(<[,]) \| /g, '$1 ')
    .replace(/^\| /, '')
    .trim()
}

/** Replace comments with a space, skipping string and template literals. */
function withoutComments(text: string): string {
  let result = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfQuote(text, at)
      at = end < 0 ? text.length : end
    } else if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = text[at + 1] === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2
      result += `${text.slice(from, at)} `
      if (end < 2) return result
      from = end
      at = end - 1
    }
  }
  return result + text.slice(from)
}

export function clip(text: string, max = MAX_SIGNATURE): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}
