/** The command line: commands, flags, exit codes. What a command does is in its own file. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type Config, flagOf, listSettings, readConfig, serverAddress, unknownSettings } from '#base/config.ts'
import { Aborted, AppError, isErrno } from '#base/errors.ts'
import { Languages } from '#base/language.ts'
import { createLog, forLog } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import { scrub } from '#base/scrub.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { originOf } from '#cli/ask-queue.ts'
import { isUsedBy } from '#cli/command-settings.ts'
import type { DiffFormat } from '#cli/diff.ts'
import { asGiven, becomeOwner, explainOwner, type Owner, refuseOthersSpool } from '#cli/spool-owner.ts'
import type { RemoteCommand } from '#cli/submit-and-follow.ts'
import { flush, isAtTerminal, say, warn, watchOutput } from '#cli/terminal.ts'
import { EXIT_UNUSABLE } from '#processes/keep-running.ts'
import { sendToKeeper } from '#processes/keeper-channel.ts'
import { isChildProcess, runInChild } from '#processes/run-in-child.ts'
import { connectToServiceManager } from '#processes/service-manager.ts'
import { Status } from '#queue/contract.ts'
import { JobOptions } from '#queue/job-options.ts'
import { fired, listenForShutdown } from './processes/shutdown-signals.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

/** Faults that a second try would meet again: the operator has to change something. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'BAD_CONFIGURATION',
  'ALREADY_RUNNING',
  'PORT_IN_USE',
  'PORT_NOT_ALLOWED',
  'ADDRESS_NOT_AVAILABLE',
  'ASSET_MISSING',
  'SPOOL_TOO_NEW',
  'SPOOL_MISSING',
  'SPOOL_UNUSABLE',
  'SPOOL_OF_ANOTHER_USER',
  'DATABASE_UNUSABLE',
  'DATABASE_TOO_NEW',
  'DATABASE_NOT_MIGRATED',
])

/** No server is at the address of the database: a fault of the settings, unless docspool has already been running with them. */
const UNREACHABLE = 'DATABASE_UNREACHABLE'

/** Faults that pass when the disk of the spool is back, or has room. */
const WAITS_FOR_SPOOL: ReadonlySet<string> = new Set(['SPOOL_UNAVAILABLE', 'SPOOL_FULL', UNREACHABLE])

type Flags = Record<string, string | undefined>

/**
 * Run a command and set the exit code: 0 done, 1 failed, 2 wrong usage, 78 cannot work as configured.
 *
 * @param args - Without the program's name.
 */
export async function main(args: string[]): Promise<void> {
  // Nobody reads what is printed any more (`| head`, a terminal that is closed), or a disk is full: the work goes on.
  let isOutputLost = false
  watchOutput((error) => {
    if (!isOutputLost && !isErrno(error, 'EPIPE', 'EIO')) {
      isOutputLost = true
      warn(`docspool: what it prints cannot be written: ${error.message}`)
    }
  })
  try {
    process.exitCode = 0
    await createProgram().parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = report(error)
    if (error instanceof AppError && WAITS_FOR_SPOOL.has(error.code)) await sendToKeeper('no spool')
  }
  // A native library or an open socket must not hold a finished command; output is flushed first.
  await flush()
  if (isOutputLost) process.exitCode ||= EXIT_FAILED
  process.exit()
}

