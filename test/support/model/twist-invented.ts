/** Names, files, lines, links and arrows that do not exist, between those that do. */

import type { Random } from '../../chaos/random.ts'
import { isProse, twist } from './twist.ts'

const names = ['FrobnicateManager', 'Router.transmogrify', 'initQuantumCache', 'MAX_FLUX', 'IWidgetVisitorFactory']
const files = ['src/frobnicate/manager.ts', 'lib/quantum_cache.py', 'docs/guide-that-is-not.md', 'README_INTERNAL.md']
const links = [
  '[the guide](docs/guide-that-is-not.md)',
  '[its page](https://docs.example.invalid/frobnicate)',
  '[see](#no-such-heading)',
]

/** Every second text and item of evidence at least is wrong, the first always. */
export function twistInvented(value: unknown, random: Random): unknown {
  let texts = 0
  let proofs = 0
  return twist(value, {
    text(text, key) {
      if (key === 'name') return random.chance(1 / 4) ? nearMiss(text, random) : text
      return isProse(key) && !/^(title|label)$/.test(key) && texts++ % 2 === 0 ? withFalseName(text, random) : text
    },
    list(list, key) {
      if (key === 'read') return [...list, random.pick(files)]
      if (key === 'nodes') return [...list, { id: 'n99', name: random.pick(names) }]
      if (key === 'edges')
        return [...list, ...list.slice(0, 1).map(reversed), { from: 'n1', to: 'n99', label: 'calls' }]
      return list
    },
    object: (object) => ('start_line' in object && proofs++ % 2 === 0 ? { ...object, ...falseProof(random) } : object),
  })
}

function falseProof(random: Random): object {
  return random.pick([
    { fact: null, path: random.pick(files), start_line: 1, end_line: 20 },
    { start_line: 90_000, end_line: 90_010 },
    { start_line: 12, end_line: 3 },
  ])
}

function reversed(edge: unknown): unknown {
  const { from, to, ...rest } = edge as { from: unknown; to: unknown }
  return { ...rest, from: to, to: from }
}

function withFalseName(text: string, random: Random): string {
  const [name] = /(?<=`)[^`]+(?=`)/.exec(text) ?? []
  const wrong = name !== undefined && random.chance(1 / 2) ? nearMiss(name, random) : random.pick(names)
  const changed = name === undefined ? `${text} \`${wrong}\`` : text.replace(name, () => wrong)
  return random.chance(1 / 3) ? `${changed} ${random.pick(links)}` : changed
}

/** The name with one letter more, less or other. */
export function nearMiss(name: string, random: Random): string {
  const at = Math.floor(random.between(0, name.length))
  const letter = random.pick([...'abcdefghijklmnopqrstuvwxyz'].filter((other) => other !== name[at]?.toLowerCase()))
  const before = name.slice(0, at)
  return random.pick([`${before}${letter}${name.slice(at + 1)}`, `${before}${letter}${name.slice(at)}`, `${name}s`])
}
