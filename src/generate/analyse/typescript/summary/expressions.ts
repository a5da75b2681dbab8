/** Creates records of the expressions that the linker needs to evaluate types; others are `unknownValue`. */

import { ts } from '#generate/analyse/compiler.mjs'
import { isModuleExports } from '#generate/analyse/typescript/exports.ts'
import { specifierOfRequire } from '#generate/analyse/typescript/require-calls.ts'
import { classOf, memberOf } from './classes.ts'
import { nameOf } from './entities.ts'
import { expectedBy } from './expected.ts'
import type { Maker } from './maker.ts'
import { Basic } from './record-values.ts'
import { Kind } from './records.ts'
import { Meaning } from './scopes.ts'
import { thisContainer, thisOf } from './this.ts'

const { SyntaxKind: K } = ts

/** @returns 0 for no node. */
export function expressionOf(maker: Maker, given: ts.Node | undefined): number {
  let node = given
  while (
    node !== undefined &&
    (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node))
  ) {
    node = node.expression
  }
  if (node === undefined) return 0
  const one = node
  return maker.once(one, () => make(maker, one))
}

function expressionsOf(maker: Maker, nodes: readonly ts.Node[] | undefined): number {
  return maker.heap.list((nodes ?? []).map((node) => maker.expressionOf(node)))
}

function make(maker: Maker, node: ts.Node): number {
  const { heap } = maker
  switch (node.kind) {
    case K.Identifier:
      return nameOf(maker, node as ts.Identifier, Meaning.value)
    case K.PropertyAccessExpression: {
      const { expression, name } = node as ts.PropertyAccessExpression
      if (isModuleExports(node as ts.Expression) && isFree(maker, 'module', node)) return heap.add(Kind.moduleExports)
      const guards = maker.conditions?.guardsOf(node) ?? 0
      return heap.add(Kind.access, maker.expressionOf(expression), maker.name(name.text), guards, 0)
    }
    case K.ElementAccessExpression: {
      const { expression, argumentExpression: key } = node as ts.ElementAccessExpression
      const object = maker.expressionOf(expression)
      if (ts.isStringLiteralLike(key)) return heap.add(Kind.access, object, maker.name(key.text), 0, 0)
      if (ts.isPropertyAccessExpression(key) || (ts.isIdentifier(key) && mayBeSymbol(maker, key)))
        return heap.add(Kind.access, object, maker.name(`[${key.getText(maker.tree)}]`), 0, 1)
      return heap.add(Kind.element, object, maker.expressionOf(key))
    }
    case K.CallExpression:
      return callOf(maker, node as ts.CallExpression)
    case K.NewExpression:
      return invocationOf(maker, node as ts.NewExpression, Kind.construct)
    case K.TaggedTemplateExpression: {
      const { tag, template, typeArguments } = node as ts.TaggedTemplateExpression
      const given = ts.isTemplateExpression(template) ? template.templateSpans.map(({ expression }) => expression) : []
      const strings = heap.add(Kind.unknownValue)
      const all = heap.list([strings, ...given.map((one) => maker.expressionOf(one))])
      return heap.add(Kind.call, maker.expressionOf(tag), all, maker.typesOf(typeArguments), 0)
    }
    case K.AwaitExpression:
      return heap.add(Kind.await, maker.expressionOf((node as ts.AwaitExpression).expression))
    case K.ThisKeyword:
      return thisOf(maker, node)
    case K.SuperKeyword: {
      const own = thisContainer(node)
      return own === undefined
        ? heap.add(Kind.unknownValue)
        : heap.add(Kind.super, classOf(maker, own.node), own.isStatic)
    }
    case K.ObjectLiteralExpression: {
      const { properties } = node as ts.ObjectLiteralExpression
      return maker.later(node, Kind.object, (at) => {
        const members = heap.list(properties.map((one) => memberOf(maker, one)))
        maker.fill(at, [members, expectedBy(maker, node)])
      })
    }
    case K.ArrayLiteralExpression: {
      const { elements, parent } = node as ts.ArrayLiteralExpression
      const at = maker.reserve(Kind.array)
      maker.once(node, () => at)
      const isConst = ts.isAsExpression(parent) && ts.isConstTypeReference(parent.type)
      maker.fill(at, [expressionsOf(maker, elements), expectedBy(maker, node), Number(isConst)])
      return at
    }
    case K.SpreadElement:
      return heap.add(Kind.spread, maker.expressionOf((node as ts.SpreadElement).expression))
    case K.ArrowFunction:
    case K.FunctionExpression:
      return heap.add(Kind.lambda, maker.signatureOf(node as ts.FunctionExpression), maker.componentOf(node))
    case K.ClassExpression:
      return heap.add(Kind.classValue, classOf(maker, node as ts.ClassExpression))
    case K.ConditionalExpression: {
      const { whenTrue, whenFalse } = node as ts.ConditionalExpression
      return heap.add(Kind.either, maker.expressionOf(whenTrue), maker.expressionOf(whenFalse))
    }
    case K.BinaryExpression:
      return binaryOf(maker, node as ts.BinaryExpression)
    case K.AsExpression:
    case K.TypeAssertionExpression: {
      const { type, expression } = node as ts.AsExpression
      return ts.isConstTypeReference(type) ? maker.expressionOf(expression) : heap.add(Kind.cast, maker.typeOf(type))
    }
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return heap.add(Kind.literal, Basic.string, maker.name((node as ts.StringLiteral).text.slice(0, MAX_LITERAL)))
    case K.NumericLiteral:
      return heap.add(Kind.literal, Basic.number, maker.name((node as ts.NumericLiteral).text.slice(0, MAX_LITERAL)))
    case K.BigIntLiteral:
      return heap.add(Kind.literal, Basic.bigint, 0)
    case K.TemplateExpression:
    case K.TypeOfExpression:
      return heap.add(Kind.literal, Basic.string, 0)
    case K.RegularExpressionLiteral:
      return heap.add(Kind.literal, Basic.regexp, 0)
    case K.TrueKeyword:
      return heap.add(Kind.literal, Basic.true, 0)
    case K.FalseKeyword:
      return heap.add(Kind.literal, Basic.false, 0)
    case K.PrefixUnaryExpression: {
      const isNot = (node as ts.PrefixUnaryExpression).operator === K.ExclamationToken
      return heap.add(Kind.literal, isNot ? Basic.boolean : Basic.number, 0)
    }
    case K.PostfixUnaryExpression:
      return heap.add(Kind.literal, Basic.number, 0)
    case K.DeleteExpression:
      return heap.add(Kind.literal, Basic.boolean, 0)
    case K.NullKeyword:
    case K.VoidExpression:
      return heap.add(Kind.nothing)
    case K.JsxElement:
    case K.JsxSelfClosingElement:
    case K.JsxFragment:
      return heap.add(Kind.platform)
    case K.MetaProperty: {
      const meta = heap.add(Kind.name, maker.name('ImportMeta'), 0, 0)
      return heap.add(Kind.cast, heap.add(Kind.reference, meta, 0))
    }
    case K.ExpressionWithTypeArguments:
      return maker.expressionOf((node as ts.ExpressionWithTypeArguments).expression)
    default:
      return heap.add(Kind.unknownValue)
  }
}