function report(error: unknown): number {
  if (error instanceof InvalidArgumentError) warn(`docspool: ${error.message}`)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
  if (error instanceof Aborted || (error instanceof Error && error.name === 'AbortError')) return EXIT_FAILED
  if (error instanceof AppError) {
    const hint = error.hint === null ? '' : `\n${error.hint}`
    warn(scrub(asGiven(`docspool: ${error.message} (${error.code})${hint}`)))
    const isUnusable = UNUSABLE.has(error.code) || (error.code === UNREACHABLE && !isChildProcess())
    return isUnusable ? EXIT_UNUSABLE : EXIT_FAILED
  }
  const stack = error instanceof Error ? error.stack : String(error)
  warn(scrub(`docspool: an unexpected error\n${stack}`))
  return EXIT_FAILED
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
      `\nFrom this folder: ${PROGRAM} <command>. Settings are environment variables, or flags of the same names;\n${PROGRAM} <command> --help lists those that a command uses, up all.`,
    )

  withJobOptions(
    withSettings(
      program.command('up').description('run docspool: the web server and the supervisor; starts again what dies'),
    ).option('--document <repository>', 'document this URL or folder at once and print where the documents are'),
  ).action(async (flags: Flags) => {
    const jobOptions = jobOptionsOf(flags)
    const shutdown = listenForShutdown()
    if (flags.document === undefined && Object.keys(jobOptions).length > 0) {
      throw new InvalidArgumentError('--model, --language and --notes are for --document')
    }
    const { config, overrides } = applyFlags(flags)
    refuseOthersSpool(config, 'up')
    sayStarting()
    const { up } = await import('./cli/up.ts')
    const log = createLog('up', config.logLevel)
    const rest = { overrides, document: flags.document, jobOptions }
    void fired(shutdown.drain).then(() => sayEnding(config))
    process.exitCode = await up({ config, log, shutdown, manager: connectToServiceManager(log), ...rest })
  })

  withSettings(
    program.command('serve').description('run the web server alone; a supervisor has to run beside it'),
  ).action(async (flags: Flags) => {
    const shutdown = listenForShutdown()
    const { config } = applyFlags(flags)
    refuseOthersSpool(config, 'serve')
    const { runServer } = await import('./server/serve.ts')
    const log = createLog('server', config.logLevel)
    await runServer(config, log, shutdown, connectToServiceManager(log))
  })

  withSettings(
    program
      .command('supervise')
      .description('run the supervisor alone: it takes jobs from the queue and makes documents'),
  ).action(async (flags: Flags) => {
    const shutdown = listenForShutdown()
    const { config, overrides } = applyFlags(flags)
    refuseOthersSpool(config, 'supervise')
    const { runSupervisor } = await import('./worker/supervise.ts')
    const log = createLog('supervisor', config.logLevel)
    await runSupervisor(config, log, shutdown, overrides, connectToServiceManager(log))
  })

  const generate = program
    .command('generate')
    .description('document one repository into a folder, without a server')
    .argument('<repository>', 'a URL or a folder on this machine')
    .option('-o, --output <dir>', 'folder to write (default: <name>-docs)')
    .option('--site', 'write pages that open from the folder or any web server, instead of Markdown and data')
    .option('-c, --commit <id>', 'commit id, branch or tag (default: the default branch)')
    .option('--estimate', 'say what a model would cost, and ask it nothing')
    .option('--json', 'with --estimate: as JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  ${PROGRAM} generate . --site -o site\n  ${PROGRAM} generate https://github.com/pallets/flask -c 3.0.0 -o flask-docs`,
    )
  withJobOptions(generate)
  withSettings(generate).action(
    async (repository: string, flags: Flags & { site?: boolean; estimate?: boolean; json?: boolean }) => {
      const { language, notes } = jobOptionsOf(flags)
      const config = withModel(flags)
      if (!isChildProcess()) {
        sayStarting()
        process.exitCode = await runInChild(process.argv.slice(2), listenForShutdown())
        return
      }
      const source = { source: repository, commitId: flags.commit, language, notes }
      if (flags.estimate === true) {
        const { runEstimate } = await import('./cli/estimate.ts')
        const told = await runEstimate({ ...source, json: flags.json === true }, config, listenForShutdown().drain)
        say(told)
        return
      }
      const { runGenerate } = await import('./cli/generate.ts')
      const command = { ...source, output: flags.output, isSite: flags.site === true }
      const output = await runGenerate(command, config, listenForShutdown().drain)
      say(output)
    },
  )

  withSettings(
    program
      .command('diff')
      .description('say what changed for users between two document sets; fails when a change breaks them')
      .argument('<before>', 'a folder that `generate` wrote, or with --repo a commit id, branch or tag')
      .argument('<after>', 'the same of the newer version')
      .option('--repo <repository>', 'a folder or URL of a repository: <before> and <after> are revisions of it')
      .addOption(
        new Option('--format <format>', 'how to print it').choices(['text', 'markdown', 'json']).default('text'),
      )
      .option('--allow-breaking', 'exit with 0 even if a change breaks users')
      .addHelpText('after', `\nExample:\n  ${PROGRAM} diff --repo . v1.2.0 HEAD`),
  ).action(async (before: string, after: string, flags: Flags & { format: DiffFormat; allowBreaking?: boolean }) => {
    const { config } = applyFlags(flags)
    if (!isChildProcess()) {
      process.exitCode = await runInChild(process.argv.slice(2), listenForShutdown())
      return
    }
    const { runDiff } = await import('./cli/diff.ts')
    const command = { before, after, repository: flags.repo, format: flags.format }
    const { text, isBreaking } = await runDiff(command, config, listenForShutdown().drain)
    say(text)
    if (isBreaking && flags.allowBreaking !== true) process.exitCode = EXIT_FAILED
  })

  withJobOptions(
    withSettings(
      program.command('demo').description('document a repository on a free port, check the result, and end'),
    ),
  )
    .argument('<repository>', 'a URL or a folder on this machine')
    .action(async (repository: string, flags: Flags) => {
      const jobOptions = jobOptionsOf(flags)
      const { config, overrides } = applyFlags({ port: '0', ...flags })
      refuseOthersSpool(config, 'demo')
      sayStarting()
      const { demo } = await import('./cli/demo.ts')
      const log = createLog('demo', config.logLevel)
      const rest = { overrides, document: repository, jobOptions }
      process.exitCode = await demo({ config, log, shutdown: listenForShutdown(), ...rest })
    })

  withSettings(
    program.command('init').description('make the spool; with DOCSPOOL_EXPECT_SPOOL nothing else makes one'),
  ).action(async (flags: Flags) => {
    const { config: given } = applyFlags(flags)
    const { initSpool } = await import('./cli/init.ts')
    const config = becomeOwner(given, 'init', { orFolder: true })
    say(await initSpool(config, given.spoolDir))
  })

  withSettings(
    program.command('migrate').description('make or upgrade the tables of the database; programs do so at start'),
  )
    .option('--dry-run', 'say what would be done, and change nothing')
    .action(async (flags: Flags & { dryRun?: boolean }) => {
      const { config } = applyFlags(flags)
      const { runMigrate } = await import('./cli/migrate.ts')
      say(await runMigrate(config, flags.dryRun === true))
    })

  withSettings(program.command('jobs').description('list the jobs of the spool, newest first'))
    .addOption(new Option('--status <status>', 'only these').choices(Status.options))
    .option('--limit <number>', 'at most this many, 1 to 100', '20')
    .option('--json', 'one JSON object a line')
    .action(async (flags: Flags & { json?: boolean }) => {
      const { config } = applyFlags(flags)
      const { listJobs } = await import('./cli/jobs.ts')
      const limit = Number(flags.limit ?? '20')
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
        throw new InvalidArgumentError(`--limit: expected 1 to 100, found ${JSON.stringify(flags.limit)}`)
      }
      const status = flags.status === undefined ? undefined : Status.parse(flags.status)
      const command = { status, limit, json: flags.json === true }
      const log = createLog('jobs', config.logLevel)
      await explainOwner(config.spoolDir, 'jobs', () => listJobs(command, config, log))
    })

  withServer(withJobOptions(program.command('submit').description('have a running docspool document a repository')))
    .argument('<repository>', 'a URL, or a folder that the server may read')
    .option('-c, --commit <id>', 'commit id, branch or tag (default: the default branch)')
    .option('-w, --wait', 'wait for the documents, and fail when there are none')
    .option('--force', 'neither the cache nor the cooldown answers')
    .action(async (repository: string, flags: Flags & { wait?: boolean; force?: boolean; json?: boolean }) => {
      const { runSubmit } = await import('./cli/submit-and-follow.ts')
      const body = { commit_id: flags.commit, force: flags.force === true, options: jobOptionsOf(flags) }
      const isDone = await runSubmit({
        ...(await remoteOf(flags)),
        ...{ source: repository, wait: flags.wait === true, body },
      })
      process.exitCode = isDone ? 0 : EXIT_FAILED
    })

  withServer(program.command('follow').description('wait for the documents of a job, and fail when there are none'))
    .argument('<job>', 'the id of a job, such as pallets--flask')
    .action(async (jobId: string, flags: Flags & { json?: boolean }) => {
      if (jobId.includes('://')) {
        throw new InvalidArgumentError(
          `expected the id of a job; \`${PROGRAM} follows add ${jobId}\` keeps a repository current`,
        )
      }
      const { runFollow } = await import('./cli/submit-and-follow.ts')
      process.exitCode = (await runFollow({ ...(await remoteOf(flags)), jobId })) ? 0 : EXIT_FAILED
    })

  withServer(program.command('ask').description('ask a running docspool about a repository that it has documented'))
    .argument('<repository>', 'owner/name, a URL, or the id of a job')
    .argument('<question...>', 'in words, with names of code if you know some')
    .option('--evidence', 'what is found without a model, even where one is set')
    .action(async (repository: string, question: string[], flags: Flags & { json?: boolean; evidence?: boolean }) => {
      const { runAsk } = await import('./cli/ask.ts')
      const evidence = flags.evidence === true
      await runAsk({ ...(await remoteOf(flags)), repository, question: question.join(' '), evidence })
    })

  program
    .command('mcp')
    .description('answer agents by the Model Context Protocol on standard input and output')
    .argument(
      '[folders...]',
      'folders that generate has written, or that contain some; by default the documents of a server',
    )
    .option('--server <url>', 'address of the docspool; DOCSPOOL_URL (default: http://127.0.0.1:8000)')
    .addHelpText('after', '\nA server with a token is sent the one of DOCSPOOL_TOKEN or DOCSPOOL_TOKEN_FILE.')
    .action(async (folders: string[], flags: Flags) => {
      if (folders.length > 0 && flags.server !== undefined)
        throw new InvalidArgumentError('Give folders or --server, not both.')
      const { serveMcp, writtenService } = await import('./cli/mcp.ts')
      const { remoteService } = await import('./cli/remote-service.ts')
      const { service: server, signal } = await remoteOf(flags)
      const isReadOnly = folders.length > 0
      const service = isReadOnly ? await writtenService(folders, createLog('mcp', 'warn')) : remoteService(server)
      await serveMcp(service, signal, { isReadOnly })
    })

  for (const [what, description] of [
    ['cancel', 'cancel a job that has not ended'],
    ['retry', 'have a job that has ended done again'],
  ] as const) {
    withServer(program.command(what).description(description))
      .argument('<job>', 'the id of a job, such as pallets--flask')
      .action(async (jobId: string, flags: Flags & { json?: boolean }) => {
        const { runChange } = await import('./cli/submit-and-follow.ts')
        await runChange({ ...(await remoteOf(flags)), jobId, what })
      })
  }

  addFollows(program)

  withSettings(
    program
      .command('fsck')
      .description('check the spool, the folder of jobs and documents, and repair what a crash left'),
  ).action(async (flags: Flags) => {
    const { config: given } = applyFlags(flags)
    const { checkSpool } = await import('./cli/fsck.ts')
    const { giveBack } = await import('./cli/restore-ownership.ts')
    let givenBack = 0
    const asRoot = (folder: string, owner: Owner): void => {
      givenBack = giveBack(folder, owner)
    }
    const config = given.databaseUrl === null ? becomeOwner(given, 'fsck', { asRoot }) : given
    if (givenBack > 0) say(`files of root that were given back to the owner: ${givenBack}`)
    const { text, isDone } = await checkSpool(config, createLog('fsck', config.logLevel), given.spoolDir)
    say(text)
    if (!isDone) process.exitCode = EXIT_FAILED
  })

  withSettings(program.command('gc').description('remove old jobs and documents now'))
    .option('--dry-run', 'say what would go, and change nothing')
    .action(async (flags: Flags & { dryRun?: boolean }) => {
      const { config: given } = applyFlags(flags)
      const { collect } = await import('./cli/gc.ts')
      const isDry = flags.dryRun === true
      const config = isDry ? given : asQueueOwner(given, 'gc')
      const log = createLog('gc', config.logLevel)
      say(await explainOwner(given.spoolDir, 'gc', () => collect(isDry, config, log)))
    })

  withSettings(program.command('pause').description('start no more jobs; those that run go on')).action(
    async (flags: Flags) => {
      const { config: given } = applyFlags(flags)
      const { pause } = await import('./cli/pause.ts')
      const config = asQueueOwner(given, 'pause')
      say(await pause(config, createLog('pause', config.logLevel)))
    },
  )

  withSettings(program.command('resume').description('start jobs again')).action(async (flags: Flags) => {
    const { config: given } = applyFlags(flags)
    const { resume } = await import('./cli/pause.ts')
    const config = asQueueOwner(given, 'resume')
    say(await resume(config, createLog('resume', config.logLevel)))
  })

  withSettings(program.command('drain').description('start no more jobs, and wait until none runs'))
    .option('--timeout <seconds>', 'give up after so long, with exit code 1 (default: wait as long as it takes)')
    .action(async (flags: Flags) => {
      const { config: given } = applyFlags(flags)
      const { drain } = await import('./cli/pause.ts')
      const seconds = flags.timeout === undefined ? undefined : Number(flags.timeout)
      if (seconds !== undefined && !(seconds >= 0 && seconds <= 2_000_000)) {
        throw new InvalidArgumentError(`--timeout: expected seconds, found ${JSON.stringify(flags.timeout)}`)
      }
      const signal = listenForShutdown().drain
      const config = asQueueOwner(given, 'drain')
      const isDrained = await drain({ seconds, signal, say }, config, createLog('drain', config.logLevel))
      process.exitCode = isDrained ? 0 : EXIT_FAILED
    })

  withSettings(program.command('doctor').description('check whether this machine can run docspool')).action(
    async (flags: Flags) => {
      const { config } = applyFlags(flags, { isSilent: true })
      const { examine } = await import('./cli/doctor.ts')
      const findings = await examine(config)
      for (const { name, ok, isOdd, text } of findings) {
        say(`${ok ? (isOdd ? 'warn' : 'ok  ') : 'FAIL'}  ${name}: ${text}`)
      }
      process.exitCode = findings.every((finding) => finding.ok) ? 0 : EXIT_FAILED
    },
  )

  withSettings(
    program.command('check-config').description('check the settings and print warnings; start nothing'),
  ).action(async (flags: Flags) => {
    const { config } = applyFlags(flags, { isSilent: true })
    const { checkConfig } = await import('./cli/check-config.ts')
    say(checkConfig(config).trimEnd())
  })

  program.command('worker', { hidden: true }).action(async () => {
    const { work } = await import('./worker/worker.ts')
    process.exitCode = await work()
  })
  program.command('look', { hidden: true }).action(async () => {
    const { look } = await import('./worker/look-process.ts')
    process.exitCode = await look()
  })
  return program.hook('preAction', async (_, command) => {
    const flags: Flags & { printConfig?: boolean } = command.opts()
    if (flags.printConfig !== true) return
    const { printConfig } = await import('./cli/check-config.ts')
    say(printConfig(overridesOf(flags)).trimEnd())
    throw new CommanderError(0, 'printed', '')
  })
}

