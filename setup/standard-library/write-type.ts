/** Writes a type of the libraries in the syntax of `src/generate/analyse/typescript/library/decode.ts`. */

import ts from 'typescript'
import { withoutMany } from './left-out.ts'
import { isOfBrowser, type Libraries, namespaceOf } from './read-libraries.ts'

/** What names stand for where a type is written. */
export interface Scope {
  /** Type parameters of the interface or alias. */
  readonly receiver: readonly string[]
  /** Type parameters of the signature; those of a signature within another are unknown. */
  readonly own: readonly string[]
  readonly hidden: ReadonlySet<string>
  /** The type parameter of a mapped type, and what its keys are of. */
  readonly item?: { readonly key: string; readonly over: string }
}

export const NO_SCOPE: Scope = { receiver: [], own: [], hidden: new Set() }

const OUTSIDE = '_'
const UNKNOWN = '-'
const NOTHING = 'u'

const { SyntaxKind } = ts

const KEYWORDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.AnyKeyword, OUTSIDE],
  [SyntaxKind.UnknownKeyword, OUTSIDE],
  [SyntaxKind.ObjectKeyword, OUTSIDE],
  [SyntaxKind.IntrinsicKeyword, UNKNOWN],
  [SyntaxKind.StringKeyword, 's'],
  [SyntaxKind.NumberKeyword, 'n'],
  [SyntaxKind.BooleanKeyword, 'b'],
  [SyntaxKind.BigIntKeyword, 'i'],
  [SyntaxKind.SymbolKeyword, 'y'],
  [SyntaxKind.VoidKeyword, NOTHING],
  [SyntaxKind.UndefinedKeyword, NOTHING],
  [SyntaxKind.NeverKeyword, NOTHING],
  [SyntaxKind.ThisType, '@'],
])

type Signature = ts.SignatureDeclaration

export class TypeWriter {
  readonly #libraries: Libraries
  readonly #plain: ReadonlySet<string>
  readonly #aliases = new Map<string, string>()

  /** @param plain - Types that are outside wherever they are named. */
  constructor(libraries: Libraries, plain: ReadonlySet<string>) {
    this.#libraries = libraries
    this.#plain = plain
  }

  type(node: ts.TypeNode | undefined, scope: Scope): string {
    if (node === undefined) return OUTSIDE
    const keyword = KEYWORDS.get(node.kind)
    if (keyword !== undefined) return keyword
    if (ts.isParenthesizedTypeNode(node)) return this.type(node.type, scope)
    if (ts.isTypeReferenceNode(node)) return this.#reference(node, scope)
    if (ts.isExpressionWithTypeArguments(node)) return this.#named(node.expression.getText(), node, scope)
    if (ts.isArrayTypeNode(node)) return `*${this.type(node.elementType, scope)}`
    if (ts.isTupleTypeNode(node)) return `[${node.elements.map((one) => this.#element(one, scope)).join()}]`
    if (ts.isUnionTypeNode(node)) return this.#several('|', node.types, scope)
    if (ts.isIntersectionTypeNode(node)) return this.#several('&', node.types, scope)
    if (ts.isFunctionTypeNode(node)) return this.functions([node], scope)
    if (ts.isConstructorTypeNode(node)) return this.functions([node], scope)
    if (ts.isTypeLiteralNode(node)) return `{${this.members([node], scope, () => true).join(';')}}`
    if (ts.isTypeOperatorNode(node)) return this.#operator(node, scope)
    if (ts.isIndexedAccessTypeNode(node)) return this.#indexed(node, scope)
    if (ts.isMappedTypeNode(node)) return this.#mapped(node, scope)
    if (ts.isTypePredicateNode(node)) return node.type === undefined ? 'b' : `?${this.type(node.type, scope)}`
    if (ts.isTypeQueryNode(node)) return this.#query(node)
    if (ts.isTemplateLiteralTypeNode(node)) return 's'
    return ts.isLiteralTypeNode(node) ? literal(node.literal) : UNKNOWN
  }

