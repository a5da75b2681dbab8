/** The commands that a manifest names: scripts of package.json, Deno and Composer, recipes of just and task. */

import type { Package, SourceFile } from '#generate/model.ts'
import type { Command, Here } from './command.ts'
import type { Recipe } from './just-recipes.ts'
import { byUse } from './script-order.ts'

/** Matches scripts that only print a message, such as the test script that `npm init` writes. */
const PRINTS = /^(?:echo\b|node -e \W{0,3}console\.)[^&|;<>]*(?:(?:&&|;) exit \d)?$/

/** Creates commands for the scripts of a manifest. */
export function scripts(named: readonly (readonly [string, string])[], lineOf: (name: string) => string): Command[] {
  return byUse(named).map(({ name, runs, isOmitted }) => ({
    line: lineOf(name),
    runs,
    ...(isOmitted ? { isOmitted } : {}),
  }))
}

/** Names whose commands the manifest does not define. */
export const named = (names: readonly string[]): [string, string][] => names.map((name) => [name, ''])

export function ofNode(_: SourceFile, here: Here): Command[] {
  const npm = here.package('npm')
  const runner = npm?.tools[0] ?? 'npm'
  const present = scriptsOf(npm).filter(([, command]) => !startsMissingFile(command, here))
  const commands = scripts(present, (name) => scriptLine(runner, name))
  const needsOthers = (npm?.dependencies.length ?? 0) > 0
  // The dependencies of scripts must be installed first.
  return commands.length === 0 || !needsOthers ? commands : [{ line: `${runner} install`, runs: '' }, ...commands]
}

/** Whether a script starts a file next to the manifest that does not exist: `node web`. Build folders are created later. */
function startsMissingFile(command: string, { has }: Here): boolean {
  const [, name = ''] = /^node (?!(?:build|cjs|dist|esm|lib|out|output)$)(\w[\w-]{0,60})$/.exec(command) ?? []
  return name !== '' && !['', '.js', '.mjs', '.cjs', '/index.js'].some((end) => has(name + end))
}

/** The command that runs a script of a package.json. */
function scriptLine(runner = 'npm', name = ''): string {
  const isShort = (name === 'test' || name === 'start') && runner !== 'bun'
  return isShort ? `${runner} ${name}` : `${runner} run ${name}`
}

export function ofScripts(of: Package | undefined, runner: string): Command[] {
  return scripts(scriptsOf(of), (name) => `${runner} ${name}`)
}

function scriptsOf(of: Package | undefined): [string, string][] {
  const own = (of?.scripts ?? []).filter(({ command }) => !PRINTS.test(command))
  return own.map(({ name, command }) => [name, command])
}

/** The default of `task`, which a plain `task` runs, comes first. */
export function recipeCommands(runner: 'just' | 'task', recipes: readonly Recipe[]): Command[] {
  const lineOf = (name: string): string => (runner === 'task' && name === 'default' ? runner : `${runner} ${name}`)
  const words = new Map(recipes.map((one) => [lineOf(one.name), one.words]))
  const commands = scripts(
    recipes.map(({ name, runs }) => [name, runs]),
    lineOf,
  )
  return commands
    .map((one) => withWords(one, words.get(one.line) ?? ''))
    .sort((a, b) => Number(b.line === runner) - Number(a.line === runner))
}

/** A described command is for users, whatever its name. */
const withWords = (command: Command, words: string): Command => (words === '' ? command : { line: command.line, words })
