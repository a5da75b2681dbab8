/** Facts about a program's options and commands found in one file, before files are joined. */

/** An option or a positional argument. */
export interface OptionFact {
  /** The holder that accepts it; see `CommandFact.holder`. */
  readonly holder: string
  /** The names as typed, `-o` and `--output`; for an argument, its name. */
  readonly names: readonly string[]
  readonly isArgument: boolean
  /** The placeholder of its value in a usage line; '' if it takes none. */
  readonly value: string
  /** The enum of Python whose members are its choices. */
  readonly choicesOf?: string
  /** A literal, or the name of a constant. */
  readonly default: string | null
  readonly isNamed?: true
  /** Its help text; '' if there is none. */
  readonly text: string
  readonly line: number
  /** The text to look for in the line. */
  readonly written: string
}

/** The result of reading a definition: `unknown` for options that are not literals, `undefined` for none. */
export type FoundOption = OptionFact | 'unknown' | undefined

/** A holder of options: a program, one of its commands, or a group of options that commands share. */
export interface CommandFact {
  /** A variable, a function or a type, qualified by its enclosing function, if any: `main#parser`. */
  readonly holder: string
  /** The name as typed; '' if the code does not state it. */
  readonly name: string
  /** The holder this command belongs to; `null` for a program or a group. */
  readonly parent: string | null
  readonly text: string
  readonly line: number
  /** Holders whose options it accepts as well. */
  readonly takes: readonly string[]
  /** Groups in other files that it is passed to. If no file defines a group, options may be missing. */
  readonly passedTo?: readonly string[]
  /** Whether it is a group of options, not a command. */
  readonly isGroup?: boolean
  /** Whether help does not list it; its options and subcommands are then left out, too. */
  readonly isHidden?: boolean
}

/**
 * The holders, and the name under which the child is added if its own code states none; '' if it is unknown. A parent
 * that begins with `ALIAS` is a function that returns the child.
 */
export type AddedCommand = readonly [parent: string, child: string, name: string]

export const ALIAS = '='

export interface FileOptions {
  readonly options: readonly OptionFact[]
  readonly commands: readonly CommandFact[]
  /** Commands added to a holder in a different place from where they are created. */
  readonly added: readonly AddedCommand[]
  /** Holders with options that are not literals. */
  readonly open: readonly string[]
}

/** Limit per file, for each kind of fact. */
export const MAX_OPTIONS = 600
export const MAX_TEXT = 1_000
const MAX_NAME = 60
/** Limit on the characters of the value of an option, which may list every accepted value. */
const MAX_VALUE = 120

/** Collects the facts of a file. */
export class OptionFacts {
  readonly #options: OptionFact[] = []
  readonly #commands = new Map<string, CommandFact>()
  readonly #added: AddedCommand[] = []
  readonly #open = new Set<string>()
  /** Names of options that help does not list. */
  readonly #hidden = new Set<string>()

  put(holder: string, found: FoundOption): void {
    if (found === 'unknown') this.open(holder)
    else if (found !== undefined) this.option(found)
  }