  /** A type of which no more is needed than what kind of value it is. */
  #wide(node: ts.TypeNode | undefined, scope: Scope): string {
    const text = this.type(node, scope)
    return text.startsWith('"') ? 's' : text
  }

  /** Overloads, or the ways to make something. */
  functions(overloads: readonly Signature[], scope: Scope): string {
    const written = withoutMany(overloads)
    if (written === undefined) return '%(._)_;'
    const isNew = overloads.some((one) => ts.isConstructSignatureDeclaration(one) || ts.isConstructorTypeNode(one))
    return `${isNew ? '+' : '%'}${written.map((one) => this.#signature(one, scope)).join('/')};`
  }

  /** `<constraint=default,…>`, or nothing. */
  parameters(parameters: readonly ts.TypeParameterDeclaration[] | undefined, scope: Scope): string {
    if (parameters === undefined || parameters.length === 0) return ''
    const texts = parameters.map(({ constraint, default: byDefault }) => {
      const bound = constraint === undefined ? OUTSIDE : this.type(constraint, scope)
      const isTelling = bound !== OUTSIDE && bound !== '^_' && bound !== UNKNOWN
      return `${isTelling ? bound : ''}${byDefault === undefined ? '' : `=${this.type(byDefault, scope)}`}`
    })
    return `<${texts.join()}>`
  }

  /** Rows of all members of declarations, those of one type together; the later declaration's overloads come first. */
  members(
    declarations: readonly (ts.InterfaceDeclaration | ts.TypeLiteralNode)[],
    scope: Scope,
    isWanted: (member: ts.TypeElement) => boolean,
  ): string[] {
    const properties = new Map<string, string>()
    const overloads = new Map<string, Signature[]>()
    for (const declaration of declarations) {
      const scopeHere = ts.isInterfaceDeclaration(declaration)
        ? { ...scope, receiver: namesOf(declaration.typeParameters) }
        : scope
      const own = new Map<string, Signature[]>()
      for (const member of declaration.members) {
        const name = memberName(member)
        if (name === undefined || !isWanted(member)) continue
        if (ts.isMethodSignature(member) || ts.isCallSignatureDeclaration(member)) push(own, name, member)
        else if (ts.isConstructSignatureDeclaration(member)) push(own, name, member)
        else if (!properties.has(name)) {
          const type = ts.isIndexSignatureDeclaration(member) ? member.type : typeOfProperty(member)
          if (type !== undefined) properties.set(name, this.#wide(type, scopeHere))
        }
      }
      for (const [name, list] of own) overloads.set(name, [...list, ...(overloads.get(name) ?? [])])
    }
    const rows = new Map<string, string[]>()
    for (const [name, text] of properties) push(rows, `${text}:`, name)
    for (const [name, list] of overloads) {
      const isMethod = name !== '()' && name !== 'new'
      push(
        rows,
        `${this.functions(withLiteralsFirst(list), this.#scopeOf(list[0], scope))}${isMethod ? '!' : ':'}`,
        name,
      )
    }
    return [...rows].map(([text, names]) => listenersRow(text, names) ?? `${text}${names.join()}`)
  }

  /** Type parameters by the names that the first declaration gives them. */
  #scopeOf(signature: Signature | undefined, scope: Scope): Scope {
    const host = signature?.parent
    return host !== undefined && ts.isInterfaceDeclaration(host)
      ? { ...scope, receiver: namesOf(host.typeParameters) }
      : scope
  }

  #signature(node: Signature, outer: Scope): string {
    const names = namesOf(node.typeParameters)
    const isInner = outer.own.length > 0 || outer.hidden.size > 0
    // What is generic within a parameter has no number.
    const scope =
      names.length > 0 && isInner
        ? { ...outer, hidden: new Set([...outer.hidden, ...names]) }
        : names.length > 0
          ? { ...outer, own: names }
          : outer
    const own = scope.own === names ? this.parameters(node.typeParameters, scope) : ''
    const given = node.parameters.filter(({ name }) => name.getText() !== 'this')
    const parameters = given.map((one) => this.#parameter(one, scope))
    return `${own}(${parameters.join()})${this.#wide(node.type, scope)}`
  }

  #parameter({ type, questionToken, dotDotDotToken }: ts.ParameterDeclaration, scope: Scope): string {
    const text = type !== undefined && this.#isTelling(type, scope) ? this.type(type, scope) : OUTSIDE
    return `${dotDotDotToken === undefined ? '' : '.'}${text}${questionToken === undefined ? '' : '?'}`
  }

  /** Whether somebody who infers learns from a parameter: a primitive, a type parameter, a function, a text. */
  #isTelling(type: ts.TypeNode, scope: Scope): boolean {
    return KEYWORDS.has(type.kind) || this.#holds(type, scope, new Set())
  }

  #holds(node: ts.Node, scope: Scope, seen: Set<string>): boolean {
    if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node) || node.kind === SyntaxKind.ThisType) return true
    if (ts.isLiteralTypeNode(node)) return ts.isStringLiteral(node.literal)
    if (ts.isTypeReferenceNode(node)) {
      const text = node.typeName.getText()
      if (scope.receiver.includes(text) || scope.own.includes(text)) return true
      const name = this.#fullName(text, node)
      if (!seen.has(name) && seen.size < 20) {
        seen.add(name)
        const alias = this.#libraries.aliases.get(name)
        if (alias !== undefined && this.#isOfFunctions(alias.type, seen)) return true
        const declarations = this.#libraries.types.get(name) ?? []
        if (declarations.some((one) => one.members.some((member) => ts.isCallSignatureDeclaration(member)))) return true
      }
    }
    return ts.forEachChild(node, (child) => this.#holds(child, scope, seen) || undefined) === true
  }

  #isOfFunctions(type: ts.TypeNode, seen: Set<string>): boolean {
    if (ts.isUnionTypeNode(type)) return type.types.some((one) => this.#isOfFunctions(one, seen))
    return !ts.isLiteralTypeNode(type) && this.#holds(type, NO_SCOPE, seen)
  }

  #reference(node: ts.TypeReferenceNode, scope: Scope): string {
    const text = node.typeName.getText()
    if (scope.hidden.has(text)) return UNKNOWN
    const own = scope.own.indexOf(text)
    if (own >= 0) return `$${own}`
    const receiver = scope.receiver.indexOf(text)
    if (receiver >= 0) return String(receiver)
    return this.#named(text, node, scope)
  }

  #named(text: string, node: ts.NodeWithTypeArguments, scope: Scope): string {
    const name = this.#fullName(text, node)
    const given = node.typeArguments ?? []
    if (this.#plain.has(name)) return OUTSIDE
    if (name === 'ThisType') return UNKNOWN
    const alias = given.length === 0 ? this.#libraries.aliases.get(name) : undefined
    if (alias !== undefined && isOfBrowser(alias)) {
      const text = this.#aliasOfBrowser(name, alias)
      if (!leadsOn(text)) return text.length === 1 ? text : OUTSIDE
    }
    const [first] = given
    if (name === 'Array' && first !== undefined) return `*${this.type(first, scope)}`
    return given.length === 0 ? name : `${name}<${given.map((one) => this.type(one, scope)).join()}>`
  }

  #aliasOfBrowser(name: string, { type }: ts.TypeAliasDeclaration): string {
    const known = this.#aliases.get(name)
    if (known !== undefined) return known
    // One that names itself says nothing more by that.
    this.#aliases.set(name, OUTSIDE)
    const text = this.#wide(type, NO_SCOPE)
    this.#aliases.set(name, text)
    return text
  }

  #fullName(text: string, node: ts.Node): string {
    const bare = text.replace(/^globalThis\./, '')
    const qualified = `${namespaceOf(node)}${bare}`
    return this.#libraries.types.has(qualified) || this.#libraries.aliases.has(qualified) ? qualified : bare
  }

  #element(node: ts.TypeNode | ts.NamedTupleMember, scope: Scope): string {
    if (ts.isRestTypeNode(node)) return `.${this.type(node.type, scope)}`
    if (ts.isOptionalTypeNode(node)) return this.type(node.type, scope)
    if (!ts.isNamedTupleMember(node)) return this.type(node, scope)
    return `${node.dotDotDotToken === undefined ? '' : '.'}${this.type(node.type, scope)}`
  }

  #several(sign: '|' | '&', types: readonly ts.TypeNode[], scope: Scope): string {
    const all = types.map((one) => this.type(one, scope))
    // A text that may be any other text is a text; nothing to be found in `null`.
    const texts = [...new Set(all)].filter((one) => one !== NOTHING && !(one.startsWith('"') && all.includes('s')))
    if (sign === '&') return texts.length === 1 ? (texts[0] ?? UNKNOWN) : `&(${texts.join()})`
    if (texts.length > 0 && texts.every((one) => one.startsWith('"')))
      return texts.length > 3 ? 's' : `|(${texts.join()})`
    return texts.length === 0 ? NOTHING : texts.length === 1 ? (texts[0] ?? NOTHING) : `|(${texts.join()})`
  }

  #operator(node: ts.TypeOperatorNode, scope: Scope): string {
    if (node.operator === SyntaxKind.UniqueKeyword) return 'y'
    if (node.operator === SyntaxKind.KeyOfKeyword) return `^${this.type(node.type, scope)}`
    const { type } = node
    return ts.isArrayTypeNode(type) ? `ReadonlyArray<${this.type(type.elementType, scope)}>` : this.type(type, scope)
  }

  #indexed({ objectType, indexType }: ts.IndexedAccessTypeNode, scope: Scope): string {
    const object = this.type(objectType, scope)
    if (scope.item !== undefined && indexType.getText() === scope.item.key && object === scope.item.over) return "'"
    if (object === OUTSIDE) return OUTSIDE
    const index = this.type(indexType, scope)
    return (index === `^${object}` ? this.#anyMember(object) : undefined) ?? `#(${object},${index})`
  }

  /** `X[keyof X]`, of an interface. */
  #anyMember(name: string): string | undefined {
    const members = (this.#libraries.types.get(name) ?? []).flatMap((one) => [...one.members])
    const types = members.flatMap((one) => typeOfProperty(one) ?? [])
    return types.length === 0 ? undefined : this.#several('|', types, NO_SCOPE)
  }

  /** `{ [P in keyof T]: … }`, and no other. */
  #mapped({ typeParameter, nameType, type }: ts.MappedTypeNode, scope: Scope): string {
    const { constraint } = typeParameter
    const isOfKeys =
      constraint !== undefined && ts.isTypeOperatorNode(constraint) && constraint.operator === SyntaxKind.KeyOfKeyword
    if (!isOfKeys || nameType !== undefined || scope.item !== undefined) return UNKNOWN
    const over = this.type(constraint.type, scope)
    const item = { key: typeParameter.name.text, over }
    return `~(${over},${this.type(type, { ...scope, item })})`
  }

  #query({ exprName }: ts.TypeQueryNode): string {
    const name = exprName.getText()
    if (name === 'globalThis') return name
    const value = this.#libraries.values.get(name)
    if (value?.kind !== 'variable') return OUTSIDE
    return ts.isTypeLiteralNode(value.type) ? `typeof.${name}` : this.type(value.type, NO_SCOPE)
  }
}

