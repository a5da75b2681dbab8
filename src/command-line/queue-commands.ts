/** The commands for the queue: `jobs`, `pause`, `resume`, `drain`. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { becomeOwner, explainOwner } from '#cli/spool-owner.ts'
import { say } from '#cli/terminal.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import { Status } from '#queue/contract.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags, withSettings } from './flags.ts'

export function addQueueCommands(program: Command): void {
  withSettings(program.command('jobs').description('list the jobs in the queue, newest first'))
    .addOption(new Option('--status <status>', 'only jobs with this status').choices(Status.options))
    .option('--limit <number>', 'maximum number of jobs', '20')
    .option('--json', 'print one JSON object per line')
    .action(async (flags: Flags & { json?: boolean }) => {
      const { config } = applyFlags(flags)
      const { listJobs } = await import('#cli/jobs.ts')
      const limit = Number(flags.limit ?? '20')
      if (!/^[1-9][0-9]{0,8}$/.test(String(flags.limit ?? '20'))) {
        throw new InvalidArgumentError(
          `--limit: expected a whole number of 1 or more, found ${JSON.stringify(flags.limit)}`,
        )
      }
      const status = flags.status === undefined ? undefined : Status.parse(flags.status)
      const command = { status, limit, json: flags.json === true }
      const log = createLog('jobs', config.logLevel)
      await explainOwner(config.spoolDir, 'jobs', () => listJobs(command, config, log))
    })

  withSettings(program.command('pause').description('stop starting jobs; running jobs continue')).action(
    async (flags: Flags) => {
      const { config: given } = applyFlags(flags)
      const { pause } = await import('#cli/pause.ts')
      const config = asQueueOwner(given, 'pause')
      say(await pause(config, createLog('pause', config.logLevel)))
    },
  )

  withSettings(program.command('resume').description('start jobs again after a pause')).action(async (flags: Flags) => {
    const { config: given } = applyFlags(flags)
    const { resume } = await import('#cli/pause.ts')
    const config = asQueueOwner(given, 'resume')
    say(await resume(config, createLog('resume', config.logLevel)))
  })

  withSettings(program.command('drain').description('pause, and wait until no job is running'))
    .option('--timeout <seconds>', 'give up after this time, with exit code 1 (default: no limit)')
    .action(async (flags: Flags) => {
      const { config: given } = applyFlags(flags)
      const { drain } = await import('#cli/pause.ts')
      const seconds = flags.timeout === undefined ? undefined : Number(flags.timeout)
      if (seconds !== undefined && !(seconds >= 0 && seconds <= 2_000_000)) {
        throw new InvalidArgumentError(`--timeout: expected seconds, found ${JSON.stringify(flags.timeout)}`)
      }
      const signal = listenForShutdown().drain
      const config = asQueueOwner(given, 'drain')
      const isDrained = await drain({ seconds, signal, say }, config, createLog('drain', config.logLevel))
      process.exitCode = isDrained ? 0 : EXIT_FAILED
    })
}

/** For commands that change only the queue. If it is in a database, they may run on any machine. */
const asQueueOwner = (config: Config, command: string): Config =>
  config.databaseUrl === null ? becomeOwner(config, command) : config
