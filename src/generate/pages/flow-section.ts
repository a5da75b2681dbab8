/** Key flows as a section: a diagram of each, and its calls with what they do as a list. */

import type { BlockContent, RootContent } from 'mdast'
import type { Component, Module } from '#generate/model.ts'
import { codeBlock, heading, list, paragraph } from '#markdown/build.ts'
import { type Calls, callsOf } from './calls.ts'
import type { Draft } from './draft.ts'
import { ownerOf } from './flow-starts.ts'
import { type Flow, flowsOf, flowsOfAll, type Step, stepsBelow } from './flows.ts'
import { type CallChart, drawCallTree, drawSequence, type Message, type Participant } from './mermaid-calls.ts'
import type { Survey } from './survey.ts'
import { docSentence, toEntry, toFile, type Writing } from './writing.ts'

const MAX_ON_OVERVIEW = 2
const MIN_PARTICIPANTS = 3
const MIN_CROSSINGS = 3
/** Files whose name says nothing without that of their folder. */
const NAMELESS = /^(?:__init__|client|common|helpers?|index|lib|main|mod|server|types|utils?)\./
const NOTE =
  'Each arrow is a resolved call, in the order in which the code states them. The most telling ones are drawn; branches and loops are not.'

/** The flows that start in a module, or nothing. */
export function flowsSection(writing: Writing, draft: Draft, module: Module): RootContent[] {
  return sectionOf(writing, draft, flowsOf(writing).get(module) ?? [])
}

/** The flows that tell most of the whole repository, or nothing. */
export function flowsSummary(writing: Writing, draft: Draft): RootContent[] {
  return sectionOf(writing, draft, flowsOfAll(writing, MAX_ON_OVERVIEW))
}

function sectionOf(writing: Writing, draft: Draft, flows: readonly Flow[]): RootContent[] {
  if (flows.length === 0) return []
  return [heading(2, 'Key flows'), paragraph(NOTE), ...flows.flatMap((flow) => blocksOf(writing, draft, flow))]
}

function blocksOf({ analysis, survey }: Writing, draft: Draft, { root }: Flow): RootContent[] {
  const chart = chartOf(survey, callsOf(analysis, survey), root)
  draft.diagrams.set(chart.mermaid, chart.nodes)
  const sentence = docSentence(root.component.doc)
  // There may be many, and each is called the same.
  const isMain = root.component.name === 'main'
  return [
    heading(
      3,
      'What happens in ',
      ...toEntry(root.component),
      ...(isMain ? [' of ', ...toFile(root.component.file)] : []),
    ),
    ...(sentence === null ? [] : [paragraph(...sentence)]),
    codeBlock('mermaid', chart.mermaid),
    listOf(root.steps),
  ]
}

/** The calls as a tree of lists. Its depth is bounded by that of flows. */
function listOf(steps: readonly Step[]): BlockContent {
  return list(
    steps.map(({ component, steps: inner }): BlockContent[] => {
      const sentence = docSentence(component.doc)
      const line = paragraph(...toEntry(component), ...(sentence === null ? [] : [': ', ...sentence]))
      return inner.length === 0 ? [line] : [line, listOf(inner)]
    }),
    true,
  )
}

function chartOf(survey: Survey, { constructors }: Calls, root: Step): CallChart {
  const messages = messagesOf(root, constructors)
  const components = [root, ...stepsBelow(root)].map(({ component }) => component)
  const participants = new Map<string, Participant & { components: string[] }>()
  const home = new Map<string, string>()
  for (const component of components) {
    const { key, label } = placeOf(survey, component)
    const found = participants.get(key)
    const ids = [component.id, ...[constructors.get(component.id)].filter((id) => id !== undefined)]
    if (found === undefined) participants.set(key, { label, components: ids })
    else found.components.push(...ids)
    for (const id of ids) home.set(id, key)
  }
  const crossings = messages.filter(({ from, to }) => home.get(from) !== home.get(to)).length
  const isBetween = participants.size >= MIN_PARTICIPANTS || crossings >= MIN_CROSSINGS
  // Where most calls stay inside of one, a tree shows more.
  if (isBetween && crossings * 2 >= messages.length) return drawSequence([...participants.values()], messages)
  const boxes = components.map(({ id, qualifiedName }): Participant => {
    return { label: qualifiedName, components: [id, ...[constructors.get(id)].filter((made) => made !== undefined)] }
  })
  return drawCallTree(boxes, messages)
}

function messagesOf(step: Step, constructors: Calls['constructors']): Message[] {
  const from = constructors.get(step.component.id) ?? step.component.id
  return step.steps.flatMap((next): Message[] => {
    const { id, kind, name } = next.component
    const isMade = kind === 'class' || kind === 'struct'
    return [{ from, to: id, label: isMade ? `new ${name}` : `${name}()` }, ...messagesOf(next, constructors)]
  })
}

/** A method belongs to its type, a type to itself, a function to its file. */
function placeOf(survey: Survey, component: Component): { key: string; label: string } {
  const owner = ownerOf(survey, component)
  if (owner.kind !== 'function' && owner.kind !== 'method') return { key: owner.id, label: owner.name }
  const [name = '', folder] = component.file.split('/').reverse()
  return { key: component.file, label: NAMELESS.test(name) && folder !== undefined ? `${folder}/${name}` : name }
}
