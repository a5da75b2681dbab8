/** The commands that use a running docspool over HTTP: `submit`, `wait`, `cancel`, `retry`, `follows`, `ask`, `search`, `mcp`. */

import { type Command, InvalidArgumentError } from 'commander'
import { createLog } from '#base/log.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { type Flags, jobOptionsOf, remoteOf, withJobOptions, withServer } from './flags.ts'

export function addServerCommands(program: Command): void {
  const submit = program
    .command('submit')
    .description('submit a repository to a running docspool')
    .argument('<repository>', 'a URL, or a folder that the server may read')
    .option('-w, --wait', 'wait until the job has finished; fail if it has no documents')
    .option('-c, --commit <id>', 'commit id, branch or tag (default: the default branch)')
    .option('--force', 'ignore the cache and the cooldown')
  withServer(withJobOptions(submit)).action(
    async (repository: string, flags: Flags & { wait?: boolean; force?: boolean; json?: boolean }) => {
      const { runSubmit } = await import('#cli/submit-and-follow.ts')
      const body = { commit_id: flags.commit, force: flags.force === true, options: jobOptionsOf(flags) }
      const isDone = await runSubmit({
        ...(await remoteOf(flags)),
        source: repository,
        wait: flags.wait === true,
        body,
      })
      process.exitCode = isDone ? 0 : EXIT_FAILED
    },
  )

  addWait(program.command('wait'))
  // Its name up to 0.6.
  addWait(program.command('follow', { hidden: true }))
  for (const [what, description] of [
    ['cancel', 'cancel an unfinished job'],
    ['retry', 'run a finished job again'],
  ] as const) {
    withServer(withJob(program.command(what).description(description))).action(
      async (given: string, flags: Flags & { json?: boolean }) => {
        const { runChange } = await import('#cli/submit-and-follow.ts')
        await runChange({ ...(await remoteOf(flags)), given, revision: flags.commit, what })
      },
    )
  }
  addFollows(program)

  withServer(program.command('ask').description('ask a running docspool a question about a documented repository'))
    .argument('<repository>', 'owner/name, a URL, or the id of a job')
    .argument('<question...>', 'the question in plain words, with names from the code if you know any')
    .option('--evidence', 'show the evidence without asking a model')
    .action(async (repository: string, question: string[], flags: Flags & { json?: boolean; evidence?: boolean }) => {
      const { runAsk } = await import('#cli/ask.ts')
      const evidence = flags.evidence === true
      await runAsk({ ...(await remoteOf(flags)), repository, question: question.join(' '), evidence })
    })

  withServer(program.command('search').description('search all repositories that a running docspool has documented'))
    .argument('<query...>', 'words, or a name in the code; in:flask, in:python and in:class filter the results')
    .action(async (query: string[], flags: Flags & { json?: boolean }) => {
      const { runSearch } = await import('#cli/search.ts')
      await runSearch({ ...(await remoteOf(flags)), query: query.join(' ') })
    })

  program
    .command('mcp')
    .description('serve documents to agents: the Model Context Protocol over stdio')
    .argument(
      '[folders...]',
      'folders written by generate, or folders that contain some; by default, the documents of a server',
    )
    .option('--server <url>', 'URL of the docspool server; DOCSPOOL_URL (default: http://127.0.0.1:8000)')
    .addHelpText('after', '\nThe token is taken from DOCSPOOL_TOKEN or DOCSPOOL_TOKEN_FILE.')
    .action(async (folders: string[], flags: Flags) => {
      if (folders.length > 0 && flags.server !== undefined)
        throw new InvalidArgumentError('Give folders or --server, not both.')
      const { serveMcp, writtenService } = await import('#cli/mcp.ts')
      const { remoteService } = await import('#cli/remote-service.ts')
      const { service: server, signal } = await remoteOf(flags)
      const isReadOnly = folders.length > 0
      const service = isReadOnly ? await writtenService(folders, createLog('mcp', 'warn')) : remoteService(server)
      await serveMcp(service, signal, { isReadOnly })
    })
}

function addWait(command: Command): void {
  withServer(withJob(command.description('wait until a job has finished; fail if it has no documents'))).action(
    async (given: string, flags: Flags & { json?: boolean }) => {
      const { runWait } = await import('#cli/submit-and-follow.ts')
      const isDone = await runWait({ ...(await remoteOf(flags)), given, revision: flags.commit })
      process.exitCode = isDone ? 0 : EXIT_FAILED
    },
  )
}

const withJob = (command: Command): Command =>
  command
    .argument('<job>', 'a URL, a folder, owner/name, or the id of a job; if several match, the newest')
    .option('-c, --commit <id>', 'only jobs of this commit id, branch or tag (default: any)')

function addFollows(program: Command): void {
  const follows = withServer(
    program
      .command('follows')
      .description('list the repositories that are documented again when they change; add or remove one'),
  ).action(async (flags: Flags & { json?: boolean }) => {
    const { listFollows } = await import('#cli/follows.ts')
    await listFollows(await remoteOf(flags))
  })
  const add = follows
    .command('add')
    .description('follow a repository, or change which branches and tags are kept')
    .argument('<repository>', 'a URL, or a folder that the server may read')
    .option(
      '--branches <patterns>',
      'branches in addition to the default branch, such as release/*, separated by commas',
    )
    .option('--tags <patterns>', 'tags, such as v* or semver:>=2, separated by commas')
    .option('--keep <number>', 'maximum number of branches and of tags, the highest versions first (default: 20)')
    .option('--every <interval>', 'how often the host is checked, 15m to 30d (default: 6h)')
  withServer(add).action(async (repository: string, given: Flags, command: Command) => {
    const flags: Flags & { json?: boolean } = command.optsWithGlobals()
    const { addFollow, toFollowBody } = await import('#cli/follows.ts')
    const body = toFollowBody(given)
    if ('wrong' in body) throw new InvalidArgumentError(body.wrong)
    await addFollow(await remoteOf(flags), repository, body)
  })
  withServer(follows.command('remove').alias('rm').description('stop following a repository; its documents stay'))
    .argument('<repository>', 'a URL, or a folder, which may no longer exist')
    .action(async (repository: string, _: Flags, command: Command) => {
      const { removeFollow } = await import('#cli/follows.ts')
      await removeFollow(await remoteOf(command.optsWithGlobals()), repository)
    })
}
