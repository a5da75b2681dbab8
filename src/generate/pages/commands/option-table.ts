/** Writes the table of options of a command. */

import type { RootContent } from 'mdast'
import type { CommandOption } from '#generate/model.ts'
import { codedWords } from '#generate/pages/coded-words.ts'
import { constantValue, namedValue } from '#generate/pages/literal-value.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { withSpaces } from '#generate/pages/words.ts'
import { docSentence, type Writing } from '#generate/pages/writing.ts'
import { type Inline, table } from '#markdown/build.ts'
import { bare, helpRowOf, optionWords } from './option-words.ts'

/** The options of a command with defaults and descriptions. */
export function optionTable(writing: Writing, options: readonly CommandOption[]): RootContent {
  const { sources, texts } = writing
  const { heads } = texts.commandLine
  const shown = distinct(options)
  const words = new Map(shown.map((option) => [option, wordsOfOption(writing, option)]))
  const hasWords = [...words.values()].some((said) => said.length > 0)
  const defaultOf = (one: CommandOption): Inline[] =>
    // Flags are off by default.
    one.value === '' && !one.isArgument && /^false$/i.test(one.default ?? '') ? [] : defaultWords(writing, one)
  const hasDefaults = shown.some((one) => defaultOf(one).length > 0)
  const rows = shown.map((one): Inline[][] => {
    const { file, line, written } = one
    const { names, value: typed } = typedAs(writing, one)
    const value = typed.replace(/[[({<]$/, '')
    const label =
      value === ''
        ? names.join(', ')
        : `${names.join(', ')} ${/^[<[{]/.test(value) || /^[^\p{Ll}]+$/u.test(value) ? value : `<${value}>`}`
    return [
      sources.mention(file, line, written, quoted(label)),
      ...(hasDefaults ? [defaultOf(one)] : []),
      ...(hasWords ? [words.get(one) ?? []] : []),
    ]
  })
  const first = shown.some(({ isArgument }) => isArgument) ? heads.either : heads.option
  return table([first, ...(hasDefaults ? [heads.default] : []), ...(hasWords ? [heads.purpose] : [])], rows)
}

/** What an option does: its help text, the comment of its field, or the usage text; empty if unknown, and for `--help`. */
export function wordsOfOption(writing: Writing, option: CommandOption): Inline[] {
  const { text, component, written, names } = option
  // Every program has it.
  if (names.length > 0 && names.every((name) => /^--?(?:h|help|\?)$/.test(name))) return []
  // The value has its own column.
  if (text !== '') return codedWords(text.replaceAll('``', '').replace(/ ?\(defaults?:? %[a-z]\)/, ''))
  const field = writing.repo.components.get(component ?? '')
  const doc = field !== undefined && field.name === written ? docSentence(field.doc, true) : null
  return doc ?? optionWords(writing, option)
}

/** A default value; empty for an expression such as `styles.Auto`, which cannot be typed. */
function defaultWords({ repo }: Writing, { file, default: value, isNamed }: CommandOption): Inline[] {
  if (value === null) return []
  const known = constantValue(repo, file, value) ?? namedValue(repo, file, value)
  return known === undefined && isNamed === true ? [] : [quoted(withSpaces(known ?? value) || '""')]
}

/** Merges options that are both parsed by hand and defined for a parser. */
function distinct(options: readonly CommandOption[]): CommandOption[] {
  const taking = new Set(options.flatMap(({ names, value }) => (value === '' ? [] : names.map(bare))))
  return options.filter(({ names, value, text, isArgument }) => {
    const isAgain = names.every((name) => bare(name).length > 1 && taking.has(bare(name)))
    return isArgument || value !== '' || text !== '' || !isAgain
  })
}

/** The names and the value as in the help text, if it has all names. */
function typedAs(writing: Writing, option: CommandOption): Pick<CommandOption, 'names' | 'value'> {
  const { names, value, text, isArgument } = option
  const row = isArgument || text !== '' ? undefined : helpRowOf(writing, option)
  const has = new Set(row?.names.map(bare))
  return row === undefined || !names.every((name) => has.has(bare(name)))
    ? { names, value }
    : { names: row.names, value: row.value === '' || value.includes('|') ? value : row.value }
}
