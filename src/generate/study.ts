/** Studies a commit before anything is written: its files, its code, and the repository's own documents and settings. */

import type { Repository } from '#base/repository.ts'
import type { StepCache } from '#store/step-cache.ts'
import { analyse } from './analyse/analyse.ts'
import { ResultsCache } from './analyse/results-cache.ts'
import { mergeDeclarations } from './declarations/merge.ts'
import { takeInventory } from './inventory/inventory.ts'
import { readPackages } from './manifests/read-packages.ts'
import { checkMemory } from './memory-needed.ts'
import type { Analysis, CommitTree, Inventory, Module, Package, Steering, Subject, Surface } from './model.ts'
import { partition } from './partition/partition.ts'
import { type Step, share } from './progress.ts'
import type { Stages } from './stages.ts'
import { readSteering } from './steering/read-steering.ts'
import { withExportedNames } from './surface/exported-names.ts'
import { surfacesOf } from './surface/surfaces.ts'

export interface Studied {
  subject: Subject
  steering: Steering
  inventory: Inventory
  /** The result of the analysers, with every declaration. */
  graph: Analysis
  /** The same with merged declarations. */
  analysis: Analysis
  packages: Package[]
  /** The public API of each package. */
  surfaces: Surface[]
  /** The modules of the partition, before steering files or a model change anything. */
  root: Module
}

export interface StudyOptions {
  repository: Repository
  limits: { maxFiles: number; maxFileBytes: number; jobMemoryBytes?: number }
  cache?: StepCache | undefined
}

export interface StudyContext {
  signal: AbortSignal
  stages: Stages
  step: Step
  /** Reports a warning to the user that does not stop the job. */
  warn(text: string): void
  /** Called once the files are known, before the code is analysed. */
  onInventory?(inventory: Inventory): void
}

/** Limit on the text of all files together; files beyond it are listed without being read. */
const MAX_TOTAL_BYTES = 256 * 1_048_576

export async function study(tree: CommitTree, options: StudyOptions, context: StudyContext): Promise<Studied> {
  const { repository, limits, cache } = options
  const { signal, step, stages } = context
  const { incidents } = stages
  const given: Subject = { repoUrl: repository.url, name: repository.name, fullName: repository.fullName }
  step('inventory', 0, `Reading ${tree.entries.length} files of commit ${tree.commit.slice(0, 7)}`)
  const steering = await readSteering(tree, incidents)
  const subject: Subject = { ...given, name: steering.title ?? given.name, notes: steering.notes }
  const inventory = await stages.wait('inventory', signal, (signal) =>
    takeInventory(
      tree,
      { maxFiles: limits.maxFiles, maxFileBytes: limits.maxFileBytes, maxTotalBytes: MAX_TOTAL_BYTES },
      {
        signal,
        incidents,
        onProgress: (done, total) => step('inventory', share(done, total), `Read ${done} of ${total} files`),
      },
      steering,
    ),
  )
  const left = inventory.skippedBy.get('over the file limit') ?? 0
  if (left > 0) context.warn(`${left} files were not read: the limits are DOCSPOOL_MAX_FILES and 256 MB of text.`)
  checkMemory(inventory, limits.jobMemoryBytes, (text) => context.warn(text))
  context.onInventory?.(inventory)
  step('analyse', 0, 'Analysing the code')
  const graph = await stages.wait('analyse', signal, (signal) =>
    analyse(inventory, {
      signal,
      incidents,
      mergeMs: stages.limitMs,
      onProgress: (done, total) => step('analyse', share(done, total), `Analysed ${done} of ${total} files`),
      cache: cache && new ResultsCache(cache, repository.url),
    }),
  )
  const merged = stages.run('analyse', () => mergeDeclarations(graph, inventory.files))
  const packages = stages.run('manifests', () => readPackages(inventory, incidents))
  const surfaces = stages.run('analyse', () => surfacesOf(packages, merged, inventory.files, subject.name))
  const components = stages.run('analyse', () => withExportedNames(merged.components, surfaces, inventory.files))
  const analysis = { ...merged, components }
  step('partition', 0, 'Finding the modules')
  const parts = stages.runOn('partition', inventory, (inventory) => partition(inventory, analysis, given))
  const root = { ...parts, title: subject.name }
  return { subject, steering, inventory, graph, analysis, packages, surfaces, root }
}
