/** Joins the options of all files into programs with their commands. */

import { push } from '#base/multimap.ts'
import { Owners } from '#generate/analyse/reads/owners.ts'
import { type CommandLine, type CommandOption, type Component, compareText } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { ALIAS, type CommandFact, type FileOptions, type OptionFact } from './file-options.ts'
import { PythonValues } from './python-values.ts'

/** Limit on nested commands. */
const MAX_DEPTH = 6
/** Limit on the option groups of a command. */
const MAX_GROUPS = 200
const MAX_COMMANDS = 2_000
const MAX_OPTIONS = 1_000

interface Node {
  readonly file: string
  readonly fact: CommandFact
  readonly options: CommandOption[]
  parent: Node | null
  name: string
  isWhole: boolean
}

/**
 * @param files - Facts keyed by path.
 * @returns Programs, each followed by its commands, sorted by path and line.
 */
export function joinOptions(
  files: ReadonlyMap<string, FileOptions>,
  components: readonly Component[],
  languageOf: (path: string) => string | null,
): CommandLine[] {
  if (files.size === 0) return []
  const commands = new Commands(files, languageOf)
  const owners = new Owners(components, files)
  const values = new PythonValues([...files.keys()].some((file) => languageOf(file) === 'python') ? components : [])
  for (const [file, facts] of [...files].sort(([a], [b]) => compareText(a, b))) {
    for (const option of facts.options) {
      const known = languageOf(file) === 'python' ? { ...option, ...values.resolve(file, option) } : option
      const isNamed = option.isNamed === true && known.default === option.default
      commands.holderOf(file, option)?.options.push({ ...placed(file, known, owners), ...(isNamed ? { isNamed } : {}) })
    }
    for (const holder of facts.open) {
      const found = commands.find(file, holder) ?? commands.programOf(file)
      if (found !== undefined) found.isWhole = false
    }
  }
  for (const node of commands.nodes)
    if (node.fact.passedTo?.some((group) => commands.find(node.file, group) === undefined)) node.isWhole = false
  return commandLines(commands, owners)
}

function placed(file: string, option: OptionFact, owners: Owners): CommandOption {
  const { names, isArgument, value, default: fallback, text, line, written } = option
  const component = owners.at(file, line)?.id ?? null
  return { names: [...names], isArgument, value, default: fallback, text, file, line, written, component }
}

class Commands {
  readonly nodes: Node[] = []
  readonly #byHolder = new Map<string, Node[]>()
  /** Holders that functions return, keyed by function and file. */
  readonly #aliases = new Map<string, Map<string, string>>()
  readonly #languageOf: (path: string) => string | null

  constructor(files: ReadonlyMap<string, FileOptions>, languageOf: (path: string) => string | null) {
    this.#languageOf = languageOf
    const sorted = [...files].sort(([a], [b]) => compareText(a, b))
    for (const [file, { commands, added }] of sorted) {
      for (const fact of commands) this.#make(file, fact)
      for (const [from, to] of added) {
        if (!from.startsWith(ALIAS)) continue
        const name = from.slice(ALIAS.length)
        this.#aliases.set(name, (this.#aliases.get(name) ?? new Map()).set(file, to))
      }
    }
    for (const node of [...this.nodes]) {
      const { parent } = node.fact
      if (parent !== null) node.parent = this.find(node.file, parent) ?? null
    }
    for (const [file, { added }] of sorted) {
      for (const [parent, child, name] of added) {
        if (parent.startsWith(ALIAS)) continue
        const [above, below] = [this.find(file, parent), this.find(file, child)]
        if (above === undefined || below === undefined || isAround(below, above)) continue
        below.parent = above
        below.name ||= name
      }
    }
  }

  #make(file: string, fact: CommandFact): Node | undefined {
    if (this.nodes.length >= MAX_COMMANDS) return undefined
    const node: Node = { file, fact, options: [], parent: null, name: fact.name, isWhole: true }
    this.nodes.push(node)
    const key = fact.holder.split('#').at(-1) ?? fact.holder
    for (const one of new Set([fact.holder, key])) push(this.#byHolder, one, node)
    return node
  }