/** For a command that changes the queue only: it may be run anywhere when the queue is in a database. */
const asQueueOwner = (config: Config, command: string): Config =>
  config.databaseUrl === null ? becomeOwner(config, command) : config

/** Repositories that are kept current. `follow` waits for one job. */
function addFollows(program: Command): void {
  const follows = withServer(
    program.command('follows').description('list the repositories that are documented again when they change'),
  ).action(async (flags: Flags & { json?: boolean }) => {
    const { listFollows } = await import('./cli/follows.ts')
    await listFollows(await remoteOf(flags))
  })
  withServer(follows.command('add').description('follow a repository, or change what is kept of it'))
    .argument('<repository>', 'a URL, or a folder that the server may read')
    .option('--branches <patterns>', 'branches besides the default branch, such as release/*, separated by commas')
    .option('--tags <patterns>', 'tags, such as v* or semver:>=2, separated by commas')
    .option('--keep <number>', 'how many branches and tags at most, the newest first (default: 20)')
    .option('--every <interval>', 'how often the host is asked, 15m to 30d (default: 6h)')
    .action(async (repository: string, given: Flags, command: Command) => {
      const flags: Flags & { json?: boolean } = command.optsWithGlobals()
      const { addFollow } = await import('./cli/follows.ts')
      const patterns = (text: string | undefined) =>
        text
          ?.split(',')
          .map((one) => one.trim())
          .filter((one) => one !== '')
      const { branches, tags, keep, every } = given
      const body = { branches: patterns(branches), tags: patterns(tags), every }
      await addFollow(await remoteOf(flags), repository, {
        ...body,
        keep: keep === undefined ? undefined : Number(keep),
      })
    })
  withServer(follows.command('remove').description('stop following a repository; its documents stay'))
    .argument('<repository>', 'a URL, or a folder that the server may read')
    .action(async (repository: string, _: Flags, command: Command) => {
      const { removeFollow } = await import('./cli/follows.ts')
      await removeFollow(await remoteOf(command.optsWithGlobals()), repository)
    })
}

