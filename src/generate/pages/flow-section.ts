/** Key flows as a section: a diagram of each, and its calls with what they do as a list. */

import type { BlockContent, RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { heading, type Inline, list, paragraph } from '#markdown/build.ts'
import { callTree } from './call-tree.ts'
import { type Calls, callsOf } from './calls.ts'
import { diagramBlocks } from './diagram-blocks.ts'
import type { Draft } from './draft.ts'
import { ownerOf } from './flow-starts.ts'
import { type Flow, type Step, stepsBelow } from './flow-steps.ts'
import { throughWords } from './flow-words.ts'
import { flowsOfAll, startsOfAll } from './flows.ts'
import { allOf, type CallChart, drawCallTree, drawSequence, type Message, type Participant } from './mermaid-calls.ts'
import { toNamesake } from './namesakes.ts'
import type { Survey } from './survey.ts'
import { docSentence, titleOf, toEntry, toFile, type Writing } from './writing.ts'

const MAX_ON_OVERVIEW = 2
const MIN_PARTICIPANTS = 3
const MIN_CROSSINGS = 3
/** Characters of a message, with types of parameters. */
const MAX_CALL = 48
/** Files whose name says nothing without that of their folder. */
const NAMELESS = /^(?:__init__|client|common|helpers?|index|lib|main|mod|server|types|utils?)\./

/** The flows that tell most of the whole repository, or nothing. */
export function flowsSummary(writing: Writing, draft: Draft): RootContent[] {
  const flows = flowsOfAll(writing, MAX_ON_OVERVIEW)
  return flows.length === 0 ? treeSection(writing, startsOfAll(writing)) : sectionOf(writing, draft, flows)
}

/** The calls of the first that has enough of them. */
function treeSection(writing: Writing, starts: readonly Component[]): RootContent[] {
  const words = writing.texts.flows
  for (const start of starts) {
    const tree = callTree(writing, start)
    if (tree.length > 0) return [heading(2, words.tree), paragraph(words.treeNote), ...tree]
  }
  return []
}

function sectionOf(writing: Writing, draft: Draft, flows: readonly Flow[]): RootContent[] {
  const words = writing.texts.flows
  if (flows.length === 0) return []
  const blocks = flows.flatMap((flow) => blocksOf(writing, draft, flow))
  const isBroken = blocks.some((block) => block.type === 'code' && block.value.includes(' -.-> '))
  return [heading(2, words.title), paragraph(words.note, isBroken ? words.broken : ''), ...blocks]
}

function blocksOf(writing: Writing, draft: Draft, { root }: Flow): RootContent[] {
  const { analysis, survey, texts } = writing
  const { chart, boxes } = chartOf(writing, callsOf(analysis, survey), root)
  const sentence = docSentence(root.component.doc)
  // There may be many, and each is called the same.
  const isMain = root.component.name === 'main'
  return [
    heading(3, ...texts.flows.happensIn(toEntry(root.component), isMain ? toFile(root.component.file) : null)),
    ...(sentence === null ? [] : [paragraph(...sentence)]),
    ...diagramBlocks(writing, draft, chart, boxes),
    listOf(writing, root.steps),
  ]
}

/** The calls as a tree of lists. Its depth is bounded by that of flows. */
function listOf(writing: Writing, steps: readonly Step[]): BlockContent {
  const { texts } = writing
  return list(
    steps.map(({ component, site, through, implementations, steps: inner }): BlockContent[] => {
      const sentence = docSentence(component.doc ?? through?.doc)
      const when = site?.when == null ? '' : ` (${texts.flows[site.when]})`
      const line = paragraph(
        ...toNamesake(writing, component),
        when,
        ...throughWords(texts, through, implementations),
        ...(sentence === null ? [] : [texts.colon, ...sentence]),
      )
      return inner.length === 0 ? [line] : [line, listOf(writing, inner)]
    }),
    true,
  )
}

/** The drawing, and for each box a link to what it stands for. */
function chartOf(
  { survey, texts }: Writing,
  { constructors }: Calls,
  root: Step,
): { chart: CallChart; boxes: Inline[][] } {
  const messages = messagesOf(root, constructors)
  const components = [root, ...stepsBelow(root)].map(({ component }) => component)
  const participants = new Map<string, Participant & { components: string[]; link: Inline[] }>()
  const home = new Map<string, string>()
  for (const component of components) {
    const { key, label, link } = placeOf(survey, component)
    const found = participants.get(key)
    const ids = [component.id, ...[constructors.get(component.id)].filter((id) => id !== undefined)]
    if (found === undefined) participants.set(key, { label, components: ids, link })
    else found.components.push(...ids)
    for (const id of ids) home.set(id, key)
  }
  const arrows = allOf(messages)
  const crossings = arrows.filter(({ from, to }) => home.get(from) !== home.get(to)).length
  const isBetween = participants.size >= MIN_PARTICIPANTS || crossings >= MIN_CROSSINGS
  // Where most calls stay inside of one, a tree shows more.
  if (isBetween && crossings * 2 >= arrows.length) {
    const all = [...participants.values()]
    return { chart: drawSequence(all, messages, texts.flows), boxes: all.map(({ link }) => link) }
  }
  const boxes = components.map((component): Participant => {
    const { id } = component
    return {
      label: titleOf(component),
      components: [id, ...[constructors.get(id)].filter((made) => made !== undefined)],
    }
  })
  return { chart: drawCallTree(boxes, messages), boxes: components.map(toEntry) }
}

function messagesOf(step: Step, constructors: Calls['constructors']): Message[] {
  const from = constructors.get(step.component.id) ?? step.component.id
  return step.steps.map((next): Message => {
    const { id, kind, name, label, qualifiedName } = next.component
    // Overloads are told apart by the types of their parameters.
    const typed = label?.slice(qualifiedName.length - name.length) ?? ''
    const call = typed === '' || typed.length > MAX_CALL ? `${name}()` : typed
    const isMade = kind === 'class' || kind === 'struct'
    const { site } = next
    return {
      from,
      to: id,
      label: isMade ? `new ${name}` : call,
      frame: site?.when == null ? null : { when: site.when, key: site.block },
      below: messagesOf(next, constructors),
    }
  })
}

/** A method belongs to its type, a type to itself, a function to its file. */
function placeOf(survey: Survey, component: Component): { key: string; label: string; link: Inline[] } {
  const owner = ownerOf(survey, component)
  if (owner.kind !== 'function' && owner.kind !== 'method')
    return { key: owner.id, label: owner.name, link: toEntry(owner) }
  const [name = '', folder] = component.file.split('/').reverse()
  const label = NAMELESS.test(name) && folder !== undefined ? `${folder}/${name}` : name
  return { key: component.file, label, link: toFile(component.file) }
}
