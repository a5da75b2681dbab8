/** Finds the file that an interpreter is called with. */

import type { Word } from '#generate/formats/shell-words.ts'
import type { Repository } from './repository.ts'
import type { WorkingFolder } from './working-folder.ts'

interface Interpreter {
  command: RegExp
  /** Matches the names of files that it can run. */
  file: RegExp
  /** Matches options that take a value. */
  valued: RegExp
  /** Matches options that no file follows. */
  fileless: RegExp
  /** Suffixes tried after the path itself. */
  suffixes: readonly string[]
}

const ANY = /./
const NO_DOT = String.raw`(?:^|\/)[^./]+$`
const JAVASCRIPT = new RegExp(String.raw`\.[cm]?[jt]sx?$|${NO_DOT}`)

const SHELL = /^(?:ba|da|z|k)?sh$/
/** An option of a shell that takes a value: `-o pipefail`, `-euo pipefail`. */
const SHELL_VALUED = /^[-+][A-Za-z]*[oO]$/

const INTERPRETERS: readonly Interpreter[] = [
  {
    command: /^(?:node|nodejs|tsx|ts-node|ts-node-esm|bun|deno|babel-node|esno)$/,
    file: JAVASCRIPT,
    valued:
      /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|-C|--conditions|--config|-P|--project|--tsconfig)$/,
    fileless: /^(?:-e|--eval|-p|--print|-pe|-v|--version)$/,
    suffixes: ['.js', '/index.js'],
  },
  {
    command: /^nodemon$/,
    file: JAVASCRIPT,
    valued: /^(?:-r|--require|--import|--config|-w|--watch|-i|--ignore|-e|--ext|-d|--delay|-s|--signal)$/,
    fileless: /^(?:-x|--exec|-v|--version)$/,
    suffixes: ['.js', '/index.js'],
  },
  {
    command: /^(?:python|pypy)[\d.]*$/,
    file: new RegExp(String.raw`\.pyw?$|${NO_DOT}`),
    valued: /^-[WX]$/,
    fileless: /^(?:-c|-V|--version)$/,
    suffixes: ['/__main__.py'],
  },
  {
    command: /^(?:(?:ba|da|z|k)?sh|source|\.)$/,
    file: ANY,
    valued: SHELL_VALUED,
    fileless: /^(?:-[a-z]*[cs]|--version)$/,
    suffixes: [],
  },
  {
    command: /^php$/,
    file: ANY,
    valued: /^-[cd]$/,
    fileless: /^-[rv]$/,
    suffixes: [],
  },
  {
    command: /^(?:ruby|perl|Rscript|lua|luajit)$/,
    file: ANY,
    valued: /^-[Ir]$/,
    fileless: /^-[ceSv]$/,
    suffixes: [],
  },
]

/** The subcommands before a file. */
const SUBCOMMANDS = new Map([
  ['bun', 'run'],
  ['deno', 'run'],
  ['tsx', 'watch'],
])

export const isShell = (command: string): boolean => SHELL.test(command)

/** The script in `bash -euo pipefail -c '…'`. After the name of a script, `-c` is an argument of that script. */
export function inlineScript(words: readonly Word[]): Word | undefined {
  for (let at = 1; at < words.length; at++) {
    const { text } = words[at] ?? { text: '' }
    if (/^-[a-z]*c$/.test(text)) return words[at + 1]
    if (SHELL_VALUED.test(text)) at++
    else if (!/^[-+]/.test(text)) return undefined
  }
  return undefined
}

export function isInterpreter(command: string): boolean {
  return INTERPRETERS.some((one) => one.command.test(command))
}

/** The files that an interpreter runs: one, or more for `node --test`. */
export function interpretedFiles(
  command: string,
  words: readonly Word[],
  place: WorkingFolder,
  repository: Repository,
): string[] {
  const interpreter = INTERPRETERS.find((one) => one.command.test(command))
  if (interpreter === undefined) return []
  const isMany = command === 'node' && words.some((word) => word.text === '--test')
  const found: string[] = []
  for (let at = 1; at < words.length; at++) {
    const word = words[at]
    if (word === undefined || !word.isLiteral) {
      if (isMany) continue
      return found
    }
    if (at === 1 && word.text === SUBCOMMANDS.get(command)) continue
    if (interpreter.fileless.test(word.text)) return found
    if (word.text === '-m' && interpreter.command.test('python')) {
      const file = moduleFile(words[at + 1], place, repository)
      return file === undefined ? [] : [file]
    }
    if (interpreter.valued.test(word.text)) at++
    else if (!word.text.startsWith('-')) {
      const file = fileOf(word.text, interpreter, place, repository)
      if (file !== undefined) found.push(file)
      if (!isMany) return found
    }
  }
  return found
}

function fileOf(
  word: string,
  interpreter: Interpreter,
  place: WorkingFolder,
  repository: Repository,
): string | undefined {
  if (!interpreter.file.test(word)) return undefined
  for (const suffix of ['', ...interpreter.suffixes]) {
    const path = place.resolve(word + suffix)
    if (repository.isFile(path)) return path
  }
  return undefined
}

/** `python -m package.module`, looked up in the working folder, which Python searches first. */
function moduleFile(word: Word | undefined, place: WorkingFolder, repository: Repository): string | undefined {
  if (word?.isLiteral !== true || !/^[\w.]+$/.test(word.text)) return undefined
  const stem = word.text.replaceAll('.', '/')
  for (const candidate of [`${stem}/__main__.py`, `${stem}.py`]) {
    const path = place.resolve(candidate)
    if (repository.isFile(path)) return path
  }
  return undefined
}
