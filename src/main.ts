/** The program: parses the command line and runs a command. */

import { AppError, isErrno } from '#base/errors.ts'
import { createLog, forLog } from '#base/log.ts'
import { flush, releaseClosedTerminals, warn, watchOutput } from '#cli/terminal.ts'
import { sendToKeeper } from '#processes/keeper-channel.ts'
import { EXIT_FAILED, exitCodeOf, WAITS_FOR_SPOOL } from './command-line/exit-codes.ts'
import { createProgram } from './command-line/program.ts'

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
    await createProgram(args).parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (error instanceof AppError && WAITS_FOR_SPOOL.has(error.code)) await sendToKeeper('no spool')
  }
  // A native library or an open socket must not keep a finished command running; output is flushed first.
  await flush()
  if (isOutputLost) process.exitCode ||= EXIT_FAILED
  process.exit()
}

/** Unhandled errors are logged and end the program, instead of leaving it running in an unknown state. */
process.on('unhandledRejection', (reason) => {
  createLog('docspool', 'error').error(forLog(reason), 'a promise failed without a handler')
  process.exit(EXIT_FAILED)
})