const MAX_LITERAL = 200

/**
 * Whether a computed key may be a unique symbol. A parameter, or a constant that is initialised with another name, may
 * be any key.
 */
function mayBeSymbol(maker: Maker, key: ts.Identifier): boolean {
  const [node] = maker.lookUp(key.text, key, Meaning.value)?.nodes ?? []
  if (node === undefined) return true
  if (ts.isParameter(node)) return false
  if (ts.isVariableDeclaration(node)) {
    const { initializer } = node
    return initializer === undefined || !(ts.isIdentifier(initializer) || ts.isPropertyAccessExpression(initializer))
  }
  if (!ts.isBindingElement(node)) return true
  const holder = node.parent.parent
  return (
    ts.isVariableDeclaration(holder) &&
    holder.initializer !== undefined &&
    specifierOfRequire(holder.initializer) !== undefined
  )
}

function isFree(maker: Maker, name: string, node: ts.Node): boolean {
  return maker.lookUp(name, node, Meaning.value) === undefined
}

function callOf(maker: Maker, node: ts.CallExpression): number {
  const { heap } = maker
  const { expression, arguments: given } = node
  const required = specifierOfRequire(node)
  if (required !== undefined) return heap.add(Kind.require, maker.name(required))
  if (expression.kind === K.ImportKeyword) {
    const [specifier] = given
    const text = specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : ''
    return heap.add(Kind.importCall, maker.name(text))
  }
  return invocationOf(maker, node, Kind.call)
}

/** A call or `new` expression. */
function invocationOf(maker: Maker, node: ts.CallExpression | ts.NewExpression, kind: Kind): number {
  const at = maker.reserve(kind)
  maker.once(node, () => at)
  maker.fill(at, [
    maker.expressionOf(node.expression),
    expressionsOf(maker, node.arguments),
    maker.typesOf(node.typeArguments),
    expectedBy(maker, node),
  ])
  return at
}

function binaryOf(maker: Maker, node: ts.BinaryExpression): number {
  const { heap } = maker
  const { left, operatorToken, right } = node
  switch (operatorToken.kind) {
    case K.AmpersandAmpersandToken:
    case K.EqualsToken:
    case K.CommaToken:
    case K.AmpersandAmpersandEqualsToken:
      return maker.expressionOf(right)
    case K.BarBarToken:
    case K.QuestionQuestionToken:
    case K.BarBarEqualsToken:
    case K.QuestionQuestionEqualsToken:
      return heap.add(Kind.orElse, maker.expressionOf(left), maker.expressionOf(right))
    case K.EqualsEqualsEqualsToken:
    case K.EqualsEqualsToken:
    case K.ExclamationEqualsEqualsToken:
    case K.ExclamationEqualsToken:
    case K.InstanceOfKeyword:
    case K.InKeyword:
    case K.LessThanToken:
    case K.GreaterThanToken:
    case K.LessThanEqualsToken:
    case K.GreaterThanEqualsToken:
      return heap.add(Kind.literal, Basic.boolean, 0)
    case K.PlusToken:
      return heap.add(Kind.literal, isText(left) || isText(right) ? Basic.string : Basic.number, 0)
    default:
      return heap.add(Kind.literal, Basic.number, 0)
  }
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}
