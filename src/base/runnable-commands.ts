/** Rewrites commands in messages so that they work in the current folder. */

import path from 'node:path'
import { ENTRY_SCRIPT } from './entry-script.ts'
import { isPacked, PROGRAM } from './program.ts'
import { shellWord } from './shell-word.ts'

/** The file that people run: the script, or the executable of a standalone build. */
function programFile(): string {
  if (!isPacked) return ENTRY_SCRIPT
  const isScript = path.basename(process.argv[1] ?? '') === 'docspool.mjs'
  return isScript ? path.resolve(ENTRY_SCRIPT, '../../../docspool') : process.execPath
}

let command: string | undefined

/** `PROGRAM`, with an absolute path unless it runs from the current folder as it is. */
function commandHere(): string {
  command ??= commandFrom(currentFolder(), programFile())
  return command
}

/** A folder that has been removed has no path. */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return '/'
  }
}

/**
 * A text in which commands that begin with `PROGRAM` run from the current folder. For the terminal and the log only: pages and
 * responses must not reveal where docspool is installed.
 */
export const runnableHere = (text: string): string => withCommand(text, commandHere)

/** Like `runnableHere`, for a line of JSON. */
export const runnableInJson = (line: string): string =>
  withCommand(line, () => JSON.stringify(commandHere()).slice(1, -1))

/** Leaves paths that only contain `PROGRAM`, such as `./docspool.json`. */
const withCommand = (text: string, commandFor: () => string): string =>
  text.replaceAll(`${PROGRAM} `, (found, at: number) =>
    /[\w./-]/.test(text.charAt(at - 1)) ? found : `${commandFor()} `,
  )

/** @param folder - The current folder. @param file - The absolute path of the file that people run. */
export function commandFrom(folder: string, file: string): string {
  const words = PROGRAM.split(' ')
  const given = words.pop() ?? ''
  return path.resolve(folder, given) === file ? PROGRAM : [...words, shellWord(file)].join(' ')
}
