/** The commands that keep running: `up`, `serve`, `supervise`, and the processes that the supervisor starts. */

import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { refuseOthersSpool } from '#cli/spool-owner.ts'
import { isAtTerminal, sayStarting, warn } from '#cli/terminal.ts'
import { connectToServiceManager } from '#processes/service-manager.ts'
import { listenForShutdown, untilAborted } from '#processes/shutdown-signals.ts'
import { applyFlags, type Flags, jobOptionsOf, withJobOptions } from './flags.ts'

export function addRunCommands(program: Command): void {
  withJobOptions(
    program
      .command('up')
      .description('run docspool: the web server and the supervisor, each restarted when it dies')
      .option('--document <repository>', 'document this URL or folder at once and print the address of the documents'),
  ).action(async (flags: Flags) => {
    const jobOptions = jobOptionsOf(flags)
    const shutdown = listenForShutdown()
    if (flags.document === undefined && Object.keys(jobOptions).length > 0) {
      throw new InvalidArgumentError('--model, --language and --notes need --document')
    }
    const { config, overrides } = applyFlags(flags)
    refuseOthersSpool(config, 'up')
    sayStarting()
    const { up } = await import('#cli/up.ts')
    const log = createLog('up', config.logLevel)
    const rest = { overrides, document: flags.document, jobOptions }
    void untilAborted(shutdown.drain).then(() => sayEnding(config))
    process.exitCode = await up({ config, log, shutdown, manager: connectToServiceManager(log), ...rest })
  })

  program
    .command('serve')
    .description('run only the web server; it needs a supervisor to make documents')
    .action(async (flags: Flags) => {
      const shutdown = listenForShutdown()
      const { config } = applyFlags(flags)
      refuseOthersSpool(config, 'serve')
      const { runServer } = await import('#server/serve.ts')
      const log = createLog('server', config.logLevel)
      await runServer(config, log, shutdown, connectToServiceManager(log))
    })

  program
    .command('supervise')
    .description('run only the supervisor, which takes jobs from the queue and makes documents')
    .action(async (flags: Flags) => {
      const shutdown = listenForShutdown()
      const { config, overrides } = applyFlags(flags)
      refuseOthersSpool(config, 'supervise')
      const { runSupervisor } = await import('#worker/supervise.ts')
      const log = createLog('supervisor', config.logLevel)
      await runSupervisor(config, log, shutdown, overrides, connectToServiceManager(log))
    })
}

export function addChildProcesses(program: Command): void {
  program.command('worker', { hidden: true }).action(async () => {
    const { work } = await import('#worker/worker.ts')
    process.exitCode = await work()
  })
  program.command('look', { hidden: true }).action(async () => {
    const { look } = await import('#worker/look-process.ts')
    process.exitCode = await look()
  })
}

/** For users who have pressed Ctrl-C. */
function sayEnding({ drainMs }: Config): void {
  if (!isAtTerminal()) return
  const time = `Running jobs have ${drainMs / 1_000} s to finish`
  warn(`\nStopping docspool. ${time}, then they return to the queue. Press Ctrl-C again to stop at once.`)
}
