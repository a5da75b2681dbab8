/** The rules for the nodes of a grammar: how its constructs affect whether code runs. */

import type { NeverReturning } from './never-returning.ts'

/** How a rule affects the evaluation of a child, or of the node itself. */
export interface Effect {
  /**
   * `branch` is one of several alternatives in its parent, `maybe` may be skipped independently, `none` simply runs,
   * `outside` is evaluated where the enclosing function is defined.
   */
  readonly is: 'none' | 'outside' | 'branch' | 'maybe' | 'loop' | 'failure' | 'deferred' | 'nested'
  /**
   * How the code before it decides whether it runs. `holds`: a condition that holds, or fails if it comes after `else`; `fails`: all
   * earlier conditions failed; `next`: the same, and its own first child holds; `operator`: the first operand; `matches`: a case;
   * `repeats`: the head of the loop; `passed`: the function it is passed to.
   */
  readonly when?: 'holds' | 'fails' | 'next' | 'operator' | 'matches' | 'repeats' | 'passed'
  /** Index of the child that is the condition, unless it is the code before; -1 for everything before. */
  readonly condition?: number
  /** Evaluated after its n-th ancestor, counting from the parent. */
  readonly late?: number
  /** Evaluated after the child with this index. */
  readonly after?: number
  /** Adjacent children form one block. */
  readonly joins?: boolean
  /** The block extends to the end of the node. */
  readonly reaches?: boolean
  /** Number of clauses between the child and the node to whose end the block extends; 0 by default. */
  readonly clauses?: number
  /** The block extends to the end of the chain of calls and members that starts with its parent. */
  readonly isChained?: boolean
  /** A deferred call, whose arguments are evaluated at once. */
  readonly isCall?: boolean
}

/** The construct that a jump leaves; the code in it after the jump runs conditionally. */
export type Leave = 'function' | 'closure' | 'loop' | 'breakable' | 'throw' | 'goto' | 'none'

export interface Rule {
  /** The effect on the node itself. */
  readonly self?: Effect
  /**
   * For its children, selected by field (`.body`), by kind, by index among those not selected before (`#0`), or all
   * others (`*`). The first match wins.
   */
  readonly children?: Readonly<Record<string, Effect>>
  /** `children` applies only if one of these operators is between the first two children; by default, always. */
  readonly operators?: ReadonlySet<string>
  /** Whether its children run one after the other. */
  readonly isSequence?: boolean
  /** `function` and `class` are declarations; `closure` is a function as a value. */
  readonly makes?: 'function' | 'closure' | 'class'
  /** Can be called before its declaration, so exits before it do not guard it. */
  readonly isHoisted?: boolean
  /** `start`: where a heredoc is evaluated; `text`: its text below. */
  readonly heredoc?: 'start' | 'text'
  /** The closure in it is its body, not another function. */
  readonly holdsBlock?: boolean
  readonly isLoop?: boolean
  /** Its body runs if the condition fails. */
  readonly isNegated?: boolean
  /** Its cases are matched against the value before them. */
  readonly isSwitch?: boolean
  /** A case that continues with the next one if nothing leaves it. */
  readonly fallsThrough?: boolean
  /** The children that are the pattern of a case; by default, those of certain fields and kinds. */
  readonly pattern?: 'first' | 'all but last'
  /** `break` ends it. */
  readonly isBreakable?: boolean
  /** Catches a `throw` in its body, if it has a handler. */
  readonly isTry?: boolean
  readonly leaves?: Leave
  /** A call, which may never return, or may be deferred. */
  readonly isCall?: boolean
  /** A statement; a call in it without a semicolon is a macro that controls the next statement. */
  readonly mayBeMacro?: boolean
  /** Has a label. */
  readonly isLabelled?: boolean
  /** A call or member access, which a `?.` before it may skip: `a?.b.c()` */
  readonly isLink?: boolean
  /** Leaves only as a statement of its own: a bare name may also be a variable or a part of an expression. */
  readonly isStatement?: boolean
}

export interface Grammar {
  readonly rules: Readonly<Record<string, Rule>>
  /** Calls that end the program or do not return; matched at the start of the call. */
  readonly exits?: RegExp
  readonly neverReturning?: NeverReturning | undefined
  /** Statements with several meanings; matched at their start. */
  readonly leaving?: readonly (readonly [RegExp, Leave])[]
  /** Matches a `break` or `continue` that names a label, or a number of loops, which it captures. */
  readonly jumps?: RegExp
  /** Matches functions that call their closure repeatedly. */
  readonly iterators?: RegExp
  /** Matches functions that call their closure once and immediately. */
  readonly immediate?: RegExp
  /** Matches the head of a case up to its arrow, if it matches any value. */
  readonly irrefutable?: RegExp
  /** Matches calls that return the closure they are given. */
  readonly makers?: RegExp
  /** A `return` in a closure returns from the enclosing function. */
  readonly returnsOutward?: boolean
  /** Matches functions that defer their closure. */
  readonly deferring?: RegExp
  /** Matches methods that call their value, such as `invoke`. */
  readonly runs?: RegExp
  /** `call` matches a warning call up to its message; `about`, a mention of deprecation in it. */
  readonly warns?: { readonly call: RegExp; readonly about: RegExp }
  /** Whether values are called only by such methods: `name()` calls something else. */
  readonly runsByMethod?: boolean
}
