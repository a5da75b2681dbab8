/** Lines of one shell in a row: in which folder each of them runs, and which folders those before it have made. */

const MAKES = [
  /^mkdir (?:-p )?([\w./-]{1,80})$/,
  /^cmake (?:.* )?-B ?([\w./-]{1,80})(?: |$)/,
  /^meson (?:setup )?(?!compile|test|install|setup)([\w./-]{1,80})(?: |$)/,
  /^cargo new ([\w./-]{1,80})$/,
]
const ENTERS = /^(?:cd|pushd) (?:\.\/)?([\w./-]{1,80})$/
const MOVES = /(?:^|&& ?|; ?)(?:cd|pushd|popd|mkdir)\b/
/** A folder that a build is in. */
const BUILT_IN = /^(?:(?:meson|ninja|make)\b.*? -C|cmake --build|ctest\b.*? --test-dir) ?([\w./-]{1,80})(?: |$)/

export class ShellSession {
  readonly #hasFolder: (path: string) => boolean
  /** Folders that were made, and whether a command says so. */
  readonly #made: Map<string, { isTold: boolean }>
  #folder = ''
  #isCloned = false
  #isLost = false

  /** @param before - A session whose folders are there: of an earlier step of the same job. */
  constructor(hasFolder: (path: string) => boolean, before?: ShellSession) {
    this.#hasFolder = hasFolder
    this.#made = before === undefined ? new Map() : before.#made
  }

  /** What the next line runs, with what it needs before it; `undefined` for what only moves, and where it is not known where it runs. */
  take(line: string): { run: string; before: string } | undefined {
    if (this.#isLost) return undefined
    if (/^git clone\b/.test(line)) this.#isCloned = true
    const parts = MOVES.test(line) ? line.split(/ ?(?:&&|;) ?/) : [line]
    const rest: string[] = []
    for (const part of parts) {
      const entered = ENTERS.exec(part)?.[1]
      if (entered !== undefined) this.#enter(entered)
      else if (/^(?:cd|pushd|popd)\b/.test(part)) this.#isLost = true
      else if (!part.startsWith('mkdir ')) rest.push(part)
      for (const form of MAKES) {
        const made = form.exec(part)?.[1]
        if (made !== undefined) this.#made.set(this.#within(made), { isTold: !part.startsWith('mkdir ') })
      }
      if (this.#isLost) return undefined
    }
    const run = rest.join(' && ')
    const built = BUILT_IN.exec(run)?.[1]
    if (run === '' || (built !== undefined && !this.#has(this.#within(built)))) return undefined
    return { run, before: this.#prefix() }
  }

  /** What follows runs where nobody knows: behind what is left out. */
  lose(): void {
    this.#isLost = true
  }

  #enter(folder: string): void {
    if (folder === '..' || folder === '.') {
      this.#folder = folder === '.' ? this.#folder : this.#folder.split('/').slice(0, -1).join('/')
      return
    }
    if (folder.startsWith('../')) {
      this.#enter('..')
      this.#enter(folder.slice(3))
      return
    }
    const to = this.#within(folder)
    if (this.#has(to)) this.#folder = to
    // What was cloned is the repository.
    else if (this.#isCloned && this.#folder === '' && !to.includes('/')) this.#isCloned = false
    else this.#isLost = true
  }

  #within(folder: string): string {
    const bare = folder.replace(/^\.\//, '').replace(/\/$/, '')
    return this.#folder === '' ? bare : `${this.#folder}/${bare}`
  }

  #has(folder: string): boolean {
    return folder === '.' || this.#made.has(folder) || this.#hasFolder(folder)
  }

  #prefix(): string {
    if (this.#folder === '') return ''
    const made = this.#made.get(this.#folder)
    if (made === undefined || made.isTold) return `cd ${this.#folder} && `
    made.isTold = true
    return `mkdir -p ${this.#folder} && cd ${this.#folder} && `
  }
}
