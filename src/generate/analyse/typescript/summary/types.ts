/** Creates records of types. */

import { ts } from '#generate/analyse/compiler.mjs'
import { classOf, interfaceOf, memberOf } from './classes.ts'
import type { Maker } from './maker.ts'
import { typeParametersOf } from './parameters.ts'
import { Basic } from './record-values.ts'
import { Kind } from './records.ts'
import { Meaning } from './scopes.ts'

const { SyntaxKind: K } = ts

/** @returns 0 for no node. */
export function typeOf(maker: Maker, node: ts.TypeNode | undefined): number {
  return node === undefined ? 0 : maker.once(node, () => make(maker, node))
}

function make(maker: Maker, node: ts.TypeNode): number {
  const { heap } = maker
  switch (node.kind) {
    case K.TypeReference: {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode
      return heap.add(Kind.reference, maker.entityOf(typeName, Meaning.type), maker.typesOf(typeArguments))
    }
    case K.ExpressionWithTypeArguments: {
      const { expression, typeArguments } = node as ts.ExpressionWithTypeArguments
      return heap.add(Kind.reference, maker.entityOf(expression, Meaning.type), maker.typesOf(typeArguments))
    }
    case K.ParenthesizedType:
    case K.OptionalType:
    case K.NamedTupleMember:
    case K.JSDocNullableType:
    case K.JSDocNonNullableType:
    case K.JSDocOptionalType:
    case K.JSDocTypeExpression:
    case K.JSDocVariadicType:
      return maker.typeOf((node as ts.ParenthesizedTypeNode).type)
    case K.RestType:
      return heap.add(Kind.restType, maker.typeOf((node as ts.RestTypeNode).type))
    case K.TypeLiteral: {
      const { members } = node as ts.TypeLiteralNode
      return maker.later(node, Kind.typeLiteral, (at) =>
        maker.fill(at, [heap.list(members.map((one) => memberOf(maker, one)))]),
      )
    }
    case K.JSDocTypeLiteral:
      return heap.add(Kind.basic, Basic.any)
    case K.FunctionType:
    case K.JSDocFunctionType:
      return heap.add(Kind.functionType, maker.signatureOf(node as ts.FunctionTypeNode))
    case K.ConstructorType:
      return heap.add(Kind.constructorType, maker.signatureOf(node as ts.ConstructorTypeNode))
    case K.UnionType:
      return heap.add(Kind.union, maker.typesOf((node as ts.UnionTypeNode).types))
    case K.IntersectionType:
      return heap.add(Kind.intersection, maker.typesOf((node as ts.IntersectionTypeNode).types))
    case K.ArrayType:
      return heap.add(Kind.arrayType, maker.typeOf((node as ts.ArrayTypeNode).elementType))
    case K.TupleType:
      return heap.add(Kind.tuple, maker.typesOf((node as ts.TupleTypeNode).elements))
    case K.TypeOperator: {
      const { operator, type } = node as ts.TypeOperatorNode
      if (operator === K.ReadonlyKeyword) return maker.typeOf(type)
      return operator === K.KeyOfKeyword ? heap.add(Kind.keyOf, maker.typeOf(type)) : heap.add(Kind.basic, Basic.symbol)
    }
    case K.ThisType: {
      let at: ts.Node | undefined = node
      while (at !== undefined && !ts.isClassLike(at) && !ts.isInterfaceDeclaration(at)) at = at.parent
      if (at === undefined) return heap.add(Kind.basic, Basic.any)
      return heap.add(Kind.thisType, ts.isClassLike(at) ? classOf(maker, at) : interfaceOf(maker, at))
    }
    case K.TypeQuery: {
      const { exprName } = node as ts.TypeQueryNode
      if (ts.isImportTypeNode(exprName)) return maker.typeOf(exprName)
      return heap.add(Kind.typeQuery, maker.entityOf(exprName, Meaning.value))
    }
    case K.IndexedAccessType: {
      const { objectType, indexType } = node as ts.IndexedAccessTypeNode
      return heap.add(Kind.indexed, maker.typeOf(objectType), maker.typeOf(indexType))
    }
    case K.ConditionalType:
      return conditionalOf(maker, node as ts.ConditionalTypeNode)
    case K.InferType:
      return heap.add(Kind.reference, maker.entityOf((node as ts.InferTypeNode).typeParameter.name, Meaning.type), 0)
    case K.MappedType: {
      const { typeParameter, type } = node as ts.MappedTypeNode
      return heap.add(
        Kind.mapped,
        typeParametersOf(maker, [typeParameter]),
        maker.typeOf(typeParameter.constraint),
        maker.typeOf(type),
      )
    }
    case K.ImportType:
      return importTypeOf(maker, node as ts.ImportTypeNode)
    case K.LiteralType:
      return literalOf(maker, (node as ts.LiteralTypeNode).literal)
    case K.TypePredicate: {
      const { parameterName, type } = node as ts.TypePredicateNode
      const name = ts.isIdentifier(parameterName) ? maker.name(parameterName.text) : 0
      return heap.add(Kind.predicate, name, maker.typeOf(type))
    }
    default:
      return heap.add(Kind.basic, BASIC.get(node.kind) ?? Basic.any)
  }
}

const BASIC = new Map<ts.SyntaxKind, number>([
  [K.AnyKeyword, Basic.any],
  [K.JSDocAllType, Basic.any],
  [K.UnknownKeyword, Basic.unknown],
  [K.StringKeyword, Basic.string],
  [K.TemplateLiteralType, Basic.string],
  [K.NumberKeyword, Basic.number],
  [K.BooleanKeyword, Basic.boolean],
  [K.SymbolKeyword, Basic.symbol],
  [K.BigIntKeyword, Basic.bigint],
  [K.ObjectKeyword, Basic.object],
  [K.UndefinedKeyword, Basic.nothing],
  [K.VoidKeyword, Basic.nothing],
  [K.NeverKeyword, Basic.never],
])

function literalOf(maker: Maker, literal: ts.LiteralTypeNode['literal']): number {
  if (literal.kind === K.NullKeyword) return maker.heap.add(Kind.basic, Basic.nothing)
  return maker.expressionOf(literal)
}

/** Type parameters after `infer` are declared in the scope of the conditional type. */
function conditionalOf(maker: Maker, node: ts.ConditionalTypeNode): number {
  const { checkType, extendsType, trueType, falseType } = node
  const inferred = [...(maker.scopes.of.get(node)?.values() ?? [])].map((one) => maker.symbolOf(one))
  return maker.heap.add(
    Kind.conditional,
    maker.typeOf(checkType),
    maker.typeOf(extendsType),
    maker.typeOf(trueType),
    maker.typeOf(falseType),
    maker.heap.list(inferred),
  )
}

function importTypeOf(maker: Maker, { argument, qualifier, typeArguments, isTypeOf }: ts.ImportTypeNode): number {
  const literal = ts.isLiteralTypeNode(argument) ? argument.literal : undefined
  const specifier = literal !== undefined && ts.isStringLiteralLike(literal) ? literal.text : ''
  return maker.heap.add(
    Kind.importType,
    maker.name(specifier),
    qualifier === undefined ? 0 : chainOf(maker, qualifier),
    maker.typesOf(typeArguments),
    Number(isTypeOf),
  )
}

/** The names after `import('…').` as a chain of `qualified` records. */
export function chainOf(maker: Maker, name: ts.EntityName): number {
  const left = ts.isQualifiedName(name) ? chainOf(maker, name.left) : 0
  return maker.heap.add(Kind.qualified, left, maker.name(ts.isQualifiedName(name) ? name.right.text : name.text))
}
