/** Writes the page of all options, by program and command. Options that every command has are shown once. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { CommandLine, CommandOption } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { codeBlock, heading, paragraph } from '#markdown/build.ts'
import { commandBlocks, isSmall, OPTIONS_PAGE, titleOf } from './command-line.ts'
import { type Program, programsOf } from './find-programs.ts'
import { helpTextOf } from './help-text.ts'
import { optionTable } from './option-table.ts'

/** Limit on the options of the page. */
const MAX_OPTIONS = 1_000
/** Limit on the commands of a program. */
const MAX_COMMANDS = 200
/** Minimum number of commands for options to be common to them. */
const MIN_COMMON = 3

/** Empty if the overview has all options. */
export function commandLinePages(writing: Writing): Draft[] {
  if (isSmall(writing)) return []
  const { title, incomplete } = writing.texts.commandLine
  const programs = programsOf(writing)
  const draft = newDraft(OPTIONS_PAGE, title, null, 'project')
  draft.homes.set(refTo.page(OPTIONS_PAGE), null)
  draft.blocks.push(heading(1, title))
  let left = MAX_OPTIONS
  const tableOf = (options: readonly CommandOption[]): RootContent[] => {
    const shown = options.slice(0, left)
    left -= shown.length
    return shown.length === 0 ? [] : [optionTable(writing, shown)]
  }
  for (const program of programs) append(draft.blocks, blocksOf(writing, program, tableOf))
  const lines = programs.flatMap(({ line, commands }) => [line, ...commands.map((one) => one.line)])
  if (lines.some(({ isWhole }) => !isWhole)) draft.blocks.push(paragraph(incomplete))
  return [draft]
}

function blocksOf(
  writing: Writing,
  program: Program,
  tableOf: (options: readonly CommandOption[]) => RootContent[],
): RootContent[] {
  const { commands, line, name } = program
  const help = helpTextOf(writing)
  // The help text that the program prints is more complete than its options.
  if (help !== null && help.path === line.file && help.line === line.line)
    return [heading(2, quoted(name)), paragraph(...titleOf(writing, program).words), codeBlock('text', help.text)]
  const common = commonOptions(commands.map((one) => one.line))
  const commonKeys = new Set(common.map(keyOf))
  const rest = (options: readonly CommandOption[]): CommandOption[] =>
    options.filter((one) => !commonKeys.has(keyOf(one)))
  return [
    heading(2, quoted(name)),
    paragraph(...titleOf(writing, program).words),
    ...tableOf(line.options),
    ...commandBlocks(writing, program, MAX_COMMANDS),
    ...(common.length === 0 ? [] : [heading(3, writing.texts.commandLine.ofAll), ...tableOf(common)]),
    ...commands.slice(0, MAX_COMMANDS).flatMap((one) => {
      const table = tableOf(rest(one.line.options))
      return table.length === 0 ? [] : [heading(3, quoted(one.name)), ...table]
    }),
  ]
}

/** The options that all commands have. Commands that only group others are ignored. */
function commonOptions(lines: readonly CommandLine[]): CommandOption[] {
  const [first, ...others] = lines.filter(({ options }) => options.length > 0)
  if (first === undefined || others.length + 1 < MIN_COMMON) return []
  const known = others.map(({ options }) => new Set(options.map(keyOf)))
  return first.options.filter((one) => !one.isArgument && known.every((keys) => keys.has(keyOf(one))))
}

/** The visible parts of an option, as a key. */
const keyOf = ({ names, value, text, default: preset }: CommandOption): string =>
  JSON.stringify([names, value, text, preset])
