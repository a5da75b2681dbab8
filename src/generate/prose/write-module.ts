/** Writes the prose of one module, from one question, or from notes on its parts if it is too large. */

import { filesOf, type Module } from '#generate/model.ts'
import type { ModuleProse, SlotVerdict } from '#generate/prose-model.ts'
import { ModuleAnswer, PartAnswer } from './answer-schemas.ts'
import { BadAnswer, type Model, ModelRefused } from './ask.ts'
import { checkDiagram, verdictsOfDiagram } from './check-diagram.ts'
import { checkSlot } from './check-slots.ts'
import type { Standard } from './claim-standard.ts'
import { estimateTokens } from './client/estimate.ts'
import { asData, asLine, block, factsFit, pack } from './code-context.ts'
import type { GroundTruth } from './ground-truth.ts'
import { MODULE_TASK, PART_TASK, systemMessage } from './prompts.ts'
import { readSentences, textOf } from './sentences.ts'
import { type Assessed, type Conversation, writeWithLookups } from './write-with-lookups.ts'

/** The context shared by all modules. */
export interface Writer {
  model: Model
  ground: GroundTruth
  /** The centrality of each component, keyed by id. */
  ranks: ReadonlyMap<string, number>
  /** The centrality of each file, the sum over its components, keyed by path. */
  fileRanks: ReadonlyMap<string, number>
  /** Name of the repository. */
  name: string
  /** BCP-47 tag. */
  language: string
  /** Notes of the submitter and of the repository's steering files. */
  notes: string
  signal: AbortSignal
}

/** The prose of a module. */
export interface ModuleWritten {
  prose: ModuleProse
  /** A sentence for the prompt of the parent module. */
  summary: string
  verdicts: SlotVerdict[]
  model: string
}

const OUTPUT_TOKENS = 3_500
const PART_OUTPUT_TOKENS = 1_500
/** Tokens of a question other than code. */
const WORDS_TOKENS = 1_800
const MAX_PARTS = 12
const MAX_SUMMARY = 300
const LIMITS = { purpose: 3, design: 6, flow: 6, pitfalls: 4 } as const

/** @param children - Its direct submodules, with their summaries. */
export async function writeModuleProse(
  writer: Writer,
  module: Module,
  children: readonly { title: string; path: string; summary: string }[],
): Promise<ModuleWritten> {
  const { ground, model } = writer
  const files = codeFilesOf(ground, module)
  const near = new Set(filesOf(module))
  const maxTokens = model.contextTokens - OUTPUT_TOKENS - WORDS_TOKENS
  const parts =
    children.length === 0 && !factsFit(ground, files, maxTokens)
      ? await notesOnParts(writer, module, files, maxTokens)
      : []
  const below = [
    ...(children.length === 0
      ? []
      : [
          block(
            'modules',
            children.map(({ title, path, summary }) =>
              asLine(`${path}: "${title}"${summary === '' ? '' : `: ${summary}`}`),
            ),
          ),
        ]),
    ...(parts.length === 0 ? [] : [block('parts', parts.map(asData))]),
  ].join('\n')
  let facts: Standard['facts'] = []
  const conversation: Conversation<ModuleAnswer, Omit<ModuleWritten, 'model'>> = {
    maxTokens: maxTokens - estimateTokens(below),
    near,
    ask(limit) {
      const packed = pack(ground, writer.ranks, files, limit)
      facts = packed.facts
      const about = asLine(
        `The module "${module.title}" (${module.path === '' ? 'top of the repository' : module.path}) of ${writer.name}, ${files.length} files of code.`,
      )
      return {
        role: 'main',
        about: `module ${module.id}`,
        messages: [
          systemMessage(MODULE_TASK, writer.language),
          {
            role: 'user',
            content: [block('modules', [about]), notesBlock(writer, module), below, packed.text]
              .filter((text) => text !== '')
              .join('\n'),
          },
        ],
        schema: ModuleAnswer,
        schemaName: 'module_prose',
        maxOutputTokens: OUTPUT_TOKENS,
        isFurther: below !== '',
      }
    },
    wants: (value) => value.look_up,
    assess: (value) =>
      checkModule(value, module, { ground, near, facts, language: writer.language, earlier: new Set() }),
  }
  const answers = await writeWithLookups(model, ground, conversation, writer.signal)
  return { ...answers.result, model: answers.model }
}

