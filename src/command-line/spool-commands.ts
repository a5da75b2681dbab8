/** The commands that create, upgrade, move and list the storage of docspool: `init`, `migrate`, `move`, `jobs`. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { createLog } from '#base/log.ts'
import { becomeOwner, explainOwner } from '#cli/spool-owner.ts'
import { say } from '#cli/terminal.ts'
import { Status } from '#queue/contract.ts'
import { applyFlags, type Flags, withSettings } from './flags.ts'

export function addSpoolCommands(program: Command): void {
  withSettings(
    program.command('init').description('create the spool; with DOCSPOOL_EXPECT_SPOOL, no other command does'),
  ).action(async (flags: Flags) => {
    const { config: given } = applyFlags(flags)
    const { initSpool } = await import('#cli/init.ts')
    const config = becomeOwner(given, 'init', { orFolder: true })
    say(await initSpool(config, given.spoolDir))
  })

  withSettings(
    program
      .command('migrate')
      .description('create or upgrade the tables of the database, as programs do when they start'),
  )
    .option('--dry-run', 'show what would be done, without changing anything')
    .action(async (flags: Flags & { dryRun?: boolean }) => {
      const { config } = applyFlags(flags)
      const { runMigrate } = await import('#cli/migrate.ts')
      say(await runMigrate(config, flags.dryRun === true))
    })

  withSettings(
    program
      .command('move')
      .description(
        'copy everything from a spool to a database, or back, while nothing else runs; run it again to continue',
      ),
  )
    .requiredOption('--from <storage>', 'a folder, postgres://user@host/database, or `database`: DOCSPOOL_DATABASE_URL')
    .requiredOption('--to <storage>', 'where to copy to, as for --from; it must be empty')
    .action(async (flags: Flags) => {
      const { config } = applyFlags(flags)
      const { runMove } = await import('#cli/move.ts')
      await runMove({ from: flags.from ?? '', to: flags.to ?? '', say }, config, createLog('move', config.logLevel))
    })

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
}
