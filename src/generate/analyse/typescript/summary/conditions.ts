/**
 * Collects type guards: conditions around or before an expression that narrow a name, such as `x instanceof Y`, `x.kind
 * === 'a'`, `isThat(x)` or an earlier `if (!x.ok) return`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { isBoundary, leaves, statementsOf } from './control-flow.ts'
import type { Maker } from './maker.ts'
import { textOf } from './names.ts'
import { Kind } from './records.ts'
import { type Binding, Meaning } from './scopes.ts'

const { SyntaxKind: K } = ts

/** One guard for a name. */
interface Fact {
  readonly key: string
  /** The expression, which begins with the name. */
  readonly node: ts.Node
  readonly make: () => number
  record: number
}

/** The facts that hold at a node, innermost first. */
interface Chain {
  readonly facts: readonly Fact[]
  readonly next: Chain | undefined
}

/** The maximum number of nested conditions. */
const MAX_CHAIN = 40

export class Conditions {
  readonly #maker: Maker
  readonly #chains = new Map<ts.Node, Chain | null>()
  /** The current nesting of alternatives. */
  #depth = 0

  constructor(maker: Maker) {
    this.#maker = maker
  }

  /** The list of guards for a name at a node; 0 for none. */
  guardsOf(node: ts.Node): number {
    let chain = this.#chainAt(node)
    if (chain === undefined) return 0
    const key = textOf(node)
    const binding = this.#bindingOf(node)
    const found: number[] = []
    for (let count = 0; chain !== undefined && count < MAX_CHAIN; chain = chain.next, count++) {
      for (const fact of chain.facts) {
        if (fact.key !== key || this.#bindingOf(fact.node) !== binding) continue
        fact.record ||= fact.make()
        if (fact.record !== 0) found.push(fact.record)
      }
    }
    return this.#maker.heap.list(found)
  }

  /** The binding of the first name in an expression, to tell shadowed names apart. */
  #bindingOf(node: ts.Node): Binding | undefined {
    let root = node
    while (ts.isPropertyAccessExpression(root) || ts.isParenthesizedExpression(root) || ts.isNonNullExpression(root))
      root = root.expression
    return ts.isIdentifier(root) ? this.#maker.lookUp(root.text, root, Meaning.value) : undefined
  }

  #chainAt(node: ts.Node): Chain | undefined {
    const path: ts.Node[] = []
    let chain: Chain | undefined
    let at: ts.Node | undefined = node
    for (; at !== undefined; at = at.parent) {
      const known = this.#chains.get(at)
      if (known !== undefined) {
        chain = known ?? undefined
        break
      }
      path.push(at)
      if (at.parent === undefined || isBoundary(at)) break
    }
    for (let index = path.length - 1; index >= 0; index--) {
      const one = path[index] as ts.Node
      // Statements of a list get their chains together.
      const listed = this.#chains.get(one)
      if (listed === undefined) {
        const parent = one.parent
        const isInner = parent !== undefined && !isBoundary(one)
        const facts = isInner ? this.#factsIn(parent, one) : NONE
        if (facts.length > 0) chain = { facts, next: chain }
        this.#chains.set(one, chain ?? null)
      } else chain = listed ?? undefined
      const statements = statementsOf(one)
      if (statements !== undefined) {
        const first = statements[0]
        const facts = ts.isCaseClause(one) && first !== undefined ? this.#factsIn(one, first) : NONE
        this.#enterList(statements, facts.length === 0 ? chain : { facts, next: chain })
      }
    }
    return chain
  }

  #enterList(statements: readonly ts.Statement[], around: Chain | undefined): void {
    let chain = around
    for (const statement of statements) {
      this.#chains.set(statement, chain ?? null)
      const facts = this.#factsAfter(statement)
      if (facts.length > 0) chain = { facts, next: chain }
    }
  }

  /** The facts that hold after a statement. */
  #factsAfter(statement: ts.Statement): readonly Fact[] {
    if (ts.isIfStatement(statement)) {
      const { expression, thenStatement, elseStatement } = statement
      const facts: Fact[] = []
      if (elseStatement === undefined && leaves(thenStatement)) this.#add(expression, false, facts)
      return facts
    }
    if (!ts.isExpressionStatement(statement)) return NONE
    const { expression } = statement
    if (ts.isCallExpression(expression)) {
      const facts: Fact[] = []
      this.#addCall(expression, true, facts)
      return facts
    }
    if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== K.EqualsToken) return NONE
    const key = textOf(expression.left)
    if (key.includes('?')) return NONE
    const value = expression.right
    return [
      {
        key,
        node: expression.left,
        record: 0,
        make: () => this.#maker.heap.add(Kind.guardAssigned, this.#maker.expressionOf(value)),
      },
    ]
  }

  /** The facts that a parent node implies for a child. */
  #factsIn(parent: ts.Node, child: ts.Node): readonly Fact[] {
    const facts: Fact[] = []
    switch (parent.kind) {
      case K.IfStatement: {
        const { expression, thenStatement } = parent as ts.IfStatement
        if (expression !== child) this.#add(expression, thenStatement === child, facts)
        break
      }
      case K.ConditionalExpression: {
        const { condition, whenTrue } = parent as ts.ConditionalExpression
        if (condition !== child) this.#add(condition, whenTrue === child, facts)
        break
      }
      case K.WhileStatement: {
        const { expression, statement } = parent as ts.WhileStatement
        if (statement === child) this.#add(expression, true, facts)
        break
      }
      case K.BinaryExpression: {
        const { left, operatorToken, right } = parent as ts.BinaryExpression
        if (right !== child) break
        if (operatorToken.kind === K.AmpersandAmpersandToken) this.#add(left, true, facts)
        else if (operatorToken.kind === K.BarBarToken) this.#add(left, false, facts)
        break
      }
      case K.CaseClause:
        if ((parent as ts.CaseClause).expression !== child) this.#addCase(parent as ts.CaseClause, facts)
    }
    return facts
  }

  #addCase(clause: ts.CaseClause, facts: Fact[]): void {
    const { clauses, parent } = clause.parent
    const { expression } = parent
    const own = [clause]
    for (let index = clauses.indexOf(clause) - 1; index >= 0; index--) {
      const before = clauses[index]
      if (before === undefined || !ts.isCaseClause(before) || before.statements.length > 0) break
      own.push(before)
    }
    if (expression.kind === K.TrueKeyword) {
      if (own.length === 1) this.#add(clause.expression, true, facts)
      return
    }
    this.#addLiteral(
      expression,
      own.map((one) => one.expression),
      true,
      facts,
    )
  }

  #add(given: ts.Expression, isTrue: boolean, facts: Fact[]): void {
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
      } else if (ts.isCallExpression(node)) this.#addCall(node, holds, facts)
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
      this.#add(side, isTrue, own)
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
        this.#addLiteral(left, [right], holds, facts)
        break
      case K.ExclamationEqualsEqualsToken:
      case K.ExclamationEqualsToken:
        this.#addLiteral(left, [right], !holds, facts)
    }
  }

  /** `x.kind === 'a'`, and `typeof x === 'function'`. */
  #addLiteral(left: ts.Expression, values: readonly ts.Expression[], holds: boolean, facts: Fact[]): void {
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
      return heap.add(Kind.guardLiteral, this.#maker.name(name), literals, 0, Number(holds))
    })
  }

  #addCall(node: ts.CallExpression, holds: boolean, facts: Fact[]): void {
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

const NONE: readonly Fact[] = []
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
