/** The commands that document or compare repositories without a server: `generate`, `diff`, `demo`. */

import { type Command, InvalidArgumentError, Option } from 'commander'
import { createLog } from '#base/log.ts'
import type { DiffFormat } from '#cli/diff.ts'
import { refuseOthersSpool } from '#cli/spool-owner.ts'
import { say, sayStarting } from '#cli/terminal.ts'
import { isChildProcess, runInChild } from '#processes/run-in-child.ts'
import { listenForShutdown } from '#processes/shutdown-signals.ts'
import { EXIT_FAILED } from './exit-codes.ts'
import { applyFlags, type Flags, jobOptionsOf, withJobOptions, withModel } from './flags.ts'

type GenerateFlags = Flags & { site?: boolean; estimate?: boolean; json?: boolean; versions?: string[] }

const MAX_VERSIONS = 100

function readVersions(list: string): string[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))]
  if (names.includes('') || names.length > MAX_VERSIONS)
    throw new InvalidArgumentError(`Expected 1 to ${MAX_VERSIONS} names, separated by commas.`)
  return names
}

export function addDocumentCommands(program: Command): void {
  const generate = program
    .command('generate')
    .description('document one repository into a folder, without a server')
    .argument('<repository>', 'a URL or a folder on this machine')
    .option('-o, --output <dir>', 'folder to write (default: <name>-docs)')
    .option('--site', 'write pages that open from the folder or any web server, instead of Markdown and data')
    .option('-c, --commit <id>', 'commit id, branch or tag (default: the default branch)')
    .addOption(
      new Option(
        '--versions <list>',
        'with --site: several branches, tags or commits, separated by commas, with a switcher; latest is the default branch',
      )
        .argParser(readVersions)
        .conflicts(['commit', 'estimate']),
    )
    .option('--estimate', 'estimate what a model would cost, without using it')
    .option('--json', 'with --estimate: as JSON')
  withJobOptions(generate).action(async (repository: string, flags: GenerateFlags) => {
    if (flags.versions !== undefined && flags.site !== true) throw new InvalidArgumentError('--versions needs --site')
    const { language, notes } = jobOptionsOf(flags)
    const config = withModel(flags)
    if (!isChildProcess()) {
      sayStarting()
      process.exitCode = await runInChild(process.argv.slice(2), listenForShutdown())
      return
    }
    const source = { source: repository, commitId: flags.commit, language, notes }
    if (flags.estimate === true) {
      const { runEstimate } = await import('#cli/estimate.ts')
      const text = await runEstimate({ ...source, json: flags.json === true }, config, listenForShutdown().drain)
      say(text)
      return
    }
    if (flags.versions !== undefined) {
      const { runGenerateVersions } = await import('#cli/generate-versions.ts')
      const command = { ...source, output: flags.output, versions: flags.versions }
      say(await runGenerateVersions(command, config, listenForShutdown().drain))
      return
    }
    const { runGenerate } = await import('#cli/generate.ts')
    const command = { ...source, output: flags.output, isSite: flags.site === true }
    const output = await runGenerate(command, config, listenForShutdown().drain)
    say(output)
  })

  program
    .command('diff')
    .description('show what changed for users between two versions; fail on breaking changes')
    .argument('<before>', 'a folder written by `generate`, or with --repo a commit id, branch or tag')
    .argument('<after>', 'the same for the newer version')
    .option('--repo <repository>', 'a folder or URL of a repository: <before> and <after> are revisions of it')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'markdown', 'json']).default('text'))
    .option('--allow-breaking', 'exit with 0 even if there are breaking changes')
    .action(async (before: string, after: string, flags: Flags & { format: DiffFormat; allowBreaking?: boolean }) => {
      const { config } = applyFlags(flags)
      if (!isChildProcess()) {
        process.exitCode = await runInChild(process.argv.slice(2), listenForShutdown())
        return
      }
      const { runDiff } = await import('#cli/diff.ts')
      const command = { before, after, repository: flags.repo, format: flags.format }
      const { text, isBreaking } = await runDiff(command, config, listenForShutdown().drain)
      say(text)
      if (isBreaking && flags.allowBreaking !== true) process.exitCode = EXIT_FAILED
    })

  withJobOptions(
    program.command('demo').description('document a repository on a free port, check the result, and exit'),
  )
    .argument('<repository>', 'a URL or a folder on this machine')
    .action(async (repository: string, flags: Flags) => {
      const jobOptions = jobOptionsOf(flags)
      const { config, overrides } = applyFlags({ port: '0', ...flags })
      refuseOthersSpool(config, 'demo')
      sayStarting()
      const { demo } = await import('#cli/demo.ts')
      const log = createLog('demo', config.logLevel)
      const rest = { overrides, document: repository, jobOptions }
      process.exitCode = await demo({ config, log, shutdown: listenForShutdown(), ...rest })
    })
}
