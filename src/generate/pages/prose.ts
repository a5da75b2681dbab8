/** What a model said and what was checked, as blocks of a page: claims with links to what they name and to what bears them out. */

import type { RootContent } from 'mdast'
import type { LineSpan } from '#generate/model.ts'
import { diagramBlocks } from '#generate/pages/drawing/diagram-blocks.ts'
import { drawOwnChart } from '#generate/pages/drawing/mermaid-own.ts'
import type { ModuleProse, OverviewProse, ProseClaim, ProseDiagram } from '#generate/prose-model.ts'
import { code, emphasis, heading, type Inline, join, list, paragraph, refLink } from '#markdown/build.ts'
import type { Draft } from './draft.ts'
import { refTo } from './draft.ts'
import type { Writing } from './writing.ts'

const EVIDENCE_SHOWN = 3

/** Right below what a page says in the repository's own words. */
export function proseHead(writing: Writing, claims: readonly ProseClaim[] | undefined): RootContent[] {
  return claims === undefined || claims.length === 0
    ? []
    : [...claims.map((claim) => paragraph(...wordsOf(writing, claim))), mark(writing)]
}

/** The sections of a module. */
export function moduleProseSections(writing: Writing, draft: Draft, prose: ModuleProse | undefined): RootContent[] {
  if (prose === undefined) return []
  const { design, flow, pitfalls, diagram } = prose
  const works = [...paragraphs(writing, design), ...drawing(writing, draft, diagram)]
  return [
    ...section(writing, writing.texts.prose.works, works),
    ...section(
      writing,
      writing.texts.prose.steps,
      flow.length === 0
        ? []
        : [
            list(
              flow.map((claim) => wordsOf(writing, claim)),
              true,
            ),
          ],
    ),
    ...section(
      writing,
      writing.texts.prose.pitfalls,
      pitfalls.length === 0 ? [] : [list(pitfalls.map((claim) => wordsOf(writing, claim)))],
    ),
  ]
}

/** The sections of the overview. */
export function overviewProseSections(writing: Writing, draft: Draft): RootContent[] {
  const prose: OverviewProse | null | undefined = writing.prose?.overview
  if (prose === null || prose === undefined) return []
  const { architecture, concepts, diagram } = prose
  const terms = concepts.map(({ name, refersTo, claim }): Inline[] => [
    nameOf(writing, name, refersTo),
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
  return blocks.length === 0 ? [] : [heading(2, title), ...blocks, mark(writing)]
}

function paragraphs(writing: Writing, claims: readonly ProseClaim[]): RootContent[] {
  return claims.map((claim) => paragraph(...wordsOf(writing, claim)))
}

/** Who wrote what stands above. */
function mark({ prose, texts }: Writing): RootContent {
  return paragraph(emphasis(texts.prose.mark(prose?.models.join(', ') ?? '')))
}

/** Whose words titles of modules are, where some are a model's. */
export function titlesMark({ prose, texts }: Writing): RootContent[] {
  return prose?.titlesBy === undefined ? [] : [paragraph(emphasis(texts.prose.titles(prose.titlesBy)))]
}

function wordsOf(writing: Writing, { spans, evidence }: ProseClaim): Inline[] {
  const words = spans.map((span): Inline => ('text' in span ? span.text : nameOf(writing, span.code, span.refersTo)))
  const shown = evidence.slice(0, EVIDENCE_SHOWN).map((lines): Inline[] => evidenceLink(writing, lines))
  return shown.length === 0 ? words : [...words, ' (', ...join(shown, writing.texts.comma), ')']
}

function nameOf({ repo, root }: Writing, name: string, refersTo: string | null): Inline {
  if (refersTo === null) return code(name)
  if (repo.components.has(refersTo)) return refLink(refTo.component(refersTo), code(name))
  if (repo.files.has(refersTo)) return refLink(refTo.file(refersTo), code(name))
  return refersTo === root.id ? code(name) : refLink(refTo.module(refersTo), code(name))
}

/** `app.py:10–32`, which leads to these lines. */
function evidenceLink({ sources }: Writing, { path, startLine, endLine }: LineSpan): Inline[] {
  return sources.place(
    path,
    startLine,
    endLine,
    `${path.slice(path.lastIndexOf('/') + 1)}:${startLine}${endLine === startLine ? '' : `–${endLine}`}`,
  )
}

/** Broken arrows are the model's own: the graph does not hold them. */
function drawing(writing: Writing, draft: Draft, diagram: ProseDiagram | null): RootContent[] {
  if (diagram === null) return []
  const chart = drawOwnChart(diagram, (id) => standsFor(writing, id))
  const boxes = diagram.nodes.map(({ label, refersTo }): Inline[] => [nameOf(writing, label, refersTo)])
  const isMixed = diagram.edges.some(({ isInGraph }) => !isInGraph)
  return [
    ...diagramBlocks(writing, draft, chart, boxes),
    ...(isMixed ? [paragraph(emphasis(writing.texts.prose.broken))] : []),
  ]
}

/** A component by its id; a file or a module by paths. */
function standsFor({ repo, root }: Writing, id: string): readonly string[] {
  if (repo.components.has(id) || repo.files.has(id)) return [id]
  for (const [module, files] of repo.filesIn) if (module.id === id) return module === root ? [] : files
  return []
}
