/** Writes links from an artifact to what it depends on, runs and uses. */

import { push } from '#base/multimap.ts'
import type { Artifact, ArtifactEdge, Artifacts } from '#generate/model.ts'
import { few } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

/** Artifacts by id, and the edges from each. */
export interface Connections {
  from: ReadonlyMap<string, ArtifactEdge[]>
  byId: ReadonlyMap<string, Artifact>
}

const MAX_TARGETS = 4

export function connectionsOf({ nodes, edges }: Artifacts): Connections {
  const from = new Map<string, ArtifactEdge[]>()
  for (const edge of edges) push(from, edge.from, edge)
  return { from, byId: new Map(nodes.map((node) => [node.id, node])) }
}

/** `after a`, `runs b, c`, `uses d`, without empty ones. */
export function targetsOf(
  writing: Writing,
  node: Artifact,
  { from, byId }: Connections,
  isPackage = false,
): Inline[][] {
  const { texts } = writing
  const { after, needs, runs, uses } = texts.artifacts
  // Packages need other packages; other artifacts run after their dependencies.
  const say = { 'depends-on': isPackage ? needs : after, runs, uses }
  const edges = from.get(node.id) ?? []
  return (['depends-on', 'runs', 'uses'] as const).flatMap((kind): Inline[][] => {
    const own = edges.filter((edge) => edge.kind === kind)
    const targets = own.map(({ to }) => labelOf(writing, to, byId))
    return targets.length === 0 ? [] : [say[kind](few(targets, MAX_TARGETS, texts))]
  })
}

function labelOf(writing: Writing, id: string, byId: ReadonlyMap<string, Artifact>): Inline[] {
  const artifact = byId.get(id)
  if (artifact !== undefined)
    return writing.sources.place(artifact.file, artifact.startLine, artifact.endLine, code(artifact.name))
  const component = writing.repo.components.get(id)
  if (component !== undefined) return toEntry(component)
  return writing.repo.leaves.has(id) ? toFile(id) : writing.sources.file(id)
}
