/** Creates records of classes, interfaces and members, including those of object types and object literals. */

import { ts } from '#generate/analyse/compiler.mjs'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { writtenType } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { plainName } from './names.ts'
import { parameterOf, typeParametersOf } from './parameters.ts'
import { Flag, Sort } from './record-values.ts'
import { Kind } from './records.ts'
import { type AssignedMember, Meaning } from './scopes.ts'

const { SyntaxKind: K } = ts

/** Limit on the members assigned to one symbol; a symbol with more is data. */
const MAX_ASSIGNED = 2_000

export function assignedMembers(maker: Maker, members: readonly AssignedMember[]): number[] {
  return members.slice(0, MAX_ASSIGNED).map(({ name, value, node, isPrototype, isWhole }) => {
    const inner = unwrap(value)
    const flags = (isPrototype ? Flag.prototype : 0) | Flag.javascript
    const component = maker.componentOf(node, inner)
    const sort = isWhole ? Sort.spread : Sort.property
    const type = ts.isBinaryExpression(node) ? writtenType(maker, node) : 0
    return maker.heap.add(Kind.member, component, maker.name(name), sort, flags, type, maker.expressionOf(inner))
  })
}

export function classOf(maker: Maker, node: ts.ClassLikeDeclaration): number {
  return maker.later(node, Kind.class, (at) => {
    const { heritageClauses, members, typeParameters, name } = node
    const base = heritageClauses?.find(({ token }) => token === K.ExtendsKeyword)?.types[0]
    const implemented = heritageClauses?.find(({ token }) => token === K.ImplementsKeyword)?.types
    const symbol = name === undefined ? undefined : maker.lookUp(name.text, node.parent, Meaning.type)
    const own = symbol?.nodes.includes(node) === true ? maker.symbolOf(symbol) : 0
    const parameters = members.flatMap((member) => (ts.isConstructorDeclaration(member) ? fieldsOf(maker, member) : []))
    const all = [...parameters, ...members.map((member) => memberOf(maker, member))]
    const given = maker.classMembers.get(node)
    const more = given === undefined ? [] : assignedMembers(maker, given)
    maker.fill(at, [
      maker.componentOf(node),
      maker.name(name?.text),
      typeParametersOf(maker, typeParameters),
      maker.expressionOf(base?.expression),
      maker.typesOf(base?.typeArguments),
      maker.typesOf(implemented),
      maker.heap.list([...all, ...more]),
      own,
    ])
  })
}

/** Parameter properties of a constructor. */
function fieldsOf(maker: Maker, node: ts.ConstructorDeclaration): number[] {
  return node.parameters.flatMap((one) => {
    if (!ts.isParameterPropertyDeclaration(one, node) || !ts.isIdentifier(one.name)) return []
    const name = maker.name(one.name.text)
    return maker.heap.add(Kind.member, maker.componentOf(one), name, Sort.parameter, 0, 0, parameterOf(maker, one))
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
      maker.typesOf(bases),
      maker.heap.list(node.members.map((member) => memberOf(maker, member))),
      symbol?.nodes.includes(node) === true ? maker.symbolOf(symbol) : 0,
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
      value = maker.expressionOf(node.expression)
    } else if (ts.isPropertyAssignment(node)) {
      inner = unwrap(node.initializer)
      value = maker.expressionOf(node.initializer)
    } else if (ts.isShorthandPropertyAssignment(node)) {
      flags |= Flag.const
      value = maker.expressionOf(node.name)
    } else if (ts.isPropertyDeclaration(node) || ts.isPropertySignature(node)) {
      type = writtenType(maker, node)
      inner = ts.isPropertyDeclaration(node) ? unwrap(node.initializer) : undefined
      value = ts.isPropertyDeclaration(node) ? maker.expressionOf(node.initializer) : 0
    } else if (ts.isFunctionLike(node)) {
      sort = SORTS.get(node.kind) ?? Sort.method
      value = maker.signatureOf(node)
    }
    const component = maker.componentOf(node, inner)
    const name = text ?? (node.name === undefined ? '' : '[]')
    maker.fill(at, [component, maker.name(name), sort, flags, type, value])
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
