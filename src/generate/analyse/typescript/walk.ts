/**
 * Walks a tree in order of evaluation and tracks the current component and region. Pending work is in an explicit
 * stack, so deep nesting does not overflow the call stack.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { InnermostStatements } from '#generate/innermost-statements.ts'
import { EarlyExits, type Exit } from './early-exits.ts'
import { type Region, type RegionHead, regionIn } from './regions.ts'
import { isUse } from './site-syntax.ts'

/** The current position of a walk. */
export interface At {
  /** The innermost component, else the file. */
  readonly owner: string
  readonly region: Region | undefined
}

/** An optional chain: everything after its first `?.` may be skipped. */
interface Chain {
  /** The region around the chain. */
  readonly around: Region | undefined
}

type PendingTask = At &
  (
    | { readonly task: 'visit'; readonly node: ts.Node; readonly chain: Chain | undefined }
    | { readonly task: 'act'; readonly act: (at: At) => void }
    | {
        readonly task: 'list'
        readonly list: readonly ts.Statement[]
        readonly next: number
        readonly isGuarded: boolean
      }
  )

export class Walk implements At {
  owner: string
  region: Region | undefined
  readonly leaving = new EarlyExits()
  /** The regions of named nested functions and classes. */
  readonly named: Region[] = []
  readonly #statements: ts.Statement[] = []
  readonly #pending: PendingTask[] = []
  readonly #owners: ReadonlyMap<ts.Node, string>
  readonly #broken: ReadonlyMap<ts.Node, Region>
  #chain: Chain | undefined

  /** @param broken - The region of each statement and component in which the syntax is broken. */
  constructor(path: string, owners: ReadonlyMap<ts.Node, string>, broken: ReadonlyMap<ts.Node, Region>) {
    this.owner = path
    this.#owners = owners
    this.#broken = broken
  }

  /** @param visit - Calls `follow…` for the children to visit. Nodes that `visit` does not follow are skipped. */
  run(tree: ts.SourceFile, visit: (node: ts.Node) => void): void {
    this.follow(tree)
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      this.owner = next.owner
      this.region = next.region
      const from = this.#pending.length
      if (next.task === 'visit') {
        const { node } = next
        const own = this.#owners.get(node)
        if (own !== undefined) {
          this.owner = own
          this.region = undefined
        }
        if (this.#broken.size > 0) this.region = this.#broken.get(node) ?? this.region
        this.#chain = next.chain
        visit(node)
      } else if (next.task === 'act') next.act(next)
      else this.#followNext(next)
      // Reverse what was pushed, so that it is popped in the order in which it was pushed.
      for (let low = from, high = this.#pending.length - 1; low < high; low++, high--) {
        const one = this.#pending[low] as PendingTask
        this.#pending[low] = this.#pending[high] as PendingTask
        this.#pending[high] = one
      }
    }
  }

  /** The visited statements, in the form of `FileUses`. */
  statements(tree: ts.SourceFile): readonly number[] {
    const found = new InnermostStatements()
    for (const one of this.#statements.sort((a, b) => a.pos - b.pos || b.end - a.end))
      found.add(one.getStart(tree), one.end, ts.isExpressionStatement(one) && ts.isCallExpression(one.expression))
    return found.rows
  }

  isOwner(node: ts.Node): boolean {
    return this.#owners.has(node)
  }

  readonly follow = (node: ts.Node | undefined): void => {
    this.followIn(this.region, node)
  }

  followAll(nodes: readonly ts.Node[] | undefined): void {
    nodes?.forEach(this.follow)
  }

  followIn(region: Region | undefined, node: ts.Node | undefined): void {
    if (node !== undefined && !isSilent(node))
      this.#pending.push({ task: 'visit', node, owner: this.owner, region, chain: undefined })
  }

  followChildren(node: ts.Node): void {
    ts.forEachChild(node, this.follow)
  }

  /** Follow a list of statements; those after a statement that may leave the list are guarded. */
  followList(list: readonly ts.Statement[], region = this.region): void {
    if (list.length === 0) return
    this.#pending.push({ task: 'list', list, next: 0, isGuarded: false, owner: this.owner, region })
  }

  /** The region of a function or class that is only created here. */
  nestedIn(node: ts.Node, name: string, heads: readonly RegionHead[] = []): Region {
    const region = regionIn(this.region, 'nested', node, node, heads)
    // Passing a class by its name does not call it.
    if (name !== '' && !ts.isClassLike(node) && region.kind === 'nested' && region.name === undefined) {
      region.name = name
      this.named.push(region)
    }
    return region
  }

  /** Runs `act` after all nodes followed so far. */
  afterwards(act: (at: At) => void): void {
    this.#pending.push({ task: 'act', act, owner: this.owner, region: this.region })
  }

  /** Runs `follow` for the parts of a construct that statements inside may exit. */
  within(exit: Exit, follow: () => void, label = ''): void {
    this.afterwards(() => this.leaving.enter(exit, label))
    follow()
    this.afterwards(() => this.leaving.exit())
  }

  /** Enter the region of an optional chain if the node is the end of one. */
  enterChain(node: ts.Node): void {
    if ((node.flags & ts.NodeFlags.OptionalChain) === 0) this.#chain = undefined
    else if (this.#chain === undefined) {
      this.#chain = { around: this.region }
      this.region = regionIn(this.region, 'branch', node)
    }
  }

  /** Follow the left side of a link in a chain. */
  followLeft(node: ts.Node): void {
    const chain = this.#chain
    if (chain === undefined) this.follow(node)
    else if ((node.flags & ts.NodeFlags.OptionalChain) === 0) this.followIn(chain.around, node)
    else this.#pending.push({ task: 'visit', node, owner: this.owner, region: this.region, chain })
  }

  #followNext(task: Extract<PendingTask, { task: 'list' }>): void {
    const { list, next, owner } = task
    let { isGuarded, region } = task
    const statement = list[next]
    if (next === 0) this.leaving.openList(region)
    if (statement === undefined) {
      this.leaving.closeList()
      return
    }
    // A function can be called before its declaration.
    const isHoisted = ts.isFunctionDeclaration(statement)
    if (!isHoisted && this.leaving.wasLeft() && !isGuarded) {
      isGuarded = true
      region = regionIn(region, 'guarded', statement, list.at(-1), this.leaving.checks())
    }
    this.#statements.push(statement)
    this.followIn(isHoisted && isGuarded && region?.kind === 'guarded' ? region.parent : region, statement)
    this.#pending.push({ task: 'list', list, next: next + 1, isGuarded, owner, region })
  }
}

const { SyntaxKind } = ts

/** Whether a node has neither children nor a use: a keyword, a literal, or a name that is only declared there. */
function isSilent(node: ts.Node): boolean {
  if (node.kind > SyntaxKind.LastToken) return false
  return node.kind !== SyntaxKind.Identifier || !isUse(node as ts.Identifier)
}
