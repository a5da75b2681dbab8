/** Sentences about the facts of a prompt, each drawn once. */

import type { Random } from '../../chaos/random.ts'
import type { Fact, Prompt, Relation } from './prompt.ts'
import { fits, type Phrases, say } from './sentences.ts'

/** A sentence, and the facts that bear it. */
export interface Sentence {
  text: string
  facts: readonly Fact[]
}

export interface Deck {
  /** Never the same sentence twice; `undefined` when all is said. `relations` first draws one about a relation. */
  draw(first: 'facts' | 'relations'): Sentence | undefined
}

/** Of a prompt without facts, the modules are what there is to talk about; nothing bears that. */
export function createDeck(prompt: Prompt, phrases: Phrases, random: Random): Deck {
  const ofModules = prompt.modules.map(({ index, path }) => ({ number: index, name: path, kind: 'module' }))
  const facts = interleaved(
    prompt.facts.length > 0
      ? shuffled(prompt.facts, random).map((fact) => aboutFact(fact, phrases, random))
      : shuffled(ofModules, random).map((fact) =>
          aboutFact(fact, phrases, random).map(({ text }) => ({ text, facts: [] })),
        ),
  )
  const relations = interleaved(
    shuffled(prompt.relations, random).map((relation) => aboutRelation(relation, prompt, phrases, random)),
  )
  return {
    draw: (first) => (first === 'facts' ? (facts.shift() ?? relations.shift()) : (relations.shift() ?? facts.shift())),
  }
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** The first of each list, then the second of each: neighbours are about different things. */
function interleaved<T>(lists: readonly T[][]): T[] {
  const most = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: most }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat()
}

function aboutFact(fact: Fact, phrases: Phrases, random: Random): Sentence[] {
  if (fact.name === undefined) return []
  const kind = fact.kind && (phrases.kinds[fact.kind] ?? fact.kind)
  const values = { name: fact.name, path: fact.path, kind, first: fact.firstLine, last: fact.lastLine }
  return shuffled(
    phrases.fact.filter((template) => fits(template, values)),
    random,
  ).map((template) => ({ text: say(template, values), facts: [fact] }))
}

function aboutRelation(relation: Relation, prompt: Prompt, phrases: Phrases, random: Random): Sentence[] {
  const templates = /^calls?\b/.test(relation.verb) ? phrases.calls : phrases.other
  const named = (name: string) => prompt.facts.filter((fact) => fact.name === name).slice(0, 1)
  const facts = [...named(relation.from), ...named(relation.to)]
  return shuffled(templates, random).map((template) => ({ text: say(template, { ...relation }), facts }))
}
