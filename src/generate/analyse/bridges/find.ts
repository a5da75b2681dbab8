/**
 * Finds bridges between the languages of a repository. Runs after the analysis, because handlers are looked up through
 * edges. Files are chosen by their first kilobytes, where imports are.
 */

import { push } from '#base/multimap.ts'
import { ArtifactBuilder } from '#generate/analyse/artifacts/artifact-builder.ts'
import type { Found } from '#generate/analyse/artifacts/find.ts'
import { Repository } from '#generate/analyse/artifacts/repository.ts'
import { KeptReadings } from '#generate/analyse/kept-readings.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { Incidents } from '#generate/incidents.ts'
import type { Component, Edge, SourceFile } from '#generate/model.ts'
import type { BridgeReader, ReadableFile, World } from './bridge.ts'
import { CodeIndex } from './code-index.ts'
import { django } from './django.ts'
import { goRoutes } from './go-routes.ts'
import { javascriptRoutes } from './javascript-routes.ts'
import { phpRoutes } from './php-routes.ts'
import { pythonExtensions } from './python-extensions.ts'
import { pythonRoutes } from './python-routes.ts'
import { sinatra } from './sinatra.ts'
import { spring } from './spring.ts'

const READERS: readonly BridgeReader[] = [
  pythonRoutes,
  django,
  pythonExtensions,
  javascriptRoutes,
  goRoutes,
  spring,
  phpRoutes,
  sinatra,
]
/** Characters at the start of a file that contain its imports. */
const HEAD = 16_000

export interface Bridges {
  /** Routes, and edges to templates. */
  builders: readonly Found[]
  /** Edges between languages. */
  edges: Edge[]
}

/**
 * @param files - All files of the inventory.
 * @param components - Sorted by id.
 * @param edges - From the analysers.
 */
export function findBridges(
  files: readonly SourceFile[],
  components: readonly Component[],
  edges: readonly Edge[],
  incidents = new Incidents(),
  kept = KeptReadings.none(incidents),
): Bridges {
  const chosen = choose(files, incidents)
  if (chosen.length === 0) return { builders: [], edges: [] }
  const found: Edge[] = []
  const world: World = {
    repository: new Repository(files, new Set()),
    code: new CodeIndex(new Set(chosen.map(({ file }) => file.path)), components, edges),
    components,
    bridge: (from, to, kind) => void found.push({ from, to, kind, origin: 'bridge', confidence: 1 }),
  }
  const builders: Found[] = []
  incidents.each(chosen, { stage: 'analyse', fileOf: ({ file }) => file.path }, ({ file, readers }) => {
    const builder = new ArtifactBuilder(file.path, file.lines)
    // Registered first, so that routes found before an error are kept.
    builders.push(builder)
    const read = (own: World): Found => {
      let masked: MaskedCode | undefined
      for (const reader of readers) {
        // All readers of a language have the same lexical rules.
        masked ??= MaskedCode.of(file.text, reader.lexicalRules)
        const text = masked
        if (text === undefined) continue
        incidents.attempt('analyse', file.path, () =>
          reader.read({ file, path: file.path, masked: text, builder }, own),
        )
      }
      return builder
    }
    if (readers.some((reader) => reader.asksForAll === true)) read(world)
    else {
      const { repository, code } = world
      const one = kept.of(file, [repository, code] as const, (repository, code) =>
        read({ repository, code, components: [], bridge: notKept }),
      )
      if (one !== builder) builders.push(one)
    }
  })
  return { builders, edges: found }
}

function notKept(): never {
  throw new Error('A reader that adds edges asks for all components.')
}

/** Files that may contain bridges, with their readers. */
function choose(files: readonly SourceFile[], incidents: Incidents): { file: ReadableFile; readers: BridgeReader[] }[] {
  const byLanguage = new Map<string, BridgeReader[]>()
  for (const reader of READERS) {
    if (reader.isPossible?.(files) === false) continue
    for (const language of reader.languages) push(byLanguage, language, reader)
  }
  const chosen: { file: ReadableFile; readers: BridgeReader[] }[] = []
  incidents.each(files, { stage: 'analyse', fileOf: ({ path }) => path }, (file) => {
    const { text } = file
    if (text === null || file.generated || file.vendored) return
    const readers = byLanguage.get(file.language ?? '')
    if (readers === undefined) return
    const readable = { ...file, text }
    const head = text.slice(0, HEAD)
    const matching = readers.filter(
      (reader) => (file.role !== 'test' || reader.tests === true) && reader.mayContain(head, readable),
    )
    if (matching.length > 0) chosen.push({ file: readable, readers: matching })
  })
  return chosen
}