function checkModule(value: ModuleAnswer, module: Module, standard: Standard): Assessed<Omit<ModuleWritten, 'model'>> {
  const [purpose, design, flow, pitfalls] = (['purpose', 'design', 'flow', 'pitfalls'] as const).map((slot) =>
    checkSlot(slot, value[slot], LIMITS[slot], standard),
  )
  const slots = [purpose, design, flow, pitfalls].flatMap((slot) => slot ?? [])
  const drawing = checkDiagram(value.diagram, standard.ground, standard.near)
  const verdicts: SlotVerdict[] = [
    ...slots.map(({ verdict }) => ({ module: module.id, ...verdict })),
    ...verdictsOfDiagram(module.id, value.diagram, drawing),
  ]
  const prose: ModuleProse = {
    purpose: purpose?.claims ?? [],
    design: design?.claims ?? [],
    flow: flow?.claims ?? [],
    pitfalls: pitfalls?.claims ?? [],
    diagram: drawing.diagram,
  }
  return {
    result: { prose, summary: summaryOf(value.summary), verdicts },
    published: sum(verdicts, 'published'),
    dropped: sum(verdicts, 'dropped'),
    faults: verdicts.flatMap((verdict) => verdict.faults),
  }
}

/** A sentence for the prompt of the parent module; not published. */
export function summaryOf(written: string): string {
  const { sentences } = readSentences(written)
  return sentences.map(textOf).join(' ').slice(0, MAX_SUMMARY)
}

/** Notes on groups of files that fit one question each, in order; at most `MAX_PARTS` groups. */
async function notesOnParts(
  writer: Writer,
  module: Module,
  files: readonly string[],
  maxTokens: number,
): Promise<string[]> {
  const { ground, model } = writer
  const groups: string[][] = [[]]
  for (const path of files) {
    const last = groups.at(-1) ?? []
    if (last.length > 0 && !factsFit(ground, [...last, path], maxTokens)) groups.push([path])
    else last.push(path)
  }
  // Waits for all: every request is paid for, and nothing may continue after its page is abandoned.
  const answers = await Promise.allSettled(
    groups.slice(0, MAX_PARTS).map(async (group) => {
      const near = new Set(files)
      let facts: Standard['facts'] = []
      const conversation: Conversation<PartAnswer, string> = {
        maxTokens,
        near,
        ask(limit) {
          const packed = pack(ground, writer.ranks, group, limit)
          facts = packed.facts
          const about = asLine(
            `Files of the module "${module.title}" of ${writer.name}: ${group.slice(0, 40).join(', ')}`,
          )
          return {
            role: 'main',
            about: `part of module ${module.id}`,
            messages: [
              systemMessage(PART_TASK, writer.language),
              { role: 'user', content: `${block('modules', [about])}\n${packed.text}` },
            ],
            schema: PartAnswer,
            schemaName: 'part_prose',
            maxOutputTokens: PART_OUTPUT_TOKENS,
          }
        },
        assess(value) {
          const standard = { ground, near, facts, language: writer.language, earlier: new Set<string>() }
          const slot = checkSlot('points', value.points, 8, standard)
          const points = slot.claims.map(({ spans }) =>
            spans.map((span) => ('text' in span ? span.text : `\`${span.code}\``)).join(''),
          )
          return {
            result: [summaryOf(value.summary), ...points].join(' '),
            published: slot.verdict.published,
            dropped: slot.verdict.dropped,
            faults: slot.verdict.faults,
          }
        },
      }
      return (await writeWithLookups(model, ground, conversation, writer.signal)).result
    }),
  )
  return answers.flatMap((one) => {
    if (one.status === 'fulfilled') return [one.value]
    // The notes on the other parts still describe the module.
    if (one.reason instanceof BadAnswer || one.reason instanceof ModelRefused) return []
    throw one.reason
  })
}

/** Files with definitions; others need no explanation. */
export function codeFilesOf(ground: GroundTruth, module: Module): string[] {
  const defined = filesOf(module).filter((path) => ground.componentsIn.has(path))
  const own = defined.filter((path) => ground.files.get(path)?.role === 'code')
  return own.length > 0 ? own : defined
}

function notesBlock({ notes }: Writer, module: Module): string {
  const words = [notes, ...(module.notes ?? []).map(({ content }) => content)].filter((text) => text !== '')
  return words.length === 0 ? '' : block('notes', [asData(words.join('\n').slice(0, 4_000))])
}

const sum = (verdicts: readonly SlotVerdict[], of: 'published' | 'dropped'): number =>
  verdicts.reduce((total, verdict) => total + verdict[of], 0)
