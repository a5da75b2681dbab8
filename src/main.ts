/** The program: parses the command line and runs a command. */

import { Command, CommanderError } from 'commander'
import { AppError, isErrno } from '#base/errors.ts'
import { createLog, forLog } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { flush, releaseClosedTerminals, say, warn, watchOutput } from '#cli/terminal.ts'
import { sendToKeeper } from '#processes/keeper-channel.ts'
import { addDocumentCommands } from './command-line/document-commands.ts'
import { EXIT_FAILED, exitCodeOf, WAITS_FOR_SPOOL } from './command-line/exit-codes.ts'
import { type Flags, overridesOf } from './command-line/flags.ts'
import { addMaintenanceCommands } from './command-line/maintenance-commands.ts'
import { addChildProcesses, addRunCommands } from './command-line/run-commands.ts'
import { addServerCommands } from './command-line/server-commands.ts'
import { addSpoolCommands } from './command-line/spool-commands.ts'

/**
 * Runs a command and sets the exit code.
 *
 * @param args - Without the program's name.
 */
export async function main(args: string[]): Promise<void> {
  releaseClosedTerminals()
  // The reader of the output has gone (`| head`, a closed terminal), or a disk is full: the work continues.
  let isOutputLost = false
  watchOutput((error) => {
    if (!isOutputLost && !isErrno(error, 'EPIPE', 'EIO')) {
      isOutputLost = true
      warn(`docspool: cannot write its output: ${error.message}`)
    }
  })
  try {
    process.exitCode = 0
    await createProgram().parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (error instanceof AppError && WAITS_FOR_SPOOL.has(error.code)) await sendToKeeper('no spool')
  }
  // A native library or an open socket must not keep a finished command running; output is flushed first.
  await flush()
  if (isOutputLost) process.exitCode ||= EXIT_FAILED
  process.exit()
}

function createProgram(): Command {
  const program = new Command('docspool')
    .description('Turns any git repository into browsable, correct documentation.')
    .version(GENERATOR_VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => say(text.trimEnd()), writeErr: (text) => warn(text.trimEnd()) })
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      `\nFrom this folder: ${PROGRAM} <command>. Settings are environment variables, or flags of the same names;\n${PROGRAM} <command> --help lists those that a command uses, and \`up\` all of them.`,
    )

  addRunCommands(program)
  addDocumentCommands(program)
  addSpoolCommands(program)
  addServerCommands(program)
  addMaintenanceCommands(program)
  addChildProcesses(program)
  return program.hook('preAction', async (_, command) => {
    const flags: Flags & { printConfig?: boolean } = command.opts()
    if (flags.printConfig !== true) return
    const { printConfig } = await import('./cli/check-config.ts')
    say(printConfig(overridesOf(flags)).trimEnd())
    throw new CommanderError(0, 'printed', '')
  })
}

/** Unhandled errors are logged and end the program, rather than leave it half working. */
process.on('unhandledRejection', (reason) => {
  createLog('docspool', 'error').error(forLog(reason), 'a promise failed without a handler')
  process.exit(EXIT_FAILED)
})