  option(one: OptionFact): void {
    const names = one.names.filter(
      (name) => name.length <= MAX_NAME && !(one.isArgument ? /[\s`]/ : /[\s`|]/).test(name),
    )
    if (this.#options.length < MAX_OPTIONS && names.length > 0)
      this.#options.push({ ...one, names, value: one.value.slice(0, MAX_VALUE), text: oneLine(one.text) })
  }

  /** Adds a command; the first one of a holder wins. Omitted fields are empty. */
  command(found: Pick<CommandFact, 'holder' | 'line'> & Partial<CommandFact>): void {
    const { holder, name = '', text = '', parent = null, takes = [] } = found
    if (this.#commands.size < MAX_OPTIONS && !this.#commands.has(holder))
      this.#commands.set(holder, { ...found, name: name.slice(0, MAX_NAME), text: oneLine(text), parent, takes })
  }

  /** Sets a name or text that the code states after the command. */
  describe(holder: string, { name = '', text = '' }: { name?: string; text?: string }): void {
    const known = this.#commands.get(holder)
    if (known === undefined) return
    const more = { name: known.name || name.slice(0, MAX_NAME), text: known.text || oneLine(text) }
    this.#commands.set(holder, { ...known, ...more })
  }

  /** Adds the options of a group to those of a command. */
  take(holder: string, group: string): void {
    const known = this.#commands.get(holder)
    if (known !== undefined && known.takes.length < MAX_OPTIONS)
      this.#commands.set(holder, { ...known, takes: [...known.takes, group] })
  }

  /** Notes that a command is passed to a group that another file may define. */
  pass(holder: string, group: string): void {
    const known = this.#commands.get(holder)
    if (known !== undefined && (known.passedTo?.length ?? 0) < MAX_OPTIONS)
      this.#commands.set(holder, { ...known, passedTo: [...(known.passedTo ?? []), group] })
  }

  hasCommand(holder: string): boolean {
    return this.#commands.has(holder)
  }

  add(parent: string, child: string, name = ''): void {
    if (this.#added.length < MAX_OPTIONS) this.#added.push([parent, child, name.slice(0, MAX_NAME)])
  }

  /** Notes that a function returns a command. */
  alias(name: string, holder: string): void {
    this.add(ALIAS + name, holder)
  }

  /** Marks a holder as having options that are not literals. */
  open(holder: string): void {
    if (this.#open.size < MAX_OPTIONS) this.#open.add(holder)
  }

  /** Drops the options with a name, wherever the file adds them. */
  hide(name: string): void {
    if (this.#hidden.size < MAX_OPTIONS) this.#hidden.add(name)
  }

  facts(): FileOptions | undefined {
    const commands = [...this.#commands.values()]
    const options = this.#options.filter(({ names }) => !names.some((name) => this.#hidden.has(name)))
    if (options.length === 0 && commands.length === 0) return undefined
    return { options, commands, added: this.#added, open: [...this.#open] }
  }
}

/** Marks the defaults that are names or calls: values that the file quotes nowhere. */
export function withNamedDefaults(found: FileOptions, text: string): FileOptions {
  const isNamed = (value: string): boolean =>
    /^[A-Za-z_][\w.:]{0,80}(?:\(\))?$/.test(value) &&
    /[A-Z.(]/.test(value) &&
    !/^(?:True|False|None)$/.test(value) &&
    ['"', "'", '`'].every((quote) => !text.includes(quote + value + quote))
  const options = found.options.map((one) => (isNamed(one.default ?? '') ? { ...one, isNamed: true as const } : one))
  return { ...found, options }
}

/** Shortens a long text at the end of a sentence or, if there is none, of a word. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= MAX_TEXT) return line
  const cut = line.slice(0, MAX_TEXT)
  const end = Math.max(...['. ', '! ', '? ', '。'].map((sign) => cut.lastIndexOf(sign)))
  return end > MAX_TEXT / 2
    ? cut.slice(0, end + 1)
    : `${cut.slice(0, cut.lastIndexOf(' ') + 1 || undefined).trimEnd()}…`
}

/** Patterns keyed by language; a file that does not match defines no options. */
const LIBRARIES: Readonly<Record<string, RegExp>> = {
  c: /\bgetopt(?:_long(?:_only)?)?\s{0,3}\(|[Uu]sage:/,
  cpp: /\bgetopt(?:_long(?:_only)?)?\s{0,3}\(|[Uu]sage:/,
  python: /\b(?:argparse|click|typer)\b|["']--[\w-]{1,40}["'],\s{1,40}\w{1,40}=/,
  go: /"(?:flag|github\.com\/spf13\/(?:p?flag|cobra)|github\.com\/(?:urfave\/cli|alecthomas\/kong|jessevdk\/go-flags|alexflint\/go-arg)(?:\/v\d)?)"|\[\]\*?\w{1,40}\.(?:Flag|Command)\{|\bos\.Args\b|[ `](?:arg|cmd|command|help|long):"/,
  rust: /\b(?:clap|structopt|StructOpt|argh)\b/,
  java: /\bpicocli\b/,
  kotlin: /\bpicocli\b/,
  csharp: /\bCommandLine\b/,
  ruby: /\bOptionParser\b/,
  php: /\bSymfony\\Component\\Console\b/,
}

export function mayDefineOptions(text: string, language: string): boolean {
  return LIBRARIES[language]?.test(text) === true
}
