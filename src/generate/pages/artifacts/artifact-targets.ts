/** Links an artifact to what it depends on, runs and uses. */

import type { Artifact, ArtifactEdge, Artifacts } from '#generate/model.ts'
import { codeLines, wordAt } from '#generate/pages/code-lines.ts'
import { few } from '#generate/pages/words.ts'
import { toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

/** Artifacts by id, and the edges from each. */
export interface Connections {
  from: ReadonlyMap<string, ArtifactEdge[]>
  byId: ReadonlyMap<string, Artifact>
}

const MAX_TARGETS = 4
/** Limit on the lines of an artifact in which names are searched. */
const MAX_LINES = 40

export function connectionsOf({ nodes, edges }: Artifacts): Connections {
  const from = new Map<string, ArtifactEdge[]>()
  for (const edge of edges) {
    const list = from.get(edge.from)
    if (list === undefined) from.set(edge.from, [edge])
    else list.push(edge)
  }
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
    const targets = inOrder(writing, node, own, byId).map((edge) => labelOf(writing, edge.to, byId))
    return targets.length === 0 ? [] : [say[kind](few(targets, MAX_TARGETS, texts))]
  })
}

/** Sorts targets by the order in which the artifact names them: `all: clean test install`. */
function inOrder({ repo }: Writing, node: Artifact, edges: ArtifactEdge[], byId: Connections['byId']): ArtifactEdge[] {
  const text = codeLines(repo, node.file, node.startLine, Math.min(node.endLine, node.startLine + MAX_LINES)).join('\n')
  const placeOf = ({ to }: ArtifactEdge): number => {
    const at = wordAt(text.slice(text.indexOf(node.name) + node.name.length), byId.get(to)?.name ?? to)
    return at < 0 ? text.length : at
  }
  const places = new Map(edges.map((edge) => [edge, placeOf(edge)]))
  return edges.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}

function labelOf(writing: Writing, id: string, byId: ReadonlyMap<string, Artifact>): Inline[] {
  const artifact = byId.get(id)
  if (artifact !== undefined)
    return writing.sources.place(artifact.file, artifact.startLine, artifact.endLine, code(artifact.name))
  const component = writing.repo.components.get(id)
  if (component !== undefined) return toEntry(component)
  return writing.repo.leaves.has(id) ? toFile(id) : writing.sources.file(id)
}
