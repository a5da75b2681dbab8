/** Azure Pipelines: triggers, jobs, and what their steps run. */

import { at, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Trigger } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import type { Format } from './format.ts'
import { jobFacts, wordsOfJob } from './job-words.ts'
import { addCommands } from './script-lines.ts'
import { eventOn, wordsOf } from './workflow-triggers.ts'

const SCRIPTS = ['script', 'bash', 'pwsh', 'powershell']

export const azurePipelines: Format = {
  fits: (path) => /(?:^|\/)\.?azure-pipelines\.ya?ml$/.test(path),
  read: (file, builder) => {
    const pipeline = readYaml(file.text)
    const triggers = [...branchesOf(pipeline, 'trigger', 'push'), ...branchesOf(pipeline, 'pr', 'pull_request')]
    const lines = ['trigger', 'pr']
      .flatMap((key) => pipeline?.entries?.get(key) ?? [])
      .sort((a, b) => a.startLine - b.startLine)
    const [first] = lines
    const last = lines.at(-1)
    if (first !== undefined && last !== undefined) {
      const span = { startLine: first.startLine, endLine: last.value.endLine }
      builder.add({
        kind: 'workflow',
        name: nameOf(file.path),
        key: 'on:',
        ...span,
        detail: wordsOf(triggers),
        triggers,
      })
    }
    const stages = at(pipeline, 'stages')?.items ?? []
    const jobs = [pipeline, ...stages].flatMap((stage) => at(stage, 'jobs')?.items ?? [])
    for (const job of jobs) addJob(builder, textAt(job, 'job') ?? textAt(job, 'deployment'), job, job)
    const steps = at(pipeline, 'steps')
    if (pipeline !== undefined && steps !== undefined) addJob(builder, 'steps', pipeline, steps)
  },
}

/** @param span - The lines of the job. */
function addJob(builder: ArtifactBuilder, name: string | undefined, job: Located, span: Located): void {
  if (name === undefined) return
  const facts = jobFacts(textAt(job, 'displayName') ?? '', '', textAt(job, 'pool', 'vmImage') ?? '')
  const { startLine, endLine } = span
  builder.add({ kind: 'job', name, startLine, endLine, detail: wordsOfJob(facts), job: facts })
  for (const [index, step] of stepsOf(job).entries()) {
    const script = SCRIPTS.map((key) => at(step, key)).find((value) => value !== undefined)
    const title = textAt(step, 'displayName') ?? ''
    const key = `${name}.${index + 1}`
    addCommands(builder, script, key, title)
    const task = textAt(step, 'task')
    const lines = { startLine: step.startLine, endLine: step.endLine }
    if (task !== undefined) builder.add({ kind: 'command', name: task, key, ...lines, detail: title })
  }
}

/** The steps of a job; for a deployment, those of its strategy: `runOnce.deploy.steps`, `rolling.on.failure.steps`. */
function stepsOf(job: Located): Located[] {
  const partsOf = (one: Located): Located[] => [...(one.entries?.values() ?? [])].map(({ value }) => value)
  const phases = [at(job, 'strategy') ?? []].flat().flatMap(partsOf).flatMap(partsOf)
  return [job, ...phases, ...phases.flatMap(partsOf)].flatMap((one) => at(one, 'steps')?.items ?? [])
}

/** A list of branches, or a map of those to include; `none` disables the trigger. */
function branchesOf(pipeline: Located | undefined, key: string, on: 'push' | 'pull_request'): Trigger[] {
  const value = at(pipeline, key)
  const branches = [...textsOf(value), ...textsOf(at(value, 'branches', 'include')), ...textsOf(at(value, 'branches'))]
  return value === undefined || branches[0] === 'none' ? [] : [eventOn(on, branches)]
}
