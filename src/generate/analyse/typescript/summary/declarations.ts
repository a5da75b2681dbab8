/** Records of what declares a name, of members, and of functions. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from '#generate/analyse/typescript/declare-value.ts'
import { assignmentsOf } from '#generate/analyse/typescript/exports.ts'
import { expectedBy } from './expected.ts'
import { expressionOf } from './expressions.ts'
import { writtenResult, writtenType } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { plainName } from './names.ts'
import { Flag, Kind, Sort } from './records.ts'
import { type Binding, type GivenMember, Meaning } from './scopes.ts'
import { entityOf, typeOf, typesOf } from './types.ts'

const { SyntaxKind: K, NodeFlags } = ts

/** A name with more declarations or given members than these is data. */
const MAX_DECLARATIONS = 2_000

export function symbolOf(maker: Maker, binding: Binding): number {
  if (binding.record !== 0) return binding.record
  const at = maker.reserve(Kind.symbol)
  binding.record = at
  maker.heap.set(at, 1, maker.name(binding.name))
  maker.defer(() => {
    const declarations = binding.nodes.slice(0, MAX_DECLARATIONS).map((node) => declarationOf(maker, node, binding))
    maker.heap.set(at, 2, maker.heap.list(declarations.filter((one) => one !== 0)))
    maker.heap.set(at, 3, maker.heap.list(givenMembers(maker, binding.members)))
  })
  return at
}

function givenMembers(maker: Maker, members: readonly GivenMember[]): number[] {
  return members.slice(0, MAX_DECLARATIONS).map(({ name, value, node, isPrototype, isWhole }) => {
    const inner = unwrap(value)
    const flags = (isPrototype ? Flag.prototype : 0) | Flag.javascript
    const component = maker.componentOf(node, inner)
    const sort = isWhole ? Sort.spread : Sort.property
    const type = ts.isBinaryExpression(node) ? writtenType(maker, node) : 0
    return maker.heap.add(Kind.member, component, maker.name(name), sort, flags, type, expressionOf(maker, inner), 0)
  })
}

/** @returns 0 for what declares nothing that can be used. */
function declarationOf(maker: Maker, node: ts.Node, binding: Binding): number {
  const { heap } = maker
  switch (node.kind) {
    case K.FunctionDeclaration:
    case K.FunctionExpression:
      return maker.later(node, Kind.function, (at) =>
        maker.fill(at, [
          maker.componentOf(node),
          maker.name(binding.name),
          signatureOf(maker, node as ts.FunctionDeclaration),
          symbolOf(maker, binding),
        ]),
      )
    case K.ClassDeclaration:
    case K.ClassExpression:
      return classOf(maker, node as ts.ClassDeclaration)
    case K.InterfaceDeclaration:
      return interfaceOf(maker, node as ts.InterfaceDeclaration)
    case K.TypeAliasDeclaration: {
      const { typeParameters, type } = node as ts.TypeAliasDeclaration
      return maker.later(node, Kind.alias, (at) =>
        maker.fill(at, [
          maker.componentOf(node),
          maker.name(binding.name),
          typeParametersOf(maker, typeParameters),
          typeOf(maker, type),
        ]),
      )
    }
    case K.JSDocTypedefTag: {
      const { typeExpression } = node as ts.JSDocTypedefTag
      const type =
        typeExpression !== undefined && ts.isJSDocTypeExpression(typeExpression) ? typeExpression.type : undefined
      return maker.later(node, Kind.alias, (at) =>
        maker.fill(at, [0, maker.name(binding.name), 0, type === undefined ? 0 : typeOf(maker, type)]),
      )
    }
    case K.EnumDeclaration:
      return maker.later(node, Kind.enum, (at) => {
        const component = maker.componentOf(node)
        const members = (node as ts.EnumDeclaration).members.map((member) => {
          const name = maker.name(plainName(member.name))
          return heap.add(Kind.member, maker.componentOf(member) || component, name, Sort.enumMember, 0, 0, 0, 0)
        })
        maker.fill(at, [component, maker.name(binding.name), heap.list(members)])
      })
    case K.ModuleDeclaration:
      return maker.later(node, Kind.namespace, (at) =>
        maker.fill(at, [
          maker.componentOf(node),
          maker.name(binding.name),
          bodyOf(maker, node as ts.ModuleDeclaration),
          symbolOf(maker, binding),
        ]),
      )
    case K.VariableDeclaration:
      return maker.later(node, Kind.variable, (at) =>
        maker.fill(at, variableFields(maker, node as ts.VariableDeclaration, binding)),
      )
    case K.Parameter:
      return parameterOf(maker, node as ts.ParameterDeclaration)
    case K.BindingElement:
      return bindingOf(maker, node as ts.BindingElement)
    case K.TypeParameter:
      return typeParameterOf(maker, node as ts.TypeParameterDeclaration)
    case K.ImportClause:
      return importOf(maker, node, (node as ts.ImportClause).parent.moduleSpecifier, binding.name, 'default')
    case K.NamespaceImport:
      return importOf(maker, node, (node as ts.NamespaceImport).parent.parent.moduleSpecifier, binding.name, '*')
    case K.ImportSpecifier: {
      const { name, parent, propertyName = name } = node as ts.ImportSpecifier
      return importOf(maker, node, parent.parent.parent.moduleSpecifier, binding.name, propertyName.text)
    }
    case K.ImportEqualsDeclaration: {
      const { moduleReference } = node as ts.ImportEqualsDeclaration
      if (ts.isExternalModuleReference(moduleReference))
        return importOf(maker, node, moduleReference.expression, binding.name, 'export=')
      return maker.later(node, Kind.importAlias, (at) =>
        maker.fill(at, [0, maker.name(binding.name), entityOf(maker, moduleReference, Meaning.any)]),
      )
    }
    default:
      return 0
  }
}

