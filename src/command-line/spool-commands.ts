/** The commands for the storage of docspool: `init`, `gc`, `fsck`, `migrate`, `move`. */

import type { Command } from 'commander'
import { type Config, givenSettings } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { becomeOwner, explainOwner } from '#cli/spool-owner.ts'
import { say, sayJson } from '#cli/terminal.ts'
import type { Owner } from '#queue/spool/owner.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags } from './flags.ts'

export function addSpoolCommands(program: Command): void {
  program
    .command('init')
    .description('create the spool; with DOCSPOOL_EXPECT_SPOOL, no other command does')
    .action(async (flags: Flags) => {
      const { config: given } = applyFlags(flags)
      const { initSpool } = await import('#cli/init.ts')
      const config = becomeOwner(given, 'init', { orFolder: true })
      say(await initSpool(config, given.spoolDir))
    })

  program
    .command('fsck')
    .description('check the spool (the folder of jobs and documents), and repair damage after a crash')
    .option('--documents', 'also read all documents, and set damaged ones aside, so that they can be generated again')
    .option('--json', 'print one JSON object')
    .action(async (flags: Flags & { documents?: boolean; json?: boolean }) => {
      const { config: given } = applyFlags(flags)
      const { checkSpool, checkText } = await import('#cli/fsck.ts')
      const { restoreOwnership } = await import('#cli/restore-ownership.ts')
      const { describeUnusable } = await import('#cli/unusable-files.ts')
      let changed = 0
      const asRoot = (folder: string, owner: Owner): void => {
        changed = restoreOwnership(folder, owner)
      }
      const config = await asFolderOwner(given, 'fsck', asRoot)
      const isJson = flags.json === true
      if (changed > 0 && !isJson) say(`files of root that now belong to the owner of the spool: ${changed}`)
      const unusable = describeUnusable(config.spoolDir, given.spoolDir)
      if (!isJson) for (const line of unusable) say(line)
      const check = await checkSpool(config, createLog('fsck', config.logLevel), {
        documents: flags.documents === true,
      })
      const ok = check.ok && unusable.length === 0
      if (isJson) sayJson([{ ...check, ok, given_back: changed, unusable }])
      else say(checkText(check, given.spoolDir))
      if (!ok) process.exitCode = EXIT_FAILED
    })

  program
    .command('gc')
    .description('remove expired jobs and unused documents now')
    .option('--dry-run', 'show what would be removed, without changing anything')
    .option('--json', 'print one JSON object')
    .action(async (flags: Flags & { dryRun?: boolean; json?: boolean }) => {
      const { config: given, overrides } = applyFlags(flags)
      const names = givenSettings(overrides)
      const { collect, reportText } = await import('#cli/gc.ts')
      const isDry = flags.dryRun === true
      const config = isDry ? given : await asFolderOwner(given, 'gc')
      const log = createLog('gc', config.logLevel)
      const report = await explainOwner(given.spoolDir, 'gc', () => collect(config, log, { isDry, given: names }))
      if (flags.json === true) sayJson([report])
      else say(reportText(report))
    })

  program
    .command('migrate')
    .description('create or upgrade the tables of the database, as programs do when they start')
    .option('--dry-run', 'show what would be done, without changing anything')
    .action(async (flags: Flags & { dryRun?: boolean }) => {
      const { config } = applyFlags(flags)
      const { runMigrate } = await import('#cli/migrate.ts')
      say(await runMigrate(config, { isDry: flags.dryRun === true }))
    })

  program
    .command('move')
    .description(
      'copy everything from a spool to a database, or back, while nothing else runs; run it again to continue',
    )
    .requiredOption('--from <storage>', 'a folder, postgres://user@host/database, or `database`: DOCSPOOL_DATABASE_URL')
    .requiredOption('--to <storage>', 'where to copy to, as for --from; it must be empty')
    .action(async (flags: Flags) => {
      const { config } = applyFlags(flags)
      const { runMove } = await import('#cli/move.ts')
      await runMove({ from: flags.from ?? '', to: flags.to ?? '', say }, config, createLog('move', config.logLevel))
    })
}

/**
 * For commands that also change the folder, which beside a database is this machine's. Its owner may put links there, so root never
 * works in it as root.
 */
async function asFolderOwner(
  config: Config,
  command: string,
  asRoot?: (folder: string, owner: Owner) => unknown,
): Promise<Config> {
  const { databaseUrl } = config
  if (databaseUrl === null) return becomeOwner(config, command, { ...(asRoot && { asRoot }) })
  const { prepareDatabase } = await import('#worker/configured-sets.ts')
  await prepareDatabase(databaseUrl)
  // The folder of a machine need not be there.
  return becomeOwner(config, command, { orFolder: true, ...(asRoot && { asRoot }) })
}
