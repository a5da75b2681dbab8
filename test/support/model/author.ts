/** Writes a good answer: true sentences out of the facts of the prompt, borne by them, in the language that was asked for. */

import type { Random } from '../../chaos/random.ts'
import { createDeck, type Deck, type Sentence, shuffled } from './deck.ts'
import type { Fact, ModuleLine, Prompt, Relation } from './prompt.ts'
import { type Author, fill } from './schema.ts'
import { type Phrases, phrasesOf, say } from './sentences.ts'

/** What the author has in mind about a place of the answer. */
interface Topic {
  sentence?: Sentence
  /** What an item of evidence points at: by its number, by its path and lines, or by all of them. */
  fact?: Fact
  by?: 'number' | 'place' | 'both'
  module?: ModuleLine
  diagram?: Diagram
  node?: { id: string; name: string }
  relation?: Relation
  /** Of an item of a list of plain values. */
  value?: string | number
  /** Indices that belong together. */
  group?: number[]
}

interface Diagram {
  nodes: { id: string; name: string }[]
  relations: Relation[]
}

/**
 * A good answer to a prompt: JSON when there is a schema, else prose.
 *
 * @param claims - Of one list, at most.
 */
export function writeAnswer(prompt: Prompt, random: Random, claims = 3, language = prompt.language): unknown {
  const phrases = phrasesOf(language)
  const deck = createDeck(prompt, phrases, random.fork('deck'))
  const author = createAuthor(prompt, phrases, deck, random.fork('author'), claims)
  if (prompt.schema !== undefined) return fill(prompt.schema, author, {})
  return (
    Array.from({ length: claims }, () => deck.draw('facts')?.text ?? '')
      .join(' ')
      .trim() || phrases.nothing
  )
}

function createAuthor(prompt: Prompt, phrases: Phrases, deck: Deck, random: Random, claims: number): Author<Topic> {
  const draw = (key: string): Sentence | undefined => deck.draw(/flow|architecture/.test(key) ? 'relations' : 'facts')
  const indices = prompt.modules.map(({ index }) => index)
  const titles = new Set<string>()

  function claimTopics(key: string): Topic[] {
    const count = Math.floor(random.between(1, claims + 1))
    return Array.from({ length: count }, () => draw(key)).flatMap((sentence) => (sentence ? [{ sentence }] : []))
  }

  function titleOf(module: ModuleLine): string {
    const bare = module.title ?? module.path.split('/').at(-1) ?? module.path
    const title = say(random.pick(phrases.titles), { title: bare })
    const unique = titles.has(title.toLowerCase()) ? `${title} (${module.path})` : title
    titles.add(unique.toLowerCase())
    return unique
  }

  return {
    enter: (properties, topic) =>
      properties.includes('nodes') && properties.includes('edges')
        ? { ...topic, diagram: drawDiagram(prompt, random, claims) }
        : topic,

    items(key, topic, properties) {
      if (key === 'nodes' && topic.diagram) return topic.diagram.nodes.map((node) => ({ node }))
      if (key === 'edges' && topic.diagram) {
        const { diagram } = topic
        return diagram.relations.map((relation) => ({ diagram, relation }))
      }
      if (key === 'evidence') {
        const facts = topic.sentence?.facts.slice(0, 2) ?? []
        return facts.map((fact) => ({
          fact,
          by: fact.path ? random.pick(['number', 'place', 'both'] as const) : 'number',
        }))
      }
      if (properties?.includes('index')) return prompt.modules.map((module) => ({ module }))
      if (properties) return claimTopics(key)
      if (topic.group) return topic.group.map((value) => ({ value }))
      if (key === 'merges') return mergesOf(prompt.modules, random).map((group) => ({ group }))
      if (key === 'order') return shuffled(indices, random).map((value) => ({ value }))
      if (key === 'read' || key === 'search') return lookUps(key, prompt, random).map((value) => ({ value }))
      return prompt.facts.slice(0, 2).flatMap(({ name }) => (name === undefined ? [] : [{ value: name }]))
    },

    text(key, topic) {
      if (topic.value !== undefined) return String(topic.value)
      if (topic.node) return key === 'id' ? topic.node.id : topic.node.name
      if (topic.relation && topic.diagram) {
        if (key === 'from' || key === 'to') return idOf(topic.relation[key], topic.diagram)
        return phrases.arrow
      }
      if (topic.fact) return key === 'path' && topic.by !== 'number' ? (topic.fact.path ?? null) : null
      if (key === 'title' && topic.module) return titleOf(topic.module)
      if (key === 'name' || key === 'id') return topic.sentence?.facts[0]?.name ?? prompt.facts[0]?.name ?? 'name'
      return (topic.sentence ?? draw(key))?.text ?? phrases.nothing
    },

    whole(key, topic) {
      if (typeof topic.value === 'number') return topic.value
      if (key === 'index' && topic.module) return topic.module.index
      if (!topic.fact) return null
      if (!key.endsWith('_line')) return topic.by === 'place' ? null : topic.fact.number
      if (topic.by === 'number') return null
      return (key === 'end_line' ? topic.fact.lastLine : topic.fact.firstLine) ?? null
    },
  }
}

/** A few arrows of the relations that there are; the nodes are what they join. */
function drawDiagram(prompt: Prompt, random: Random, claims: number): Diagram {
  const relations = shuffled(prompt.relations, random).slice(0, 2 * claims)
  const names = [...new Set(relations.flatMap(({ from, to }) => [from, to]))]
  return { relations, nodes: names.map((name, at) => ({ id: `n${at + 1}`, name })) }
}

function idOf(name: string, diagram: Diagram): string {
  return diagram.nodes.find((node) => node.name === name)?.id ?? name
}

/** Sometimes two neighbours with the same parent become one. */
function mergesOf(modules: readonly ModuleLine[], random: Random): number[][] {
  const parentOf = ({ path }: ModuleLine) => path.split('/').slice(0, -1).join('/')
  const pairs = modules.slice(1).flatMap((module, at) => {
    const before = modules[at]
    return before && parentOf(before) === parentOf(module) ? [[before.index, module.index]] : []
  })
  return pairs.length > 0 && random.chance(1 / 3) ? [random.pick(pairs)] : []
}

/** On its first turn the model sometimes wants to see a file, or where a name stands. */
function lookUps(key: string, prompt: Prompt, random: Random): string[] {
  if (!prompt.isFirstTurn || prompt.facts.length === 0 || !random.chance(1 / 4)) return []
  const wanted = random.pick(prompt.facts)
  const value = key === 'read' ? wanted.path : wanted.name
  return value === undefined ? [] : [value]
}
