/** The program's commands in groups, as its help and docs/commands.md list them. */

import { Command, CommanderError } from 'commander'
import { greatest } from '#base/long-arrays.ts'
import { PROGRAM } from '#base/program.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { say, warn } from '#cli/terminal.ts'
import { addCheckCommands } from './check-commands.ts'
import { addDocumentCommands } from './document-commands.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { type Flags, overridesOf } from './flags.ts'
import { addQueueCommands } from './queue-commands.ts'
import { addChildProcesses, addRunCommands } from './run-commands.ts'
import { addServerCommands } from './server-commands.ts'
import { addSpoolCommands } from './spool-commands.ts'

const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ['up --document ../my-project', 'start docspool and document a folder'],
  ['submit https://github.com/pallets/flask --wait', 'from another terminal'],
  ['generate . --site -o site', 'write a static site, without a server'],
  ['diff --repo . v1.2.0 HEAD', 'what changed for users'],
]

/** @returns The program, with an error instead of an exit for wrong usage. */
export function createProgram(): Command {
  const program = new Command('docspool')
    .description('Turns any git repository into browsable, correct documentation.')
    .version(GENERATOR_VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => say(text.trimEnd()), writeErr: (text) => warn(text.trimEnd()) })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', footer())
  for (const [title, add] of [
    ['Serve', addRunCommands],
    ['Document without a server', addDocumentCommands],
    ['Use a running server', addServerCommands],
    ['Control the queue', addQueueCommands],
    ['Maintain the storage', addSpoolCommands],
    ['Check the machine', addCheckCommands],
  ] as const) {
    program.commandsGroup(`${title}:`)
    add(program)
  }
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

function footer(): string {
  const width = greatest(EXAMPLES.map(([command]) => command.length))
  return `
Examples:
${EXAMPLES.map(([command, meaning]) => `  ${PROGRAM} ${command.padEnd(width)}   # ${meaning}`).join('\n')}

Exit codes:
${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(3)} ${meaning}`).join('\n')}

Settings are environment variables, or flags of the same names: ${PROGRAM} <command> --help lists those
that a command uses, and \`up\` all of them.`
}
