/** The commands for the queue: `jobs`, `pause`, `resume`, `drain`. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Config, serverAddress } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { becomeOwner, explainOwner } from '#cli/spool-owner.ts'
import { say } from '#cli/terminal.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import { Status } from '#queue/contract.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags, overridesOf, remoteOf } from './flags.ts'

/** The status of a job, with cancelled jobs apart from failed ones. */
const STATES = [...Status.options, 'cancelled'] as const

export function addQueueCommands(program: Command): void {
  program
    .command('jobs')
    .description('list the jobs of a server, or without one those in the queue on this machine, newest first')
    .addOption(new Option('--status <status>', 'only jobs with this status').choices(STATES))
    .option('--server <url>', 'URL of the docspool server; DOCSPOOL_URL (default: the queue on this machine)')
    .option('--limit <number>', 'maximum number of jobs', wholeNumber('1 or more', 1, 999_999_999), 20)
    .option('--json', 'print one JSON object per line')
    .action(async ({ limit, json, ...flags }: Flags & { limit: number; json?: boolean }) => {
      const { listJobs, localJobs, remoteJobs } = await import('#cli/jobs.ts')
      const command = { state: STATES.find((each) => each === flags.status), limit, json: json === true }
      if (
        flags.server !== undefined ||
        (serverAddress() !== undefined && Object.keys(overridesOf(flags)).length === 0)
      ) {
        const { service, signal } = await remoteOf(flags)
        return await listJobs(command, remoteJobs(service, signal))
      }
      const { config } = applyFlags(flags)
      const log = createLog('jobs', config.logLevel)
      await explainOwner(config.spoolDir, 'jobs', async () => listJobs(command, await localJobs(config, log)))
    })

  for (const [name, description] of [
    ['pause', 'stop starting jobs; running jobs continue'],
    ['resume', 'start jobs again after a pause'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .action(async (flags: Flags) => {
        const { config: given } = applyFlags(flags)
        const { pause, resume } = await import('#cli/pause.ts')
        const config = asQueueOwner(given, name)
        say(await (name === 'pause' ? pause : resume)(config, createLog(name, config.logLevel)))
      })
  }

  program
    .command('drain')
    .description('pause, and wait until no job is running')
    .option(
      '--timeout <seconds>',
      'give up after this time, with exit code 1 (default: no limit)',
      wholeNumber('0 to 2000000', 0, 2_000_000),
    )
    .action(async ({ timeout: seconds, ...flags }: Flags & { timeout?: number }) => {
      const { config: given } = applyFlags(flags)
      const { drain } = await import('#cli/pause.ts')
      const signal = listenForShutdown().drain
      const config = asQueueOwner(given, 'drain')
      const isDrained = await drain({ seconds, signal, say }, config, createLog('drain', config.logLevel))
      process.exitCode = isDrained ? 0 : EXIT_FAILED
    })
}

/** Reads the value of a flag, without other notations such as `0x10`. */
const wholeNumber = (range: string, least: number, most: number) => (text: string) => {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new InvalidArgumentError(`Expected a whole number, ${range}.`)
}

/** For commands that change only the queue. If it is in a database, they may run on any machine. */
const asQueueOwner = (config: Config, command: string): Config =>
  config.databaseUrl === null ? becomeOwner(config, command) : config