  /** Looks for a holder in the file, then in its folder, then anywhere if the name is unique. */
  find(file: string, holder: string): Node | undefined {
    if (holder === '') return undefined
    const name = holder.includes('#') ? holder : (this.#alias(file, holder) ?? holder)
    const language = this.#languageOf(file)
    const all = (this.#byHolder.get(name) ?? []).filter((node) => this.#languageOf(node.file) === language)
    const inFile = all.filter((node) => node.file === file)
    const exact = inFile.find(({ fact }) => fact.holder === name)
    if (exact !== undefined) return exact
    // A variable of a function is not known in other files.
    const others = all.filter(({ fact }) => fact.holder === name)
    const beside = others.filter((node) => folderOf(node.file) === folderOf(file))
    for (const some of [inFile, beside, others]) if (some.length > 0) return some.length === 1 ? some[0] : undefined
    return undefined
  }

  #alias(file: string, holder: string): string | undefined {
    const byFile = this.#aliases.get(holder)
    const own = byFile?.get(file)
    if (own !== undefined || byFile === undefined) return own
    let only: string | undefined
    for (const to of byFile.values()) {
      if (only !== undefined && only !== to) return undefined
      only = to
    }
    return only
  }

  /** The program of a file or of its folder, if it is the only one. */
  programOf(file: string): Node | undefined {
    const language = this.#languageOf(file)
    const programs = this.nodes.filter((node) => isProgram(node) && this.#languageOf(node.file) === language)
    const own = programs.filter((node) => node.file === file)
    const beside = programs.filter((node) => folderOf(node.file) === folderOf(file))
    for (const some of [own, beside]) if (some.length > 0) return some.length === 1 ? some[0] : undefined
    return undefined
  }

  /** The holder of an option. Package-level flags of Go get one per folder. */
  holderOf(file: string, { holder, line }: OptionFact): Node | undefined {
    const found = this.find(file, holder) ?? (holder === '' ? this.programOf(file) : undefined)
    if (found !== undefined || holder !== '' || this.#languageOf(file) !== 'go') return found
    return this.#make(file, { holder: `folder ${folderOf(file)}`, name: '', parent: null, text: '', line, takes: [] })
  }
}

const isProgram = ({ parent, fact }: Node): boolean =>
  parent === null && fact.isGroup !== true && fact.isHidden !== true

function isAround(outer: Node, node: Node): boolean {
  let depth = 0
  for (let at: Node | null = node; at !== null && depth < MAX_COMMANDS; at = at.parent, depth++)
    if (at === outer) return true
  return false
}

/** Programs, each followed by its commands. */
function commandLines(commands: Commands, owners: Owners): CommandLine[] {
  const children = new Map<Node, Node[]>()
  for (const node of commands.nodes) if (node.parent !== null) push(children, node.parent, node)
  /** The groups whose options a command accepts, directly or through other groups. */
  const groupsOf = (node: Node): Node[] => {
    const found = new Set<Node>([node])
    for (const one of found)
      for (const holder of found.size > MAX_GROUPS ? [] : [...one.fact.takes, ...(one.fact.passedTo ?? [])]) {
        const group = commands.find(one.file, holder)
        if (group !== undefined && (group.fact.isGroup === true || group.parent === null)) found.add(group)
      }
    found.delete(node)
    return [...found]
  }
  const lines: CommandLine[] = []
  const write = (node: Node, parent: number, depth: number): void => {
    if (lines.length >= MAX_COMMANDS || depth > MAX_DEPTH || node.fact.isHidden === true) return
    const groups = groupsOf(node)
    const options = uniqueOptions([node, ...groups].flatMap((one) => one.options))
    const below = [node, ...groups].flatMap((one) => children.get(one) ?? [])
    if (parent < 0 && options.length === 0 && below.length === 0) return
    const { text, line } = node.fact
    const component = subjectOf(node, groups, owners)
    const isWhole = [node, ...groups].every((one) => one.isWhole)
    const own = lines.push({ name: node.name, parent, file: node.file, line, component, text, options, isWhole }) - 1
    for (const child of new Set(below)) write(child, own, depth + 1)
  }
  const roots = commands.nodes.filter(isProgram)
  const taken = new Set(commands.nodes.flatMap(groupsOf))
  for (const root of roots) if (!taken.has(root)) write(root, -1, 0)
  // A typer application is a group with options of its own or with commands.
  for (const node of commands.nodes)
    if (node.parent === null && node.fact.isGroup === true && children.has(node) && !taken.has(node)) write(node, -1, 0)
  return lines
}

/**
 * The component whose documentation describes a command: for a clap variant such as `Add(Add)`, the type that it holds.
 */
function subjectOf({ file, fact, options }: Node, groups: readonly Node[], owners: Owners): string | null {
  const own = owners.at(file, fact.line)
  const [held] = groups
  const isWrapper = fact.parent !== null && fact.takes.length === 1 && options.length === 0 && fact.text === ''
  const inner = isWrapper && held !== undefined ? owners.at(held.file, held.fact.line) : undefined
  return (own?.doc == null && inner?.doc != null ? inner.id : own?.id) ?? null
}

function uniqueOptions(options: readonly CommandOption[]): CommandOption[] {
  const seen = new Set<string>()
  return options
    .filter(({ names }) => {
      const key = names.join(' ')
      return !seen.has(key) && seen.add(key)
    })
    .slice(0, MAX_OPTIONS)
}
