/** GitHub workflows and actions: jobs, their order, what their steps run, and local actions. */

import { append } from '#base/long-arrays.ts'
import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { JobFacts } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import { type Target, targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { jobFacts, wordsOfJob } from './job-words.ts'
import type { Repository } from './repository.ts'
import { addCommands } from './script-lines.ts'
import { triggersIn, wordsOf } from './workflow-triggers.ts'
import { folderPlace } from './working-folder.ts'

/** Shells that the lexer understands. The default, `undefined`, is bash except on Windows. */
const SHELLS = new Set(['bash', 'sh', undefined])
const MATRIX = /\$\{\{[^{}]{0,200}\bmatrix\./

export const githubWorkflow: Format = {
  fits: (path) => /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path),
  read: (file, builder, repository) => {
    const root = file.path.slice(0, Math.max(0, file.path.search(/\/?\.(?:github|gitea|forgejo)\//)))
    const workflow = readYaml(file.text)
    const on = workflow?.entries?.get('on')
    const lines = on === undefined ? undefined : { startLine: on.startLine, endLine: on.value.endLine }
    const name = textAt(workflow, 'name')?.replace(/\p{C}+/gu, ' ') || nameOf(file.path)
    const triggers = triggersIn(on?.value)
    if (lines !== undefined)
      builder.add({ kind: 'workflow', name, key: 'on:', ...lines, detail: wordsOf(triggers), triggers })
    for (const { key, startLine, value: job } of entriesAt(workflow, 'jobs')) {
      if (job.entries === undefined) continue
      const facts = factsOf(key, job)
      const span = { startLine, endLine: job.endLine }
      const id = builder.add({ kind: 'job', name: key, ...span, detail: wordsOfJob(facts), job: facts })
      for (const needed of textsOf(at(job, 'needs'))) builder.link(id, `${file.path}#${needed}`, 'depends-on')
      builder.link(id, localFile(textAt(job, 'uses'), root, repository), 'runs')
      for (const { to, kind } of targetsOfSteps(job, [job, workflow], root, repository)) builder.link(id, to, kind)
    }
    for (const { key, value: job } of entriesAt(workflow, 'jobs')) addSteps(builder, key, job, workflow)
  },
}

/** Setup steps that most jobs share and that say nothing about a job. */
const SETUP = /^actions\/(?:checkout|cache|upload-artifact|download-artifact)(?:\/|@|$)|\/setup-[\w-]+(?:@|$)|^\.\//

function factsOf(key: string, job: Located): JobFacts {
  const name = textAt(job, 'name')
  const called = textAt(job, 'uses')
  const runner = textsOf(at(job, 'runs-on'))
  const [, variable, fallback] = /^\$\{\{ *matrix\.([\w-]+) *(?:\|\| *'([\w.-]+)' *)?\}\}$/.exec(runner[0] ?? '') ?? []
  const matrix = at(job, 'strategy', 'matrix')
  const matrixRunners =
    variable === undefined
      ? []
      : [
          ...(fallback === undefined ? [] : [fallback]),
          ...textsOf(at(matrix, variable)),
          ...(at(matrix, 'include')?.items ?? []).flatMap((item) => textAt(item, variable) ?? []),
        ]
  const runners = matrixRunners.length > 0 ? [...new Set(matrixRunners)] : runner
  return jobFacts(
    name === undefined || name === key || name.includes('${{') ? '' : name,
    called === undefined ? '' : withoutHash(called),
    runners.some((one) => one.includes('${{')) ? '' : runners.join(', '),
    variantsOf(matrix, variable),
  )
}

const MAX_VARIANTS = 20

/** The other matrix values of a job, without booleans: `ruby 3.3, 3.4, jruby`. */
function variantsOf(matrix: Located | undefined, runner: string | undefined): string {
  const included = at(matrix, 'include')?.items ?? []
  return entriesAt(matrix)
    .flatMap(({ key, value }) => {
      if (key === 'include' || key === 'exclude' || key === runner) return []
      // Versions without quotes are numbers.
      const values = [...(value.items ?? [value]), ...included.flatMap((item) => at(item, key) ?? [])].flatMap(
        ({ text }) => text ?? [],
      )
      const isPlain = values.every((one) => /^[\w.+-]{1,40}$/.test(one) && !/^(?:true|false)$/.test(one))
      const unique = [...new Set(values)]
      const more = unique.length > MAX_VARIANTS ? ` … (${unique.length})` : ''
      return isPlain && unique.length > 1 ? [`${key} ${unique.slice(0, MAX_VARIANTS).join(', ')}${more}`] : []
    })
    .join(', ')
}

/** Adds the commands of a job's steps, and the actions that they use. */
function addSteps(builder: ArtifactBuilder, key: string, job: Located, workflow?: Located): void {
  for (const [index, step] of (at(job, 'steps')?.items ?? []).entries()) {
    const name = textAt(step, 'name') ?? ''
    const folder = settingOf(step, [job, workflow], 'working-directory')
    const isVaried = entriesAt(step, 'env').some(({ value }) => MATRIX.test(value.text ?? ''))
    addCommands(builder, at(step, 'run'), `${key}.${index + 1}`, name, 0, {
      ...(folder !== undefined && { folder }),
      ...(isVaried && { isVaried }),
    })
    const uses = textAt(step, 'uses')
    if (uses === undefined || SETUP.test(uses)) continue
    const { startLine, endLine } = step
    builder.add({
      kind: 'command',
      name: withoutHash(uses),
      key: `${key}.${index + 1}`,
      startLine,
      endLine,
      detail: name,
    })
  }
}

/** Removes the commit that an action is pinned to, which is meaningless to readers. */
function withoutHash(uses: string): string {
  return uses.replace(/@[0-9a-f]{40}$/, '')
}

/** An action with the files that it runs and, for a composite action, its steps. */
export const githubAction: Format = {
  fits: (path) => /(?:^|\/)action\.ya?ml$/.test(path),
  read: (file, builder, repository) => {
    const action = readYaml(file.text)
    const name = textAt(action, 'name')
    const runs = at(action, 'runs')
    if (action === undefined || name === undefined || runs === undefined) return
    const { startLine, endLine } = action
    const id = builder.add({ kind: 'job', name, startLine, endLine, detail: textAt(action, 'description') ?? '' })
    for (const key of ['main', 'pre', 'post', 'image']) {
      builder.link(id, repository.fileAt(folderOf(file.path), textAt(runs, key) ?? ''), 'runs')
    }
    addSteps(builder, name, runs)
  },
}

function targetsOfSteps(
  job: Located,
  defaults: readonly (Located | undefined)[],
  root: string,
  repository: Repository,
): Target[] {
  const steps = at(job, 'steps')?.items ?? []
  const found: Target[] = []
  let isCheckedOut = false
  for (const step of steps) {
    const uses = textAt(step, 'uses')
    if (uses !== undefined && /checkout(?:@|$)/.test(uses)) isCheckedOut = isOwnCheckout(step)
    const local = isCheckedOut ? localFile(uses, root, repository) : undefined
    if (local !== undefined) found.push({ to: local, kind: 'runs' })
    const run = textAt(step, 'run')
    if (!isCheckedOut || run === undefined || !SHELLS.has(settingOf(step, defaults, 'shell')?.split(' ')[0])) continue
    const place = folderPlace(root, repository).enter(settingOf(step, defaults, 'working-directory') ?? '.')
    if (place !== undefined) append(found, targetsOf(run, place, repository))
  }
  return found
}

/** A setting of a step, otherwise of its job or workflow. */
function settingOf(step: Located, defaults: readonly (Located | undefined)[], key: string): string | undefined {
  return [textAt(step, key), ...defaults.map((one) => textAt(one, 'defaults', 'run', key))].find(
    (value) => value !== undefined,
  )
}

/** Whether the step checks out this repository into the working folder. */
function isOwnCheckout(step: Located): boolean {
  const path = textAt(step, 'with', 'path')
  return at(step, 'with', 'repository') === undefined && (path === undefined || path === '.' || path === './')
}

/** The file of a local action or workflow, `./path`. */
function localFile(uses: string | undefined, root: string, repository: Repository): string | undefined {
  if (uses === undefined || !uses.startsWith('./')) return undefined
  const candidates = ['', '/action.yml', '/action.yaml', '/Dockerfile'].map(
    (ending) => uses.replace(/\/$/, '') + ending,
  )
  return candidates.flatMap((one) => repository.fileAt(root, one) ?? []).at(0)
}

/** Dockerfiles and contexts in the build steps of a workflow; see `docker-contexts.ts`. */
export function buildSteps(text: string): { file: string; context: string }[] {
  return entriesAt(readYaml(text), 'jobs').flatMap(({ value }) =>
    (at(value, 'steps')?.items ?? []).flatMap((step) => {
      const uses = textAt(step, 'uses')
      const context = textAt(step, 'with', 'context')
      if (uses?.startsWith('docker/build-push-action@') !== true || context === undefined) return []
      return [{ context, file: textAt(step, 'with', 'file') ?? inFolder(context, 'Dockerfile') }]
    }),
  )
}
