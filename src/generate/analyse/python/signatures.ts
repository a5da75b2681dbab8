/** Builds one-line signatures as written, with long defaults shortened. */

import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { isProperty } from './attributes.ts'
import type { Definition } from './facts.ts'
import { K } from './syntax.ts'

/** Maximum length of the signature of a class or variable, in characters. */
const MAX_SIGNATURE = 500
/** Maximum length of the signature of a function, in characters. */
const MAX_FUNCTION = 2_000
/** Maximum length of a default or value in a signature, in characters. */
const MAX_VALUE = 60
/** A command may have a decorator for each of its options. */
const MAX_DECORATORS = 100
/** Maximum length of a decorator, in characters. */
const MAX_DECORATOR = 200

/** Decorators that the signature of any function expresses by its keywords, or by the list of overloads. */
const IN_SIGNATURE = /^@(?:staticmethod|classmethod|(?:\w+\.)?overload)$/

/** @param implementation - For an overload, the implementation whose defaults replace `...`. */
export function signatureOf(definition: Definition, implementation?: Definition): string {
  const signature =
    definition.kind === 'class'
      ? classSignature(definition)
      : definition.kind === 'function'
        ? functionSignature(definition, implementation)
        : variableSignature(definition)
  const max = definition.kind === 'function' ? MAX_FUNCTION : MAX_SIGNATURE
  return signature.length <= max ? signature : `${signature.slice(0, max - 1)}…`
}

/** Decorators that the signature does not express in another way. */
export function decoratorsOf({ file: { tree }, name, parent, node, outer, decorators }: Definition): string[] {
  if (outer === node || decorators.length === 0) return []
  const texts: string[] = []
  for (let child = tree.first(outer); child !== NONE && child < node; child = tree.next(child, outer)) {
    if (tree.kind(child) === K.decorator) texts.push(oneLine(tree, child))
  }
  const isAccessor = (text: string): boolean =>
    text === '@property' || /^@\w+\.getter$/.test(text) || text === `@${name}.setter` || text === `@${name}.deleter`
  return texts
    .filter((text) => !IN_SIGNATURE.test(text) && !(parent !== null && isAccessor(text)))
    .slice(0, MAX_DECORATORS)
    .map((text) => text.replace(/^(@[\w.]{1,200}\() /, '$1').replace(/,? \)$/, ')'))
    .map((text) => (text.length > MAX_DECORATOR ? `${text.slice(0, MAX_DECORATOR - 1)}…` : text))
}

function classSignature(definition: Definition): string {
  const { tree } = definition.file
  const bases = tree.childOfKind(definition.node, K.argument_list)
  const list = bases === NONE ? [] : tree.children(bases).map((base) => oneLine(tree, base))
  return `class ${definition.name}${typeParameters(tree, definition.node)}${list.length === 0 ? '' : `(${list.join(', ')})`}`
}

function functionSignature(definition: Definition, implementation?: Definition): string {
  const { tree } = definition.file
  const { node, name, decorators } = definition
  const returns = tree.childOfKind(node, K.type)
  const result = returns === NONE ? undefined : oneLine(tree, returns)
  if (definition.parent !== null && isProperty(decorators)) {
    return result === undefined ? `property ${name}` : `property ${name}: ${result}`
  }
  const accessor = /\.(setter|deleter)$/.exec(decorators.find((one) => one.startsWith(`${name}.`)) ?? '')?.[1]
  if (definition.parent !== null && accessor !== undefined) {
    const [, ...parameters] = parameterTexts(tree, tree.childOfKind(node, K.parameters))
    return `${accessor} ${name}${parameters.length === 0 ? '' : `(${parameters.join(', ')})`}`
  }
  const kind = ['staticmethod', 'classmethod'].filter((decorator) => decorators.includes(decorator))
  const isAsync = tree.text.startsWith('async', tree.start(node))
  const words = [...kind, ...(isAsync ? ['async'] : []), 'def'].join(' ')
  const list = parameterTexts(tree, tree.childOfKind(node, K.parameters), implementation).join(', ')
  return `${words} ${name}${typeParameters(tree, node)}(${list})${result === undefined ? '' : ` -> ${result}`}`
}

/** `[T: int]` after a name. */
const typeParameters = (tree: SyntaxTree, node: number): string =>
  oneLine(tree, tree.childOfKind(node, K.type_parameter))

