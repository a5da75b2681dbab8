/** Text that is no answer to anything. */

import type { Random } from '../../chaos/random.ts'

const kinds: readonly ((random: Random) => string)[] = [
  () => '',
  () => 'null',
  () => '[]',
  () => '{"answer": 42}',
  () => '{"summary": {"summary": [[[[1]]]]}, "titles": "none", "points": 7}',
  (random) => Array.from({ length: 60 }, () => letters(random, 'abcdefghijklmnopqrstuvwxyz')).join(' '),
  (random) => Array.from({ length: 40 }, () => letters(random, '{}[]",:\\ntfu0123456789')).join(''),
  (random) => Array.from({ length: 40 }, () => letters(random, '语言模型日本語éß\u0000\u0007\u2028🦊\u202E')).join(' '),
  () => `${'['.repeat(50_000)}`,
]

export function writeGarbage(random: Random): string {
  return random.pick(kinds)(random)
}

function letters(random: Random, from: string): string {
  return Array.from({ length: Math.floor(random.between(1, 9)) }, () => random.pick([...from])).join('')
}
