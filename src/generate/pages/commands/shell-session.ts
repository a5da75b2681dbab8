/** Tracks the current folder of consecutive command lines, and whether it exists. */

const MAKES = [
  /^mkdir (?:-p )?([\w./-]{1,80})$/,
  /^cmake (?:.* )?-B ?([\w./-]{1,80})(?: |$)/,
  /^meson (?:setup )?(?!compile|test|install|setup)([\w./-]{1,80})(?: |$)/,
  /^cargo new ([\w./-]{1,80})$/,
]
const ENTERS = /^(?:cd|pushd) (?:\.\/)?([\w./-]{1,80})$/
const MOVES = /(?:^|&& ?|; ?)(?:cd|pushd|popd|mkdir)\b/
/** Matches the build folder of a command. */
const BUILT_IN = /^(?:(?:meson|ninja|make)\b.*? -C|cmake --build|ctest\b.*? --test-dir) ?([\w./-]{1,80})(?: |$)/

export class ShellSession {
  readonly #hasFolder: (path: string) => boolean
  readonly #made = new Set<string>()
  #folder = ''
  /** The folder of the clone, until it is entered; '' if there is none. */
  #clone = ''
  #isLost = false
  readonly #name: string

  /** @param name - Name of the repository; '' if a clone of any repository counts. */
  constructor(hasFolder: (path: string) => boolean, name = '') {
    this.#hasFolder = hasFolder
    this.#name = name.toLowerCase()
  }

  /** The folder in which the next line runs; '' for the top. */
  get folder(): string {
    return this.#folder
  }

  /**
   * The command of a line and its folder; an empty command if it only changes the folder; `undefined` if the folder is unknown.
   */
  take(line: string): { run: string; folder: string } | undefined {
    if (this.#isLost) return undefined
    if (/^git clone\b/.test(line)) {
      const { name, folder } = cloneOf(line)
      if (this.#name !== '' && name.toLowerCase() !== this.#name) this.#isLost = true
      this.#clone = folder
    }
    const parts = MOVES.test(line) ? line.split(/( ?(?:&&|;) ?)/) : [line]
    let run = ''
    // Every other part is a separator, which may be inside quotes.
    for (const [index, part] of parts.entries()) {
      if (index % 2 === 1) continue
      const entered = ENTERS.exec(part)?.[1]
      if (entered !== undefined) this.#enter(entered)
      else if (/^(?:cd|pushd|popd)\b/.test(part)) this.#isLost = true
      else if (!part.startsWith('mkdir ')) run += run === '' ? part : `${parts[index - 1]}${part}`
      for (const form of MAKES) {
        const made = form.exec(part)?.[1]
        if (made !== undefined) this.#made.add(this.#within(made))
      }
      if (this.#isLost) return undefined
    }
    const built = BUILT_IN.exec(run)?.[1]
    return built !== undefined && !this.#has(this.#within(built)) ? undefined : { run, folder: this.#folder }
  }

  /** Makes the current folder unknown, after lines that were left out. */
  lose(): void {
    this.#isLost = true
  }

  #enter(written: string): void {
    const folder = written.replace(/\/$/, '')
    if (folder === '.') return
    if (folder === '..') {
      if (this.#folder === '') this.#isLost = true
      this.#folder = this.#folder.split('/').slice(0, -1).join('/')
      return
    }
    if (folder.startsWith('../')) {
      this.#enter('..')
      this.#enter(folder.slice(3))
      return
    }
    const to = this.#within(folder)
    const isAtTop = this.#clone !== '' && this.#folder === '' && !to.includes('/')
    // The cloned folder is the repository, which may have a folder of its name.
    if (isAtTop && (to === this.#clone || !this.#has(to))) this.#clone = ''
    else if (this.#has(to)) this.#folder = to
    else this.#isLost = true
  }

  #within(folder: string): string {
    const bare = folder.replace(/^\.\//, '').replace(/\/$/, '')
    return this.#folder === '' ? bare : `${this.#folder}/${bare}`
  }

  #has(folder: string): boolean {
    return folder === '.' || this.#made.has(folder) || this.#hasFolder(folder)
  }
}

/** The repository that `git clone` fetches, and the folder that it creates: the one named after the URL, otherwise that of the repository. */
function cloneOf(line: string): { name: string; folder: string } {
  const words = (line.split(/ ?(?:&&|;)/, 1)[0] ?? '').split(/\s+/).filter((word) => word !== '')
  const url = words.findLastIndex((word) => /:|\.git$/.test(word))
  const named = words[url + 1]
  const name = lastPart(url < 0 ? words.at(-1) : words[url])
  return { name, folder: url < 0 || named === undefined || named.startsWith('-') ? name : lastPart(named) }
}

const lastPart = (path = ''): string =>
  path
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1) ?? ''