function parameterTexts(tree: SyntaxTree, list: number, implementation?: Definition): string[] {
  const texts: string[] = []
  if (list === NONE) return texts
  for (let child = tree.first(list); child !== NONE; child = tree.next(child, list)) {
    const kind = tree.kind(child)
    if (kind !== K.default_parameter && kind !== K.typed_default_parameter) {
      texts.push(oneLine(tree, child))
      continue
    }
    const value = tree.last(child)
    const equals = kind === K.default_parameter ? '=' : ' = '
    const head = oneLine(tree, child, tree.start(value)).replace(/(?:(?<!\s)\s+)?=$/, '')
    const isOpen = implementation !== undefined && tree.textOf(value) === '...'
    const known = isOpen ? implementation.parameters.get(tree.textOf(tree.first(child)))?.expression : undefined
    const isKnown = known !== undefined && known !== NONE && isOfType(tree.textOf(known), head)
    texts.push(`${head}${equals}${shortValue(tree, isKnown ? known : value)}`)
  }
  return texts
}

/** Whether a default may be one of a parameter: of `call: Literal[False]`, the default of the implementation may be another value. */
function isOfType(value: string, parameter: string): boolean {
  const type = parameter.slice(parameter.indexOf(':') + 1)
  if (type === parameter || !/\bLiteral\[/.test(type)) return true
  return type.includes(value)
}

function variableSignature(definition: Definition): string {
  const { tree } = definition.file
  const { mainBinding, name } = definition
  if (mainBinding === null) return name
  if (isTypeAlias(tree, mainBinding.node)) {
    return `type ${name}${typeParameters(tree, mainBinding.node - 1)} = ${shortValue(tree, mainBinding.expression)}`
  }
  const type = mainBinding.annotation === NONE ? '' : `: ${oneLine(tree, mainBinding.annotation)}`
  const value = definition.hasOtherValues ? '…' : shortValue(tree, mainBinding.expression)
  // A field with different values in different branches is shown without one.
  const isOpen = definition.hasOtherValues && definition.parent !== null
  const hasOwnValue = mainBinding.expression !== NONE && mainBinding.path.length === 0 && !isOpen
  return `${name}${type}${hasOwnValue ? ` = ${value}` : ''}`
}

/** Whether a `type` statement binds a name: `type A = int`, or `type A[T] = …`, in which the name is one node deeper. */
function isTypeAlias(tree: SyntaxTree, name: number): boolean {
  return [name - 2, name - 3].some(
    (node) => tree.kind(node) === K.type_alias_statement && name < tree.afterOf(tree.first(node)),
  )
}

function shortValue(tree: SyntaxTree, node: number): string {
  if (node === NONE) return '...'
  const text = tree.end(node) - tree.start(node) > 10 * MAX_VALUE ? undefined : oneLine(tree, node)
  if (text !== undefined && text.length <= MAX_VALUE) return text
  const kind = tree.kind(node)
  if (kind === K.dictionary || kind === K.dictionary_comprehension || kind === K.set) return '{…}'
  if (kind === K.list || kind === K.list_comprehension) return '[…]'
  if (kind === K.tuple) return '(…)'
  if (kind === K.call) return `${oneLine(tree, tree.first(node)).slice(0, MAX_VALUE)}(…)`
  return '…'
}

/**
 * The code of a node on one line, without comments, and with whitespace collapsed outside strings. For a multi-line string,
 * only the quotes are shown: `"""…"""`.
 *
 * @param end - Where the text ends, if it is not the whole node.
 */
function oneLine(tree: SyntaxTree, node: number, end = tree.end(node)): string {
  if (node === NONE) return ''
  let text = ''
  let from = tree.start(node)
  for (let at = node; at < tree.afterOf(node) && tree.start(at) < end; at++) {
    // A string may contain others in its expressions.
    if (tree.kind(at) !== K.string || tree.start(at) < from) continue
    text += collapsed(tree, from, tree.start(at)) + stringText(tree.textOf(at))
    from = tree.end(at)
  }
  return (text + collapsed(tree, from, end)).trim()
}

function collapsed(tree: SyntaxTree, start: number, end: number): string {
  let text = ''
  let from = start
  for (let i = tree.firstCommentFrom(start); i < tree.comments.length; i += 2) {
    const commentStart = tree.comments[i] ?? end
    if (commentStart >= end) break
    text += tree.text.slice(from, commentStart)
    from = tree.comments[i + 1] ?? end
  }
  return (text + tree.text.slice(from, Math.max(from, end))).replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ')
}

function stringText(text: string): string {
  if (!/[\r\n]/.test(text)) return text
  const [start = '', quotes = ''] = /^[a-z]{0,2}("""|'''|"|')/i.exec(text) ?? []
  return `${start}…${quotes}`
}
