/** Creates records of signatures. */

import { ts } from '#generate/analyse/compiler.mjs'
import { expectedBy } from './expected.ts'
import { writtenResult } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { nameOfParameter, parameterOf, typeParametersOf } from './parameters.ts'
import { Flag } from './record-values.ts'
import { Kind } from './records.ts'

const { SyntaxKind: K } = ts

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
      (body === undefined ? 0 : Flag.body) |
      (maker.isJavaScript ? Flag.javascript : 0)
    const isInner = node.kind === K.ArrowFunction || node.kind === K.FunctionExpression
    const isOfObject = parent !== undefined && ts.isObjectLiteralExpression(parent)
    const returned = result !== 0 || body === undefined ? [] : returnsOf(body)
    const yielded = result !== 0 || body === undefined || !isGenerator ? [] : yieldsOf(body)
    const [first] = parameters
    const isThis = first !== undefined && nameOfParameter(first) === 'this'
    maker.fill(at, [
      typeParametersOf(maker, typeParameters),
      maker.heap.list(parameters.map((one) => parameterOf(maker, one as ts.ParameterDeclaration))),
      result,
      maker.heap.list(returned.map((one) => maker.expressionOf(one))),
      flags,
      isInner || isOfObject ? expectedBy(maker, node) : 0,
      isThis ? maker.typeOf((first as ts.ParameterDeclaration).type) : 0,
      maker.heap.list(yielded.map((one) => maker.expressionOf(one))),
    ])
  })
}

/** The returned expressions of a body, without those of nested functions. */
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
