/** Reads Makefiles: targets with their prerequisites and commands, the default, and the values of variables. */

import { findText } from '#base/find-text.ts'

const MAX_TEXT = 200_000
const MANY_OF_KIND = 3
const COMPILES = /^\t.{0,400}\$[({](?:AR|CC|CXX|LD)[)}]/m
/** A comment above a target that names it: `## list: Print all targets`. */
const NAMING_COMMENT = /^##[ \t]{1,4}([A-Za-z0-9][\w/-]{0,60}):[ \t]{1,8}(\S.{0,300})$/

/** The prerequisites and commands of a target. */
export interface MakeRule {
  needs: string[]
  runs: string[]
}

/** Target names of a Makefile with their `## …` comments, in order. */
export function readMakeTargets(text: string): [string, string][] {
  const targets = new Map<string, string>()
  const comments = new Map<string, string>()
  for (const line of linesOf(text)) {
    if (line.startsWith('#')) {
      const [, name, words = ''] = NAMING_COMMENT.exec(line) ?? []
      if (name !== undefined) comments.set(name, words)
      continue
    }
    const colon = line.indexOf(':')
    const [rest = '', words = ''] = colon < 0 ? [] : [line.slice(colon + 1).split('##')[0], line.split('##')[1]]
    // Skips `name := value`, `NAME = $(OTHER:.c=.o)`, and `name: VARIABLE = value`, which has no recipe.
    if (colon < 1 || /^\s/.test(line) || line.slice(0, colon).includes('=') || /^[:=]|^\s*\w+\s*[:+?]?=/.test(rest))
      continue
    for (const name of line.slice(0, colon).trim().split(/\s+/))
      if (/^[A-Za-z0-9][\w/-]{0,60}$/.test(name) && !targets.has(name))
        targets.set(name, words.replace(/^#+/, '').trim() || (comments.get(name) ?? ''))
  }
  return onePerKind([...targets])
}

/** Keyed by target. */
export function recipesOf(text: string): Map<string, MakeRule> {
  const recipes = new Map<string, MakeRule>()
  let open: string[] = []
  let conditions = 0
  for (const line of linesOf(text)) {
    if (/^\s{0,20}ifn?(?:eq|def)\b/.test(line)) conditions++
    else if (/^\s{0,20}endif\b/.test(line)) conditions--
    const [, names, needs] = /^([A-Za-z0-9][\w/ -]{0,200}):(?![=:])([^=]{0,4000})$/.exec(line.split('#')[0] ?? '') ?? []
    if (names !== undefined) {
      open = names.trim().split(/\s+/)
      for (const name of open) {
        const known = recipes.get(name)
        // Prerequisites that a setting adds are not always built.
        const more = (conditions > 0 ? '' : (needs ?? ''))
          .trim()
          .split(/\s+/)
          .filter((one) => one !== '')
        recipes.set(name, { needs: [...(known?.needs ?? []), ...more], runs: known?.runs ?? [] })
      }
    } else if (/^\t/.test(line)) {
      const run = line.trim().replace(/^[@+-]{1,3}\s{0,8}/, '')
      for (const name of open) recipes.get(name)?.runs.push(run)
    } else if (line.trim() !== '') open = []
  }
  return recipes
}

export function goalOf(text: string, recipes: ReadonlyMap<string, unknown>): string | undefined {
  const [, goal] = /^\.DEFAULT_GOAL\s{0,8}:?=\s{0,8}([\w-]{1,60})\s*$/m.exec(text.slice(0, MAX_TEXT)) ?? []
  const [first] = recipes.keys()
  // A hidden default, which is not meant to be typed: `_no-target:`.
  const [, hidden] = /^(_[\w-]{1,60}):(?![:=])/m.exec(text.slice(0, MAX_TEXT)) ?? []
  const isFirst = hidden !== undefined && !(findText(text, `\n${first}:`) < findText(text, `\n${hidden}:`))
  return goal ?? (isFirst ? hidden : first)
}

/** Whether a rule matches every name: `%:`. */
export const makesAnything = (text: string): boolean => /^%\s{0,8}:(?!=)/m.test(text.slice(0, MAX_TEXT))

/** Whether a rule compiles with the variables of make for compilers. */
export const compilesCode = (text: string): boolean => COMPILES.test(text.slice(0, MAX_TEXT))

/** Literal values of variables: `VENV = venv`, `BIN = $(VENV)/bin`. */
export function variablesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of linesOf(text)) {
    const [, name, value] = /^([A-Za-z_]\w{0,60})\s{0,8}[:?]?=\s{0,8}([\w./$(){} -]{1,120})$/.exec(line.trimEnd()) ?? []
    if (name !== undefined && value !== undefined && !/\$[({]\w+ /.test(value)) found.set(name, value.trim())
  }
  return found
}

/** Variables that `make` predefines. */
const BUILT_IN = new Map([
  ['MAKE', 'make'],
  ['RM', 'rm -f'],
])

/** Replaces variables by their values, which may contain other variables. */
export function filled(run: string, variables: ReadonlyMap<string, string>): string {
  let whole = run
  for (let round = 0; round < 3 && whole.includes('$'); round++)
    whole = whole
      .replace(/\$[({](\w{1,60})[)}]/g, (all, name: string) => variables.get(name) ?? BUILT_IN.get(name) ?? all)
      .slice(0, 400)
  return whole
}

/** The lines of a Makefile; the lines of one rule or variable are joined. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let isContinued = false
  for (const line of text.slice(0, MAX_TEXT).split(/\r?\n/)) {
    const goesOn: boolean = line.endsWith('\\') && (isContinued || !line.startsWith('\t'))
    const own = goesOn ? line.slice(0, -1).trimEnd() : line
    if (isContinued) lines[lines.length - 1] += ` ${own.trim()}`
    else lines.push(own)
    isContinued = goesOn
  }
  return lines
}

/** Keeps only the last of targets that differ in a version: `build38`, `build39`, `build310`. */
function onePerKind(targets: [string, string][]): [string, string][] {
  const last = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const [name] of targets) {
    last.set(stemOf(name), name)
    counts.set(stemOf(name), (counts.get(stemOf(name)) ?? 0) + 1)
  }
  return targets.filter(([name]) => (counts.get(stemOf(name)) ?? 0) < MANY_OF_KIND || last.get(stemOf(name)) === name)
}

/** Removes a version at the end of a name. */
function stemOf(name: string): string {
  let end = name.length
  if (/\d$/.test(name)) while (end > 0 && /[\d._-]/.test(name[end - 1] ?? '')) end--
  return name.slice(0, end)
}
