/** Creates records of symbols and their declarations. */

import { ts } from '#generate/analyse/compiler.mjs'
import { assignmentsOf, readExports } from '#generate/analyse/typescript/exports.ts'
import { unwrap } from '#generate/analyse/typescript/expressions.ts'
import { assignedMembers, classOf, interfaceOf } from './classes.ts'
import { writtenType } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { plainName } from './names.ts'
import { parameterOf, typeParameterOf, typeParametersOf } from './parameters.ts'
import { Field } from './record-fields.ts'
import { Flag, Sort } from './record-values.ts'
import { Kind } from './records.ts'
import { type Binding, Meaning } from './scopes.ts'

const { SyntaxKind: K, NodeFlags } = ts

/** Limit on the declarations of a name. A name with more is in generated code, and the rest is ignored. */
const MAX_DECLARATIONS = 2_000

/** @returns The position of the record, which may still be empty; it is filled when the maker finishes. */
export function symbolOf(maker: Maker, binding: Binding): number {
  if (binding.record !== 0) return binding.record
  const at = maker.reserve(Kind.symbol)
  binding.record = at
  maker.heap.set(at, Field.symbol.name, maker.name(binding.name))
  maker.defer(() => {
    const declarations = binding.nodes
      .slice(0, MAX_DECLARATIONS)
      .map((node) => declarationOf(maker, node, binding.local ?? binding))
    maker.heap.set(at, Field.symbol.declarations, maker.heap.list(declarations.filter((one) => one !== 0)))
    maker.heap.set(at, Field.symbol.assigned, maker.heap.list(assignedMembers(maker, binding.members)))
  })
  return at
}

/** @returns 0 for declarations that cannot be used. */
function declarationOf(maker: Maker, node: ts.Node, binding: Binding): number {
  const { heap } = maker
  switch (node.kind) {
    case K.FunctionDeclaration:
    case K.FunctionExpression:
      return maker.later(node, Kind.function, (at) =>
        maker.fill(at, [
          maker.componentOf(node),
          maker.name(binding.name),
          maker.signatureOf(node as ts.FunctionDeclaration),
          maker.symbolOf(binding),
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
          maker.typeOf(type),
        ]),
      )
    }
    case K.JSDocTypedefTag: {
      const { typeExpression } = node as ts.JSDocTypedefTag
      const type =
        typeExpression !== undefined && ts.isJSDocTypeExpression(typeExpression) ? typeExpression.type : undefined
      return maker.later(node, Kind.alias, (at) =>
        maker.fill(at, [0, maker.name(binding.name), 0, type === undefined ? 0 : maker.typeOf(type)]),
      )
    }
    case K.EnumDeclaration:
      return maker.later(node, Kind.enum, (at) => {
        const component = maker.componentOf(node)
        const members = (node as ts.EnumDeclaration).members.map((member) => {
          const name = maker.name(plainName(member.name))
          return heap.add(Kind.member, maker.componentOf(member) || component, name, Sort.enumMember, 0, 0, 0)
        })
        maker.fill(at, [component, maker.name(binding.name), heap.list(members)])
      })
    case K.ModuleDeclaration:
      return maker.later(node, Kind.namespace, (at) =>
        maker.fill(at, [
          maker.componentOf(node),
          maker.name(binding.name),
          bodyOf(maker, node as ts.ModuleDeclaration),
          maker.symbolOf(binding),
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
        maker.fill(at, [0, maker.name(binding.name), maker.entityOf(moduleReference, Meaning.any)]),
      )
    }
    default:
      return 0
  }
}

/**
 * The symbols of a namespace. Without a statement of exports, also those that it does not export: valid code never refers
 * to them from outside.
 */
function bodyOf(maker: Maker, { body }: ts.ModuleDeclaration): number {
  if (body === undefined) return 0
  if (ts.isModuleDeclaration(body)) {
    return maker.heap.list([maker.symbolOf(syntheticBinding(body.name.text, body))])
  }
  const all = [...(maker.scopes.of.get(body)?.values() ?? [])]
  if (!ts.isModuleBlock(body) || !body.statements.some(ts.isExportDeclaration))
    return maker.heap.list(all.map((one) => maker.symbolOf(one)))
  const named = new Set(readExports(body).values())
  const isExported = (node: ts.Node): boolean =>
    (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Export) !== 0
  const exported = all.filter(({ name, nodes }) => named.has(name) || nodes.some(isExported))
  return maker.heap.list(exported.map((one) => maker.symbolOf(one)))
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
  // A type assertion overrides the type of the value.
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
  const given = binding.assigned.slice(0, MAX_ASSIGNED).map((one) => maker.expressionOf(one))
  return [
    maker.componentOf(node),
    maker.name(binding.name),
    writtenType(maker, node),
    maker.expressionOf(value),
    flags,
    maker.heap.list(given),
  ]
}

/** Limit on the values assigned to a variable later that are recorded. */
const MAX_ASSIGNED = 20

/** A binding element of a destructuring pattern. */
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
      maker.expressionOf(initializer),
    ])
  })
}

function patternHolder(maker: Maker, node: ts.VariableDeclaration): number {
  const binding = syntheticBinding('', node)
  return maker.later(node, Kind.variable, (at) => maker.fill(at, variableFields(maker, node, binding)))
}

/** A binding that is in no scope. */
const syntheticBinding = (name: string, node: ts.Node): Binding => ({
  name,
  nodes: [node],
  assigned: [],
  members: [],
  record: 0,
})
