/** Writes the prose of the overview, from the README, the modules' summaries and the most central code. */

import { append } from '#base/long-arrays.ts'
import { type Module, modulesOf } from '#generate/model.ts'
import type { OverviewProse, SlotVerdict } from '#generate/prose-model.ts'
import { OverviewAnswer } from './answer-schemas.ts'
import { checkDiagram, verdictsOfDiagram } from './check-diagram.ts'
import { checkSlot } from './check-slots.ts'
import type { Fact, Standard } from './claim-standard.ts'
import { estimateTokens } from './client/estimate.ts'
import { asData, asLine, block, pack } from './code-context.ts'
import { bareName, lastPart } from './code-names.ts'
import type { Meaning } from './ground-truth.ts'
import { OVERVIEW_TASK, systemMessage } from './prompts.ts'
import { visible } from './sentences.ts'
import type { Writer } from './write-module.ts'
import { type Assessed, type Conversation, writeWithLookups } from './write-with-lookups.ts'

export interface OverviewWritten {
  prose: OverviewProse
  verdicts: SlotVerdict[]
  model: string
}

export const OVERVIEW_OUTPUT_TOKENS = 4_000
/** The instructions and the answer's schema. */
const WORDS_TOKENS = 1_800
/** Minimum amount of code shown to the model, however long the rest of the question is. */
const MIN_CODE_TOKENS = 1_000
const MAX_TERM_CHARS = 100
/** Limits on what is published of each list; `OVERVIEW_TASK` asks for no more. */
const MAX_SUMMARY = 3
const MAX_ARCHITECTURE = 8
const MAX_CONCEPTS = 8
const MAX_FAULTS = 10
const UNKNOWN: Meaning = { kind: 'unknown' }
/** Limits on what the question quotes; the rest is left out. */
const MAX_README_CHARS = 6_000
const MAX_NOTES_CHARS = 4_000
const MAX_MODULES = 120
const MAX_FILES = 40

/** @param summaries - Keyed by module id; modules without a summary are listed by title only. */
export async function writeOverviewProse(
  writer: Writer,
  root: Module,
  summaries: ReadonlyMap<string, string>,
): Promise<OverviewWritten> {
  const { ground, model } = writer
  const readme = [...ground.files.values()].find(({ path, text }) => /^README(?:\.\w+)?$/i.test(path) && text !== null)
  const central = centralFiles(writer)
  const near = new Set(ground.files.keys())
  const modules = modulesOf(root)
    .slice(1, 1 + MAX_MODULES)
    .map(({ id, title, path }) =>
      asLine(`${path === '' ? id : path}: "${title}"${summaries.get(id) ? `: ${summaries.get(id)}` : ''}`),
    )
  const fixed = [
    asData(`The repository ${writer.name}.`),
    ...(writer.notes === '' ? [] : [block('notes', [asData(writer.notes.slice(0, MAX_NOTES_CHARS))])]),
    ...(readme === undefined ? [] : [block('documents', [asData((readme.text ?? '').slice(0, MAX_README_CHARS))])]),
    block('modules', modules),
  ].join('\n')
  let facts: Fact[] = []
  const conversation: Conversation<OverviewAnswer, Omit<OverviewWritten, 'model'>> = {
    maxTokens: Math.max(
      MIN_CODE_TOKENS,
      model.contextTokens - OVERVIEW_OUTPUT_TOKENS - WORDS_TOKENS - estimateTokens(fixed),
    ),
    near,
    ask(limit) {
      const packed = pack(ground, writer.ranks, central, limit)
      facts = packed.facts
      return {
        role: 'main',
        about: 'overview',
        messages: [
          systemMessage(OVERVIEW_TASK, writer.language),
          { role: 'user', content: `${fixed}\n${packed.text}` },
        ],
        schema: OverviewAnswer,
        schemaName: 'overview_prose',
        maxOutputTokens: OVERVIEW_OUTPUT_TOKENS,
      }
    },
    wants: (value) => value.look_up,
    assess: (value) => checkOverview(value, { ground, near, facts, language: writer.language, earlier: new Set() }),
  }
  const written = await writeWithLookups(model, ground, conversation, writer.signal)
  return { ...written.result, model: written.model }
}

function checkOverview(value: OverviewAnswer, standard: Standard): Assessed<Omit<OverviewWritten, 'model'>> {
  const summary = checkSlot('summary', value.summary, MAX_SUMMARY, standard)
  const architecture = checkSlot('architecture', value.architecture, MAX_ARCHITECTURE, standard)
  const concepts: OverviewProse['concepts'] = []
  const terms = { published: 0, dropped: 0, faults: [] as string[] }
  const seen = new Set<string>()
  for (const { name, text, evidence } of value.concepts.slice(0, MAX_CONCEPTS)) {
    const term = visible(name).trim()
    // The whole term is shown, so all of it is checked.
    const meaning = term.length > MAX_TERM_CHARS ? UNKNOWN : standard.ground.meaningOf(term, standard.near)
    const explained = meaning.kind === 'unknown' || meaning.kind === 'word' ? null : lastPart(bareName(term))
    const slot = checkSlot('concepts', [{ text, evidence }], 1, standard, explained)
    const [claim] = slot.claims
    append(terms.faults, slot.verdict.faults)
    if (meaning.kind === 'unknown') terms.faults.push(`there is no \`${name.slice(0, 80)}\``)
    const shown = meaning.kind === 'repaired' ? meaning.name : term
    if (claim === undefined || meaning.kind === 'unknown' || seen.has(shown.toLowerCase())) {
      terms.dropped += 1
      continue
    }
    seen.add(shown.toLowerCase())
    terms.published += 1
    concepts.push({ name: shown, refersTo: meaning.kind === 'word' ? null : meaning.refersTo, claim })
  }
  const drawing = checkDiagram(value.diagram, standard.ground, standard.near)
  const onConcepts: SlotVerdict = {
    module: null,
    slot: 'concepts',
    verdict: terms.published === 0 ? 'offline' : terms.faults.length > 0 ? 'repaired' : 'accepted',
    published: terms.published,
    dropped: terms.dropped,
    faults: [...new Set(terms.faults)].slice(0, MAX_FAULTS),
  }
  const verdicts: SlotVerdict[] = [
    { module: null, ...summary.verdict },
    { module: null, ...architecture.verdict },
    ...(value.concepts.length === 0 ? [] : [onConcepts]),
    ...verdictsOfDiagram(null, value.diagram, drawing),
  ]
  return {
    result: {
      prose: { summary: summary.claims, architecture: architecture.claims, concepts, diagram: drawing.diagram },
      verdicts,
    },
    published: verdicts.reduce((total, { published }) => total + published, 0),
    dropped: verdicts.reduce((total, { dropped }) => total + dropped, 0),
    faults: verdicts.flatMap(({ faults }) => faults),
  }
}

/** Files with the most used definitions. */
function centralFiles({ ground, fileRanks }: Writer): string[] {
  return [...fileRanks]
    .filter(([path]) => ground.files.get(path)?.role === 'code')
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_FILES)
    .map(([path]) => path)
}