/** For whoever pressed Ctrl-C. */
function sayEnding({ drainMs }: Config): void {
  if (!isAtTerminal()) return
  const time = `Jobs that run have ${drainMs / 1_000} s to finish`
  warn(`\nEnding docspool. ${time}, then they go back to the queue; Ctrl-C again ends them now.`)
}

/** What follows takes a moment to load. */
function sayStarting(): void {
  warn('Starting docspool …')
}

/** What all users of the machine could read in the list of processes. */
const NO_FLAG: ReadonlySet<string> = new Set([
  'DOCSPOOL_GIT_TOKENS',
  'DOCSPOOL_WEBHOOK_SECRET',
  'DOCSPOOL_DATABASE_URL',
  'DOCSPOOL_HOOK_SECRETS',
])

/** Every setting as a flag of the same name; the help shows those that the command uses. */
function withSettings(command: Command): Command {
  for (const { name, fallback, meaning } of listSettings()) {
    if (NO_FLAG.has(name)) continue
    const shown = fallback === '' ? '' : ` (default: ${fallback})`
    const option = new Option(`${flagOf(name)} <value>`, `${meaning}${shown}; ${name}`)
    command.addOption(option.hideHelp(!isUsedBy(command.name(), name)))
  }
  return command.option('--print-config', 'print the settings, secrets hidden, with where each comes from, and end')
}

