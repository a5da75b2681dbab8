/** Writes the page on CI: the triggers of each file, its jobs, their dependencies, and their commands. */

import type { BlockContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { type Artifact, compareText } from '#generate/model.ts'
import { codedWords } from '#generate/pages/coded-words.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, list, paragraph, strong } from '#markdown/build.ts'
import { type Connections, targetsOf } from './artifact-targets.ts'

const MAX_FILES = 200
const MAX_JOBS = 100
const MAX_STEPS = 40

/** Empty if the repository has no CI files in a known format. */
export function ciPage(writing: Writing, connections: Connections): Draft[] {
  const { analysis, inventory, sources, repo, texts } = writing
  const files = new Map<string, Artifact[]>()
  for (const node of analysis.artifacts.nodes) {
    if (node.kind !== 'job' && node.kind !== 'workflow' && node.kind !== 'command') continue
    push(files, node.file, node)
  }
  const jobs = [...files.values()].flat().filter(({ kind }) => kind === 'job').length
  if (jobs === 0) return []
  const draft = newDraft('continuous-integration.md', texts.ci.title, null, 'project')
  draft.homes.set(refTo.page(draft.file), null)
  draft.blocks.push(heading(1, draft.title))
  const paths = [...files.keys()].sort(compareText)
  for (const path of paths.slice(0, MAX_FILES)) {
    const home = heading(2, ...sources.file(path))
    if (!repo.leaves.has(path)) draft.homes.set(refTo.file(path), home)
    append(draft.blocks, [home, ...blocksOf(writing, files.get(path) ?? [], connections)])
  }
  const rest = [
    ...paths.slice(MAX_FILES),
    ...inventory.files.filter(({ path, role }) => role === 'ci' && !files.has(path)).map(({ path }) => path),
  ]
  const others = rest.map((path): Inline[] => sources.file(path))
  if (others.length > 0) draft.blocks.push(paragraph(...texts.ci.otherFiles(few(others, 500, texts))))
  return [draft]
}

function blocksOf(writing: Writing, nodes: readonly Artifact[], connections: Connections): BlockContent[] {
  const { texts } = writing
  const sorted = nodes.toSorted((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
  const jobs = sorted.filter(({ kind }) => kind === 'job')
  const commands = sorted.filter(({ kind }) => kind === 'command')
  const blocks: BlockContent[] = sorted
    .filter(({ kind, detail }) => kind === 'workflow' && detail !== '')
    .map((workflow) => {
      const name = placeOf(writing, workflow, strong(workflow.name))
      return paragraph(...texts.ci.workflow(name, whenOf(writing, workflow)))
    })
  let next = 0
  const items = jobs.slice(0, MAX_JOBS).map((job): BlockContent[] => {
    while ((commands[next]?.startLine ?? job.startLine) < job.startLine) next += 1
    const own: Artifact[] = []
    for (let one = commands[next]; one !== undefined && one.endLine <= job.endLine; one = commands[++next])
      own.push(one)
    const detail = detailOf(writing, job)
    const facts = [...(detail === '' ? [] : [[detail]]), ...targetsOf(writing, job, connections)]
    const line = paragraph(
      ...placeOf(writing, job, code(job.name)),
      ...(facts.length === 0 ? [] : [texts.colon, ...join(facts, ' · ')]),
    )
    const steps = stepsOf(writing, own)
    const more = steps.length - MAX_STEPS
    const shown = more > 0 ? [...steps.slice(0, MAX_STEPS), [texts.moreItems(more)]] : steps
    return steps.length === 0 ? [line] : [line, list(shown)]
  })
  if (items.length > 0) blocks.push(list(items))
  if (jobs.length > MAX_JOBS) blocks.push(paragraph(texts.ci.moreJobs(jobs.length - MAX_JOBS)))
  return blocks
}

/** Groups the commands of a named step: `Build: ./mvnw package, ./mvnw verify`. */
function stepsOf(writing: Writing, commands: readonly Artifact[]): Inline[][] {
  const steps: { name: string; commands: Inline[][] }[] = []
  for (const command of commands) {
    const place = placeOf(writing, command, code(command.name))
    const label = command.more === undefined ? place : writing.texts.andMore(place)
    const last = steps.at(-1)
    if (last !== undefined && last.name !== '' && last.name === command.detail) last.commands.push(label)
    else steps.push({ name: command.detail, commands: [label] })
  }
  const { texts } = writing
  return steps.map(({ name, commands: own }): Inline[] => [
    ...(name === '' ? [] : [name + texts.colon]),
    ...join(own, texts.comma),
  ])
}

function whenOf({ texts }: Writing, { triggers, detail }: Artifact): Inline[] {
  return triggers === undefined || texts.ci.triggers === null ? codedWords(detail) : texts.ci.triggers(triggers)
}

function detailOf({ texts }: Writing, { job, detail }: Artifact): string {
  if (job === undefined || texts.ci.triggers === null) return detail
  const { title, calls, runners, matrix } = job
  return [title, calls && texts.ci.calls(calls), runners && texts.ci.on(runners), matrix]
    .filter((part) => part !== '')
    .join(texts.comma)
}

function placeOf({ sources }: Writing, { file, startLine, endLine }: Artifact, label: Inline): Inline[] {
  return sources.place(file, startLine, endLine, label)
}
