/**
 * Finds the type guards that hold at an expression, from the conditions around and before it, such as an earlier
 * `if (!x.ok) return`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { isBoundary, leaves, statementsOf } from './control-flow.ts'
import { type Fact, GuardReader } from './guards.ts'
import type { Maker } from './maker.ts'
import { textOf } from './names.ts'
import { Reassignments } from './reassignments.ts'
import { Kind } from './records.ts'
import { type Binding, Meaning } from './scopes.ts'

const { SyntaxKind: K } = ts

/** The facts that hold at a node, innermost first. */
interface Chain {
  readonly facts: readonly Fact[]
  readonly next: Chain | undefined
}

/** Maximum number of chain links that are searched; a link is a condition, an assignment or an earlier `if`. */
const MAX_CHAIN = 40

export class Conditions {
  readonly #maker: Maker
  readonly #guards: GuardReader
  readonly #chains = new Map<ts.Node, Chain | null>()
  readonly #reassignments: Reassignments

  constructor(maker: Maker) {
    this.#maker = maker
    this.#guards = new GuardReader(maker)
    this.#reassignments = new Reassignments(maker.scopes, (node) => this.#bindingOf(node))
  }

  /** The record of the list of guards that hold for the expression `node`, or 0. */
  guardsOf(node: ts.Node): number {
    let chain = this.#chainAt(node)
    if (chain === undefined) return 0
    const key = textOf(node)
    const binding = this.#bindingOf(node)
    const found: number[] = []
    for (let count = 0; chain !== undefined && count < MAX_CHAIN; chain = chain.next, count++) {
      for (const fact of chain.facts) {
        if (fact.key !== key || this.#bindingOf(fact.node) !== binding) continue
        // An assignment ends this fact and all older ones.
        const assignment = assignmentTo(fact.node)
        const from = assignment?.end ?? fact.node.end
        if (this.#reassignments.endsGuard(key, binding, assignment ?? fact.node, from, node)) {
          if (assignment === undefined) continue
          return this.#maker.heap.list(found)
        }
        fact.record ||= fact.make()
        if (fact.record !== 0) found.push(fact.record)
        if (assignment !== undefined) return this.#maker.heap.list(found)
      }
    }
    return this.#maker.heap.list(found)
  }

  /** The binding of the first name in an expression, to distinguish shadowed names. */
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
      // The chains of all statements in a list are made together.
      const listed = this.#chains.get(one)
      if (listed === undefined) {
        const isConditional = mayBeConditional(one)
        const facts = isConditional ? this.#factsIn(one.parent, one) : NONE
        if (facts.length > 0) chain = { facts, next: chain }
        // Most names are requested once, but their ancestors are visited in many requests.
        if (isConditional || index > 0) this.#chains.set(one, chain ?? null)
      } else chain = listed ?? undefined
      const statements = statementsOf(one)
      if (statements !== undefined) {
        this.#chains.set(one, chain ?? null)
        const first = statements[0]
        const facts = ts.isCaseClause(one) && first !== undefined ? this.#factsIn(one, first) : NONE
        this.#chainStatements(statements, facts.length === 0 ? chain : { facts, next: chain })
      }
    }
    return chain
  }

  /** Each statement begins with the facts that hold after the ones before it. */
  #chainStatements(statements: readonly ts.Statement[], around: Chain | undefined): void {
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
      if (elseStatement === undefined && leaves(thenStatement)) this.#guards.add(expression, false, facts)
      return facts
    }
    if (!ts.isExpressionStatement(statement)) return NONE
    const { expression } = statement
    if (ts.isCallExpression(expression)) {
      const facts: Fact[] = []
      this.#guards.addCall(expression, true, facts)
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

  /** Facts that hold in `child` because of the condition in `parent`. */
  #factsIn(parent: ts.Node, child: ts.Node): readonly Fact[] {
    const facts: Fact[] = []
    switch (parent.kind) {
      case K.IfStatement: {
        const { expression, thenStatement } = parent as ts.IfStatement
        if (expression !== child) this.#guards.add(expression, thenStatement === child, facts)
        break
      }
      case K.ConditionalExpression: {
        const { condition, whenTrue } = parent as ts.ConditionalExpression
        if (condition !== child) this.#guards.add(condition, whenTrue === child, facts)
        break
      }
      case K.WhileStatement: {
        const { expression, statement } = parent as ts.WhileStatement
        if (statement === child) this.#guards.add(expression, true, facts)
        break
      }
      case K.BinaryExpression: {
        const { left, operatorToken, right } = parent as ts.BinaryExpression
        if (right !== child) break
        if (operatorToken.kind === K.AmpersandAmpersandToken) this.#guards.add(left, true, facts)
        else if (operatorToken.kind === K.BarBarToken) this.#guards.add(left, false, facts)
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
      if (before === undefined || leaves(before.statements.at(-1))) break
      // Any value may fall through from `default`.
      if (!ts.isCaseClause(before)) return
      own.push(before)
    }
    if (expression.kind === K.TrueKeyword) {
      if (own.length === 1) this.#guards.add(clause.expression, true, facts)
      return
    }
    this.#guards.addLiteral(
      expression,
      own.map((one) => one.expression),
      true,
      facts,
    )
  }
}

/** Whether facts may hold in a node because of the condition in its parent. */
function mayBeConditional(node: ts.Node): boolean {
  switch (node.parent?.kind) {
    case K.IfStatement:
    case K.ConditionalExpression:
    case K.WhileStatement:
    case K.BinaryExpression:
    case K.CaseClause:
      return !isBoundary(node)
    default:
      return false
  }
}

/** The assignment that `node` is the left side of. */
function assignmentTo({ parent, pos }: ts.Node): ts.BinaryExpression | undefined {
  const isLeft = ts.isBinaryExpression(parent) && parent.operatorToken.kind === K.EqualsToken && parent.left.pos === pos
  return isLeft ? parent : undefined
}

const NONE: readonly Fact[] = []