/** The symbols of a namespace, those that it does not export included: who names them from outside is wrong in any case. */
function bodyOf(maker: Maker, { body }: ts.ModuleDeclaration): number {
  if (body === undefined) return 0
  if (ts.isModuleDeclaration(body)) {
    const binding = { name: body.name.text, nodes: [body], assigned: [], members: [], record: 0 }
    return maker.heap.list([symbolOf(maker, binding)])
  }
  return maker.heap.list([...(maker.scopes.of.get(body)?.values() ?? [])].map((one) => symbolOf(maker, one)))
}

function importOf(maker: Maker, node: ts.Node, specifier: ts.Node, name: string, imported: string): number {
  const text = ts.isStringLiteralLike(specifier) ? specifier.text : ''
  return maker.once(node, () =>
    maker.heap.add(Kind.import, 0, maker.name(name), maker.name(text), maker.name(imported)),
  )
}

function variableFields(maker: Maker, node: ts.VariableDeclaration, binding: Binding): number[] {
  const { parent, initializer } = node
  let flags = maker.isJavaScript ? Flag.javascript : 0
  let value = unwrap(assignmentsOf(initializer).value)
  // What `as` says counts.
  if (initializer !== undefined && (ts.isAsExpression(initializer) || ts.isTypeAssertionExpression(initializer)))
    value = initializer
  if (ts.isVariableDeclarationList(parent)) {
    if ((parent.flags & NodeFlags.Const) !== 0) flags |= Flag.const
    const loop = parent.parent
    if (ts.isForOfStatement(loop) && loop.initializer === parent) {
      flags |= Flag.forOf | (loop.awaitModifier === undefined ? 0 : Flag.awaited)
      value = loop.expression
    } else if (ts.isForInStatement(loop) && loop.initializer === parent) flags |= Flag.forIn
  } else flags |= Flag.caught
  const given = binding.assigned.slice(0, MAX_ASSIGNED).map((one) => expressionOf(maker, one))
  return [
    maker.componentOf(node),
    maker.name(binding.name),
    writtenType(maker, node),
    expressionOf(maker, value),
    flags,
    maker.heap.list(given),
  ]
}

const MAX_ASSIGNED = 20

export function parameterOf(maker: Maker, node: ts.ParameterDeclaration): number {
  return maker.later(node, Kind.parameter, (at) => {
    const { name, initializer, dotDotDotToken, questionToken, parent } = node
    const text = ts.isIdentifier(name) ? name.text : ''
    const isOptional = questionToken !== undefined || initializer !== undefined
    const flags =
      (dotDotDotToken === undefined ? 0 : Flag.rest) |
      (isOptional ? Flag.optional : 0) |
      (text === 'this' ? Flag.isThis : 0) |
      (maker.isJavaScript ? Flag.javascript : 0)
    const index = parent.parameters?.indexOf(node) ?? 0
    maker.fill(at, [
      maker.componentOf(node),
      maker.name(text),
      writtenType(maker, node),
      expressionOf(maker, initializer),
      flags,
      signatureOf(maker, parent),
      0,
      index,
    ])
  })
}

