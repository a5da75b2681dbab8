/** The commands for operators: `fsck`, `gc`, `pause`, `resume`, `drain`, `doctor`, `check-config`. */

import { type Command, InvalidArgumentError } from 'commander'
import { type Config, givenSettings } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { becomeOwner, explainOwner } from '#cli/spool-owner.ts'
import { say, sayJson } from '#cli/terminal.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import type { Owner } from '#queue/spool/owner.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags, withSettings } from './flags.ts'

export function addMaintenanceCommands(program: Command): void {
  withSettings(
    program
      .command('fsck')
      .description('check the spool (the folder of jobs and documents), and repair damage after a crash'),
  )
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

  withSettings(program.command('gc').description('remove expired jobs and unused documents now'))
    .option('--dry-run', 'show what would be removed, without changing anything')
    .option('--json', 'print one JSON object')
    .action(async (flags: Flags & { dryRun?: boolean; json?: boolean }) => {
      const { config: given, overrides } = applyFlags(flags)
      const names = givenSettings(overrides)
      const { collect, reportText } = await import('#cli/gc.ts')
      const isDry = flags.dryRun === true
      const config = isDry ? given : await asFolderOwner(given, 'gc')
      const log = createLog('gc', config.logLevel)
      const report = await explainOwner(given.spoolDir, 'gc', () => collect(isDry, config, log, names))
      if (flags.json === true) sayJson([report])
      else say(reportText(report))
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

  withSettings(program.command('doctor').description('check whether this machine can run docspool'))
    .option('--json', 'print one JSON object per check')
    .action(async (flags: Flags & { json?: boolean }) => {
      const { config } = applyFlags(flags, { isSilent: true })
      const { examine, findingFields, findingText } = await import('#cli/doctor.ts')
      const findings = await examine(config)
      if (flags.json === true) sayJson(findings.map(findingFields))
      else for (const finding of findings) say(findingText(finding))
      process.exitCode = findings.every((finding) => finding.ok) ? 0 : EXIT_FAILED
    })

  withSettings(
    program.command('check-config').description('check the settings and print warnings, without starting anything'),
  ).action(async (flags: Flags) => {
    const { config } = applyFlags(flags, { isSilent: true })
    const { checkConfig } = await import('#cli/check-config.ts')
    say(checkConfig(config).trimEnd())
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

/** For commands that change only the queue. If it is in a database, they may run on any machine. */
const asQueueOwner = (config: Config, command: string): Config =>
  config.databaseUrl === null ? becomeOwner(config, command) : config
