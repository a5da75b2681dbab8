/** What one file says of the options and commands of a program; no other file is looked at. */

/** An option, or an argument by its place. */
export interface OptionFact {
  /** What takes it, as the file calls it; see `CommandFact.holder`. */
  readonly holder: string
  /** As they are typed, `-o` and `--output`; an argument's own name. */
  readonly names: readonly string[]
  readonly isArgument: boolean
  /** What stands for its value in a usage line; '' for one without. */
  readonly value: string
  /** A literal, or the name of a constant. */
  readonly default: string | null
  /** What the code says of it; '' for nothing. */
  readonly text: string
  readonly line: number
  /** What the line holds. */
  readonly written: string
}

/** Something that takes options: a program, a command of one, or a group of options that commands share. */
export interface CommandFact {
  /** A variable, a function or a type, with the function around it where there is one: `main#parser`. */
  readonly holder: string
  /** As it is typed; '' where the code does not say it. */
  readonly name: string
  /** What it is a command of; `null` for a program, and for what only gives its options to others. */
  readonly parent: string | null
  readonly text: string
  readonly line: number
  /** Whose options it takes as well. */
  readonly takes: readonly string[]
  /** Not run by itself. */
  readonly isGroup?: boolean
}

export interface FileOptions {
  readonly options: readonly OptionFact[]
  readonly commands: readonly CommandFact[]
  /** Commands that are added elsewhere than where they are made: of which holder to which. */
  readonly added: readonly (readonly [parent: string, child: string])[]
  /** Holders of options that are not written out. */
  readonly open: readonly string[]
}

/** Of one file, of each kind. */
export const MAX_OPTIONS = 600
export const MAX_TEXT = 400
const MAX_NAME = 60

/** Collects the facts of a file. */
export class OptionFacts {
  readonly #options: OptionFact[] = []
  readonly #commands = new Map<string, CommandFact>()
  readonly #added: [string, string][] = []
  readonly #open = new Set<string>()

  option(one: OptionFact): void {
    const names = one.names.filter((name) => name.length <= MAX_NAME && !/[\s`|]/.test(name))
    if (this.#options.length < MAX_OPTIONS && names.length > 0)
      this.#options.push({ ...one, names, value: one.value.slice(0, MAX_NAME), text: oneLine(one.text) })
  }

  /** The first of a holder stays. */
  command(one: CommandFact): void {
    if (this.#commands.size < MAX_OPTIONS && !this.#commands.has(one.holder))
      this.#commands.set(one.holder, { ...one, name: one.name.slice(0, MAX_NAME), text: oneLine(one.text) })
  }

  /** What is said of a command later. */
  describe(holder: string, { name = '', text = '' }: { name?: string; text?: string }): void {
    const known = this.#commands.get(holder)
    if (known === undefined) return
    const more = { name: known.name || name.slice(0, MAX_NAME), text: known.text || oneLine(text) }
    this.#commands.set(holder, { ...known, ...more })
  }

  /** That a command has the options of a group, too. */
  take(holder: string, group: string): void {
    const known = this.#commands.get(holder)
    if (known !== undefined && known.takes.length < MAX_OPTIONS)
      this.#commands.set(holder, { ...known, takes: [...known.takes, group] })
  }

  hasCommand(holder: string): boolean {
    return this.#commands.has(holder)
  }

  add(parent: string, child: string): void {
    if (this.#added.length < MAX_OPTIONS) this.#added.push([parent, child])
  }

  /** A holder with options that are not written out. */
  open(holder: string): void {
    if (this.#open.size < MAX_OPTIONS) this.#open.add(holder)
  }

  facts(): FileOptions | undefined {
    const commands = [...this.#commands.values()]
    if (this.#options.length === 0 && commands.length === 0) return undefined
    return { options: this.#options, commands, added: this.#added, open: [...this.#open] }
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1).trimEnd()}…`
}

/** What a text must hold for its file to define options, by language. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  python: /\b(?:argparse|click|typer)\b/,
  go: /"(?:flag|github\.com\/spf13\/(?:p?flag|cobra)|github\.com\/urfave\/cli(?:\/v\d)?)"/,
  rust: /\b(?:clap|structopt|StructOpt|argh)\b/,
  java: /\bpicocli\b/,
  kotlin: /\bpicocli\b/,
  csharp: /\b(?:System\.CommandLine|CommandLine)\b/,
  ruby: /\bOptionParser\b/,
  php: /\bSymfony\\Component\\Console\b/,
}

export function mayDefineOptions(text: string, language: string): boolean {
  return SIGNS[language]?.test(text) === true
}