/** A part of what is taken apart. */
function bindingOf(maker: Maker, node: ts.BindingElement): number {
  return maker.later(node, Kind.binding, (at) => {
    const { parent, name, propertyName = name, dotDotDotToken, initializer } = node
    const isArray = ts.isArrayBindingPattern(parent)
    const holder = parent.parent
    const from = ts.isBindingElement(holder)
      ? bindingOf(maker, holder)
      : ts.isParameter(holder)
        ? parameterOf(maker, holder)
        : patternHolder(maker, holder)
    maker.fill(at, [
      maker.componentOf(node),
      ts.isIdentifier(name) ? maker.name(name.text) : 0,
      from,
      isArray ? 0 : maker.name(plainName(propertyName)),
      isArray ? parent.elements.indexOf(node) : 0,
      (isArray ? Flag.array : 0) | (dotDotDotToken === undefined ? 0 : Flag.rest),
      expressionOf(maker, initializer),
    ])
  })
}

function patternHolder(maker: Maker, node: ts.VariableDeclaration): number {
  const binding: Binding = { name: '', nodes: [node], assigned: [], members: [], record: 0 }
  return maker.later(node, Kind.variable, (at) => maker.fill(at, variableFields(maker, node, binding)))
}

export function typeParametersOf(maker: Maker, nodes: readonly ts.TypeParameterDeclaration[] | undefined): number {
  return maker.heap.list((nodes ?? []).map((node) => typeParameterOf(maker, node)))
}

function typeParameterOf(maker: Maker, node: ts.TypeParameterDeclaration): number {
  return maker.later(node, Kind.typeParameter, (at) => {
    const { name, constraint, default: fallback, parent } = node
    // What a mapped type goes over is not what its parameter is at least.
    const isMapped = parent !== undefined && ts.isMappedTypeNode(parent)
    maker.fill(at, [
      0,
      maker.name(name.text),
      isMapped ? 0 : typeOf(maker, constraint),
      typeOf(maker, fallback),
      Number(isMapped),
    ])
  })
}

export function classOf(maker: Maker, node: ts.ClassLikeDeclaration): number {
  return maker.later(node, Kind.class, (at) => {
    const { heritageClauses, members, typeParameters, name } = node
    const base = heritageClauses?.find(({ token }) => token === K.ExtendsKeyword)?.types[0]
    const implemented = heritageClauses?.find(({ token }) => token === K.ImplementsKeyword)?.types
    const symbol = name === undefined ? undefined : maker.lookUp(name.text, node.parent, Meaning.type)
    const own = symbol?.nodes.includes(node) === true ? symbolOf(maker, symbol) : 0
    const parameters = members.flatMap((member) => (ts.isConstructorDeclaration(member) ? fieldsOf(maker, member) : []))
    const all = [...parameters, ...members.map((member) => memberOf(maker, member))]
    const given = maker.classMembers.get(node)
    const more = given === undefined ? [] : givenMembers(maker, given)
    maker.fill(at, [
      maker.componentOf(node),
      maker.name(name?.text),
      typeParametersOf(maker, typeParameters),
      expressionOf(maker, base?.expression),
      typesOf(maker, base?.typeArguments),
      typesOf(maker, implemented),
      maker.heap.list([...all, ...more]),
      own,
      maker.isJavaScript ? Flag.javascript : 0,
    ])
  })
}

/** Parameters of a constructor that are fields, too. */
function fieldsOf(maker: Maker, node: ts.ConstructorDeclaration): number[] {
  return node.parameters.flatMap((one) => {
    if (!ts.isParameterPropertyDeclaration(one, node) || !ts.isIdentifier(one.name)) return []
    const name = maker.name(one.name.text)
    return maker.heap.add(Kind.member, maker.componentOf(one), name, Sort.parameter, 0, 0, parameterOf(maker, one), 0)
  })
}

export function interfaceOf(maker: Maker, node: ts.InterfaceDeclaration): number {
  return maker.later(node, Kind.interface, (at) => {
    const bases = node.heritageClauses?.flatMap(({ types }) => types)
    const symbol = maker.lookUp(node.name.text, node.parent, Meaning.type)
    maker.fill(at, [
      maker.componentOf(node),
      maker.name(node.name.text),
      typeParametersOf(maker, node.typeParameters),
      typesOf(maker, bases),
      maker.heap.list(node.members.map((member) => memberOf(maker, member))),
      symbol?.nodes.includes(node) === true ? symbolOf(maker, symbol) : 0,
    ])
  })
}

