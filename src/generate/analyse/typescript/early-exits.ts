/**
 * Finds statements that may not be reached because of an earlier `return`, `throw`, `break` or `continue`. Tracks the
 * statement lists that a walk is in, and the targets of such exits.
 */

/**
 * A construct that a statement may exit. `invoked` is an immediately invoked function, which a throw passes through.
 */
export type Exit = 'function' | 'invoked' | 'loop' | 'switch' | 'label' | 'try'

interface Target {
  readonly exit: Exit
  readonly label: string
  /** The number of statement lists around it. */
  readonly depth: number
}

export class EarlyExits {
  /** For each open list, innermost last: whether a statement may have left it. */
  readonly #lists: boolean[] = []
  readonly #targets: Target[] = []

  openList(): void {
    this.#lists.push(false)
  }

  closeList(): void {
    this.#lists.pop()
  }

  /** Whether a statement of the innermost list may have left it. */
  wasLeft(): boolean {
    return this.#lists.at(-1) ?? false
  }

  enter(exit: Exit, label = ''): void {
    this.#targets.push({ exit, label, depth: this.#lists.length })
  }

  exit(): void {
    this.#targets.pop()
  }

  /** A call that ends the program. */
  end(): void {
    this.#leave()
  }

  return(): void {
    this.#leave('invoked')
  }

  throw(): void {
    this.#leave('try')
  }

  /** @param label - Empty for the innermost loop or switch. */
  break(label: string): void {
    if (label === '') this.#leave('loop', 'switch')
    else this.#leaveLabel(label)
  }

  /** @param label - Empty for the innermost loop. */
  continue(label: string): void {
    if (label === '') this.#leave('loop')
    else this.#leaveLabel(label)
  }

  #leave(...exits: readonly Exit[]): void {
    this.#leaveTo(this.#targets.findLast(({ exit }) => exit === 'function' || exits.includes(exit)))
  }

  #leaveLabel(label: string): void {
    this.#leaveTo(this.#targets.findLast((target) => target.exit === 'function' || target.label === label))
  }

  #leaveTo(target: Target | undefined): void {
    for (let index = this.#lists.length - 1; index >= (target?.depth ?? 0); index--) this.#lists[index] = true
  }
}
