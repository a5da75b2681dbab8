/** Writes the section of the overview on the programs and their commands, as defined for an argument parser. */

import type { RootContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import type { CommandLine, CommandOption, Component } from '#generate/model.ts'
import { codedWords } from '#generate/pages/coded-words.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { nameOf, README } from '#generate/paths.ts'
import { heading, type Inline, join, paragraph, refLink, table } from '#markdown/build.ts'
import { commandHelp } from './command-help.ts'
import { type Program, programsOf } from './find-programs.ts'
import { optionTable, wordsOfOption } from './option-table.ts'
import { helpRowOf } from './option-words.ts'
import { synopsisIn, usageIn } from './usage-text.ts'

/** Reserved, so no module gets this name. */
export const OPTIONS_PAGE = 'command-line.md'
/** Up to this many options of a program without commands are shown on the overview. */
const MAX_ROWS = 12
const MAX_COMMANDS = 24
const MAX_PROGRAMS = 8
/** Limit on the commands without a description. */
const MAX_BARE = 12
/** Limit on the options of a larger program on the overview. */
const MAX_LEADING = 8
const MAX_README = 100_000

/** Programs and their commands, and the options of a small program or its leading ones. Empty if no code defines options. */
export function commandLineSection(writing: Writing): RootContent[] {
  const { texts } = writing
  const words = texts.commandLine
  const [main, ...others] = programsOf(writing)
  if (main === undefined) return []
  const isWhole = isSmall(writing)
  const leading = main.commands.length > 0 ? [] : isWhole ? main.line.options : leadingOptions(writing, main.line)
  // A tool of the main program, `orbit -t browse`, is called through it.
  const programs = [main, ...others.filter(({ name }) => name.split(' ')[0] !== main.name)].slice(0, MAX_PROGRAMS)
  const hasAll = !isWhole && main.commands.length + main.line.options.length > 0
  const blocks = programs.flatMap((program) => {
    const title = titleOf(writing, program)
    const below = [
      ...commandBlocks(writing, program, MAX_COMMANDS),
      ...(program === main ? optionBlocks(writing, leading) : []),
    ]
    // The options shown may be a few of many; a name alone says nothing.
    const more = program === main && hasAll ? [refLink(refTo.page(OPTIONS_PAGE), words.all)] : []
    if (title.isBare && (below.length === 0 || program.commands.length > 0)) return below
    return [paragraph(...title.words, ...(more.length > 0 ? [' · ', ...more] : [])), ...below]
  })
  return blocks.length === 0 ? [] : [heading(2, words.title), ...blocks]
}

/** A table of the options with a description, and a line of the others; empty if there are no descriptions. */
function optionBlocks(writing: Writing, options: readonly CommandOption[]): RootContent[] {
  const described = options.filter((one) => wordsOfOption(writing, one).length > 0)
  const others = options.filter((one) => !described.includes(one) && !one.isArgument && !isOfAll(one))
  if (described.length === 0) return []
  const names = others.map(({ names }): Inline[] => [quoted(names.join(', '))])
  const { texts } = writing
  return [
    optionTable(writing, described),
    ...(names.length === 0 ? [] : [paragraph(...texts.overview.also(join(names, texts.comma)))]),
  ]
}

/** The options with a description: first those that the README names, in its order, then those with a short name, in the order of the help. */
function leadingOptions(writing: Writing, { options }: CommandLine): CommandOption[] {
  const readme = writing.inventory.files.find(({ path }) => README.test(path))?.text?.slice(0, MAX_README) ?? ''
  const typed = [...new Set(readme.match(/(?<![\w-])--?[A-Za-z][\w-]{0,60}/g))]
  const rank = new Map(typed.map((name, at) => [name, typed.length - at + 1]))
  const weight = ({ names }: CommandOption): number =>
    names.reduce((most, name) => Math.max(most, rank.get(name) ?? (name.length === 2 ? 1 : 0)), 0)
  const place = (one: CommandOption): number => helpRowOf(writing, one)?.line ?? one.line
  return options
    .filter((one) => !one.isArgument && !isOfAll(one) && wordsOfOption(writing, one).length > 0)
    .sort((a, b) => weight(b) - weight(a) || place(a) - place(b))
    .slice(0, MAX_LEADING)
}

/** Whether it is an option that every program has. */
const isOfAll = ({ names }: CommandOption): boolean => names.some((name) => /^--?(?:h|help|version)$/.test(name))

/** Whether the overview shows all options, so that there is no page of them. */
export function isSmall(writing: Writing): boolean {
  const [main, ...others] = programsOf(writing)
  return (
    others.length === 0 && (main === undefined || (main.commands.length === 0 && main.line.options.length <= MAX_ROWS))
  )
}

/** The option that a constant contains, for its entry: `verbose = click.option("--verbose")`. */
export function optionsOf(writing: Writing, { id, kind }: Component): RootContent[] {
  if (kind !== 'constant') return []
  const { commandLines } = writing.analysis
  const holding = commandLines.filter(({ options }) => options.some(({ component }) => component === id))
  const own = holding[0]?.options.filter(({ component }) => component === id) ?? []
  return own.length === 0 ? [] : [optionTable(writing, own)]
}

/** The decorators of a command without those of the options that are documented with its program. */
export function withoutOptions(writing: Writing, { id }: Component, decorators: readonly string[]): string[] {
  const names = programsOf(writing)
    .flatMap(({ line, commands }) => [line, ...commands.map((one) => one.line)])
    .flatMap(({ options }) => options.flatMap((one) => (one.component === id && !one.isArgument ? one.names : [])))
  // One string may have several names: `--fast/--safe`.
  return decorators.filter((text) => !names.some((name) => hasText(text, `'${name}`) || hasText(text, `"${name}`)))
}

/** What the only command of a file does; `null` if unknown, or if it is that of the whole program. */
export function commandSentence(writing: Writing, path: string): Inline[] | null {
  const found = programsOf(writing)
    .flatMap(({ name, line, commands }) => [{ name, line }, ...commands])
    .filter(({ line }) => line.file === path)
  const [only] = found
  // What a package of Python says of itself is about its program, not about the file.
  const isOther = only?.name === writing.subject.name || nameOf(path) === '__init__.py'
  const words = found.length === 1 && !isOther ? docSentence(only?.line.text) : null
  return words === null || only === undefined ? null : [quoted(only.name), writing.texts.colon, ...words]
}

/** For example `orbit plan FROM TO`, with its description. `isBare` if it is only a name. */
export function titleOf(writing: Writing, { name, line, commands }: Program): { words: Inline[]; isBare: boolean } {
  const { sources, repo, texts } = writing
  const places = line.options.filter(({ isArgument }) => isArgument).map(({ names }) => placeholder(names[0] ?? ''))
  const file = repo.files.get(line.file)
  const synopsis = places.length > 0 || commands.length > 0 ? undefined : synopsisIn(file, name)
  const usage = synopsis?.text ?? [name, ...places].join(' ')
  const at = synopsis?.line ?? line.line
  const { about } = usageIn(file)
  const text = line.text === '' ? about : line.text
  // The overview already begins with it.
  const own = text === '' ? helpOf(writing, line) : isIntroduction(writing, text) ? [] : codedWords(text)
  return {
    words: [...sources.place(line.file, at, at, quoted(usage)), ...(own.length === 0 ? [] : [texts.colon, ...own])],
    isBare: usage === name && own.length === 0,
  }
}

/** `<body>`: a name in lower case could be a command. */
const placeholder = (name: string): string => (/^[a-z][\w-]*$/.test(name) ? `<${name}>` : name)

/**
 * The doc comment, if the parser uses it as help. Other doc comments are for callers of the function, not for users of the
 * program.
 */
function helpOf({ repo }: Writing, { file, component }: CommandLine): Inline[] {
  const own = repo.components.get(component ?? '')
  const isHelp = file.endsWith('.rs') || repo.occurrences.bindingsOf(file).some(({ module }) => DECORATES.test(module))
  // The comment of a constant or field describes a single option.
  const isNone = own === undefined || !isHelp || /^(?:constant|field)$/.test(own.kind) || OF_OPTIONS.test(own.doc ?? '')
  return isNone ? [] : (docSentence(own.doc) ?? [])
}

/** Matches descriptions of the options, not of the program: `Launch arguments.`, `Options for the main program.` */
const OF_OPTIONS = /^(?:[\w-]{1,30} ){0,4}(?:arg(?:ument)?s|flags|options|parameters)(?:\.?$| (?:for|of|to) )/i

/** Matches Python modules that turn functions into commands. */
const DECORATES = /^(?:asyncclick|click|cyclopts|rich_click|typer)\b/

/** The description of a command in the code, else in a help text or document. */
function wordsOf(writing: Writing, name: string, line: CommandLine): Inline[] {
  const own = line.text === '' ? helpOf(writing, line) : codedWords(line.text)
  const help = own.length === 0 ? commandHelp(writing, name) : undefined
  return help === undefined ? own : [help]
}

const GROUP_WORDS: ReadonlySet<string> = new Set(
  'a all and command commands for group groups of sub subcommand subcommands the'.split(' '),
)

const groupText = ({ repo }: Writing, { text, component }: CommandLine): string =>
  text === '' ? (repo.components.get(component ?? '')?.doc ?? '') : text

/** Whether the text of a group of commands only repeats its name: `Operation command group`. */
function namesGroup(name: string, text: string): boolean {
  const own = name.split(/[ _-]/).map(stemOf)
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0 && words.every((word) => GROUP_WORDS.has(word) || own.includes(stemOf(word)))
}

const stemOf = (word: string): string => word.toLowerCase().replace(/s$/, '')

/** The commands of a program with descriptions. */
export function commandBlocks(writing: Writing, { commands }: Program, max: number): RootContent[] {
  const { sources, texts } = writing
  if (commands.length === 0) return []
  const groups = new Set(commands.map(({ name }) => name.slice(0, name.lastIndexOf(' '))))
  // The commands below a group say what it is for.
  const listed = commands.filter(({ name, line }) => !groups.has(name) || !namesGroup(name, groupText(writing, line)))
  // A line for the last one would take as much room.
  const rows = listed
    .slice(0, listed.length === max + 1 ? listed.length : max)
    .map(({ name, line }): [Inline[], Inline[]] => [
      sources.place(line.file, line.line, line.line, quoted(name)),
      wordsOf(writing, name, line),
    ])
  const left = listed.length - rows.length
  const described = rows.filter(([, words]) => words.length > 0)
  // A row without a description would only repeat the name.
  const names = rows.filter(([, words]) => words.length === 0).map(([name]) => name)
  const [first, more] = [names.slice(0, MAX_BARE), Math.max(0, names.length - MAX_BARE) + left]
  const bare = more > 0 ? texts.andMore(join(first, texts.comma)) : join(first, texts.comma)
  return [
    ...(described.length === 0 ? [] : [table([...texts.commandLine.commandHeads], described)]),
    ...(names.length === 0
      ? left > 0
        ? [paragraph(texts.more(left))]
        : []
      : [paragraph(...(described.length === 0 ? bare : texts.overview.also(bare)))]),
  ]
}
