/** Renders a model's claims, with links to the definitions they name and to their evidence. */

import type { RootContent } from 'mdast'
import type { LineSpan } from '#generate/model.ts'
import { diagramBlocks } from '#generate/pages/drawing/diagram-blocks.ts'
import { drawOwnChart } from '#generate/pages/drawing/mermaid-own.ts'
import { nameOf } from '#generate/paths.ts'
import type { ModuleProse, OverviewProse, ProseClaim, ProseDiagram } from '#generate/prose-model.ts'
import { code, emphasis, heading, type Inline, join, list, paragraph, refLink } from '#markdown/build.ts'
import { type Draft, refTo } from './draft.ts'
import type { Writing } from './writing.ts'

const EVIDENCE_SHOWN = 3

/** The summary, placed below the repository's own description. */
export function proseHead(writing: Writing, claims: readonly ProseClaim[] | undefined): RootContent[] {
  return claims === undefined || claims.length === 0 ? [] : [...paragraphs(writing, claims), attribution(writing)]
}

/** The sections of a module. */
export function moduleProseSections(writing: Writing, draft: Draft, prose: ModuleProse | undefined): RootContent[] {
  if (prose === undefined) return []
  const { design, flow, pitfalls, diagram } = prose
  const works = [...paragraphs(writing, design), ...drawing(writing, draft, diagram)]
  return [
    ...section(writing, writing.texts.prose.works, works),
    ...section(writing, writing.texts.prose.steps, claimList(writing, flow, true)),
    ...section(writing, writing.texts.prose.pitfalls, claimList(writing, pitfalls)),
  ]
}

/** The sections of the overview. */
export function overviewProseSections(writing: Writing, draft: Draft): RootContent[] {
  const prose: OverviewProse | null | undefined = writing.prose?.overview
  if (prose === null || prose === undefined) return []
  const { architecture, concepts, diagram } = prose
  const terms = concepts.map(({ name, refersTo, claim }): Inline[] => [
    linkedName(writing, name, refersTo),
    writing.texts.colon,
    ...wordsOf(writing, claim),
  ])
  return [
    ...section(writing, writing.texts.prose.architecture, [
      ...paragraphs(writing, architecture),
      ...drawing(writing, draft, diagram),
    ]),
    ...section(writing, writing.texts.prose.concepts, terms.length === 0 ? [] : [list(terms)]),
  ]
}

function section(writing: Writing, title: string, blocks: RootContent[]): RootContent[] {
  return blocks.length === 0 ? [] : [heading(2, title), ...blocks, attribution(writing)]
}

function claimList(writing: Writing, claims: readonly ProseClaim[], isOrdered = false): RootContent[] {
  const items = claims.map((claim) => wordsOf(writing, claim))
  return items.length === 0 ? [] : [list(items, isOrdered)]
}

function paragraphs(writing: Writing, claims: readonly ProseClaim[]): RootContent[] {
  return claims.map((claim) => paragraph(...wordsOf(writing, claim)))
}

/** Names the model that wrote the text above. */
function attribution({ prose, texts }: Writing): RootContent {
  return paragraph(emphasis(texts.prose.mark(prose?.models.join(', ') ?? '')))
}

/** Names the model that proposed module titles, if there was one. */
export function titlesAttribution({ prose, texts }: Writing): RootContent[] {
  return prose?.titlesBy === undefined ? [] : [paragraph(emphasis(texts.prose.titles(prose.titlesBy)))]
}

function wordsOf(writing: Writing, { spans, evidence }: ProseClaim): Inline[] {
  const words = spans.map(
    (span): Inline => ('text' in span ? span.text : linkedName(writing, span.code, span.refersTo)),
  )
  const shown = evidence.slice(0, EVIDENCE_SHOWN).map((lines): Inline[] => evidenceLink(writing, lines))
  return shown.length === 0 ? words : [...words, ' (', ...join(shown, writing.texts.comma), ')']
}

function linkedName({ repo, root }: Writing, name: string, refersTo: string | null): Inline {
  if (refersTo === null) return code(name)
  if (repo.components.has(refersTo)) return refLink(refTo.component(refersTo), code(name))
  if (repo.files.has(refersTo)) return refLink(refTo.file(refersTo), code(name))
  return refersTo === root.id ? code(name) : refLink(refTo.module(refersTo), code(name))
}

/** `app.py:10–32`, a link to these lines. */
function evidenceLink({ sources }: Writing, { path, startLine, endLine }: LineSpan): Inline[] {
  return sources.place(
    path,
    startLine,
    endLine,
    `${nameOf(path)}:${startLine}${endLine === startLine ? '' : `–${endLine}`}`,
  )
}

/** Dashed arrows are claims of the model that the graph does not confirm. */
function drawing(writing: Writing, draft: Draft, diagram: ProseDiagram | null): RootContent[] {
  if (diagram === null) return []
  const chart = drawOwnChart(diagram, (id) => filesOrComponentOf(writing, id))
  const boxes = diagram.nodes.map(({ label, refersTo }): Inline[] => [linkedName(writing, label, refersTo)])
  const hasClaimedEdges = diagram.edges.some(({ isInGraph }) => !isInGraph)
  return [
    ...diagramBlocks(writing, draft, chart, boxes),
    ...(hasClaimedEdges ? [paragraph(emphasis(writing.texts.prose.broken))] : []),
  ]
}

/** The id of a component or file, or the files of a module. */
function filesOrComponentOf({ repo, root }: Writing, id: string): readonly string[] {
  if (repo.components.has(id) || repo.files.has(id)) return [id]
  for (const [module, files] of repo.filesIn) if (module.id === id) return module === root ? [] : files
  return []
}