/** For a command that speaks to a server, whose settings are its own. */
function withServer(command: Command): Command {
  return command
    .option('--server <url>', 'address of the docspool; DOCSPOOL_URL (default: http://127.0.0.1:8000)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nA server with a token is sent the one of DOCSPOOL_TOKEN or DOCSPOOL_TOKEN_FILE.')
}

async function remoteOf(flags: Flags & { json?: boolean }): Promise<RemoteCommand> {
  const { serviceAt } = await import('./cli/submit-and-follow.ts')
  const { config } = applyFlags({})
  const address = flags.server ?? serverAddress() ?? originOf(config)
  const service = serviceAt(address, config.access.tokens[0])
  return { service, signal: listenForShutdown().drain, json: flags.json === true }
}

/** What may be asked for one repository. What it may cost is the setting of the same name, `--max-cost-usd`. */
function withJobOptions(command: Command): Command {
  return command
    .option('--model <name>', 'the model that writes, or `offline`; goes before MAIN_MODEL')
    .addOption(new Option('--language <tag>', 'language of the documents (default: en)').choices(Languages))
    .option('--notes <text>', 'for the model: what matters to the readers')
}

function jobOptionsOf({ model, language, notes }: Flags): JobOptions {
  const given = Object.entries({ model, language, notes }).filter(([, value]) => value !== undefined)
  const parsed = JobOptions.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidArgumentError(`--${String(issue?.path[0])}: ${issue?.message}`)
}

