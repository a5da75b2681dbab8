/** Finds programs with docopt, which reads the options from the usage text of each command. */

import type { CommandLine } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { firstUsageSentence, type Usage, type UsageRow, usageIn } from './usage-text.ts'

const LIBRARY = /^docopt(?:-ng|s)?$/
const MAX_CALLS = 40
const MAX_ABOVE = 60
const DEFAULT = /[[(]default: ([^\])]{1,40})[\])]/
/** Matches the beginning of a literal, at the end of a line or before a sentence. */
const OPENS = /(?:^|[=(] {0,4})(?:r#?|&)?["'`]{1,3}(?:\\?$|\p{Lu})|<<[-~]?\w/u

/** Each program with its commands, `xsv` with `xsv split`, by the first words of their usage. */
export function docoptPrograms(
  writing: Writing,
): { name: string; line: CommandLine; commands: { name: string; line: CommandLine }[] }[] {
  const { repo, packages } = writing
  if (!packages.some(({ dependencies }) => dependencies.some(({ name }) => LIBRARY.test(name)))) return []
  const found = [...repo.files.values()].flatMap((file) => {
    if (!isMain(file.path, repo)) return []
    const usage = usageIn(file)
    const name = calledIn(usage)
    return name === '' ? [] : [{ name, line: lineOf(file.path, name, usage) }]
  })
  return found
    .filter(({ name }) => !name.includes(' '))
    .map((root) => ({ ...root, commands: found.filter(({ name }) => name.startsWith(`${root.name} `)) }))
}

/** The common first words of all usage lines: `xsv split` of `xsv split [options] <outdir>`. */
function calledIn({ lines, at }: Usage): string {
  const calls: string[][] = []
  for (const line of at < 0 ? [] : lines.slice(at + 1, at + 1 + MAX_CALLS)) {
    const [whole] = /^\s+[a-z][\w-]{0,40}(?: [a-z][\w-]{0,40}){0,4}(?= |$)/.exec(line) ?? []
    if (whole === undefined) break
    calls.push(whole.trim().split(' '))
  }
  const [first = []] = calls
  const shared = first.findIndex((word, place) => calls.some((call) => call[place] !== word))
  return first.slice(0, shared === -1 ? first.length : shared).join(' ')
}

const lineOf = (file: string, name: string, { rows, lines, at }: Usage): CommandLine =>
  usageProgram(file, name, rows, at + 1, aboveUsage(lines, at))

/** A command with the options of its usage text. */
export function usageProgram(
  file: string,
  name: string,
  rows: readonly UsageRow[],
  at: number,
  about: string,
): CommandLine {
  const options = rows.map(({ names, value, text, line }) => ({
    ...{ names, value, file, line, isArgument: false, component: null },
    default: DEFAULT.exec(text)?.[1] ?? null,
    text: text.replace(DEFAULT, '').trim(),
    written: names[0] ?? '',
  }))
  const own = name.split(' ').at(-1) ?? name
  return {
    name: own,
    parent: -1,
    file,
    line: at,
    component: null,
    text: about,
    options,
    isWhole: true,
  }
}

/** The first sentence of the text that contains `Usage:`. */
function aboveUsage(lines: readonly string[], at: number): string {
  const above = lines.slice(Math.max(0, at - MAX_ABOVE), at)
  const start = above.findLastIndex((line) => OPENS.test(line))
  if (start === -1) return ''
  const [, head = ''] = /^[^"'`]{0,80}["'`]{1,3}(\p{Lu}[^"`]*)$/u.exec(above[start] ?? '') ?? []
  const words = head === '' ? [] : [head]
  for (const line of above.slice(start + 1)) {
    if (line.trim() === '' && words.length > 0) break
    if (line.trim() !== '') words.push(line.trim())
  }
  return firstUsageSentence(words)
}
