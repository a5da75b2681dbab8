/** The program's commands in groups, as its help and docs/commands.md list them. */

import { Command, CommanderError } from 'commander'
import { PROGRAM } from '#base/program.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { say, warn } from '#cli/terminal.ts'
import { addCheckCommands } from './check-commands.ts'
import { addDocumentCommands } from './document-commands.ts'
import { exampleLines } from './examples.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { type Flags, overridesOf, withSettings } from './flags.ts'
import { addQueueCommands } from './queue-commands.ts'
import { addChildProcesses, addRunCommands } from './run-commands.ts'
import { addServerCommands } from './server-commands.ts'
import { addSpoolCommands } from './spool-commands.ts'

/** These commands take no settings, because the server has its own. */
const REMOTE = 'Use a running server'

/**
 * @param args - Of the command line, for `--help --all`.
 * @returns The program, which throws usage errors instead of exiting.
 */
export function createProgram(args: readonly string[] = []): Command {
  const listsAll = args.includes('--all') && args.some((arg) => arg === '--help' || arg === '-h')
  const program = new Command('docspool')
    .description('Reads a git repository and writes its documentation, linked to the lines of its code.')
    .version(GENERATOR_VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => warn(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'docspool: ')),
    })
  for (const [title, add] of [
    ['Serve', addRunCommands],
    ['Document without a server', addDocumentCommands],
    [REMOTE, addServerCommands],
    ['Control the queue', addQueueCommands],
    ['Maintain the storage', addSpoolCommands],
    ['Check the machine', addCheckCommands],
  ] as const) {
    const others = new Set(program.commands)
    program.commandsGroup(`${title}:`)
    add(program)
    if (title !== REMOTE)
      for (const command of program.commands) if (!others.has(command)) withSettings(command, listsAll)
  }
  addHelp(program, '')
  program.addHelpText('after', footer())
  program.commandsGroup('Help:').helpCommand('help [command]', 'show the help of a command')
  addChildProcesses(program)
  return program.hook('preAction', async (_, command) => {
    const flags: Flags & { printConfig?: boolean } = command.opts()
    if (flags.printConfig !== true) return
    const { printConfig } = await import('#cli/check-config.ts')
    say(printConfig(overridesOf(flags)).trimEnd())
    throw new CommanderError(0, 'printed', '')
  })
}

/** Adds examples to the help of a command and its subcommands, and a pointer to that help to errors. */
function addHelp(command: Command, name: string): void {
  const lines = exampleLines(name, PROGRAM)
  if (lines.length > 0) command.addHelpText('after', ['\nExamples:', ...lines].join('\n  '))
  command.showHelpAfterError(`\`${PROGRAM}${name === '' ? '' : ` ${name}`} --help\` explains the usage.`)
  for (const below of command.commands) addHelp(below, `${name} ${below.name()}`.trim())
}

function footer(): string {
  return `
Exit codes:
${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(3)} ${meaning}`).join('\n')}

Settings are environment variables, or flags of the same names: ${PROGRAM} <command> --help lists those
that a command uses; with --all, the rare ones too.`
}
