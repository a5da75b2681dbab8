/** The type guards in a condition: `x instanceof Y`, `x.kind === 'a'`, `isThat(x)`, and their combinations. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Maker } from './maker.ts'
import { textOf } from './names.ts'
import { Kind } from './records.ts'

const { SyntaxKind: K } = ts

/** A guard for an expression. */
export interface Fact {
  /** The expression as text: `x`, `x.parent`. */
  readonly key: string
  readonly node: ts.Node
  readonly make: () => number
  /** The position of its record; 0 if it has not been made yet. */
  record: number
}

export class GuardReader {
  readonly #maker: Maker
  /** The current nesting of alternatives. */
  #depth = 0

  constructor(maker: Maker) {
    this.#maker = maker
  }

  /** Adds the facts that follow from a condition. */
  add(given: ts.Expression, isTrue: boolean, facts: Fact[]): void {
    const pending: [ts.Expression, boolean][] = [[given, isTrue]]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [node, holds] = next
      if (ts.isParenthesizedExpression(node)) pending.push([node.expression, holds])
      else if (ts.isPrefixUnaryExpression(node)) {
        if (node.operator === K.ExclamationToken) pending.push([node.operand, !holds])
      } else if (ts.isBinaryExpression(node)) {
        const operator = node.operatorToken.kind
        const isBoth = operator === (holds ? K.AmpersandAmpersandToken : K.BarBarToken)
        const isEither = operator === (holds ? K.BarBarToken : K.AmpersandAmpersandToken)
        if (isBoth) pending.push([node.right, holds], [node.left, holds])
        else if (isEither) this.#addEither(node, holds, facts)
        else this.#addComparison(node, holds, facts)
      } else if (ts.isCallExpression(node)) this.addCall(node, holds, facts)
      else if (ts.isPropertyAccessExpression(node)) {
        const name = node.name.text
        this.#put(node.expression, facts, () =>
          this.#maker.heap.add(Kind.guardTruth, this.#maker.name(name), Number(holds)),
        )
      }
    }
  }

  /** Facts about a name that both sides of `a || b` test. */
  #addEither(given: ts.BinaryExpression, isTrue: boolean, facts: Fact[]): void {
    const sides: ts.Expression[] = []
    let node: ts.Expression = given
    for (; isAlike(node, given) && sides.length < MAX_SIDES; node = node.left) sides.unshift(node.right)
    if (isAlike(node, given) || this.#depth >= MAX_DEPTH) return
    this.#depth++
    const [first = [], ...others] = [node, ...sides].map((side) => {
      const own: Fact[] = []
      this.add(side, isTrue, own)
      return own
    })
    this.#depth--
    const seen = new Set<string>()
    for (const { key, node } of first) {
      if (seen.has(key)) continue
      seen.add(key)
      const lists = [first, ...others].map((list) => list.filter((one) => one.key === key))
      if (lists.some((list) => list.length === 0)) continue
      this.#put(node as ts.Expression, facts, () => {
        const { heap } = this.#maker
        return heap.add(Kind.guardEither, heap.list(lists.map((list) => heap.list(list.map((one) => one.make())))))
      })
    }
  }

  #addComparison(node: ts.BinaryExpression, holds: boolean, facts: Fact[]): void {
    const { left, operatorToken, right } = node
    const { heap } = this.#maker
    switch (operatorToken.kind) {
      case K.InstanceOfKeyword:
        this.#put(left, facts, () => heap.add(Kind.guardInstance, this.#maker.expressionOf(right), Number(holds)))
        break
      case K.InKeyword:
        if (ts.isStringLiteralLike(left)) {
          const name = left.text
          this.#put(right, facts, () => heap.add(Kind.guardIn, this.#maker.name(name), Number(holds)))
        }
        break
      case K.EqualsEqualsEqualsToken:
      case K.EqualsEqualsToken:
        this.addLiteral(left, [right], holds, facts)
        break
      case K.ExclamationEqualsEqualsToken:
      case K.ExclamationEqualsToken:
        this.addLiteral(left, [right], !holds, facts)
    }
  }

  /** `x.kind === 'a'`, and `typeof x === 'function'`. */
  addLiteral(left: ts.Expression, values: readonly ts.Expression[], holds: boolean, facts: Fact[]): void {
    const { heap } = this.#maker
    const [first] = values
    if (first === undefined) return
    if (ts.isTypeOfExpression(left)) {
      if (values.length === 1 && ts.isStringLiteralLike(first)) {
        const { text } = first
        this.#put(left.expression, facts, () => heap.add(Kind.guardTypeof, this.#maker.name(text), Number(holds)))
      }
      return
    }
    if (!ts.isPropertyAccessExpression(left) || !values.every(isLiteral)) return
    const name = left.name.text
    this.#put(left.expression, facts, () => {
      const literals = heap.list(values.map((one) => this.#maker.expressionOf(one)))
      return heap.add(Kind.guardLiteral, this.#maker.name(name), literals, Number(holds))
    })
  }

  /** Facts that follow from a call of a type predicate or an assertion. */
  addCall(node: ts.CallExpression, holds: boolean, facts: Fact[]): void {
    const { expression, arguments: given } = node
    const make = (index: number) => (): number =>
      this.#maker.heap.add(Kind.guardPredicate, this.#maker.expressionOf(node), index, Number(holds))
    for (const [index, one] of given.slice(0, MAX_ARGUMENTS).entries()) this.#put(one, facts, make(index + 1))
    if (ts.isPropertyAccessExpression(expression)) this.#put(expression.expression, facts, make(0))
  }

  #put(node: ts.Expression, facts: Fact[], make: () => number): void {
    const key = textOf(node)
    if (!key.includes('?')) facts.push({ key, node, make, record: 0 })
  }
}

/** The maximum number of operands of `a || b || …`, and the maximum nesting of alternatives. */
const MAX_SIDES = 12
const MAX_DEPTH = 3

/** Whether an expression has the same operator. */
function isAlike(node: ts.Expression, given: ts.BinaryExpression): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === given.operatorToken.kind
}

const MAX_ARGUMENTS = 4

function isLiteral(node: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === K.TrueKeyword ||
    node.kind === K.FalseKeyword ||
    ts.isPropertyAccessExpression(node)
  )
}
