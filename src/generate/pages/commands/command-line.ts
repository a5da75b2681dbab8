/** Writes the section of the overview on the programs and their commands, as defined for an argument parser. */

import type { RootContent } from 'mdast'
import type { CommandLine, Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { heading, type Inline, join, paragraph, refLink, table } from '#markdown/build.ts'
import { commandHelp } from './command-help.ts'
import { type Program, programsOf } from './find-programs.ts'
import { optionTable, quoted } from './option-table.ts'
import { synopsisIn, usageIn } from './usage-text.ts'

/** Reserved, so no module gets this name. */
export const OPTIONS_PAGE = 'command-line.md'
/** Up to this many options of a program without commands are shown on the overview. */
const MAX_ROWS = 12
const MAX_COMMANDS = 24
const MAX_PROGRAMS = 8
/** Limit on the commands without a description. */
const MAX_BARE = 12

/** Programs and their commands, and the options of a small program. Empty if no code defines options. */
export function commandLineSection(writing: Writing): RootContent[] {
  const { texts } = writing
  const words = texts.commandLine
  const programs = programsOf(writing).slice(0, MAX_PROGRAMS)
  const [main] = programs
  if (main === undefined) return []
  const isWhole = isSmall(writing)
  return [
    heading(2, words.title),
    ...programs.flatMap((program) => [
      paragraph(...titleOf(writing, program)),
      ...commandBlocks(writing, program, MAX_COMMANDS),
    ]),
    ...(isWhole && main.line.options.length > 0 ? [optionTable(writing, main.line.options)] : []),
    ...(isWhole ? [] : [paragraph(refLink(refTo.page(OPTIONS_PAGE), words.all))]),
  ]
}

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

/** What the only command that a file defines does; `null` if the code does not say so. */
export function commandSentence(writing: Writing, path: string): Inline[] | null {
  const found = programsOf(writing)
    .flatMap(({ name, line, commands }) => [{ name, line }, ...commands])
    .filter(({ line }) => line.file === path)
  const [only] = found
  const words = found.length === 1 ? docSentence(only?.line.text) : null
  return words === null || only === undefined ? null : [quoted(only.name), writing.texts.colon, ...words]
}

/** For example `orbit plan FROM TO`, with its description. */
export function titleOf(writing: Writing, { name, line, commands }: Program): Inline[] {
  const { sources, repo, texts } = writing
  const places = line.options.filter(({ isArgument }) => isArgument).map(({ names }) => names[0] ?? '')
  const file = repo.files.get(line.file)
  const isTold = places.length > 0 || commands.length > 0
  const usage = quoted((isTold ? undefined : synopsisIn(file, name)) ?? [name, ...places].join(' '))
  const { about } = usageIn(file)
  const text = line.text === '' ? about : line.text
  // The overview already begins with it.
  const own = text === '' ? helpOf(writing, line) : isIntroduction(writing, text) ? [] : [text]
  return [...sources.place(line.file, line.line, line.line, usage), ...(own.length === 0 ? [] : [texts.colon, ...own])]
}

/**
 * The doc comment, if the parser uses it as help. Other doc comments are for callers of the function, not for users of the
 * program.
 */
function helpOf({ repo }: Writing, { file, component }: CommandLine): Inline[] {
  const own = repo.components.get(component ?? '')
  const isHelp = file.endsWith('.rs') || (file.endsWith('.py') && IS_DECORATED.test(repo.files.get(file)?.text ?? ''))
  // The comment of a constant or field describes a single option.
  return own === undefined || !isHelp || /^(?:constant|field)$/.test(own.kind) ? [] : (docSentence(own.doc) ?? [])
}

const IS_DECORATED = /^\s{0,8}(?:import|from) (?:asyncclick|click|cyclopts|rich_click|typer)\b/m

/** What the code says of a command, else a help text or document. */
function wordsOf(writing: Writing, name: string, line: CommandLine): Inline[] {
  const own = line.text === '' ? helpOf(writing, line) : [line.text]
  const help = own.length === 0 ? commandHelp(writing, name) : undefined
  return help === undefined ? own : [help]
}

/** The commands of a program with descriptions. */
export function commandBlocks(writing: Writing, { commands }: Program, max: number): RootContent[] {
  const { sources, texts } = writing
  if (commands.length === 0) return []
  const rows = commands
    .slice(0, max)
    .map(({ name, line }): [Inline[], Inline[]] => [
      sources.place(line.file, line.line, line.line, quoted(name)),
      wordsOf(writing, name, line),
    ])
  const left = commands.length - rows.length
  const told = rows.filter(([, words]) => words.length > 0)
  // A row must say more than the name.
  const names = rows.filter(([, words]) => words.length === 0).map(([name]) => name)
  const [first, more] = [names.slice(0, MAX_BARE), Math.max(0, names.length - MAX_BARE) + left]
  const bare = more > 0 ? texts.andMore(join(first, texts.comma), more) : join(first, texts.comma)
  return [
    ...(told.length === 0 ? [] : [table([...texts.commandLine.commandHeads], told)]),
    ...(names.length === 0
      ? left > 0
        ? [paragraph(texts.more(left))]
        : []
      : [paragraph(...(told.length === 0 ? bare : texts.overview.also(bare)))]),
  ]
}
