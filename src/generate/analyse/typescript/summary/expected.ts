/**
 * Creates records of contextual types, from which the parameters of function expressions and the members of object
 * literals get their types.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { writtenType } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { plainName } from './names.ts'
import { Kind } from './records.ts'

const { SyntaxKind: K } = ts

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  K.EqualsToken,
  K.QuestionQuestionEqualsToken,
  K.BarBarEqualsToken,
  K.AmpersandAmpersandEqualsToken,
])

/** @returns An `expected…` record for the context of a node; 0 for none. */
export function expectedBy(maker: Maker, node: ts.Node): number {
  const { heap } = maker
  let child = node
  for (let { parent } = node; parent !== undefined; child = parent, { parent } = parent) {
    switch (parent.kind) {
      case K.ParenthesizedExpression:
      case K.NonNullExpression:
        continue
      case K.ConditionalExpression:
        if ((parent as ts.ConditionalExpression).condition === child) return 0
        continue
      case K.AsExpression:
      case K.TypeAssertionExpression: {
        const { type } = parent as ts.AsExpression
        if (ts.isConstTypeReference(type)) continue
        return heap.add(Kind.expectedType, maker.typeOf(type))
      }
      case K.SatisfiesExpression:
        return heap.add(Kind.expectedType, maker.typeOf((parent as ts.SatisfiesExpression).type))
      case K.VariableDeclaration:
      case K.PropertyDeclaration:
      case K.Parameter: {
        const type = writtenType(maker, parent as ts.VariableDeclaration)
        return type === 0 ? 0 : heap.add(Kind.expectedType, type)
      }
      case K.PropertyAssignment: {
        const name = plainName((parent as ts.PropertyAssignment).name)
        return name === undefined ? 0 : ofProperty(maker, parent.parent, name)
      }
      case K.ObjectLiteralExpression: {
        const { name } = child as ts.MethodDeclaration
        const text = name === undefined ? undefined : plainName(name)
        return text === undefined ? 0 : ofProperty(maker, parent, text)
      }
      case K.ArrowFunction:
        if ((parent as ts.ArrowFunction).body !== child) return 0
        return heap.add(Kind.expectedReturn, maker.signatureOf(parent as ts.ArrowFunction))
      case K.ReturnStatement: {
        const around = functionAround(parent)
        return around === undefined ? 0 : heap.add(Kind.expectedReturn, maker.signatureOf(around))
      }
      case K.BinaryExpression: {
        const { left, operatorToken, right } = parent as ts.BinaryExpression
        if (right !== child) {
          const isChoice = operatorToken.kind === K.BarBarToken || operatorToken.kind === K.QuestionQuestionToken
          if (isChoice) continue
          return 0
        }
        if (ASSIGNMENTS.has(operatorToken.kind))
          return ts.isIdentifier(left) || ts.isPropertyAccessExpression(left)
            ? heap.add(Kind.expectedAssigned, maker.expressionOf(left))
            : 0
        continue
      }
      case K.ArrayLiteralExpression: {
        const index = (parent as ts.ArrayLiteralExpression).elements.indexOf(child as ts.Expression)
        return heap.add(Kind.expectedElement, maker.expressionOf(parent), index)
      }
      case K.CallExpression:
      case K.NewExpression: {
        const args = (parent as ts.CallExpression).arguments
        const index = args?.indexOf(child as ts.Expression) ?? -1
        return index < 0 ? 0 : heap.add(Kind.expectedArgument, maker.expressionOf(parent), index)
      }
      case K.JsxExpression:
        return ofAttribute(maker, parent.parent)
      default:
        return 0
    }
  }
  return 0
}

function ofProperty(maker: Maker, object: ts.Node, name: string): number {
  return maker.heap.add(Kind.expectedProperty, maker.expressionOf(object), maker.name(name))
}

function ofAttribute(maker: Maker, node: ts.Node): number {
  if (!ts.isJsxAttribute(node)) return 0
  const { tagName } = node.parent.parent
  if (ts.isIdentifier(tagName) && /^[a-z]/.test(tagName.text)) return 0
  const name = ts.isIdentifier(node.name) ? node.name.text : ''
  return maker.heap.add(Kind.expectedAttribute, maker.expressionOf(tagName), maker.name(name))
}

function functionAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (ts.isFunctionLike(at)) return at
  return undefined
}
