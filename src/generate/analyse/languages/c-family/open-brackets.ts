/** The brackets that are open at an offset of C or C++ code. */

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

export class OpenBrackets {
  readonly #kinds: string[]
  readonly #starts: number[]

  private constructor(kinds: string[], starts: number[]) {
    this.#kinds = kinds
    this.#starts = starts
  }

  static none(): OpenBrackets {
    return new OpenBrackets([], [])
  }

  copy(): OpenBrackets {
    return new OpenBrackets([...this.#kinds], [...this.#starts])
  }

  get depth(): number {
    return this.#kinds.length
  }

  /** `(`, `[`, `{`, `=` for the `{` of an initializer list, '' at the top level. */
  get innermost(): string {
    return this.#kinds.at(-1) ?? ''
  }

  /** @param before - The last character of code before the bracket. */
  open(bracket: string, at: number, before: string): void {
    const isList = bracket === '{' && (/[=,(]/.test(before) || (before === '{' && this.innermost === '='))
    this.#kinds.push(isList ? '=' : bracket)
    this.#starts.push(at)
  }

  /**
   * Closes a bracket. A `}` also closes brackets left open in its block, so that misread code ends there.
   *
   * @returns Offset of the opening bracket; `undefined` if the innermost one is of another kind.
   */
  close(bracket: string): number | undefined {
    while (bracket === '}' && /^[([]$/.test(this.innermost)) this.#pop()
    const matches = bracket === '}' ? /^[{=]$/.test(this.innermost) : this.innermost === CLOSES[bracket]
    return matches ? this.#pop() : undefined
  }

  #pop(): number | undefined {
    this.#kinds.pop()
    return this.#starts.pop()
  }
}