/** Whether a type, as it is written, leads to another type of the library, to a type parameter or to a function that is called back. */
export function leadsOn(text: string): boolean {
  const words = text.replace(/"[^"]*"/g, '')
  return /[A-Z*\d$@=]/.test(words) || words.indexOf('%', 1) > 0
}

/** The methods that take listeners, by what they are told of: `!Map`. */
function listenersRow(text: string, names: readonly string[]): string | undefined {
  const map = /^%<\^(\w+)>/.exec(text)?.[1]
  if (map === undefined || names.join() !== 'addEventListener,removeEventListener') return undefined
  const isUsual = text === `${listenersOf(map)}!`
  return isUsual ? `!${map}` : undefined
}

function listenersOf(map: string): string {
  return `%<^${map}>($0,%(#(${map},$0))_;,_?)u/(s,EventListenerOrEventListenerObject,_?)u;`
}

export function namesOf(parameters: readonly ts.TypeParameterDeclaration[] | undefined): string[] {
  return (parameters ?? []).map(({ name }) => name.text)
}

/** `[iterator]` for `[Symbol.iterator]`, `[]` and `[string]` for index signatures, `()` and `new` for what is called. */
function memberName(member: ts.TypeElement): string | undefined {
  if (ts.isCallSignatureDeclaration(member)) return '()'
  if (ts.isConstructSignatureDeclaration(member)) return 'new'
  if (ts.isIndexSignatureDeclaration(member)) {
    const kind = member.parameters[0]?.type?.kind
    return kind === SyntaxKind.NumberKeyword ? '[]' : kind === SyntaxKind.StringKeyword ? '[string]' : undefined
  }
  const { name } = member
  if (name === undefined || ts.isSetAccessor(member)) return undefined
  if (ts.isComputedPropertyName(name)) {
    const { expression } = name
    const isSymbol = ts.isPropertyAccessExpression(expression) && expression.expression.getText() === 'Symbol'
    return isSymbol ? `[${expression.name.text}]` : undefined
  }
  return /^[\w$-]+$/.test(name.text) ? name.text : undefined
}

function typeOfProperty(member: ts.TypeElement): ts.TypeNode | undefined {
  return ts.isPropertySignature(member) || ts.isGetAccessor(member) ? member.type : undefined
}

/** The compiler tries signatures with a text as a type before the others. */
function withLiteralsFirst(overloads: readonly Signature[]): Signature[] {
  const isSpecial = (one: Signature): boolean =>
    one.parameters.some(({ type }) => type !== undefined && ts.isLiteralTypeNode(type))
  return [...overloads.filter(isSpecial), ...overloads.filter((one) => !isSpecial(one))]
}

function literal(node: ts.LiteralTypeNode['literal']): string {
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) return 'b'
  if (node.kind === SyntaxKind.NullKeyword) return NOTHING
  if (!ts.isStringLiteral(node)) return 'n'
  return /^[\w$:/.#-]+$/.test(node.text) ? `"${node.text}"` : 's'
}

function push<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [item])
  else list.push(item)
}