/** The configuration with the model that the command line names. */
function withModel(flags: Flags): Config {
  const { model } = flags
  if (model === 'offline') return { ...applyFlags(flags).config, llm: null }
  const { config } = applyFlags(model === undefined ? flags : { ...flags, mainModel: model })
  if (model !== undefined && config.llm === null) throw new NoModel(`There is no endpoint to ask ${model}.`)
  return config
}

/** Thrown when a model is named and there is no endpoint. */
class NoModel extends AppError {
  readonly code = 'NO_MODEL'
  override readonly hint = 'Set LLM_BASE_URL or LLM_API_KEY; see docs/models.md.'
}

function overridesOf(flags: Flags): Flags {
  const overrides: Flags = {}
  for (const { name } of listSettings()) {
    const camel = flagOf(name)
      .slice(2)
      .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    if (flags[camel] !== undefined) overrides[name] = flags[camel]
  }
  return overrides
}

function applyFlags(flags: Flags, { isSilent = false } = {}): { config: Config; overrides: Flags } {
  const overrides = overridesOf(flags)
  // Programs that another one has started have the environment that it has told of.
  if (process.send === undefined && !isSilent) {
    for (const { name, nearest } of unknownSettings()) {
      warn(`docspool: ${name} is not a setting and is ignored; did you mean ${nearest}?`)
    }
  }
  return { config: readConfig(overrides), overrides }
}

/** Faults that no command catches end the program with a line in the log instead of a half-working process. */
process.on('unhandledRejection', (reason) => {
  createLog('docspool', 'error').error(forLog(reason), 'a promise failed without a handler')
  process.exit(EXIT_FAILED)
})
