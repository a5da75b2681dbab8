/**
 * Goes over a tree in the order in which it is evaluated, and knows in which part of which body it is. What waits is in a
 * list of its own, so that depth of nesting costs no stack.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { Leaving } from './leaving.ts'
import { type Region, regionIn } from './regions.ts'

/** Where the walk is. */
export interface At {
  /** The innermost component, else the file. */
  readonly owner: string
  readonly region: Region | undefined
}

/** An optional chain: all that follows its first `?.` may be passed over. */
interface Chain {
  /** The region that the chain is in. */
  readonly around: Region | undefined
}

type Waiting = At &
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
  readonly leaving = new Leaving()
  /** Nested functions and classes with a name. */
  readonly named: Region[] = []
  readonly #waiting: Waiting[] = []
  readonly #owners: ReadonlyMap<ts.Node, string>
  readonly #broken: ReadonlyMap<ts.Node, Region>
  #chain: Chain | undefined

  /** @param broken - The region of each statement and component in which the syntax is broken. */
  constructor(path: string, owners: ReadonlyMap<ts.Node, string>, broken: ReadonlyMap<ts.Node, Region>) {
    this.owner = path
    this.#owners = owners
    this.#broken = broken
  }

  /** @param visit - Names what is to follow; without that, nothing below a node is visited. */
  run(tree: ts.SourceFile, visit: (node: ts.Node) => void): void {
    this.follow(tree)
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.owner = next.owner
      this.region = next.region
      const from = this.#waiting.length
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
      else this.#goOn(next)
      // What is named first is to be taken first.
      for (let low = from, high = this.#waiting.length - 1; low < high; low++, high--) {
        const one = this.#waiting[low] as Waiting
        this.#waiting[low] = this.#waiting[high] as Waiting
        this.#waiting[high] = one
      }
    }
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
    if (node !== undefined) this.#waiting.push({ task: 'visit', node, owner: this.owner, region, chain: undefined })
  }

  followChildren(node: ts.Node): void {
    ts.forEachChild(node, this.follow)
  }

  /** Follow statements, of which those that come after one that may leave are guarded. */
  followList(list: readonly ts.Statement[], region = this.region): void {
    if (list.length === 0) return
    this.#waiting.push({ task: 'list', list, next: 0, isGuarded: false, owner: this.owner, region })
  }

  /** The region of a function or class that is only made here. */
  nestedIn(node: ts.Node, name: string): Region {
    const region = regionIn(this.region, 'nested', node)
    if (name !== '' && region.kind === 'nested' && region.name === undefined) {
      region.name = name
      this.named.push(region)
    }
    return region
  }

  /** Do something when all that was named before is done. */
  afterwards(act: (at: At) => void): void {
    this.#waiting.push({ task: 'act', act, owner: this.owner, region: this.region })
  }

  /** Enter the region of an optional chain, if the node is the end of one. */
  enterChain(node: ts.Node): void {
    if ((node.flags & ts.NodeFlags.OptionalChain) === 0) this.#chain = undefined
    else if (this.#chain === undefined) {
      this.#chain = { around: this.region }
      this.region = regionIn(this.region, 'branch', node)
    }
  }

  /** Follow the left side of a part of a chain. */
  followLeft(node: ts.Node): void {
    const chain = this.#chain
    if (chain === undefined) this.follow(node)
    else if ((node.flags & ts.NodeFlags.OptionalChain) === 0) this.followIn(chain.around, node)
    else this.#waiting.push({ task: 'visit', node, owner: this.owner, region: this.region, chain })
  }

  #goOn(waiting: Extract<Waiting, { task: 'list' }>): void {
    const { list, next, owner } = waiting
    let { isGuarded, region } = waiting
    const statement = list[next]
    if (next === 0) this.leaving.openList()
    if (statement === undefined) {
      this.leaving.closeList()
      return
    }
    if (!isGuarded && this.leaving.wasLeft()) {
      isGuarded = true
      region = regionIn(region, 'guarded', statement, list.at(-1))
    }
    this.followIn(region, statement)
    this.#waiting.push({ task: 'list', list, next: next + 1, isGuarded, owner, region })
  }
}
