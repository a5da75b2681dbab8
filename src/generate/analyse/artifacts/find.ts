/**
 * Finds the files that build, ship and run the code, and the files that these name: manifests, CI, containers,
 * Makefiles, SQL and interface descriptions. Reads only text: nothing is run or guessed.
 */

import { KeptReadings } from '#generate/analyse/kept-readings.ts'
import { Incidents } from '#generate/incidents.ts'
import { type Artifact, type ArtifactEdge, type Artifacts, compareText, type SourceFile } from '#generate/model.ts'
import { ArtifactBuilder } from './artifact-builder.ts'
import { azurePipelines } from './azure-pipelines.ts'
import { cargo } from './cargo.ts'
import { cmake } from './cmake.ts'
import { compose } from './compose.ts'
import { dockerfile } from './dockerfile.ts'
import { dotnetProject, dotnetSolution } from './dotnet.ts'
import type { Format } from './format.ts'
import { githubAction, githubWorkflow } from './github-actions.ts'
import { goModule } from './go-module.ts'
import { gradle } from './gradle.ts'
import { composer, packageJson, pnpmWorkspace } from './json-manifests.ts'
import { makefile } from './makefile.ts'
import { maven } from './maven.ts'
import { openapi } from './openapi.ts'
import { appveyor, circleCi, gitlabCi } from './other-ci.ts'
import { protobuf } from './protobuf.ts'
import { pythonProject } from './python-project.ts'
import { Repository } from './repository.ts'
import { gemfile, gemspec, rakefile } from './ruby-project.ts'
import { sql } from './sql.ts'

const FORMATS: readonly Format[] = [
  packageJson,
  pnpmWorkspace,
  pythonProject,
  cargo,
  goModule,
  composer,
  gemspec,
  gemfile,
  rakefile,
  maven,
  gradle,
  dotnetProject,
  dotnetSolution,
  cmake,
  githubWorkflow,
  githubAction,
  gitlabCi,
  circleCi,
  appveyor,
  azurePipelines,
  dockerfile,
  compose,
  makefile,
  sql,
  protobuf,
  openapi,
]

/** What was found in one file. */
export type Found = Pick<ArtifactBuilder, 'nodes' | 'edges'>

export interface ArtifactDeps {
  /** Ids of components, which scripts may call. */
  componentIds: ReadonlySet<string>
  /** Artifacts that other analyses found in the code. */
  elsewhere?: readonly Found[]
  incidents?: Incidents | undefined
  kept?: KeptReadings
}

/**
 * @param files - All files of the inventory; files without text can be named, but are not read.
 * @returns Sorted, without duplicates; every end of an edge exists.
 */
export function findArtifacts(files: readonly SourceFile[], deps: ArtifactDeps): Artifacts {
  const repository = new Repository(files, deps.componentIds)
  const nodes = new Map<string, Artifact>()
  const edges: ArtifactEdge[] = []
  const collect = (found: Found): void => {
    for (const node of found.nodes) nodes.set(node.id, node)
    for (const edge of found.edges) edges.push(edge)
  }
  deps.elsewhere?.forEach(collect)
  const { incidents = new Incidents(), kept = KeptReadings.none(incidents) } = deps
  const builders: Found[] = []
  incidents.each(files, { stage: 'analyse', fileOf: ({ path }) => path }, (file) => {
    const { text } = file
    if (text === null || file.generated || file.vendored) return
    const format = FORMATS.find((one) => one.fits(file.path, text))
    if (format === undefined) return
    const builder = new ArtifactBuilder(file.path, file.lines)
    // Registered first, so that artifacts found before an error are kept.
    builders.push(builder)
    const read = (own: Repository): Found => {
      format.read({ ...file, text }, builder, own)
      return builder
    }
    const found = format.asksForAll === true ? read(repository) : kept.of(file, [repository], read)
    if (found !== builder) builders.push(found)
  })
  builders.forEach(collect)
  const exists = (end: string): boolean => nodes.has(end) || repository.isFile(end) || deps.componentIds.has(end)
  return {
    nodes: [...nodes.values()].sort((a, b) => compareText(a.id, b.id)),
    edges: uniqueEdges(edges.filter(({ from, to }) => exists(from) && exists(to))),
  }
}

function uniqueEdges(edges: readonly ArtifactEdge[]): ArtifactEdge[] {
  const sorted = [...edges].sort(
    (a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.kind, b.kind),
  )
  return sorted.filter((edge, index) => {
    const previous = sorted[index - 1]
    return previous?.from !== edge.from || previous.to !== edge.to || previous.kind !== edge.kind
  })
}
