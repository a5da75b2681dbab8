/**
 * Finds statements that may not be reached because of an earlier `return`, `throw`, `break` or `continue`. Tracks the
 * statement lists that a walk is in, and the targets of such exits.
 */

import type ts from 'typescript'
import type { Region, RegionHead } from './regions.ts'

/** Limit on the exits of a list whose conditions are reported. */
const MAX_CHECKS = 6

/** An open list of statements. */
interface List {
  readonly region: Region | undefined
  isLeft: boolean
  /** The number of `checks` before the last guarded statement: nothing follows later exits. */
  checksBefore: number
  /** What holds after the exits so far, except for those that throw. */
  readonly checks: RegionHead[]
}

/** The location of an exit. */
interface ExitAt {
  readonly node: ts.Node
  readonly region: Region | undefined
}

/**
 * A construct that a statement may exit. `invoked` is an immediately invoked function, which a throw passes through.
 */
export type Exit = 'function' | 'invoked' | 'loop' | 'switch' | 'label' | 'try'

interface Target {
  readonly exit: Exit
  readonly label: string
  /** The number of enclosing statement lists. */
  readonly depth: number
}

export class EarlyExits {
  /** Innermost last. */
  readonly #lists: List[] = []
  readonly #targets: Target[] = []

  openList(region: Region | undefined): void {
    this.#lists.push({ region, isLeft: false, checksBefore: 0, checks: [] })
  }

  closeList(): void {
    const list = this.#lists.pop()
    list?.checks.splice(list.checksBefore)
  }

  /** Whether a statement of the innermost list may have left it before its next one. */
  wasLeft(): boolean {
    const list = this.#lists.at(-1)
    if (list === undefined) return false
    list.checksBefore = list.checks.length
    return list.isLeft
  }

  /** What holds after the exits from the innermost list; grows with each exit. */
  checks(): readonly RegionHead[] {
    return this.#lists.at(-1)?.checks ?? []
  }

  enter(exit: Exit, label = ''): void {
    this.#targets.push({ exit, label, depth: this.#lists.length })
  }

  exit(): void {
    this.#targets.pop()
  }

  /** A call that ends the program. */
  end(): void {
    this.#leave([])
  }

  return(at: ExitAt): void {
    this.#leave(['invoked'], at)
  }

  throw(): void {
    this.#leave(['try'])
  }

  /** @param label - Empty for the innermost loop or switch. */
  break(label: string, at: ExitAt): void {
    if (label === '') this.#leave(['loop', 'switch'], at)
    else this.#leaveLabel(label, at)
  }

  /** @param label - Empty for the innermost loop. */
  continue(label: string, at: ExitAt): void {
    if (label === '') this.#leave(['loop'], at)
    else this.#leaveLabel(label, at)
  }

  #leave(exits: readonly Exit[], at?: ExitAt): void {
    this.#leaveTo(
      this.#targets.findLast(({ exit }) => exit === 'function' || exits.includes(exit)),
      at,
    )
  }

  #leaveLabel(label: string, at: ExitAt): void {
    this.#leaveTo(
      this.#targets.findLast((target) => target.exit === 'function' || target.label === label),
      at,
    )
  }

  /** @param at - Absent for an exit by an error. */
  #leaveTo(target: Target | undefined, at: ExitAt | undefined): void {
    for (let index = this.#lists.length - 1; index >= (target?.depth ?? 0); index--) {
      const list = this.#lists[index]
      if (list === undefined) break
      list.isLeft = true
      if (at !== undefined && list.checks.length <= MAX_CHECKS)
        list.checks.push(list.checks.length < MAX_CHECKS ? checkOf(list, at) : unknownAt(at))
    }
  }
}

const unknownAt = ({ node }: ExitAt): RegionHead => ({ kind: 'unknown', first: node, end: node.end })

/** The opposite of the condition of an exit, if it has a single one in the list. */
function checkOf({ region: around }: List, at: ExitAt): RegionHead {
  let single: Region | undefined
  for (let one = at.region; one !== undefined && one !== around; one = one.parent) {
    if (one.kind === 'guarded') continue
    if (single !== undefined) return unknownAt(at)
    single = one
  }
  const [head, ...others] = single?.heads ?? []
  if (head === undefined || others.length > 0 || !(head.kind === 'if' || head.kind === 'unless')) return unknownAt(at)
  return { ...head, kind: head.kind === 'if' ? 'unless' : 'if' }
}