/** A member of a class, an interface, a type literal or an object. */
export function memberOf(maker: Maker, node: ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike): number {
  return maker.later(node, Kind.member, (at) => {
    const text = node.name === undefined ? undefined : plainName(node.name)
    const has = (kind: ts.SyntaxKind): boolean =>
      ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((one) => one.kind === kind) ?? false)
    const isOptional = 'questionToken' in node && node.questionToken !== undefined
    let flags = (has(K.StaticKeyword) ? Flag.static : 0) | (isOptional ? Flag.optional : 0)
    if (maker.isJavaScript) flags |= Flag.javascript
    let sort: number = Sort.property
    let type = 0
    let value = 0
    let inner: ts.Node | undefined
    if (ts.isSpreadAssignment(node)) {
      sort = Sort.spread
      value = expressionOf(maker, node.expression)
    } else if (ts.isPropertyAssignment(node)) {
      inner = unwrap(node.initializer)
      value = expressionOf(maker, node.initializer)
    } else if (ts.isShorthandPropertyAssignment(node)) {
      flags |= Flag.const
      value = expressionOf(maker, node.name)
    } else if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
      type = writtenType(maker, node)
      inner = ts.isPropertyDeclaration(node) ? unwrap(node.initializer) : undefined
      value = ts.isPropertyDeclaration(node) ? expressionOf(maker, node.initializer) : 0
    } else if (ts.isFunctionLike(node)) {
      sort = SORTS.get(node.kind) ?? Sort.method
      value = signatureOf(maker, node)
    }
    const component = maker.componentOf(node, inner)
    const name = text ?? (node.name === undefined ? '' : '[]')
    maker.fill(at, [component, maker.name(name), sort, flags, type, value, 0])
  })
}

const SORTS = new Map<ts.SyntaxKind, number>([
  [K.MethodDeclaration, Sort.method],
  [K.MethodSignature, Sort.method],
  [K.GetAccessor, Sort.getter],
  [K.SetAccessor, Sort.setter],
  [K.CallSignature, Sort.call],
  [K.ConstructSignature, Sort.construct],
  [K.IndexSignature, Sort.index],
  [K.Constructor, Sort.constructor],
])

export function signatureOf(maker: Maker, node: ts.SignatureDeclaration): number {
  return maker.later(node, Kind.signature, (at) => {
    const { parameters, typeParameters, parent } = node
    const body: ts.Node | undefined = 'body' in node ? node.body : undefined
    const result = writtenResult(maker, node)
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
    const isGenerator = 'asteriskToken' in node && node.asteriskToken !== undefined
    const flags =
      (modifiers.some(({ kind }) => kind === K.AsyncKeyword) ? Flag.async : 0) |
      (isGenerator ? Flag.generator : 0) |
      (node.kind === K.ArrowFunction ? Flag.arrow : 0) |
      (body === undefined ? 0 : Flag.body) |
      (maker.isJavaScript ? Flag.javascript : 0)
    const isInner = node.kind === K.ArrowFunction || node.kind === K.FunctionExpression
    const isOfObject = parent !== undefined && ts.isObjectLiteralExpression(parent)
    const returned = result !== 0 || body === undefined ? [] : returnsOf(body)
    const yielded = result !== 0 || body === undefined || !isGenerator ? [] : yieldsOf(body)
    const [first] = parameters
    const isThis = first !== undefined && ts.isIdentifier(first.name) && first.name.text === 'this'
    maker.fill(at, [
      typeParametersOf(maker, typeParameters),
      maker.heap.list(parameters.map((one) => parameterOf(maker, one as ts.ParameterDeclaration))),
      result,
      maker.heap.list(returned.map((one) => expressionOf(maker, one))),
      flags,
      isInner || isOfObject ? expectedBy(maker, node) : 0,
      isThis ? typeOf(maker, (first as ts.ParameterDeclaration).type) : 0,
      isOfObject ? expressionOf(maker, parent) : 0,
      maker.heap.list(yielded.map((one) => expressionOf(maker, one))),
    ])
  })
}

/** What stands after `return`; of an arrow its value. Functions in it are passed over. */
function returnsOf(body: ts.Node): ts.Node[] {
  if (!ts.isBlock(body)) return [body]
  const found: ts.Node[] = []
  const pending: ts.Node[] = [body]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isReturnStatement(next)) {
      if (next.expression !== undefined) found.push(next.expression)
      continue
    }
    if (ts.isFunctionLike(next) || ts.isClassLike(next)) continue
    ts.forEachChild(next, (child) => {
      if (!ts.isExpression(child)) pending.push(child)
    })
  }
  return found.sort((a, b) => a.pos - b.pos).slice(0, MAX_RETURNS)
}

const MAX_RETURNS = 50

function yieldsOf(body: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  const pending: ts.Node[] = [body]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isYieldExpression(next) && next.expression !== undefined && next.asteriskToken === undefined)
      found.push(next.expression)
    ts.forEachChild(next, (child) => {
      if (!ts.isFunctionLike(child) && !ts.isClassLike(child)) pending.push(child)
    })
  }
  return found.sort((a, b) => a.pos - b.pos).slice(0, MAX_RETURNS)
}
